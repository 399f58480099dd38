"""Letters P, S, M, U by the decision tree, their roll-up, and who has the last word."""

import pytest
from worlds_result import Drill

from drillkit.model import events as ev
from drillkit.model.base import Line
from drillkit.words import say
from scoring.result.letters import letter, rolled_up


@pytest.mark.parametrize(
    ("x", "flags", "expected"),
    [
        (None, {}, "not-observed"),
        (None, {"harm": True}, "not-observed"),
        (1.0, {}, "P"),
        (0.90, {}, "P"),
        (0.8996, {}, "P"),
        (0.8994, {}, "S"),
        (0.60, {}, "S"),
        (0.599, {}, "U"),
        (0.599, {"harm": True}, "U"),
        (0.92, {"noncompliant": True}, "M"),
        (0.65, {"unsafe": True}, "M"),
        (1.0, {"harm": True, "findings": True}, "M"),
        (1.0, {"findings": True}, "S"),
        (1.0, {"applicable": False}, "not-applicable"),
    ],
)
def test_the_tree_asks_for_achievement_then_harm_then_findings(x, flags, expected):
    assert letter(x, **flags)[0] == expected


def test_a_letter_says_all_its_reasons_in_both_languages():
    _, why = letter(0.7, harm=True, unsafe=True, noncompliant=True, findings=True)
    assert why == ("result.why-harm", "result.why-unsafe", "result.why-noncompliant")
    for key in (*why, *letter(0.7, findings=True)[1], *letter(1.0)[1], *letter(None)[1]):
        assert say("en", key) != say("zh", key)


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("P", False), ("S", False), ("U", False)], "S"),
        ([("P", False), ("S", False)], "S"),
        ([("P", True), ("U", False)], "P"),
        ([("P", True), ("M", True), ("U", False)], "M"),
        ([("not-observed", True), ("P", False)], "not-observed"),
        ([("not-observed", True), ("S", True)], "S"),
        ([("not-applicable", True), ("P", False)], "P"),
        ([("not-applicable", False)], "not-applicable"),
        ([("not-observed", False), ("P", False)], "P"),
        ([], "not-applicable"),
    ],
)
def test_the_roll_up_is_the_worst_critical_letter_else_the_lower_median(pairs, expected):
    assert rolled_up(pairs) == expected


def of_task(drill: Drill, task: str):
    letters = drill.assess().objectives
    return next(one for objective in letters for one in objective.tasks if one.task == task)


def test_a_good_answer_in_time_is_performed_without_challenges():
    found = of_task(
        Drill().release(0, "alarm").answer(3, "alarm", "commander", "evacuate"), "decide"
    )
    assert (found.suggested, found.rating, found.by) == ("P", "P", "rule")
    assert found.entries == (3, 4)


def test_a_harmful_option_makes_a_perfect_task_major():
    found = of_task(Drill().release(0, "alarm").answer(3, "alarm", "commander", "force"), "decide")
    assert found.x == 1.0
    assert (found.suggested, found.why) == ("M", ("result.why-harm",))


def test_sending_people_out_unprotected_is_a_major_challenge():
    drill = Drill().release(0, "alarm").need(0, "masks").answer(3, "alarm", "commander", "enter")
    assert of_task(drill, "decide").why == ("result.why-unsafe",)


def _report_task(*, late: bool) -> Drill:
    """A task whose evidence is worth a lot even when its report breaks the law."""
    drill = Drill().due(0).report(16 if late else 14, "place", "harm")
    ruling = ev.ValueAdjudicated(measure="result.task.report", value=0.92, why=Line("meeting"))
    drill.add(30, ruling, by="evaluator")
    return drill


def test_ninety_two_points_with_a_broken_reporting_law_are_m():
    found = of_task(_report_task(late=True), "report")
    assert (round(found.x, 2), found.suggested) == (0.92, "M")
    assert found.why == ("result.why-noncompliant",)
    assert of_task(_report_task(late=False), "report").suggested == "P"


def test_a_judged_conduct_breaks_the_law_too():
    drill = _report_task(late=False)
    drill.add(31, ev.ConductJudged(rule="up", conduct="false", why=Line("seen")), by="evaluator")
    assert of_task(drill, "report").suggested == "M"


def test_an_open_finding_takes_the_p():
    drill = Drill().due(0).report(3, "place")
    found = of_task(drill, "report")
    assert (found.x, found.suggested, found.why) == (1.0, "S", ("result.why-finding",))


def test_the_lead_has_the_last_word_and_the_suggestion_stays():
    drill = Drill().release(0, "alarm").answer(3, "alarm", "commander", "evacuate")
    drill.rate(20, "decide", "U", "Wang").rate(21, "decide", "S", "Lead")
    found = of_task(drill, "decide")
    assert (found.suggested, found.rating, found.by) == ("P", "S", "Lead")


def test_without_a_lead_the_lower_median_of_the_raters_stands():
    drill = Drill().rate(20, "judged", "P", "Li").rate(21, "judged", "S", "Wang")
    found = of_task(drill.rate(22, "judged", "not-observed", "Zhao"), "judged")
    assert (found.rating, found.by) == ("S", "Li, Wang")


def test_a_flag_of_a_rater_is_enough_for_m():
    drill = Drill().release(0, "alarm").answer(3, "alarm", "commander", "evacuate")
    drill.rate(20, "decide", "not-observed", unsafe=True)
    assert of_task(drill, "decide").rating == "M"


def test_the_critical_task_decides_the_objective():
    drill = Drill().release(0, "alarm", "count").answer(3, "alarm", "commander", "evacuate")
    drill.answer(12, "count", "medic", text="two hurt")
    protect = drill.assess().objectives[0]
    assert {task.task: task.rating for task in protect.tasks}["count"] == "U"
    assert protect.rating == "P"


def test_what_was_never_asked_for_is_not_applicable_and_what_left_no_trace_not_observed():
    assert of_task(Drill(), "decide").rating == "not-observed"
    drill = Drill().end(60)
    assert of_task(drill, "decide").rating == "not-applicable"
    assert of_task(drill, "judged").rating == "not-observed"


def test_an_open_deficiency_rules_out_a_p_even_for_the_lead():
    drill = Drill().release(0, "alarm").need(0, "masks").answer(3, "alarm", "commander", "enter")
    found = of_task(drill.rate(20, "decide", "P", "Lead"), "decide")
    assert (found.suggested, found.rating, found.by) == ("M", "S", "Lead")
    assert found.why[-1] == "result.why-deficiency"
