"""A small pack, and one that builds on it."""

import shutil
from pathlib import Path

from drillkit import packs

SMALL = Path(__file__).parent / "packs" / "burst-pipe"
STORY = """
include = "./base"
id = "our-pipe"
"""
PLAN = """
include = "./base"
"""


class Ours:
    """A pack that builds on the small one, which lies in its folder `base`."""

    def __init__(self, folder):
        self.folder, self.base = folder, folder / "base"
        shutil.copytree(SMALL, self.base)
        self.says("scenario.toml", "")

    def says(self, name, text, head=None):
        head = head or (STORY if name == "scenario.toml" else PLAN)
        (self.folder / name).write_text(head + text, "utf-8")

    def load(self):
        return packs.load(self.folder)

    def found(self):
        """Where each fault is told: file below the folder, line, code."""
        return [
            (d.path.relative_to(self.folder).as_posix(), d.line, d.code)
            for d in packs.check(self.folder)
        ]

    def line(self, name, text):
        lines = (self.folder / name).read_text("utf-8").splitlines()
        return 1 + next(nth for nth, line in enumerate(lines) if text in line)


NEW_INJECT = """
[[inject]]
id = "vending"
title = { en = "Machine", zh = "售货机" }
body = { en = "It hums.", zh = "它在响。" }
at = "2m"
sender = "technician"
to = ["commander"]
"""


def by_id(things):
    return {thing.id: thing for thing in things}
