"""Forms: those that come with the program, and an organisation's own, by file."""

from importlib.resources import files
from pathlib import Path
from typing import Final

from drillkit.model.form import Form
from drillkit.packs.diagnostic import Diagnostic, PackFaults
from drillkit.packs.sense import emoji_faults
from drillkit.packs.shape import model_of
from drillkit.packs.source import read

SHIPPED: Final = ("drill-record", "tabletop-100", "feedback")
"""In the order in which they are offered. There is none in the manner of HSEEP: its guide, task by
task, is the evaluation screen, made from the scenario's own objectives."""


def form(path: Path) -> Form:
    """The form in the TOML file at `path`. Raises PackFaults with all that is wrong with it."""
    source = read(path)
    value, faults = model_of(source, Form)
    faults += emoji_faults(source)
    if value is None or faults:
        raise PackFaults(tuple(sorted(faults, key=lambda fault: (fault.line, fault.col))))
    return value


def forms(own: tuple[Path, ...] = ()) -> tuple[Form, ...]:
    """The shipped forms and the `own` ones; of two with the same id the later counts.

    Raises PackFaults.
    """
    folder = Path(str(files("scoring"))) / "rubrics" / "forms"
    paths = [*(folder / f"{name}.toml" for name in SHIPPED), *own]
    return tuple({one.id: one for one in map(form, paths)}.values())


def check_form(path: Path) -> tuple[Diagnostic, ...]:
    """What is wrong with the form at `path`; nothing when it can be filled in."""
    try:
        form(path)
    except PackFaults as problem:
        return problem.diagnostics
    return ()
