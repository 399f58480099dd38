"""Writes a pack or a plan to start from, for somebody who is no programmer to read and change.

The story of a pack is one of three little ones (words/*/story.toml), one for each family; its
frame is the same for all (*.toml.j2). Times follow from the length of play, and each part goes
to whoever of the roles comes nearest to it.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Final

from drillkit.model.base import MINUTE, SECOND, Millis
from drillkit.model.function import Function
from drillkit.model.scenario import Family
from drillkit.packs.duration import written
from drillkit.packs.pack import PLAN_FILE, SCENARIO_FILE
from drillkit.packs.schema import write_schemas
from drillkit.packs.shelf import must_be_free
from drillkit.packs.starter.frame import Frame
from drillkit.packs.starter.people import holders_of, people
from drillkit.packs.starter.wish import LONGEST, PackWish, PlanWish, slug
from drillkit.words import say

_STEP: Final = 30 * SECOND
"""Times of the script are rounded to it, so that they read well."""
_BEGINS: Final[Mapping[Family, str]] = {
    "natural_disaster": "2027-07-14 21:00",
    "technical_failure": "2027-07-14 14:00",
    "sabotage": "2027-03-07 23:00",
}
_SAVED: Final[Mapping[Family, int]] = {
    "natural_disaster": 40,
    "technical_failure": 60,
    "sabotage": 120,
}
"""What the outcome counts, at its best: residents, thousand doses, hundred households."""
_RATIO: Final = 2


def write_pack(folder: Path, wish: PackWish) -> int:
    """Write a pack into `folder`, with the schemas that editors read; the answer is its injects.

    Raises FileExistsError when the folder holds anything already.
    """
    must_be_free(folder)
    frame = Frame(wish.tongue, wish.family)
    id = pack_id(folder, wish)
    scenario, plan = _scenario(frame, wish, id), _plan_of(frame, wish, id)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in ((SCENARIO_FILE, scenario), (PLAN_FILE, plan)):
        (folder / name).write_bytes(text.encode())
    write_schemas(folder)
    return scenario.count("\n[[inject]]\n")


def pack_id(folder: Path, wish: PackWish) -> str:
    """The id of a pack in this folder: by the folder, else by the title, else by the family."""
    by_name = slug(folder.resolve().name) or slug(wish.title)
    if by_name or wish.title:
        return by_name or wish.family.replace("_", "-")
    return say("en", f"story.{wish.family}.id")


def write_plan(path: Path, wish: PlanWish) -> int:
    """Write a plan into the new file `path`; the answer is its inside roles.

    Raises FileExistsError when the file is there, FileNotFoundError without its folder.
    """
    frame = Frame(wish.tongue)
    name = frame.given(wish.name) if wish.name else frame.word("common.organisation")
    kinds = ("generator", "pump", "kit")
    items = [
        SimpleNamespace(
            id="first-aid-kit" if kind == "kit" else kind,
            title=frame.word(f"common.{kind}"),
            unit=frame.word(f"common.{kind}-unit"),
            floor=1,
        )
        for kind in kinds
    ]
    titles = [frame.given(store) for store in wish.stores]
    titles = titles or [frame.word("common.near"), frame.word("common.far")]
    depots = [
        SimpleNamespace(id=f"store-{n}", title=title, quantity=4, way=written(n * 5 * MINUTE))
        for n, title in enumerate(titles, 1)
    ]
    text = frame.filled(
        "plan",
        id="our-plan",
        title=frame.word("common.plan"),
        organisation=name,
        items=items,
        depots=depots,
        site_id="main-building",
        site=frame.word("common.site"),
        customer=frame.word("common.customer"),
        treatment=frame.word("common.treatment"),
        arrive="15m",
        travel="5m",
        report_limit="30m",
        notify="30m",
        **people(frame, wish.posts),
    )
    with path.open("x", encoding="utf-8", newline="\n") as file:
        # The schema lies beside a pack's plan only; editors complain of a line that leads nowhere.
        file.write(text.partition("\n")[2])
    return len(wish.posts)


# -- the story -------------------------------------------------------------------------------------


class _Times:
    """Times of a script of this length, rounded to what reads well."""

    def __init__(self, length: Millis) -> None:
        self._length = length

    def share(self, part: float, most: Millis = LONGEST) -> Millis:
        return max(_STEP, min(most, round(self._length * part / _STEP) * _STEP))

    def __call__(self, part: float, most: Millis = LONGEST) -> str:
        return written(self.share(part, most))


def _plan_of(frame: Frame, wish: PackWish, id: str) -> str:
    at = _Times(wish.length)
    item = SimpleNamespace(
        id="supply", title=frame.story("item"), unit=frame.story("unit"), floor=0
    )
    near = SimpleNamespace(
        id="near-store", title=frame.story("near"), quantity=2, way=at(0.05, 6 * MINUTE)
    )
    far = SimpleNamespace(
        id="far-store", title=frame.story("far"), quantity=4, way=at(0.12, 15 * MINUTE)
    )
    return frame.filled(
        "plan",
        id=f"{id}-plan",
        title=frame.word("common.plan"),
        organisation=frame.story("organisation"),
        items=[item],
        depots=[near, far],
        site_id="site",
        site=frame.story("site"),
        customer=frame.story("customer"),
        treatment=frame.story("treatment"),
        arrive=at(0.2, 15 * MINUTE),
        travel=at(0.025, 2 * MINUTE),
        report_limit=at(0.3, 30 * MINUTE),
        notify=at(0.25, 30 * MINUTE),
        **people(frame, wish.posts, frame.story("partner")),
    )


def _scenario(frame: Frame, wish: PackWish, id: str) -> str:
    at = _Times(wish.length)
    holders = holders_of(wish.posts)
    by_function = {
        function: post.id for post in reversed(wish.posts) for function in post.functions
    }

    def with_(*parts: str, also: tuple[Function, ...] = ()) -> list[str]:
        """The holders of these parts, and of those functions that there are, each once."""
        ids = [holders[part] for part in parts]
        ids += [by_function[name] for name in also if name in by_function]
        return list(dict.fromkeys(ids))

    first = with_("commands", "reports", also=("medical", "technical"))
    to = SimpleNamespace(
        alarm=with_("commands", also=("deputy",)),
        first=first,
        shortage=with_("supplies", "cares", "commands", also=("transport",)),
        correct=with_("scene"),
        branch=with_("commands", "scene"),
    )
    times = SimpleNamespace(
        alarm=at(0.05, 3 * MINUTE),
        answer=at(0.1, 5 * MINUTE),
        tell=at(0.15, 8 * MINUTE),
        first=at(0.18),
        shortage=at(0.3),
        dispatch=at(0.15, 10 * MINUTE),
        within=at(0.4),
        notify=at(0.25, 30 * MINUTE),
        press=at(0.42),
        correct=at(0.5),
        correct_tell=at(0.12, 8 * MINUTE),
        state=at(0.25, 20 * MINUTE),
        picture=at(0.62),
        branch=at(0.75),
    )
    begins = datetime.fromisoformat(_BEGINS[wish.family])
    phases = [
        SimpleNamespace(at=written(start), clock=_clock(begins, start))
        for start in (0, at.share(0.28), at.share(0.7))
    ]
    tasks = [
        _task("decide", "call", with_("commands")),
        _task("supply", "supply", with_("supplies", "commands")),
        _task("inform", "report", with_("commands", "reports", "scene", "keeps")),
        _task("speak", "public", with_("speaks", "cares")),
    ]
    return frame.filled(
        "scenario",
        id=id,
        family=wish.family,
        title=frame.given(wish.title) if wish.title else frame.story("title"),
        length=written(wish.length),
        phases=phases,
        told=_without(with_("supplies", "reports"), holders["commands"]),
        informed=[one for one in with_("reports", "speaks") if one not in to.shortage]
        or with_("commands"),
        corrected=_without([*first, *with_("speaks")], holders["scene"]),
        to=to,
        t=times,
        holders=holders,
        saved=_SAVED[wish.family],
        tasks=tasks,
    )


def _without(roles: Iterable[str], role: str) -> list[str]:
    return [other for other in dict.fromkeys(roles) if other != role]


def _task(id: str, clause: str, roles: list[str]) -> SimpleNamespace:
    return SimpleNamespace(id=id, clause=f"clause-{clause}", roles=roles)


def _clock(begins: datetime, at: Millis) -> str:
    """The story's clock after `at` of play."""
    shown = begins + timedelta(milliseconds=at * _RATIO)
    return shown.strftime("%Y-%m-%d %H:%M")
