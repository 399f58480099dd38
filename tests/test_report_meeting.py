"""What reports say of decisions, of the meeting and of signatures: who, what, when and why."""

import json
from dataclasses import replace

import jsonschema
import pytest
from report_world import Play, played

from drillkit.core.chronicle import sentence
from drillkit.core.measured import measure
from drillkit.model import commands as ask
from drillkit.model.base import EVALUATOR, FACILITATOR, LANGS, MINUTE
from drillkit.model.events import ValueAdjudicated
from drillkit.model.text import Line, Prose
from drillkit.report import schema, score_json
from drillkit.report.blocks import Table
from drillkit.report.drill import Drill, drawn, every
from drillkit.report.markdown import document_markdown
from drillkit.report.meeting import meeting_lines
from drillkit.report.pages import agreements, letters, said_by_evaluators, status
from drillkit.report.sections import after_action
from drillkit.report.xlsx_raters import raw_rows
from drillkit.words import say
from scoring.result.settlement import has_met, needs_meeting

AT = 31 * MINUTE
RATERS = ("Lin", "Wang")
STOP = "Stop the water and make the hall safe"


def rated(*handed_in: str) -> Play:
    """Two raters differ on one task; these have handed in, and Chen leads."""
    play = played("As I saw it.")
    slip = next(entry for entry in play.session.entries if entry.event.kind == "task_rated")
    play.ask(AT, FACILITATOR, ask.VoidEntry(entry=slip.seq, why=Line("A trial.")))
    slip = [entry for entry in play.session.entries if entry.event.kind == "task_rated"][1]
    play.ask(AT, FACILITATOR, ask.VoidEntry(entry=slip.seq, why=Line("A trial.")))
    for rater, rating in zip(RATERS, ("P", "U"), strict=True):
        why = Prose(f"Reason of {rater}.")
        rate = ask.RateTask(task="stop-water", rater=Line(rater), rating=rating, why=why)
        play.ask(AT, EVALUATOR, rate, via=rater)
        duty = ask.RateDuty(role="stores", rater=Line(rater), duty="unclear", why=why)
        play.ask(AT, EVALUATOR, duty, via=rater)
    for rater in (*handed_in, *(["Chen"] if set(RATERS) <= {*handed_in} else [])):
        play.ask(AT, EVALUATOR, ask.SubmitRatings(rater=Line(rater)), via=rater)
    play.ask(AT, FACILITATOR, ask.NameLead(name=Line("Chen")))
    return play


def set_to(play: Play, value: float | None = 0.8) -> None:
    ruling = ask.Adjudicate(
        measure="result.task.stop-water",
        value=value,
        why=Line("The radio log."),
        decider=Line("Chen"),
    )
    play.ask(AT, EVALUATOR, ruling, via="Chen")


def close(play: Play, left: str = "") -> None:
    present = (Line("Lin"), Line("Wang"))
    command = ask.CloseMeeting(present=present, left=Prose(left), closer=Line("Chen"))
    play.ask(AT, EVALUATOR, command, via="Chen")


def markdown(drill: Drill) -> str:
    return document_markdown(after_action(drill))


# -- who decided what ------------------------------------------------------------------------------


def test_a_decision_is_told_with_who_made_it_and_what_it_is_on_never_by_seat_and_id() -> None:
    play = rated(*RATERS)
    set_to(play)
    drill = play.drill()
    said = next(one for one in said_by_evaluators(drill) if one.text == "The radio log.")
    assert (said.who, said.about, said.value) == ("Chen", f"Critical task: {STOP}", "80")
    method = next(one for one in after_action(drill).sections if one.id == "method")
    (table,) = [one for one in method.blocks if isinstance(one, Table) and one.name == "rulings"]
    cells = [cell.text for cell in table.rows[0].cells]
    assert (cells[0], cells[-1]) == (f"Critical task: {STOP}", "Chen")
    row = next(row for row in raw_rows(drill) if "The radio log." in row)
    assert f"Critical task: {STOP}" in row
    assert "Chen" in row
    assert "result.task." not in markdown(drill)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.8, f"Set to 80 points by decision: Critical task: {STOP}."),
        (None, f"Set to “not observed” by decision: Critical task: {STOP}."),
    ],
)
def test_the_journal_says_a_decision_in_points_and_by_name(value: float, said: str) -> None:
    play = rated(*RATERS)
    set_to(play, value)
    entry = play.session.entries[-1]
    told = sentence(entry, play.drill().names, "en")
    assert told == f"{said} Reason: The radio log. Decided by Chen."


def test_notes_name_who_wrote_them() -> None:
    play = played()
    play.ask(AT, EVALUATOR, ask.MakeNote(text=Prose("Seen by me.")), via="Ann")
    (said,) = [one for one in said_by_evaluators(play.drill()) if one.text == "Seen by me."]
    assert said.who == "Ann"


@pytest.mark.parametrize("lang", LANGS)
def test_every_leaf_that_can_be_set_has_the_title_that_its_row_has(lang) -> None:
    drill = played().drill(lang)
    for one in every(drill.assessment.combined.measure):
        if not one.children:
            told = measure(drill.names, one.id, lang)
            assert told.startswith(say(lang, one.words)), one.id


