"""Reports as files: each whole or not there at all."""

import json
from collections.abc import Callable, Collection
from difflib import get_close_matches
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from drillkit import whole
from drillkit.report.blocks import Document
from drillkit.report.drill import Drill
from drillkit.report.record import record_form
from drillkit.report.sections import after_action, digest


class UnknownFormat(Exception):
    """There is no report in the format `name`; `nearest` is the likely one, or ""."""

    def __init__(self, name: str, nearest: str) -> None:
        super().__init__(name)
        self.name = name
        self.nearest = nearest


class ExtraMissing(Exception):
    """The format `name` needs what the optional part `extra` of drillkit brings along."""

    def __init__(self, name: str, extra: str) -> None:
        super().__init__(f"{name} needs drillkit[{extra}]")
        self.name = name
        self.extra = extra


class ReportExists(Exception):
    """A report already lies at `path`, and nobody said that it may be overwritten."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class _Documents:
    """What is written, each made when it is first wanted and shared by the formats."""

    def __init__(self, drill: Drill, rater: str) -> None:
        self.drill = drill
        self.rater = rater

    @cached_property
    def report(self) -> Document:
        return after_action(self.drill)

    @cached_property
    def digest(self) -> Document:
        """The report for paper."""
        return digest(self.drill, self.report)

    @cached_property
    def record(self) -> Document:
        return record_form(self.drill)


# Workbooks and templates take a tenth of a second to import: who writes none does not wait for it.


def _xlsx(made: _Documents) -> bytes:
    from drillkit.report.xlsx import score_xlsx  # noqa: PLC0415

    return score_xlsx(made.drill)


def _guide(made: _Documents) -> bytes:
    from drillkit.report.xlsx_guide import guide_xlsx  # noqa: PLC0415

    return guide_xlsx(made.drill, made.rater)


def _csv(made: _Documents) -> bytes:
    from drillkit.report.table import score_csv  # noqa: PLC0415

    return score_csv(made.drill).encode("utf-8-sig")


def _html(document: Document) -> bytes:
    from drillkit.report.html import document_html  # noqa: PLC0415

    return document_html(document).encode()


def _docx(made: _Documents, document: Document) -> bytes:
    from drillkit.report.docx import document_docx  # noqa: PLC0415

    return document_docx(document, made.drill.began)


def _pdf(made: _Documents, document: Document) -> bytes:
    from drillkit.report.pdf import document_pdf  # noqa: PLC0415

    return document_pdf(document, made.drill.began)


def _markdown(made: _Documents) -> bytes:
    from drillkit.report.markdown import document_markdown  # noqa: PLC0415

    return document_markdown(made.report).encode()


def _json(made: _Documents) -> bytes:
    from drillkit.report.score_json import score_json  # noqa: PLC0415

    return (json.dumps(score_json(made.drill), ensure_ascii=False, indent=2) + "\n").encode()


_WRITERS: dict[str, tuple[str, Callable[[_Documents], bytes]]] = {
    "xlsx": ("score-sheet.xlsx", _xlsx),
    "eeg": ("evaluation-guide.xlsx", _guide),
    "csv": ("score-sheet.csv", _csv),
    "html": ("report.html", lambda made: _html(made.report)),
    "md": ("report.md", _markdown),
    "json": ("score.json", _json),
    "record-html": ("record-form.html", lambda made: _html(made.record)),
    "docx": ("report.docx", lambda made: _docx(made, made.digest)),
    "record-docx": ("record-form.docx", lambda made: _docx(made, made.record)),
    "pdf": ("report.pdf", lambda made: _pdf(made, made.digest)),
    "record-pdf": ("record-form.pdf", lambda made: _pdf(made, made.record)),
}
_EXTRAS = {"docx": ("docx", "resvg_py"), "pdf": ("typst",)}
"""Optional part -> the modules that it brings along; a format ends in the part that it needs."""
FORMATS: tuple[str, ...] = tuple(_WRITERS)
PLAIN_FORMATS: tuple[str, ...] = tuple(
    name for name in FORMATS if name.rpartition("-")[2] not in _EXTRAS
)
"""Those that need nothing beyond drillkit itself."""


def export(
    drill: Drill,
    folder: Path,
    formats: Collection[str] = PLAIN_FORMATS,
    stem: str = "",
    *,
    force: bool = False,
    rater: str = "",
) -> list[Path]:
    """Write the reports in these formats into `folder`, which is made; the files written.

    A `stem` goes before the names, as in "<stem>-report.html". The evaluation guide is blank, or
    this rater's with what they have given. Before anything is written, raises
    UnknownFormat; ExtraMissing; ReportExists for a file that is there, unless `force` is set;
    NoChineseFont or MissingCharacter for a PDF that would show boxes.
    """
    for name in formats:
        must_be_possible(name)
    paths = {
        name: folder / (f"{stem}-{file}" if stem else file)
        for name, (file, _) in _WRITERS.items()
        if name in formats
    }
    for path in paths.values():
        if path.exists() and not force:
            raise ReportExists(path)
    made = _Documents(drill, rater)
    contents = {path: _WRITERS[name][1](made) for name, path in paths.items()}
    folder.mkdir(parents=True, exist_ok=True)
    for path, content in contents.items():
        whole.put(path, content)
    return list(paths.values())


def must_be_possible(name: str, known: Collection[str] = FORMATS) -> None:
    """Raise UnknownFormat for an unknown format, ExtraMissing for one that lacks its part."""
    if name not in known:
        raise UnknownFormat(name, next(iter(get_close_matches(name, known, 1)), ""))
    extra = name.rpartition("-")[2]
    for module in _EXTRAS.get(extra, ()):
        if find_spec(module) is None:
            raise ExtraMissing(name, extra)
