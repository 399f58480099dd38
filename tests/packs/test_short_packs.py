"""The short form of every shipped pack is a drill of its own: it checks, plays, and is scored."""

from datetime import timedelta
from functools import cache
from itertools import pairwise

import pytest

from drillkit import packs
from drillkit.core.clocks import story_at
from drillkit.core.short import LENGTH
from drillkit.model.base import MINUTE
from drillkit.packs.profiles import PROFILES, profile
from drillkit.packs.rubrics import weights
from drillkit.rehearse.many import Job, played
from scoring.assess import assess

RUNS = 8
EACH = pytest.mark.parametrize("folder", packs.shipped(), ids=lambda folder: folder.name)


@cache
def loaded(folder):
    return packs.load(folder), packs.load(folder, short=True)


@cache
def runs(folder, team):
    pack = loaded(folder)[1]
    job = Job(pack.scenario, pack.plan, weights(), profile(team), short=True)
    states = [played(job, seed)[0].state for seed in range(1, RUNS + 1)]
    return [(state, assess(state, thorough=False)) for state in states]


def middle(numbers):
    return sorted(numbers)[len(numbers) // 2]


def acts(scenario):
    return {expect.action for inject in scenario.injects for expect in inject.expect}


@EACH
def test_it_is_a_drill_worth_twenty_minutes(folder):
    whole, short = (pack.scenario for pack in loaded(folder))
    times = sorted({inject.at for inject in short.injects if inject.at is not None})
    arms = [inject for inject in short.injects if inject.at is not None and inject.when]
    assert short.length == LENGTH == 20 * MINUTE
    assert 7 <= len(times) + any(i.at is None for i in short.injects) <= 10
    assert times[0] <= 5 * MINUTE
    assert times[-1] >= 14 * MINUTE, "play would end in silence"
    assert max(later - time for time, later in pairwise(times)) <= 6 * MINUTE
    assert len(arms) >= 2
    assert len({arm.at for arm in arms}) < len(arms), "two arms come at one time"
    assert any(fact.recipients for fact in short.facts)
    assert short.needs
    assert short.reports
    assert any("spokesperson" in inject.to and inject.options for inject in short.injects)
    assert {"respond", "tell", "report", "dispatch"} <= acts(short)
    assert len(short.injects) < len(whole.injects)


@EACH
def test_nobody_gets_less_time_than_in_the_whole_form_but_for_the_end(folder):
    whole, short = (pack.scenario for pack in loaded(folder))
    before = {expect.id: expect for inject in whole.injects for expect in inject.expect}
    for inject in short.injects:
        for expect in inject.expect:
            old = before[expect.id]
            assert expect.target == old.target
            limit = 2 * old.target if old.limit is None else old.limit
            if inject.at is not None:
                limit = min(limit, LENGTH - inject.at)
            assert (2 * expect.target if expect.limit is None else expect.limit) == limit
    needs = {need.id: need.within for need in whole.needs}
    assert all(need.within == needs[need.id] for need in short.needs)


@EACH
def test_the_clock_of_the_story_says_what_the_script_tells(folder):
    whole, short = (pack.scenario for pack in loaded(folder))
    told = {inject.id: inject.at for inject in whole.injects}
    for inject in short.injects:
        if inject.at is not None:
            old = story_at(whole.phases, told[inject.id])
            new = story_at(short.phases, inject.at)
            assert abs(new - old) <= timedelta(minutes=4), inject.id
    clocks = [story_at(short.phases, at) for at in range(0, LENGTH, MINUTE // 2)]
    assert clocks == sorted(clocks)


@EACH
@pytest.mark.parametrize("team", PROFILES)
def test_it_plays_to_its_end_and_every_score_is_there(folder, team):
    for state, assessment in runs(folder, team):
        assert state.stage == "ended"
        assert abs(state.at - LENGTH) <= MINUTE
        assert state.opened.short
        for score in assessment.scores():
            assert score.final is not None, score.id
            assert score.coverage > 0.5, score.id


@EACH
def test_practised_people_do_better_than_untrained_ones_in_every_score(folder):
    for place, score in enumerate(runs(folder, "practised")[0][1].scores()):
        points = [
            middle([assessment.scores()[place].final for _, assessment in runs(folder, team)])
            for team in ("untrained", "average", "practised")
        ]
        assert points == sorted(points), score.id
        assert points[-1] - points[0] > 20, score.id


@EACH
def test_both_arms_of_its_branch_are_played(folder):
    scenario = loaded(folder)[1].scenario
    arms = [inject.id for inject in scenario.injects if inject.at is not None and inject.when]
    seen = {
        arm
        for team in PROFILES
        for state, _ in runs(folder, team)
        for arm in arms
        if arm in state.injects and state.injects[arm].released is not None
    }
    assert seen == set(arms)
