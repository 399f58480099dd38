"""How the templates of a new pack say things: texts in both languages, and comments in one."""

import json
import re
from dataclasses import dataclass
from typing import Any

from drillkit.model.base import Lang
from drillkit.packs.starter.wish import Tongue
from drillkit.words import say


@dataclass(frozen=True, slots=True)
class Said:
    """A text in both languages; `by` is the one that a person wrote it in, if one did."""

    en: str
    zh: str
    by: Lang | None = None

    def in_(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en


class Frame:
    """What a template says things with."""

    def __init__(self, tongue: Tongue, family: str = "") -> None:
        self._tongue = tongue
        self._family = family

    def word(self, key: str) -> Said:
        return Said(say("en", f"new.{key}"), say("zh", f"new.{key}"))

    def story(self, key: str) -> Said:
        whole = f"story.{self._family}.{key}"
        return Said(say("en", whole), say("zh", whole))

    def given(self, text: str) -> Said:
        return Said(text, text, self._tongue.lang)

    def note(self, key: str, **values: object) -> str:
        """The comment `key`."""
        lines = say(self._tongue.lang, f"new.note.{key}", **values).strip().split("\n")
        return "\n".join(f"# {line}" for line in lines)

    def text(self, name: str, said: Said) -> str:
        """The lines of TOML that give `name` this text, in the languages that are written."""
        lines: list[str] = []
        for lang in self._tongue.written:
            line = f"{name}.{lang} = {_quoted(said.in_(lang))}"
            if said.by not in (None, lang) and len(self._tongue.written) > 1:
                line += f"  # {say(self._tongue.lang, 'new.translate')}"
            lines.append(line)
        return "\n".join(lines)

    def languages(self) -> str:
        """What the file says of its languages."""
        if len(self._tongue.written) > 1:
            return self.note("languages")
        return f'{self.note("single")}\nlang = "{self._tongue.written[0]}"'

    def filled(self, template: str, **values: object) -> str:
        # Only who writes a pack waits for it.
        from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415

        env = Environment(
            loader=PackageLoader("drillkit.packs", "starter"),
            autoescape=False,  # noqa: S701 - TOML, whose strings `q` and `text` quote
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        env.filters["q"] = _quoted
        says: dict[str, Any] = {
            "word": self.word,
            "story": self.story,
            "note": self.note,
            "text": self.text,
            "languages": self.languages,
        }
        whole = env.get_template(f"{template}.toml.j2").render(**says, **values)
        return re.sub(r"\n{3,}", "\n\n", whole).rstrip("\n") + "\n"


def _quoted(value: object) -> str:
    """A string or a list of strings as TOML; a string of several lines stands on several."""
    if isinstance(value, str) and "\n" in value:
        inner = "\n".join(json.dumps(line, ensure_ascii=False)[1:-1] for line in value.split("\n"))
        return f'"""\n{inner}"""'
    return json.dumps(value, ensure_ascii=False)
