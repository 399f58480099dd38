"""`drillkit export PACK`: what is handed out and kept before anybody plays."""

import time
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

from drillkit import packs
from drillkit.cli.casting import loaded
from drillkit.cli.failed import Failed
from drillkit.words import say

JOURNAL = ".drill"
"""What the name of a drill's journal ends in."""


def is_of_pack(name: str) -> bool:
    """A folder, a zip, or the id of a pack; another file, or what is called NAME.drill, is not."""
    path = Path(name)
    if path.suffix == JOURNAL:
        return False
    if path.is_dir() or path.suffix.lower() == ".zip":
        return True
    return not path.exists() and path.suffix == "" and path.name == name


def formats_of(words: str) -> list[str]:
    """The formats in a list such as "html,pdf"."""
    return [name.strip() for name in words.split(",") if name.strip()]


def export(args: Namespace) -> int:
    """Write situation manual and facilitator guide of a pack."""
    from drillkit.report.papers import PLAIN_FORMATS, Paper, export_papers

    if args.last or args.evaluator:
        raise Failed("export-of-drill-only")
    pack = loaded(args, packs.find(args.file), args.plan)
    paths = export_papers(
        Paper(pack, args.lang),
        Path(args.to),
        PLAIN_FORMATS if args.formats is None else formats_of(args.formats),
        made=datetime.fromtimestamp(time.time(), UTC),
        force=args.force,
    )
    for path in paths:
        print(say(args.lang, "cli.wrote", path=path))
    print(say(args.lang, "cli.papers-secret"))
    return 0
