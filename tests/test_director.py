"""What is due and when: injects, branches, deadlines, needs, outcomes; by hand-turned clock."""

import pytest
from worlds import Play, a_scenario, both

from drillkit.core.conditions import value_of
from drillkit.core.script import Refused
from drillkit.model.base import FACILITATOR, MINUTE, SECOND
from drillkit.model.commands import (
    AddInject,
    Arrive,
    Broadcast,
    DeferInject,
    EndDrill,
    FreeInject,
    GiveResponse,
    HoldInject,
    JumpToNext,
    PauseDrill,
    ReleaseInject,
    ResumeDrill,
    SetSpeed,
    SkipInject,
    VoidEntry,
)
from drillkit.model.events import (
    AnswerOverdue,
    CustomerAtRisk,
    InjectReleased,
    NeedArose,
    PhaseBegun,
    ReportFellDue,
    ReportOverdue,
    RoleCalled,
)
from drillkit.model.text import Line, Prose


def answer(play: Play, option: str, *, minute: float) -> None:
    play.minutes(minute)
    if not play.session.state.presence["commander"].is_here:
        play.do("commander", Arrive())
    play.do("commander", GiveResponse(inject="alarm", options=(option,)))


def test_planned_injects_come_at_their_time_and_once() -> None:
    play = Play().minutes(59)
    assert play.released()[:1] == [("alarm", 2 * MINUTE)]
    assert ("call", 10 * MINUTE) in play.released()
    released = [e.event.inject for e in play.session.entries if isinstance(e.event, InjectReleased)]
    assert len(released) == len(set(released))


def test_the_time_of_an_entry_is_when_it_was_due_not_when_the_loop_looked() -> None:
    play = Play().minutes(30)
    assert play.times_of(PhaseBegun) == [0]
    assert play.times_of(NeedArose) == [5 * MINUTE]
    assert play.times_of(AnswerOverdue) == [8 * MINUTE, 18 * MINUTE]


def test_everybody_is_called_out_at_the_start() -> None:
    called = {e.event.role for e in Play().session.entries if isinstance(e.event, RoleCalled)}
    assert called == {"commander", "liaison", "supplies"}


def test_a_branch_waits_for_its_condition_and_its_time() -> None:
    play = Play()
    answer(play, "pump-out", minute=4)
    assert dict(play.minutes(11).released()).keys() == {"alarm", "call"}
    assert dict(play.minutes(12).released())["dry"] == 12 * MINUTE


def test_a_late_answer_opens_the_branch_at_once() -> None:
    play = Play()
    answer(play, "pump-out", minute=20)
    assert dict(play.released())["dry"] == 20 * MINUTE


def test_a_contingency_comes_only_when_the_expected_answer_did_not() -> None:
    silent, active = Play(), Play()
    answer(active, "wait", minute=4)
    assert "wet" in dict(silent.minutes(30).released())
    assert "wet" not in dict(active.minutes(30).released())


def test_an_inject_without_time_or_condition_waits_for_the_facilitator() -> None:
    play = Play().minutes(59)
    assert "spare" not in dict(play.released())
    play.do(FACILITATOR, ReleaseInject(inject="spare"))
    assert dict(play.released())["spare"] == 59 * MINUTE


def test_a_release_starts_reports_and_customers_at_risk_and_nothing_before() -> None:
    assert not Play().minutes(1).times_of(ReportFellDue)
    play = Play().minutes(13)
    assert play.times_of(ReportFellDue) == play.times_of(CustomerAtRisk) == [2 * MINUTE]
    assert play.times_of(ReportOverdue) == [12 * MINUTE]


def test_a_limit_on_the_storys_clock_is_converted_and_passes_with_a_jump_of_the_story() -> None:
    from worlds import PLAN, a_plan

    rule = {**PLAN["report"][0], "clock": "scenario", "limit": "1h"}
    play = Play(plan=a_plan(report=[rule])).minutes(3)
    # One hour at four story minutes a minute of play.
    assert play.session.state.due["tell-office"].event.limit_at == 17 * MINUTE
    late = a_scenario(report=[{"id": "tell-office", "rule": "first-report", "after": "late"}])
    raw = late.model_dump(mode="json")
    raw["inject"][1].update({"id": "late", "at": "39m"})
    raw["task"] = raw["task"][:1]
    story = type(late).model_validate(raw)
    play = Play(scenario=story, plan=a_plan(report=[rule])).minutes(39.5)
    # At minute 40 the story jumps to 22:00, past the hour.
    assert play.session.state.due["tell-office"].event.limit_at == 40 * MINUTE


