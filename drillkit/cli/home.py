"""`drillkit` alone: the home screen, and what is chosen there."""

import sys
from argparse import Namespace
from pathlib import Path

from drillkit import packs
from drillkit.cli import play
from drillkit.cli.drills import sessions_folder
from drillkit.cli.faults import Failed


def home(args: Namespace) -> int:
    """Show the home screen, then do what was chosen."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Failed("terminal-needed")
    raise NotImplementedError(packs, play, sessions_folder, Path, args)
