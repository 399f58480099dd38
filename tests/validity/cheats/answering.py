"""Cheats over answers: quick, empty, copied, or all of them."""

from collections.abc import Iterable
from dataclasses import replace

from drillkit.model import commands as do
from drillkit.model import events as ev
from drillkit.model.text import Prose
from tests.validity.cheats.cheat import Cheat

EMPTY = Prose("We are dealing with the matter and everything necessary is being done. " * 20)


class FirstOption(Cheat):
    """Answers everything the moment it comes, with the option that stands first."""

    name, attacks = "first-option", ("result",)
    sees = (ev.InjectReleased, ev.RoleArrived)

    def does(self, command: do.Command) -> tuple[ev.Entry, ...]:
        return () if isinstance(command, do.GiveResponse) else self.desk.say(command)

    def reacts(self, event: ev.Event) -> Iterable[do.Command]:
        for record in tuple(self.me.state.injects.values()):
            if record.event and not set(self.seats()).isdisjoint(record.awaited):
                options = tuple(option.id for option in record.event.options[:1])
                text = Prose("" if options else "Yes.")
                yield do.GiveResponse(inject=record.id, options=options, text=text)


class EveryOption(Cheat):
    """Answers with every option in turn, and with its own choice last."""

    name, attacks = "every-option", ("result",)

    def does(self, command: do.Command) -> tuple[ev.Entry, ...]:
        if isinstance(command, do.GiveResponse):
            asked = self.me.state.inject(command.inject).event
            for option in asked.options if asked else ():
                if option.id not in command.options:
                    self.tries(replace(command, options=(option.id,)))
        return self.desk.say(command)


class LongAndEmpty(Cheat):
    """Answers and reports at length, without saying anything."""

    name, attacks = "long-and-empty", ("result", "information")

    def does(self, command: do.Command) -> tuple[ev.Entry, ...]:
        if isinstance(command, do.GiveResponse):
            command = replace(command, options=(), text=EMPTY)
        elif isinstance(command, do.FileReport):
            command = replace(command, elements=self.elements(command.rule))
        return self.desk.say(command)

    def elements(self, rule: str) -> dict[str, Prose]:
        asked = next(one.elements for one in self.me.plan.reports if one.id == rule)
        return {element.id: EMPTY for element in asked}


class PaddedReports(LongAndEmpty):
    """Chooses options as anybody; fills in every element of a report with the same empty words."""

    name, attacks = "padded-reports", ("information",)

    def does(self, command: do.Command) -> tuple[ev.Entry, ...]:
        if isinstance(command, do.FileReport):
            return super().does(command)
        return self.desk.say(command)


class Copycat(Cheat):
    """Gives the text of the inject back as the answer, with a word of its own, and as the report."""

    name, attacks = "copycat", ("result", "information")

    def does(self, command: do.Command) -> tuple[ev.Entry, ...]:
        if isinstance(command, do.GiveResponse):
            command = replace(command, options=(), text=self.copy(command.inject))
        elif isinstance(command, do.FileReport) and (read := self.read()):
            asked = next(one.elements for one in self.me.plan.reports if one.id == command.rule)
            bodies = [self.copy(id) for id in (read[-len(asked) :] * len(asked))[: len(asked)]]
            elements = {one.id: body for one, body in zip(asked, bodies, strict=True)}
            command = replace(command, elements=elements)
        return self.desk.say(command)

    def read(self) -> list[str]:
        """The injects that there are to copy from."""
        return [record.id for record in self.me.state.injects.values() if record.event]

    def copy(self, inject: str) -> Prose:
        asked = self.me.state.inject(inject).event
        return Prose(f"{asked.body.in_(self.me.lang)} Yes." if asked else "Yes.")
