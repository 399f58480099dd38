"""The wall clock drives the drill: pauses, speed, jumps and crashes, on a clock that tests turn."""

import asyncio

import pytest
from worlds import Play

from drillkit.journal import MemoryJournal
from drillkit.live import MARK_EVERY, Live, LiveClock, come_back
from drillkit.model.base import MINUTE, SECOND
from drillkit.model.commands import EndDrill, PauseDrill, ResumeDrill, SetSpeed, StartDrill
from drillkit.model.events import ClockMarked, FormFilled, InjectReleased
from drillkit.model.form import Form
from drillkit.packs.forms import forms
from drillkit.session import Session
from drillkit.standins import Company, skilled


class FrozenClock:
    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


class Hall:
    """A live drill whose wall clock is turned by hand."""

    def __init__(
        self,
        *,
        ends_itself: bool = False,
        looks_back: bool = False,
        handed: tuple[Form, ...] = (),
    ) -> None:
        self.frozen = FrozenClock()
        self.session = Play(started=False, forms=handed).session
        self.clock = LiveClock(self.session, self.frozen, lambda: int(self.frozen.seconds * 1000))
        self.live = Live(self.session, self.clock, ends_itself=ends_itself, looks_back=looks_back)

    def wait(self, seconds: float, grain: float = 5.0) -> "Hall":
        """Let the wall clock go on; the loop looks up every `grain` seconds."""
        end = self.frozen.seconds + seconds
        while self.frozen.seconds < end:
            self.frozen.seconds = min(end, self.frozen.seconds + grain)
            self.live.step()
        return self

    def released(self) -> dict[str, int]:
        records = self.session.state.injects.values()
        return {record.id: record.released.at for record in records if record.released}


def test_before_the_start_no_time_passes() -> None:
    hall = Hall().wait(600)
    assert hall.clock.now() == 0
    hall.live.send(StartDrill())
    assert hall.wait(60).clock.now() == MINUTE


def test_after_a_pause_of_ten_minutes_the_next_inject_comes_ten_minutes_later_and_alone() -> None:
    hall = Hall()
    hall.live.send(StartDrill())
    hall.wait(60)
    hall.live.send(PauseDrill())
    hall.wait(600)
    assert hall.released() == {}
    hall.live.send(ResumeDrill())
    hall.wait(59)
    assert hall.released() == {}
    hall.wait(2)
    assert hall.released() == {"alarm": 2 * MINUTE}
    entry = next(e for e in hall.session.entries if isinstance(e.event, InjectReleased))
    assert entry.wall == pytest.approx((100 + 60 + 600 + 60) * 1000, abs=5000)


def test_a_change_of_speed_holds_from_now_on_and_never_rescales_the_past() -> None:
    hall = Hall()
    hall.live.send(StartDrill())
    hall.wait(600)
    hall.live.send(SetSpeed(speed=2.0))
    hall.wait(300)
    assert hall.clock.now() == 20 * MINUTE


def test_speed_set_in_a_pause_holds_after_it() -> None:
    hall = Hall()
    hall.live.send(StartDrill())
    hall.wait(60)
    hall.live.send(PauseDrill())
    hall.live.send(SetSpeed(speed=10.0))
    hall.wait(60)
    assert hall.clock.now() == MINUTE
    hall.live.send(ResumeDrill())
    assert hall.wait(6).clock.now() == 2 * MINUTE


def test_a_pause_one_second_after_a_release_blocks_the_next() -> None:
    hall = Hall()
    hall.live.send(StartDrill())
    hall.wait(121, grain=1)
    assert set(hall.released()) == {"alarm"}
    hall.live.send(PauseDrill())
    hall.wait(3600)
    assert set(hall.released()) == {"alarm"}


def test_a_quiet_clock_is_marked_so_that_a_crash_loses_little() -> None:
    hall = Hall()
    hall.live.send(StartDrill())
    hall.wait(115, grain=1)
    marks = [entry.at for entry in hall.session.entries if isinstance(entry.event, ClockMarked)]
    assert len(marks) == 11
    assert hall.clock.now() - hall.session.state.at <= MARK_EVERY + SECOND


def test_after_a_crash_the_drill_stands_paused_where_its_journal_ends() -> None:
    hall = Hall()
    hall.live.send(StartDrill())
    hall.wait(95, grain=1)
    journal = MemoryJournal()
    for entry in hall.session.entries:
        from drillkit.journal import Draft

        journal.append(
            entry.seq - 1,
            f"copy-{entry.seq}",
            [Draft(at=entry.at, wall=entry.wall, by=entry.by, event=entry.event)],
        )
    after = FrozenClock()
    session = Session(journal)
    clock = LiveClock(session, after, lambda: 0)
    live = Live(session, clock)
    stood = session.state.at
    after.seconds += 60
    come_back(live)
    after.seconds += 3600
    live.step()
    assert session.entries[-1].at == stood
    assert session.state.stage == "paused"
    assert clock.now() == stood
    live.send(ResumeDrill())
    after.seconds += 10
    live.step()
    assert clock.now() == stood + 10 * SECOND


def test_without_a_facilitator_the_drill_ends_with_its_script() -> None:
    hall = Hall(ends_itself=True)
    hall.live.send(StartDrill())
    hall.wait(3601, grain=10)
    assert hall.session.state.stage == "ended"
    assert hall.session.state.at == pytest.approx(60 * MINUTE, abs=10 * SECOND)


def test_the_loop_sleeps_until_something_is_due_and_wakes_when_somebody_acts() -> None:
    async def scene() -> int:
        hall = Hall()
        loop = asyncio.create_task(hall.live.run())
        await asyncio.sleep(0)
        hall.live.send(StartDrill())
        hall.live.send(EndDrill())
        await asyncio.wait_for(loop, 5)
        return hall.session.state.seq

    assert asyncio.run(scene()) > 0


@pytest.mark.parametrize("looks_back", [True, False])
def test_stand_ins_give_feedback_at_the_end_only_where_nobody_real_is_asked(
    looks_back: bool,
) -> None:
    async def scene() -> list[str]:
        hall = Hall(looks_back=looks_back, handed=forms())
        hall.live.add(
            [Company(hall.session, hall.clock, ["commander"], profile=skilled(0.9), seed=1)]
        )
        loop = asyncio.create_task(hall.live.run())
        await asyncio.sleep(0)
        hall.live.send(StartDrill())
        hall.live.send(EndDrill())
        await asyncio.wait_for(loop, 5)
        return [e.via for e in hall.session.entries if isinstance(e.event, FormFilled)]

    assert asyncio.run(scene()) == (["stand-in"] if looks_back else [])


def test_stand_ins_with_nothing_to_do_let_the_loop_sleep() -> None:
    hall = Hall()
    company = Company(hall.session, hall.clock, ["commander"], profile=skilled(0.9), seed=1)
    hall.live.add([company])
    hall.live.send(StartDrill())
    for _ in range(40):
        hall.wait(0.25, grain=0.25)
        following = company.peek()
        assert following is None or following > hall.clock.now()
