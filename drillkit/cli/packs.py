"""Commands on packs: new."""

from argparse import Namespace
from pathlib import Path

from drillkit import packs
from drillkit.cli.faults import Failed
from drillkit.words import say


def new(args: Namespace) -> int:
    """Write a pack to start from."""
    folder = Path(args.dir)
    try:
        if args.include:
            packs.write_including(folder, args.include)
        else:
            packs.write_new(folder)
    except FileExistsError as problem:
        raise Failed("not-empty", path=folder) from problem
    print(say(args.lang, "cli.new-done", path=folder))
    return 0
