"""What every model is made of: frozen values, ids, durations and text in two languages."""

import re
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from drillkit.model.text import Line, Prose

Lang = Literal["en", "zh"]
LANGS: tuple[Lang, ...] = ("en", "zh")

Millis = int
"""Milliseconds of exercise time, from the start of play, pauses removed."""

SECOND: Millis = 1_000
MINUTE: Millis = 60 * SECOND
HOUR: Millis = 60 * MINUTE

FACILITATOR = "facilitator"
EVALUATOR = "evaluator"
OBSERVER = "observer"
DIRECTOR = "director"
STAFF = frozenset({FACILITATOR, EVALUATOR, OBSERVER, DIRECTOR})
"""Names that no role of a plan may take: they run, rate or watch the drill, they do not play."""

_PARTS = re.compile(r"(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d{1,3})?)s)?")
_CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)(?::([0-5]\d))?")


def millis(written: str) -> Millis:
    """Read a duration as people write it: "2m30s", "1h", "45s", or "H:MM" / "H:MM:SS".

    Raises ValueError with the forms that are understood.
    """
    text = written.strip().replace(" ", "")
    if clock := _CLOCK.fullmatch(text):
        hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        return hours * HOUR + minutes * MINUTE + seconds * SECOND
    parts = _PARTS.fullmatch(text)
    if not text or parts is None:
        raise ValueError(f'"{written}" is not a duration; write "2m30s", "1h", "45s" or "H:MM"')
    days, hours, minutes = (int(part or 0) for part in parts.groups()[:3])
    seconds_ms = round(float(parts.group(4) or 0) * SECOND)
    return days * 24 * HOUR + hours * HOUR + minutes * MINUTE + seconds_ms


def _duration(raw: Any, info: ValidationInfo) -> Any:
    # A bare number in a pack would silently mean milliseconds; a journal holds just that.
    if isinstance(raw, str):
        try:
            return millis(raw)
        except ValueError as problem:
            raise PydanticCustomError("duration", "{why}", {"why": str(problem)}) from None
    if isinstance(raw, bool) or not isinstance(raw, int) or (info.context or {}).get("pack"):
        raise PydanticCustomError(
            "duration", 'a duration is written in quotes, as "2m30s", "1h", "45s" or "H:MM"', {}
        )
    return raw


Duration = Annotated[
    int,
    BeforeValidator(_duration),
    Field(ge=0, le=60 * 24 * HOUR),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^(\d+d)?(\d+h)?(\d+m)?(\d+(\.\d{1,3})?s)?$|^\d{1,4}:[0-5]\d(:[0-5]\d)?$",
            "examples": ["2m30s", "1h", "0:45"],
        }
    ),
]
"""Milliseconds; written "2m30s", "1h" or "H:MM" in a pack, an integer in a journal."""


def not_blank(text: str) -> str:
    """The text; refused when it is empty."""
    if not text:
        raise PydanticCustomError("blank", "the text is empty", {})
    return text


_ID = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
LONGEST_ID = 64
Id = Annotated[str, Field(pattern=f"^{_ID}$", max_length=LONGEST_ID)]
"""A kebab-case name, unique among things of its kind in one pack."""


def is_id(text: str) -> bool:
    """Whether the text is well-formed as an Id."""
    return len(text) <= LONGEST_ID and re.fullmatch(_ID, text) is not None


Share = Annotated[float, Field(ge=0.0, le=1.0)]
Weight = Annotated[float, Field(gt=0.0, le=1000.0)]
Quantity = Annotated[int, Field(gt=0, le=10_000_000)]
"""A whole number of the item's unit."""


class Value(BaseModel):
    """A frozen value that refuses keys it does not know."""

    # A pack writes [[inject]], the code says scenario.injects: the alias is the pack's word.
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
    )


class Title(Value):
    """One line in both languages."""

    en: Annotated[Line, AfterValidator(not_blank)]
    zh: Annotated[Line, AfterValidator(not_blank)]

    def in_(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en


class Text(Value):
    """Prose in both languages."""

    en: Annotated[Prose, AfterValidator(not_blank)]
    zh: Annotated[Prose, AfterValidator(not_blank)]

    def in_(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en
