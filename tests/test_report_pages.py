"""What the pages say: how answers came, what was lost and why, and pictures that fit."""

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from report_world import Play, played

from drillkit.model import commands as ask
from drillkit.model.base import EVALUATOR, FACILITATOR, LANGS, MINUTE
from drillkit.model.text import Line, Prose
from drillkit.report import charts
from drillkit.report.blocks import Table
from drillkit.report.charts.svg import fit, minute_ticks, text_width
from drillkit.report.course import course, log
from drillkit.report.drill import grade
from drillkit.report.lessons import foremost, lessons
from drillkit.report.pages import agreements, cap_text, letters, said_by_evaluators, status, unseen
from drillkit.report.sections import after_action
from drillkit.report.table import rows
from drillkit.report.terms import terms, worst
from scoring.assessment import Cap

DRILL = played().drill()


@pytest.mark.parametrize(
    ("answered", "expected"),
    [
        (2, "in-time"),
        (4, "in-time"),
        (5, "late"),
        (7, "too-late"),
        (9, "too-late"),
        (None, "missed"),
    ],
)
def test_an_answer_is_in_time_late_too_late_or_missed(answered, expected):
    play = Play()
    play.ask(0, FACILITATOR, ask.StartDrill())
    play.ask(1 * MINUTE, "commander", ask.Arrive())
    if answered is not None:
        give = ask.GiveResponse(inject="alarm", options=("close-valve",))
        play.ask(answered * MINUTE, "commander", give)
    play.ask(12 * MINUTE, FACILITATOR, ask.EndDrill())
    steps = [step for step in course(play.drill()) if step.inject == "Water alarm"]
    assert [step.timing for step in steps] == [expected]
    assert steps[0].released == "1:00"


def test_the_course_lists_what_never_came_and_what_was_not_planned():
    steps = {step.inject: step for step in course(DRILL)}
    assert steps["Short circuit"].timing == "not-released"
    assert steps["Short circuit"].planned == "on condition"
    assert steps["Close the valve, then report."].planned == "ad hoc"
    assert steps["Close the valve, then report."].timing == "missed"


def test_the_log_tells_story_time_and_marks_what_does_not_count():
    play = Play()
    play.ask(0, FACILITATOR, ask.StartDrill())
    play.ask(10 * MINUTE, EVALUATOR, ask.MakeNote(text=Prose("wrong")))
    note = play.session.state.seq
    play.ask(11 * MINUTE, FACILITATOR, ask.VoidEntry(entry=note, why=Line("slip")))
    line = next(line for line in log(play.drill()) if line.seq == note)
    assert line.voided
    # Two minutes of the story pass in a minute of play.
    assert (line.at, line.story) == ("10:00", "2026-03-10 02:20")


def test_what_was_lost_is_told_by_the_entry_it_rests_on():
    found = {term.id: term for term in terms(DRILL, DRILL.assessment.arrival)}
    late = found["arrival.on-time.stores"]
    assert late.standard == "8:00 / 16:00"
    assert late.lost.startswith("9:00 Storekeeper is at the post.")
    assert found["arrival.on-time.commander"].lost == ""


def test_what_never_came_is_told_as_missing():
    play = Play()
    play.ask(0, FACILITATOR, ask.StartDrill())
    play.ask(39 * MINUTE, FACILITATOR, ask.EndDrill())
    drill = play.drill()
    found = {term.id: term for term in terms(drill, drill.assessment.arrival)}
    told = found["arrival.on-time.stores"].lost
    assert told == "Nothing came of it: 0:00 Storekeeper was called out."


def _tables(section, name):
    return [one for one in section.blocks if isinstance(one, Table) and one.name == name]


def test_the_body_has_a_line_a_term_and_the_appendix_every_leaf_with_what_it_rests_on():
    sections = {section.id: section for section in after_action(DRILL).sections}
    body = [*_tables(sections["process"], "parts"), *_tables(sections["result"], "parts")]
    whole = _tables(sections["terms"], "terms")
    said = DRILL.assessment
    for score, parts, table in zip(
        (said.arrival, said.supplies, said.information, said.result), body, whole, strict=True
    ):
        shown = [one for one in terms(DRILL, score) if one.standing != "not-applicable"]
        assert [row.cells[0].text for row in parts.rows] == [
            one.name for one in shown if one.depth == 1
        ]
        assert [row.cells[-1].entries for row in table.rows if "leaf" in row.tone] == [
            one.entries for one in shown if one.is_leaf
        ]
    assert not [one for id in ("process", "result") for one in _tables(sections[id], "terms")]


def test_a_term_is_told_by_the_leaf_that_cost_it_most():
    [on_time] = [
        one for one in DRILL.assessment.arrival.measure.children if one.id == "arrival.on-time"
    ]
    told = worst(DRILL, on_time)
    assert (told.name, told.lost) == (
        "Storekeeper",
        "9:00 Storekeeper is at the post. The arrival is declared.",
    )
    assert (told.leaves, told.unseen) == (len(on_time.children), 0)


def test_a_term_that_lost_nothing_has_nothing_to_tell():
    commander = next(
        one
        for part in DRILL.assessment.arrival.measure.children
        for one in part.children
        if one.id == "arrival.on-time.commander"
    )
    assert worst(DRILL, commander).name == ""


