"""What happened, as rows: injects as planned and as played, and the log."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from drillkit.core.chronicle import actor, kind_title, sentence
from drillkit.core.clocks import story_time
from drillkit.core.fold import apply
from drillkit.core.records import InjectRecord, Response
from drillkit.core.state import State
from drillkit.model.base import Millis
from drillkit.model.events import ClockMarked, Due
from drillkit.report.drill import Drill, moment
from drillkit.words import listing

Timing = Literal["in-time", "late", "too-late", "missed", "waiting", "unasked"]
"""How an answer came: by its target, by its limit, after it, never, not yet; nobody had to."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one role made of one inject; times are ms of exercise time."""

    role: str
    released_at: Millis
    answered_at: Millis | None
    target_at: Millis | None
    limit_at: Millis | None
    timing: Timing
    entries: tuple[int, ...]


def answers(drill: Drill, record: InjectRecord) -> Iterator[Answer]:
    """One answer for each role of which one was expected, then those that came unasked."""
    if record.event is None or record.released is None:
        return
    deadlines = {due.role: due for due in record.event.due}
    for role in [*deadlines, *(role for role in record.responses if role not in deadlines)]:
        given = record.responses.get(role, [])
        due, overdue = deadlines.get(role), record.overdue.get(role)
        marks = [record.released, *(answer.given for answer in given), *([overdue] * bool(overdue))]
        yield Answer(
            role=role,
            released_at=record.released.at,
            answered_at=given[0].given.at if given else None,
            target_at=due.target_at if due else None,
            limit_at=due.limit_at if due else None,
            timing=_timing(due, given, drill.end_at),
            entries=tuple(sorted(mark.seq for mark in marks if mark)),
        )


def _timing(due: Due | None, given: list[Response], now: Millis) -> Timing:
    if due is None:
        return "unasked"
    if not given:
        return "missed" if now >= due.limit_at else "waiting"
    at = given[0].given.at
    if at <= due.target_at:
        return "in-time"
    return "late" if at < due.limit_at else "too-late"


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the course of the drill: an inject and what one role made of it."""

    inject: str
    planned: str
    released: str
    role: str
    answered: str
    answer: str
    timing: str
    timing_title: str
    entries: tuple[int, ...]


def course(drill: Drill) -> list[Step]:
    """Injects in the order in which they came; those that never came stand last."""
    planned = {inject.id: inject.at for inject in drill.state.scenario.injects}
    records = dict.fromkeys(planned) | drill.state.injects
    known = {id: record or InjectRecord(id) for id, record in records.items()}
    ordered = sorted(known.values(), key=lambda record: (record.released is None, _place(record)))
    return [step for record in ordered for step in _steps(drill, record, planned.get(record.id))]


def _place(record: InjectRecord) -> int:
    return record.released.seq if record.released else 0


def _steps(drill: Drill, record: InjectRecord, at: Millis | None) -> Iterator[Step]:
    names, lang = drill.names, drill.lang
    title = names.inject(record.id, lang)
    when = at if record.deferred_to is None else record.deferred_to
    planned = moment(when) if when is not None else drill.say("on-condition")
    if record.event is not None and record.event.type == "ad-hoc":
        planned = drill.say("unplanned")
    if record.event is None or record.released is None:
        standing = "skipped" if record.skipped else "held" if record.held else "not-released"
        name = drill.say(f"timing.{standing}")
        yield Step(title, planned, moment(None), "", moment(None), record.why, standing, name, ())
        return
    released = moment(record.released.at)
    asked = list(answers(drill, record))
    if not asked:
        to = names.roles(record.event.to, lang)
        name = drill.say("timing.told")
        seen = (record.released.seq,)
        yield Step(title, planned, released, to, moment(None), "", "told", name, seen)
    for one in asked:
        yield Step(
            inject=title,
            planned=planned,
            released=released,
            role=names.role(one.role, lang),
            answered=moment(one.answered_at),
            answer=_words(drill, record, one.role),
            timing=one.timing,
            timing_title=drill.say(f"timing.{one.timing}"),
            entries=one.entries,
        )


def _words(drill: Drill, record: InjectRecord, role: str) -> str:
    """The standing answer, and how many came before it."""
    given = record.responses.get(role)
    if not given:
        return ""
    last = given[-1]
    chosen = drill.names.options(record.id, last.options, drill.lang)
    said = listing(drill.lang, [*chosen, *([last.text] if last.text else [])])
    return said if len(given) == 1 else drill.say("changed", answer=said, n=len(given) - 1)


@dataclass(frozen=True, slots=True)
class LogLine:
    """One entry in words; `voided` when a later one says that it does not count."""

    seq: int
    at: str
    story: str
    who: str
    kind: str
    text: str
    voided: bool


def log(drill: Drill) -> list[LogLine]:
    """Every entry that says something, in order, with the story's time at that point."""
    running = State()
    lines: list[LogLine] = []
    for entry in drill.entries:
        apply(running, entry)
        if isinstance(entry.event, ClockMarked):
            continue
        told = story_time(running, entry.at)
        is_hidden = entry.seq in drill.hidden
        lines.append(
            LogLine(
                seq=entry.seq,
                at=moment(entry.at),
                story=f"{told:%Y-%m-%d %H:%M}" if told else "",
                who=actor(entry, drill.names, drill.lang),
                kind=kind_title(entry, drill.lang),
                text=drill.say("kept-back-entry")
                if is_hidden
                else sentence(entry, drill.names, drill.lang),
                voided=entry.seq in drill.state.voided,
            )
        )
    return lines
