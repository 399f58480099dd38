"""The workbooks as other programs open them: score sheet and evaluation guide."""

import html
import io
import re
import zipfile
from time import perf_counter

import pytest
from openpyxl import load_workbook
from report_world import HOSTILE, Play, played

from drillkit.model.base import EVALUATOR, FACILITATOR, LANGS, MINUTE
from drillkit.model.commands import (
    Adjudicate,
    Broadcast,
    CloseMeeting,
    EndDrill,
    NameLead,
    RateDuty,
    RateTask,
    SettleDuty,
    SettleTask,
    SignReport,
    StartDrill,
    SubmitRatings,
)
from drillkit.model.text import Line, Prose
from drillkit.report.xlsx import score_xlsx
from drillkit.report.xlsx_guide import guide_xlsx
from drillkit.report.xlsx_layout import COLUMNS, DUTY, DUTY_COLUMNS, DUTY_PLACE, FIRST, FLAGS, PLACE
from drillkit.report.xlsx_tasks import pages
from drillkit.words import say

PLAY = played()
TASKS = [line.task for page in pages(PLAY.drill()) for line in page.lines]
MAKERS = pytest.mark.parametrize("make", [score_xlsx, guide_xlsx])


def opened(content: bytes):
    return load_workbook(io.BytesIO(content))


