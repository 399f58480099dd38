"""The result score: expected actions, objectives, outcome variables, recovery and harm."""

import pytest
from worlds_result import SCENARIO, STANDARD, Drill

from drillkit.model import events as ev
from drillkit.model.base import MINUTE, Line
from scoring.measure import Measure
from scoring.result.actions import action, due_report
from scoring.result.outcome import discrepancies, task_measures
from scoring.result.scene import scene


def done(
    drill: Drill, inject: str, expect: str, minute: float = 60, *, closed: bool = True
) -> Measure:
    spec = next(one for one in SCENARIO.injects if one.id == inject)
    wanted = next(one for one in spec.expect if one.id == expect)
    return action(scene(drill.state(), round(minute * MINUTE)), spec, wanted, closed=closed)


def worth(drill: Drill, inject: str, expect: str, minute: float = 60) -> float:
    point = done(drill, inject, expect, minute).point
    assert point is not None
    return round(point, 3)


# -- respond ---------------------------------------------------------------------------------------


def alarm() -> Drill:
    return Drill().release(0, "alarm")


@pytest.mark.parametrize(
    ("minute", "options", "expected"),
    [
        (5, ["evacuate"], 1.0),
        (7.5, ["evacuate"], 0.5),
        (10, ["evacuate"], 0.0),
        (5, ["half"], 0.5),
        (7.5, ["half"], 0.25),
        (5, ["evacuate", "wait"], 0.6),
        (5, [], 0.0),
    ],
)
def test_an_answer_earns_its_credit_by_its_time(minute, options, expected):
    drill = alarm().answer(minute, "alarm", "commander", *options, text="we see to it")
    assert worth(drill, "alarm", "decide") == expected


def test_the_last_valid_answer_counts():
    drill = alarm().answer(1, "alarm", "commander", "wait")
    drill.answer(7.5, "alarm", "commander", "evacuate")
    drill.answer(9, "alarm", "commander", text="as said")
    assert worth(drill, "alarm", "decide") == 0.5


def test_an_unknown_option_earns_nothing():
    assert worth(alarm().answer(1, "alarm", "commander", "fly"), "alarm", "decide") == 0.0


def test_somebody_else_s_answer_does_not_count():
    drill = alarm().answer(1, "alarm", "medic", "evacuate")
    assert worth(drill, "alarm", "decide") == 0.0


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Two hurt", 1.0), ("ok", 1.0), ("k", 0.0), ("  ", 0.0), ("What count says", 0.0)],
)
def test_an_answer_in_words_must_say_something_of_its_own(text, expected):
    drill = Drill().release(0, "count").answer(3, "count", "medic", text=text)
    assert worth(drill, "count", "say") == expected


def test_silence_is_zero_only_when_the_window_has_closed():
    assert done(alarm(), "alarm", "decide", 9.9).standing == "not-observed"
    late = done(alarm(), "alarm", "decide", 10)
    assert (late.standing, late.point, late.entries) == ("value", 0.0, (3,))


def test_the_entry_that_says_overdue_is_named():
    drill = alarm()
    seq = drill.add(10, ev.AnswerOverdue(inject="alarm", role="commander"))
    assert done(drill, "alarm", "decide").entries == (3, seq)


def test_a_drill_that_ended_before_the_window_closed_leaves_it_not_observed():
    assert done(alarm().end(8), "alarm", "decide", 90).standing == "not-observed"


def test_an_inject_that_was_never_released_does_not_apply():
    assert done(Drill().end(60), "alarm", "decide").standing == "not-applicable"


def test_what_may_happen_unseen_is_not_observed_when_missing():
    assert done(alarm(), "alarm", "decide", closed=False).standing == "not-observed"


def test_an_earlier_answer_never_earns_less():
    earned = [
        worth(alarm().answer(minute, "alarm", "commander", "half"), "alarm", "decide")
        for minute in range(1, 13)
    ]
    assert earned == sorted(earned, reverse=True)


def test_an_adjudicated_action_keeps_its_entries_and_says_so():
    drill = alarm().answer(12, "alarm", "commander", "evacuate")
    ruling = ev.ValueAdjudicated(measure="result.action.alarm.decide", value=0.8, why=Line("radio"))
    seq = drill.add(70, ruling, by="evaluator")
    measure = done(drill, "alarm", "decide")
    assert (measure.point, measure.evidence, measure.entries) == (0.8, "adjudicated", (3, 4, seq))


