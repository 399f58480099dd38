"""Whether a forecast is felt at the terminals: python -m tests.bench.forecast [--count 10]

Ten people type at real SSH terminals while injects come to all; first with nothing beside it, then
while one forecast after the other is made. The runs of this small drill are short, so that the host
hears of many more of them than in a real one.
"""

import asyncio
import os
from argparse import ArgumentParser, Namespace
from random import Random

from tests.bench.terminals import FULL, Row, echoes
from tests.bench.terminals_people import AT_THE_DESK, a_house, crowd


async def measured(args: Namespace) -> list[tuple[str, Row]]:
    """The echoes without and with a forecast beside them, in turns."""
    rows: list[tuple[str, Row]] = []
    async with a_house() as house:
        await house.ask("start")
        people = await crowd(house, args.count, house.roles[:3], AT_THE_DESK)
        await house.rest()
        # The inbox is full beforehand, so that each turn costs the same.
        for n in range(FULL):
            await house.ask("inject", mark=f"to-answer-{n}!")
        await house.rest()
        for _ in range(args.rounds):
            rows += [("without", row) for row in await echoes(house, people, Random(args.seed))]
            await leave(people)
            await house.ask("foresee")
            # The processes load meanwhile: that is to be felt as little as the runs.
            rows += [("with", row) for row in await echoes(house, people, Random(args.seed))]
            heard = await house.ask("stop-foreseeing")
            rows.append(("with", Row("reports of runs heard so far", str(heard["foreseen"]))))
            await leave(people)
    return rows


async def leave(people) -> None:
    """Back to the list, so that the next round opens an answer as the first did."""
    for person in people:
        person.channel.write(b"\x1b")
    await asyncio.sleep(0.5)


def main() -> None:
    """Print the echoes of both beside each other."""
    parser = ArgumentParser()
    parser.add_argument("--count", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    before = os.getloadavg()[0]
    rows = asyncio.run(measured(args))
    print(f"{args.count} terminals (load {before:.1f} before, {os.getloadavg()[0]:.1f} after)")
    for when, row in rows:
        print(f"  {when:8} {row.what:46} {row.measured:>24}", flush=True)


if __name__ == "__main__":
    main()