def texts(sheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def settled() -> Play:
    """Lin and Wang differ, hand in, settle and sign."""
    play = played()
    at = 30 * MINUTE
    for rater, duty in (("Lin", "skilled"), ("M", "unclear")):
        play.ask(
            at, EVALUATOR, RateDuty(role="commander", rater=Line(rater), duty=duty, why=Prose("-"))
        )
    for rater in {rater for _, rater in play.session.state.ratings} | {"M"}:
        play.ask(at, EVALUATOR, SubmitRatings(rater=Line(rater)))
    ruling = Adjudicate(
        measure="arrival.on-time.commander",
        value=0.5,
        why=Line("A clock was wrong"),
        decider=Line("Lin"),
    )
    play.ask(at, EVALUATOR, ruling)
    settle = SettleTask(task="stop-water", rating="M", why=Line("No deputy"), settler=Line("Zhou"))
    play.ask(at, EVALUATOR, settle)
    duty = SettleDuty(
        role="commander", duty="adequate", why=Line("Slow with the list"), settler=Line("Zhou")
    )
    play.ask(at, EVALUATOR, duty)
    meeting = CloseMeeting(present=(Line("Lin"), Line("Zhou")), closer=Line("Zhou"))
    play.ask(at, FACILITATOR, NameLead(name=Line("Zhou")))
    play.ask(at, EVALUATOR, meeting)
    play.ask(at, FACILITATOR, SignReport(name=Line("Chen")))
    play.ask(at, EVALUATOR, SignReport(name=Line("Zhou")))
    return play


# -- both ------------------------------------------------------------------------------------------


@MAKERS
@pytest.mark.parametrize("lang", LANGS)
def test_a_workbook_is_set_up_for_paper(make, lang):
    book = opened(make(PLAY.drill(lang)))
    for sheet in book.worksheets:
        assert sheet.page_setup.orientation == "landscape", sheet.title
        assert sheet.page_setup.paperSize == 9
        # One page wide is what is left out of the file.
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth in {None, 1}
        assert sheet.oddFooter.center.text == "&P / &N"
        assert sheet.oddFooter.left.text.strip() == say(lang, "sheet.draft")


@MAKERS
def test_a_signed_report_says_so_on_every_page(make):
    book = opened(make(settled().drill()))
    assert {sheet.oddFooter.left.text.strip() for sheet in book.worksheets} == {"Final, signed"}


@MAKERS
@pytest.mark.parametrize("lang", LANGS)
def test_words_of_people_are_never_a_formula_or_a_command_of_the_footer(make, lang):
    hostile = f'&A&Z&"Wingdings" {HOSTILE}'
    content = make(played(hostile, hostile).drill(lang))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert any("HYPERLINK" in part for part in parts.values())
    for name, part in parts.items():
        if name.startswith("xl/worksheets/"):
            assert not re.search(r"<f[ >]|<hyperlink", part), name
            (footer,) = re.findall(r"<oddFooter>(.*?)</oddFooter>", part)
            shown = html.unescape(footer).replace("&&", "")
            assert re.findall("&.", shown) == ["&L", "&C", "&P", "&N", "&R"], footer
    for sheet in opened(content).worksheets:
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


@MAKERS
@pytest.mark.parametrize("lang", LANGS)
def test_the_same_drill_gives_the_same_workbook(make, lang):
    assert make(played().drill(lang)) == make(played().drill(lang))


def test_the_workbooks_of_a_long_drill_in_both_languages_are_quickly_made():
    play = Play()
    play.ask(0, FACILITATOR, StartDrill())
    for number in range(2_000):
        play.ask(number * 100, FACILITATOR, Broadcast(text=Prose(f"Word {number} to all of you")))
    play.ask(30 * MINUTE, FACILITATOR, EndDrill())
    drills = [play.drill(lang) for lang in LANGS]
    began = perf_counter()
    for drill in drills:
        score_xlsx(drill)
        guide_xlsx(drill)
    assert perf_counter() - began < 4.0  # a second on a machine with nothing else to do


# -- the score sheet -------------------------------------------------------------------------------


def test_every_score_has_its_foot():
    book = opened(score_xlsx(settled().drill()))
    for title in ("Role arrival", "Supply allocation", "Information flow", "Combined assessment"):
        rows = {row[1]: row[2] for row in texts(book[title]) if row[0] is None and row[1]}
        assert isinstance(rows["Points"], float), title
        assert re.fullmatch(r"\d+\.\d to \d+\.\d", rows["Interval"])
        assert 0 <= rows["Coverage"] <= 1
        assert rows["Grade / letter"]
        assert "Krippendorff" in rows["Agreement"] or "not stated" in rows["Agreement"]
        assert (rows["Exercise director"], rows["Lead evaluator"]) == ("Chen", "Zhou")


def test_lists_have_frozen_and_repeated_heads():
    book = opened(score_xlsx(PLAY.drill()))
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "C2", sheet.title
        assert sheet.print_title_rows == "$1:$1", sheet.title


def test_the_combined_sheet_ends_where_the_others_begin():
    rows = texts(opened(score_xlsx(PLAY.drill()))["Combined assessment"])
    items = [row[1].strip() for row in rows[1:] if row[1]]
    assert items[:6] == [
        "Combined assessment",
        "Process",
        "Role arrival",
        "Supply allocation",
        "Information flow",
        "Result of the drill",
    ]
    assert "At the post in time" not in items


def test_raw_ratings_stand_beside_what_was_settled():
    play = settled()
    rows = texts(opened(score_xlsx(play.drill()))["Raw ratings"])
    heads = rows[0]
    raters = sorted({rater for _, rater in play.session.state.ratings} | {"M"})
    assert heads[3:-7] == raters
    line = dict(
        zip(
            heads,
            next(row for row in rows if row[2] == "Task rating" and row[heads.index("Lin")]),
            strict=True,
        )
    )
    assert line["Lin"] == "S"
    assert (line["Settled"], line["Reason"], line["Settled by"]) == ("M", "No deputy", "Zhou")
    assert 0 <= line["From the log"] <= 100
    kinds = [row[2] for row in rows]
    for kind in ("Duty rating", "Ratings handed in", "Evaluators' meeting", "Signature"):
        assert kind in kinds
    assert any("Lin, Zhou" in row for row in rows)
    (ruling,) = [row for row in rows if "A clock was wrong" in row]
    assert ruling[heads.index("Adopted")] == 50


def test_raw_ratings_of_duties_stand_beside_what_was_settled():
    rows = texts(opened(score_xlsx(settled().drill()))["Raw ratings"])
    (duty,) = [row for row in rows if row[2] == "Duty rating"]
    line = dict(zip(rows[0], duty, strict=True))
    assert line["Lin"] == "clear, carried out with skill"
    assert line["M"] == "not clear"
    assert line["Settled"] == "clear, carried out with less skill"
    assert (line["Reason"], line["Settled by"]) == ("Slow with the list", "Zhou")
    assert line["Adopted"] == 65
    assert not line["To be settled"]


def test_the_score_of_a_task_names_each_rater_and_who_settled_it():
    rows = texts(opened(score_xlsx(settled().drill()))["Result of the drill"])
    heads = rows[0]
    raters, decided = heads.index("Each evaluator"), heads.index("Decided by")
    (line,) = [row for row in rows[1:] if row[raters] and "Lin: S" in row[raters]]
    assert line[decided] == "Zhou"
    duties = texts(opened(score_xlsx(settled().drill()))["Role arrival"])
    (line,) = [row for row in duties[1:] if row[raters] and row[raters].startswith("Lin: ")]
    assert line[decided] == "Zhou"


# -- the evaluation guide --------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_the_guide_has_every_task_once_with_its_evidence(lang):
    drill = PLAY.drill(lang)
    book = opened(guide_xlsx(drill))
    rows = [row for sheet in book.worksheets[1:-2] for row in texts(sheet)[FIRST:] if row[1]]
    rows = [row for row in rows if row[0] and not row[0].startswith("+")]
    assert sorted(row[0] for row in rows) == sorted(task.id for task in drill.state.scenario.tasks)
    stop = next(row for row in rows if row[0] == "stop-water")
    task = next(task for task in drill.state.scenario.tasks if task.id == "stop-water")
    assert task.text.in_(lang) in stop[PLACE["task"]]
    assert task.standard.in_(lang) in stop[PLACE["task"]]
    assert "3:00" in stop[PLACE["found"]]
    assert "Close the valve, then report." in stop[PLACE["notes"]]
    assert re.fullmatch(r"\d+(, \d+)*", stop[PLACE["entries"]])
    assert [stop[PLACE[name]] for name in ("observed", "rating", "reason")] == [None] * 3


@pytest.mark.parametrize(
    ("lang", "words", "mark"),
    [
        ("en", '"P,S,M,U,Not observed,Not applicable"', "✓"),
        ("zh", '"P,S,M,U,未观察,不适用"', "√"),
    ],
)
def test_ratings_are_chosen_from_a_list_in_the_language_of_the_guide(lang, words, mark):
    for sheet in opened(guide_xlsx(PLAY.drill(lang))).worksheets[1:-2]:
        rule, *marks = sheet.data_validations.dataValidation
        assert (rule.type, rule.formula1) == ("list", words)
        assert str(rule.sqref).startswith(f"I{FIRST + 1}")
        assert [(one.type, one.formula1) for one in marks] == [("list", f'"{mark}"')] * len(FLAGS)
        assert [str(one.sqref)[0] for one in marks] == ["J", "K", "L"]


def test_only_the_fields_can_be_written_in_and_ids_are_out_of_sight():
    book = opened(guide_xlsx(PLAY.drill()))
    for sheet in book.worksheets[1:-2]:
        assert sheet.protection.sheet
        assert sheet.column_dimensions["A"].hidden
        open_columns = {column.name for column in COLUMNS if column.is_open}
        row = sheet[FIRST + 1]
        free = {
            column.name
            for column, cell in zip(COLUMNS, row, strict=True)
            if not cell.protection.locked
        }
        assert free == open_columns
        assert sheet.freeze_panes == f"D{FIRST + 1}"
        assert sheet.print_title_rows == f"${FIRST}:${FIRST}"
    assert book["drillkit"].sheet_state == "veryHidden"


def test_the_guide_of_a_rater_holds_what_they_gave_and_nobody_elses():
    drill = PLAY.drill()
    cells = [
        cell
        for sheet in opened(guide_xlsx(drill, "Lin")).worksheets
        for row in texts(sheet)
        for cell in row
    ]
    assert cells.count("Lin") == 2 + len(pages(drill))
    (stop,) = [
        row
        for sheet in opened(guide_xlsx(drill, "Lin")).worksheets[1:-2]
        for row in texts(sheet)
        if row[0] == "stop-water"
    ]
    assert (stop[PLACE["rating"]], stop[PLACE["entries"]]) == ("S", "3")
    blank = [
        row for sheet in opened(guide_xlsx(drill)).worksheets[1:-2] for row in texts(sheet)[FIRST:]
    ]
    assert not any(row[PLACE["rating"]] for row in blank)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", '"With skill,With less skill,Not clear,Not observed,Not applicable"'),
        ("zh", '"熟练,不够熟练,职责不明,未观察,不适用"'),
    ],
)
def test_every_role_has_a_line_for_its_duties_with_when_it_came(lang, words):
    drill = PLAY.drill(lang)
    sheet = opened(guide_xlsx(drill)).worksheets[-2]
    rows = [row for row in texts(sheet)[FIRST:] if row[0]]
    players = drill.state.plan.players()
    assert [row[0] for row in rows] == [DUTY + role.id for role in players]
    assert [row[DUTY_PLACE["duties"]] for row in rows] == [r.duties.in_(lang) for r in players]
    assert "1:00" in rows[0][DUTY_PLACE["presence"]]
    (rule,) = sheet.data_validations.dataValidation
    assert (rule.type, rule.formula1) == ("list", words)
    assert str(rule.sqref) == f"F{FIRST + 1}:F{FIRST + len(players)}"
    free = [
        column.name
        for column, cell in zip(DUTY_COLUMNS, sheet[FIRST + 1], strict=True)
        if not cell.protection.locked
    ]
    assert free == ["duty"]
    assert sheet.column_dimensions["A"].hidden


