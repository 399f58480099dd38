"""The register of lessons at the command line: list, show, collect, the steps, and export."""

import getpass
import json
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from platformdirs import user_data_path
from rich.table import Table
from rich.text import Text

from drillkit import packs, whole
from drillkit.cli import here
from drillkit.cli.drills import read_drill
from drillkit.cli.failed import FAILED
from drillkit.cli.tables import show as show_table
from drillkit.lessons import LessonFault, follow_up
from drillkit.lessons.collect import Played, found, joined
from drillkit.lessons.proposals import proposed
from drillkit.lessons.register import BEGAN, Register
from drillkit.lessons.steps import StatusWord, a_day, assigned, stepped
from drillkit.lessons.told import age, by_weight, lines, reminded
from drillkit.model.base import Lang
from drillkit.model.lesson import Lesson, Status, Step
from drillkit.model.text import Line, Prose
from drillkit.report.improvement import FORMS, facts, improvement
from drillkit.session import Opening
from drillkit.words import listing, say

YES, NO, ALL, QUIT = "yes", "no", "all", "quit"


def folder_of(args: Namespace) -> Path:
    """The register's folder: the one asked for, or this user's own."""
    if args.lessons:
        return Path(args.lessons)
    return user_data_path("drillkit", appauthor=False) / "lessons"


def day_of(args: Namespace) -> str:
    """The day on which it is done."""
    return a_day(args.on) if args.on else date.today().isoformat()  # noqa: DTZ011 - the person's day


def who(args: Namespace) -> Line:
    """Who does it."""
    return Line(args.by or getpass.getuser())


def played(path: Path, lang: Lang) -> Played:
    """The finished drill in a journal. Raises JournalFault, Failed or LessonFault."""
    drill = read_drill(path, lang)
    if drill.state.stage != "ended":
        raise LessonFault("not-over", path=path)
    return Played(drill.state, drill.assessment, drill.began.strftime(BEGAN))