# -- tell, report, dispatch, state, notify ---------------------------------------------------------


def leak() -> Drill:
    return Drill().release(0, "leak")


def test_telling_counts_when_the_last_of_them_knows():
    drill = leak().message(2, "commander", "medic", facts=("dam",))
    assert worth(drill, "leak", "pass-on") == 0.5
    drill.message(7.5, "commander", "press", facts=("dam",))
    assert worth(drill, "leak", "pass-on") == 0.5
    both = leak().message(2, "commander", "medic", "press", facts=("dam",))
    assert worth(both, "leak", "pass-on") == 1.0


def test_telling_half_of_them_is_open_until_the_window_closes():
    drill = leak().message(2, "commander", "medic", facts=("dam",))
    assert done(drill, "leak", "pass-on", 9).standing == "not-observed"


def test_telling_one_more_never_earns_less():
    drill = leak().message(2, "commander", "medic", facts=("dam",))
    before = worth(drill, "leak", "pass-on")
    assert (
        worth(drill.message(30, "commander", "press", facts=("dam",)), "leak", "pass-on") >= before
    )


@pytest.mark.parametrize(
    "drill",
    [
        leak().message(2, "commander", "medic", "press"),
        leak().message(2, "aide", "medic", "press", facts=("dam",)),
        Drill().message(0, "commander", "medic", "press", facts=("dam",)).release(1, "leak"),
    ],
    ids=["without the fact", "by somebody else", "before the release"],
)
def test_telling_needs_the_role_the_fact_and_the_order(drill):
    assert worth(drill, "leak", "pass-on") == 0.0


def test_a_dispatch_earns_the_share_that_left_in_time():
    drill = Drill().release(0, "cold").need(0, "blankets").ship(3, "blankets", 6)
    assert worth(drill, "cold", "send") == 0.6
    assert worth(drill.ship(4, "blankets", 4), "cold", "send") == 1.0


def test_a_dispatch_by_another_role_or_without_the_need_does_not_count():
    drill = Drill().release(0, "cold")
    assert done(drill, "cold", "send").standing == "not-applicable"
    drill.need(0, "blankets").ship(3, "blankets", 10, by="aide")
    assert worth(drill, "cold", "send") == 0.0


def test_a_statement_must_cite_the_fact_and_be_issued():
    assert worth(Drill().release(0, "cold").statement(3, "truth"), "cold", "say-so") == 1.0
    assert worth(Drill().release(0, "cold").statement(3, "dam"), "cold", "say-so") == 0.0


def test_a_customer_told_late_earns_less():
    assert worth(Drill().release(0, "cold").at_risk(0).notify(7.5), "cold", "call") == 0.5


def test_a_report_that_cites_the_fact_tells_its_readers_too():
    drill = Drill().release(0, "leak").message(1, "commander", "medic", facts=("dam",))
    filed = ev.ReportFiled(
        report="r",
        rule="up",
        stage="initial",
        sender="commander",
        to=("press",),
        elements={},
        facts=drill.refs("dam"),
    )
    drill.add(2, filed, by="commander")
    assert worth(drill, "leak", "pass-on") == 1.0


def test_a_report_that_was_filed_before_its_inject_is_not_late():
    drill = Drill().due(0).report(1, "place").release(2, "cold")
    assert worth(drill, "cold", "file") == 1.0


def test_a_report_that_is_not_due_is_not_expected():
    assert done(Drill().release(0, "cold"), "cold", "file").standing == "not-applicable"


@pytest.mark.parametrize(
    ("drill", "minute", "standing", "point"),
    [
        (Drill(), 60, "not-observed", None),
        (Drill().end(60), 60, "not-applicable", None),
        (Drill().due(0), 14, "not-observed", None),
        (Drill().due(0), 15, "value", 0.0),
        (Drill().due(0).report(15, "place"), 60, "value", 1.0),
        (Drill().due(0).report(16, "place"), 60, "value", 0.0),
    ],
)
def test_a_due_report_is_a_step_at_its_limit(drill, minute, standing, point):
    measure = due_report(scene(drill.state(), minute * MINUTE), SCENARIO.reports[0])
    assert (measure.standing, measure.point) == (standing, point)


