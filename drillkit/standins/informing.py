"""What a stand-in does with information: read, answer, pass on, report, publish, notify."""

from collections.abc import Sequence
from functools import partial

from drillkit.core.clocks import face
from drillkit.model.base import MINUTE, SECOND, Title
from drillkit.model.commands import (
    AcknowledgeMessage,
    ApproveStatement,
    DraftStatement,
    FileReport,
    GiveResponse,
    IssueStatement,
    NotifyCustomer,
    OpenInject,
    SendMessage,
)
from drillkit.model.events import (
    FactRef,
    InjectReleased,
    MessageSent,
    ReportFiled,
    StatementDrafted,
)
from drillkit.model.text import Prose
from drillkit.standins.judgement import Duty, Word
from drillkit.standins.person import Person, Work

# -- reading ---------------------------------------------------------------------------------------


def read_inject(me: Person, inject: InjectReleased) -> Work:
    """Open and read it, answer if an answer is asked for, see what follows."""
    dice = me.dice(f"read:{inject.inject}")
    record = me.state.inject(inject.inject)
    if not any(seat in record.opened for seat in me.seats):
        me.does(OpenInject(inject=inject.inject))
        came = record.released.at if record.released else me.now
        yield me.reads(dice, inject.body.in_(me.lang), came)
    if _is_awaited(me, inject):
        yield from _answer(me, inject)
    learn(me, inject.inject)
    for fact in inject.facts:
        if me.judgement.is_rumour(fact.id):
            _maybe_spread(me, inject, fact.id)


def read_message(me: Person, message: MessageSent, *, from_person: bool) -> Work:
    """Read it, confirm it where that is asked for, see what follows from it."""
    dice = me.dice(heard(message))
    sent = me.state.messages.get(message.message)
    came = sent.sent.at if sent else me.now
    yield me.reads(dice, message.text, came)
    answered = any(
        mine.event.sender == me.role and mine.event.reply_to == message.message
        for mine in me.state.messages.values()
    )
    waits = from_person and not answered and not me.has_seen(came)
    if waits and me.judgement.may_tell(me.role, message.sender):
        # Somebody real waits for an answer; it closes the loop as well.
        text = Prose(me.words("standins.noted"))
        me.does(SendMessage(to=(message.sender,), text=text, reply_to=message.message))
    elif message.ack and dice.chance(me.habits.acknowledges):
        me.does(AcknowledgeMessage(message=message.message))
    for topic in me.judgement.topics((fact.id for fact in message.facts), message.text):
        learn(me, topic)


def heard(message: MessageSent) -> str:
    """What a message is about, the same in every run."""
    return f"hear:{message.sender}:{cited(message.facts) or message.text}"


def cited(facts: Sequence[FactRef]) -> str:
    """The facts by name."""
    return ",".join(fact.id for fact in facts)


def read_report(me: Person, report: ReportFiled) -> Work:
    """Read a report and see what follows from it."""
    dice = me.dice(f"hear:{report.rule}")
    text = " ".join(report.elements.values())
    filed = me.state.reports.get(report.report)
    yield me.reads(dice, text, filed.filed.at if filed else me.now)
    for topic in me.judgement.topics((fact.id for fact in report.facts), text):
        learn(me, topic)


def learn(me: Person, inject: str) -> None:
    """See once what follows from an inject: what to pass on, and what to do."""
    for seat in me.seats:
        if (seat, inject) in me.learnt:
            continue
        me.learnt.add((seat, inject))
        for word in me.judgement.words(seat, inject):
            name = f"tell:{inject}:{word.fact}:{','.join(word.to)}"
            me.plans(name, word.within, partial(tell, me, word, name))
        me.owed += me.judgement.duties(seat, inject)
    owed = tuple(me.owed)
    me.owed.clear()
    for duty in owed:
        _take_on(me, duty)


def _take_on(me: Person, duty: Duty) -> None:
    """Have a duty in mind, if it is thought of; a fact that nobody has told yet is waited for."""
    if duty.kind == "state" and not me.knows(duty.what):
        me.owed.append(duty)
        return
    name = f"{duty.kind}:{duty.what}"
    if me.dice(f"think:{name}").chance(me.habits.remembers):
        me.plans(name, duty.within, partial(_DUTIES[duty.kind], me, duty))


# -- answering -------------------------------------------------------------------------------------


