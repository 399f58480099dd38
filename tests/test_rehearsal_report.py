"""The report of a rehearsal: what the page says, that it is inert, and that the JSON is whole."""

import html.parser
import json
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from report_world import HOSTILE
from worlds_rehearsal import RUNS, rehearsed

from drillkit.cli import main
from drillkit.model.base import LANGS
from drillkit.rehearse.rehearsal import Rehearsal
from drillkit.rehearse.tally import Count, Crash, Tally
from drillkit.report.files import ReportExists
from drillkit.report.rehearsal import Rows, charts
from drillkit.report.rehearsal.charts.marks import pages, wrapped
from drillkit.report.rehearsal.charts.ridge import binned
from drillkit.report.rehearsal.document import rehearsal_json, rehearsal_schema
from drillkit.report.rehearsal.files import export_rehearsal, make_room
from drillkit.report.rehearsal.page import rehearsal_html

FOUND = rehearsed()
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")


class Page(html.parser.HTMLParser):
    """Tags, ids, links and lines of text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open, self.tags, self.ids, self.links, self.lines = [], set(), [], [], []
        self.attributes = set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.ids += [value for name, value in attrs if name == "id"]
        self.links += [value for name, value in attrs if name == "href"]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] != "style" and data.strip():
            self.lines.append(" ".join(data.split()))


def page(found: Rehearsal = FOUND, lang: str = "en") -> Page:
    return Page(rehearsal_html(Rows(found, lang)))


def document(found: Rehearsal = FOUND, lang: str = "en") -> dict:
    return json.loads(json.dumps(rehearsal_json(Rows(found, lang))))


def broken(found: Rehearsal = FOUND, what: str = "a fault") -> Rehearsal:
    """The rehearsal as if every run of every team, and the ideal one, had broken off."""
    crashes = [Crash(index, index + 1, what) for index in range(RUNS)]
    tallies = {id: Tally(crashes=crashes) for id in found.tallies}
    return replace(found, tallies=tallies, floor={})


# -- the page --------------------------------------------------------------------------------------

SAID = {
    "en": [
        "Rehearsal: Water",
        "Advice, the gravest first",
        "Scores",
        "Limits",
        "At the post",
        "Need met",
        "Who must know",
        "Workload over time",
        "The course of the story",
        "Stores and needs",
        "Sandbag (bag)",
        "60 needed at Gate",
        "How it ends",
        "expert play: 10",
        "What costs most points",
        "How these numbers were made",
        "Rehearsed with the plan “Plan” and the weights standard 1.",
        "follows from the skill",
        "a guess",
        "Liaison 50 %",
        "everything",
    ],
    "zh": [
        "预演：中文 Water",
        "建议（由重到轻）",
        "得分分布",
        "到位",
        "需求满足",
        "该知道的人何时知道",
        "各时段的忙碌程度",
        "情节走向",
        "中文 Sandbag（中文 bag）",
        "中文 Gate需要 60",
        "最终结果",
        "专家水平：10",
        "失分最多的环节",
        "这些数字从何而来",
        "由熟练程度决定",
        "全部",
    ],
}


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_says_what_was_found_and_how(lang):
    shown = page(lang=lang)
    assert [sentence for sentence in SAID[lang] if sentence not in shown.lines] == []


@pytest.mark.parametrize("lang", LANGS)
def test_each_advice_is_on_the_page_and_leads_to_what_it_rests_on(lang):
    rows = Rows(FOUND, lang)
    shown = page(lang=lang)
    assert rows.advice
    places = [shown.lines.index(rows.sentence(one)) for one in rows.advice]
    assert places == sorted(places)
    targets = [link.removeprefix("#") for link in shown.links]
    assert len([one for one in targets if "/" in one]) == sum(
        bool(one.names) for one in rows.advice
    )
    assert set(targets) <= set(shown.ids)


def test_no_two_things_of_the_page_have_one_id():
    ids = page().ids
    assert len(ids) == len(set(ids))


def test_a_team_that_was_faster_than_twice_the_limit_stays_within_its_picture():
    xs = re.findall(r'(?:x|x1|x2)="(-?[\d.]+)"', rehearsal_html(Rows(FOUND, "en")))
    assert all(0 <= float(x) <= 960 for x in xs)


@pytest.mark.parametrize("lang", LANGS)
def test_a_rehearsal_of_which_nothing_is_left_still_makes_a_page(lang):
    found = broken()
    shown = page(found, lang)
    assert any("a fault" in line for line in shown.lines)
    jsonschema.validate(document(found, lang), rehearsal_schema())


def test_one_run_by_one_team_makes_a_page():
    found = rehearsed(runs=1)
    first = found.profiles[0]
    alone = replace(found, profiles=(first,), tallies={first.id: found.tallies[first.id]})
    assert any("Each team plays 1 drill," in line for line in page(alone).lines)
    jsonschema.validate(document(alone), rehearsal_schema())


# -- hostile text ----------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_text_of_the_pack_does_nothing_in_the_page(lang):
    found = rehearsed(HOSTILE, runs=2)
    for one in (found, broken(found, HOSTILE)):
        text = rehearsal_html(Rows(one, lang))
        shown = Page(text)
        assert shown.open == []
        assert "script" not in shown.tags
        assert not any(name.startswith("on") for name in shown.attributes)
        assert all(link.startswith("#") for link in shown.links)
        assert "<script>alert(1)</script>" in "".join(shown.lines)
        assert "default-src 'none'" in text
        assert not CONTROLS.search(text)
        assert not CONTROLS.search(json.dumps(document(one, lang), ensure_ascii=False))


@pytest.mark.parametrize("lang", LANGS)
def test_every_chart_is_well_formed_and_named(lang):
    rows = Rows(rehearsed(HOSTILE, runs=2), lang)
    sheets = [sheet for kind in charts.limit_charts(rows).values() for sheet in kind]
    drawn = (charts.scores, charts.load, charts.branches, charts.milestones)
    for draw in (*drawn, charts.stocks, charts.outcomes, charts.costs):
        made = draw(rows)
        assert made
        sheets += made
    for sheet in sheets:
        root = ET.fromstring(sheet)
        assert root.get("role") == "img"
        assert [child.tag.rpartition("}")[2] for child in root[:2]] == ["title", "desc"]
        assert all(child.text for child in root[:2])


# -- the document ----------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_the_json_keeps_to_its_schema(lang):
    schema = rehearsal_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(document(lang=lang), schema)


def test_the_json_holds_the_counts_behind_every_figure():
    said = document()
    assert [team["runs"] for team in said["teams"]] == [RUNS, RUNS]
    for score in said["scores"]:
        for team in score["teams"]:
            assert sum(team["bins"]["counts"]) == team["n"]
            assert team["n"] + team["missing"] == RUNS
            assert team["min"] <= team["p10"] <= team["median"] <= team["p90"] <= team["max"]
            assert team["mean_lo"] <= team["mean"] <= team["mean_hi"]
    for limit in said["limits"]:
        for team in limit["teams"]:
            met, takes = team["met"], team["takes"]
            assert met["hits"] <= takes["n"]
            assert met["runs"] == takes["n"] + takes["missing"]
            assert met["lo"] <= (met["share"] or 0) <= met["hi"]
    assert {one["name"] for one in said["limits"]} >= {"met/bags-gate", "know/water/liaison"}
    for store in said["stocks"]:
        assert all(team["course"]["runs"][0] == RUNS for team in store["teams"])
    assert [[row["points"] for row in team] for team in said["costs"]] == [
        sorted((row["points"] for row in team), reverse=True) for team in said["costs"]
    ]


def test_an_advice_carries_its_rule_its_values_and_its_sentence():
    rows = Rows(FOUND, "zh")
    said = document(lang="zh")["advice"]
    assert [one["sentence"] for one in said] == [rows.sentence(one) for one in rows.advice]
    assert all(one["rule"] and one["values"] for one in said)


def test_a_run_that_broke_off_is_named_with_its_seed():
    said = document(broken())
    assert said["teams"][0]["crashes"][2] == {"seed": 3, "what": "a fault"}
    assert said["done"] == 0
    assert said["ideal"] == {}


# -- files and the command line --------------------------------------------------------------------


def test_files_are_written_once_and_over_only_by_force(tmp_path):
    rows, folder = Rows(FOUND, "en"), tmp_path / "deep" / "down"
    written = export_rehearsal(rows, folder)
    assert [path.name for path in written] == ["rehearsal.html", "rehearsal.json"]
    before = [path.read_bytes() for path in written]
    with pytest.raises(ReportExists):
        make_room(folder)
    with pytest.raises(ReportExists):
        export_rehearsal(rows, folder)
    export_rehearsal(Rows(FOUND, "en"), folder, force=True)
    assert [path.read_bytes() for path in written] == before
    assert len(list(folder.iterdir())) == 2


@pytest.fixture
def pack(tmp_path, capsys):
    path = tmp_path / "pack"
    assert main(["new", str(path)]) == 0
    capsys.readouterr()
    return str(path)


FEW = ("--runs", "2", "--workers", "1", "--profile", "average")


def test_the_command_prints_one_json_document_and_writes_both_files(pack, tmp_path, capsys):
    to = tmp_path / "out"
    assert main(["rehearse", pack, *FEW, "--json", "--to", str(to)]) == 0
    said = capsys.readouterr().out
    assert json.loads(said) == json.loads((to / "rehearsal.json").read_text(encoding="utf-8"))
    assert (to / "rehearsal.html").exists()


def test_a_report_that_is_there_is_found_before_anything_is_played(pack, tmp_path, capsys):
    (tmp_path / "rehearsal.json").write_text("mine")
    millions = ("--runs", "1000000", "--to", str(tmp_path))
    assert main(["rehearse", pack, *millions]) == 1
    assert "rehearsal.json" in capsys.readouterr().err
    assert (tmp_path / "rehearsal.json").read_text() == "mine"


def test_a_folder_that_cannot_be_is_told_before_anything_is_played(pack, tmp_path, capsys):
    (tmp_path / "file").write_text("")
    to = str(tmp_path / "file" / "out")
    assert main(["rehearse", pack, "--runs", "1000000", "--to", to]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


# -- small parts -----------------------------------------------------------------------------------


def test_a_value_on_the_border_of_two_bars_counts_in_the_upper_one():
    count = Count()
    for value in (0, 24, 25, 100, 130, -5):
        count.add(value)
    assert binned(count, 0, 100, 4) == [3, 1, 0, 2]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one two three", ["one two", "three"]),
        ("水位上涨超过警戒", ["水位上涨", "超过警戒"]),
        ("a b c d e f g h i j k l m n", ["a b c d", "e f g h…"]),
        ("", [""]),
    ],
)
def test_a_label_is_broken_between_words_and_cut_after_two_lines(text, lines):
    assert wrapped(text, 60, 2) == lines


def test_sheets_are_filled_in_order_and_none_is_higher_than_a_page():
    assert list(pages("abcd", [5, 5, 3, 9], 10)) == [["a", "b"], ["c"], ["d"]]
    assert list(pages("", [])) == []
