"""People in the room: each at a terminal of their own, over SSH, in the one drill."""

import asyncio
import gc
import time
import weakref
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual._styles_cache import StylesCache
from worlds import Play, a_scenario
from worlds_host import KEY, House, connected, on_loop, terminal, until
from worlds_ui import settled

from drillkit.host.admission import Admission
from drillkit.host.listening import listen
from drillkit.host.room import GRACE, HostDoor, RemoteTerminal, Room
from drillkit.host.ssh import Gate, Limits
from drillkit.model.base import FACILITATOR, MINUTE
from drillkit.model.commands import (
    AddInject,
    EndDrill,
    LeaveSeat,
    LoseSeat,
    MoveSeat,
    PauseDrill,
    StartDrill,
    TakeSeat,
)
from drillkit.model.events import (
    DoorChanged,
    SeatLeft,
    SeatLost,
    SeatMoved,
    SeatRegained,
    SeatTaken,
)
from drillkit.model.form import Form
from drillkit.model.text import Line, Prose
from drillkit.packs.forms import forms
from drillkit.rehearse.play import SimClock


@asynccontextmanager
async def a_room(handed: tuple[Form, ...] = ()) -> AsyncIterator[tuple[Room, House, Play]]:
    play = Play(started=False, forms=handed)
    admission = Admission(time.monotonic)
    clock = SimClock(0, 0)
    room = Room(play.session, clock, "en", admission, lambda: None)
    codes = admission.issue(room.seats)
    gate = Gate(admission, room.serve, Limits())
    house = House(gate, admission, codes)
    house.port = await gate.open(listen("127.0.0.1", 0), KEY)
    try:
        yield room, house, play
    finally:
        await gate.close()


def kinds(play: Play) -> list[str]:
    seated = (SeatTaken, SeatLost, SeatRegained, SeatLeft, SeatMoved)
    return [e.event.kind for e in play.session.entries if isinstance(e.event, seated)]


async def sit(connection, name: bytes):
    channel, screen = await terminal(connection, 100, 30)
    await until(lambda: "EXERCISE" in screen.text)
    channel.write(name + b"\r")
    return channel, screen


@on_loop
async def test_a_person_gives_a_name_reads_the_briefing_and_goes_in_when_play_begins():
    async with a_room() as (_, house, play), connected(house, "liaison") as connection:
        channel, screen = await sit(connection, "王芳".encode())
        await until(lambda: "It rains." in screen.text)
        seat = next(iter(play.session.state.seats.values()))
        assert (seat.role, seat.person) == ("liaison", "王芳")
        channel.write(b"r")
        await until(lambda: seat.ready)
        play.do(FACILITATOR, StartDrill())
        await until(lambda: "CALLED OUT" in screen.text)
        channel.write(b"\r")
        await until(lambda: play.session.state.presence["liaison"].acknowledged)
        assert play.session.entries[-1].via == "王芳"


@on_loop
async def test_a_lost_line_is_no_departure_and_the_same_person_comes_back_to_the_same_seat():
    async with a_room() as (room, house, play):
        play.do(FACILITATOR, StartDrill())
        async with connected(house, "liaison") as connection:
            channel, screen = await sit(connection, b"Ann")
            await until(lambda: "CALLED OUT" in screen.text)
            channel.write(b"\r")
            await until(lambda: "POST" in screen.text)
            channel.write(b"\r")
            await until(lambda: play.session.state.presence["liaison"].is_here)
        await until(lambda: "seat_lost" in kinds(play))
        assert play.session.state.presence["liaison"].is_here
        async with connected(house, "liaison") as connection:
            _, screen = await terminal(connection, 100, 30)
            await until(lambda: "Inbox" in screen.text)
            assert kinds(play) == ["seat_taken", "seat_lost", "seat_regained"]
        await until(lambda: kinds(play)[-1] == "seat_lost")
        id = next(iter(play.session.state.seats))
        room._give_up(id)
        assert kinds(play)[-1] == "seat_left"
        assert not play.session.state.presence["liaison"].is_here
        assert GRACE >= 60


