"""Information flow is scored as scoring model 4.3 says; knowledge travels as time allows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds_scoring import (
    HOUR,
    Log,
    a_plan,
    a_scenario,
    both,
    named,
    role,
    weights,
    worked_information,
)

from drillkit.model import events as ev
from drillkit.model.base import MINUTE
from drillkit.model.text import Line
from scoring.assessment import Score
from scoring.measure import Measure
from scoring.process import information

TARGET, LIMIT = 10 * MINUTE, 20 * MINUTE


def a_rule(**more):
    base = {
        "id": "first",
        "title": both("first"),
        "trigger": both("trigger"),
        "sender": "lead",
        "to": ["office"],
        "limit": HOUR,
        "element": [named("where"), named("hurt")],
    }
    return base | more


def a_fact(id: str, *who: str, **more):
    recipients = [{"role": one, "target": TARGET, "limit": LIMIT} for one in who]
    return named(id, recipients=recipients, **more)


def the_log(*facts, rule=None, **plan) -> Log:
    roles = [role("lead"), role("medic"), role("press"), role("office", outside=True)]
    scenario = a_scenario(
        facts=facts or [a_fact("flood", "medic")],
        reports=[{"id": "due", "rule": "first", "after": "first"}],
    )
    return Log(a_plan(roles=roles, reports=[a_rule(**(rule or {}))], **plan), scenario)


def rated(log: Log, now: int = 2 * HOUR) -> Score:
    return information(log.state(), now, weights())


def leaf(score: Score, id: str) -> Measure:
    queue = [score.measure]
    while queue:
        node = queue.pop()
        if node.id == id:
            return node
        queue.extend(node.children)
    raise KeyError(id)


def test_the_worked_example_comes_out():
    got = information(worked_information(), 2 * HOUR, weights())
    terms = {child.id.removeprefix("information."): child for child in got.measure.children}
    assert round(terms["reached"].point, 3) == 0.778
    assert (terms["reports"].point, terms["complete"].point) == (1.0, 5 / 6)
    assert terms["accurate"].standing == "not-observed"
    assert (terms["closed-loop"].point, terms["discipline"].point) == (0.9, 1.0)
    assert (round(got.point, 1), round(got.lo, 1), round(got.hi, 1)) == (86.7, 73.7, 88.7)
    assert got.coverage == pytest.approx(0.85)
    assert got.bucket == "score.bucket-reports-in-time"


# -- I1 --------------------------------------------------------------------------------------------


def test_a_fact_that_never_came_up_is_not_asked_for():
    assert not leaf(rated(the_log()), "information.reached").children


@pytest.mark.parametrize(("minute", "earned"), [(0, 1.0), (10, 1.0), (15, 0.5), (20, 0.0)])
def test_knowing_is_measured_from_the_moment_the_fact_came_up(minute, earned):
    log = the_log()
    log.release(MINUTE, "first", ("lead",), "flood")
    told = log.tell((1 + minute) * MINUTE, "lead", ("medic",), "flood")
    got = leaf(rated(log), "information.reached.flood.medic")
    assert got.point == earned
    assert told in got.entries


def test_who_never_learns_earns_nothing_only_where_all_telling_is_seen():
    log = the_log(a_fact("flood", "medic"), a_fact("fire", "medic", closed=False))
    log.release(0, "first", ("lead",), "flood", "fire")
    early, late = rated(log, LIMIT - 1), rated(log, LIMIT)
    assert leaf(early, "information.reached.flood.medic").standing == "not-observed"
    assert leaf(late, "information.reached.flood.medic").point == 0.0
    assert leaf(late, "information.reached.fire.medic").standing == "not-observed"


def test_what_is_public_is_known_to_all():
    log = the_log()
    log.release(0, "first", ("lead",), "flood")
    log.state_publicly(5 * MINUTE, "s1", "flood")
    assert leaf(rated(log), "information.reached.flood.medic").point == 1.0


# -- I2, I3 ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filed", "now", "standing", "point"),
    [
        (HOUR, HOUR, "value", 1.0),
        (HOUR + 1, HOUR + 1, "value", 0.0),
        (None, HOUR - 1, "not-observed", None),
        (None, HOUR, "value", 0.0),
    ],
)
def test_a_report_counts_in_full_up_to_its_limit(filed, now, standing, point):
    log = the_log()
    log.owe(0, "due", "first", HOUR)
    if filed:
        log.file(filed, "due", "first", where="here")
    got = leaf(rated(log, now), "information.reports.due")
    assert (got.standing, got.point) == (standing, point)


def test_customers_at_risk_count_among_the_reports():
    log = the_log()
    for customer in ("told", "late", "open"):
        log.add(0, ev.CustomerAtRisk(customer=customer, limit_at=HOUR))
    log.add(HOUR, ev.CustomerNotified(customer="told", role="lead"), by="lead")
    log.add(HOUR + 1, ev.CustomerNotified(customer="late", role="lead"), by="lead")
    got = leaf(rated(log), "information.reports")
    assert [child.point for child in got.children] == [1.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("hurt", "share"),
    [("two", 1.0), ("", 0.5), (" \n ", 0.5), ("x", 0.5), ("First  happened", 0.5), ("无", 0.5)],
)
def test_an_element_must_say_something_of_its_own(hurt, share):
    log = the_log()
    log.release(0, "first", ("lead",))
    log.owe(0, "due", "first", HOUR)
    log.file(MINUTE, "due", "first", where="the basement", hurt=hurt)
    assert leaf(rated(log), "information.complete.due").point == share


def test_filing_late_never_scores_less_than_not_filing():
    late, never = the_log(), the_log()
    for log in (late, never):
        log.owe(0, "due", "first", HOUR)
    late.file(HOUR + 1, "due", "first")
    for log in (late, never):
        log.end(2 * HOUR)
    assert rated(late).point >= rated(never).point


# -- I4 --------------------------------------------------------------------------------------------

STORY = (
    a_fact("flood"),
    a_fact("nine-hurt", true=False, severity=3),
    a_fact("two-hurt", corrects="nine-hurt"),
    a_fact("one-hurt", corrects="two-hurt"),
)


def accuracy(log: Log) -> float | None:
    return leaf(rated(log), "information.accurate").point


def test_accuracy_is_not_observed_while_nobody_cites_anything():
    log = the_log(*STORY)
    log.tell(0, "lead", ("medic",))
    assert leaf(rated(log), "information.accurate").standing == "not-observed"


def test_a_false_fact_told_as_confirmed_weighs_by_its_severity():
    log = the_log(*STORY)
    log.tell(0, "lead", ("medic",), "flood", "nine-hurt")
    assert accuracy(log) == 0.25


def test_a_false_fact_told_as_unconfirmed_is_no_error():
    log = the_log(*STORY)
    log.tell(0, "lead", ("medic",), "nine-hurt", confirmed=False)
    assert accuracy(log) == 1.0


def test_telling_what_one_knows_to_be_outdated_is_wrong():
    log = the_log(*STORY)
    log.release(0, "first", ("lead",), "two-hurt")
    log.tell(1, "lead", ("medic",), "two-hurt")
    assert accuracy(log) == 1.0
    log.release(2, "second", ("lead",), "one-hurt")
    log.tell(3, "lead", ("medic",), "two-hurt")
    assert accuracy(log) == 0.5
    log.tell(4, "lead", ("medic",), "nine-hurt", confirmed=False)
    assert accuracy(log) == 0.2


def test_who_has_not_heard_the_correction_is_not_wrong():
    log = the_log(*STORY)
    log.release(0, "first", ("medic",), "one-hurt")
    log.tell(1, "lead", ("press",), "two-hurt")
    assert accuracy(log) == 1.0


def test_citing_what_one_does_not_know_is_wrong_and_counted():
    log = the_log(*STORY)
    log.tell(0, "lead", ("medic",), unsupported=("flood", "hearsay"))
    got = rated(log)
    assert leaf(got, "information.accurate").point == 0.0
    assert got.diagnostics["unsupported"] == 2.0


def test_reports_and_issued_statements_are_judged_too():
    log = the_log(*STORY)
    log.state_publicly(0, "s1", "nine-hurt")
    report = ev.ReportFiled(
        report="r1",
        rule="first",
        stage="initial",
        sender="medic",
        to=("office",),
        elements={},
        facts=(ev.FactRef("flood", log.scenario.facts[0].title),),
    )
    log.add(1, report, by="medic")
    by_role = {
        child.about: child.point for child in leaf(rated(log), "information.accurate").children
    }
    assert by_role == {"lead": 0.0, "medic": 1.0}


# -- what is not to pay ----------------------------------------------------------------------------


def test_a_message_to_everybody_counts_by_the_share_of_those_who_must_know():
    log = the_log()
    log.release(0, "first", ("lead",), "flood")
    log.tell(0, "lead", ("medic", "press", "office", "lead"), "flood")
    assert leaf(rated(log), "information.reached.flood.medic").point == 0.5
    aimed = the_log()
    aimed.release(0, "first", ("lead",), "flood")
    aimed.tell(0, "lead", ("medic", "press"), "flood")
    assert leaf(rated(aimed), "information.reached.flood.medic").point == 1.0


def test_what_was_made_public_without_its_approval_has_told_nobody():
    log = the_log(release=RELEASE)
    log.release(0, "first", ("lead",), "flood")
    log.state_publicly(1, "s1", "flood", by="press", approved=False)
    assert leaf(rated(log), "information.reached.flood.medic").point == 0.0
    log.tell(2, "lead", ("medic",), "flood")
    assert leaf(rated(log), "information.reached.flood.medic").point == 1.0


@pytest.mark.parametrize(
    ("elements", "earned"),
    [
        ({"what": "Water in the hall", "where": "Block 1"}, 1.0),
        ({"what": "All is being done", "where": "all is  being done"}, 0.5),
        ({"what": "first happened", "where": "First  happened!"}, 0.0),
        ({"what": "Seen by guards: first happened, at the north door", "where": "North"}, 1.0),
    ],
)
def test_elements_count_that_say_something_of_their_own(elements, earned):
    log = the_log(rule={"element": [named("what"), named("where")]})
    log.release(0, "first", ("lead",))
    log.owe(0, "due", "first", HOUR)
    log.file(1, "due", "first", **elements)
    assert leaf(rated(log), "information.complete.due").point == earned


def test_a_report_filed_again_as_it_was_counts_like_a_message_by_no_path():
    log = the_log(rule={"element": [named("what")]})
    log.tell(0, "lead", ("medic",))
    log.file(1, "a", "first", what="Water")
    log.file(2, "b", "first", what="More water")
    assert leaf(rated(log), "information.discipline.paths").point == 1.0
    log.file(3, "c", "first", what="Water")
    assert leaf(rated(log), "information.discipline.paths").point == 0.5


def test_a_customer_told_before_the_risk_arose_has_still_to_be_told():
    log = the_log()
    log.add(0, ev.CustomerNotified(customer="early", role="lead"), by="lead")
    log.add(1, ev.CustomerAtRisk(customer="early", limit_at=HOUR))
    assert leaf(rated(log), "information.reports.customer.early").point == 0.0
    log.add(2, ev.CustomerNotified(customer="early", role="lead"), by="lead")
    assert leaf(rated(log), "information.reports.customer.early").point == 1.0
    assert leaf(rated(log), "information.discipline.paths").point == 0.0


# -- I5, I6 ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("minute", "earned"), [(2, 1.0), (4, 0.5), (6, 0.0)])
def test_an_acknowledgement_is_worth_less_the_longer_it_takes(minute, earned):
    log = the_log()
    message = log.tell(0, "lead", ("medic", "office"), ack=True)
    log.acknowledge(minute * MINUTE, message, "medic")
    assert leaf(rated(log), "information.closed-loop").point == earned


@pytest.mark.parametrize(
    ("text", "after", "earned"),
    [
        ("a" * 300, 3_999, 0.0),
        ("a" * 300, 4_000, 1.0),
        ("水" * 100, 3_999, 0.0),
        ("水" * 100, 4_000, 1.0),
        ("ok", 100, 1.0),
    ],
)
def test_an_acknowledgement_before_the_words_can_be_taken_in_closes_nothing(text, after, earned):
    log = the_log()
    message = log.tell(0, "lead", ("medic",), text=text, ack=True)
    log.acknowledge(after, message, "medic")
    assert leaf(rated(log), "information.closed-loop").point == earned


def test_an_acknowledgement_may_come_for_six_minutes():
    log = the_log()
    log.tell(0, "lead", ("medic",), ack=True)
    assert leaf(rated(log, 6 * MINUTE - 1), "information.closed-loop").coverage == 0.0
    assert leaf(rated(log, 6 * MINUTE), "information.closed-loop").point == 0.0


def test_messages_keep_to_the_paths_of_the_plan():
    log = the_log(channels=[{"sender": "lead", "to": ["medic"]}])
    log.tell(0, "lead", ("medic",))
    log.tell(1, "lead", ("medic", "press"))
    log.tell(2, "medic", ("lead",))
    log.tell(3, "office", ("press",))
    got = {
        child.about: child.point
        for child in leaf(rated(log), "information.discipline.paths").children
    }
    assert got == {"lead": 0.5, "medic": 0.0}


RELEASE = {"drafters": ["lead"], "approvers": ["lead"], "spokesperson": "press"}


@pytest.mark.parametrize(
    ("by", "approved", "earned"),
    [("press", True, 1.0), ("lead", True, 2 / 3), ("press", False, 0.0), ("lead", False, 0.0)],
)
def test_a_statement_is_approved_and_issued_by_the_spokesperson(by, approved, earned):
    log = the_log(release=RELEASE)
    log.state_publicly(0, "s1", "flood", by=by, approved=approved)
    assert leaf(rated(log), "information.discipline.releases.s1").point == pytest.approx(earned)


def test_the_public_hears_one_version_of_the_facts():
    log = the_log(*STORY, release=RELEASE)
    log.state_publicly(0, "s1", "one-hurt", by="press")
    log.state_publicly(1, "s2", "two-hurt", by="press")
    got = leaf(rated(log), "information.discipline.releases")
    assert [child.point for child in got.children] == [1.0, pytest.approx(2 / 3)]


# -- caps and the record form ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filed", "ended", "words", "ceiling", "bucket"),
    [
        (HOUR + 1, True, "late", 74.0, "reports-late"),
        (None, False, "late", 74.0, "report-missing"),
        (None, True, "omitted", 59.0, "report-missing"),
    ],
)
def test_a_statutory_report_that_is_late_or_missing_caps_the_score(
    filed, ended, words, ceiling, bucket
):
    log = the_log(rule={"statutory": True})
    log.owe(0, "due", "first", HOUR)
    if filed:
        log.file(filed, "due", "first")
    if ended:
        log.end(2 * HOUR)
    got = rated(log)
    assert [(cap.ceiling, cap.words) for cap in got.caps] == [(ceiling, f"score.cap-{words}")]
    assert got.bucket == f"score.bucket-{bucket}"


def test_a_late_report_that_no_law_requires_brings_no_cap():
    log = the_log()
    log.owe(0, "due", "first", HOUR)
    assert rated(log).caps == ()


@pytest.mark.parametrize(
    ("conduct", "ceiling"), [("late", 74), ("omitted", 59), ("false", 39), ("concealed", 39)]
)
def test_judged_conduct_caps_the_score(conduct, ceiling):
    log = the_log()
    judged = ev.ConductJudged(rule="first", conduct=conduct, why=Line("seen"), entries=(1,))
    mark = log.add(0, judged, by="evaluator")
    cap = rated(log).caps[0]
    assert (cap.ceiling, cap.by, cap.entries) == (ceiling, "evaluator", (mark, 1))


# -- order in time ---------------------------------------------------------------------------------


@given(
    st.lists(st.tuples(st.sampled_from(["medic", "press"]), st.integers(0, 30)), max_size=4),
    st.integers(0, 30),
    st.integers(0, 40),
)
def test_knowing_earlier_never_scores_less(told, earlier, end):
    def rate(shift: int) -> Score:
        log = the_log(a_fact("flood", "medic", "press"))
        log.release(0, "first", ("lead",), "flood")
        for who, minute in told:
            log.tell(min(end, max(0, minute - shift)) * MINUTE, "lead", (who,), "flood")
        log.end(end * MINUTE)
        return rated(log)

    late, early = rate(0), rate(earlier)
    assert early.lo >= late.lo - 1e-9
    assert (early.point or 0) >= (late.point or 0) - 1e-9
    assert early.hi - early.lo == pytest.approx(100 * (1 - early.coverage))
