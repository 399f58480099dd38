"""The combined score: the worked example, the vetoes, the fuzzy view and the robustness."""

from dataclasses import replace

import pytest
from worlds_result import SCENARIO, STANDARD, Drill

from drillkit.model import events as ev
from drillkit.model.base import Line
from drillkit.words import say
from scoring.assess import assess, assess_entries
from scoring.grading import join, score
from scoring.measure import Measure, not_observed, total, value
from scoring.result.combined import bucket, fuzzy
from scoring.result.fuzzy import fuzzy_view, memberships
from scoring.result.robustness import robustness

CUTOFFS = STANDARD.cutoffs


def _leaves(id: str, *leaves: tuple[float, float | None]) -> list[Measure]:
    return [
        not_observed(f"{id}.{n}", "x", weight=weight)
        if x is None
        else value(f"{id}.{n}", "x", x, weight=weight)
        for n, (weight, x) in enumerate(leaves)
    ]


def example():
    """The scores of scoring model 5.8, from its published terms."""
    acknowledged = total("arrival.ack", "x", _leaves("a", (6, 0.8333333), (1, None)), weight=0.10)
    duties = total(
        "arrival.duties",
        "x",
        _leaves("d", (1, 1.0), (1, 0.65), (1, 1.0), (1, 0.65), (1, None), (1, 0.65)),
        weight=0.25,
    )
    arrival = total(
        "arrival",
        "x",
        [*_leaves("arrival", (0.45, 0.7948718), (0.20, 0.75)), acknowledged, duties],
    )
    supplies = total(
        "supplies",
        "x",
        _leaves(
            "supplies", (0.35, 610 / 680), (0.25, 0.7383), (0.15, 0.873), (0.10, 1.0), (0.15, 0.8)
        ),
    )
    information = total(
        "information",
        "x",
        _leaves(
            "information",
            (0.35, 7 / 9),
            (0.15, 1.0),
            (0.15, 5 / 6),
            (0.15, None),
            (0.10, 0.9),
            (0.10, 1.0),
        ),
    )
    scored = [score(one.id, one, STANDARD) for one in (arrival, supplies, information)]
    process = join("process", "x", list(zip(scored, (0.30, 0.30, 0.40), strict=True)), STANDARD)
    achieved = replace(value("result", "x", 0.76), lo=0.74, hi=0.79, coverage=0.95)
    result = score("result", achieved, STANDARD)
    combined = join("combined", "x", [(process, 0.60), (result, 0.40)], STANDARD)
    return process, result, combined


def test_the_worked_example_comes_out_as_published():
    process, _, combined = example()
    assert [round(x, 1) for x in (process.point, process.lo, process.hi)] == [83.7, 77.3, 85.0]
    assert [round(x, 1) for x in (combined.point, combined.lo, combined.hi)] == [80.6, 76.0, 82.6]
    assert round(combined.coverage, 2) == 0.93
    assert combined.grade == "good"


def test_the_fuzzy_view_of_the_worked_example_comes_out_as_published():
    process, result, _ = example()
    view = fuzzy(process, result, STANDARD)
    assert [round(mu, 2) for mu in view.memberships] == [0.0, 0.88, 0.12, 0.0]
    assert round(view.points, 1) == 80.2
    assert view.grade == "good"


def test_every_weight_draw_keeps_the_grade_of_the_worked_example():
    assert robustness(example()[2].measure, CUTOFFS) == 1.0


def test_a_point_at_a_cut_off_hangs_on_the_weights():
    parts = [value("process", "x", 0.85, weight=0.6), value("result", "x", 0.601, weight=0.4)]
    share = robustness(total("combined", "x", parts), CUTOFFS)
    assert 0.2 < share < 0.8
    assert share == robustness(total("combined", "x", parts), CUTOFFS)


