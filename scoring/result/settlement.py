"""What the evaluators' meeting is about: where letters differ, how far raters agree, what is left.

Scoring model 4.6. Raw ratings stay: a settled letter stands beside them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple, TypeVar

from drillkit.core.differences import DUTIES, TASK, differ
from drillkit.core.state import State
from drillkit.model.events import Duty, DutySettled, Rating, TaskSettled
from drillkit.model.form import PointsItem
from scoring.assessment import Assessment
from scoring.measure import Measure
from scoring.result.outcome import APART, anchor
from scoring.result.raters import ENOUGH, TENTATIVE, alpha, icc, kappa

NEEDED = "result.agreement-insufficient"
"""Why a grade is not final (a words key): the raters disagree, and have not met."""
_LETTERS: Mapping[Rating, float] = {"P": 4.0, "S": 3.0, "M": 2.0, "U": 1.0}
_DUTIES: Mapping[Duty, float] = {"skilled": 3.0, "adequate": 2.0, "unclear": 1.0}
"""Where on its scale each rating stands; what is not there says that nothing was judged."""
_Table = list[list[float | None]]
"""A row a rater, a column an item."""


_T = TypeVar("_T", Rating, Duty)


class Figure(NamedTuple):
    """A coefficient of agreement over `n` items that were rated twice or more.

    `value` is None below ENOUGH items, and where the ratings do not vary.
    """

    value: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Reliability:
    """How far raters agree; None for what does not apply to so many raters or to letters alone."""

    alpha: Figure
    """Krippendorff's, ordinal, over the letters of tasks."""
    duties: Figure
    """The same over the ratings of duties: another scale, never joined with the letters."""
    kappa: Figure | None
    """Quadratic-weighted, over the same letters, where there are just two raters."""
    icc: Figure | None
    """ICC(2,1), over the points that all who filled in a form gave for the same items."""


@dataclass(frozen=True, slots=True)
class TaskVerdict:
    """One task before the meeting: what each rater gave, what the evidence says, what was settled.

    `auto` and `human` are 0..1 or None; `human` is the median of the raw letters' anchors.
    """

    task: str
    given: Mapping[str, Rating]
    auto: float | None
    human: float | None
    settled: TaskSettled | None
    is_adjudicated: bool

    @property
    def measure(self) -> str:
        """The id of the measure that a decision on it names."""
        return f"{TASK}{self.task}"

    @property
    def differs(self) -> bool:
        """The raters gave unequal letters, or do not agree that the task applied."""
        return differ(self.given.values())

    @property
    def is_apart(self) -> bool:
        """Evidence and judgement lie too far apart."""
        both = self.auto is not None and self.human is not None
        return both and abs((self.auto or 0.0) - (self.human or 0.0)) > APART

    @property
    def is_open(self) -> bool:
        """There is something to talk over, and nothing has been said yet."""
        return (self.differs or self.is_apart) and not (self.settled or self.is_adjudicated)


@dataclass(frozen=True, slots=True)
class DutyVerdict:
    """The duties of one role before the meeting: what each rater gave, what was settled."""

    role: str
    given: Mapping[str, Duty]
    settled: DutySettled | None
    is_adjudicated: bool

    @property
    def measure(self) -> str:
        """The id of the measure that a decision on it names."""
        return f"{DUTIES}{self.role}"

    @property
    def differs(self) -> bool:
        """The raters gave unequal ratings, or do not agree that the duties applied."""
        return differ(self.given.values())

    @property
    def is_open(self) -> bool:
        """There is something to talk over, and nothing has been said yet."""
        return self.differs and not (self.settled or self.is_adjudicated)


Verdict = TaskVerdict | DutyVerdict


def verdicts(state: State, assessment: Assessment) -> tuple[TaskVerdict, ...]:
    """Every task of the drill as the meeting sees it, in the order of the scenario."""
    given: dict[str, dict[str, Rating]] = {}
    for (task, rater), (_, rated) in sorted(state.ratings.items()):
        given.setdefault(task, {})[rater] = rated.rating
    anchors = assessment.weights.anchors
    found: list[TaskVerdict] = []
    for measure in _tasks(assessment):
        task = measure.about
        letters = given.get(task, {})
        points = [x for rating in letters.values() if (x := anchor(rating, anchors)) is not None]
        found.append(
            TaskVerdict(
                task=task,
                given=letters,
                auto=_auto(measure),
                human=median(points) if points else None,
                settled=state.settled[task][1] if task in state.settled else None,
                is_adjudicated=measure.id in state.adjudicated,
            )
        )
    return tuple(found)


