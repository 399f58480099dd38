"""Simulated people: what they see, what they do, and that nothing but the seed decides it."""

from statistics import median

import pytest
import worlds
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds_standins import PLAYERS, a_session, expecting, flooded, of, played, stating

from drillkit.core.script import Refused, Script
from drillkit.desk import LocalDesk
from drillkit.model import events as ev
from drillkit.model.base import FACILITATOR, MINUTE
from drillkit.model.commands import Arrive, PauseDrill, ResumeDrill, SendMessage, StartDrill
from drillkit.model.text import Prose
from drillkit.rehearse.play import SimClock, play
from drillkit.session import Session
from drillkit.standins import VIA, Company, StandInCrashed, skilled
from drillkit.standins.habits import Habits
from drillkit.standins.judgement import Judgement
from scoring.assess import assess

# -- a whole drill ---------------------------------------------------------------------------------


def test_skilled_people_come_answer_report_notify_and_supply() -> None:
    session = played()
    state = session.state
    assert all(state.presence[role].is_here for role in PLAYERS)
    assert state.injects["alarm"].responses["commander"][-1].options == ("pump-out",)
    assert state.injects["alarm"].opened["commander"].at < 3 * MINUTE
    assert state.injects["call"].responses["liaison"][-1].text
    assert "water" in state.knows["liaison"]
    assert state.due["tell-office"].filed
    assert state.customers["clinic"].notified
    assert state.needs["bags-gate"].is_met
    assert all(shipment.received for shipment in state.shipments.values())
    assert all(message.acknowledged or not message.event.ack for message in state.messages.values())


def test_everything_they_do_is_marked_as_a_stand_ins() -> None:
    session = played()
    by_roles = [entry for entry in session.entries if entry.by in PLAYERS]
    assert by_roles
    assert {entry.via for entry in by_roles} == {VIA}


def test_they_write_in_the_language_they_are_given() -> None:
    said = of(played(lang="zh"), ev.ReportFiled)[0].event
    assert all("目前" in text for text in said.elements.values())
    assert not any(
        "目前" in text for text in of(played(), ev.ReportFiled)[0].event.elements.values()
    )


def test_the_untrained_are_slower_and_do_less() -> None:
    fast, slow = played(1.0), played(0.0)
    assert fast.state.presence["commander"].arrived < slow.state.presence["commander"].arrived
    assert len(fast.entries) > len(slow.entries)


def test_a_role_without_a_given_skill_has_the_usual_one() -> None:
    named = dict.fromkeys(PLAYERS, 0.6)
    assert played({}).journal.seal() == played(named).journal.seal()
    assert played({"commander": 1.0}).journal.seal() != played(named).journal.seal()


def test_a_role_that_the_plan_does_not_have_is_an_error() -> None:
    session = a_session()
    with pytest.raises(ValueError, match="nobody"):
        Company(session, SimClock(0, 0), ["nobody"], profile=skilled(1.0), seed=1)


# -- chance ----------------------------------------------------------------------------------------


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([0.1, 0.5, 0.9]))
def test_the_same_seed_gives_the_same_journal_and_another_seed_another(seed, skill) -> None:
    first = played(skill, seed).journal.seal()
    assert first == played(skill, seed).journal.seal()
    assert first != played(skill, seed + 1).journal.seal()


def test_one_role_less_leaves_the_luck_of_the_others_as_it_was() -> None:
    everybody, without = played(0.6), played(0.6, roles=("commander", "liaison"))
    for role in ("commander", "liaison"):
        assert everybody.state.presence[role].arrived.at == without.state.presence[role].arrived.at


# -- what they see ---------------------------------------------------------------------------------


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 1000))
def test_a_desk_never_shows_a_stand_in_what_is_not_for_it(seed) -> None:
    session = a_session()
    shown: dict[str, list[ev.Entry]] = {}

    def company(clock: SimClock) -> Company:
        made = Company(session, clock, PLAYERS, profile=skilled(0.4), seed=seed)
        shown.update({person.role: person.seen for person in made.people})
        return made

    play(session, company)
    assert set(shown) == set(PLAYERS)
    for role, seen in shown.items():
        for entry in seen:
            assert not isinstance(
                entry.event, ev.SessionOpened | ev.ReportFellDue | ev.OutcomeMoved
            )
            if isinstance(entry.event, ev.InjectReleased):
                hats = {role} | {
                    stood.event.role
                    for stood in of(session, ev.RoleArrived)
                    if stood.event.substitute == role
                }
                assert hats & set(entry.event.to)


def test_skilled_people_answer_only_what_is_asked_of_them() -> None:
    session = flooded(0.9, 3)
    for record in session.state.injects.values():
        asked = {due.role for due in record.event.due} if record.event else set()
        assert set(record.responses) <= asked


