"""A stand-in and a person in one seat: the person plays, and the stand-in waits until they go."""

from collections.abc import Callable

import pytest
from worlds_standins import PLAYERS, a_session, of

from drillkit.desk import LocalDesk
from drillkit.model import events as ev
from drillkit.model.base import FACILITATOR, MINUTE, Millis
from drillkit.model.commands import (
    Arrive,
    Command,
    GiveResponse,
    LeaveSeat,
    LoseSeat,
    MoveSeat,
    StartDrill,
    TakeSeat,
)
from drillkit.model.text import Line, Prose
from drillkit.rehearse.play import SimClock, play
from drillkit.session import Session
from drillkit.standins import VIA, Company, skilled

ANN = TakeSeat(line="l1", person=Line("Ann"))


def drilled(*acts: tuple[Millis, str, Command], seed: int = 1) -> Session:
    """A drill with stand-ins in all seats, in which somebody does these things at these times."""
    session = a_session()

    def company_of(clock: SimClock) -> Company:
        return Company(session, clock, PLAYERS, profile=skilled(1.0), seed=seed)

    for at, by, command in acts:
        if at > 0:
            play(session, company_of, until=at)
        LocalDesk(session, by, SimClock(at, 0), via="Ann").say(command)
    play(session, company_of)
    return session


def simulated(session: Session, role: str) -> list[ev.Entry]:
    return [entry for entry in session.entries if entry.by == role and entry.via == VIA]


def test_who_sits_down_before_the_start_is_never_played_by_the_stand_in() -> None:
    session = drilled((0, "commander", ANN))
    assert not simulated(session, "commander")
    assert simulated(session, "liaison")


def test_a_lost_line_is_no_reason_to_play_the_seat() -> None:
    session = drilled((0, "commander", ANN), (MINUTE, "commander", LoseSeat(line="l1")))
    assert not simulated(session, "commander")


def test_who_sits_down_in_the_middle_relieves_the_stand_in_from_then_on() -> None:
    session = drilled((4 * MINUTE, "commander", ANN))
    before = simulated(session, "commander")
    assert before
    (taken,) = of(session, ev.SeatTaken)
    assert all(entry.seq < taken.seq for entry in before)
    assert session.state.presence["commander"].is_here


def test_when_the_last_person_has_left_the_stand_in_takes_the_seat_up_again() -> None:
    bob = TakeSeat(line="l2", person=Line("Bob"))
    session = drilled(
        (0, "commander", ANN),
        (0, "commander", bob),
        (3 * MINUTE, "commander", LeaveSeat(line="l1")),
        (5 * MINUTE, "commander", LeaveSeat(line="l2")),
    )
    acts = simulated(session, "commander")
    assert min(entry.at for entry in acts) >= 5 * MINUTE
    assert session.state.presence["commander"].is_here
    assert session.state.injects["alarm"].responses["commander"]


def test_who_moves_frees_one_stand_in_and_relieves_another() -> None:
    session = drilled(
        (0, "commander", ANN), (2 * MINUTE, FACILITATOR, MoveSeat(line="l1", role="liaison"))
    )
    (moved,) = of(session, ev.SeatMoved)
    assert all(entry.seq > moved.seq for entry in simulated(session, "commander"))
    assert simulated(session, "commander")
    assert all(entry.seq < moved.seq for entry in simulated(session, "liaison"))


def live(session: Session, clock: SimClock) -> tuple[Company, Callable[[Millis], None]]:
    company = Company(session, clock, PLAYERS, profile=skilled(1.0), seed=1)

    def go(to: Millis) -> None:
        clock.at = to
        company.advance(to)

    return company, go


@pytest.mark.parametrize("step", [1_000, 20_000])
def test_a_company_that_goes_on_through_it_drops_what_it_was_about(step: Millis) -> None:
    """One company from start to end, as beside the live clock: nobody is made anew."""
    session, clock = a_session(), SimClock(0, 0)
    company, go = live(session, clock)
    LocalDesk(session, FACILITATOR, clock).say(StartDrill())
    ann = LocalDesk(session, "commander", clock, via="Ann")
    for at in range(0, 4 * MINUTE, step):
        go(at)
    ann.say(ANN)
    before = simulated(session, "commander")
    for at in range(clock.at, 8 * MINUTE, step):
        go(at)
    assert before
    assert simulated(session, "commander") == before
    ann.say(LeaveSeat(line="l1"))
    assert not session.state.presence["commander"].is_here
    for at in range(clock.at, 14 * MINUTE, step):
        go(at)
    assert session.state.presence["commander"].is_here
    names = [entry.event.kind for entry in simulated(session, "commander")[len(before) :]]
    assert names[0] in ("call_acknowledged", "role_arrived")
    company.close()


def test_an_answer_from_the_hot_seat_is_not_replaced_by_the_stand_in_that_was_about_to() -> None:
    """The facilitator acts at a desk without taking its seat from the stand-in."""

    def played(own_at: Millis | None = None) -> list[ev.Entry]:
        session, clock = a_session(), SimClock(0, 0)
        company, go = live(session, clock)
        LocalDesk(session, FACILITATOR, clock).say(StartDrill())
        for at in range(0, 8 * MINUTE, 1_000):
            go(at)
            if at == own_at:
                own = GiveResponse(inject="alarm", text=Prose("We wait."))
                LocalDesk(session, "commander", clock, via=FACILITATOR).say(own)
        company.close()
        return [entry for entry in of(session, ev.ResponseGiven) if entry.by == "commander"]

    about_to, *_ = played()
    (given,) = played(about_to.at // 1_000 * 1_000 - 1_000)
    assert given.event.text == "We wait."


def test_the_same_people_at_the_same_times_make_the_same_journal() -> None:
    acts = ((2 * MINUTE, "commander", ANN), (6 * MINUTE, "commander", LeaveSeat(line="l1")))
    assert drilled(*acts).entries == drilled(*acts).entries


# -- the facilitator's hot seat, which no entry tells of -------------------------------------------


def hot_seat(rises_at: Millis | None = None) -> Session:
    """The facilitator sits in the commander's place from minute 1 on, and answers the alarm."""
    session, clock = a_session(), SimClock(0, 0)
    company = Company(session, clock, PLAYERS, profile=skilled(1.0), seed=1)
    facilitator = LocalDesk(session, FACILITATOR, clock)
    facilitator.say(StartDrill())
    rise = None
    for minute in range(1, 31):
        clock.at = minute * MINUTE
        company.advance(clock.at)
        if minute == 1:
            rise = company.relieve("commander")
        if minute == 9:
            seat = LocalDesk(session, "commander", clock, via=FACILITATOR)
            seat.say(Arrive())
            seat.say(GiveResponse(inject="alarm", options=("wait",), text=Prose("")))
        if rise is not None and clock.at == rises_at:
            rise()
    company.close()
    return session


def test_while_the_facilitator_sits_in_its_place_a_stand_in_does_nothing() -> None:
    session = hot_seat()
    assert all(entry.at <= MINUTE for entry in simulated(session, "commander"))
    responses = session.state.injects["alarm"].responses["commander"]
    assert [response.options for response in responses] == [("wait",)]
    assert simulated(session, "liaison")


def test_when_the_facilitator_rises_the_stand_in_goes_on_from_what_was_done() -> None:
    session = hot_seat(rises_at=12 * MINUTE)
    acts = [entry for entry in simulated(session, "commander") if entry.at > MINUTE]
    assert acts
    assert min(entry.at for entry in acts) >= 12 * MINUTE
    responses = session.state.injects["alarm"].responses["commander"]
    assert [response.options for response in responses] == [("wait",)]
