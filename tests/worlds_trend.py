"""Drills for what stands side by side: one on any day, of others, or by another weight set."""

from dataclasses import replace

from report_world import OPENED, Play

from drillkit.model import commands as ask
from drillkit.model.base import EVALUATOR, FACILITATOR, MINUTE, Lang, Title
from drillkit.model.text import Line, Prose
from drillkit.report import Drill
from scoring.assess import assess

DAY = 86_400_000
HOSTILE = '<script>alert(1)</script> "]]> [/b] =1+1 \u202e'


def a_drill(day: int = 0, *, rating: str = "P", called: str = "", lang: Lang = "en") -> Drill:
    """A drill that began so many days after the first, with one task rated so."""
    play = Play(called)
    play.ask(0, FACILITATOR, ask.StartDrill())
    if rating == "P":
        close = ask.GiveResponse(inject="alarm", options=("close-valve",))
        play.ask(MINUTE, "commander", ask.Arrive())
        play.ask(2 * MINUTE, "commander", close)
    play.ask(30 * MINUTE, FACILITATOR, ask.EndDrill())
    rate = ask.RateTask(
        task="stop-water", rater=Line("Lin"), rating=rating, why=Prose("Seen."), entries=(3,)
    )
    play.ask(30 * MINUTE, EVALUATOR, rate)
    drill = play.drill(lang)
    moved = [replace(entry, wall=OPENED + day * DAY + entry.at) for entry in drill.entries]
    return replace(drill, entries=moved)


def by_other_weights(drill: Drill) -> Drill:
    other = drill.assessment.weights.model_copy(update={"version": Line("2")})
    return replace(drill, assessment=assess(drill.state, weights=other))


def of_others(drill: Drill) -> Drill:
    opened = drill.state.opened
    assert opened is not None
    name = Title(en=Line("Others"), zh=Line("别家"))
    plan = opened.plan.model_copy(update={"organisation": name})
    state = replace(drill.state, opened=replace(opened, plan=plan))
    return replace(drill, state=state)


def in_short_form(drill: Drill) -> Drill:
    opened = drill.state.opened
    assert opened is not None
    return replace(drill, state=replace(drill.state, opened=replace(opened, short=True)))
