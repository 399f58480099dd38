"""Forms: what the evidence proposes, what a filled one adds up to, and what participants say.

They stand beside the scores: a form is reported, and no score looks at one.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean

from drillkit.model.events import Answer, FormFilled, PlanReviewed
from drillkit.model.form import (
    NOT_APPLICABLE,
    UNRATED,
    CheckItem,
    ChoiceItem,
    DeductItem,
    Evidence,
    Form,
    Item,
    PointsItem,
    ScaleItem,
    WordsItem,
)
from drillkit.model.text import Prose
from drillkit.model.weights import Cutoffs
from scoring.assessment import Assessment, Footing, Grade, Score
from scoring.grading import footing, grade
from scoring.measure import Measure

CUTOFFS = Cutoffs(excellent=90, good=75, fair=60, graded_from=0.8, provisional_from=0.6)
"""Those of the enterprise forms (doctrine 3.2), and the coverage of scoring model 4.0 (4)."""
AGREES = 4
"""From here on the scale of 1 to 5 agrees."""


# -- what the evidence proposes --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Proposal:
    """An answer that the evidence suggests, for a person to confirm.

    `words` names what it rests on (a words key; "" for the review of the plan), `points` (0..100)
    say how much that came to, None where it has none.
    """

    answer: Answer
    words: str
    points: float | None
    entries: tuple[int, ...]


def proposals(
    form: Form, assessment: Assessment, review: PlanReviewed | None = None
) -> dict[str, Proposal]:
    """What the assessment, and the evaluators' review of the plan, propose for the items of a form.

    An item without evidence, or whose measure has not been observed, is not in the answer.
    """
    found: dict[str, Proposal] = {}
    for item in form.items():
        proposal = _proposal(item, assessment, review)
        if proposal is not None:
            found[item.id] = proposal
    return found


def proposed(
    form: Form, assessment: Assessment, review: PlanReviewed | None = None
) -> dict[str, Answer]:
    """The answers of `proposals`. Those that take points off still need a person's reason."""
    return {id: one.answer for id, one in proposals(form, assessment, review).items()}


def _proposal(item: Item, assessment: Assessment, review: PlanReviewed | None) -> Proposal | None:
    match item:
        case ChoiceItem(evidence=Evidence(at_least=())):
            return _by_verdict(item, assessment, review)
        case ChoiceItem(evidence=Evidence() as evidence):
            options = [option.id for option in item.options]
            return _by_points(item.id, evidence.measure, assessment, _option(evidence, options))
        case CheckItem(evidence=Evidence() as evidence):
            pick = _option(evidence, ("yes", "no"))
            return _by_points(item.id, evidence.measure, assessment, pick)
        case PointsItem(evidence=str() as measure):
            proposal = _by_points(item.id, measure, assessment, _number(item))
            is_out = proposal is not None and proposal.answer.choice == NOT_APPLICABLE
            return None if is_out and not item.optional else proposal
        case _:
            return None


def _option(evidence: Evidence, options: Iterable[str]) -> Callable[[str, float], Answer]:
    ids = tuple(options)

    def pick(item: str, points: float) -> Answer:
        # Points are judged at the one decimal that people are shown, as grades are.
        place = sum(round(points, 1) < least for least in evidence.at_least)
        return Answer(item=item, choice=ids[place])

    return pick


def _number(item: PointsItem) -> Callable[[str, float], Answer]:
    def pick(id: str, points: float) -> Answer:
        steps = round(item.most * points / 100 / item.step)
        return Answer(item=id, number=min(item.most, steps * item.step))

    return pick


def _by_points(
    item: str, id: str, assessment: Assessment, pick: Callable[[str, float], Answer]
) -> Proposal | None:
    measure, points = _measured(id, assessment)
    if not measure.is_applicable:
        return Proposal(Answer(item=item, choice=NOT_APPLICABLE), measure.words, None, ())
    if points is None:
        return None
    return Proposal(pick(item, points), measure.words, points, measure.entries)


def _measured(id: str, assessment: Assessment) -> tuple[Measure, float | None]:
    """The measure of this id and its points: a score's after its caps, a term's as measured."""
    score = _score(id.partition(".")[0], assessment)
    if score.id == id:
        return score.measure, score.final
    term = next(child for child in score.measure.children if child.id == id)
    return term, None if term.point is None else 100 * term.point


def _score(id: str, assessment: Assessment) -> Score:
    return next(score for score in assessment.scores() if score.id == id)