def screen(args: Namespace) -> int:
    """Show the register's screen; where nobody can see one, list the lessons."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        args.open = args.json = False
        return show_all(args)
    from drillkit.ui.screens.lessons import LessonsScreen

    register = Register(folder_of(args))
    on, by = day_of(args), Line(getpass.getuser())
    lang: Lang = args.lang
    shown = LessonsScreen(register, on=on, by=by)

    async def look() -> None:
        with here.terminal(shown, lang) as app:
            await app.run_async()

    told = here.run(look())
    return here.SIGNALLED + told if told else 0


# -- reading ---------------------------------------------------------------------------------------


def show_all(args: Namespace) -> int:
    """List the lessons; 1 when some file could not be read."""
    lang: Lang = args.lang
    folder, on = folder_of(args), day_of(args)
    contents = Register(folder).contents()
    lessons = by_weight(one for one in contents.lessons if one.is_open or not args.open)
    if args.json:
        print(json.dumps([facts(one, on) for one in lessons], ensure_ascii=False, indent=2))
    elif lessons:
        show_table(_table(lessons, on, lang))
    elif not contents.faults:
        print(say(lang, "register.nothing-there", folder=folder))
    for fault in contents.faults:
        told = (
            fault.in_(lang)
            if isinstance(fault, LessonFault)
            else packs.render(fault.diagnostics, "text", lang)
        )
        print(told, file=sys.stderr)
    if contents.faults:
        print(say(lang, "register.strange-rows", n=len(contents.faults)), file=sys.stderr)
    return FAILED if contents.faults else 0


def _table(lessons: Iterable[Lesson], on: str, lang: Lang) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("id", "status", "level", "age", "owner", "due", "title"):
        table.add_column(say(lang, f"register.column.{heading}"), overflow="fold")
    for one in lessons:
        table.add_row(
            Text(one.id),
            say(lang, f"register.status-{one.status}"),
            say(lang, f"register.level-{one.level}"),
            str(age(one, on)),
            Text(one.owner),
            Text(one.due),
            Text(one.title.in_(lang)),
        )
    return table


def show(args: Namespace) -> int:
    """Show one lesson."""
    lesson = Register(folder_of(args)).find(args.id)
    for line in lines(lesson, args.lang):
        print(line)
    return 0


def export(args: Namespace) -> int:
    """Write the improvement plan."""
    lang: Lang = args.lang
    path, on = Path(args.to), day_of(args)
    form = path.suffix.removeprefix(".").lower()
    if form not in FORMS:
        raise LessonFault("no-form", path=path)
    known = Register(folder_of(args)).all()
    lessons = by_weight(one for one in known if one.is_open or not args.open)
    put(path, improvement(lessons, form, on=on, lang=lang), force=args.force)
    print(say(lang, "register.wrote", path=path))
    return 0


def put(path: Path, content: bytes, *, force: bool) -> None:
    """Write a file whole or not at all; over another one only by force."""
    if path.exists() and not force:
        raise LessonFault("plan-exists", path=path)
    whole.put(path, content)


# -- steps -----------------------------------------------------------------------------------------


def collect(args: Namespace) -> int:
    """Take the lessons of a finished drill into the register."""
    lang: Lang = args.lang
    drill = played(Path(args.file), lang)
    register, on = Register(folder_of(args)), day_of(args)
    known = register.all()
    lessons = found(drill, on=on, by=who(args))
    plan = drill.state.plan
    lessons = [one.model_copy(update={"revision": proposed(plan, one, on)}) for one in lessons]
    new, again = joined(known, lessons)
    for path in register.put([*new, *again]):
        print(say(lang, "register.wrote", path=path))
    counts = {"new": len(new), "again": len(again), "known": len(lessons) - len(new) - len(again)}
    print(say(lang, "register.collected", session=drill.session, **counts))
    return 0


def _take(args: Namespace, change: Callable[[Lesson], Lesson]) -> tuple[Lesson, ...]:
    """Change the named lessons: all of them, or none when one of them cannot be."""
    return Register(folder_of(args)).change(args.ids, change)


def _step(args: Namespace, to: Status) -> int:
    step = Step(to=to, on=Line(day_of(args)), by=who(args), why=Prose(args.why))
    for lesson in _take(args, lambda one: stepped(one, step)):
        status = StatusWord(lesson.status)
        print(say(args.lang, "register.stepped", id=lesson.id, status=status))
    return 0


def agree(args: Namespace) -> int:
    """Agree that something is to be done about the lessons."""
    return _step(args, "agreed")


def implement(args: Namespace) -> int:
    """Note what was done about the lessons."""
    return _step(args, "implemented")


def reject(args: Namespace) -> int:
    """Put the lessons aside."""
    return _step(args, "rejected")


def assign(args: Namespace) -> int:
    """Give the lessons an owner and a due date."""
    on, by = day_of(args), who(args)
    owner, due = Line(args.owner), Line(args.due)
    for one in _take(args, lambda one: assigned(one, owner=owner, due=due, on=on, by=by)):
        print(say(args.lang, "register.assigned", id=one.id, owner=one.owner, due=one.due))
    return 0


def verify(args: Namespace) -> int:
    """Say which lessons held in a drill, and mark those that are named or confirmed."""
    lang: Lang = args.lang
    drill = played(Path(args.file), lang)
    register, on, by = Register(folder_of(args)), day_of(args), who(args)
    named = list(dict.fromkeys(args.ids))
    lessons = [register.find(id) for id in named] if named else list(register.all())
    asked = [one for one in lessons if named or one.status == "implemented"]
    proofs = follow_up.proofs(asked, drill)
    refused = [one for one in proofs if not one.held]
    if named and refused:
        raise LessonFault("cannot-verify", id=refused[0].lesson.id, why=refused[0])
    for one in refused:
        print(say(lang, "register.cannot-verify", id=one.lesson.id, why=one))
    held = [one for one in proofs if one.held]
    if not held:
        print(say(lang, "register.none-held"))
    chosen = held if named or args.yes else _asked(held, drill, lang)
    for one in chosen:
        step = Step(
            to="verified",
            on=Line(on),
            by=by,
            why=Prose(one.in_(lang)),
            session=Line(drill.session),
            entries=one.entries,
        )
        register.put([stepped(one.lesson, step)])
        values = {"id": one.lesson.id, "session": drill.session, "why": one}
        print(say(lang, "register.verified", **values))
    return 0


def _asked(held: Sequence[follow_up.Verdict], drill: Played, lang: Lang) -> list[follow_up.Verdict]:
    """Those that a person confirms; none where nobody can be asked."""
    chosen: list[follow_up.Verdict] = []
    answer = NO
    for one in held:
        entries = listing(lang, [str(seq) for seq in one.entries])
        values = {"session": drill.session, "id": one.lesson.id, "why": one, "entries": entries}
        print(say(lang, "register.could-verify", **values))
        if answer != ALL and sys.stdin.isatty():
            answer = ask("register.verify-question", lang)
        if answer == QUIT:
            break
        if answer in (YES, ALL):
            chosen.append(one)
    if held and not sys.stdin.isatty():
        print(say(lang, "register.say-yes", n=len(held)))
    return chosen


def ask(question: str, lang: Lang) -> str:
    """YES, NO, ALL or QUIT, as a person answers at the terminal; the end of input is QUIT."""
    first = {say(lang, f"register.answers-{answer}"): answer for answer in (YES, NO, ALL, QUIT)}
    while True:
        try:
            written = input(say(lang, question)).strip().lower()
        except EOFError:
            return QUIT
        if written[:1] in first:
            return first[written[:1]]


# -- for a drill that opens ------------------------------------------------------------------------


def reminding(opening: Opening, folder: Path) -> Opening:
    """With the open lessons of the register that the drill puts to the test."""
    lessons = follow_up.exercised(Register(folder).all(), opening.scenario, opening.plan)
    reminders = tuple(follow_up.reminder(lesson, opening.plan) for lesson in lessons)
    return replace(opening, lessons=lessons, reminders=reminders)


def remind(opening: Opening, lang: Lang) -> None:
    """Say which lessons the drill puts to the test."""
    if opening.reminders:
        print(say(lang, "register.reminders", n=len(opening.reminders)))
    for lesson, reminder in zip(opening.lessons, opening.reminders, strict=True):
        print(f"  {lesson.id}: {reminded(reminder, lang)}")


def say_what_held(path: Path, lang: Lang) -> None:
    """Say of each lesson of the briefing whether it held in the finished drill."""
    drill = played(path, lang)
    opened = drill.state.opened
    for one in follow_up.verdicts(opened.lessons if opened else (), drill):
        key = "register.verdict-held" if one.held else "register.verdict-not"
        print(f"  {say(lang, key)}: {one.lesson.id}: {one.in_(lang)}")


def midnight(day: str) -> int:
    """The begin of a day (YYYY-MM-DD) in UTC, in ms since 1970. Raises LessonFault."""
    return round(datetime.fromisoformat(f"{a_day(day)}T00:00+00:00").timestamp()) * 1000
