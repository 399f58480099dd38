"""Plan against plan: pairs add up exactly, the same luck on both sides, and what the reading says."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import worlds
from hypothesis import given
from hypothesis import strategies as st
from worlds_intervals import covering

from drillkit import packs
from drillkit.model.plan import Role
from drillkit.model.profile import Profile
from drillkit.packs import Setting
from drillkit.packs.profiles import profile
from drillkit.rehearse.compare import (
    Change,
    changes,
    compared,
    lonely,
    shifted,
)
from drillkit.rehearse.many import Job, play_one
from drillkit.rehearse.pairs import (
    IN_TIME,
    Pairs,
    marks,
    mean_within,
    share_within,
    side_by_side,
)
from drillkit.rehearse.sweep import courses, sweep
from drillkit.rehearse.tally import Count

AVERAGE = profile("average")
NUMBERS = st.dictionaries(
    st.sampled_from(["score/a", "arrive/b", "met/c"]), st.none() | st.integers(-900, 900)
)


def a_job(**changes) -> Job:
    return Job(worlds.a_scenario(), worlds.a_plan(**changes), worlds.the_weights(), AVERAGE)


def roles(**of_supplies) -> list[dict]:
    return [
        {**role, **(of_supplies if role["id"] == "supplies" else {})}
        for role in worlds.PLAN["role"]
    ]


def verdicts(first: Job, second: Job, runs: int) -> dict[str, Change]:
    pairs = side_by_side([first, second], runs)[0]
    return {one.name: one for one in changes(pairs, first, second)}


# -- adding up -------------------------------------------------------------------------------------


@given(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=8), st.randoms())
def test_pairs_add_up_to_the_same_in_any_order(pairs, chance) -> None:
    whole, parts = Pairs(), []
    for first, second in pairs:
        whole.add(first, second)
        parts.append(Pairs())
        parts[-1].add(first, second)
    chance.shuffle(parts)
    merged = Pairs()
    for part in parts:
        merged.merge(part)
    assert merged == whole


def test_a_time_counts_only_where_both_came_and_a_chance_in_every_pair() -> None:
    within = {"arrive/x": 60}
    pairs = Pairs()
    for first, second in ((50, 40), (90, 30), (None, 20), (None, None)):
        pairs.add(marks({"arrive/x": first}, within), marks({"arrive/x": second}, within))
    assert pairs.of("arrive/x").by.values == {-10: 1, -60: 1}
    assert pairs.of(IN_TIME + "arrive/x").by.values == {0: 2, 1: 2}
    assert pairs.pairs == 4


def test_what_only_one_side_had_is_in_no_pair() -> None:
    pairs = Pairs()
    pairs.add({"met/a": 5}, {})
    pairs.add({}, {"met/a": 5})
    assert pairs.of("met/a").n == 0


def test_the_same_pairs_come_of_any_number_of_workers() -> None:
    jobs = [a_job(), a_job(role=roles(travel="9m"))]
    with ThreadPoolExecutor(2) as pool:
        assert side_by_side(jobs, 40, pool) == side_by_side(jobs, 40)


def test_a_broken_run_is_no_pair(monkeypatch) -> None:
    from drillkit.rehearse import pairs as module
    from drillkit.standins import StandInCrashed

    def breaks(job, seed):
        if seed == 3 and job.plan.role("supplies").travel:
            raise StandInCrashed("over the oven")
        return play_one(job, seed)

    monkeypatch.setattr(module, "play_one", breaks)
    found = side_by_side([a_job(), a_job(role=roles(travel="9m"))], 5)[0]
    assert found.pairs == 4
    assert [(crash.seed, crash.what) for crash in found.crashes] == [(3, "over the oven")]


@pytest.mark.parametrize(("jobs", "runs"), [(1, 5), (2, 0)])
def test_a_comparison_takes_two_and_a_run(jobs, runs) -> None:
    with pytest.raises(ValueError, match="two jobs"):
        side_by_side([a_job()] * jobs, runs)


# -- the same luck on both sides -------------------------------------------------------------------


ALONE = [
    pytest.param(
        {"role": [*worlds.PLAN["role"], {**worlds.PLAN["role"][-1], "id": "army"}]},
        id="a partner more",
    ),
    pytest.param(
        {"item": [*worlds.PLAN["item"], {**worlds.PLAN["item"][1], "id": "tea"}]}, id="an item more"
    ),
    pytest.param(
        {
            "depot": [
                worlds.PLAN["depot"][0],
                {
                    **worlds.PLAN["depot"][1],
                    "stock": [{"item": "bag", "quantity": 50}, {"item": "pump", "quantity": 3}],
                },
            ]
        },
        id="a stock that nobody needs",
    ),
    pytest.param({"title": worlds.both("Another name")}, id="another title"),
]


@pytest.mark.parametrize("change", ALONE)
def test_a_change_that_cannot_matter_changes_nothing_in_any_pair(change) -> None:
    told = verdicts(a_job(), a_job(**change), 30)
    assert len(told) > 15
    assert {one.verdict for one in told.values()} == {"same"}


def test_a_role_more_in_a_full_pack_leaves_all_others_as_they_are() -> None:
    """Its messages number everybody else's anew, and no dice may hang on a number."""
    pack = packs.load(packs.find("riverside-hospital-flood"))
    base = Job(pack.scenario, pack.plan, worlds.the_weights(), AVERAGE)
    like = pack.plan.role("technical")
    assert like is not None
    extra = like.model_copy(update={"id": "extra", "alternates": (), "group": None, "key": False})
    told = verdicts(base, base.with_plan(with_roles(pack.plan, extra)), 6)
    moved = {one.id for one in told.values() if one.verdict != "same" or one.differing}
    assert moved <= {"combined", "process", "arrival"}


