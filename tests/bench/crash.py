"""Kill the host of a drill again and again: python -m tests.bench.crash [--kills N] [--speed X].

Prints what the kills did: entries that were told and are lost, injects released and answers given
twice, steps of the clock backwards, resumptions elsewhere than where the journal ended.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, fields
from itertools import pairwise
from pathlib import Path
from random import Random

from drillkit.core.chronicle import Names, sentence
from drillkit.core.clocks import face
from drillkit.core.fold import fold
from drillkit.journal.sqlite import SqliteJournal, verify
from drillkit.model.events import DrillPaused, Entry, InjectReleased, ResponseGiven

PACK = "riverside-hospital-flood"
HOUSE = Path(__file__).parent.parent.parent
TOLD = re.compile(r" *(\d+) +(\d[\d:]*)  (.*)\n")

Told = tuple[int, str, str]
"""One line that the host printed: place, clock, sentence."""


@dataclass
class Damage:
    """What was found; all but the first three must be 0."""

    kills: int = 0
    drills: int = 0
    told: int = 0
    told_and_lost: int = 0
    released_twice: int = 0
    answered_twice: int = 0
    clock_went_back: int = 0
    resumed_elsewhere: int = 0
    broken_chains: int = 0


@dataclass
class Drill:
    """One drill whose host does not live long."""

    path: Path
    seed: int
    speed: float
    damage: Damage
    told: list[Told] = field(default_factory=list)
    stood: list[int] = field(default_factory=list)
    """How many entries the journal held each time before somebody went on."""

    def entries(self) -> Sequence[Entry]:
        with closing(SqliteJournal.open(self.path, write=False)) as journal:
            return journal.read()

    def command(self) -> list[str]:
        how = ["--headless", "--speed", str(self.speed), "--stand-ins", "all"]
        words = ["resume", str(self.path)]
        if not self.path.exists():
            words = ["host", PACK, "--session", str(self.path), "--seed", str(self.seed)]
        return [sys.executable, "-m", "drillkit", *words, *how]

    def play(self, lines: int | None = None, moment: float = 0.0) -> bool:
        """Play, and die `moment` seconds after so many lines were told; whether it was killed."""
        if self.path.exists():
            entries = self.entries()
            if fold(entries).stage == "ended":  # the last kill came after the end
                return False
            self.stood.append(len(entries))
        pipe = subprocess.PIPE
        with subprocess.Popen(self.command(), cwd=HOUSE, stdout=pipe, stderr=pipe) as host:
            assert host.stdout is not None
            assert host.stderr is not None
            while lines is None or lines > 0:
                line = host.stdout.readline()
                if not line:
                    break
                if self._keep(line) and lines is not None:
                    lines -= 1
            with suppress(subprocess.TimeoutExpired):
                host.wait(moment if lines is not None else None)
            host.kill()
            for line in host.stdout:
                self._keep(line)
            complaint = host.stderr.read().decode()
        if host.returncode > 0:
            raise RuntimeError(complaint)
        self.damage.kills += host.returncode < 0
        return host.returncode < 0

    def _keep(self, line: bytes) -> bool:
        found = TOLD.fullmatch(line.decode())
        if found:
            self.told.append((int(found[1]), found[2], found[3]))
        return found is not None

    def judge(self) -> None:
        """Compare what was told with what the journal holds."""
        entries, damage = self.entries(), self.damage
        state = fold(entries)
        names = Names(state)
        kept = [
            (entry.seq, face(entry.at), " ".join(sentence(entry, names, "en").split()))
            for entry in entries
        ]
        releases = [e.event for e in entries if isinstance(e.event, InjectReleased)]
        answers = [e.event for e in entries if isinstance(e.event, ResponseGiven)]
        asked = {(due.role, event.inject) for event in releases for due in event.due}
        released = Counter(event.inject for event in releases)
        answered = Counter((event.role, event.inject) for event in answers)
        damage.drills += 1
        damage.told += len(self.told)
        damage.told_and_lost += len(set(self.told) - set(kept))
        damage.released_twice += sum(count - 1 for count in released.values())
        damage.answered_twice += sum(answered[key] - 1 for key in asked if answered[key])
        damage.clock_went_back += sum(a.at > b.at for a, b in pairwise(entries))
        damage.resumed_elsewhere += sum(not resumed_there(entries, n) for n in self.stood)
        damage.broken_chains += not verify(self.path).holds
        if state.stage != "ended":
            raise RuntimeError(f"the drill was never finished, it is {state.stage}")


def resumed_there(entries: Sequence[Entry], stood: int) -> bool:
    """Whether play was paused where the journal stood; what was due at that moment may precede."""
    if stood == len(entries) or fold(entries[:stood]).stage != "running":
        return True
    paused = next(entry for entry in entries[stood:] if isinstance(entry.event, DrillPaused))
    return paused.at == entries[stood - 1].at


def crash(folder: Path, kills: int, speed: float, lines: int, seed: int) -> Damage:
    """Kill hosts, each after at most so many lines; a drill that gets to its end is followed."""
    damage, dice = Damage(), Random(seed)
    while damage.kills < kills:
        drill = Drill(folder / f"{damage.drills}.drill", seed + damage.drills, speed, damage)
        while drill.play(*a_death(dice, lines, begun=drill.path.exists())):
            if damage.kills == kills:
                drill.play()
                break
        drill.judge()
    return damage


def a_death(dice: Random, lines: int, *, begun: bool) -> tuple[int, float]:
    """After how many lines, and how many seconds later; one in four while play is gone on with."""
    if begun and dice.random() < 0.25:
        return 0, dice.random()
    return dice.randint(1, lines), dice.random() / 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--speed", type=float, default=600)
    parser.add_argument("--lines", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        damage = crash(Path(folder), asked.kills, asked.speed, asked.lines, asked.seed)
    for one in fields(damage):
        print(f"{one.name.replace('_', ' '):18} {getattr(damage, one.name):5}")


if __name__ == "__main__":
    main()