@on_loop
async def test_after_the_end_the_journal_tells_of_no_departure_that_would_sign_a_nameless_form():
    async with a_room(forms()) as (room, house, play):
        play.do(FACILITATOR, StartDrill())
        async with connected(house, "liaison") as connection:
            channel, screen = await sit(connection, b"Ann")
            await until(lambda: "CALLED OUT" in screen.text)
            play.do(FACILITATOR, EndDrill())
            await until(lambda: "say how it went" in screen.text)
            channel.write(b"\r")
            await until(lambda: "by name or" in screen.text or "Name" in screen.text)
            for key in (b"\x1b[C", b"\x1b[B", b"Less noise"):
                await settled(next(iter(room._apps.values())))
                channel.write(key)
            await settled(next(iter(room._apps.values())))
            channel.write(b"\x13")
            await until(lambda: "are empty" in screen.text)
            channel.write(b"y")
            await until(lambda: play.session.entries[-1].event.kind == "form_filled")
            channel.write(b"\x11")
            await until(lambda: screen.is_closed)
        async with connected(house, "liaison") as connection:
            _, screen = await sit(connection, b"Ann")
            await until(lambda: "The drill is over. Thank you." in screen.text)
        await until(lambda: not room.lines())
        filled = next(e for e in play.session.entries if e.event.kind == "form_filled")
        assert (filled.by, filled.via) == ("observer", "")
        after = [e.event.kind for e in play.session.entries[filled.seq + 1 :]]
        # Ann was seen to come back, and at no time to go.
        assert after == ["seat_left", "seat_taken"]


@on_loop
async def test_whoever_quits_leaves_the_seat_and_gets_the_terminal_back_as_it_was():
    async with a_room() as (_, house, play), connected(house, "liaison") as connection:
        channel, screen = await sit(connection, b"Ann")
        await until(lambda: kinds(play) == ["seat_taken"])
        channel.write(b"\x11")
        await until(lambda: screen.is_closed)
        assert kinds(play) == ["seat_taken", "seat_left"]
        for end in (b"\x1b[?1049l", b"\x1b[?1000l", b"\x1b[?25h", b"\x1b[?2004l"):
            assert bytes(screen.received).rfind(end) > bytes(screen.received).rfind(
                end[:-1] + b"h"
            ) or end.endswith(b"h")


@on_loop
async def test_a_person_moves_to_another_role_with_the_facilitators_consent():
    async with a_room() as (_, house, play), connected(house, "liaison") as connection:
        play.do(FACILITATOR, StartDrill())
        _, screen = await sit(connection, b"Ann")
        await until(lambda: play.session.state.seats)
        id = next(iter(play.session.state.seats))
        play.do(FACILITATOR, MoveSeat(line=id, role="supplies"))
        await until(lambda: "Supplies" in screen.text.splitlines()[0])


@on_loop
async def test_the_facilitator_can_drop_a_line_bar_a_seat_and_renew_a_code():
    async with a_room() as (room, house, play):
        door = HostDoor(room)
        async with connected(house, "liaison") as connection:
            _, screen = await sit(connection, b"Ann")
            await until(lambda: door.lines() and door.lines()[0].person == "Ann")
            door.drop(door.lines()[0].line)
            await until(lambda: screen.is_closed)
        old = house.codes["liaison"]
        assert house.admission.admit("192.0.2.1", "liaison", old) == "right"
        new = door.renew("liaison")
        assert house.admission.admit("192.0.2.1", "liaison", old) == "wrong"
        door.bar("liaison", True)
        assert house.admission.admit("192.0.2.2", "liaison", new) == "barred"
        assert door.barred() == {"liaison"}
        door.revoke("liaison")
        assert house.admission.admit("192.0.2.3", "liaison", new) == "revoked"
        assert [one.outcome for one in door.attempts()][:2] == ["revoked", "barred"]
        assert door.attempts()[0].seat == "liaison"
        assert door.revoked() == {"liaison"}
        told = [e.event for e in play.session.entries if isinstance(e.event, DoorChanged)]
        assert {event.seat for event in told} == {"liaison"}
        assert [event.change for event in told] == ["dropped", "renewed", "barred", "revoked"]


@on_loop
async def test_what_one_types_changes_nothing_on_anothers_terminal_but_where_it_is_shown():
    hostile = "\x1b]52;c;aGk=\x07 [@click=app.quit]x[/] [/b] \u202e \x9b2J end"
    async with a_room() as (_, house, play), connected(house, "liaison") as connection:
        play.do(FACILITATOR, StartDrill())
        _, screen = await sit(connection, b"Ann")
        await until(lambda: "CALLED OUT" in screen.text)
        inject = AddInject(
            title=Line(hostile), body=Prose(hostile), sender="office", to=("liaison",)
        )
        play.do(FACILITATOR, inject)
        await until(lambda: "click=app.quit" in screen.text)
        sent = bytes(screen.received)
        assert b"\x1b]52" not in sent
        assert b"\xc2\x9b" not in sent
        assert "\u202e".encode() not in sent


