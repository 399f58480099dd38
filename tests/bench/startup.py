"""How long the program takes to answer and to paint: python -m tests.bench.startup.

An answer is measured beside bare Python, the facilitator's first screen beside an empty Textual
app; each in a pseudo-terminal of its own where it needs one.
"""

import fcntl
import os
import pty
import signal
import struct
import subprocess
import sys
import tempfile
import termios
from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import TypeVar

Way = TypeVar("Way")
PACK = "riverside-hospital-flood"
ROUNDS, PAINTED_ROUNDS = 15, 5
ANSWERS = {
    "python -c pass": ["-c", "pass"],
    "drillkit --help": ["-m", "drillkit", "--help"],
    "drillkit check": ["-m", "drillkit", "check", PACK],
    "drillkit scenarios": ["-m", "drillkit", "scenarios"],
}
EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("PAINTED")
Empty().run()
"""
SCREEN = "Deputy comma"
"""Stands in the list of people, wherever the facilitator's screen is wide enough."""
PAINTS = {
    "an empty Textual app": (["-c", EMPTY], "PAINTED"),
    "drillkit": (["-m", "drillkit", "--lang", "en"], "Riverside hospital"),
    "drillkit demo": (["-m", "drillkit", "demo", "--lang", "en", "--to", "{to}"], SCREEN),
    "drillkit host": (
        [
            "-m",
            "drillkit",
            "host",
            PACK,
            "--lang",
            "en",
            "--port",
            "0",
            "--session",
            "{to}/a.drill",
        ],
        SCREEN,
    ),
}
TARGETS = {"drillkit --help": (2.5, None), "drillkit check": (None, 0.5)}
"""The most that may be: times the first of its table, seconds."""


def environment(**more: str) -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | more


def answered(words: list[str]) -> float:
    """Seconds until the process has ended."""
    since = perf_counter()
    subprocess.run(
        [sys.executable, *words], check=True, stdout=subprocess.DEVNULL, env=environment()
    )
    return perf_counter() - since


def painted(way: tuple[list[str], str]) -> float:
    """Seconds from the start of the process until this text stands on its screen."""
    words, text = way
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as to:
        since = perf_counter()
        child, fd = pty.fork()
        if child == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
            argv = [sys.executable, *(word.replace("{to}", to) for word in words)]
            home = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"), to)
            os.execve(sys.executable, argv, environment(TERM="xterm-256color", **home))
        shown = b""
        while text.encode() not in shown:
            shown += os.read(fd, 65536)
        took = perf_counter() - since
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(fd)
    return took


def table(ways: dict[str, Way], seconds: Callable[[Way], float], rounds: int) -> None:
    took: dict[str, list[float]] = {name: [] for name in ways}
    for way in ways.values():  # the first run writes the .pyc files
        seconds(way)
    for _ in range(rounds):  # by turns, so that the machine's moods meet all
        for name, way in ways.items():
            took[name].append(seconds(way))
    floor = median(next(iter(took.values())))
    for name, times in took.items():
        ratio_limit, limit = TARGETS.get(name, (None, None))
        target = f"<= {ratio_limit:g} x" if ratio_limit else f"< {limit:g} s" if limit else ""
        sys.stdout.write(
            f"{name:20} {median(times) * 1e3:7.1f} ms {median(times) / floor:6.2f} x  {target}\n"
        )


def main() -> None:
    sys.stdout.write("until the answer\n")
    table(ANSWERS, answered, ROUNDS)
    sys.stdout.write("until the first screen\n")
    table(PAINTS, painted, PAINTED_ROUNDS)


if __name__ == "__main__":
    main()
