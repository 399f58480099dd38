"""Many terminals at one host, each figure beside what is asked of it: python -m tests.bench.terminals

    [--part NAME ...] [--count 100] [--joiners 300] [--rounds 30]

The host runs in a process of its own on the house's clock; the clients are real SSH clients in
this one. A floor is the same number of bytes written to the same channels with no screen in between.
"""

import asyncio
import os
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from random import Random
from statistics import median
from typing import NamedTuple

import asyncssh
import pyte

from tests.bench.terminals_people import (
    AT_THE_DESK,
    HEIGHT,
    SEATED,
    WIDTH,
    House,
    Person,
    a_house,
    come,
    crowd,
    share,
    when,
)

FULL = 20
"""Injects that fill an inbox, so that each further one moves all of its lines."""
ROUNDS = 10
IDLE = 20.0
TYPISTS, TYPED = 5, 10.0
"""People who type, and for how many seconds; a letter every half a second each."""
JOINING = 60.0
"""Seconds within which all join."""
BEFORE, STALLED = 50, 300
"""Injects before somebody stops reading, and while they do not."""
WINDOW = 16 * 1024
LINGERING = 20.0
"""Seconds that timers which were cancelled may keep the last round's apps in memory."""
MEGA = 1e6
LAG = "worst lag of the loop; worst garbage"


class Row(NamedTuple):
    """One figure: what, how much, what is asked, and whether that holds (None: nothing is asked)."""

    what: str
    measured: str
    asked: str = ""
    holds: bool | None = None


def at_most(what: str, measured: float, asked: float, unit: str, digits: int = 0) -> Row:
    return Row(what, f"{measured:.{digits}f} {unit}", f"<= {asked:g} {unit}", measured <= asked)


class Fan(NamedTuple):
    """One thing told to all: ms until so many had it, bytes and ms of the host's CPU for each."""

    p50: float
    p99: float
    last: float
    bytes: float
    cpu: float


async def fan(house: House, people: Sequence[Person], do: str, mark: str, **more: object) -> Fan:
    """Let the host tell all of them the mark."""
    seen = [person.watch_for(mark.encode()) for person in people]
    cpu = (await house.ask("measure"))["cpu"]
    sent = sum(person.bytes for person in people)
    since = (await house.ask(do, mark=mark, **more))["at"]
    times = await when(seen, since)
    await house.rest()
    # What the asking itself costs is small beside it: a hundred bytes in and out.
    cpu = (await house.ask("measure"))["cpu"] - cpu
    sent = sum(person.bytes for person in people) - sent
    n = len(people)
    return Fan(share(times, 0.5), share(times, 0.99), times[-1], sent / n, cpu * 1000 / n)


def typical(fans: Sequence[Fan]) -> Fan:
    return Fan(*(median(column) for column in zip(*fans, strict=True)))


async def injects(house: House, people: Sequence[Person], name: str) -> list[Row]:
    """Injects to all, beside the floor."""
    rounds = [await fan(house, people, "inject", f"{name}-{n}!") for n in range(ROUNDS)]
    screens = typical(rounds)
    size = round(screens.bytes)
    floors = [await fan(house, people, "floor", f"{name}-f{n}!", size=size) for n in range(ROUNDS)]
    floor = typical(floors)
    allowed = 3 * floor.p99 + screens.cpu * len(people)
    worst = max(one.last for one in rounds)
    return [
        Row(f"{name}: p50 / last", f"{screens.p50:.0f} / {screens.last:.0f} ms"),
        at_most(f"{name}: p99, median of {ROUNDS}", screens.p99, 250, "ms"),
        Row(f"{name}: the last screen of the worst round", f"{worst:.0f} ms"),
        Row(f"{name}: bytes, host's CPU, a screen", f"{size} B, {screens.cpu:.2f} ms"),
        Row(f"{name}: floor's p99; ratio", f"{floor.p99:.0f} ms; {screens.p99 / floor.p99:.1f} x"),
        at_most(f"{name}: p99 beside 3 floors and all paints", screens.p99, round(allowed), "ms"),
    ]


# -- the parts -------------------------------------------------------------------------------------