def test_adjudicated_values_name_who_decided_and_why():
    play = played()
    play.ask(30 * MINUTE, EVALUATOR, ask.SubmitRatings(rater=Line("Lin")))
    ruling = ask.Adjudicate(
        measure="arrival.on-time.stores",
        value=1.0,
        why=Line("Gate was shut"),
        decider=Line("Lin"),
    )
    play.ask(30 * MINUTE, EVALUATOR, ruling, via="Lin")
    drill = play.drill()
    (term,) = (
        term
        for term, _ in rows(drill, drill.assessment.arrival)
        if term.id == "arrival.on-time.stores"
    )
    assert (term.decided_by, term.judged) == ("Lin", 100.0)
    assert term.measured == pytest.approx(100 * (16 - 9) / (16 - 8))
    assert [said.value for said in said_by_evaluators(drill) if said.text == "Gate was shut"] == [
        "100"
    ]


def test_not_observed_is_listed_and_not_applicable_is_not():
    listed = {term.id for _, term in unseen(DRILL)}
    assert "arrival.duties.commander" in listed
    assert all(term.standing == "not-observed" for _, term in unseen(DRILL))


def test_letters_stand_with_who_gave_them():
    tasks = {letter.text: letter for letter in letters(DRILL) if letter.is_task}
    letter = tasks["Stop the water and make the hall safe"]
    assert letter.rating in "SM"
    assert "Lin" in letter.by


def test_a_grade_tells_how_sure_it_is():
    score = DRILL.assessment.combined
    sure = replace(score, grade="good", grade_lo="good", grade_hi="good", footing="graded")
    assert grade(DRILL, sure) == "Good"
    wide = replace(sure, grade_lo="fair", footing="provisional")
    assert grade(DRILL, wide) == "Good (Fair to Good), provisional"
    assert grade(DRILL, replace(sure, grade=None)) == "Too little evidence for a grade"


def test_a_cap_names_who_judged_it():
    cap = Cap(59.0, "result.veto-aborted", {}, (1,), EVALUATOR)
    assert cap_text(DRILL, cap).endswith("(judged by Evaluator)")
    assert "59.0" in cap_text(DRILL, replace(cap, by="rule"))


def test_lessons_come_gravest_first_and_strengths_need_no_date():
    order = ["deficiency", "corrective", "improvement", "strength"]
    levels = [lesson.finding.level for lesson in lessons(DRILL)]
    assert levels == sorted(levels, key=order.index)
    assert all(lesson.due == "" for lesson in lessons(DRILL, "strength"))
    for lesson in lessons(DRILL, "deficiency", "corrective", "improvement"):
        assert lesson.due > "2027-01-01"
        assert lesson.action


def test_a_summary_names_each_kind_of_finding_once():
    found = lessons(DRILL)
    chosen = foremost([*found[:1], *found])
    assert len({lesson.finding.rule for lesson in chosen}) == len(chosen) == 3
    assert chosen[0].finding.id == found[0].finding.id


def test_agreement_is_not_stated_over_few_tasks():
    assert "not stated" in agreements(DRILL)[0]


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (None, "Draft while the drill runs"),
        (False, "Draft"),
        (True, "Draft; the drill was broken off"),
    ],
)
def test_a_report_says_what_it_is_worth(end, expected):
    play = Play()
    play.ask(0, FACILITATOR, ask.StartDrill())
    if end is not None:
        play.ask(MINUTE, FACILITATOR, ask.EndDrill(aborted=end))
    assert status(play.drill()) == expected


# -- pictures --------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("called", ["", "第一救援与后勤保障联合处置工作组组长" * 3, "W" * 90])
def test_no_text_of_a_chart_runs_over_its_edge(lang, called):
    drill = played(called=called).drill(lang)
    for draw in (charts.scores, charts.lanes, charts.supplies, charts.knowing, charts.network):
        root = ET.fromstring(draw(drill))
        width, height = float(root.get("width")), float(root.get("height"))
        for text in root.iter("{http://www.w3.org/2000/svg}text"):
            if text.get("transform"):
                continue
            size = 11.0 if "small" in text.get("class", "") else 12.0
            wide = text_width(text.text or "", size)
            left = (
                float(text.get("x"))
                - {"start": 0, "middle": wide / 2, "end": wide}[text.get("text-anchor")]
            )
            assert left >= -4, (draw.__name__, text.text)
            assert left + wide <= width + 4, (draw.__name__, text.text)
            assert 0 <= float(text.get("y")) <= height


def test_a_late_answer_is_told_by_a_letter_as_well_as_by_colour():
    play = Play()
    play.ask(0, FACILITATOR, ask.StartDrill())
    play.ask(MINUTE, "commander", ask.Arrive())
    play.ask(5 * MINUTE, "commander", ask.GiveResponse(inject="alarm", options=("wait",)))
    play.ask(20 * MINUTE, FACILITATOR, ask.EndDrill())
    picture = charts.lanes(play.drill())
    assert re.search(r'class="letter late">L<', picture)
    assert re.search(r'fill="url\(#lanes-hatch\)"', picture)


def test_there_is_no_picture_of_nothing():
    drill = Play().drill()
    assert [charts.lanes(drill), charts.supplies(drill)] == ["", ""]
    assert [charts.knowing(drill), charts.network(drill)] == ["", ""]


@pytest.mark.parametrize(
    ("text", "width", "expected"), [("水位上升", 40, "水位…"), ("Water", 80, "Water")]
)
def test_text_is_cut_by_cells(text, width, expected):
    assert fit(text, width) == expected


def test_ticks_are_even_and_few():
    assert minute_ticks(90 * MINUTE) == [at * MINUTE for at in range(0, 91, 10)]