def _is_awaited(me: Person, inject: InjectReleased) -> bool:
    return any(role in me.seats for role in me.state.inject(inject.inject).awaited)


def _answer(me: Person, inject: InjectReleased) -> Work:
    dice = me.dice(f"answer:{inject.inject}")
    if not dice.chance(me.habits.answers):
        return
    yield me.spends(dice, me.judgement.deciding(inject.inject) or me.habits.profile.deciding)
    # From the hot seat the facilitator may have answered meanwhile: that answer stands.
    if not _is_awaited(me, inject):
        return
    options = _choice(me, inject)
    text = Prose("" if options else me.words("standins.answer"))
    me.does(GiveResponse(inject=inject.inject, options=options, text=text))


def _choice(me: Person, inject: InjectReleased) -> tuple[str, ...]:
    """The best options for those who see them; the weaker the skill, the blinder the rest."""
    judged = me.judgement.options(inject.inject)
    if not judged:
        return tuple(option.id for option in inject.options[:1])
    dice = me.dice(f"choose:{inject.inject}")
    if inject.several:
        good = [one.option for one in judged if (one.worth > 0.5) == dice.chance(me.habits.chooses)]
        return tuple(good) or (judged[0].option,)
    if len(judged) == 1 or dice.chance(me.habits.chooses):
        return (judged[0].option,)
    rest = judged[1:]
    place = dice.one_of([max(0.02, one.worth + 1.1 - me.habits.skill) for one in rest])
    return (rest[place].option,)


# -- telling ---------------------------------------------------------------------------------------


def tell(me: Person, word: Word, name: str) -> Work:
    """Pass on one thing to those who come to mind; with a correction, to all who heard worse."""
    dice = me.dice(name)
    who = f"tell:{word.inject}:{word.fact}"
    # Each by dice of their own: a colleague more leaves the others as they are.
    to = [role for role in word.to if me.dice(f"{who}:{role}").chance(me.habits.passes_on)]
    facts = (word.fact,) if word.fact and me.knows(word.fact) else ()
    if facts and dice.chance(me.habits.remembers):
        wrong = me.judgement.corrected_by(word.fact)
        to += [role for role in _told(me, wrong) if role not in to] if wrong else []
    text = _text(me, word, facts)
    done = _told(me, word.fact, text)
    to = [role for role in to if role not in done and role not in me.seats]
    if not to:
        return
    yield me.spends(dice, 20 * SECOND)
    confirmed = not facts or me.judgement.is_sure(word.fact) or not dice.chance(me.habits.judges)
    grave = bool(facts) and me.judgement.is_grave(word.fact)
    ack = grave and dice.chance(me.habits.remembers)
    _send(me, to, text, facts, confirmed=confirmed, ack=ack)


def _text(me: Person, word: Word, facts: Sequence[str]) -> Prose:
    if facts:
        return Prose(me.words("standins.pass-on", fact=me.state.fact_refs[facts[0]].title))
    return Prose(me.words("standins.see-to", topic=word.topic))


def _send(
    me: Person,
    to: Sequence[str],
    text: Prose,
    facts: tuple[str, ...],
    *,
    confirmed: bool,
    ack: bool,
) -> None:
    """Colleagues and partners outside hear separately: nobody outside confirms in a rehearsal."""
    outside = tuple(role for role in to if me.spec(role).outside)
    inside = tuple(role for role in to if role not in outside)
    for group, asks in ((inside, ack), (outside, False)):
        if group:
            me.does(SendMessage(to=group, text=text, facts=facts, confirmed=confirmed, ack=asks))


def _told(me: Person, fact: str, text: str = "") -> dict[str, None]:
    """Those whom this seat has told the fact, or these very words."""
    return {
        role: None
        for message in me.state.messages.values()
        if message.event.sender == me.role
        and (message.event.text == text or any(ref.id == fact for ref in message.event.facts))
        for role in message.event.to
    }


