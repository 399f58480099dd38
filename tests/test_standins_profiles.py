"""What each knob of a profile does to the people in the seats, and to nobody else."""

import pytest
import worlds
from pydantic import ValidationError
from worlds_rehearse import a_job

from drillkit.model import events as ev
from drillkit.model.base import HOUR, MINUTE, SECOND
from drillkit.model.profile import Profile
from drillkit.packs.profiles import PROFILES, ProfileNotFound, profile
from drillkit.rehearse.many import play_one, played
from drillkit.standins.habits import Habits, skilled


def of(session, kind):
    return [entry for entry in session.entries if isinstance(entry.event, kind)]


def team(**knobs) -> Profile:
    return Profile(id="team", **{"skill": 1.0, "spread": 0.0, **knobs})


def session_of(seed=1, scenario=None, **knobs):
    return played(a_job(team=team(**knobs), scenario=scenario), seed)[0]


def answered_at(session, inject="alarm"):
    return next(e.at for e in of(session, ev.ResponseGiven) if e.event.inject == inject)


def test_the_shipped_profiles_stand_from_the_ablest_to_the_least_able() -> None:
    skills = [profile(name).skill for name in PROFILES]
    assert skills == sorted(skills, reverse=True)
    for name in PROFILES:
        assert profile(name).title is not None
        assert profile(name).source


def test_a_profile_that_is_not_there_is_named_with_the_nearest() -> None:
    with pytest.raises(ProfileNotFound) as said:
        profile("practiced")
    assert said.value.nearest == "practised"


@pytest.mark.parametrize("knobs", [{"skill": 1.2}, {"pace": 0}, {"attention": -1}, {"sprad": 1}])
def test_a_knob_has_its_range(knobs) -> None:
    with pytest.raises(ValidationError):
        team(**knobs)


def test_without_spread_everything_takes_its_median() -> None:
    first, second = session_of(seed=1), session_of(seed=2)
    assert answered_at(first) == answered_at(second)


def test_who_is_slower_answers_later_and_so_does_who_thinks_longer() -> None:
    usual = answered_at(session_of())
    assert answered_at(session_of(pace=2.0)) > usual
    assert answered_at(session_of(deciding=3 * MINUTE)) - usual == pytest.approx(
        round(1.1 * (3 * MINUTE - 45 * SECOND)), abs=SECOND
    )


def test_a_scenario_may_say_how_long_a_decision_takes() -> None:
    alarm, *others = worlds.SCENARIO["inject"]
    scenario = worlds.a_scenario(inject=[{**alarm, "decide": "2m"}, *others])
    later = answered_at(session_of(scenario=scenario)) - answered_at(session_of())
    assert later == pytest.approx(round(1.1 * 75 * SECOND), abs=SECOND)


def test_who_tires_takes_longer_by_the_hour() -> None:
    habits = Habits(team(tires=0.5))
    assert habits.effort(60 * SECOND, HOUR) == round(1.5 * habits.effort(60 * SECOND))
    assert Habits(team()).effort(60 * SECOND, HOUR) == Habits(team()).effort(60 * SECOND)


def test_what_came_by_phone_waits_until_the_phone_works_again() -> None:
    down = session_of(phone_down=1.0, phone_down_for=60 * MINUTE)
    reached = {e.event.inject for e in of(down, ev.InjectOpened)}
    # The alarm rings aloud; the citizen's call comes by phone, after the line has failed or not.
    assert "alarm" in reached
    later = [
        seed
        for seed in range(1, 30)
        if answered_at(session_of(seed, phone_down=1.0), "call")
        > answered_at(session_of(seed), "call")
    ]
    assert later


def test_attention_for_everything_at_once_leaves_nothing_waiting() -> None:
    at_once, one = (
        played(a_job(team=team(skill=0.6, attention=attention)), 1)[1] for attention in (0, 1)
    )
    assert not any(person.load.stints for person in at_once.people)
    assert any(person.load.stints for person in one.people)


def test_more_hands_do_not_make_one_slower() -> None:
    for seed in range(1, 6):
        one, two = (
            play_one(a_job(team=team(skill=0.8, attention=hands)), seed).numbers for hands in (1, 2)
        )
        assert two["queue/commander"] <= one["queue/commander"]


def test_nobody_comes_from_a_team_that_never_does() -> None:
    session = session_of(absent=1.0)
    assert of(session, ev.RoleCalled)
    assert not of(session, ev.RoleArrived)


def test_a_longer_way_makes_only_the_arrival_later() -> None:
    plan = worlds.a_plan(role=[{**role, "travel": "4m"} for role in worlds.PLAN["role"]])
    near, far = (
        play_one(a_job(team=team(travel=travel), plan=plan), 1).numbers for travel in (1.0, 2.0)
    )
    assert far["arrive/supplies"] - near["arrive/supplies"] == 4 * 60
    assert far["ack/supplies"] == near["ack/supplies"]


def test_a_role_may_be_abler_than_its_team() -> None:
    mixed = Profile(id="mixed", skill=0.2, skills={"liaison": 1.0})
    assert Habits(mixed, "liaison").slowness == Habits(skilled(1.0)).slowness
    assert Habits(mixed, "commander").slowness == Habits(skilled(0.2)).slowness