def test_a_letter_of_the_meeting_names_who_settled_it_there() -> None:
    play = rated(*RATERS)
    settle = ask.SettleTask(
        task="stop-water", rating="S", why=Line("Agreed."), settler=Line("Chen")
    )
    play.ask(AT, EVALUATOR, settle, via="Chen")
    assert {one.by for one in letters(play.drill("zh")) if one.is_task} >= {"合议（Chen）"}


# -- what is kept back -----------------------------------------------------------------------------


def test_an_export_keeps_back_what_has_not_been_handed_in_and_says_so() -> None:
    play = rated("Lin")
    drill = drawn(play.session.entries, "0" * 64, "en")
    told = markdown(drill)
    assert "Reason of Lin." in told
    assert "Reason of Wang." not in told
    assert "Not handed in yet, and therefore kept back: what Wang gave." in told
    assert drill.assessment == replace(play.drill()).assessment
    assert "Wang" not in str(raw_rows(drill))
    assert "Reason of Wang" not in json.dumps(score_json(drill))
    assert drill.own("Wang").ratings["stop-water", "Wang"]
    play.ask(AT, EVALUATOR, ask.SubmitRatings(rater=Line("Wang")), via="Wang")
    assert "Reason of Wang." in markdown(drawn(play.session.entries, "0" * 64, "en"))


# -- the meeting -----------------------------------------------------------------------------------


def test_points_that_the_meeting_left_open_are_named_with_its_reason() -> None:
    play = rated(*RATERS)
    open_points = f"1 point was not settled: “{STOP}”."
    assert open_points in meeting_lines(play.drill())[-1]
    close(play, "Two rooms were watched.")
    held, left = meeting_lines(play.drill())
    assert held == "The evaluators' meeting was held by Lin, Wang."
    assert open_points in left
    assert left.endswith("The meeting left this open, because: Two rooms were watched.")


def test_the_raters_must_not_meet_again_beside_a_meeting_that_was_held(monkeypatch) -> None:
    play = rated(*RATERS)
    close(play, "Two rooms were watched.")
    drill = play.drill()
    assert has_met(drill.state)
    assert not needs_meeting(drill.state)
    monkeypatch.setattr("scoring.result.settlement.ENOUGH", 1)
    monkeypatch.setattr("drillkit.report.pages.ENOUGH", 1)
    assert "they must meet" not in "".join(agreements(drill))
    assert "The raters agreed too little, and met about it" in agreements(drill)[0]


# -- signatures ------------------------------------------------------------------------------------


def test_a_report_that_was_opened_again_says_when_by_whom_why_and_whose_signatures_fell() -> None:
    play = rated(*RATERS)
    set_to(play)
    play.ask(AT, EVALUATOR, ask.SignReport(name=Line("Chen")), via="Chen")
    play.ask(AT, EVALUATOR, ask.ReopenReport(why=Line("A slip.")), via="Ann")
    drill = play.drill()
    said = "Opened again on 2027-01-01 by Ann; no longer valid as signatures: Chen. Reason: A slip."
    assert status(drill) == f"Draft. {said}"
    assert said in markdown(drill)
    assert any("A slip." in row and "Ann" in row for row in raw_rows(drill))


@pytest.mark.parametrize("signed", [0, 1, 2])
def test_the_json_document_holds_how_the_verdict_came_about(signed: int) -> None:
    play = rated(*RATERS)
    before = score_json(play.drill())["evaluation"]
    assert [one["id"] for one in before["open"]] == ["result.task.stop-water"]
    set_to(play)
    close(play)
    signers = ((EVALUATOR, "Chen"), (FACILITATOR, "Qian"))
    for by, name in signers[:signed]:
        play.ask(AT, by, ask.SignReport(name=Line(name)))
    document = score_json(play.drill())
    jsonschema.validate(document, schema())
    said = document["evaluation"]
    assert said["status"] == ("draft", "half-signed", "final")[signed]
    assert [one["name"] for one in said["signatures"]] == ["Chen", "Qian"][:signed]
    assert [(one["rater"], one["rating"]) for one in said["ratings"]] == [
        ("Lin", "P"),
        ("Wang", "U"),
    ]
    assert [(one["value"], one["by"]) for one in said["adjudicated"]] == [(80, "Chen")]
    assert said["open"] == []
    assert said["meeting"]["present"] == ["Lin", "Wang"]
    assert said["agreement"]["alpha"] == {"value": None, "n": 1}
    walls = {one["wall"] for one in said["signatures"]}
    assert walls <= {"2027-01-01T00:31:00Z"}


def test_old_decisions_without_a_name_are_told_by_who_sat_there() -> None:
    play = rated(*RATERS)
    set_to(play)
    last = play.session.entries[-1]
    old = ValueAdjudicated(measure=last.event.measure, value=0.8, why=Line("Old."))
    entries = [*play.session.entries[:-1], replace(last, event=old)]
    (said,) = [
        one for one in said_by_evaluators(drawn(entries, "0" * 64, "en")) if one.text == "Old."
    ]
    assert said.who == "Chen"
