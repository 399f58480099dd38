"""Comparisons of nothing with nothing: how often their intervals hold the truth, which is 0."""

from collections import Counter

import worlds

from drillkit.packs.profiles import profile
from drillkit.rehearse.compare import changes
from drillkit.rehearse.limits import limits
from drillkit.rehearse.many import Job, play_one
from drillkit.rehearse.pairs import Pairs, marks


def covering(repeats: int, pairs: int, team: str = "average") -> dict[str, float]:
    """The share of comparisons whose interval holds 0, by number; those that never differ are out.

    Each compares the small drill with itself, seeds of one range with those of another as if they
    were the same: all dice are thrown anew, and nothing is behind any difference.
    """
    plan, scenario = worlds.a_plan(), worlds.a_scenario()
    job = Job(scenario, plan, worlds.the_weights(), profile(team))
    within = {limit.name: limit.seconds for limit in limits(scenario, plan)}
    held, asked, differed = Counter[str](), Counter[str](), Counter[str]()
    seed = 0
    for _ in range(repeats):
        found = Pairs()
        for _ in range(pairs):
            first, second = (marks(play_one(job, seed + place).numbers, within) for place in (1, 2))
            found.add(first, second)
            seed += 2
        for one in changes(found, job, job):
            asked[one.name] += 1
            held[one.name] += one.lo <= 0 <= one.hi
            differed[one.name] += one.differing
    return {name: held[name] / n for name, n in asked.items() if differed[name] > n}
