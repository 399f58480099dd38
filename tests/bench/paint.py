"""How long until the control screen is painted, beside an empty Textual app. Prints a table.

python -m tests.bench.paint
"""

import os
import pty
import select
import statistics
import sys
import tempfile
import time
from pathlib import Path

RUNS = 7
EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("painted-now")
Empty().run()
"""
INSIDE = """
import sys
sys.path.insert(0, "tests")
import asyncio, time
from textual.app import App
from textual.widgets import Static
from drillkit.desk import LocalDesk
from drillkit.ui.app import Terminal
from drillkit.ui.screens.control import ControlScreen
from drillkit import packs
from drillkit.journal import MemoryJournal
from drillkit.packs.rubrics import weights
from drillkit.rehearse.play import SimClock
from drillkit.session import Opening, Session
class Empty(App):
    def compose(self):
        yield Static("painted-now")
pack = packs.load(packs.find("riverside-hospital-flood"))
session = Session.open(MemoryJournal(), Opening("b", pack.scenario, pack.plan, weights()), wall=0)
clock = SimClock(0, 0)
def control():
    desk = LocalDesk(session, "facilitator", clock)
    return Terminal(ControlScreen(desk, lambda role: LocalDesk(session, role, clock)))
async def paint(make, mark):
    began = time.perf_counter()
    app = make()
    async with app.run_test(size=(120, 40)) as pilot:
        while True:
            strips = app.screen._compositor.render_strips()
            if any(mark in strip.text for strip in strips):
                break
            await asyncio.sleep(0.001)
        return time.perf_counter() - began
async def main():
    for _ in range(2):
        await paint(Empty, "painted-now"); await paint(control, "planned")
    rows = [(await paint(Empty, "painted-now"), await paint(control, "planned")) for _ in range(9)]
    print(sorted(a for a, _ in rows)[4], sorted(b for _, b in rows)[4])
asyncio.run(main())
"""


def painted(command: list[str], mark: bytes) -> float:
    """Seconds from the start of the process until `mark` stands on its terminal."""
    began = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm-256color", COLUMNS="120", LINES="40")
        os.execv(command[0], command)
    seen = b""
    while mark not in seen:
        if not select.select([terminal], [], [], 20)[0]:
            raise SystemExit(f"never painted: {seen[-300:]!r}")
        seen += os.read(terminal, 65536)
    took = time.perf_counter() - began
    os.kill(pid, 9)
    os.waitpid(pid, 0)
    os.close(terminal)
    return took


def main() -> None:
    """Whole processes first, then the screens alone in one warm process."""
    python = sys.executable
    with tempfile.TemporaryDirectory() as folder:
        empty, control = [], []
        for run in range(RUNS):
            empty.append(painted([python, "-c", EMPTY], b"painted-now"))
            session = str(Path(folder) / f"{run}.drill")
            host = [python, "-m", "drillkit", "host", "riverside-hospital-flood"]
            control.append(painted([*host, "--session", session, "--lang", "en"], b"planned"))
    a, b = statistics.median(empty), statistics.median(control)
    print(
        f"process until painted   empty {a * 1000:6.0f} ms   control {b * 1000:6.0f} ms   {b / a:.2f} x"
    )
    done = os.popen(f"{python} - <<'END'\n{INSIDE}\nEND").read().split()
    a, b = float(done[0]), float(done[1])
    print(
        f"screen in a warm app    empty {a * 1000:6.0f} ms   control {b * 1000:6.0f} ms   {b / a:.2f} x"
    )


if __name__ == "__main__":
    main()
