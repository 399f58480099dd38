"""Something that came in, as it is read: from whom, by what means, what it says and brings."""

from textual.content import Content

from drillkit.core.clocks import face
from drillkit.model import events as ev
from drillkit.model.base import Lang
from drillkit.ui.language import Speaks
from drillkit.ui.moment import Moment
from drillkit.ui.widgets.followed import reminders
from drillkit.ui.widgets.still import Still

Part = Content | str | tuple[str, str]


class InjectCard(Speaks, Still):
    """Shows an inject, a message, a report, a broadcast or a public statement."""

    DEFAULT_CSS = """
    InjectCard { height: auto; width: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()

    def show(self, entry: ev.Entry | None, moment: Moment) -> None:
        """Show what the entry brought; None: nothing."""
        self.update(Content.assemble(*self._parts(entry, moment)) if entry else Content(""))

    def _parts(self, entry: ev.Entry, moment: Moment) -> list[Part]:
        event, names, lang = entry.event, moment.names, moment.lang
        assert names is not None
        at = face(entry.at)
        match event:
            case ev.InjectReleased():
                means = self.say(f"log.means.{event.means}")
                line = self.say("ui.from", sender=names.role(event.sender, lang), means=means)
                to = self.say("ui.to", to=names.roles(event.to, lang))
                head = [(event.title.in_(lang), "bold"), "\n", (f"{at}  {line}\n{to}", "dim")]
                return [*head, "\n\n", event.body.in_(lang), *self._facts(event.facts, lang)]
            case ev.MessageSent():
                means = self.say(f"log.means.{event.means}")
                line = self.say("ui.from", sender=names.role(event.sender, lang), means=means)
                to = self.say("ui.to", to=names.roles(event.to, lang))
                parts: list[Part] = [(line, "bold"), "\n", (f"{at}  {to}", "dim"), "\n\n"]
                parts += [event.text, *self._facts(event.facts, lang)]
                if not event.confirmed:
                    parts += ["\n\n", (self.say("ui.unconfirmed"), "$warning")]
                if event.ack:
                    parts += ["\n\n", *self._acknowledgements(event, moment)]
                return parts
            case ev.ReportFiled():
                line = self.say(
                    "ui.report-from",
                    sender=names.role(event.sender, lang),
                    report=names.rule(event.rule, lang),
                )
                parts = [(line, "bold"), "\n", (at, "dim"), "\n"]
                for element, text in event.elements.items():
                    title = names.element(event.rule, element, lang)
                    parts += ["\n", (title, "$secondary"), "\n", text, "\n"]
                return [*parts, *self._facts(event.facts, lang)]
            case ev.StatementIssued():
                line = self.say("ui.statement-by", role=names.role(event.role, lang))
                head = [(line, "bold"), "\n", (at, "dim"), "\n\n"]
                return [*head, event.text, *self._facts(event.facts, lang)]
            case ev.BroadcastMade():
                return [(self.say("ui.broadcast"), "bold"), "\n", (at, "dim"), "\n\n", event.text]
            case ev.BriefingGiven():
                title = (event.title.in_(lang), "bold")
                open_ones = reminders(event.lessons, lang)
                return [title, "\n\n", event.briefing.in_(lang), *open_ones]
            case _:
                return []

    def _facts(self, facts: tuple[ev.FactRef, ...], lang: Lang) -> list[Part]:
        if not facts:
            return []
        parts: list[Part] = ["\n\n", (self.say("ui.you-know"), "$secondary")]
        for fact in facts:
            parts += ["\n  • ", fact.title.in_(lang)]
        return parts

    def _acknowledgements(self, event: ev.MessageSent, moment: Moment) -> list[Part]:
        record = moment.state.messages.get(event.message)
        done = record.acknowledged if record else {}
        parts = list[Part]()
        for role in event.to:
            name = moment.names.role(role, moment.lang) if moment.names else role
            if role in done:
                said = self.say("ui.acknowledged", role=name, at=face(done[role].at))
                parts += [(f"✓ {said}", "$success"), "\n"]
            else:
                parts += [(f"? {self.say('ui.not-acknowledged', role=name)}", "$warning"), "\n"]
        return parts
