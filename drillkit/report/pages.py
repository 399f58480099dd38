"""The parts that every report has, whatever its format: basics, caps, letters, ratings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from drillkit.core.assignments import lead_of
from drillkit.core.chronicle import number
from drillkit.core.measured import measure
from drillkit.report.drill import Drill, moment, percent, points
from drillkit.report.terms import Term, decided_by, terms
from drillkit.words import listing, say
from scoring.assessment import Cap, ObjectiveLetter, Score, TaskLetter
from scoring.result.letters import MEETING
from scoring.result.raters import ENOUGH, verdict
from scoring.result.settlement import Figure, has_met, reliability

OFFICES = ("director", "lead")
"""Who has to sign before a report is final."""


def basics(drill: Drill) -> list[tuple[str, str]]:
    """What was played, by which plan, when and by how many: label and text."""
    opened, lang, names = drill.state.opened, drill.lang, drill.names
    assert opened is not None
    scenario, plan, weights = opened.scenario, opened.plan, opened.weights
    commanders = [role.id for role in plan.roles if role.commander]
    played = {entry.by for entry in drill.entries} & {role.id for role in plan.players()}
    rows = [
        ("organisation", plan.organisation.in_(lang)),
        ("scenario", _versioned(scenario.title.in_(lang), scenario.version)),
        ("family", drill.say(f"family.{scenario.family}")),
        ("incident-grade", drill.say(f"incident-grade.{scenario.grade}")),
        ("plan", _versioned(plan.title.in_(lang), plan.version)),
        ("type", drill.say("type-short" if opened.short else "type-tabletop")),
        ("date", f"{drill.began:%Y-%m-%d %H:%M} UTC"),
        ("played", moment(drill.end_at)),
        ("place", listing(lang, [names.site(site.id, lang) for site in plan.sites])),
        ("commander", names.roles(commanders, lang)),
        *((("lead", lead),) if (lead := lead_of(drill.state)) else ()),
        ("roles", drill.say("roles-played", played=len(played), all=len(plan.players()))),
        ("weights", _versioned(weights.title.in_(lang), weights.version)),
        ("session", opened.session),
    ]
    return [(drill.say(f"basic.{key}"), text) for key, text in rows]


def _versioned(title: str, version: str) -> str:
    return f"{title} ({version})"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who stands for the report, in which office, since when ("" where nobody has signed yet)."""

    office: str
    name: str
    date: str


