"""Forecasts of a drill under way: its rest is played in a copy, and what is decided is not told."""

import asyncio
import multiprocessing
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from worlds import Play

from drillkit.cli.foresight import SimulatedTeams
from drillkit.core.decide.seats import is_seated
from drillkit.core.fold import fold
from drillkit.journal.sqlite import SqliteJournal
from drillkit.model import events as ev
from drillkit.model.base import FACILITATOR, MINUTE, SECOND
from drillkit.model.commands import (
    Arrive,
    GiveResponse,
    PauseDrill,
    SendMessage,
    TakeSeat,
)
from drillkit.model.text import Line, Prose
from drillkit.packs.profiles import profile
from drillkit.rehearse import forecast as forecasting
from drillkit.rehearse.background import Juncture, Unwanted, forecast_from
from drillkit.rehearse.forecast import copied, forecast, play_on, play_some_on
from drillkit.rehearse.limits import limits
from drillkit.rehearse.play import SimClock, play
from drillkit.standins import Company, StandInCrashed, skilled

EXPERT = skilled(1.0)


def seated(play: Play) -> Play:
    """Ann sits in the commander's place, at her post."""
    play.do("commander", TakeSeat(line="c1", person=Line("Ann")))
    play.do("commander", Arrive(), at=MINUTE)
    play.do("liaison", Arrive(), at=MINUTE)
    return play


def test_the_drill_itself_stays_as_it_is() -> None:
    under_way = seated(Play()).minutes(4)
    before = list(under_way.session.entries)
    copy = copied(under_way.session.entries, 4 * MINUTE)
    assert [entry.event for entry in copy.entries[: len(before)]] == [one.event for one in before]
    play_on(before, 4 * MINUTE, EXPERT, 1)
    assert under_way.session.entries == before
    assert under_way.session.state.stage == "running"


def test_people_leave_their_lines_in_the_copy_and_stay_at_their_posts() -> None:
    under_way = seated(Play()).minutes(2)
    assert is_seated(under_way.session.state, "commander")
    copy = copied(under_way.session.entries, 2 * MINUTE)
    assert not is_seated(copy.state, "commander")
    assert copy.state.presence["commander"].is_here
    assert copy.state.at == 2 * MINUTE


def test_stand_ins_answer_for_those_who_sat_there() -> None:
    under_way = seated(Play()).minutes(2)
    answered = play_on(under_way.session.entries, 2 * MINUTE, EXPERT, 1).numbers
    assert any(name.startswith("answer/alarm/") and answered[name] for name in answered)


def test_the_same_seed_gives_the_same_rest() -> None:
    entries = seated(Play()).minutes(3).session.entries
    one, other = (play_on(entries, 3 * MINUTE, profile("average"), 7) for _ in range(2))
    assert one == other


def test_a_drill_that_stands_paused_is_played_on_from_there() -> None:
    under_way = seated(Play()).minutes(3)
    under_way.do(FACILITATOR, PauseDrill())
    run = play_on(under_way.session.entries, 3 * MINUTE, EXPERT, 1)
    assert run.numbers["score/combined"] is not None


def test_what_was_answered_before_counts_as_it_was() -> None:
    under_way = seated(Play()).minutes(2)
    answer = GiveResponse(inject="alarm", options=("pump-out",), text=Prose("Pumps"))
    under_way.do("commander", answer, at=150_000)
    now = play_on(under_way.session.entries, 150_000, EXPERT, 1).numbers
    later = play_on(under_way.minutes(6).session.entries, 6 * MINUTE, EXPERT, 2).numbers
    names = [name for name in now if name.startswith("answer/alarm/") and "act" in name]
    assert [now[name] for name in names] == [later[name] for name in names]


def test_limits_that_have_run_out_are_not_foretold() -> None:
    nobody = skilled(0.0).model_copy(update={"absent": 1.0, "answers": 0.0})
    plan, scenario = Play().session.state.plan, Play().session.state.scenario
    limit = next(one for one in limits(scenario, plan) if one.name == "arrive/commander")
    early, late = Play().minutes(1), Play().until(limit.seconds * SECOND)

    def told(under_way: Play, at: int) -> set[str]:
        entries = under_way.session.entries
        runs = play_some_on(entries, at, nobody, range(1, 4))
        return {one.limit.name for one in forecast(fold(entries), at, nobody, runs).missed}

    assert "arrive/commander" in told(early, MINUTE)
    assert "arrive/commander" not in told(late, limit.seconds * SECOND)


