"""What scoring says of a drill: six scores with their terms and caps, letters, and findings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from drillkit.model.base import Title
from drillkit.model.events import Rating
from drillkit.model.weights import WeightSet
from scoring.measure import Measure

Grade = Literal["excellent", "good", "fair", "poor"]
Footing = Literal["graded", "provisional", "insufficient"]
Level = Literal["deficiency", "corrective", "improvement", "strength"]
"""Findings by their weight for life safety (doctrine 2.8), and what went well."""
Poete = Literal["planning", "organization", "equipment", "training", "exercise"]
Values = Mapping[str, str | int | float | Title]


@dataclass(frozen=True, slots=True)
class Cap:
    """A ceiling in points, why (a words key with values), and the entries that it rests on."""

    ceiling: float
    words: str
    values: Values
    entries: tuple[int, ...]
    by: str = "rule"


@dataclass(frozen=True, slots=True)
class Score:
    """One score in points, 0 to 100.

    `point`, `lo`, `hi` are as measured, before caps (hi - lo = 100 (1 - coverage)); `final` is the
    point after the lowest cap; `grade` is None where coverage is too low. `bucket` is the option
    of the paper record form that the evidence suggests (a words key), "" where it has none.
    """

    id: str
    measure: Measure
    point: float | None
    lo: float
    hi: float
    coverage: float
    final: float | None
    grade: Grade | None
    grade_lo: Grade
    grade_hi: Grade
    footing: Footing
    caps: tuple[Cap, ...] = ()
    bucket: str = ""
    diagnostics: Mapping[str, float | str] = field(default_factory=dict)

    @property
    def is_capped(self) -> bool:
        """A cap holds it below what was measured: `final` may then lie outside `lo` to `hi`."""
        return self.final != self.point


@dataclass(frozen=True, slots=True)
class TaskLetter:
    """The letter of a critical task; `suggested` by the decision tree, `rating` as it stands."""

    task: str
    objective: str
    x: float | None
    coverage: float
    suggested: Rating
    rating: Rating
    by: str
    why: tuple[str, ...]
    entries: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ObjectiveLetter:
    objective: str
    measure: Measure
    rating: Rating
    tasks: tuple[TaskLetter, ...]


@dataclass(frozen=True, slots=True)
class FuzzyView:
    """The second opinion, scoring model 4.5: memberships of excellent, good, fair, poor."""

    memberships: tuple[float, float, float, float]
    grade: Grade
    points: float
    validity: float


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: a named rule, what was seen where, why it may be, and what to do about it.

    Sentences are words keys in the area `lessons`: `<rule>.seen`, `.cause`, `.action`, filled with
    `values`. `owner` is a role; `due_days` counts from the drill.
    """

    id: str
    rule: str
    level: Level
    values: Values
    entries: tuple[int, ...]
    task: str = ""
    clause: str = ""
    poete: Poete = "planning"
    owner: str = ""
    due_days: int = 30


@dataclass(frozen=True, slots=True)
class Assessment:
    """All that is said of a drill, and with which weights."""

    weights: WeightSet
    arrival: Score
    supplies: Score
    information: Score
    process: Score
    result: Score
    combined: Score
    objectives: tuple[ObjectiveLetter, ...]
    findings: tuple[Finding, ...]
    fuzzy: FuzzyView | None = None
    robustness: float | None = None
    """Share of the +-30 % weight draws that keep the grade; None while the drill runs."""
    pending: str = ""
    """Why the grade is not final whatever was observed (a words key)."""

    def scores(self) -> tuple[Score, ...]:
        return (
            self.arrival,
            self.supplies,
            self.information,
            self.process,
            self.result,
            self.combined,
        )
