"""`drillkit lessons revise`: what the lessons ask of a plan, accepted or declined one by one."""

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from drillkit import packs
from drillkit.cli import lessons as own
from drillkit.lessons import LessonFault
from drillkit.lessons.collect import found
from drillkit.lessons.proposals import Proposal, proposals
from drillkit.lessons.register import Register
from drillkit.lessons.revise import Change, revised
from drillkit.lessons.steps import StatusWord, stepped
from drillkit.model.base import Lang
from drillkit.model.lesson import Lesson, Step
from drillkit.model.plan import Plan
from drillkit.model.text import Line, Prose
from drillkit.packs.join import INCLUDE
from drillkit.packs.pack import SCENARIO_FILE
from drillkit.packs.sense import plan_faults
from drillkit.packs.shape import model_of
from drillkit.packs.source import read
from drillkit.words import listing, say


def revise(args: Namespace) -> int:
    """Put accepted changes into a plan's file, under another name."""
    lang: Lang = args.lang
    path, on, by = Path(args.plan), own.day_of(args), own.who(args)
    to = Path(args.to) if args.to else path.with_name(f"{path.stem}.revised.toml")
    if to.exists() and not args.force:
        raise LessonFault("plan-exists", path=to)
    plan = _plan(path)
    register = Register(own.folder_of(args))
    if args.drill:
        lessons = tuple(found(own.played(Path(args.drill), lang), on=on, by=by))
    else:
        lessons = register.all()
    offered = proposals(plan, lessons, on)
    if not offered:
        print(say(lang, "register.no-changes"))
        return 0
    accepted = _accepted(offered, args, on)
    if not accepted:
        print(say(lang, "register.none-accepted"))
        return 0
    text, changes = revised(read(path).text, accepted)
    _put(to, text, path)
    for change in changes:
        _show(change.proposal, lang, on)
        print("\n".join(change.diff), end="\n\n")
    print(say(lang, "register.accepted", n=len(changes)))
    print(say(lang, "register.check-clean"))
    print(say(lang, "register.wrote", path=to))
    if args.implement:
        _implement(register, changes, on, by, lang)
    return 0


def _plan(path: Path) -> Plan:
    source = read(path)
    if INCLUDE in source.data:
        raise LessonFault("plan-includes", path=path)
    plan, faults = model_of(source, Plan)
    if plan is None or faults:
        raise packs.PackFaults(tuple(faults))
    return plan


def _accepted(offered: Sequence[Proposal], args: Namespace, on: str) -> list[Proposal]:
    lang: Lang = args.lang
    if args.yes:
        return list(offered)
    if args.accept:
        by_id = {one.id: one for one in offered}
        for id in args.accept:
            if id not in by_id:
                raise LessonFault("no-such-change", id=id, known=listing(lang, list(by_id)))
        return [one for one in offered if one.id in args.accept]
    for_all, accepted = False, list[Proposal]()
    is_asked = sys.stdin.isatty()
    for one in offered:
        if not for_all:
            _show(one, lang, on)
        answer = own.ALL if for_all else own.NO
        if is_asked and not for_all:
            answer = own.ask("register.accept-question", lang)
        if answer == own.QUIT:
            break
        for_all = answer == own.ALL
        if answer in (own.YES, own.ALL):
            accepted.append(one)
    if not is_asked:
        raise LessonFault("ask-needs-terminal")
    return accepted


def _show(proposal: Proposal, lang: Lang, on: str) -> None:
    """The change, and the findings behind it with the drills where they were seen."""
    print(f"{proposal.id}: {proposal.in_(lang)}")
    for lesson in proposal.lessons:
        level = say(lang, f"register.level-{lesson.level}")
        values = {"id": lesson.id, "level": level, "title": lesson.title}
        print("  " + say(lang, "register.behind-lesson", **values))
        for drill in lesson.drills:
            seen = drill.seen.in_(lang).partition("\n")[0]
            entries = listing(lang, [str(seq) for seq in drill.entries])
            said = {"began": drill.began, "session": drill.session, "seen": seen}
            print("  " + say(lang, "register.behind-seen", entries=entries, **said))
    if not proposal.lessons:
        print("  " + say(lang, "register.behind-plan", day=on))


def _put(to: Path, text: str, plan: Path) -> None:
    """Write the revised plan once it has passed the check, with its pack where it lies in one."""
    half = to.with_name(f".{to.name}.part")
    try:
        half.write_bytes(text.encode())
        try:
            _check(half, plan.parent)
        except packs.PackFaults as problem:
            raise LessonFault("revised-bad", fault=_First(problem)) from problem
        half.replace(to)
    finally:
        half.unlink(missing_ok=True)


def _check(plan: Path, folder: Path) -> None:
    """Raise PackFaults with what is wrong with the plan, played with the folder's scenario."""
    if (folder / SCENARIO_FILE).is_file():
        packs.load(folder, plan)
    elif faults := tuple(plan_faults(read(plan), _plan(plan))):
        raise packs.PackFaults(faults)


class _First:
    """The first thing that is wrong with a plan, as a sentence says it."""

    def __init__(self, problem: packs.PackFaults) -> None:
        self._fault = problem.diagnostics[0]

    def in_(self, lang: str) -> str:
        return self._fault.sentence(lang)


def _implement(
    register: Register, changes: Sequence[Change], on: str, by: Line, lang: Lang
) -> None:
    """The agreed lessons behind the changes are implemented; the others stay where they are."""
    known = {lesson.id for lesson in register.all()}
    behind: dict[str, list[str]] = {}
    for change in changes:
        for lesson in change.proposal.lessons:
            behind.setdefault(lesson.id, []).append(change.proposal.in_(lang))
    done: list[Lesson] = []
    for id, said in behind.items():
        if id not in known:
            continue
        lesson = register.find(id)
        if lesson.status != "agreed":
            status = StatusWord(lesson.status)
            print(say(lang, "register.not-agreed", id=id, status=status))
            continue
        why = Prose(say(lang, "register.why-revised", change=" ".join(said)))
        done.append(stepped(lesson, Step(to="implemented", on=Line(on), by=by, why=why)))
    register.put(done)
    for lesson in done:
        values = {"id": lesson.id, "status": StatusWord(lesson.status)}
        print(say(lang, "register.stepped", **values))