def duty_verdicts(state: State) -> tuple[DutyVerdict, ...]:
    """Every role whose duties anybody rated, in the order of the plan."""
    given: dict[str, dict[str, Duty]] = {}
    for (role, rater), (_, rated) in sorted(state.duties.items()):
        given.setdefault(role, {})[rater] = rated.duty
    return tuple(
        DutyVerdict(
            role=role.id,
            given=given.get(role.id, {}),
            settled=state.settled_duties[role.id][1] if role.id in state.settled_duties else None,
            is_adjudicated=f"{DUTIES}{role.id}" in state.adjudicated,
        )
        for role in state.plan.roles
        if role.id in given or role.id in state.settled_duties
    )


def _tasks(assessment: Assessment) -> Iterator[Measure]:
    for objective in assessment.objectives:
        for target in objective.measure.children:
            yield from target.children


def _auto(measure: Measure) -> float | None:
    """What the journal alone says of a task, also where its measure mixes in what people say."""
    for child in measure.children:
        if child.words == "result.auto":
            return child.point
    return None if measure.evidence == "adjudicated" else measure.point


def reliability(state: State, *, settled: bool = False) -> Reliability:
    """How far the raters agree; `settled`: as if all had given what their meeting agreed on."""
    letters = {key: rated.rating for key, (_, rated) in state.ratings.items()}
    duties = {key: rated.duty for key, (_, rated) in state.duties.items()}
    tasks = {task: event.rating for task, (_, event) in state.settled.items() if settled}
    roles = {role: event.duty for role, (_, event) in state.settled_duties.items() if settled}
    table = _table(letters, tasks, _LETTERS)
    of_tasks = _alpha(table)
    two = None
    if len(table) == 2:
        two = Figure(kappa(*table) if of_tasks.n >= ENOUGH else None, of_tasks.n)
    return Reliability(of_tasks, _alpha(_table(duties, roles, _DUTIES)), two, _points(state))


def _table(
    given: Mapping[tuple[str, str], _T], agreed: Mapping[str, _T], scale: Mapping[_T, float]
) -> _Table:
    """What each rater gave each item; where the meeting agreed, that in its place."""
    raters = sorted({rater for _, rater in given})
    items = sorted({item for item, _ in given})

    def place(item: str, rater: str) -> float | None:
        said = given.get((item, rater))
        return scale.get(agreed.get(item, said)) if said in scale else None

    return [[place(item, rater) for item in items] for rater in raters]


def _alpha(table: _Table) -> Figure:
    """The alpha of a table, and over how many items it is."""
    n = sum(len(column) - column.count(None) >= 2 for column in zip(*table, strict=True))
    return Figure(alpha(table) if n >= ENOUGH else None, n)


def _points(state: State) -> Figure | None:
    """ICC over the point items of the evaluators' forms that all their fillers gave points for."""
    given: dict[tuple[str, str], dict[str, float]] = {}
    fillers: dict[str, set[str]] = {}
    for (id, hand), (_, filled) in state.filled.items():
        form = state.forms.get(id)
        if form is None or form.audience != "evaluator" or not filled.filler:
            continue
        fillers.setdefault(id, set()).add(hand)
        most = {item.id: item.most for item in form.items() if isinstance(item, PointsItem)}
        for answer in filled.answers:
            if answer.item in most and answer.number is not None:
                share = answer.number / most[answer.item]
                given.setdefault((id, answer.item), {})[hand] = share
    several = {id for id, hands in fillers.items() if len(hands) >= 2}
    if len(several) != 1:
        # With two forms of different hands there is no one table of units and raters.
        return None
    hands = sorted(fillers[several.copy().pop()])
    units = [
        [by[hand] for hand in hands]
        for (id, _), by in sorted(given.items())
        if id in several and len(by) == len(hands)
    ]
    return Figure(icc(units) if len(units) >= ENOUGH else None, len(units))


def has_met(state: State) -> bool:
    """The evaluators' meeting is closed, and nobody has rated since."""
    if state.meeting is None:
        return False
    closed = state.meeting[0].seq
    given = (*state.ratings.values(), *state.duties.values())
    return all(mark.seq < closed for mark, _ in given)


def needs_meeting(state: State) -> bool:
    """The raters disagree so far that no grade is final before they have met."""
    found = reliability(state).alpha.value
    return found is not None and found < TENTATIVE and not has_met(state)