async def a_crowd(args: Namespace) -> list[Row]:
    """Memory, idling, injects and echoes with people in all roles."""
    rows: list[Row] = []
    async with a_house() as house:
        before = (await house.ask("measure"))["rss"]
        since = time.monotonic()
        people = await crowd(house, args.count, house.roles, SEATED)
        rows.append(Row(f"{args.count} in the lobby", f"{time.monotonic() - since:.1f} s"))
        seen = [person.watch_for(AT_THE_DESK) for person in people]
        times = await when(seen, (await house.ask("start"))["at"])
        rows.append(Row("start to the last desk", f"{times[-1]:.0f} ms"))
        await house.rest()
        after = (await house.ask("measure"))["rss"]
        rows.append(at_most("memory, a terminal", (after - before) / args.count / MEGA, 3, "MB", 2))
        cpu = (await house.ask("measure"))["cpu"]
        await asyncio.sleep(IDLE)
        idle = ((await house.ask("measure"))["cpu"] - cpu) / IDLE
        rows.append(at_most("idle while the drill runs", idle * 100, 2, "% CPU", 2))
        rows += await injects(house, people, "inject")
        for n in range(FULL):
            await fan(house, people, "inject", f"fill-{n}!")
        rows += await injects(house, people, "full-inbox")
        rows += await echoes(house, people[:TYPISTS], Random(args.seed))
        after = (await house.ask("measure"))["rss"]
        rows.append(Row("memory after all that", f"{(after - before) / args.count / MEGA:.2f} MB"))
    return rows


async def one_role(args: Namespace) -> list[Row]:
    """Injects with all people in one role: each of them sees what any of them does."""
    async with a_house() as house:
        await house.ask("start")
        people = await crowd(house, args.count, house.roles[1:2], AT_THE_DESK)
        await house.rest()
        return await injects(house, people, "one-role")


async def echoes(house: House, typists: Sequence[Person], dice: Random) -> list[Row]:
    """Letters typed into the answer to an inject, while injects go to all once a second."""
    for person in typists:
        person.channel.write(b"n")
    await house.rest()
    for person in typists:
        person.channel.write(b"\r")
    await house.rest()
    times: list[float] = []

    async def type_on(person: Person, seed: int) -> None:
        mine = Random(seed)
        typed = "".join(mine.choices("zxqvkj", k=4))
        # One by one: a busy host may draw them so, and then they never stand in one piece.
        for n in range(1, 5):
            await person.write(typed[n - 1 : n].encode(), typed[:n].encode())
        until = time.monotonic() + TYPED
        while True:
            await asyncio.sleep(mine.expovariate(2.0))
            if time.monotonic() > until:
                return
            typed += mine.choice("zxqvkj")
            times.append(await person.write(typed[-1:].encode(), typed[-4:].encode()) * 1000)

    async def tell() -> None:
        for n in range(round(TYPED)):
            await house.ask("inject", mark=f"echo-{n}!")
            await asyncio.sleep(1)

    seeds = [dice.randrange(1 << 30) for _ in typists]
    await house.ask("watch")
    await asyncio.gather(tell(), *map(type_on, typists, seeds))
    told = await house.ask("measure")
    await house.rest()
    times.sort()
    return [
        at_most(f"key to echo, median of {len(times)}", median(times), 20, "ms", 1),
        Row("key to echo, p95 / worst", f"{share(times, 0.95):.0f} / {times[-1]:.0f} ms"),
        Row(LAG, f"{told['lag'] * 1000:.0f}; {told['swept'] * 1000:.0f} ms"),
    ]


async def joining(args: Namespace) -> list[Row]:
    """People come evenly within a minute while the script releases an inject to all every five seconds."""
    refused = Counter[str]()
    times: list[float] = []
    async with a_house(beats=round(JOINING) + 15) as house:
        # As in a house where the facilitator sits already: the first screen of all loads the most.
        await come(house, args.joiners, house.roles[0], SEATED)
        await house.ask("start")
        await house.ask("watch")
        cpu, began = (await house.ask("measure"))["cpu"], time.monotonic()

        async def one(nth: int) -> None:
            await asyncio.sleep(nth * JOINING / args.joiners)
            since = time.monotonic()
            try:
                await come(house, nth, house.roles[nth % len(house.roles)], AT_THE_DESK)
            except (asyncssh.Error, OSError, TimeoutError) as problem:
                refused[f"{type(problem).__name__}: {problem}"] += 1
            else:
                times.append(time.monotonic() - since)

        await asyncio.gather(*(one(nth) for nth in range(args.joiners)))
        told = await house.ask("measure")
        busy = (told["cpu"] - cpu) / (time.monotonic() - began)
    times.sort()
    return [
        Row(f"{args.joiners} join in {JOINING:.0f} s: refused", f"{refused.total()} {dict(refused) or ''}", "0", not refused),
        Row("time to join, p50 / p99", f"{share(times, 0.5):.2f} / {share(times, 0.99):.2f} s"),
        at_most(f"latest of {told['released']} releases", told["late"], 250, "ms"),
        Row(LAG, f"{told['lag'] * 1000:.0f}; {told['swept'] * 1000:.0f} ms"),
        Row("host's CPU meanwhile", f"{busy * 100:.0f} %"),
    ]  # fmt: skip


