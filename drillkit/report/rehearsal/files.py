"""A rehearsal as files: a page for people, a document for programs."""

import json
from pathlib import Path
from typing import Any

from drillkit import whole
from drillkit.report.files import ReportExists
from drillkit.report.rehearsal.document import rehearsal_json
from drillkit.report.rehearsal.rows import Rows

_NAMES = ("rehearsal.html", "rehearsal.json")


def make_room(folder: Path, *, force: bool = False) -> None:
    """Make the folder; to be asked before hours of runs.

    Raises ReportExists where a file of the report is there, unless `force` is set; OSError where
    there can be no such folder.
    """
    for name in _NAMES:
        if (folder / name).exists() and not force:
            raise ReportExists(folder / name)
    folder.mkdir(parents=True, exist_ok=True)


def export_rehearsal(rows: Rows, folder: Path, *, force: bool = False) -> list[Path]:
    """Write rehearsal.html and rehearsal.json into `folder`, which is made; the files written.

    Raises as make_room does, before anything is written.
    """
    from drillkit.report.rehearsal.page import rehearsal_html  # noqa: PLC0415  # templates are slow

    make_room(folder, force=force)
    contents = (rehearsal_html(rows), as_text(rehearsal_json(rows)))
    paths = [folder / name for name in _NAMES]
    for path, content in zip(paths, contents, strict=True):
        whole.put(path, content.encode())
    return paths


def as_text(document: dict[str, Any]) -> str:
    """The document as it is written and printed."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