# -- coming ----------------------------------------------------------------------------------------


def test_a_skilled_alternate_takes_over_the_key_post_of_who_does_not_come() -> None:
    session = played(roles=("liaison", "supplies"))
    stay = session.state.presence["commander"].stays[0]
    assert (stay.substitute, stay.alternate) == ("liaison", True)
    # The post's past comes with it: the alarm had been released long before.
    assert session.state.injects["alarm"].responses["commander"]


def test_who_is_at_the_post_in_time_is_not_replaced() -> None:
    assert not any(entry.event.substitute for entry in of(played(), ev.RoleArrived))


# -- telling ---------------------------------------------------------------------------------------


def test_only_those_who_stray_pass_a_rumour_on_as_a_certainty() -> None:
    def rumours(skill: float) -> int:
        return sum(
            message.event.confirmed and any(fact.id == "rumour" for fact in message.event.facts)
            for seed in range(12)
            for message in of(played(skill, seed), ev.MessageSent)
        )

    assert rumours(1.0) == 0
    assert rumours(0.0) > 0


def test_word_goes_along_the_channels_and_through_a_relay_where_there_is_none() -> None:
    plan = worlds.a_plan(
        channel=[
            {"sender": "commander", "to": ["supplies"]},
            {"sender": "supplies", "to": ["commander", "liaison"]},
        ]
    )
    judgement = Judgement(Script(worlds.a_scenario(), plan))
    assert [(word.fact, word.to) for word in judgement.words("commander", "alarm")] == [
        ("water", ("supplies",))
    ]
    assert [(word.fact, word.to) for word in judgement.words("supplies", "alarm")] == [
        ("water", ("liaison",))
    ]
    told = [
        (entry.event.sender, entry.event.to)
        for entry in of(played(plan=plan), ev.MessageSent)
        if any(fact.id == "water" for fact in entry.event.facts)
    ]
    assert told == [("commander", ("supplies",)), ("supplies", ("liaison",))]


def test_whoever_is_expected_to_tell_tells_partners_outside_too() -> None:
    scenario = expecting(role="commander", action="tell", to=["office", "supplies"], fact="water")
    session = played(scenario=scenario)
    told = [
        (entry.event.to, entry.event.ack)
        for entry in of(session, ev.MessageSent)
        if entry.by == "commander" and {"office", "supplies"} & set(entry.event.to)
    ]
    assert [to for to, _ in told] == [("supplies",), ("office",)]
    assert not told[1][1]


def test_a_real_persons_message_is_answered_once() -> None:
    session = a_session()
    clock = SimClock(0, 0)
    company = Company(session, clock, ["liaison"], profile=skilled(1.0), seed=1)
    facilitator = LocalDesk(session, FACILITATOR, clock)
    facilitator.say(StartDrill())
    office = LocalDesk(session, "office", clock, via="facilitator")
    sent = office.say(SendMessage(to=("liaison",), text=Prose("Who is there?")))[0].event
    clock.at = 30 * MINUTE
    company.advance(clock.at)
    replies = [entry.event for entry in of(session, ev.MessageSent) if entry.event.reply_to]
    assert [(reply.sender, reply.to, reply.reply_to) for reply in replies] == [
        ("liaison", ("office",), sent.message)
    ]
    company.close()


# -- public statements -----------------------------------------------------------------------------


def test_a_statement_is_drafted_approved_and_then_issued() -> None:
    session = played(scenario=stating())
    (statement,) = session.state.statements.values()
    assert statement.drafted.at < statement.approved.at < statement.issued.at
    assert (statement.approved.by, statement.issued.by) == ("commander", "liaison")


def test_who_hears_of_it_before_the_fact_publishes_once_the_fact_has_come() -> None:
    session = a_session(scenario=expecting(role="liaison", action="state", fact="rumour"))
    clock = SimClock(0, 0)
    company = Company(session, clock, ["liaison"], profile=skilled(1.0), seed=1)
    LocalDesk(session, FACILITATOR, clock).say(StartDrill())
    clock.at = 3 * MINUTE
    company.advance(clock.at)
    commander = LocalDesk(session, "commander", clock, via="Ada")
    commander.say(SendMessage(to=("liaison",), text=Prose("Alarm"), facts=("water",)))
    clock.at = 9 * MINUTE
    company.advance(clock.at)
    assert session.state.knows_fact("liaison", "water")
    assert not of(session, ev.StatementDrafted)
    # The rumour reaches the liaison with another inject, at minute 10.
    clock.at = 20 * MINUTE
    company.advance(clock.at)
    company.close()
    assert [fact.id for e in of(session, ev.StatementDrafted) for fact in e.event.facts] == [
        "rumour"
    ]


