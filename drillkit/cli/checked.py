"""What a check is of, and what is said of it in one line."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from drillkit import packs
from drillkit.model.base import Lang
from drillkit.packs.diagnostic import Severity
from drillkit.words import say


def kind(path: Path) -> str:
    """What is to be checked: a pack, a plan by itself, or, any other TOML file, a form."""
    if not path.is_file() or path.suffix != ".toml" or path.name == packs.SCENARIO_FILE:
        return "pack"
    if path.name == packs.PLAN_FILE or packs.is_plan(path):
        return "plan"
    return "form"


def summary(paths: Sequence[Path], severities: Counter[Severity], lang: Lang) -> str:
    """How many faults and pieces of advice there are, or that nothing is wrong."""
    if not severities:
        kinds = set(map(kind, paths))
        clean = f"{kinds.pop()}s" if len(kinds) == 1 else "files"
        return say(lang, f"cli.check-clean-{clean}", n=len(paths))
    faults, advice = severities["fault"], severities["advice"]
    said = [say(lang, "cli.check-found", n=faults)] if faults else []
    said += [say(lang, "cli.check-advice", n=advice)] if advice else []
    return say(lang, "cli.check-join").join(said)
