"""The register on disk: a folder, one TOML file a lesson, each written whole or not at all."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path

from drillkit import whole
from drillkit.journal.lock import Held, Lock
from drillkit.lessons import toml
from drillkit.lessons.fault import LessonFault
from drillkit.lessons.steps import a_day, first_fault
from drillkit.model.lesson import Lesson
from drillkit.packs.diagnostic import PackFaults
from drillkit.packs.positions import Where
from drillkit.packs.shape import model_of
from drillkit.packs.source import Source, read

BEGAN = "%Y-%m-%d %H:%M"
"""How the begin of a drill is written."""
LOCK = ".lock"
"""The file in the folder that whoever changes something holds; see Lock."""
_PATIENCE, _AGAIN = 3.0, 0.01
"""Seconds to wait for somebody else who changes something, and between two looks."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A lesson as its file says it; `text` is the file, "" for a new one."""

    lesson: Lesson
    text: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """The lessons that could be read, in order of id, and what keeps the others from it."""

    kept: tuple[Kept, ...] = ()
    faults: tuple[PackFaults | LessonFault, ...] = ()

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        return tuple(one.lesson for one in self.kept)


@dataclass(frozen=True, slots=True)
class Register:
    """The lessons of one organisation. The folder need not be there before the first is put."""

    folder: Path
    _texts: dict[str, str] = field(default_factory=dict)
    """The files as they were when they were read, by the lesson's id."""

    def contents(self) -> Contents:
        """All lessons, and the faults of the files that hold none."""
        kept: list[Kept] = []
        faults: list[PackFaults | LessonFault] = []
        for path in sorted(self.folder.glob("*.toml")):
            try:
                kept.append(_read(path))
            except (PackFaults, LessonFault) as fault:
                faults.append(fault)
        return Contents(tuple(kept), tuple(faults))

    def all(self) -> tuple[Lesson, ...]:
        """All lessons. Raises the first fault of a file that cannot be read."""
        contents = self.contents()
        for fault in contents.faults:
            raise fault
        self._texts.update({one.lesson.id: one.text for one in contents.kept})
        return contents.lessons

    def find(self, id: str) -> Lesson:
        """The lesson. Raises LessonFault when there is none, PackFaults when its file is bad."""
        known = [file.stem for file in self.folder.glob("*.toml")]
        if id not in known:
            near = get_close_matches(id, known, 1)
            if near:
                raise LessonFault("unknown-near", id=id, near=near[0], folder=self.folder)
            raise LessonFault("unknown", id=id, folder=self.folder)
        kept = _read(self._path(id))
        self._texts[id] = kept.text
        return kept.lesson

    def put(self, lessons: Iterable[Lesson]) -> list[Path]:
        """Write the lessons that differ from their files; the files written.

        Nothing is written when one of the files has changed since it was read: LessonFault.
        """
        lessons = tuple(lessons)
        if not lessons:
            return []
        with self._held():
            return self._write(lessons)

    def change(self, ids: Iterable[str], change: Callable[[Lesson], Lesson]) -> tuple[Lesson, ...]:
        """Change the named lessons as their files say them now: all of them, or none.

        Nobody else changes one between our reading and our writing it. Raises LessonFault, also
        when somebody else keeps the register for too long.
        """
        wanted = tuple(dict.fromkeys(ids))
        for id in wanted:
            self.find(id)  # so that a name that is none leaves no folder behind
        with self._held():
            changed = tuple(change(self.find(id)) for id in wanted)
            self._write(changed)
        return changed

    @contextmanager
    def _held(self) -> Iterator[None]:
        """Hold the register, once whoever holds it has given it up."""
        self.folder.mkdir(parents=True, exist_ok=True)
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                lock = Lock(self.folder / LOCK)
            except Held:
                if time.monotonic() >= until:
                    raise LessonFault("busy", folder=self.folder) from None
                time.sleep(_AGAIN)
            else:
                break
        try:
            yield
        finally:
            lock.release()

    def _write(self, lessons: Iterable[Lesson]) -> list[Path]:
        """Write what differs; whoever calls this holds the register."""
        new: list[tuple[Path, str, str]] = []
        for lesson in lessons:
            path, before = self._path(lesson.id), self._texts.get(lesson.id, "")
            if (read(path).text if path.is_file() else "") != before:
                raise LessonFault("changed-meanwhile", path=path)
            data = toml.data_of(lesson)
            text = toml.changed(before, data) if before else toml.fresh(data)
            if text != before:
                new.append((path, lesson.id, text))
        for path, id, text in new:
            whole.put(path, text.encode())
            self._texts[id] = text
        return [path for path, _, _ in new]

    def _path(self, id: str) -> Path:
        return self.folder / f"{id}.toml"


def _read(path: Path) -> Kept:
    source = read(path)
    lesson, faults = model_of(source, Lesson)
    if lesson is None or faults:
        raise PackFaults(tuple(faults))
    if lesson.id != path.stem:
        raise LessonFault("wrong-name", path=path, line=_line(source, ("id",)), id=lesson.id)
    if lesson.due:
        _must_be_day(source, ("due",), lesson.due)
    for number, drill in enumerate(lesson.drills):
        where = ("drill", number, "began")
        try:
            datetime.strptime(drill.began, BEGAN)  # noqa: DTZ007 - UTC by definition
        except ValueError:
            line = _line(source, where)
            raise LessonFault("bad-began", path=path, line=line, began=drill.began) from None
    if wrong := first_fault(lesson):
        number, fault = wrong
        line = _line(source, ("step", number))
        raise LessonFault("in-file", path=path, line=line, fault=fault) from fault
    # The very text that the lesson was read from: the file may have changed since.
    return Kept(lesson, source.text)


def _must_be_day(source: Source, where: Where, written: str) -> None:
    try:
        a_day(written)
    except LessonFault as fault:
        line = _line(source, where)
        raise LessonFault("in-file", path=source.path, line=line, fault=fault) from fault


def _line(source: Source, where: Where) -> int:
    return source.line_of(where) if where in source.spans else 1
