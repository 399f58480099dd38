"""Text that people wrote does nothing in any format: no control, formula, tag, mark or link."""

import csv
import html.parser
import io
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest
from report_world import HOSTILE, played

from drillkit.model.base import LANGS
from drillkit.report import charts, export
from drillkit.report.markdown import plain
from drillkit.report.table import safe

WORDS = f"{HOSTILE}\n-1 second line\n@import url(x) www.evil.example"
NAME = HOSTILE
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
LIVE = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@pytest.fixture(scope="module", params=LANGS)
def folder(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    export(played(WORDS, NAME).drill(request.param), folder)
    return folder


@pytest.mark.parametrize(
    "name", ["report.html", "record-form.html", "report.md", "score-sheet.csv", "score.json"]
)
def test_no_control_character_gets_out(folder, name):
    text = (folder / name).read_text(encoding="utf-8-sig")
    assert "HYPERLINK" in text
    assert not CONTROLS.search(text)


class Tags(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.seen, self.text = [], [], []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "br", "img", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


@pytest.mark.parametrize("name", ["report.html", "record-form.html"])
def test_no_tag_gets_into_the_page(folder, name):
    page = Tags()
    page.feed((folder / name).read_text(encoding="utf-8"))
    assert page.open == []
    assert "script" not in {tag for tag, _ in page.seen}
    assert all(not name.startswith("on") for _, attrs in page.seen for name in attrs)
    assert all(attrs["href"].startswith("#") for tag, attrs in page.seen if tag == "a")
    assert "<script>alert(1)</script>" in "".join(page.text)


def test_no_cell_of_the_csv_is_a_formula(folder):
    text = (folder / "score-sheet.csv").read_text(encoding="utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)
    for cell in cells:
        live = cell.lstrip(" \u3000").startswith(LIVE)
        assert not live or re.fullmatch(r"-?\d+(\.\d+)?", cell), cell


def test_the_workbook_has_neither_formulas_nor_links(folder):
    with zipfile.ZipFile(folder / "score-sheet.xlsx") as book:
        assert not [name for name in book.namelist() if "external" in name.lower()]
        for name in book.namelist():
            if name.endswith(".xml"):
                text = book.read(name).decode()
                ET.fromstring(text)
                assert not CONTROLS.search(text)
                assert "<f>" not in text
                assert "<hyperlink" not in text


def test_no_table_of_the_markdown_is_broken(folder):
    lines = (folder / "report.md").read_text(encoding="utf-8").split("\n")
    widths = []
    for line in lines:
        assert not re.search(r"(?<!\\)<", line), line
        assert not re.search(r"(?<!\\)\]\(", line), line
        assert not re.search(r"[a-z]://|www\.", line), line
        if line.startswith("|"):
            widths.append(len(re.findall(r"(?<!\\)\|", line)))
            assert not widths[1:] or widths[-1] == widths[-2], line
        else:
            widths = []


@pytest.mark.parametrize("lang", LANGS)
def test_every_chart_is_well_formed_and_escapes(lang):
    drill = played(WORDS, NAME).drill(lang)
    for draw in (charts.scores, charts.lanes, charts.supplies, charts.knowing, charts.network):
        picture = draw(drill)
        root = ET.fromstring(picture)
        assert root.get("role") == "img"
        assert root[0].tag.endswith("title")
        assert root[1].tag.endswith("desc")
        assert "<script" not in picture
        assert not CONTROLS.search(picture)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("  +1", "'  +1"),
        ("\u3000＝1", "'\u3000＝1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "' =1"),
        ("Water = bad", "Water = bad"),
        (-5, -5),
        (None, None),
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_gets_a_quote_in_front(cell, expected):
    assert safe(cell) == expected


def test_markdown_shows_text_as_it_stands():
    assert plain("a | b\n# c") == r"a \| b \# c"
    assert plain("see https://x.example or www.x.example") == (
        r"see https\://x.example or www\.x.example"
    )