def with_roles(plan, *more: Role):
    return plan.model_copy(update={"roles": (*plan.roles, *more)})


# -- what the reading says -------------------------------------------------------------------------


def test_a_longer_way_is_worse_by_what_it_is_longer_and_touches_nothing_else() -> None:
    told = verdicts(a_job(role=roles(travel="2m")), a_job(role=roles(travel="8m")), 40)
    late = told["arrive/supplies"]
    assert late.verdict == "worse"
    assert 6 * 60 < late.lo < late.by < late.hi < 10 * 60
    assert told["score/supplies"].verdict == told["score/combined"].verdict == "worse"
    assert told["arrive/commander"].verdict == told["answer/alarm/decide"].verdict == "same"


def test_more_to_send_meets_a_need_more_often() -> None:
    poor = [{**worlds.PLAN["depot"][0], "stock": [{"item": "bag", "quantity": 20}]}]
    rich = [{**worlds.PLAN["depot"][0], "stock": [{"item": "bag", "quantity": 200}]}]
    routes = worlds.PLAN["route"][:2]
    told = verdicts(a_job(depot=poor, route=routes), a_job(depot=rich, route=routes), 40)
    met = told[IN_TIME + "met/bags-gate"]
    assert (met.verdict, met.before) == ("better", 0)
    assert 0.5 < met.lo < met.by <= 1


def test_a_flood_plan_with_its_stores_above_the_water_beats_the_old_one_where_it_should() -> None:
    above = (
        "depots.upper-store.stock.generator=6",
        "depots.upper-store.stock.diesel=80",
        "depots.upper-store.vehicle.stair-team=120",
        "depots.city-store.stock.generator-truck=1",
        "roles.supplies.alternates=transport,technical",
    )
    folder = packs.find("riverside-hospital-flood")
    low = [Setting.read("depots.north-store.stock.generator=5")]
    old = packs.load(folder, None, low)
    new = packs.load(folder, None, [*low, *(Setting.read(one) for one in above)])
    first = Job(old.scenario, old.plan, worlds.the_weights(), AVERAGE)
    told = verdicts(first, first.with_plan(new.plan), 24)
    met = told[f"{IN_TIME}met/ward-generators"]
    assert (met.verdict, met.by > 0.5) == ("better", True)
    for need in ("icu-diesel", "night-diesel"):
        sooner = told[f"met/{need}"]
        assert (sooner.verdict, sooner.by < -120) == ("better", True), need
    assert told["outcome/ward-power"].verdict == "better"
    assert told["answer/red-warning/set-level"].verdict == "same"


@pytest.mark.parametrize(
    ("kind", "way", "by", "differing", "verdict"),
    [
        ("time", -1, -3.0, 20, "better"),
        ("time", -1, 3.0, 20, "worse"),
        ("score", 1, 3.0, 20, "better"),
        ("outcome", -1, 3.0, 20, "worse"),
        ("fires", 0, 3.0, 20, "different"),
        ("score", 1, 0.5, 20, "noise"),
        ("score", 1, 3.0, 5, "noise"),
        ("score", 1, 0.0, 0, "same"),
    ],
)
def test_better_goes_by_the_number_and_needs_pairs_that_differ(
    kind, way, by, differing, verdict
) -> None:
    change = Change("n", kind, "n", way, 50, differing, 10.0, by, by - 1, by + 1)
    assert change.verdict == verdict


