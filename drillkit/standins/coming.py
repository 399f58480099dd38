"""Coming to the post: the call, the way, and standing in for somebody who is plainly late."""

from drillkit.model.base import MINUTE, SECOND
from drillkit.model.commands import AcknowledgeCall, Arrive
from drillkit.standins.noticing import notice
from drillkit.standins.person import Person, Work

_PLAINLY_LATE = 1.5
"""Times the target: from then on an absence is seen."""


def come(me: Person) -> Work:
    """Confirm the call, travel, arrive; then do what comes up."""
    dice = me.dice("come")
    presence = me.state.presence[me.role]
    if not presence.is_here or presence.stays[-1].substitute:
        stays_away = dice.chance(me.habits.fails_to_come)
        forgets = dice.chance(me.habits.forgets_call)
        luck = dice.share()
        # Counted from the call: who joins a drill that is under way is on the way already.
        at = presence.called.at if presence.called else me.now
        at += me.lasts(dice, me.habits.effort(25 * SECOND))
        yield me.waits(max(0, at - me.now))
        if not forgets:
            me.does(AcknowledgeCall())
        if stays_away:
            return
        at += me.lasts(dice, me.habits.effort(70 * SECOND))
        at += me.habits.travelling(me.spec(me.role).travel, luck)
        yield me.waits(max(0, at - me.now))
        me.does(Arrive(evidence="simulated"))
    for post in me.plan.players():
        if post.key and me.role in post.alternates:
            me.starts(f"stand-in:{post.id}", _stand_in(me, post.id))
    yield from me.works()


def _stand_in(me: Person, post: str) -> Work:
    """Wait until the holder of the post is plainly late, and take it over if nobody has."""
    spec = me.spec(post)
    called = me.state.presence[post].called
    if called is None:
        return
    dice = me.dice(f"stand-in:{post}")
    patience = round(spec.arrive_target * _PLAINLY_LATE) + spec.alternates.index(me.role) * MINUTE
    yield me.waits(max(0, called.at + patience - me.now))
    yield me.spends(dice, 20 * SECOND)
    if me.state.presence[post].is_here or not dice.chance(me.habits.judges):
        return
    if me.does(Arrive(instead_of=post, evidence="simulated")):
        for entry in me.recall():
            notice(me, entry)
