"""Every text of a file in both languages, and where a part of it stands."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from drillkit.model.base import LANGS, Lang, Text, Title, Value
from drillkit.packs.diagnostic import Diagnostic
from drillkit.packs.positions import Where
from drillkit.packs.sense import every
from drillkit.packs.source import Source


@dataclass(frozen=True, slots=True)
class Pair:
    """One text: its two halves, and the file that they stand in."""

    source: Source
    where: Where
    en: str
    zh: str
    is_line: bool
    """A title, which is drawn on one line where there is room."""

    @property
    def langs(self) -> tuple[Lang, ...]:
        """The halves that are written: a file in one language has that one alone."""
        return tuple(lang for lang in LANGS if (*self.where, lang) in self.source.spans)

    @property
    def kind(self) -> str:
        """What it is the text of, without places: "inject.option.title"."""
        return ".".join(part for part in self.where if isinstance(part, str))

    def half(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en

    def file(self, lang: Lang) -> Source:
        """The file in which a half stands: the pack's own, or one that it builds on."""
        return self.source.file_of((*self.where, lang))

    def written(self, lang: Lang) -> tuple[int, int]:
        """The offsets of a half as the file writes it, quotation marks and escapes included."""
        span = self.source.spans[(*self.where, lang)]
        return span.start, span.end

    def advice(self, key: str, lang: Lang, part: str = "", /, **values: object) -> Diagnostic:
        """The advice `key` at the first place of `part` in the half, else at the half's start."""
        start, end = self.written(lang)
        file = self.file(lang)
        at = file.text.find(part, start, end) if part else -1
        if at >= 0:
            return file.fault_at(key, at, at + len(part), **values)
        return file.fault_at(key, start, end, **values)

    def mend(
        self, key: str, lang: Lang, place: tuple[int, int], by: str, /, **values: object
    ) -> Diagnostic:
        """The advice `key` at these offsets of the half's file, followed by putting `by` there."""
        return replace(self.file(lang).fault_at(key, *place, **values), mend=by)


def texts(source: Source, root: Value) -> Iterator[Pair]:
    """The texts of `root`, which `source` describes, in the order of the model."""
    for where, value in every(root):
        if isinstance(value, Title | Text):
            yield Pair(source, where, value.en, value.zh, isinstance(value, Title))
