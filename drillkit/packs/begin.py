"""A pack to start from that builds on another."""

from importlib.resources import files
from pathlib import Path

from drillkit.model.base import LONGEST_ID, is_id
from drillkit.packs.pack import load
from drillkit.packs.schema import write_schemas
from drillkit.packs.shelf import by_id, must_be_free
from drillkit.packs.source import PLAN_FILE, SCENARIO_FILE


def write_including(folder: Path, name: str) -> None:
    """Write into `folder` a pack that builds on the shipped or installed one with the id `name`.

    It changes nothing yet, and says how to. Raises FileExistsError when the folder holds anything
    already, PackNotFound, and PackFaults where there is nothing sound to build on.
    """
    must_be_free(folder)
    base = load(by_id(name))
    own = folder.resolve().name
    is_free = is_id(own) and own != base.scenario.id
    said = {
        "include": name,
        "id": own if is_free else f"our-{base.scenario.id}"[:LONGEST_ID],
        "inject": base.scenario.injects[0].id,
        "role": base.plan.roles[0].id,
    }
    folder.mkdir(parents=True, exist_ok=True)
    template = files(__package__ or "") / "template" / "include"
    for file in (SCENARIO_FILE, PLAN_FILE):
        text = (template / file).read_text(encoding="utf-8").format(**said)
        (folder / file).write_text(text, encoding="utf-8", newline="\n")
    write_schemas(folder, ("scenario.include", "plan.include"))
