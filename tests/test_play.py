"""The driver that does not wait: from start to end, on the same clock every time."""

import pytest
import worlds

from drillkit.core.agenda import Agenda
from drillkit.core.clocks import script_time
from drillkit.desk import LocalDesk
from drillkit.journal import MemoryJournal
from drillkit.model import events as ev
from drillkit.model.base import FACILITATOR, MINUTE
from drillkit.model.commands import JumpToNext, PauseDrill, StartDrill
from drillkit.rehearse.play import EPOCH, SimClock, play
from drillkit.session import Opening, Session
from drillkit.standins import Company, skilled


def a_session() -> Session:
    opening = Opening("t", worlds.a_scenario(), worlds.a_plan(), worlds.the_weights())
    return Session.open(MemoryJournal(), opening, wall=0)


def nobody(session: Session):
    return lambda clock: Company(session, clock, (), profile=skilled(1.0), seed=1)


def everybody(session: Session):
    roles = session.script.players
    return lambda clock: Company(session, clock, roles, profile=skilled(0.9), seed=1)


def test_with_nobody_answering_the_drill_still_runs_to_its_end() -> None:
    session = a_session()
    play(session, nobody(session))
    state = session.state
    assert (state.stage, state.aborted) == ("ended", False)
    assert state.ended.at == state.scenario.length
    assert "wet" in state.injects
    assert state.injects["alarm"].overdue
    assert "flooded" in state.milestones
    assert state.phase.phase == "night"


def test_the_facilitator_starts_and_ends_it() -> None:
    session = a_session()
    play(session, everybody(session))
    staff = [entry.event.kind for entry in session.entries if entry.by == FACILITATOR]
    assert (staff[0], staff[-1]) == ("drill_started", "drill_ended")


def test_the_wall_clock_is_a_fixed_start_and_the_time_of_play() -> None:
    session = a_session()
    play(session, everybody(session))
    assert all(entry.wall == EPOCH + entry.at for entry in session.entries[2:])
    other = a_session()
    play(other, everybody(other), wall=5)
    assert other.entries[-1].wall == 5 + other.entries[-1].at


def test_times_never_go_back() -> None:
    session = a_session()
    play(session, everybody(session))
    times = [entry.at for entry in session.entries]
    assert times == sorted(times)


def test_it_tells_how_far_it_is() -> None:
    session = a_session()
    told: list[tuple[int, int]] = []
    play(session, everybody(session), progress=lambda at, length: told.append((at, length)))
    assert told[-1] == (session.state.scenario.length,) * 2
    assert [at for at, _ in told] == sorted(at for at, _ in told)
    assert len(told) > 20


def test_it_can_stop_on_the_way_and_go_on() -> None:
    session = a_session()
    play(session, nobody(session), until=9 * MINUTE)
    assert session.state.stage == "running"
    assert session.entries[-1].at <= 9 * MINUTE
    assert "call" not in session.state.injects
    play(session, nobody(session))
    assert session.state.ended.at == session.state.scenario.length


def test_a_paused_drill_goes_on_and_a_jump_brings_the_end_nearer() -> None:
    session = a_session()
    facilitator = LocalDesk(session, FACILITATOR, SimClock(0, 0))
    for command in (StartDrill(), JumpToNext(), PauseDrill()):
        facilitator.say(command)
    play(session, nobody(session))
    ended = session.state.ended
    assert ended.at == session.state.scenario.length - 2 * MINUTE
    assert script_time(session.state, ended.at) == session.state.scenario.length
    assert any(isinstance(entry.event, ev.DrillResumed) for entry in session.entries)


def test_what_is_due_next_is_right_for_any_moment_asked_about() -> None:
    session = a_session()
    play(session, nobody(session), until=MINUTE)
    state = session.state
    for now in range(0, state.scenario.length, MINUTE):
        assert session.next_due(now) == Agenda(session.script).next_due(state, now)


def test_a_drill_that_has_ended_is_left_alone() -> None:
    session = a_session()
    play(session, nobody(session))
    told = len(session.entries)
    play(session, nobody(session))
    assert len(session.entries) == told


def test_the_company_is_sent_home_even_when_something_breaks() -> None:
    session = a_session()
    hearing = len(session._listeners)

    def stop(at: int, length: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        play(session, everybody(session), progress=stop)
    assert len(session._listeners) == hearing