def signatures(drill: Drill) -> list[Signature]:
    """The two offices that a report needs, signed or not."""
    found: list[Signature] = []
    for office in OFFICES:
        signed = drill.state.signed.get(office)
        title = drill.say(f"office.{office}")
        if signed is None:
            found.append(Signature(title, "", ""))
        else:
            mark, event = signed
            signed_on = datetime.fromtimestamp(drill.entries[mark.seq].wall // 1000, UTC)
            found.append(Signature(title, event.name, f"{signed_on:%Y-%m-%d}"))
    return found


def signature_lines(drill: Drill) -> list[str]:
    """A line for each office: who signed and when, or a line to sign on."""
    return [
        drill.say("signed", office=one.office, name=one.name, date=one.date)
        if one.name
        else drill.say("to-sign", office=one.office)
        for one in signatures(drill)
    ]


def is_final(drill: Drill) -> bool:
    """Both offices have signed."""
    return all(office in drill.state.signed for office in OFFICES)


def standing(drill: Drill) -> str:
    """How far the report is: "final", "half-signed", or what kind of draft it is."""
    if is_final(drill):
        return "final"
    if drill.state.signed:
        return "half-signed"
    if drill.state.aborted:
        return "aborted"
    return "draft" if drill.state.stage == "ended" else "running"


def status(drill: Drill) -> str:
    """What the report is worth: a draft until both offices have signed, and of what drill."""
    by = [
        drill.say("signed", office=one.office, name=one.name, date=one.date)
        for one in signatures(drill)
        if one.name
    ]
    if not by and (again := reopenings(drill)):
        return drill.say("status.reopened", said=again[-1])
    return drill.say(f"status.{standing(drill)}", by=listing(drill.lang, by))


def reopenings(drill: Drill) -> list[str]:
    """Each time that the report was opened again: when, by whom, why, and whose signatures fell."""
    return [
        drill.say(
            "reopened",
            date=f"{datetime.fromtimestamp(mark.wall // 1000, UTC):%Y-%m-%d}",
            by=drill.names.person(mark, drill.lang),
            void=listing(drill.lang, [*event.void]) or drill.say("reopened-all"),
            why=event.why,
        )
        for mark, event in drill.state.reopened
    ]


def cap_text(drill: Drill, cap: Cap) -> str:
    """A cap as a sentence: how high, why, and by whom where people decided."""
    why = say(drill.lang, cap.words, **cap.values)
    if cap.by == "rule":
        return drill.say("cap", ceiling=points(cap.ceiling), why=why)
    by = drill.names.role(cap.by, drill.lang)
    return drill.say("cap-by", ceiling=points(cap.ceiling), why=why, by=by)


def diagnostics(drill: Drill, score: Score) -> list[tuple[str, str]]:
    """What is shown beside a score and never graded: label and text."""
    return [
        (say(drill.lang, f"score.diagnostic-{name}"), _diagnostic(drill, x))
        for name, x in score.diagnostics.items()
    ]


def _diagnostic(drill: Drill, x: float | str) -> str:
    if not isinstance(x, str):
        return number(x)
    return say(drill.lang, x) if x.startswith("score.") else drill.names.role(x, drill.lang)


def unseen(drill: Drill) -> list[tuple[str, Term]]:
    """What applied and was not observed: the score's title and the term."""
    said = drill.assessment
    return [
        (say(drill.lang, score.measure.words), term)
        for score in (said.arrival, said.supplies, said.information, said.result)
        for term in terms(drill, score)
        if term.is_leaf and term.standing == "not-observed"
    ]


@dataclass(frozen=True, slots=True)
class Letter:
    """A row of the table of letters: an objective with its capabilities, or one of its tasks."""

    text: str
    capability: str
    rating: str
    rating_title: str
    suggested: str
    by: str
    why: str
    entries: tuple[int, ...]
    is_task: bool


def letters(drill: Drill) -> Iterator[Letter]:
    """Each objective, then its critical tasks."""
    targets = drill.state.scenario.targets
    for one in drill.assessment.objectives:
        capabilities = [
            target.capability.in_(drill.lang)
            for target in targets
            if target.objective == one.objective
        ]
        yield _objective(drill, one, listing(drill.lang, capabilities))
        for task in one.tasks:
            yield _task(drill, task)


def _objective(drill: Drill, one: ObjectiveLetter, capability: str) -> Letter:
    text = drill.names.objective(one.objective, drill.lang)
    title = say(drill.lang, f"result.letter-{one.rating}")
    return Letter(text, capability, one.rating, title, "", "", "", one.measure.entries, False)


def _task(drill: Drill, task: TaskLetter) -> Letter:
    return Letter(
        text=drill.names.task(task.task, drill.lang),
        capability="",
        rating=task.rating,
        rating_title=say(drill.lang, f"result.letter-{task.rating}"),
        suggested=task.suggested if task.by != "rule" else "",
        by=_rated_by(drill, task),
        why=" · ".join(say(drill.lang, key) for key in task.why),
        entries=task.entries,
        is_task=True,
    )


def _rated_by(drill: Drill, task: TaskLetter) -> str:
    """Who gave the letter: the meeting, or the raters; "" where the rule alone did."""
    if task.by == "rule":
        return ""
    if task.by == MEETING:
        settler = drill.state.settled[task.task][1].settler
        return drill.say("by-meeting", settler=settler)
    # Beside its letter a name would tell what its owner has not handed in.
    return drill.say("by-kept-back") if drill.kept_back else task.by


@dataclass(frozen=True, slots=True)
class Said:
    """What an evaluator wrote down: a note, a rating or a verdict, as it was given."""

    seq: int
    at: str
    who: str
    kind: str
    about: str
    value: str
    text: str
    entries: tuple[int, ...]


def said_by_evaluators(drill: Drill) -> list[Said]:
    """Every note, rating and verdict that stands, in the order in which they were given."""
    return sorted(_said(drill), key=lambda said: said.seq)


def _said(drill: Drill) -> Iterator[Said]:
    state, names, lang = drill.state, drill.names, drill.lang

    def title(kind: str) -> str:
        return say(lang, f"log.kind.{kind}")

    for mark, note in state.notes.values():
        about = names.task(note.task, lang) if note.task else ""
        who, at = names.person(mark, lang), moment(mark.at)
        yield Said(mark.seq, at, who, title("note_made"), about, "", note.text, note.entries)
    for mark, rated in state.ratings.values():
        flags = [
            say(lang, f"log.tail.{flag}")
            for flag, is_set in (
                ("harmed", rated.harmed),
                ("unsafe", rated.unsafe),
                ("noncompliant", rated.noncompliant),
            )
            if is_set
        ]
        text = " ".join([*([rated.why] if rated.why else []), *flags])
        task, value = names.task(rated.task, lang), say(lang, f"log.rating.{rated.rating}")
        kind, at = title("task_rated"), moment(mark.at)
        yield Said(mark.seq, at, rated.rater, kind, task, value, text, rated.entries)
    for mark, duty in state.duties.values():
        value = say(lang, f"log.duty.{duty.duty}")
        role, at = names.role(duty.role, lang), moment(mark.at)
        yield Said(mark.seq, at, duty.rater, title("duty_rated"), role, value, duty.why, ())
    for mark, ruling in state.adjudicated.values():
        value = say(lang, "log.rating.not-observed")
        if ruling.value is not None:
            value = number(100 * ruling.value)
        at, kind = moment(mark.at), title("value_adjudicated")
        about = measure(names, ruling.measure, lang)
        who = decided_by(drill, mark, ruling)
        yield Said(mark.seq, at, who, kind, about, value, ruling.why, ())
    for mark, conduct in state.conducts:
        value, rule = say(lang, f"log.conduct.{conduct.conduct}"), names.rule(conduct.rule, lang)
        at, kind = moment(mark.at), title("conduct_judged")
        who = names.person(mark, lang)
        yield Said(mark.seq, at, who, kind, rule, value, conduct.why, conduct.entries)
    if state.review:
        mark, review = state.review
        verdicts = [
            say(lang, f"log.suitability.{review.suitability}"),
            say(lang, f"log.sufficiency.{review.sufficiency}"),
        ]
        at, kind = moment(mark.at), title("plan_reviewed")
        value = listing(lang, verdicts)
        yield Said(mark.seq, at, names.person(mark, lang), kind, "", value, review.why, ())


def agreements(drill: Drill) -> list[str]:
    """How far the raters agree, in words; then what the figure is with what their meeting settled.

    Duties are rated on another scale: they have a line of their own, where enough were rated.
    """
    found = reliability(drill.state)
    lines = [_alpha(drill, found.alpha)]
    for name, figure in (("kappa", found.kappa), ("icc", found.icc)):
        if figure is not None and figure.value is not None:
            lines.append(drill.say(f"agreement-{name}", value=f"{figure.value:.3f}", n=figure.n))
    after = reliability(drill.state, settled=True)
    if drill.state.settled and after.alpha.value is not None:
        settled = len(drill.state.settled)
        alpha = f"{after.alpha.value:.3f}"
        lines.append(drill.say("agreement-settled", n=settled, alpha=alpha))
    if found.duties.value is not None:
        alpha = f"{found.duties.value:.3f}"
        lines.append(drill.say("agreement-duties", alpha=alpha, n=found.duties.n))
        if drill.state.settled_duties and after.duties.value is not None:
            settled, alpha = len(drill.state.settled_duties), f"{after.duties.value:.3f}"
            lines.append(drill.say("agreement-duties-settled", n=settled, alpha=alpha))
    return lines


def _alpha(drill: Drill, figure: Figure) -> str:
    """The alpha and what it means, or why it is not said."""
    if figure.n < ENOUGH:
        return drill.say("agreement-few", n=figure.n, least=ENOUGH)
    if figure.value is None:
        return drill.say("agreement-same")
    level = verdict(figure.value)
    if level == "insufficient" and has_met(drill.state):
        level = "met"
    meaning = say(drill.lang, f"result.agreement-{level}")
    return drill.say("agreement", alpha=f"{figure.value:.3f}", n=figure.n, verdict=meaning)


def robustness(drill: Drill) -> str:
    """How far the grade depends on the weights, in a sentence; "" while that is not known."""
    share = drill.assessment.robustness
    return "" if share is None else drill.say("robustness", share=percent(share))


def fuzzy(drill: Drill) -> str:
    """The second opinion in a sentence; "" where there is none."""
    view = drill.assessment.fuzzy
    if view is None:
        return ""
    return drill.say(
        "fuzzy",
        grade=say(drill.lang, f"result.grade-{view.grade}"),
        points=number(view.points),
        excellent=percent(view.memberships[0]),
        good=percent(view.memberships[1]),
        fair=percent(view.memberships[2]),
        poor=percent(view.memberships[3]),
    )
