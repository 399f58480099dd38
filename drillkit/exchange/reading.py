"""What has been read of an evaluation guide so far, set against what the journal holds already."""

from dataclasses import dataclass

from drillkit.exchange.problem import Flawed, Place, Problem
from drillkit.model.commands import MakeNote, RateDuty, RateTask
from drillkit.model.text import Line, Prose
from drillkit.report.drill import Drill


@dataclass(frozen=True, slots=True)
class Given:
    """One thing that an evaluator gave, ready to be asked for; `place` is where it stands."""

    command: RateTask | RateDuty | MakeNote
    place: Place


@dataclass(frozen=True, slots=True)
class Reading:
    """What a guide holds: `given` is new and good, `unchanged` stands in the journal already.

    `replaced` of the given ratings take the place of one by the same evaluator.
    """

    rater: Line
    given: tuple[Given, ...]
    unchanged: int
    replaced: int
    problems: tuple[Problem, ...]

    @property
    def refused(self) -> int:
        """How many places cannot be taken."""
        return sum(not problem.is_minor for problem in self.problems)


class Basket:
    """Collects what is good and what is wrong; what the journal has already is only counted."""

    def __init__(self, drill: Drill, rater: Line) -> None:
        self._drill = drill
        self._rater = rater
        self._noted = {
            (note.task, note.text)
            for mark, note in drill.state.notes.values()
            if drill.entries[mark.seq].via == rater
        }
        self._given: list[Given] = []
        self._problems: list[Problem] = []
        self._unchanged = self._replaced = 0

    def reading(self) -> Reading:
        """All of it."""
        return Reading(
            self._rater,
            tuple(self._given),
            self._unchanged,
            self._replaced,
            tuple(self._problems),
        )

    def refuse(self, flaw: Flawed) -> None:
        """What stands there cannot be taken."""
        self._problems.append(flaw.problem)

    def remark(self, key: str, place: Place, **values: object) -> None:
        """What stands there is taken, and not as it should be."""
        self._problems.append(Problem(key, place, values, is_minor=True))

    def note(self, text: Prose, task: str, place: Place) -> None:
        """An observation, once however often it is written."""
        if (task, text) in self._noted:
            self._unchanged += 1
        else:
            self._noted.add((task, text))
            self._given.append(Given(MakeNote(text=text, task=task), place))

    def rate(self, rate: RateTask, place: Place) -> None:
        """A rating of a task."""
        standing = self._drill.state.ratings.get((rate.task, self._rater))
        if standing is not None:
            said = standing[1]
            asked = (rate.rating, rate.why, rate.harmed, rate.unsafe, rate.noncompliant)
            before = (said.rating, said.why, said.harmed, said.unsafe, said.noncompliant)
            if (*before, *said.entries) == (*asked, *rate.entries):
                self._unchanged += 1
                return
            self._replaced += 1
        self._given.append(Given(rate, place))

    def rate_duty(self, rate: RateDuty, place: Place) -> None:
        """A rating of a role's duties."""
        standing = self._drill.state.duties.get((rate.role, self._rater))
        if standing is not None:
            if standing[1].duty == rate.duty:
                self._unchanged += 1
                return
            self._replaced += 1
        self._given.append(Given(rate, place))