def _by_verdict(
    item: ChoiceItem, assessment: Assessment, review: PlanReviewed | None
) -> Proposal | None:
    """The option that the verdict names; none where the verdict is no option of this form."""
    assert item.evidence is not None
    of, _, part = item.evidence.measure.partition(".")
    words, points = "", None
    entries: tuple[int, ...] = ()
    if of == "review":
        named = getattr(review, part, "")
    elif part:
        words = f"score.diagnostic-{part}"
        named = _bucket(_score(of, assessment).diagnostics.get(part, ""))
    else:
        score = _score(of, assessment)
        words, points, entries = score.measure.words, score.final, score.measure.entries
        named = _bucket(score.bucket)
    if named not in {option.id for option in item.options}:
        return None
    return Proposal(Answer(item=item.id, choice=named), words, points, entries)


def _bucket(words: object) -> str:
    """The verdict in "score.bucket-prompt"; "" where there is none."""
    return str(words).rpartition(".bucket-")[2]


# -- what a form adds up to ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Total:
    """What a filled form comes to; an item that was not observed is in `applicable` alone.

    `points` of `most` were earned where something was observed; `score` is points / most x 100 to
    two decimals (doctrine 3.2), None where nothing was; `coverage` = most / applicable, 0..1.
    """

    points: float
    most: float
    applicable: float
    score: float | None
    coverage: float
    grade: Grade | None
    footing: Footing


def total(form: Form, answers: Iterable[Answer], cutoffs: Cutoffs = CUTOFFS) -> Total:
    """Add up the items that count: points, deductions, checks (1 each), options with a value."""
    given = {answer.item: answer for answer in answers}
    points = most = applicable = 0.0
    for item in form.items():
        worth = _worth(item)
        answer = given.get(item.id)
        if not worth or (answer and answer.choice == NOT_APPLICABLE):
            continue
        applicable += worth
        earned = None if answer is None else _earned(item, answer)
        if earned is not None:
            points, most = points + earned, most + worth
    score = round(100 * points / most, 2) if most else None
    coverage = most / applicable if applicable else 0.0
    ground = footing(coverage, cutoffs)
    has_grade = score is not None and ground != "insufficient"
    return Total(
        points=points,
        most=most,
        applicable=applicable,
        score=score,
        coverage=coverage,
        grade=grade(score, cutoffs) if score is not None and has_grade else None,
        footing=ground,
    )


def _worth(item: Item) -> float:
    match item:
        case PointsItem() | DeductItem():
            return item.most
        case CheckItem():
            return 1.0
        case ChoiceItem():
            return float(any(option.value is not None for option in item.options))
        case ScaleItem() | WordsItem():
            return 0.0


def _earned(item: Item, answer: Answer) -> float | None:
    """The points of the answer; None where it says that nothing was observed, or has no value."""
    if answer.choice in UNRATED:
        return None
    match item:
        case PointsItem():
            return answer.number
        case DeductItem():
            times = answer.number
            return None if times is None else item.most - min(item.most, item.each * times)
        case CheckItem():
            return float(answer.choice == "yes")
        case ChoiceItem():
            return next(
                (option.value for option in item.options if option.id == answer.choice), None
            )
        case ScaleItem() | WordsItem():
            return None


# -- what participants say -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ItemSummary:
    """What was put down for one item by `n` people.

    `mean` and `share` (of those who agree, 0..1) are a scale's, None elsewhere and without answers;
    `counts` says how often each option was chosen; `texts` are in the order of handing in.
    """

    item: str
    n: int
    mean: float | None
    share: float | None
    counts: Mapping[str, int]
    texts: tuple[Prose, ...]


def summary(form: Form, filled: Iterable[FormFilled]) -> tuple[ItemSummary, ...]:
    """What all who filled in the form say, item by item; those of other forms are left out."""
    answers = [answer for one in filled if one.form == form.id for answer in one.answers]
    return tuple(
        _summed(item, [answer for answer in answers if answer.item == item.id])
        for item in form.items()
    )


def _summed(item: Item, answers: list[Answer]) -> ItemSummary:
    numbers = [answer.number for answer in answers if answer.number is not None]
    is_scale = isinstance(item, ScaleItem) and numbers
    counts: dict[str, int] = {}
    for answer in answers:
        if answer.choice:
            counts[answer.choice] = counts.get(answer.choice, 0) + 1
    return ItemSummary(
        item=item.id,
        n=len(answers),
        mean=fmean(numbers) if is_scale else None,
        share=sum(number >= AGREES for number in numbers) / len(numbers) if is_scale else None,
        counts=counts,
        texts=tuple(answer.text for answer in answers if answer.text),
    )