def test_needs_that_nobody_serves_are_told_with_how_often() -> None:
    nobody = skilled(0.0).model_copy(update={"absent": 1.0})
    entries = Play().minutes(1).session.entries
    runs = play_some_on(entries, MINUTE, nobody, range(1, 4))
    told = forecast(fold(entries), MINUTE, nobody, runs)
    assert told.open_needs
    assert all(one.share == 1.0 for one in told.open_needs)
    assert told.overload is None


def test_old_messages_are_neither_read_nor_answered_anew() -> None:
    under_way = seated(Play()).minutes(2)
    under_way.do("liaison", SendMessage(to=("commander",), text=Prose("Is anybody there?")))
    under_way.minutes(10)
    session = copied(under_way.session.entries, 10 * MINUTE)

    def company_of(clock: SimClock) -> Company:
        company = Company(session, clock, session.script.players, profile=EXPERT, seed=1)
        for person in company.people:
            person.has_seen_until = 10 * MINUTE
        return company

    play(session, company_of)
    replies = [
        entry
        for entry in session.entries
        if isinstance(entry.event, ev.MessageSent) and entry.event.reply_to
    ]
    assert replies == []


def test_a_run_that_breaks_off_is_counted_with_its_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = forecasting.play_on

    def breaking(entries, at, profile, seed):
        if seed == 2:
            raise StandInCrashed("the stand-in of 'liaison' broke off")
        return whole(entries, at, profile, seed)

    monkeypatch.setattr(forecasting, "play_on", breaking)
    entries = seated(Play()).minutes(2).session.entries
    runs = play_some_on(entries, 2 * MINUTE, EXPERT, range(1, 4))
    told = forecast(fold(entries), 2 * MINUTE, EXPERT, runs)
    assert told.runs == 2
    assert [(crash.seed, crash.what) for crash in told.crashes] == [
        (2, "the stand-in of 'liaison' broke off")
    ]


# -- in the background -----------------------------------------------------------------------------


@pytest.fixture
def on_disk(tmp_path: Path) -> Iterator[tuple[Play, Path]]:
    path = tmp_path / "live.drill"
    with closing(SqliteJournal.create(path)) as journal:
        yield seated(Play(journal=journal)).minutes(3), path


def test_it_is_made_from_the_file_while_the_host_writes(on_disk: tuple[Play, Path]) -> None:
    under_way, path = on_disk
    state = under_way.session.state
    juncture = Juncture(path, state.seq, 3 * MINUTE)
    before = list(under_way.session.entries)
    under_way.minutes(9)
    seen: list[tuple[int, int]] = []
    with ThreadPoolExecutor(1) as executor:
        told = forecast_from(juncture, EXPERT, 5, executor, lambda *at: seen.append(at))
    runs = play_some_on(before, 3 * MINUTE, EXPERT, range(1, 6))
    assert told == forecast(fold(before), 3 * MINUTE, EXPERT, runs)
    assert seen[-1] == (5, 5)


def test_what_is_unwanted_ends_at_the_next_report(on_disk: tuple[Play, Path]) -> None:
    under_way, path = on_disk
    juncture = Juncture(path, under_way.session.state.seq, 3 * MINUTE)

    def enough(done: int, _all: int) -> None:
        raise Unwanted(done)

    with ThreadPoolExecutor(1) as executor, pytest.raises(Unwanted):
        forecast_from(juncture, EXPERT, 500, executor, enough)


def test_cancelling_ends_the_processes(on_disk: tuple[Play, Path]) -> None:
    under_way, path = on_disk
    clock = SimClock(3 * MINUTE, 0)

    async def scene() -> float:
        teams = SimulatedTeams(under_way.session, clock, path)
        begun = asyncio.Event()
        task = asyncio.create_task(teams.forecast("average", lambda *_: begun.set()))
        # The processes give way to all else on the machine: on a busy one their start takes long.
        await asyncio.wait_for(begun.wait(), 300)
        assert multiprocessing.active_children()
        task.cancel()
        since = time.monotonic()
        with pytest.raises(asyncio.CancelledError):
            await task
        return time.monotonic() - since

    # Cancelled, it is let go at once; the loop's end waits for the thread behind it.
    assert asyncio.run(scene()) < 1
    assert multiprocessing.active_children() == []
    assert under_way.session.entries[-1].seq == under_way.session.state.seq
