"""Role arrival is scored as scoring model 4.1 says."""

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds_scoring import Log, a_plan, named, role, weights, worked_arrival

from drillkit.core.state import State
from drillkit.model import events as ev
from drillkit.model.base import MINUTE, SECOND
from drillkit.model.text import Line
from scoring.measure import Measure
from scoring.process import arrival

HOUR = 60 * MINUTE
TARGET, LIMIT = 10 * MINUTE, 20 * MINUTE


def the_plan(**lead):
    return a_plan(
        groups=[named("post", quorum=2, target=TARGET, limit=LIMIT)],
        roles=[
            role("lead", group="post", arrive_target=TARGET, arrive_limit=LIMIT, **lead),
            role("medic", group="post", arrive_target=TARGET, arrive_limit=LIMIT),
            role("fire", outside=True),
        ],
    )


def called(**lead) -> Log:
    log = Log(the_plan(**lead))
    log.call(MINUTE, "lead", "medic")
    return log


def leaf(state: State, id: str, now: int = HOUR) -> Measure:
    return find(arrival(state, now, weights()).measure, id)


def find(measure: Measure, id: str) -> Measure:
    found = {measure.id: measure}
    queue = [measure]
    while queue:
        for child in queue.pop().children:
            found[child.id] = child
            queue.append(child)
    return found[id]


def test_the_worked_example_comes_out():
    got = arrival(worked_arrival(), 2 * HOUR, weights())
    terms = {child.id: child for child in got.measure.children}
    assert round(terms["arrival.on-time"].point, 3) == 0.795
    assert round(terms["arrival.acknowledged"].point, 3) == 0.833
    assert round(terms["arrival.acknowledged"].coverage, 2) == 0.86
    assert terms["arrival.established"].point == 0.75
    assert round(terms["arrival.duties"].point, 3) == 0.790
    assert (round(got.point, 1), round(got.lo, 1), round(got.hi, 1)) == (78.8, 74.4, 80.0)
    assert round(got.coverage, 2) == 0.94
    assert (got.grade, got.footing) == ("good", "graded")
    assert got.bucket == "score.bucket-some-absent"


def test_before_the_call_nothing_applies():
    got = arrival(Log(the_plan()).state(), HOUR, weights())
    assert (got.measure.standing, got.point, got.bucket) == ("not-applicable", None, "")


def test_outside_partners_are_not_scored():
    ids = {
        child.id
        for child in find(
            arrival(called().state(), 0, weights()).measure, "arrival.on-time"
        ).children
    }
    assert ids == {"arrival.on-time.lead", "arrival.on-time.medic"}


def test_who_has_not_come_is_not_observed_until_the_limit_and_nothing_from_then_on():
    state = called().state()
    assert leaf(state, "arrival.on-time.lead", MINUTE + LIMIT - 1).standing == "not-observed"
    gone = leaf(state, "arrival.on-time.lead", MINUTE + LIMIT)
    assert (gone.point, gone.evidence, len(gone.entries)) == (0.0, "auto", 1)


def test_a_drill_that_ended_before_the_limit_leaves_arrival_open():
    log = called()
    log.end(5 * MINUTE)
    assert leaf(log.state(), "arrival.on-time.lead", HOUR).standing == "not-observed"


@pytest.mark.parametrize(
    ("stand_in", "credit"),
    [({}, 1.0), ({"substitute": "medic", "alternate": True}, 0.9), ({"substitute": "medic"}, 0.5)],
)
def test_who_stands_in_earns_less(stand_in, credit):
    log = called()
    log.arrive(2 * MINUTE, "lead", **stand_in)
    assert leaf(log.state(), "arrival.on-time.lead").point == credit


def test_a_substitute_who_holds_the_post_until_its_holder_comes_costs_nothing():
    log = called()
    log.arrive(2 * MINUTE, "lead", substitute="medic")
    log.add(3 * MINUTE, ev.RoleLeft(role="lead"))
    holder = log.arrive(4 * MINUTE, "lead")
    got = leaf(log.state(), "arrival.on-time.lead")
    assert got.point == 1.0
    assert holder in got.entries


def test_who_checks_in_and_goes_earns_the_share_of_play_that_the_post_was_held():
    log = called()
    log.arrive(2 * MINUTE, "lead")
    log.add(12 * MINUTE, ev.RoleLeft(role="lead"))
    assert leaf(log.state(), "arrival.on-time.lead", 12 * MINUTE).point == 1.0
    assert leaf(log.state(), "arrival.on-time.lead", 42 * MINUTE).point == 0.25


def test_who_holds_several_posts_of_others_is_at_each_and_at_its_own_in_part():
    log = Log(
        a_plan(
            groups=[named("post", quorum=2, target=TARGET, limit=LIMIT)],
            roles=[
                role(id, group="post", arrive_target=TARGET, arrive_limit=LIMIT)
                for id in ("lead", "medic", "driver")
            ],
        )
    )
    log.call(MINUTE, "lead", "medic", "driver")
    log.arrive(2 * MINUTE, "lead")
    log.arrive(2 * MINUTE, "medic", substitute="lead", alternate=True)
    one = log.state()
    assert leaf(one, "arrival.on-time.lead").point == 1.0
    log.arrive(2 * MINUTE, "driver", substitute="lead", alternate=True)
    log.add(2 * MINUTE, ev.GroupEstablished(group="post"))
    several = log.state()
    assert leaf(several, "arrival.on-time.lead").point == 0.5
    assert leaf(several, "arrival.on-time.medic").point == 0.45
    assert leaf(several, "arrival.established.post").point == 0.0
    log.arrive(6 * MINUTE, "driver")
    assert leaf(log.state(), "arrival.established.post").point == 1.0


