"""Finds a font with Chinese characters on this computer, for pictures and PDF."""

import os
import re
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

_KNOWN = (
    ("NotoSansSC-Regular", "Noto Sans SC"),
    ("NotoSansCJKsc-Regular", "Noto Sans CJK SC"),
    ("NotoSansCJK-Regular", "Noto Sans CJK SC"),
    ("SourceHanSansSC-Regular", "Source Han Sans SC"),
    ("SourceHanSans-Regular", "Source Han Sans SC"),
    ("msyh", "Microsoft YaHei"),
    ("PingFang", "PingFang SC"),
    ("Hiragino Sans GB", "Hiragino Sans GB"),
    ("wqy-microhei", "WenQuanYi Micro Hei"),
    ("wqy-zenhei", "WenQuanYi Zen Hei"),
    ("DroidSansFallbackFull", "Droid Sans Fallback"),
    ("DroidSansFallback", "Droid Sans Fallback"),
    ("simhei", "SimHei"),
    ("simsun", "SimSun"),
    ("NotoSerifCJK-Regular", "Noto Serif CJK SC"),
)
"""File name without its ending, and the family it holds; the best first."""
_ENDINGS = (".ttc", ".otf", ".ttf")
_BUNDLES = ("pylopdf_fonts_zh_cn",)
"""Python packages that do nothing but bring a font along."""
_HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")


class NoChineseFont(Exception):
    """The document has Chinese in it, and no font on this computer has."""


class MissingCharacter(Exception):
    """The document holds `character`, which the font lacks; "" where it is not known which."""

    def __init__(self, character: str) -> None:
        super().__init__(character)
        self.character = character


@dataclass(frozen=True, slots=True)
class Font:
    """A font file and the family in it that is meant."""

    path: Path
    family: str


def has_chinese(text: str) -> bool:
    """Whether the text needs such a font."""
    return _HAN.search(text) is not None


def folders() -> list[Path]:
    """Where fonts lie: installed packages, the user's own, the system's."""
    home = Path.home()
    found = [
        Path(spec.origin).parent for name in _BUNDLES if (spec := find_spec(name)) and spec.origin
    ]
    if sys.platform == "win32":
        return [*found, Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"]
    if sys.platform == "darwin":
        return [
            *found,
            home / "Library/Fonts",
            Path("/Library/Fonts"),
            Path("/System/Library/Fonts"),
        ]
    data = os.environ.get("XDG_DATA_HOME", "")
    own = Path(data) if data else home / ".local/share"
    system = (Path("/usr/local/share/fonts"), Path("/usr/share/fonts"))
    return [*found, own / "fonts", home / ".fonts", *system]


def chinese_font(places: list[Path] | None = None) -> Font | None:
    """The best font with Chinese characters in these folders or below; None without any."""
    files: dict[str, Path] = {}
    for folder in folders() if places is None else places:
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.suffix.lower() in _ENDINGS:
                files.setdefault(path.stem.lower(), path)
    for stem, family in _KNOWN:
        if path := files.get(stem.lower()):
            return Font(path, family)
    return None