def _maybe_spread(me: Person, inject: InjectReleased, fact: str) -> None:
    """Those who stray pass a rumour on, and as a certainty."""
    dice = me.dice(f"rumour:{fact}")
    if not dice.chance(me.habits.strays):
        return
    others = [
        role.id
        for role in me.plan.players()
        if role.id not in me.seats and me.judgement.may_tell(me.role, role.id)
    ]
    if others:
        # By dice of their own, so that a role more draws the rumour to itself or changes nothing.
        to = max(others, key=lambda role: me.dice(f"rumour:{fact}:{role}").share())

        def spread() -> Work:
            if to in _told(me, fact):
                return
            yield me.spends(dice, 20 * SECOND)
            text = _text(me, Word(inject.inject, inject.title, fact, (to,)), (fact,))
            _send(me, (to,), text, (fact,), confirmed=True, ack=False)

        me.plans(f"rumour:{fact}", 2 * MINUTE, spread)


# -- reports, statements, customers ----------------------------------------------------------------


def _file(me: Person, duty: Duty) -> Work:
    due = me.judgement.report(duty.what)
    if due is None or any(filed.event.due == due.id for filed in me.state.reports.values()):
        return
    rule = next(rule for rule in me.plan.reports if rule.id == due.rule)
    dice = me.dice(f"report:{due.id}")
    again = any(filed.event.rule == rule.id for filed in me.state.reports.values())
    elements: dict[str, Prose] = {}
    for element in rule.elements:
        own = me.dice(f"report:{due.id}:{element.id}")
        if own.chance(me.habits.elaborates):
            yield me.spends(own, 8 * SECOND)
            elements[element.id] = _element(me, element.title, again=again)
    yield me.spends(dice, 25 * SECOND)
    facts = tuple(fact for fact in due.facts if me.knows(fact))
    confirmed = all(me.judgement.is_sure(fact) for fact in facts)
    me.does(FileReport(rule=rule.id, elements=elements, facts=facts, confirmed=confirmed))


def _element(me: Person, element: Title, *, again: bool) -> Prose:
    """What stands in one element; a later report under the same rule says as of when."""
    if again:
        return Prose(me.words("standins.element-again", element=element, at=face(me.now)))
    return Prose(me.words("standins.element", element=element))


def _draft(me: Person, duty: Duty) -> Work:
    """Draft a statement on the fact; who strays issues it without waiting for the approval."""
    drafts = (record.event for record in me.state.statements.values() if not record.returned)
    drafted_already = any(
        draft.role == me.role and any(fact.id == duty.what for fact in draft.facts)
        for draft in drafts
    )
    if not me.knows(duty.what) or duty.what in me.state.public or drafted_already:
        return
    dice = me.dice(f"state:{duty.what}")
    yield me.spends(dice, 50 * SECOND)
    text = Prose(me.words("standins.statement", fact=me.state.fact_refs[duty.what].title))
    drafted = me.does(DraftStatement(text=text, facts=(duty.what,)))
    if drafted and (me.plan.release is None or dice.chance(me.habits.bypasses)):
        yield me.spends(dice, 5 * SECOND)
        draft = drafted[0].event
        assert isinstance(draft, StatementDrafted)
        me.does(IssueStatement(statement=draft.statement))


def approve(me: Person, draft: StatementDrafted) -> Work:
    """Read a drafted statement and approve it, unless it is out already."""
    dice = me.dice(f"approve:{cited(draft.facts)}")
    record = me.state.statements.get(draft.statement)
    came = record.drafted.at if record else me.now
    if record and me.has_seen(came) and (record.approved or record.returned or record.issued):
        return
    yield me.reads(dice, draft.text, came)
    yield me.spends(dice, 15 * SECOND)
    record = me.state.statements.get(draft.statement)
    if record is None or record.issued is None:
        me.does(ApproveStatement(statement=draft.statement))


def issue(me: Person, draft: StatementDrafted) -> Work:
    """Make an approved statement public."""
    record = me.state.statements.get(draft.statement)
    if record and record.issued and me.has_seen(record.issued.at):
        return
    dice = me.dice(f"issue:{cited(draft.facts)}")
    yield me.spends(dice, 15 * SECOND)
    me.does(IssueStatement(statement=draft.statement))


def _notify(me: Person, duty: Duty) -> Work:
    record = me.state.customers.get(duty.what)
    if record and record.notified and me.has_seen(record.notified.at):
        return
    dice = me.dice(f"notify:{duty.what}")
    yield me.spends(dice, 30 * SECOND)
    customer = next(one for one in me.plan.customers if one.id == duty.what)
    text = Prose(me.words("standins.notify", customer=customer.title))
    me.does(NotifyCustomer(customer=customer.id, text=text))


_DUTIES = {"report": _file, "state": _draft, "notify": _notify}
