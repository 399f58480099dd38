"""What a person would want to know before inviting thirty people: plain conclusions from the runs.

Each rule looks at one thing and says it once, with the numbers that a reader can check in the
pack. The gravest come first.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from drillkit.core.clocks import face
from drillkit.model.base import MINUTE, SECOND, Text, Title
from drillkit.model.scenario import Inject
from drillkit.rehearse.limits import Limit, limits
from drillkit.rehearse.numbers import BIN
from drillkit.rehearse.rehearsal import Rehearsal
from drillkit.rehearse.tally import Tally

RARELY = 0.20
"""A limit met in a smaller share of the ablest team's runs is hardly a limit."""
NEARLY = 0.95
"""A branch that fires at least so often, or fails to, is none."""
OVERLOADED = 0.90
"""Share of a quarter of an hour that is spent on something."""
IDLE = 25 * 60
"""Seconds without anything to do that a person notices."""
PILE = 5
"""Injects to one role within five minutes."""
LION = 0.60
"""Share of all injects that go to one role, where there are several."""

Value = str | int | Title | Text


@dataclass(frozen=True, slots=True)
class Advice:
    """One conclusion: the sentence rehearse.advice.RULE with its values; `rank` 1 is gravest."""

    rule: str
    rank: int
    values: Mapping[str, Value]
    names: tuple[str, ...] = ()
    """The numbers that it rests on."""


def advice(found: Rehearsal) -> tuple[Advice, ...]:
    """All conclusions, the gravest first; none where no run was played."""
    if not found.done:
        return ()
    rules = (_impossible, _rarely, _branches, _overload, _pile_ups, _idle, _stocks, _deaf)
    told = [one for rule in rules for one in rule(found)]
    return tuple(sorted(told, key=lambda one: one.rank))


def _best(found: Rehearsal) -> tuple[str, Tally]:
    """The team asked for first, which the shipped order has as the ablest."""
    return next(iter(found.tallies.items()))


def _team(found: Rehearsal, id: str) -> Title | str:
    title = next(profile.title for profile in found.profiles if profile.id == id)
    return title or id


def _role(found: Rehearsal, id: str) -> Title | str:
    spec = found.job.plan.role(id)
    return spec.title if spec else id


def _percent(hits: int, runs: int) -> int:
    return round(100 * hits / runs) if runs else 0


# -- limits ----------------------------------------------------------------------------------------


def _values(found: Rehearsal, limit: Limit) -> dict[str, Value]:
    return {
        "about": limit.about,
        "role": _role(found, limit.role),
        "limit": face(limit.seconds * SECOND),
    }


def _impossible(found: Rehearsal) -> Iterator[Advice]:
    """Limits that not even the ideal team meets, nor anybody in any run."""
    for limit in limits(found.job.scenario, found.job.plan):
        if limit.name not in found.floor or _is_told_by_its_need(limit):
            continue
        floor = found.floor[limit.name]
        if floor is not None and floor <= limit.seconds:
            continue
        counts = [tally.count(limit.name) for tally in found.tallies.values()]
        met = sum(count.at_most(limit.seconds) for count in counts)
        runs = sum(count.runs for count in counts)
        if met > RARELY * runs:
            continue
        rule = "unreachable" if floor is None else "too-short"
        yield Advice(
            f"{rule}-{limit.kind}",
            1,
            {
                **_values(found, limit),
                "floor": "" if floor is None else face(floor * SECOND),
                "percent": _percent(met, runs),
                "runs": runs,
            },
            (limit.name,),
        )


def _is_told_by_its_need(limit: Limit) -> bool:
    return limit.kind == "dispatch"


def _rarely(found: Rehearsal) -> Iterator[Advice]:
    """Limits that could be met and that even the first team hardly ever meets."""
    id, tally = _best(found)
    for limit in limits(found.job.scenario, found.job.plan):
        count, floor = tally.count(limit.name), found.floor.get(limit.name)
        met = count.at_most(limit.seconds)
        if count.runs < 10 or met >= RARELY * count.runs or _is_told_by_its_need(limit):
            continue
        if floor is None or floor > limit.seconds:
            continue
        yield Advice(
            f"rarely-{limit.kind}",
            2,
            {
                **_values(found, limit),
                "percent": _percent(met, count.runs),
                "team": _team(found, id),
                "floor": face(floor * SECOND),
            },
            (limit.name,),
        )


# -- branches --------------------------------------------------------------------------------------


def _branches(found: Rehearsal) -> Iterator[Advice]:
    """Injects on a condition that fire always or never, whoever plays."""
    for inject in found.job.scenario.injects:
        if inject.when is None:
            continue
        shares = [
            count.happened / count.runs
            for tally in found.tallies.values()
            if (count := tally.count(f"branch/{inject.id}")).runs
        ]
        if not shares:
            continue
        values: dict[str, Value] = {"about": inject.title, "runs": found.done}
        name = (f"branch/{inject.id}",)
        if max(shares) == 0:
            yield Advice("branch-never", 3, values, name)
        elif min(shares) >= NEARLY and _is_contingent(inject):
            values["percent"] = round(100 * min(shares))
            yield Advice("branch-always", 3, values, name)


