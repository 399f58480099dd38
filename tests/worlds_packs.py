"""A small pack of two files that tests change by hand: a pipe bursts beside a machine hall."""

import shutil
from pathlib import Path

from drillkit.packs.schema import write_schemas

BURST_PIPE = Path(__file__).parent / "packs" / "burst-pipe"


def write_pack(folder: Path) -> Path:
    """The pack in `folder`, with the schemas that its files name."""
    shutil.copytree(BURST_PIPE, folder, dirs_exist_ok=True)
    write_schemas(folder)
    return folder