def test_an_effect_takes_no_more_than_is_there() -> None:
    play = Play().minutes(9)
    assert play.session.state.ledger.stock["north", "bag"] == 0
    assert play.session.state.ledger.total("bag") == play.session.state.ledger.expected_total("bag")


def test_an_outcome_moves_by_the_minute_and_keeps_its_bounds() -> None:
    play = Play().minutes(18)
    assert value_of(
        play.session.script.outcomes["dry-rooms"], play.session.state, 18 * MINUTE
    ) == pytest.approx(5.0)
    play.minutes(50)
    assert value_of(play.session.script.outcomes["dry-rooms"], play.session.state, 50 * MINUTE) == 0


def test_a_condition_on_an_outcome_comes_true_at_the_very_moment() -> None:
    base = a_scenario().model_dump(mode="json")
    base["milestone"].append(
        {"id": "half", "title": both("Half"), "when": {"outcome": "dry-rooms", "below": 5.0}}
    )
    play = Play(scenario=type(a_scenario()).model_validate(base)).minutes(30)
    mark, _ = play.session.state.milestones["half"]
    assert mark.at == 18 * MINUTE


# -- the traps of others, each as a test -----------------------------------------------------------


@pytest.mark.parametrize("gap", [59, 60, 61, 125])
def test_gaps_of_any_length_are_kept(gap: int) -> None:
    base = a_scenario().model_dump(mode="json")
    base["length"] = "5h"
    base["inject"][1]["at"] = (2 + gap) * MINUTE
    play = Play(scenario=type(a_scenario()).model_validate(base)).minutes(200)
    assert dict(play.released())["call"] == (2 + gap) * MINUTE


def test_injects_five_seconds_apart_come_five_seconds_apart() -> None:
    base = a_scenario().model_dump(mode="json")
    base["inject"][1]["at"] = 2 * MINUTE + 5 * SECOND
    play = Play(scenario=type(a_scenario()).model_validate(base)).minutes(3)
    assert dict(play.released()) == {"alarm": 2 * MINUTE, "call": 2 * MINUTE + 5 * SECOND}


def test_nothing_is_due_while_paused() -> None:
    play = Play().minutes(1)
    play.do(FACILITATOR, PauseDrill())
    assert play.session.next_due(play.now) is None
    play.minutes(30)
    assert not play.released()


def test_a_jump_brings_the_script_forward_and_costs_nobody_a_deadline() -> None:
    play = Play().minutes(2.5)
    play.do(FACILITATOR, JumpToNext())
    assert dict(play.released())["call"] == 2.5 * MINUTE
    alarm = play.session.state.injects["alarm"].event
    assert alarm is not None
    assert alarm.due[0].limit_at == 8 * MINUTE
    play.minutes(9)
    assert play.times_of(AnswerOverdue) == [8 * MINUTE]
    # The need planned at minute 5 of the script came with the jump, not twice.
    assert play.times_of(NeedArose) == [2.5 * MINUTE]


def test_when_nothing_lies_ahead_the_jump_is_refused() -> None:
    play = Play().minutes(11)
    with pytest.raises(Refused) as refusal:
        play.do(FACILITATOR, JumpToNext())
    assert refusal.value.key == "refused.nothing-ahead"


def test_a_held_inject_waits_until_freed() -> None:
    play = Play().minutes(1)
    play.do(FACILITATOR, HoldInject(inject="alarm", why=Line("not yet")))
    assert not play.minutes(5).released()
    play.do(FACILITATOR, FreeInject(inject="alarm"))
    assert dict(play.released())["alarm"] == 5 * MINUTE


def test_a_skipped_inject_never_comes_and_keeps_its_reason() -> None:
    play = Play().minutes(1)
    play.do(FACILITATOR, SkipInject(inject="alarm", why=Line("short of time")))
    assert "alarm" not in dict(play.minutes(50).released())
    assert play.session.state.injects["alarm"].why == "short of time"
    assert play.session.state.injects["alarm"].status == "skipped"