def test_of_several_who_may_approve_only_the_first_at_the_post_does() -> None:
    release = {**worlds.PLAN["release"], "approvers": ["commander", "supplies"]}
    session = played(scenario=stating(), plan=worlds.a_plan(release=release))
    assert [entry.by for entry in of(session, ev.StatementApproved)] == ["commander"]


def test_the_untrained_sometimes_publish_without_approval() -> None:
    scenario = stating()
    issued = [
        statement.was_approved
        for seed in range(20)
        for statement in played(0.2, seed, scenario=scenario).state.statements.values()
        if statement.issued
    ]
    assert True in issued
    assert False in issued


# -- the clock -------------------------------------------------------------------------------------


def a_live_company() -> tuple[Session, SimClock, Company, LocalDesk]:
    session = a_session()
    clock = SimClock(0, 0)
    company = Company(session, clock, PLAYERS, profile=skilled(1.0), seed=1)
    facilitator = LocalDesk(session, FACILITATOR, clock)
    facilitator.say(StartDrill())
    return session, clock, company, facilitator


def test_advancing_twice_to_the_same_moment_does_nothing_more() -> None:
    session, clock, company, _ = a_live_company()
    clock.at = 5 * MINUTE
    company.advance(clock.at)
    told = len(session.entries)
    company.advance(clock.at)
    assert len(session.entries) == told
    assert company.peek() is None or company.peek() > clock.at


def test_a_pause_loses_nothing_that_somebody_meant_to_do() -> None:
    session, clock, company, facilitator = a_live_company()
    company.advance(0)
    meant_at = company.peek()
    assert meant_at
    clock.at = meant_at
    facilitator.say(PauseDrill())
    company.advance(clock.at)
    assert not of(session, ev.CallAcknowledged)
    facilitator.say(ResumeDrill())
    company.advance(clock.at)
    assert len(of(session, ev.CallAcknowledged)) == 1


def test_a_company_that_was_closed_hears_nothing_more() -> None:
    _session, clock, company, facilitator = a_live_company()
    company.advance(0)
    company.close()
    facilitator.say(PauseDrill())
    clock.at = MINUTE
    assert not company._news


def test_a_new_company_goes_on_where_the_old_one_stopped() -> None:
    session = a_session()
    half = 20 * MINUTE
    for until in (half, None):
        play(
            session,
            lambda clock: Company(session, clock, PLAYERS, profile=skilled(1.0), seed=1),
            until=until,
        )
    assert session.state.stage == "ended"
    assert len(of(session, ev.RoleArrived)) == len(PLAYERS)
    given = [(entry.event.inject, entry.event.role) for entry in of(session, ev.ResponseGiven)]
    assert len(given) == len(set(given))
    assert len(of(session, ev.ReportFiled)) == 1
    told = [
        (entry.event.sender, to, fact.id)
        for entry in of(session, ev.MessageSent)
        for to in entry.event.to
        for fact in entry.event.facts
    ]
    assert told
    assert len(told) == len(set(told))


def test_a_refusal_is_taken_in_stride(monkeypatch: pytest.MonkeyPatch) -> None:
    say = LocalDesk.say

    def moody(desk: LocalDesk, command):
        if isinstance(command, Arrive) and desk.seat == "liaison":
            raise Refused("already-here")
        return say(desk, command)

    monkeypatch.setattr(LocalDesk, "say", moody)
    session = played()
    assert session.state.stage == "ended"
    assert not session.state.presence["liaison"].stays


def test_a_crash_names_the_role_and_what_it_was_doing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Picky(Exception):
        def __init__(self, *, reason: str) -> None:
            super().__init__(reason)

    def broken(self: Habits, text: str, now: int) -> int:
        raise Picky(reason="no glasses")

    monkeypatch.setattr(Habits, "reading", broken)
    with pytest.raises(StandInCrashed, match=r"'commander'.*'read:alarm'.*Picky: no glasses"):
        played()


# -- the scores tell them apart --------------------------------------------------------------------


def test_every_score_tells_practised_mixed_and_untrained_teams_apart() -> None:
    scores = {
        skill: [assess(flooded(skill, seed).state, thorough=False) for seed in range(5)]
        for skill in (0.9, 0.6, 0.2)
    }
    for part in ("arrival", "supplies", "information", "process", "result", "combined"):
        high, middle, low = (
            median(getattr(one, part).final for one in scores[skill]) for skill in (0.9, 0.6, 0.2)
        )
        assert high > middle + 3 > low + 6, part
