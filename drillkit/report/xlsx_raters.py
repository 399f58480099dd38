"""The raw ratings as a table: each rater's side by side, what was settled, who handed in."""

from collections.abc import Iterator

from drillkit.core.measured import measure
from drillkit.report.drill import Drill, every, moment
from drillkit.report.meeting import left_open
from drillkit.report.pages import signatures
from drillkit.report.table import Cell
from drillkit.report.terms import decided_by
from drillkit.words import listing, say
from scoring.result.settlement import TaskVerdict, duty_verdicts, verdicts

_BEFORE = ("item", "subject", "kind")
_ADOPTED = -2
"""Where the adopted letter, or the points of duties or of a decision, stand in a row."""
_AFTER = ("auto", "suggested", "settled", "why", "settler", "adopted", "open")


def raw_heads(drill: Drill) -> list[str]:
    """The titles of the columns, one of them for each rater."""
    lang = drill.lang
    before = [drill.say(f"column.{name}") for name in _BEFORE]
    return [*before, *_raters(drill), *(say(lang, f"sheet.column.{name}") for name in _AFTER)]


def raw_rows(drill: Drill) -> list[list[Cell]]:
    """Every task, every role's duties, then decisions, who handed in, who met and who signed."""
    return [*_tasks(drill), *_duties(drill), *_steps(drill)]


def _raters(drill: Drill) -> list[str]:
    """Everybody who rated or handed in, in alphabetical order."""
    state = drill.state
    given = {rater for _, rater in (*state.ratings, *state.duties)}
    return sorted(given | set(state.submitted))


def _tasks(drill: Drill) -> Iterator[list[Cell]]:
    lang, names = drill.lang, drill.names
    letters = {task.task: task for one in drill.assessment.objectives for task in one.tasks}
    for verdict in verdicts(drill.state, drill.assessment):
        letter, agreed = letters[verdict.task], verdict.settled
        yield [
            names.task(verdict.task, lang),
            names.objective(letter.objective, lang),
            say(lang, "log.kind.task_rated"),
            *(_given(drill, verdict, rater) for rater in _raters(drill)),
            None if verdict.auto is None else round(100 * verdict.auto, 4),
            say(lang, f"sheet.rating.{letter.suggested}"),
            say(lang, f"sheet.rating.{agreed.rating}") if agreed else "",
            agreed.why if agreed else "",
            agreed.settler if agreed else "",
            say(lang, f"sheet.rating.{letter.rating}"),
            _standing(drill, verdict),
        ]


def _given(drill: Drill, verdict: TaskVerdict, rater: str) -> str:
    rating = verdict.given.get(rater)
    return say(drill.lang, f"sheet.rating.{rating}") if rating else ""


def _standing(drill: Drill, verdict: TaskVerdict) -> str:
    """What the meeting is still to talk over."""
    if not verdict.is_open:
        return ""
    said = [(verdict.differs, "sheet.differ"), (verdict.is_apart, "sheet.apart")]
    return listing(drill.lang, [say(drill.lang, key) for holds, key in said if holds])


def _duties(drill: Drill) -> Iterator[list[Cell]]:
    lang = drill.lang
    worth = {leaf.id: leaf.point for leaf in every(drill.assessment.arrival.measure)}
    for verdict in duty_verdicts(drill.state):
        given = [verdict.given.get(rater) for rater in _raters(drill)]
        agreed = verdict.settled
        point = worth.get(f"arrival.duties.{verdict.role}")
        yield [
            drill.names.role(verdict.role, lang),
            "",
            say(lang, "log.kind.duty_rated"),
            *(say(lang, f"log.duty.{duty}") if duty else "" for duty in given),
            None,
            "",
            say(lang, f"log.duty.{agreed.duty}") if agreed else "",
            agreed.why if agreed else "",
            agreed.settler if agreed else "",
            None if point is None else round(100 * point, 4),
            say(lang, "sheet.differ") if verdict.is_open else "",
        ]


def _steps(drill: Drill) -> Iterator[list[Cell]]:
    """One line a step of the evening: decisions, who handed in when, who met, who signed."""
    lang, state, raters = drill.lang, drill.state, _raters(drill)

    def line(kind: str, about: str, by: dict[str, str], why: str = "", who: str = "") -> list[Cell]:
        said = [by.get(rater, "") for rater in raters]
        return ["", about, say(lang, f"log.kind.{kind}"), *said, None, "", "", why, who, "", ""]

    for id, (mark, ruling) in state.adjudicated.items():
        who = decided_by(drill, mark, ruling)
        decided = line("value_adjudicated", measure(drill.names, id, lang), {}, ruling.why, who)
        decided[_ADOPTED] = None if ruling.value is None else round(100 * ruling.value, 4)
        yield decided
    if state.submitted:
        entries = {
            rater: say(lang, "sheet.entry", entry=mark.seq)
            for rater, mark in state.submitted.items()
        }
        yield line("ratings_submitted", "", entries)
    if state.meeting:
        mark, met = state.meeting
        why = "\n".join(filter(None, [met.why, left_open(drill)]))
        yield line("meeting_closed", moment(mark.at), {}, why, listing(lang, [*met.present]))
    for mark, again in state.reopened:
        who = drill.names.person(mark, lang)
        yield line("report_reopened", listing(lang, [*again.void]), {}, again.why, who)
    for signed in signatures(drill):
        if signed.name:
            yield line("report_signed", signed.office, {}, signed.date, signed.name)
