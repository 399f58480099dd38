"""Reports as files: whole or not there, the same bytes for the same drill, the published schema."""

import csv
import io
import json
import re

import jsonschema
import pytest
from python_calamine import CalamineWorkbook
from report_world import Play, played

from drillkit.model.base import FACILITATOR, LANGS
from drillkit.model.commands import Arrive, GiveResponse, StartDrill
from drillkit.report import (
    PLAIN_FORMATS,
    ExtraMissing,
    NoChineseFont,
    ReportExists,
    UnknownFormat,
    export,
    schema,
    score_json,
)
from drillkit.report import files as report_files

PLAY = played()
DRILL = PLAY.drill()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports") / "deep" / "down"
    export(DRILL, folder)
    return folder


def test_every_format_is_written_and_nothing_else_is_left(folder):
    assert sorted(path.name for path in folder.iterdir()) == [
        "evaluation-guide.xlsx",
        "record-form.html",
        "report.html",
        "report.md",
        "score-sheet.csv",
        "score-sheet.xlsx",
        "score.json",
    ]


def test_only_what_was_asked_for_is_written_under_the_stem(tmp_path):
    assert export(DRILL, tmp_path, ("md",), "flood") == [tmp_path / "flood-report.md"]
    assert [path.name for path in tmp_path.iterdir()] == ["flood-report.md"]


def test_an_unknown_format_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(UnknownFormat) as refused:
        export(DRILL, tmp_path / "new", ("md", "xslx"))
    assert (refused.value.name, refused.value.nearest) == ("xslx", "xlsx")
    assert not (tmp_path / "new").exists()


def test_a_report_that_cannot_be_put_in_place_leaves_no_half_file(tmp_path):
    (tmp_path / "report.md" / "in-the-way").mkdir(parents=True)
    with pytest.raises(OSError):
        export(DRILL, tmp_path, ("md",), force=True)
    assert [path.name for path in tmp_path.iterdir()] == ["report.md"]


def test_a_report_that_is_there_is_only_written_over_by_force(tmp_path):
    (tmp_path / "report.md").write_text("Signed and filed.", encoding="utf-8")
    with pytest.raises(ReportExists) as refused:
        export(DRILL, tmp_path, ("html", "md"))
    assert refused.value.path == tmp_path / "report.md"
    assert [path.name for path in tmp_path.iterdir()] == ["report.md"]
    assert (tmp_path / "report.md").read_text(encoding="utf-8") == "Signed and filed."
    export(DRILL, tmp_path, ("html", "md"), force=True)
    assert (tmp_path / "report.md").read_text(encoding="utf-8").startswith("# After-action report")


@pytest.mark.parametrize(
    ("name", "missing", "extra"),
    [("docx", "docx", "docx"), ("record-docx", "resvg_py", "docx"), ("record-pdf", "typst", "pdf")],
)
def test_without_its_extra_a_format_is_refused_and_nothing_is_written(
    name, missing, extra, tmp_path, monkeypatch
):
    monkeypatch.setattr(report_files, "find_spec", lambda module: module != missing or None)
    with pytest.raises(ExtraMissing) as refused:
        export(DRILL, tmp_path / "new", ("md", name))
    assert (refused.value.name, refused.value.extra) == (name, extra)
    assert not (tmp_path / "new").exists()
    export(DRILL, tmp_path / "new")


def test_a_pdf_that_cannot_be_made_leaves_nothing_half_done(tmp_path, monkeypatch):
    monkeypatch.setattr("drillkit.report.pdf.chinese_font", lambda: None)
    with pytest.raises(NoChineseFont):
        export(PLAY.drill("zh"), tmp_path / "new", ("md", "record-pdf"))
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("lang", LANGS)
def test_the_same_drill_gives_the_same_bytes(lang, tmp_path):
    # Word and PDF say so in tests of their own.
    first = export(PLAY.drill(lang), tmp_path / "1", PLAIN_FORMATS)
    second = export(played().drill(lang), tmp_path / "2", PLAIN_FORMATS)
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


# -- score.json ------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_the_score_keeps_to_its_published_schema(lang):
    jsonschema.Draft202012Validator.check_schema(schema())
    document = json.loads(json.dumps(score_json(PLAY.drill(lang))))
    jsonschema.Draft202012Validator(schema()).validate(document)


def test_the_score_of_a_drill_that_has_only_begun_keeps_to_the_schema_too():
    play = Play()
    jsonschema.Draft202012Validator(schema()).validate(score_json(play.drill()))
    play.ask(0, FACILITATOR, StartDrill())
    jsonschema.Draft202012Validator(schema()).validate(score_json(play.drill()))


