"""The packs that are there, a card each: shipped, installed, in a folder, in a zip."""

import tomllib
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from drillkit.model.base import LANGS, MINUTE, Duration, Id, Text, Title
from drillkit.model.card import Card, Origin, Seat
from drillkit.model.scenario import Family
from drillkit.packs.archive import LARGEST_ZIP, unpacked
from drillkit.packs.diagnostic import PackFaults
from drillkit.packs.pack import Pack, load
from drillkit.packs.shelf import installed_by, packs_under
from drillkit.packs.source import PLAN_FILE, SCENARIO_FILE

MOST_NEAR: Final = 100
"""Files and folders beside each other that are looked at for packs."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A pack that cannot be played; `drillkit check` says why."""

    path: Path


def shipped_cards(folders: Iterable[Path]) -> Iterator[Card | Broken]:
    """The cards of packs that come with the program, read without checking them.

    They are tested to be whole; should one have been damaged since, it is read as any other.
    """
    for folder in folders:
        yield _glance(folder) or _card(folder, folder.name, "shipped")


def installed_cards(shipped: Iterable[Path]) -> Iterator[Card | Broken]:
    """The cards of packs in other Python packages."""
    taken = {folder.name for folder in shipped}
    for package, folder in installed_by():
        where = str(folder) if folder.name in taken else folder.name
        taken.add(folder.name)
        yield _card(folder, where, "installed", package)


def cards_near(folder: Path) -> Iterator[Card | Broken]:
    """The cards of packs in a folder itself: it is one, or they lie in it, as folders or zips."""
    if (folder / SCENARIO_FILE).is_file():
        yield _card(folder, str(folder), "folder")
        return
    try:
        near = sorted(folder.iterdir())[:MOST_NEAR]
    except OSError:  # a folder that may not be looked into, or is gone, shows nothing
        return
    for path in near:
        if (path / SCENARIO_FILE).is_file():
            yield _card(path, str(path), "folder")
        elif _holds_pack(path):
            yield _from_zip(path)


def cards_in(path: Path) -> Iterator[Card | Broken]:
    """The cards of all packs below a folder, and in its zips; or of the pack in a zip."""
    if path.is_file():
        yield _from_zip(path)
        return
    outer: list[Path] = []
    for folder in packs_under(path):
        # A pack inside a pack is there to be built on.
        if not any(above in folder.parents for above in outer):
            outer.append(folder)
            yield _card(folder, str(folder), "folder")
    for one in sorted(path.glob("*.zip")):
        if _holds_pack(one):
            yield _from_zip(one)


def _holds_pack(path: Path) -> bool:
    if path.suffix.lower() != ".zip" or not path.is_file() or path.stat().st_size > LARGEST_ZIP:
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return any(PurePosixPath(name).name == SCENARIO_FILE for name in archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):  # some other kind of file
        return False


def _from_zip(path: Path) -> Card | Broken:
    try:
        return _card(unpacked(path), str(path), "zip")
    except (PackFaults, OSError):
        return Broken(path)


def _card(folder: Path, where: str, origin: Origin, source: str = "") -> Card | Broken:
    try:
        pack = load(folder)
    except PackFaults:
        return Broken(Path(where) if origin == "zip" else folder)
    return card_of(pack, where, origin, source)


def card_of(pack: Pack, where: str, origin: Origin, source: str = "") -> Card:
    """The card of a pack that has been read."""
    story = pack.scenario
    return Card(
        id=story.id,
        where=where,
        family=story.family,
        grade=story.grade,
        title=story.title,
        summary=story.summary,
        minutes=story.length // MINUTE,
        injects=len(story.injects),
        roles=tuple(Seat(role.id, role.title) for role in pack.plan.players()),
        objectives=tuple(objective.text for objective in story.objectives),
        capabilities=tuple(target.capability for target in story.targets),
        languages=tuple(lang for lang in LANGS if story.title.in_(lang)),
        origin=origin,
        source=source,
        folder=str(pack.folder),
    )


# -- a glance at what is known to be whole ---------------------------------------------------------


class _Part(BaseModel):
    """As much of a file as a card needs."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class _Objective(_Part):
    text: Text


class _Target(_Part):
    capability: Title


class _Story(_Part):
    id: Id
    family: Family
    grade: int
    title: Title
    summary: Text
    length: Duration
    inject: tuple[dict[str, Any], ...]
    objective: tuple[_Objective, ...]
    target: tuple[_Target, ...] = ()


class _Role(_Part):
    id: Id
    title: Title
    outside: bool = False


class _Plan(_Part):
    role: tuple[_Role, ...]


def _glance(folder: Path) -> Card | None:
    """The card of a pack, by what its files say of it; None where they do not say it."""
    try:
        story = _Story.model_validate(_read(folder / SCENARIO_FILE), context={"pack": True})
        plan = _Plan.model_validate(_read(folder / PLAN_FILE))
    except (OSError, ValidationError, ValueError):
        return None
    return Card(
        id=story.id,
        where=folder.name,
        family=story.family,
        grade=story.grade,
        title=story.title,
        summary=story.summary,
        minutes=story.length // MINUTE,
        injects=len(story.inject),
        roles=tuple(Seat(role.id, role.title) for role in plan.role if not role.outside),
        objectives=tuple(one.text for one in story.objective),
        capabilities=tuple(one.capability for one in story.target),
        languages=tuple(lang for lang in LANGS if story.title.in_(lang)),
        folder=str(folder),
    )


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