# -- tasks and objectives --------------------------------------------------------------------------


def task(drill: Drill, id: str, **changes: object) -> Measure:
    tasks = tuple(one.model_copy(update=changes) if one.id == id else one for one in SCENARIO.tasks)
    drilled = Drill(SCENARIO.model_copy(update={"tasks": tasks}))
    drilled.entries += drill.entries[3:]
    return task_measures(scene(drilled.state(), 60 * MINUTE), STANDARD.anchors)[id]


def test_evidence_and_judgement_are_mixed_by_lambda():
    drill = alarm().answer(7.5, "alarm", "commander", "evacuate").rate(20, "decide", "S")
    assert task(drill, "decide", share_auto=1.0).point == pytest.approx(0.5)
    assert task(drill, "decide", share_auto=0.5).point == pytest.approx((0.5 + 0.82) / 2)
    assert task(drill, "decide", share_auto=0.0).point == pytest.approx(0.82)


def test_where_one_is_missing_the_other_stands():
    assert task(alarm().rate(20, "decide", "M"), "judged").standing == "not-observed"
    assert task(Drill().rate(20, "decide", "M"), "decide").point == pytest.approx(0.67)
    unrated = alarm().answer(5, "alarm", "commander", "half")
    assert task(unrated, "decide", share_auto=0.0).point == pytest.approx(0.5)


def test_several_raters_give_their_median_and_their_spread():
    drill = Drill().rate(20, "judged", "P", "a").rate(20, "judged", "S", "b")
    measure = task(drill.rate(20, "judged", "U", "c"), "judged")
    assert (measure.point, measure.lo, measure.hi) == pytest.approx((0.82, 0.30, 0.95))


def test_a_task_that_the_raters_call_not_applicable_drops_out():
    assert task(Drill().rate(20, "judged", "not-applicable"), "judged").standing == "not-applicable"
    assert task(Drill().rate(20, "judged", "not-observed"), "judged").standing == "not-observed"


def test_an_adjudicated_task_keeps_what_was_measured_below_it():
    drill = alarm().answer(5, "alarm", "commander", "half")
    ruling = ev.ValueAdjudicated(measure="result.task.decide", value=0.9, why=Line("meeting"))
    drill.add(30, ruling, by="evaluator")
    measure = task(drill, "decide")
    assert (measure.point, measure.evidence) == (0.9, "adjudicated")
    assert measure.children[0].point == 0.5
    unseen = ev.ValueAdjudicated(measure="result.task.decide", value=None, why=Line("nobody saw"))
    drill.add(31, unseen, by="evaluator")
    assert task(drill, "decide").standing == "not-observed"
    assert task(drill, "decide").children[0].point == 0.5


def test_evidence_far_from_judgement_is_for_the_meeting():
    drill = alarm().answer(5, "alarm", "commander", "half").due(0).report(3, "place")
    drill.rate(20, "decide", "P").rate(20, "report", "S").rate(20, "judged", "U")
    tasks = task_measures(scene(drill.state(), 60 * MINUTE), STANDARD.anchors)
    assert discrepancies(tasks) == ("decide",)


def test_an_objective_is_the_weighted_sum_of_its_tasks():
    drill = Drill().release(0, "alarm", "count").answer(5, "alarm", "commander", "half")
    protect = drill.answer(5, "count", "medic", text="two").assess(60).objectives[0]
    assert protect.measure.point == pytest.approx(0.75)
    assert [child.about for child in protect.measure.children] == ["t-protect"]


# -- outcome variables, recovery, harm -------------------------------------------------------------


def term(drill: Drill, id: str, minute: float | None = None) -> Measure:
    measure = drill.assess(minute, thorough=False).result.measure
    return next(child for child in measure.children if child.id == f"result.{id}")


@pytest.mark.parametrize(
    ("value", "rate", "minute", "expected"),
    [(40.0, 0.0, 30, 0.4), (40.0, 1.0, 30, 0.6), (40.0, 5.0, 30, 0.8), (40.0, -9.0, 30, 0.0)],
)
def test_an_outcome_moves_by_its_rate_within_its_bounds(value, rate, minute, expected):
    drill = Drill()
    seq = drill.add(10, ev.OutcomeMoved(outcome="people", value=value, rate=rate))
    measure = term(drill, "outcomes", minute)
    assert measure.point == pytest.approx(expected)
    assert measure.entries == (seq,)