def test_the_schema_names_every_key_and_requires_it():
    document = schema()
    assert set(document["required"]) == set(document["properties"]) == set(score_json(DRILL))
    for name, part in document["$defs"].items():
        if "properties" in part:
            assert part["additionalProperties"] is False, name
            assert set(part["required"]) == set(part["properties"]), name


def every_term(terms):
    for term in terms:
        yield term
        yield from every_term(term["terms"])


def test_the_width_of_every_interval_is_what_was_not_observed():
    play = Play()
    play.ask(0, FACILITATOR, StartDrill())
    play.ask(90_000, "commander", Arrive())
    play.ask(180_000, "commander", GiveResponse(inject="alarm", options=("close-valve",)))
    document = score_json(play.drill())
    names = ("arrival", "supplies", "information", "process", "result", "combined")
    for name in names:
        score = document[name]
        for part in (score, *every_term(score["terms"])):
            if part.get("standing") != "not-applicable":
                width = 100 * (1 - part["coverage"])
                assert part["hi"] - part["lo"] == pytest.approx(width, abs=1e-4)


# -- the score sheet -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        (
            "en",
            [
                "Summary",
                "Role arrival",
                "Supply allocation",
                "Information flow",
                "Result of the drill",
                "Combined assessment",
                "Evidence",
                "Raw ratings",
                "Ratings and notes",
                "Lessons",
            ],
        ),
        (
            "zh",
            [
                "汇总",
                "人员到位",
                "物资调配",
                "信息传递",
                "演练效果",
                "综合评估",
                "证据",
                "原始评级",
                "评级与备注",
                "经验教训",
            ],
        ),
    ],
)
def test_the_workbook_has_a_sheet_a_dimension_and_numbers_are_numbers(lang, names, tmp_path):
    (path,) = export(PLAY.drill(lang), tmp_path, ("xlsx",))
    book = CalamineWorkbook.from_path(str(path))
    assert book.sheet_names == names
    rows = book.get_sheet_by_name(names[1]).to_python()
    adopted = rows[0].index({"en": "Adopted", "zh": "采用值"}[lang])
    measured = [row[adopted] for row in rows[1:] if row[adopted] != ""]
    assert measured
    assert all(isinstance(cell, float) for cell in measured)
    assert rows[1][adopted] == pytest.approx(DRILL.assessment.arrival.point, abs=1e-3)


def test_the_evidence_sheet_holds_every_entry(tmp_path):
    (path,) = export(DRILL, tmp_path, ("xlsx",))
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Evidence").to_python()
    assert [int(row[0]) for row in rows[1:]] == [entry.seq for entry in DRILL.entries]


def test_the_csv_starts_with_a_mark_of_its_encoding_and_quotes_everything(folder):
    raw = (folder / "score-sheet.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    text = raw.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert {len(row) for row in rows} == {20}
    assert {row[-1] for row in rows[1:]} == {"Draft"}
    assert re.fullmatch(r'("(?:[^"]|"")*"(,|\r\n))+', text)


# -- the report ------------------------------------------------------------------------------------


def test_every_link_of_the_report_leads_to_an_entry_in_it(folder):
    text = (folder / "report.html").read_text(encoding="utf-8")
    anchors = set(re.findall(r'<tr id="(e\d+)"', text))
    linked = set(re.findall(r'href="#([^"]+)"', text))
    assert linked
    assert linked <= anchors


@pytest.mark.parametrize(("lang", "tongue"), [("en", "en"), ("zh", "zh-CN")])
def test_the_report_needs_nothing_else_and_says_its_language(lang, tongue, tmp_path):
    (path,) = export(PLAY.drill(lang), tmp_path, ("html",))
    text = path.read_text(encoding="utf-8")
    assert f'<html lang="{tongue}">' in text
    assert "default-src 'none'" in text
    assert not re.search(r"<script|<link|<iframe|\ssrc=|\bon\w+=|url\(http|@import", text)
    hosts = set(re.findall(r"https?://([^/\"' ]+)", text))
    assert hosts <= {"www.w3.org"}


def test_a_running_drill_can_be_reported(tmp_path):
    play = Play()
    play.ask(0, FACILITATOR, StartDrill())
    export(play.drill(), tmp_path)
    assert "Draft while the drill runs" in (tmp_path / "report.html").read_text(encoding="utf-8")
