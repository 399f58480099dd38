"""A crowd at the door: silent, noisy, guessing. Honest people get in meanwhile, and the log stays
short."""

import asyncio
import logging
import time

import asyncssh
import pytest
from worlds_host import Visitor, a_house, connected, on_loop, terminal, until

from drillkit.host.admission import Admission
from drillkit.host.doorstep import Doorstep
from drillkit.host.notes import EACH, Notes
from drillkit.host.ssh import Gate, Limits, _Visitor

WRONG = "AAAA-BBBB-CCCC-DDDD"


async def an_honest_person_gets_in(house, seconds: float = 5.0, seat: str = "medical") -> float:
    began = time.monotonic()
    async with connected(house, seat) as connection:
        _, screen = await terminal(connection)
        await until(lambda: f"seat {seat}" in screen.text, seconds)
    return time.monotonic() - began


# -- who stands there ------------------------------------------------------------------------------


class Someone:
    def __init__(self, place: str, *, is_silent: bool = True) -> None:
        self.place = place
        self.is_silent = is_silent
        self.is_gone = False

    def send_away(self) -> None:
        self.is_gone = True


def test_of_a_crowd_the_oldest_silent_one_of_the_largest_group_goes():
    step = Doorstep(6)
    talking = Someone("a", is_silent=False)
    silent = [Someone("a") for _ in range(3)]
    others = [Someone("b"), Someone("c")]
    for one in (talking, *silent, *others):
        step.come(one)
    step.come(Someone("d"))
    assert [one.is_gone for one in silent] == [True, False, False]
    for _ in range(2):
        step.come(Someone("a"))
    assert [one.is_gone for one in silent] == [True, True, True]
    assert not talking.is_gone
    assert not any(one.is_gone for one in others)
    assert len(step) == 6


def test_a_newcomer_always_finds_room_and_one_who_speaks_outlasts_the_silent():
    step = Doorstep(10)
    honest = Someone("a")
    for _ in range(50):
        step.come(Someone("a", is_silent=False))
    step.come(honest)
    assert not honest.is_gone
    honest.is_silent = False
    for _ in range(200):
        step.come(Someone("b"))
    assert not honest.is_gone
    assert len(step) == 10


@on_loop
async def test_five_hundred_silent_sockets_keep_nobody_out():
    async with a_house() as house:
        crowd = [await asyncio.open_connection("127.0.0.1", house.port) for _ in range(500)]
        assert await an_honest_person_gets_in(house) < 5
        await until(lambda: house.gate.at_the_door <= house.gate.limits.at_the_door)
        for _, writer in crowd:
            writer.transport.abort()
        await until(lambda: house.gate.at_the_door == 0)


@on_loop
async def test_a_version_without_an_end_is_waited_for_only_so_long():
    async with a_house(Limits(login_seconds=0.3)) as house:
        reader, writer = await asyncio.open_connection("127.0.0.1", house.port)
        writer.write(b"SSH-2.0-sl")
        assert await reader.read() == b"SSH-2.0-drillkit\r\n"
        writer.close()
        assert house.gate.at_the_door == 0
        await an_honest_person_gets_in(house)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\x00" * 5000,
        b"SSH-1.5-old\r\n",
        b"SSH-2.0-\xff\xfe\r\n",
        b"SSH-2.0-" + b"x" * 5000 + b"\r\n",
        b"SSH-2.0-a\r\n" + b"\xff" * 500,
        b"SSH-2.0-a\r\n" + b"\x00\x00\x00\x0c\x0a\x14" + b"\x00" * 40,
        b"SSH-2.0-a\r\n",
    ],
    ids=range(9),
)
@on_loop
async def test_garbage_and_a_break_in_the_handshake_end_that_connection_only(sent, caplog):
    async with a_house() as house:
        for _ in range(20):
            _, writer = await asyncio.open_connection("127.0.0.1", house.port)
            writer.write(sent)
            await writer.drain()
            writer.close()
        await until(lambda: house.gate.at_the_door == 0)
        await an_honest_person_gets_in(house)
    # asyncio warns of what it wrote to somebody who had gone; a host keeps its errors only.
    loud = [one for one in caplog.records if one.levelno >= logging.WARNING]
    assert [one for one in loud if (one.name, one.levelname) != ("asyncio", "WARNING")] == []


