"""Cheats over being there, and over doing no more than shows."""

from collections.abc import Iterable

from drillkit.model import commands as do
from drillkit.model import events as ev
from tests.validity.cheats.cheat import Cheat


class ChecksInAndLeaves(Cheat):
    """Checks in at the post and leaves it at once."""

    name, attacks = "checks-in-and-leaves", ("arrival",)
    sees = (ev.RoleArrived,)

    def reacts(self, event: ev.Event) -> Iterable[do.Command]:
        if isinstance(event, ev.RoleArrived) and event.role == self.seat:
            yield do.Leave()


class HoldsAllPosts(Cheat):
    """Whoever is there takes every empty post as a deputy, until its holder comes."""

    name, attacks = "holds-all-posts", ("arrival",)
    sees = (ev.RoleArrived,)

    def reacts(self, event: ev.Event) -> Iterable[do.Command]:
        if isinstance(event, ev.RoleArrived) and event.role == self.seat:
            for role in self.me.plan.players():
                if not self.me.state.presence[role.id].is_here:
                    yield do.Arrive(instead_of=role.id, evidence="simulated")


class OneForAll(HoldsAllPosts):
    """One person comes and takes every post as a deputy; nobody else comes."""

    name = "one-for-all"

    def does(self, command: do.Command) -> tuple[ev.Entry, ...]:
        first = min(self.me.plan.players(), key=lambda role: role.travel).id
        if isinstance(command, do.Arrive) and self.seat != first:
            return ()
        return self.desk.say(command)


class ClaimsToBeThere(Cheat):
    """Says on the call that it is at the post, whatever the way."""

    name, attacks = "claims-to-be-there", ("arrival",)
    sees = (ev.RoleCalled,)

    def reacts(self, event: ev.Event) -> Iterable[do.Command]:
        if isinstance(event, ev.RoleCalled) and event.role == self.seat:
            yield do.Arrive(evidence="declared")


class OnlyConfirms(Cheat):
    """Comes, confirms whatever asks for it, and does nothing."""

    name, attacks = "only-confirms", ("supplies", "information", "result")
    kept = (do.AcknowledgeCall, do.Arrive, do.OpenInject, do.AcknowledgeMessage)

    def does(self, command: do.Command) -> tuple[ev.Entry, ...]:
        return self.desk.say(command) if isinstance(command, self.kept) else ()


class OnlyWhatShows(OnlyConfirms):
    """Does what a desk shows a deadline for, and nothing that nobody seems to count."""

    name, attacks = "only-what-shows", ("information", "result")
    kept = (
        *OnlyConfirms.kept,
        do.GiveResponse,
        do.FileReport,
        do.DispatchSupplies,
        do.ReceiveSupplies,
    )