def test_a_cap_holds_the_grade_whatever_the_weights():
    parts = [value("process", "x", 0.85, weight=0.6), value("result", "x", 0.601, weight=0.4)]
    assert robustness(total("combined", "x", parts), CUTOFFS, ceiling=59.0) == 1.0


def test_without_a_point_there_is_no_robustness_and_no_view():
    nothing = not_observed("combined", "x")
    assert robustness(nothing, CUTOFFS) is None
    assert fuzzy_view([], CUTOFFS, STANDARD.anchors) is None


@pytest.mark.parametrize("points", [0, 57.4, 60, 61.3, 74, 75, 88.8, 92.6, 100])
def test_memberships_sum_to_one_and_are_none_of_them_negative(points):
    mu = memberships(points, CUTOFFS)
    assert sum(mu) == pytest.approx(1.0)
    assert min(mu) >= 0


def test_at_a_cut_off_both_grades_hold_half():
    assert memberships(75, CUTOFFS) == (0.0, 0.5, 0.5, 0.0)


def test_divided_memberships_are_judged_by_their_points():
    view = fuzzy_view([(1, 95), (1, 82), (1, 67), (1, 30)], CUTOFFS, STANDARD.anchors)
    assert view.validity < 0.5
    assert view.grade == "fair"
    assert view.points == pytest.approx((95 + 82 + 67 + 30) / 4)


@pytest.mark.parametrize(
    ("points", "critical", "key"),
    [
        (85.0, [], "met"),
        (84.96, [], "met"),
        (84.9, [], "partly"),
        (90.0, ["M"], "partly"),
        (90.0, ["S"], "met"),
        (90.0, ["U"], "again"),
        (59.9, [], "again"),
        (60.0, [], "partly"),
    ],
)
def test_the_record_form_says_what_points_and_critical_letters_say(points, critical, key):
    assert bucket(points, critical) == f"result.bucket-{key}"


# -- vetoes ----------------------------------------------------------------------------------------


def vetoes(drill: Drill) -> dict[str, float]:
    caps = drill.assess().combined.caps
    return {cap.words: cap.ceiling for cap in caps if cap.words.startswith("result.")}


def test_a_clean_drill_is_not_capped():
    assert vetoes(Drill().call(0, "commander").arrive(2, "commander").end(30)) == {}


@pytest.mark.parametrize("conduct", ["false", "concealed"])
def test_a_false_or_concealed_report_is_a_veto_that_names_who_judged_it(conduct):
    drill = Drill()
    judged = ev.ConductJudged(rule="up", conduct=conduct, why=Line("seen"), entries=(1,))
    seq = drill.add(20, judged, by="evaluator")
    cap = next(cap for cap in drill.assess().combined.caps if cap.words.startswith("result."))
    assert (cap.words, cap.ceiling, cap.by) == (f"result.veto-{conduct}", 59.0, "evaluator")
    assert cap.entries == (1, seq)
    assert "Report up" in say("en", cap.words, **cap.values)


def test_a_late_report_is_no_veto():
    drill = Drill()
    drill.add(20, ev.ConductJudged(rule="up", conduct="late", why=Line("seen")))
    assert vetoes(drill) == {}


def test_command_that_nobody_holds_at_its_limit_is_a_veto():
    assert vetoes(Drill().call(0, "commander").end(11)) == {"result.veto-command": 59.0}
    assert vetoes(Drill().call(0, "commander").end(9)) == {}


def test_an_alternate_in_time_holds_the_command():
    drill = Drill().call(0, "commander")
    drill.add(6, ev.RoleArrived(role="commander", evidence="actual", substitute="medic"))
    assert vetoes(drill.end(11)) == {}


def test_who_left_before_the_limit_does_not_hold_the_command():
    drill = Drill().call(0, "commander").arrive(2, "commander")
    drill.add(4, ev.RoleLeft(role="commander"))
    assert "result.veto-command" in vetoes(drill.end(11))


