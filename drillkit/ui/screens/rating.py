"""The base of the screen at which evaluators rate: who they are, and the forms for each rating."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar, get_args

from drillkit.core.decide.evaluators import GRAVE, GRAVE_DUTIES
from drillkit.desk import Desk
from drillkit.model.base import Line
from drillkit.model.commands import JudgeConduct, RateDuty, RateTask, ReviewPlan
from drillkit.model.events import Duty, Rating
from drillkit.model.plan import ReportingRule, Role
from drillkit.model.scenario import Task
from drillkit.ui.screens.assessed import AssessedScreen
from drillkit.ui.screens.dialogs import (
    Fault,
    Field,
    Filled,
    LineField,
    OneField,
    Options,
    ProseField,
    SeveralField,
    needs_reason,
)
from drillkit.ui.widgets.guide import task_details
from scoring.assessment import TaskLetter

Conduct = Literal["late", "omitted", "false", "concealed"]
Suitability = Literal["full", "partly", "unsuitable"]
Sufficiency = Literal["full", "mostly", "insufficient"]
_T = TypeVar("_T", bound=str)

FLAWS = ("harm", "unsafe", "noncompliant")
RATINGS: tuple[Rating, ...] = get_args(Rating)
DUTIES: tuple[Duty, ...] = get_args(Duty)
CONDUCTS: tuple[Conduct, ...] = get_args(Conduct)
SUITABILITIES: tuple[Suitability, ...] = get_args(Suitability)
SUFFICIENCIES: tuple[Sufficiency, ...] = get_args(Sufficiency)


@dataclass(slots=True)
class Rater:
    """Who rates at this terminal.

    With `is_known` the name is the one that they sat down with; else it is asked for once.
    """

    name: str = ""
    is_known: bool = False


class RatingScreen(AssessedScreen):
    """Knows who rates, and asks for ratings, judgements and the review of the plan."""

    def __init__(self, desk: Desk, rater: Rater | None = None) -> None:
        super().__init__(desk)
        self.rater = rater or Rater()
        self.letters: dict[str, TaskLetter] = {}

    async def known_rater(self) -> bool:
        return bool(self.rater.name) or await self.ask_rater()

    async def ask_rater(self) -> bool:
        fields = [LineField("name", "evaluation.rater", self.rater.name)]
        filled = await self.asks_form("evaluation.rater-title", fields, check=_a_name)
        if filled:
            self.rater.name = filled.lines["name"]
        return filled is not None

    async def rate_task(self, task: Task) -> None:
        """Rate the task, with what happened beside what should have."""
        assert self.book is not None
        state, given = self.moment.state, self.letters.get(task.id)
        _, before = state.ratings.get((task.id, self.rater.name), (None, None))
        value = before.rating if before else given.suggested if given else "P"
        flaws = (before.harmed, before.unsafe, before.noncompliant) if before else (False,) * 3
        fields: list[Field] = [
            OneField("rating", "evaluation.rating", self.options("log.rating.", RATINGS), value),
            ProseField("why", "evaluation.why-rating", before.why if before else ""),
            SeveralField(
                "grave",
                "evaluation.grave",
                [(id, self.say(f"result.why-{id}")) for id in FLAWS],
                [id for id, holds in zip(FLAWS, flaws, strict=True) if holds],
            ),
        ]
        about = task_details(task, state, self.book, given).plain
        filled = await self.asks_form("evaluation.rate-title", fields, about=about, check=_a_rating)
        if filled:
            await self.ask(
                RateTask(
                    task=task.id,
                    rater=Line(self.rater.name),
                    rating=_one(RATINGS, filled, "rating"),
                    why=filled.proses["why"],
                    harmed="harm" in filled.several["grave"],
                    unsafe="unsafe" in filled.several["grave"],
                    noncompliant="noncompliant" in filled.several["grave"],
                    entries=self._evidence(task),
                )
            )

    def _evidence(self, task: Task) -> tuple[int, ...]:
        """What a rating of the task rests on: the entries that its letter names, and the notes."""
        state, given = self.moment.state, self.letters.get(task.id)
        rated = {mark.seq for mark, _ in state.ratings.values()}
        noted = {mark.seq for mark, note in state.notes.values() if note.task == task.id}
        return tuple(sorted(({*given.entries} if given else set()) - rated | noted))

    async def rate_duty(self, role: Role) -> None:
        _, before = self.moment.state.duties.get((role.id, self.rater.name), (None, None))
        options = self.options("log.duty.", DUTIES)
        fields: list[Field] = [
            OneField("duty", "evaluation.duty", options, before.duty if before else ""),
            ProseField("why", "evaluation.why-rating", before.why if before else ""),
        ]
        about = f"{role.title.in_(self.lang)}\n{role.duties.in_(self.lang)}"
        filled = await self.asks_form("evaluation.duty-title", fields, about=about, check=_a_duty)
        if filled:
            duty, rater = _one(DUTIES, filled, "duty"), Line(self.rater.name)
            why = filled.proses["why"]
            await self.ask(RateDuty(role=role.id, rater=rater, duty=duty, why=why))

    async def judge(self, rule: ReportingRule) -> None:
        options = self.options("log.conduct.", CONDUCTS)
        fields = [
            OneField("conduct", "evaluation.conduct-label", options),
            LineField("why", "control.why"),
        ]
        filled = await self.asks_form(
            "evaluation.judge-title", fields, about=rule.title.in_(self.lang), check=needs_reason
        )
        if filled:
            conduct = _one(CONDUCTS, filled, "conduct")
            await self.ask(JudgeConduct(rule=rule.id, conduct=conduct, why=filled.lines["why"]))

    async def review(self) -> None:
        fields: list[Field] = [
            OneField(
                "suitability",
                "evaluation.suitability",
                self.options("log.suitability.", SUITABILITIES),
            ),
            OneField(
                "sufficiency",
                "evaluation.sufficiency",
                self.options("log.sufficiency.", SUFFICIENCIES),
            ),
            ProseField("why", "evaluation.why-rating"),
        ]
        filled = await self.asks_form("evaluation.review-title", fields)
        if filled:
            await self.ask(
                ReviewPlan(
                    suitability=_one(SUITABILITIES, filled, "suitability"),
                    sufficiency=_one(SUFFICIENCIES, filled, "sufficiency"),
                    why=filled.proses["why"],
                )
            )

    def options(self, words: str, values: Sequence[str]) -> Options:
        """The values with their words, found by "<words><value>"."""
        return [(value, self.say(f"{words}{value}")) for value in values]


def _one(values: Sequence[_T], filled: Filled, field: str) -> _T:
    return next(value for value in values if value == filled.ones[field])


def _a_name(filled: Filled) -> Fault | None:
    return None if filled.lines["name"] else Fault("name", "evaluation.name-needed")


def _a_rating(filled: Filled) -> Fault | None:
    """The letters that tell of failure are given with a reason."""
    if filled.ones["rating"] in GRAVE and not filled.proses["why"]:
        return Fault("why", "evaluation.grave-needs-reason")
    return None


def _a_duty(filled: Filled) -> Fault | None:
    """So is the rating that says that duties were not clear."""
    if filled.ones["duty"] in GRAVE_DUTIES and not filled.proses["why"]:
        return Fault("why", "evaluation.unclear-needs-reason")
    return None
