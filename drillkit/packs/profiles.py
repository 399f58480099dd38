"""Profiles of stand-ins: those that come with the program, by id, and a user's own, by file."""

from importlib.resources import files
from pathlib import Path

from drillkit.model.profile import Profile
from drillkit.packs.diagnostic import PackFaults, nearest
from drillkit.packs.shape import model_of
from drillkit.packs.source import read

PROFILES = ("practised", "average", "untrained")
"""From the ablest to the least able."""


class ProfileNotFound(Exception):
    """There is no profile of that name; `nearest` is spelled most like it."""

    def __init__(self, name: str, nearest: str | None) -> None:
        super().__init__(f"no profile {name!r}")
        self.name = name
        self.nearest = nearest


def profile(name: str) -> Profile:
    """The profile with this id, or in the TOML file of this path.

    Raises ProfileNotFound, or PackFaults with all that is wrong with the file.
    """
    path = Path(name)
    if not path.is_file():
        if name not in PROFILES:
            raise ProfileNotFound(name, nearest(name, PROFILES))
        path = Path(str(files("drillkit"))) / "standins" / "profiles" / f"{name}.toml"
    value, faults = model_of(read(path), Profile)
    if value is None or faults:
        raise PackFaults(tuple(faults))
    return value
