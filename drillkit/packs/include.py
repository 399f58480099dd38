"""What a file of a pack builds on: found by the id of a pack, or inside the pack's own folder.

`include = "riverside-hospital-flood"` in scenario.toml or plan.toml means: this file is laid over
the file of the same name in that pack (see join). A pack is data: no file is read but those of the
pack itself, and of packs that are shipped or installed.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Final

from drillkit.packs.diagnostic import Diagnostic, PackFaults
from drillkit.packs.join import DROP, INCLUDE, joined
from drillkit.packs.positions import Where
from drillkit.packs.shelf import PackNotFound, by_id
from drillkit.packs.source import PLAN_FILE, SCENARIO_FILE, Source, fault, read

DEEPEST: Final = 4
"""Packs below a pack. Who wants to know what is played must look through all of them."""


def opened(path: Path, name: str, *, home: Path | None, above: tuple[Path, ...] = ()) -> Source:
    """The file at `path`, joined with what it builds on.

    `name` is what it is: SCENARIO_FILE or PLAN_FILE. It must lie in the folder `home` if one is
    given. `above` are the files that build on it. Raises PackFaults.
    """
    if home and not path.resolve().is_relative_to(home.resolve()):
        raise PackFaults((fault(path, "packs.leads-out"),))
    source = read(path)
    if INCLUDE not in source.data:
        if DROP in source.data:
            raise PackFaults((source.fault("packs.drop-alone", (DROP,), "key"),))
        return source
    above = (*above, path.resolve())
    base = _below(included(source), name, source, above)
    _must_have_own_id(source, base, name)
    return joined(base, source)


def opened_plan(folder: Path) -> Source:
    """The plan of the pack in `folder`: its own, or else that of the pack that it builds on."""
    path = folder / PLAN_FILE
    if path.is_file():
        return opened(path, PLAN_FILE, home=folder)
    story = read(folder / SCENARIO_FILE) if (folder / SCENARIO_FILE).is_file() else None
    if story is None or INCLUDE not in story.data:
        raise PackFaults((fault(path, "packs.no-plan", name=PLAN_FILE),))
    return _below(included(story), PLAN_FILE, story, (path.resolve(),))


def included(source: Source) -> Path:
    """The folder of the pack that the file builds on. Raises PackFaults."""
    name = source.data[INCLUDE]
    if not isinstance(name, str):
        raise PackFaults((source.fault("packs.need-text", (INCLUDE,)),))
    if any(char in name for char in "./\\:\0"):
        return _inside(source, name)
    try:
        return by_id(name)
    except PackNotFound as problem:
        close = problem.nearest
        wrong = source.fault("packs.include-unknown", (INCLUDE,), name=name, nearest=close)
        raise PackFaults((wrong,)) from problem


def _inside(source: Source, name: str) -> Path:
    """The folder `name` below that of the file; links may lead about in there, not out of it."""
    home, way = source.path.parent, PurePosixPath(name)
    is_odd = any(char in name for char in "\\:\0")
    if is_odd or way.is_absolute() or ".." in way.parts:
        raise PackFaults((source.fault("packs.include-leads-out", (INCLUDE,), name=name),))
    folder = home / way
    try:
        is_within = home.resolve() in folder.resolve().parents
        is_pack = (folder / SCENARIO_FILE).is_file()
    except OSError:  # a name that is too long for any file
        is_within, is_pack = True, False
    if not is_within:
        raise PackFaults((source.fault("packs.include-leads-out", (INCLUDE,), name=name),))
    if not is_pack:
        wrong = source.fault("packs.include-no-pack", (INCLUDE,), name=name, file=SCENARIO_FILE)
        raise PackFaults((wrong,))
    return folder


def _below(folder: Path, name: str, source: Source, above: tuple[Path, ...]) -> Source:
    """The file `name` of the pack in `folder`, on which `source` builds."""
    path = folder / name
    if path.resolve() in above:
        raise PackFaults((source.fault("packs.include-circle", (INCLUDE,), name=folder.name),))
    if len(above) > DEEPEST:
        raise PackFaults((source.fault("packs.include-too-deep", (INCLUDE,), most=DEEPEST),))
    if name == SCENARIO_FILE or path.is_file():
        return opened(path, name, home=folder, above=above)
    story = read(folder / SCENARIO_FILE)
    if INCLUDE not in story.data:
        raise PackFaults((fault(path, "packs.no-plan", name=PLAN_FILE),))
    return _below(included(story), name, story, (*above, path.resolve()))


def _must_have_own_id(source: Source, base: Source, name: str) -> None:
    """Two scenarios of one name would be one to whoever compares their drills."""
    if name != SCENARIO_FILE:
        return
    if "id" not in source.data:
        raise PackFaults((source.fault("packs.include-own-id", (INCLUDE,)),))
    if source.data["id"] == base.data.get("id"):
        raise PackFaults((source.fault("packs.include-own-id", ("id",)),))


def blamed(
    faults: Collection[Diagnostic],
    over: Source,
    check: Callable[[Path], Collection[Diagnostic]],
) -> Iterator[Diagnostic]:
    """The faults, each at the file that it came from.

    `over` is a file that builds on others, joined with them; `check` says what the pack in a folder
    has by itself. A fault in what is built on that is none of those came from what `over` changes:
    it is told at the drop that names the thing, or else at the include.
    """
    below = {file.path for file in over.files.values()}
    written = read(over.path)
    own = check(included(written))
    known = {(fault.within or fault).place: fault for fault in own}
    for one in faults:
        if one.path not in below:
            yield one
        elif one.place in known:
            yield known[one.place]
        else:
            named = f"{one.path.parent.name}/{one.path.name}"
            where = _cause(written, one)
            told = written.fault("packs.include-misfit", where, file=named, line=one.line)
            yield replace(told, within=one)


def _cause(over: Source, fault: Diagnostic) -> Where:
    names = set(fault.values.values())
    for nth, name in enumerate(over.data.get(DROP, [])):
        if name.rpartition(".")[2] in names:
            return DROP, nth
    return (INCLUDE,)
