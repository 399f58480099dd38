"""The only human text there is: cleaned of what could drive a terminal, and bounded."""

import re
import unicodedata
from typing import Any, ClassVar, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

# C0 and C1 controls, DEL, line and paragraph separators, bidi overrides and isolates, the BOM and
# lone surrogates. ZWJ and ZWNJ stay: Persian, Hindi and emoji need them. Newline is a Prose's own.
_UNSAFE = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_SPACE = re.compile(r"[\t\r\x0b\x0c\x85\u2028\u2029]")


class TextTooLong(ValueError):
    """The text has more characters than its kind may hold; `length` and `limit` say how many."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"the text has {length} characters; the limit is {limit}")
        self.length = length
        self.limit = limit


def clean(text: str) -> str:
    """The text without control characters, in NFC; odd white space becomes blanks."""
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n")
    if _UNSAFE.search(text):
        text = _UNSAFE.sub("", _SPACE.sub(" ", text))
    return unicodedata.normalize("NFC", text)


class _Human(str):
    """A string that has been cleaned and measured when it was made."""

    __slots__ = ()
    LIMIT: ClassVar[int]

    def __new__(cls, text: str = "") -> Self:
        """Raises TextTooLong beyond LIMIT characters."""
        if type(text) is cls:
            return text
        cleaned = cls._fit(clean(text))
        if len(cleaned) > cls.LIMIT:
            raise TextTooLong(len(cleaned), cls.LIMIT)
        return super().__new__(cls, cleaned)

    @classmethod
    def _fit(cls, text: str) -> str:
        return text.strip()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def read(text: str) -> Self:
            try:
                return cls(text)
            except TextTooLong as problem:
                raise PydanticCustomError(
                    "text_too_long",
                    "the text has {length} characters; the limit is {limit}",
                    {"length": problem.length, "limit": problem.limit},
                ) from None

        return core_schema.no_info_after_validator_function(
            read, core_schema.str_schema(), serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "maxLength": cls.LIMIT}


class Line(_Human):
    """One line of human text, at most 300 characters."""

    __slots__ = ()
    LIMIT = 300

    @classmethod
    def _fit(cls, text: str) -> str:
        return " ".join(text.split("\n")).strip()


class Prose(_Human):
    """Human text that may have several lines, at most 8,000 characters."""

    __slots__ = ()
    LIMIT = 8_000
