"""Line breaking for Chinese: Rich and Textual break only at blanks, so they are taught better.

Each Han character becomes a unit of its own together with the punctuation that belongs to it, so
that a line may end between any two and none begins with a closing mark.
"""

import re

import rich._wrap
import textual._wrap

_HAN = (
    r"\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\U00020000-\U0003ffff\u3040-\u30ff"
)
_OPENING = r"\uff08\u300a\u3008\u201c\u2018\u3010\u300c\u300e\u3014(\[{"
_CLOSING = (
    r"\uff0c\u3002\u3001\uff1b\uff1a\uff1f\uff01\uff09\u300b\u3009\u201d\u2019\u3011\u300d\u300f"
    r"\u3015\u2026\u2014\uff05\u2103,.;:?!)\]}%"
)
# "++" and "*+" never give back what they took: a long word costs no more than its length.
_OTHER = rf"[^\s{_HAN}{_OPENING}{_CLOSING}]++"
# "2:00" and "scenario.toml" are one word: a mark between two letters ends nothing.
_WORD = rf"{_OTHER}(?:[,.;:?!)\]}}%]++{_OTHER})*+"
_UNIT = rf"(?:[{_OPENING}]*(?:[{_HAN}]|{_WORD}|[{_CLOSING}])[{_CLOSING}]*|[{_OPENING}]+)"


def install() -> None:
    """Let Rich and Textual break lines so, in this process. Calling it again changes nothing."""
    rich._wrap.re_word = re.compile(rf"\s*{_UNIT}\s*")  # noqa: SLF001
    textual._wrap.re_chunk = re.compile(rf"{_UNIT}\s*|\s+")  # noqa: SLF001