def test_the_way_of_an_outcome_goes_from_doing_nothing_to_the_reference() -> None:
    told = verdicts(a_job(), a_job(role=roles(travel="2m")), 3)
    assert told["outcome/dry-rooms"].way == 1
    assert told["happens/milestone/flooded"].way == -1


def test_what_only_one_has_is_told_and_a_limit_that_moved() -> None:
    more = {**worlds.PLAN["role"][2], "id": "second", "title": worlds.both("Second")}
    second = a_job(role=[*roles(arrive_target="20m"), more])
    alone = lonely(a_job(), second)
    assert [(one.kind, one.in_second, one.title.en) for one in alone] == [("role", True, "Second")]
    moved = shifted(a_job(), second)
    assert [(one.limit.name, one.before, one.after) for one in moved] == [
        ("arrive/supplies", 30 * 60, 40 * 60)
    ]
    fewer = a_job(depot=worlds.PLAN["depot"][:1], route=worlds.PLAN["route"][:2])
    assert [one.kind for one in lonely(a_job(), fewer)] == ["stock"]


def test_every_team_plays_the_pairs() -> None:
    teams = (AVERAGE, Profile(id="best", skill=1.0))
    found = compared(a_job(), a_job(role=roles(travel="9m")), teams, 4)
    assert {id: pairs.pairs for id, pairs in found.pairs.items()} == {"average": 4, "best": 4}
    assert found.is_whole
    assert found.done == 8


def test_a_comparison_that_is_stopped_keeps_what_was_played() -> None:
    teams = (AVERAGE, Profile(id="best", skill=1.0))

    def stop(done, _all):
        if done > 30:
            raise KeyboardInterrupt

    found = compared(a_job(), a_job(role=roles(travel="9m")), teams, 30, progress=stop)
    assert found.pairs["average"].pairs == 30
    assert 0 < found.pairs["best"].pairs < 30
    assert not found.is_whole


# -- intervals -------------------------------------------------------------------------------------


def counted(**times: int) -> Count:
    values = {"down": -1, "same": 0, "up": 1}
    count = Count()
    for name, n in times.items():
        for _ in range(n):
            count.add(values[name])
    return count


def test_the_interval_of_a_mean_is_students() -> None:
    count = Count()
    for value in (1, 2, 3, 4, 5):
        count.add(value)
    lo, hi = mean_within(count) or (0, 0)
    assert (lo, hi) == pytest.approx((3 - 1.9632, 3 + 1.9632), abs=0.02)
    assert mean_within(counted(up=1)) is None


def test_the_interval_of_a_share_is_that_of_agresti_and_min() -> None:
    """Four pairs of one sign are no proof, however many stay as they were; eight are."""
    assert share_within(counted(up=4, same=200))[0] < 0
    assert share_within(counted(up=8, same=200))[0] > 0
    lo, hi = share_within(counted(up=30, down=10, same=60))
    assert (lo, hi) == pytest.approx((0.0791, 0.3131), abs=0.0001)


def test_intervals_of_nothing_hold_nothing_nineteen_times_of_twenty() -> None:
    """Sixty comparisons of two runs of luck; `tests.bench.intervals` makes two hundred."""
    covered = covering(repeats=60, pairs=12)
    scores = [share for name, share in covered.items() if name.startswith("score/")]
    assert len(scores) >= 5
    assert min(scores) >= 0.86  # 1 in 1,000 for each by the binomial distribution
    assert 0.92 <= sum(covered.values()) / len(covered) <= 0.995


# -- sweeps ----------------------------------------------------------------------------------------


def test_a_sweep_plays_every_value_and_shows_the_combined_score_first() -> None:
    base = a_job()
    variants = [(f"{n}m", a_job(role=roles(travel=f"{n}m"))) for n in (0, 6, 12)]
    found = sweep(base, variants, (AVERAGE,), 12, path="roles.supplies.travel")
    told = courses(found, "average")
    assert [change.name for change in told[0] if change] == ["score/combined"] * 3
    assert told[0][0] is not None
    assert told[0][0].verdict == "same"
    late = next(
        course for course in told if course[2] and course[2].name.endswith("arrive/supplies")
    )
    assert late[0].by == 0
    assert late[1].by * 1.5 < late[2].by