async def stalled(args: Namespace) -> list[Row]:
    """Somebody stops reading; nobody else may notice, and nothing may pile up for them."""
    count = max(4, args.count // 4)
    async with a_house() as house:
        await house.ask("start")
        people = await crowd(house, count, house.roles, AT_THE_DESK)
        role = house.roles[0]
        sleeper = await come(house, count, role, AT_THE_DESK, window=WINDOW)
        twin = await come(house, count + 1, role, AT_THE_DESK, window=WINDOW)
        await house.rest()

        async def run(name: str, rounds: int) -> tuple[float, int]:
            """The median of the rounds' p99, and the most bytes that waited for one line."""
            times: list[float] = []
            most = 0
            for n in range(rounds):
                seen = [person.watch_for(f"{name}-{n}!".encode()) for person in people]
                since = (await house.ask("inject", mark=f"{name}-{n}!"))["at"]
                times.append(share(await when(seen, since), 0.99))
                queues = (await house.ask("queues"))["queues"]
                most = max(most, *(channel + socket for channel, socket, _ in queues))
            return median(times), most

        # The inbox is full before anybody stalls, so that all rounds cost the same.
        await run("fill", FULL)
        before, _ = await run("before", BEFORE)
        sleeper.channel.pause_reading()
        during, most = await run("during", STALLED)
        sleeper.channel.resume_reading()
        until = time.monotonic() + 15
        while screen(sleeper) != screen(twin) and time.monotonic() < until:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.5)
        is_same = screen(sleeper) == screen(twin)
        is_there = f"during-{STALLED - 1}!" in "".join(screen(sleeper))
        return [
            Row("others' p99 before / while one reads nothing", f"{before:.0f} / {during:.0f} ms", "<= 1.1 x", during <= before * 1.1),
            at_most(f"most that waited for it in {STALLED} injects", most / 1000, 100, "KB"),
            Row("its screen afterwards, beside one like it", "the same" if is_same else "another", "the same", is_same and is_there),
        ]  # fmt: skip


def screen(person: Person) -> list[str]:
    """The person's screen as a terminal draws it, without the clock and the lines' ends."""
    drawn = pyte.Screen(WIDTH, HEIGHT)
    pyte.ByteStream(drawn).feed(bytes(person.kept or b""))
    return [line.rstrip() for line in drawn.display[1:]]


async def leaving(args: Namespace) -> list[Row]:
    """People come and go, half by ctrl+q and half without a word; nothing of them may stay."""
    async with a_house() as house:
        await house.ask("start")
        start = await house.ask("collect")
        after: list[dict[str, float]] = []
        for _ in range(args.rounds):
            people = await crowd(house, args.count // 2, house.roles, AT_THE_DESK)
            for nth, person in enumerate(people):
                if nth % 2:
                    person.link.abort()
                else:
                    person.channel.write(b"\x11")
            while (await house.ask("measure"))["lines"]:  # noqa: ASYNC110 - it is another process
                await asyncio.sleep(0.05)
            for person in people:
                person.link.abort()
            await asyncio.sleep(0.2)
            after.append(await house.ask("collect"))
        until = time.monotonic() + LINGERING
        while after[-1]["apps"] and time.monotonic() < until:
            await asyncio.sleep(1)
            after[-1] = await house.ask("collect")
        third, end = after[min(2, args.rounds - 1)], after[-1]
        what = f"{args.rounds} rounds of {args.count // 2}"
        return [
            Row(
                f"{what}: memory at start, round 3, end",
                " / ".join(f"{one['rss'] / MEGA:.0f}" for one in (start, third, end)) + " MB",
                "<= 1.2 x",
                end["rss"] <= 1.2 * start["rss"],
            ),
            at_most("end beside round 3", end["rss"] / third["rss"], 1.2, "x", 2),
            Row("tasks more than at the start", f"{end['tasks'] - start['tasks']:.0f}", "0", end["tasks"] <= start["tasks"]),
            Row("apps alive", f"{end['apps']:.0f}", "0", end["apps"] == 0),
            Row("entries in the journal", f"{end['entries']:.0f}"),
        ]  # fmt: skip


PARTS: dict[str, Callable[[Namespace], Awaitable[list[Row]]]] = {
    "crowd": a_crowd,
    "one-role": one_role,
    "joining": joining,
    "stalled": stalled,
    "leaving": leaving,
}


def main() -> None:
    """Print the table of the parts that are asked for."""
    parser = ArgumentParser()
    parser.add_argument("--part", action="append", choices=PARTS)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--joiners", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    for name in args.part or PARTS:
        before = os.getloadavg()[0]
        rows = asyncio.run(PARTS[name](args))
        print(
            f"{name}, {args.count} terminals (load {before:.1f} before, {os.getloadavg()[0]:.1f} after)"
        )
        for row in rows:
            verdict = "" if row.holds is None else "holds" if row.holds else "FAILS"
            print(f"  {row.what:46} {row.measured:>24}  {row.asked:12} {verdict}", flush=True)


if __name__ == "__main__":
    main()