def test_one_failed_critical_objective_caps_at_74_and_two_at_59():
    one = Drill().release(0, "alarm").answer(2, "alarm", "commander", "wait")
    assert vetoes(one) == {"result.veto-objective": 74.0}
    both = SCENARIO.model_copy(
        update={
            "objectives": tuple(
                one.model_copy(update={"critical": True}) for one in SCENARIO.objectives
            )
        }
    )
    two = Drill(both).release(0, "alarm").answer(2, "alarm", "commander", "wait").due(0).end(20)
    assert vetoes(two) == {"result.veto-objective": 59.0}


def test_a_simulated_death_is_a_veto_and_another_milestone_is_not():
    assert vetoes(Drill().milestone(5, "death")) == {"result.veto-fatal": 74.0}
    assert vetoes(Drill().milestone(5, "spill")) == {}


def test_sending_people_out_before_their_masks_came_is_a_veto():
    bare = Drill().release(0, "alarm").need(0, "masks").answer(4, "alarm", "commander", "enter")
    assert vetoes(bare) == {"result.veto-unprotected": 74.0}
    safe = Drill().release(0, "alarm").need(0, "masks").ship(0, "masks", 4)
    assert vetoes(safe.answer(6, "alarm", "commander", "enter")) == {}


def test_a_drill_that_was_broken_off_is_poor():
    drill = Drill().release(0, "alarm").answer(2, "alarm", "commander", "evacuate")
    assessment = drill.end(30, aborted=True).assess()
    assert vetoes(drill) == {"result.veto-aborted": 59.0}
    assert assessment.combined.final <= 59.0


def test_every_veto_has_a_sentence_in_both_languages_and_entries_of_the_journal():
    drill = Drill().call(0, "commander").release(0, "alarm").need(0, "masks")
    drill.answer(4, "alarm", "commander", "enter", "wait").milestone(5, "death")
    drill.add(20, ev.ConductJudged(rule="up", conduct="false", why=Line("seen")))
    caps = [
        cap
        for cap in drill.end(30, aborted=True).assess().combined.caps
        if cap.words.startswith("result.")
    ]
    assert len(caps) == 5
    for cap in caps:
        assert cap.entries
        assert max(cap.entries) <= drill.last
        assert say("en", cap.words, **cap.values) != say("zh", cap.words, **cap.values)


# -- the whole -------------------------------------------------------------------------------------


def test_a_journal_and_its_state_are_assessed_alike():
    drill = Drill().release(0, "alarm").answer(2, "alarm", "commander", "half").end(40)
    assert assess_entries(iter(drill.entries)) == drill.assess()


def test_scoring_leaves_the_state_as_it_was():
    drill = Drill().call(0, "commander").release(0, "alarm", "leak").end(40)
    state = drill.state()
    assess(state)
    assert state == drill.state()


def test_the_live_view_has_the_same_scores_without_what_takes_time():
    drill = Drill().release(0, "alarm").answer(2, "alarm", "commander", "half")
    live, whole = drill.assess(thorough=False), drill.assess()
    assert [one.point for one in live.scores()] == [one.point for one in whole.scores()]
    assert live.findings == ()
    assert live.robustness is None
    assert whole.robustness is not None


def test_other_weights_than_the_drill_s_own_may_be_given():
    drill = Drill().release(0, "alarm").answer(2, "alarm", "commander", "half")
    other = STANDARD.model_copy(update={"id": "other"})
    assert assess(drill.state(), weights=other).weights.id == "other"
    assert drill.assess().weights == STANDARD


def test_a_state_without_the_scenario_cannot_be_scored():
    state = Drill().state()
    state.opened = None
    with pytest.raises(ValueError, match="scenario"):
        assess(state)


def test_play_that_has_not_begun_has_no_grade():
    drill = Drill()
    drill.entries = drill.entries[:2]
    assessment = drill.assess()
    assert assessment.combined.grade is None
    assert assessment.combined.caps == ()
    assert assessment.findings == ()
