"""Many seeded drills: the same tally whoever plays them, crashes counted, interrupts survived."""

import pytest
import worlds
from worlds_rehearse import a_job, rehearsed

from drillkit import packs
from drillkit.packs.profiles import profile
from drillkit.packs.rubrics import weights
from drillkit.rehearse.limits import limits
from drillkit.rehearse.many import CHUNK, MOST, Job, play_one, play_some, rehearse
from drillkit.rehearse.rehearsal import IDEAL
from drillkit.rehearse.tally import merged
from drillkit.rehearse.workers import local
from drillkit.standins.habits import Habits, skilled

EXPERT = skilled(1.0)


def test_one_run_is_the_same_every_time() -> None:
    assert play_one(a_job(), 7) == play_one(a_job(), 7)
    assert play_one(a_job(), 7) != play_one(a_job(), 8)


def test_the_tally_hangs_on_the_seeds_alone() -> None:
    job = a_job(seed=5)
    whole = rehearse(job, 30)
    assert whole == merged([play_some(job, 20, 10), play_some(job, 0, 20)])
    assert whole.runs == 30


@pytest.mark.parametrize("folder", packs.shipped(), ids=lambda folder: folder.name)
def test_every_shipped_pack_gives_the_same_with_one_worker_and_with_two(folder) -> None:
    pack = packs.load(folder)
    job = Job(pack.scenario, pack.plan, weights(), profile("average"))
    alone = rehearse(job, CHUNK + 3)
    with local(2) as executor:
        assert rehearse(job, CHUNK + 3, executor) == alone


@pytest.mark.parametrize("runs", [0, -1, MOST + 1])
def test_the_number_of_runs_has_bounds(runs) -> None:
    with pytest.raises(ValueError, match="runs"):
        rehearse(a_job(), runs)


def test_a_stand_in_that_crashes_is_told_with_its_seed_and_the_others_go_on(monkeypatch) -> None:
    plain = Habits.reading

    def reading(self: Habits, text: str, now: int = 0) -> int:
        if now % 7 == 3:
            raise RuntimeError("lost my glasses")
        return plain(self, text, now)

    monkeypatch.setattr(Habits, "reading", reading)
    tally = rehearse(a_job(), 40)
    assert tally.crashes
    assert tally.runs + len(tally.crashes) == 40
    first = tally.crashes[0]
    assert first.seed == 1 + first.index
    assert "lost my glasses" in first.what


def test_an_interrupt_leaves_what_is_done_so_far() -> None:
    def stop(done: int, of: int) -> None:
        if done >= 2 * CHUNK:
            raise KeyboardInterrupt

    assert rehearse(a_job(), 10 * CHUNK, progress=stop).runs == 2 * CHUNK


def test_progress_is_told_up_to_the_last_run() -> None:
    told: list[tuple[int, int]] = []
    rehearse(a_job(), CHUNK + 1, progress=lambda done, of: told.append((done, of)))
    assert told == [(CHUNK, CHUNK + 1), (CHUNK + 1, CHUNK + 1)]


def test_a_limit_on_the_storys_clock_counts_the_storys_time() -> None:
    rule = {**worlds.PLAN["report"][0], "clock": "scenario", "limit": "40m"}
    scenario = worlds.a_scenario()
    on_play, on_story = (
        (job, next(one for one in limits(scenario, job.plan) if one.name == "report/tell-office"))
        for job in (a_job(team=EXPERT), a_job(team=EXPERT, plan=worlds.a_plan(report=[rule])))
    )
    assert (on_play[1].kind, on_story[1].kind) == ("report", "report-story")
    assert on_story[1].seconds == 4 * on_play[1].seconds
    took, of_story = (play_one(job, 1).numbers[limit.name] for job, limit in (on_play, on_story))
    # Four story minutes a minute of play.
    assert took
    assert took * 4 <= of_story < (took + 1) * 4


def test_nobody_is_faster_than_the_ideal_team() -> None:
    found = rehearsed(30, teams=("practised",))
    floor = play_one(a_job(team=IDEAL), 1).numbers
    for kind in ("arrive", "answer", "report", "notify"):
        for name, count in found.tallies["practised"].named(kind):
            least, best = floor[f"{kind}/{name}"], min(count.values, default=None)
            # A median drawn low: the floor is an expert's usual time, not the luckiest one.
            assert best is None or least is None or best >= 0.4 * least


def test_a_better_team_scores_better() -> None:
    found = rehearsed(40)
    able, unable = (tally.count("score/combined").mean() for tally in found.tallies.values())
    assert able > unable + 1000


def test_no_stand_in_notices_another_ones_profile() -> None:
    """Another skill of one role leaves the dice of the others as they were."""
    plan = worlds.a_plan()
    able = profile("average").model_copy(update={"skills": {"supplies": 1.0}})
    one, other = (play_one(a_job(plan=plan, team=team), 3) for team in (profile("average"), able))
    for name in ("ack/commander", "arrive/commander", "ack/liaison", "arrive/liaison"):
        assert one.numbers[name] == other.numbers[name]
