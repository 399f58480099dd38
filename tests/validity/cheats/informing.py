"""Cheats over information: too much of it, too early, unread, hedged, or by no rule."""

from collections.abc import Iterable
from dataclasses import replace

from drillkit.model import commands as do
from drillkit.model import events as ev
from drillkit.model.base import MINUTE
from drillkit.model.text import Prose
from tests.validity.cheats.cheat import Cheat

_TELLING = (ev.InjectReleased, ev.MessageSent, ev.ReportFiled)


class ForwardsAll(Cheat):
    """Forwards every fact to everybody, colleagues and partners, the moment it is heard."""

    name, attacks = "forwards-all", ("information",)
    sees = _TELLING

    def recipients(self) -> tuple[str, ...]:
        return tuple(role.id for role in self.me.plan.roles if role.id != self.seat)

    def does(self, command: do.Command) -> tuple[ev.Entry, ...]:
        return () if isinstance(command, do.SendMessage) else self.desk.say(command)

    def reacts(self, event: ev.Event) -> Iterable[do.Command]:
        told = self.me.state.told
        for fact in getattr(event, "facts", ()):
            if (self.seat, fact.id) not in told and (to := self.recipients()):
                yield do.SendMessage(to=to, text=Prose(fact.title.en), facts=(fact.id,))


class ForwardsDuly(ForwardsAll):
    """Forwards every fact, the moment it is heard, to all whom the plan lets it write to."""

    name = "forwards-duly"

    def recipients(self) -> tuple[str, ...]:
        channels = self.me.plan.channels
        return tuple(to for path in channels if path.sender == self.seat for to in path.to)


class Unapproved(Cheat):
    """Makes every statement public as drafted, without waiting for anybody's approval."""

    name, attacks = "unapproved", ("information",)

    def does(self, command: do.Command) -> tuple[ev.Entry, ...]:
        entries = self.desk.say(command)
        if isinstance(command, do.DraftStatement):
            for entry in entries:
                if isinstance(entry.event, ev.StatementDrafted):
                    self.tries(do.IssueStatement(statement=entry.event.statement))
        return entries


class PublishesAll(Cheat):
    """Makes every fact public the moment it is heard: then everybody has been told."""

    name, attacks = "publishes-all", ("information",)
    sees = _TELLING

    def reacts(self, event: ev.Event) -> Iterable[do.Command]:
        for fact in getattr(event, "facts", ()):
            if fact.id not in self.me.state.public:
                for entry in self.tries(
                    do.DraftStatement(text=Prose(fact.title.en), facts=(fact.id,))
                ):
                    if isinstance(entry.event, ev.StatementDrafted):
                        yield do.IssueStatement(statement=entry.event.statement)


class RepeatsReports(Cheat):
    """Files each report that it ever filed again every other minute."""

    name, attacks, every = "repeats-reports", ("information",), 2 * MINUTE

    def again(self) -> Iterable[do.Command]:
        filed = {
            record.event.rule: record.event
            for record in self.me.state.reports.values()
            if record.event.sender == self.seat
        }
        for report in filed.values():
            yield do.FileReport(
                rule=report.rule,
                elements=report.elements,
                facts=tuple(fact.id for fact in report.facts),
                confirmed=report.confirmed,
            )


class ReportsBlindly(Cheat):
    """Files an empty report under each of its rules every other minute, due or not."""

    name, attacks, every = "reports-blindly", ("information",), 2 * MINUTE

    def does(self, command: do.Command) -> tuple[ev.Entry, ...]:
        return () if isinstance(command, do.FileReport) else self.desk.say(command)

    def again(self) -> Iterable[do.Command]:
        for rule in self.me.plan.reports:
            if rule.sender in self.seats():
                elements = {one.id: Prose(f"{one.title.en}: as known.") for one in rule.elements}
                yield do.FileReport(rule=rule.id, elements=elements)


class Prophet(Cheat):
    """Has the script, and on arrival tells all that it may write to what is still to come."""

    name, attacks = "prophet", ("information",)
    sees = (ev.RoleArrived,)

    def reacts(self, event: ev.Event) -> Iterable[do.Command]:
        if isinstance(event, ev.RoleArrived) and event.role == self.seat:
            facts = tuple(fact.id for fact in self.scenario.facts)
            for path in self.me.plan.channels:
                if path.sender == self.seat:
                    yield do.SendMessage(to=path.to, text=Prose("It will come."), facts=facts)


class ConfirmsUnread(Cheat):
    """Confirms every message the moment it comes, and reads none."""

    name, attacks = "confirms-unread", ("information",)
    sees = (ev.MessageSent,)

    def hears(self, event: ev.Event) -> None:
        if isinstance(event, ev.MessageSent):
            self.me._names.add(f"read:{event.message}")  # taken for done, so never planned

    def reacts(self, event: ev.Event) -> Iterable[do.Command]:
        assert isinstance(event, ev.MessageSent)
        if event.ack and event.sender != self.seat:
            yield do.AcknowledgeMessage(message=event.message)


class Hedges(Cheat):
    """Passes everything on as unconfirmed: then nothing can be wrong."""

    name, attacks = "hedges", ("information",)

    def does(self, command: do.Command) -> tuple[ev.Entry, ...]:
        if isinstance(command, do.SendMessage | do.FileReport | do.DraftStatement):
            command = replace(command, confirmed=False)
        return self.desk.say(command)


class NotifiesEarly(Cheat):
    """Has the script, and on arrival notifies the customers who will be at risk and are not yet.

    To notify those who are is no cheating, and where they are many it pays.
    """

    name, attacks = "notifies-early", ("information",)
    sees = (ev.RoleArrived,)

    def reacts(self, event: ev.Event) -> Iterable[do.Command]:
        if isinstance(event, ev.RoleArrived) and event.role == self.seat:
            owned = {one.id for one in self.me.plan.customers if one.owner == self.seat}
            planned = {one.id: one.at for one in self.scenario.injects}
            for risk in self.scenario.at_risk:
                at = planned[risk.after]
                if risk.customer in owned and (at is None or at > self.me.now):
                    yield do.NotifyCustomer(customer=risk.customer, text=Prose("Be prepared."))
