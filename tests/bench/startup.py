"""How long the program takes to answer, beside bare Python: python -m tests.bench.startup."""

import os
import subprocess
import sys
from statistics import median
from time import perf_counter

PACK = "riverside-hospital-flood"
ROUNDS = 15
WAYS = {
    "python -c pass": ["-c", "pass"],
    "drillkit --help": ["-m", "drillkit", "--help"],
    "drillkit check": ["-m", "drillkit", "check", PACK],
}
TARGETS = {"drillkit --help": (3.0, None), "drillkit check": (None, 0.5)}
"""The most that may be: times bare Python, seconds."""


def seconds(words: list[str]) -> float:
    since = perf_counter()
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL, env=env)
    return perf_counter() - since


def main() -> None:
    took: dict[str, list[float]] = {name: [] for name in WAYS}
    for words in WAYS.values():  # the first run writes the .pyc files
        seconds(words)
    for _ in range(ROUNDS):  # by turns, so that the machine's moods meet all
        for name, words in WAYS.items():
            took[name].append(seconds(words))
    floor = median(took["python -c pass"])
    for name, times in took.items():
        ratio_limit, limit = TARGETS.get(name, (None, None))
        target = f"<= {ratio_limit:g} x" if ratio_limit else f"< {limit:g} s" if limit else ""
        sys.stdout.write(
            f"{name:16} {median(times) * 1e3:7.1f} ms {median(times) / floor:6.2f} x  {target}\n"
        )


if __name__ == "__main__":
    main()