@on_loop
async def test_a_participants_bytes_hold_no_inject_of_others_or_of_the_future():
    async with a_room() as (_, house, play), connected(house, "supplies") as connection:
        play.do(FACILITATOR, StartDrill())
        channel, screen = await sit(connection, b"Bo")
        await until(lambda: "CALLED OUT" in screen.text)
        play.until(9 * MINUTE)
        play.do(FACILITATOR, PauseDrill())
        for key in (b"\r", b"2", b"3", b"7", b"8", b"\x1bOP", b"\x1b", b"\x10", b"\x1b"):
            channel.write(key)
            await asyncio.sleep(0.15)
        sent = bytes(screen.received).decode("utf-8", "replace")
        for inject in a_scenario().injects:
            assert inject.body.en not in sent
            assert f" {inject.title.en} " not in sent or inject.id == "spare"


@on_loop
async def test_no_app_outlives_its_terminal():
    async with a_room() as (_, house, _play):
        alive: list[weakref.ref] = []
        for round_ in range(6):
            async with connected(house, "liaison") as connection:
                channel, screen = await sit(connection, b"Ann")
                await until(
                    lambda screen=screen: "It rains." in screen.text or "Inbox" in screen.text
                )
                alive += [
                    weakref.ref(one) for one in gc.get_objects() if isinstance(one, RemoteTerminal)
                ]
                if round_ % 2:
                    channel.write(b"\x11")
                    await until(lambda screen=screen: screen.is_closed)
            await until(lambda: not house.gate.lines)
        gc.collect()
        await asyncio.sleep(0.05)
        gc.collect()
        assert sum(ref() is not None for ref in alive) <= 1


@on_loop
async def test_of_terminals_that_have_gone_nothing_that_they_drew_is_kept():
    """Strips of closed terminals were held by a cache of Textual's; see leaks."""
    # Apps of other tests, which leave them in other ways, may still be about.
    others = {id(one): one for one in gc.get_objects() if isinstance(one, StylesCache)}
    async with a_room() as (room, house, _play):
        for round_ in range(7):
            async with connected(house, "liaison") as connection:
                channel, screen = await sit(connection, b"Ann%d" % round_)
                await until(lambda screen=screen: "It rains." in screen.text)
                if round_ % 2:
                    channel.write(b"\x11")
                    await until(lambda screen=screen: screen.is_closed)
            await until(lambda: not house.gate.lines)
        # The timers that wait for those who were lost hold nothing of their terminals.
        assert room._grace
        gc.collect()
        await asyncio.sleep(0.05)
        gc.collect()
        kept = [one for one in gc.get_objects() if isinstance(one, StylesCache)]
        assert all(id(one) in others for one in kept)


@on_loop
async def test_the_same_person_at_another_terminal_takes_the_seat_over_with_its_drafts():
    async with a_room() as (room, house, play), connected(house, "liaison") as first:
        play.do(FACILITATOR, StartDrill())
        _, hung = await sit(first, "王芳".encode())
        await until(lambda: "CALLED OUT" in hung.text)
        drafts = room._drafts["liaison", "王芳"]
        async with connected(house, "liaison") as second:
            _, screen = await sit(second, "王芳".encode())
            await until(lambda: "CALLED OUT" in screen.text)
            await until(lambda: hung.is_closed)
            assert "another terminal" in " ".join(hung.text.split())
            assert kinds(play) == ["seat_taken", "seat_left", "seat_taken"]
            await until(lambda: len(room.lines()) == 1)
            (id,) = room.lines()
            assert room._drafts_at("liaison", id) is drafts
            seats = play.session.state.seats.values()
            assert [seat.person for seat in seats if seat.left is None] == ["王芳"]
        await until(lambda: kinds(play)[-1] == "seat_lost")


@on_loop
async def test_after_a_restart_whoever_does_not_come_back_loses_the_seat(monkeypatch):
    monkeypatch.setattr("drillkit.host.room.GRACE", 0.2)
    async with a_room() as (room, house, play):
        for line, person in (("l1", "Ann"), ("l2", "Bo")):
            play.do("liaison", TakeSeat(line=line, person=Line(person)))
        play.do("supplies", TakeSeat(line="l3", person=Line("Cy")))
        play.do("liaison", LoseSeat(line="l1"))
        play.do("liaison", LeaveSeat(line="l2"))
        room.await_the_lost()
        assert kinds(play).count("seat_lost") == 2
        async with connected(house, "supplies") as connection:
            await terminal(connection, 100, 30)
            await until(lambda: kinds(play)[-2:] == ["seat_regained", "seat_left"])
            seats = play.session.state.seats
            assert seats["l1"].left
            assert not seats["l3"].left