def test_arrival_says_what_kind_of_evidence_it_rests_on():
    log = called()
    log.arrive(2 * MINUTE, "lead", evidence="simulated")
    log.arrive(2 * MINUTE, "medic", evidence="declared")
    state = log.state()
    assert leaf(state, "arrival.on-time.lead").evidence == "simulated"
    assert leaf(state, "arrival.on-time.medic").evidence == "declared"


def test_a_group_counts_from_the_call_of_its_first_member():
    log = Log(the_plan())
    log.call(0, "lead")
    log.call(5 * MINUTE, "medic")
    log.add(15 * MINUTE, ev.GroupEstablished(group="post"))
    assert leaf(log.state(), "arrival.established.post").point == 0.5


def rate(log: Log, rater: str, duty: str) -> None:
    event = ev.DutyRated(role="lead", rater=Line(rater), duty=duty)
    log.add(50 * MINUTE, event, by="evaluator")


def test_several_raters_count_by_their_median():
    log = called()
    log.arrive(2 * MINUTE, "lead")
    for rater, duty in [
        ("a", "skilled"),
        ("b", "unclear"),
        ("c", "adequate"),
        ("d", "not-observed"),
    ]:
        rate(log, rater, duty)
    got = leaf(log.state(), "arrival.duties.lead")
    assert (got.point, got.evidence) == (0.65, "evaluator")


def test_duties_count_for_the_share_of_time_that_the_post_was_held():
    log = called()
    log.arrive(10 * MINUTE, "lead")
    log.add(20 * MINUTE, ev.RoleLeft(role="lead"))
    log.arrive(30 * MINUTE, "lead")
    rate(log, "a", "skilled")
    log.end(50 * MINUTE)
    assert leaf(log.state(), "arrival.duties.lead").point == 0.75


def test_unrated_duties_are_not_observed_and_declined_ones_do_not_apply():
    log = called()
    assert leaf(log.state(), "arrival.duties.lead").standing == "not-observed"
    rate(log, "a", "not-applicable")
    assert leaf(log.state(), "arrival.duties.lead").standing == "not-applicable"


def test_an_empty_key_post_caps_the_score():
    log = called(key=True)
    log.arrive(2 * MINUTE, "medic")
    got = arrival(log.state(), HOUR, weights())
    assert got.bucket == "score.bucket-key-absent"
    assert [(cap.ceiling, cap.words) for cap in got.caps] == [(59.0, "score.cap-key-absent")]


def test_a_designated_alternate_at_the_key_post_spares_the_cap():
    log = called(key=True)
    log.arrive(2 * MINUTE, "lead", substitute="medic", alternate=True)
    got = arrival(log.state(), HOUR, weights())
    assert (got.bucket, got.caps) == ("score.bucket-key-absent", ())


@pytest.mark.parametrize(
    ("lead", "medic", "bucket"),
    [
        (5, 5, "prompt"),
        (5, None, "some-absent"),
        (5, 25, "some-absent"),
        (13, 14, "some-absent"),
    ],
)
def test_the_record_form_says_how_people_came(lead, medic, bucket):
    log = called()
    log.arrive(lead * MINUTE, "lead")
    if medic:
        log.arrive(medic * MINUTE, "medic")
    assert arrival(log.state(), HOUR, weights()).bucket == f"score.bucket-{bucket}"


def test_the_record_form_waits_while_somebody_may_still_come():
    log = called()
    log.arrive(5 * MINUTE, "lead")
    assert arrival(log.state(), 6 * MINUTE, weights()).bucket == ""


def test_most_in_time_is_mostly_prompt():
    plan = a_plan(roles=[role(f"r{n}", arrive_target=TARGET) for n in range(3)])
    log = Log(plan)
    log.call(0, "r0", "r1", "r2")
    for id, minute in [("r0", 3), ("r1", 4), ("r2", 12)]:
        log.arrive(minute * MINUTE, id)
    assert arrival(log.state(), HOUR, weights()).bucket == "score.bucket-mostly-prompt"


def test_scoring_leaves_no_trace_in_the_state():
    state = Log(the_plan()).state()
    before = deepcopy(state)
    arrival(state, HOUR, weights())
    assert state == before


times = st.none() | st.integers(0, 3000)  # seconds after the call


@given(times, times, st.integers(0, 600))
def test_coming_earlier_never_scores_less(lead, medic, earlier):
    def points(shift: int):
        log = called()
        for id, came in (("lead", lead), ("medic", medic)):
            if came is not None:
                log.add(MINUTE + max(0, came - shift) * SECOND, ev.CallAcknowledged(role=id))
                log.arrive(MINUTE + max(0, came - shift) * SECOND, id)
        log.end(HOUR)
        return arrival(log.state(), HOUR, weights())

    late, early = points(0), points(earlier)
    assert early.lo >= late.lo
    assert (early.point or 0) >= (late.point or 0)
    assert early.hi - early.lo == pytest.approx(100 * (1 - early.coverage))
