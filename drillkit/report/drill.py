"""What a report is drawn from, and how its numbers are written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from drillkit.core.chronicle import Names
from drillkit.core.clocks import face
from drillkit.core.decide.settlement import missing
from drillkit.core.fold import fold
from drillkit.core.sight import kept_back
from drillkit.core.state import State
from drillkit.model.base import Lang, Millis
from drillkit.model.events import Entry, ValueAdjudicated
from drillkit.model.weights import WeightSet
from drillkit.words import say
from scoring.assess import assess
from scoring.assessment import Assessment, Grade, Score
from scoring.measure import Measure

NONE = "\N{EN DASH}"
"""Stands where there is no number."""


@dataclass(frozen=True)
class Drill:
    """A drill that has been played and scored.

    `state` is folded from `entries` and holds the scenario; `seal` is the hash of the journal's
    last entry; `lang` is the language of the report; `last` is the drill before, to compare with.
    """

    state: State
    entries: Sequence[Entry]
    assessment: Assessment
    seal: str
    lang: Lang
    last: "Drill | None" = None
    kept_back: tuple[str, ...] = ()
    """The raters who have not handed in: what they gave counts in the scores, and is not told."""
    hidden: frozenset[int] = frozenset()
    """The entries that would tell of it; `state` is folded without them, `whole` with them."""
    whole: State | None = None

    def own(self, rater: str) -> State:
        """The state with what this rater gave, for their eyes alone."""
        return self.whole if self.whole is not None and rater in self.kept_back else self.state

    @cached_property
    def names(self) -> Names:
        return Names(self.state)

    def say(self, key: str, **values: object) -> str:
        """The sentence `report.<key>`."""
        return say(self.lang, f"report.{key}", **values)

    @property
    def began(self) -> datetime:
        """The wall time of the first entry, in UTC: a report is the same wherever it is made."""
        return datetime.fromtimestamp(self.entries[0].wall // 1000 if self.entries else 0, UTC)

    @property
    def end_at(self) -> Millis:
        """Exercise time at which play ended, or stands."""
        return self.state.ended.at if self.state.ended else self.state.at

    @cached_property
    def undecided(self) -> Mapping[str, float | None]:
        """The values (0..1) that decisions replaced, by measure, as they were before any."""
        if not self.state.adjudicated:
            return {}
        kept = [entry for entry in self.entries if not isinstance(entry.event, ValueAdjudicated)]
        before = assess(fold(kept), weights=self.assessment.weights, thorough=False)
        return {
            measure.id: measure.point
            for measure in every(before.combined.measure)
            if measure.id in self.state.adjudicated
        }


def drawn(
    entries: Sequence[Entry], seal: str, lang: Lang, weights: WeightSet | None = None
) -> Drill:
    """The drill that these entries tell of, without the ratings that were not handed in.

    Raises ValueError where none was opened.
    """
    whole = fold(entries)
    assessment = assess(whole, weights=weights)
    hidden = kept_back(whole, entries)
    state = fold([entry for entry in entries if entry.seq not in hidden]) if hidden else whole
    return Drill(
        state=state,
        entries=entries,
        assessment=assessment,
        seal=seal,
        lang=lang,
        kept_back=missing(whole),
        hidden=hidden,
        whole=whole,
    )


def every(measure: Measure) -> Iterator[Measure]:
    """The measure and all that it is made of."""
    yield measure
    for child in measure.children:
        yield from every(child)


def points(x: float | None) -> str:
    """Points with one decimal."""
    return NONE if x is None else f"{x:.1f}"


def percent(x: float) -> str:
    """A share from 0 to 1 as a whole percentage."""
    return f"{100 * x:.0f} %"


def interval(score: Score) -> str:
    """The lowest and the highest that the score can still be."""
    return f"{score.lo:.1f}{NONE}{score.hi:.1f}"


def bounds(score: Score, lang: Lang) -> str:
    """The interval as measured; of a capped score, too, the points that it was measured at."""
    if not score.is_capped:
        return interval(score)
    return say(lang, "score.uncapped-span", point=points(score.point), span=interval(score))


def moment(at: Millis | None) -> str:
    """Exercise time as a clock shows it."""
    return NONE if at is None else face(at)


def grade(drill: Drill, score: Score) -> str:
    """The grade in words, with what qualifies it: provisional, or open between two grades."""
    if score.grade is None:
        return drill.say("footing.insufficient")
    name = grade_name(drill, score.grade)
    if score.grade_lo != score.grade_hi:
        low, high = grade_name(drill, score.grade_lo), grade_name(drill, score.grade_hi)
        name = drill.say("grade-between", grade=name, low=low, high=high)
    if score.footing == "provisional":
        return drill.say("grade-provisional", grade=name)
    return name


def grade_name(drill: Drill, grade: Grade) -> str:
    """A grade by its name alone."""
    return say(drill.lang, f"result.grade-{grade}")