def test_the_guide_of_a_rater_holds_their_marks_and_duties():
    play = played()
    at = 30 * MINUTE
    rate = RateTask(
        task="stop-water",
        rater=Line("Lin"),
        rating="M",
        why=Prose("So."),
        unsafe=True,
        entries=(3,),
    )
    play.ask(at, EVALUATOR, rate)
    for rater, duty in (("Lin", "adequate"), ("Wang", "unclear")):
        play.ask(
            at, EVALUATOR, RateDuty(role="commander", rater=Line(rater), duty=duty, why=Prose("-"))
        )
    book = opened(guide_xlsx(play.drill(), "Lin"))
    (stop,) = [
        row for sheet in book.worksheets[1:-2] for row in texts(sheet) if row[0] == "stop-water"
    ]
    assert [stop[PLACE[flag]] for flag in FLAGS] == [None, "✓", None]
    duties = [row[DUTY_PLACE["duty"]] for row in texts(book.worksheets[-2])[FIRST:] if row[0]]
    assert duties == ["With less skill", None, None]


@pytest.mark.parametrize("lang", LANGS)
def test_the_first_sheet_explains_every_rating(lang):
    words = [
        cell
        for row in texts(opened(guide_xlsx(PLAY.drill(lang))).worksheets[0])
        for cell in row
        if cell
    ]
    for rating in ("P", "S", "M", "U"):
        assert say(lang, f"result.meaning-{rating}") in words
    for why in ("harm", "unsafe", "noncompliant"):
        assert say(lang, f"result.why-{why}") in words
    for name in ("rater", "email", "phone"):
        assert say(lang, f"sheet.evaluator.{name}") in words


def test_a_guide_can_be_printed_before_play_begins():
    play = Play()
    book = opened(guide_xlsx(play.drill()))
    rows = [
        row for sheet in book.worksheets[1:-2] for row in texts(sheet)[FIRST:] if row[0] in TASKS
    ]
    assert {row[0] for row in rows} == set(TASKS)
    assert not any(row[PLACE["entries"]] for row in rows)