@on_loop
async def test_closing_waits_for_nobody_who_is_silent_idle_or_does_not_read():
    async with a_house() as house:
        reader, writer = await asyncio.open_connection("127.0.0.1", house.port)
        async with connected(house), connected(house, "liaison", window=32 * 1024) as stalled:
            channel, screen = await terminal(stalled)
            await until(lambda: "seat liaison" in screen.text)
            channel.pause_reading()
            began = time.monotonic()
            await house.gate.close()
            assert time.monotonic() - began < 4
            assert not house.gate.visitors
        await reader.read()
        writer.close()


# -- who guesses -----------------------------------------------------------------------------------


async def guess(house, address: str) -> None:
    """Guess on one connection until it is ended."""
    try:
        connection, _ = await asyncssh.create_connection(
            lambda: Visitor(WRONG),
            "127.0.0.1",
            house.port,
            local_addr=(address, 0),
            username="medical",
            known_hosts=None,
            client_keys=None,
            agent_path=None,
            preferred_auth="keyboard-interactive",
            config=[],
        )
        connection.abort()
    except (OSError, asyncssh.Error):
        pass


async def guess_on(house, address: str) -> None:
    while True:
        await guess(house, address)
        await asyncio.sleep(0)


@on_loop
async def test_many_guess_in_parallel_and_honest_people_elsewhere_get_in_at_once(caplog):
    caplog.set_level(logging.INFO)
    async with a_house() as house:
        attack = [
            asyncio.create_task(guess_on(house, address))
            for address in ["127.0.0.2"] * 15 + [f"127.0.1.{n}" for n in range(1, 16)]
        ]
        await until(lambda: len(house.admission.attempts) > 20)
        took = [await an_honest_person_gets_in(house, seat=seat) for seat in ("medical", "liaison")]
        for task in attack:
            task.cancel()
        await asyncio.gather(*attack, return_exceptions=True)
        assert max(took) < 4
        by_one = [one for one in house.admission.attempts if one.address == "127.0.0.2"]
        # A quarter, a half, one, two seconds and so on: many connections are no faster than one.
        assert 1 <= len(by_one) <= 6
        await until(lambda: not house.gate._guesses)
        assert not house.gate._turns


@on_loop
async def test_codes_that_wait_are_bounded_and_leave_with_their_connections():
    async with a_house(Limits(guesses=3)) as house:
        for _ in range(12):
            house.admission.admit("10.0.0.1", "medical", WRONG)
        tasks = [
            asyncio.create_task(house.gate.check("10.0.0.1", "medical", house.codes["medical"]))
            for _ in range(10)
        ]
        await until(lambda: sum(task.done() for task in tasks) == 7)
        assert not any(task.result() for task in tasks if task.done())
        assert await house.gate.check("10.0.0.2", "medical", house.codes["medical"])
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert (len(house.gate._guesses), len(house.gate._turns)) == (0, 0)


def test_asking_under_ever_other_names_ends_the_connection():
    class Connection:
        ended = 0

        def disconnect(self, code: int, reason: str) -> None:
            self.ended += 1

    gate = Gate(Admission(time.monotonic), None, Limits())
    visitor = _Visitor(gate)
    visitor._conn = connection = Connection()
    for n in range(50):
        assert visitor.begin_auth(f"seat{n}")
    assert connection.ended == 1


# -- the log ---------------------------------------------------------------------------------------


@on_loop
async def test_a_flood_of_one_kind_is_told_as_a_number(caplog):
    caplog.set_level(logging.INFO)
    notes = Notes()
    for n in range(5000):
        notes.make("wrong", "from %s", n)
    notes.make("crowd", "a crowd")
    assert len(caplog.records) == EACH + 1
    notes.close()
    assert caplog.records[-1].getMessage() == (
        f"wrong: {5000 - EACH} more like these were not written down"
    )
    assert len(caplog.records) == EACH + 2
    notes.make("wrong", "again")
    assert caplog.records[-1].getMessage() == "again"
    notes.close()


@on_loop
async def test_thousands_of_attempts_write_a_few_lines(caplog):
    caplog.set_level(logging.INFO, "drillkit.host")
    async with a_house() as house:
        house.admission.clock = iter(range(0, 10**9, 3600)).__next__
        for n in range(3000):
            await house.gate.check(f"10.0.{n >> 8}.{n & 255}", "medical", WRONG)
        assert len(caplog.records) == EACH
    assert "2980 more like these" in caplog.records[-1].getMessage()
    assert house.codes["medical"] not in caplog.text
    assert WRONG not in caplog.text