def test_a_deferred_inject_comes_as_much_later() -> None:
    play = Play().minutes(1)
    play.do(FACILITATOR, DeferInject(inject="alarm", by=4 * MINUTE, why=Line("late team")))
    assert dict(play.minutes(20).released())["alarm"] == 6 * MINUTE


@pytest.mark.parametrize(
    ("command", "key"),
    [
        (SkipInject(inject="alarm", why=Line()), "reason-needed"),
        (HoldInject(inject="alrm", why=Line("x")), "unknown-inject"),
        (SetSpeed(speed=0), "speed"),
        (SetSpeed(speed=float("nan")), "speed"),
        (ResumeDrill(), "already-running"),
        (Broadcast(text=Prose("  ")), "empty"),
        (FreeInject(inject="alarm"), "not-held"),
        (DeferInject(inject="alarm", by=0, why=Line("x")), "defer-by"),
        (VoidEntry(entry=1, why=Line("x")), "not-correctable"),
        (
            AddInject(title=Line("a"), body=Prose("b"), sender="office", to=("nobody",)),
            "unknown-role",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_no_entry(command: object, key: str) -> None:
    play = Play().minutes(1)
    before = play.session.state.seq
    with pytest.raises(Refused) as refusal:
        play.do(FACILITATOR, command)  # type: ignore[arg-type]
    assert refusal.value.key == f"refused.{key}"
    assert play.session.state.seq == before


def test_players_cannot_steer_and_the_facilitator_does_not_play() -> None:
    play = Play().minutes(3)
    for by, command in [("commander", PauseDrill()), (FACILITATOR, Arrive())]:
        with pytest.raises(Refused):
            play.do(by, command)


def test_an_ad_hoc_inject_is_an_ordinary_inject_with_a_deadline() -> None:
    play = Play().minutes(3)
    play.do(
        FACILITATOR,
        AddInject(
            title=Line("Press"),
            body=Prose("A reporter asks."),
            sender="office",
            to=("liaison",),
            limit=2 * MINUTE,
        ),
    )
    adhoc = next(id for id in play.session.state.injects if id.startswith("ad-hoc"))
    play.minutes(6)
    assert play.session.state.injects[adhoc].status == "overdue"


def test_the_end_ends_everything() -> None:
    play = Play().minutes(3)
    play.do(FACILITATOR, EndDrill(why=Line("done")))
    before = play.session.state.seq
    play.minutes(50)
    assert play.session.state.seq == before
    with pytest.raises(Refused) as refusal:
        play.do("commander", Arrive())
    assert refusal.value.key == "refused.ended"


def test_a_voided_answer_counts_no_more_and_the_branch_that_it_opened_stays() -> None:
    play = Play()
    answer(play, "pump-out", minute=4)
    seq = play.session.state.injects["alarm"].responses["commander"][-1].given.seq
    play.do(FACILITATOR, VoidEntry(entry=seq, why=Line("typed by the wrong person")))
    assert play.session.state.injects["alarm"].responses == {}
    assert play.session.entries[seq].event.options == ("pump-out",)  # type: ignore[union-attr]
    with pytest.raises(Refused):
        play.do(FACILITATOR, VoidEntry(entry=seq, why=Line("again")))


def test_a_holder_who_comes_late_relieves_the_substitute_and_nobody_else_can() -> None:
    play = Play().minutes(1)
    play.do("liaison", Arrive())
    play.do("liaison", Arrive(instead_of="commander"))
    stay = play.session.state.presence["commander"].stays[-1]
    assert (stay.substitute, stay.alternate) == ("liaison", True)
    with pytest.raises(Refused):
        play.do("supplies", Arrive(instead_of="commander"))
    play.minutes(9).do("commander", Arrive())
    stays = play.session.state.presence["commander"].stays
    assert [stay.substitute for stay in stays] == ["liaison", ""]
    assert stays[0].left is not None
    with pytest.raises(Refused):
        play.do("commander", Arrive())


def test_an_answer_without_a_choice_or_a_word_is_refused() -> None:
    play = Play().minutes(3)
    play.do("commander", Arrive(evidence="manual"))
    with pytest.raises(Refused) as refusal:
        play.do("commander", GiveResponse(inject="alarm", text=Prose(" ")))
    assert refusal.value.key == "refused.no-answer"