def _is_contingent(inject: Inject) -> bool:
    return inject.kind == "contingency" or inject.at is None


# -- people ----------------------------------------------------------------------------------------


def _overload(found: Rehearsal) -> Iterator[Advice]:
    """Roles that are busy without a pause for a quarter of an hour."""
    for id, tally in found.tallies.items():
        for role in found.job.plan.players():
            sums = tally.courses.get(f"busy/{role.id}")
            if sums is None:
                continue
            means = sums.means()
            width = 3
            windows = [
                sum(means[step : step + width]) / width for step in range(len(means) - width + 1)
            ]
            if not windows or max(windows) < 1000 * OVERLOADED:
                continue
            step = windows.index(max(windows))
            waiting = tally.count(f"queue/{role.id}").quantile(0.9)
            yield Advice(
                "overload",
                4,
                {
                    "role": role.title,
                    "team": _team(found, id),
                    "percent": round(max(windows) / 10),
                    "start": face(step * BIN),
                    "end": face((step + width) * BIN),
                    "waiting": waiting or 0,
                },
                (f"busy/{role.id}", f"queue/{role.id}"),
            )


def _pile_ups(found: Rehearsal) -> Iterator[Advice]:
    """Roles that get nearly all injects, or many within a few minutes by the script."""
    scenario, players = found.job.scenario, found.job.plan.players()
    to_players = [
        inject
        for inject in scenario.injects
        if any(role.id in inject.to for role in players) and inject.kind != "contextual"
    ]
    for role in players:
        own = [inject for inject in to_players if role.id in inject.to]
        if len(players) > 2 and len(own) > 3 and len(own) > LION * len(to_players):
            percent = _percent(len(own), len(to_players))
            yield Advice("lion", 4, {"role": role.title, "percent": percent, "injects": len(own)})
        times = sorted(inject.at for inject in own if inject.at is not None and not inject.when)
        if pile := _pile(times):
            first, count = pile
            values: dict[str, Value] = {
                "role": role.title,
                "injects": count,
                "start": face(first),
                "end": face(first + 5 * MINUTE),
            }
            yield Advice("pile", 4, values)


def _pile(times: Sequence[int]) -> tuple[int, int] | None:
    most = max(
        ((sum(start <= at < start + 5 * MINUTE for at in times), -start) for start in times),
        default=(0, 0),
    )
    return (-most[1], most[0]) if most[0] >= PILE else None


def _idle(found: Rehearsal) -> Iterator[Advice]:
    """Roles that sit without anything to do, whoever plays."""
    for role in found.job.plan.players():
        counts = [tally.count(f"idle/{role.id}") for tally in found.tallies.values()]
        medians = [median for count in counts if (median := count.quantile(0.5)) is not None]
        if medians and min(medians) > IDLE:
            minutes = min(medians) // 60
            name = (f"idle/{role.id}",)
            yield Advice("idle", 5, {"role": role.title, "minutes": minutes}, name)


# -- supplies and facts ----------------------------------------------------------------------------


def _stocks(found: Rehearsal) -> Iterator[Advice]:
    """Stores that run dry by sending, while needs for the item stay open."""
    plan, (id, tally) = found.job.plan, _best(found)
    needs = {need.id: need for need in found.job.scenario.needs}
    open_items: dict[str, list[str]] = {}
    for need in needs.values():
        count = tally.count(f"met/{need.id}")
        if count.runs and count.missing > 0.5 * count.runs:
            open_items.setdefault(need.item, []).append(need.id)
    items = {item.id: item.title for item in plan.items}
    for depot in plan.depots:
        for item, short in open_items.items():
            out = tally.count(f"out/{depot.id}/{item}")
            if out.runs and out.happened > 0.5 * out.runs:
                yield Advice(
                    "runs-out",
                    3,
                    {
                        "item": items[item],
                        "depot": depot.title,
                        "percent": _percent(out.happened, out.runs),
                        "when": face((out.quantile(0.5) or 0) * SECOND),
                        "team": _team(found, id),
                        "need": needs[short[0]].title,
                    },
                    (f"out/{depot.id}/{item}", f"met/{short[0]}"),
                )


def _deaf(found: Rehearsal) -> Iterator[Advice]:
    """Facts that do not reach somebody who must know in half of the first team's runs."""
    id, tally = _best(found)
    titles = {fact.id: fact.title for fact in found.job.scenario.facts}
    for name, count in tally.named("know"):
        fact, _, role = name.partition("/")
        if count.runs >= 10 and count.missing > 0.5 * count.runs:
            values: dict[str, Value] = {
                "fact": titles[fact],
                "role": _role(found, role),
                "percent": _percent(count.missing, count.runs),
                "team": _team(found, id),
            }
            yield Advice("deaf", 3, values, (f"know/{name}",))
