"""Reports as files: each whole or not there at all."""

import json
from collections.abc import Callable, Collection
from difflib import get_close_matches
from pathlib import Path

from drillkit.report.drill import Drill
from drillkit.report.markdown import report_markdown
from drillkit.report.score_json import score_json
from drillkit.report.table import score_csv


class UnknownFormat(Exception):
    """There is no report in the format `name`; `nearest` is the likely one, or ""."""

    def __init__(self, name: str, nearest: str) -> None:
        super().__init__(name)
        self.name = name
        self.nearest = nearest


# Workbooks and templates take a tenth of a second to import: who writes none does not wait for it.


def _xlsx(drill: Drill) -> bytes:
    from drillkit.report.xlsx import score_xlsx  # noqa: PLC0415

    return score_xlsx(drill)


def _html(drill: Drill) -> bytes:
    from drillkit.report.html import report_html  # noqa: PLC0415

    return report_html(drill).encode()


def _json(drill: Drill) -> bytes:
    return (json.dumps(score_json(drill), ensure_ascii=False, indent=2) + "\n").encode()


_WRITERS: dict[str, tuple[str, Callable[[Drill], bytes]]] = {
    "xlsx": ("score-sheet.xlsx", _xlsx),
    "csv": ("score-sheet.csv", lambda drill: score_csv(drill).encode("utf-8-sig")),
    "html": ("report.html", _html),
    "md": ("report.md", lambda drill: report_markdown(drill).encode()),
    "json": ("score.json", _json),
}
FORMATS: tuple[str, ...] = tuple(_WRITERS)


def export(
    drill: Drill, folder: Path, formats: Collection[str] = FORMATS, stem: str = ""
) -> list[Path]:
    """Write the reports in these formats into `folder`, which is made; the files written.

    A `stem` goes before the names, as in "<stem>-report.html". Raises UnknownFormat before
    anything is written.
    """
    for name in formats:
        if name not in _WRITERS:
            raise UnknownFormat(name, next(iter(get_close_matches(name, FORMATS, 1)), ""))
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for name, (file, write) in _WRITERS.items():
        if name in formats:
            path = folder / (f"{stem}-{file}" if stem else file)
            _put(path, write(drill))
            written.append(path)
    return written


def _put(path: Path, content: bytes) -> None:
    half = path.with_name(f".{path.name}.part")
    try:
        half.write_bytes(content)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