def test_an_outcome_never_falls_below_its_floor_and_needs_a_range():
    def with_people(**changes: object) -> Drill:
        people = SCENARIO.outcomes[0].model_copy(update=changes)
        drill = Drill(SCENARIO.model_copy(update={"outcomes": (people,)}))
        drill.add(10, ev.OutcomeMoved(outcome="people", value=40.0, rate=-9.0))
        return drill

    assert term(with_people(low=30.0), "outcomes", 60).point == pytest.approx(0.3)
    assert term(with_people(reference=0.0), "outcomes", 60).standing == "not-applicable"


def test_an_outcome_stands_still_after_the_end():
    drill = Drill()
    drill.add(10, ev.OutcomeMoved(outcome="people", value=40.0, rate=1.0))
    assert term(drill.end(20), "outcomes", 60).point == pytest.approx(0.5)


def test_a_drill_without_outcome_variables_gives_their_weight_to_the_rest():
    drill = Drill(SCENARIO.model_copy(update={"outcomes": (), "recoveries": ()}))
    drill.release(0, "alarm").answer(1, "alarm", "commander", "half").end(30)
    assert term(drill, "outcomes").standing == "not-applicable"
    objectives, compliance = term(drill, "objectives"), term(drill, "compliance")
    expected = 0.5 * objectives.coverage * objectives.point + 0.1 * compliance.point
    expected /= 0.5 * objectives.coverage + 0.1
    assert drill.assess().result.measure.point == pytest.approx(expected)


@pytest.mark.parametrize(
    ("drill", "minute", "standing", "point"),
    [
        (Drill().milestone(30, "safe"), 90, "value", 1.0),
        (Drill().milestone(45, "safe"), 90, "value", 0.5),
        (Drill(), 59, "not-observed", None),
        (Drill(), 60, "value", 0.0),
        (Drill().end(50), 90, "not-observed", None),
    ],
)
def test_recovery_is_timed_from_the_start_to_its_milestone(drill, minute, standing, point):
    measure = term(drill, "recovery", minute)
    assert (measure.standing, measure.point) == (standing, point)


def test_recovery_may_be_timed_from_an_inject():
    recoveries = tuple(one.model_copy(update={"after": "leak"}) for one in SCENARIO.recoveries)
    scenario = SCENARIO.model_copy(update={"recoveries": recoveries})
    assert term(Drill(scenario).milestone(45, "safe"), "recovery").standing == "not-applicable"
    assert term(Drill(scenario).release(15, "leak").milestone(45, "safe"), "recovery").point == 1.0


def test_harm_adds_up_and_never_falls_below_zero():
    drill = alarm().milestone(5, "spill")
    assert term(drill, "compliance").point == pytest.approx(0.5)
    drill.answer(6, "alarm", "commander", "force")
    assert term(drill, "compliance").point == pytest.approx(0.2)
    drill.rate(20, "decide", "P", harmed=True)
    assert term(drill, "compliance").point == 0.0


def test_the_same_flag_of_two_raters_counts_once():
    drill = (
        Drill().rate(20, "decide", "P", "a", unsafe=True).rate(20, "decide", "P", "b", unsafe=True)
    )
    assert term(drill, "compliance").point == pytest.approx(0.75)
    drill.rate(21, "decide", "P", "b", unsafe=True, noncompliant=True)
    assert term(drill, "compliance").point == pytest.approx(0.5)


def test_a_harmful_answer_that_was_taken_back_does_no_harm():
    drill = alarm().answer(2, "alarm", "commander", "force")
    assert term(drill.answer(3, "alarm", "commander", "evacuate"), "compliance").point == 1.0


def test_a_good_drill_reaches_its_goal_on_the_record_form():
    drill = Drill(
        SCENARIO.model_copy(
            update={
                "tasks": tuple(one for one in SCENARIO.tasks if one.id == "decide"),
                "outcomes": (),
            }
        )
    )
    drill.release(0, "alarm").answer(1, "alarm", "commander", "evacuate").milestone(10, "safe")
    assert drill.end(30).assess().result.bucket == "result.bucket-met"
