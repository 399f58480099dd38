"""The record form 应急演练记录表, item by item, as Word and HTML show it; who ticked what."""

import html.parser
import io

import docx
import pytest
from report_world import Play, played

from drillkit import packs
from drillkit.model import commands as ask
from drillkit.model.base import EVALUATOR, FACILITATOR, LANGS, MINUTE
from drillkit.model.events import Answer
from drillkit.model.text import Line
from drillkit.packs.forms import forms
from drillkit.report.docx import document_docx
from drillkit.report.html import document_html
from drillkit.report.lessons import lessons
from drillkit.report.record import FORM, record_form, ticks

BOXES = ("□", "☑")

HEADER = [
    ("预案名称", "演练地点"),
    ("组织部门", "总指挥"),
    ("演练时间",),
    ("参加部门和人员（单位/人数）",),
    ("演练类别",),
    ("实际演练部分",),
    ("物资准备和人员培训情况",),
    ("演练过程描述",),
]
HEADER_EN = [
    ("Name of the plan", "Place of the drill"),
    ("Organised by", "Commander"),
    ("Time of the drill",),
    ("Departments and people taking part (unit / number)",),
    ("Kind of drill",),
    ("Part that was practised",),
    ("Supplies prepared and people trained",),
    ("Course of the drill",),
]
CATEGORY = ["实际演练", "桌面演练", "提问讨论式演练", "全部预案", "部分预案"]
CATEGORY_EN = [
    "Live drill",
    "Tabletop drill",
    "Question-and-discussion drill",
    "Whole plan",
    "Part of the plan",
]
# Doctrine 3.1: block, item, options from best to worst. Its commas are those of Chinese print here.
ITEMS = [
    ("预案评审", "适宜性", ["全部能够执行", "执行过程不够顺利", "明显不适宜"]),
    ("预案评审", "充分性", ["完全满足应急要求", "基本满足需要完善", "不充分，必须修改"]),
    (
        "人员到位情况",
        "到位",
        ["迅速准确", "基本按时到位", "个别人员不到位", "重点部位人员不到位"],
    ),
    (
        "人员到位情况",
        "职责与操作",
        ["职责明确，操作熟练", "职责明确，操作不够熟练", "职责不明，操作不熟练"],
    ),
    (
        "物资到位情况",
        "现场物资",
        ["现场物资充分，全部有效", "现场准备不充分", "现场物资严重缺乏"],
    ),
    (
        "物资到位情况",
        "个人防护",
        ["全部人员防护到位", "个别人员防护不到位", "大部分人员防护不到位"],
    ),
    (
        "协调组织情况",
        "整体组织",
        ["准确、高效", "协调基本顺利，能满足要求", "效率低，有待改进"],
    ),
    (
        "协调组织情况",
        "抢险组分工",
        ["合理、高效", "基本合理，能完成任务", "效率低，没有完成任务"],
    ),
    (
        "实战效果评价",
        "总体",
        ["达到预期目标", "基本达到目的，部分环节有待改进", "没有达到目标，须重新演练"],
    ),
    ("支援部门和协作有效性", "报告上级", ["报告及时", "联系不上"]),
    ("支援部门和协作有效性", "消防部门", ["按要求协作", "行动迟缓"]),
    ("支援部门和协作有效性", "医疗救援（救援后勤）", ["按要求协作", "行动迟缓"]),
    ("支援部门和协作有效性", "周边政府撤离（警戒、撤离）配合", ["按要求配合", "不配合"]),
]
MENDING = [
    ["存在问题和改进措施"],
    ["编号", "存在问题", "改进措施", "计划整改时间", "整改责任人", "附件"],
    ["编号", "整改后状态", "实际整改时间", "整改后证据"],
    ["记录人", "评审负责人"],
]
DRAWN = {}


def rows_of_word(document):
    """The cells of each row of the form, a merged one once; as a reader of the file finds them."""
    (table,) = docx.Document(io.BytesIO(document)).tables
    for row in table.rows:
        cells = []
        for cell in row.cells:
            if not cells or cell._tc is not cells[-1]._tc:
                cells.append(cell)
        yield [blank(cell.text) for cell in cells]


def blank(text):
    """The text with common blanks: those behind boxes do not break."""
    return text.replace("\xa0", " ")


class Rows(html.parser.HTMLParser):
    """The cells of each row, a cell that spans rows in each of them."""

    def __init__(self):
        super().__init__()
        self.rows, self._lasting, self._cell = [], [], None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "tr":
            self.rows.append([text for text, left in self._lasting if left])
            self._lasting = [(text, left - 1) for text, left in self._lasting if left > 1]
        elif tag in ("td", "th"):
            self._cell, self._down = "", int(given.get("rowspan", 1))
        elif tag == "div" and self._cell is not None:
            self._cell += "\n"

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.rows[-1].append(blank(self._cell))
            if self._down > 1:
                self._lasting.append((blank(self._cell), self._down - 1))
            self._cell = None

    def handle_data(self, data):
        if self._cell is not None:
            self._cell += data


def rows_of_page(page):
    reader = Rows()
    reader.feed(page)
    return reader.rows


def drawn(lang, kind):
    """The rows of the form of the small drill, in this language and format."""
    if (lang, kind) not in DRAWN:
        drill = played().drill(lang)
        form = record_form(drill)
        DRAWN[lang, kind] = (
            list(rows_of_word(document_docx(form, drill.began)))
            if kind == "docx"
            else rows_of_page(document_html(form))
        )
    return DRAWN[lang, kind]


def options(cell):
    """The options of a cell in order, without their boxes and without what stands below them."""
    text = cell.partition("\n")[0]
    for box in BOXES:
        text = text.replace(box, "|")
    return [part.strip() for part in text.split("|") if part.strip()]


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_every_item_and_option_of_the_paper_form_is_there_in_its_order(kind):
    rows = drawn("zh", kind)
    start = next(n for n, row in enumerate(rows) if row == ["演练效果评审"]) + 1
    found = [(block, item, options(cell)) for block, item, cell in rows[start : start + len(ITEMS)]]
    assert found == ITEMS
    assert rows[start + len(ITEMS)] == MENDING[0]


@pytest.mark.parametrize("kind", ["docx", "html"])
@pytest.mark.parametrize(
    ("lang", "header", "category"), [("zh", HEADER, CATEGORY), ("en", HEADER_EN, CATEGORY_EN)]
)
def test_the_header_has_every_field_in_its_order(kind, lang, header, category):
    rows = drawn(lang, kind)[: len(header)]
    assert [tuple(row[::2]) for row in rows] == header
    assert all(value.strip() for row in rows for value in row[1::2])
    kinds = rows[4][1]
    marks = kinds.replace("☑", "□").replace("\n", " ").split("□")
    assert [part.strip() for part in marks if part.strip()] == category
    assert kinds.count("☑") == 2
    assert f"☑ {category[1]}" in kinds


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_the_form_ends_with_what_is_to_mend_and_who_signs(kind):
    rows = drawn("zh", kind)
    at = rows.index(MENDING[0])
    assert rows[at + 1] == MENDING[1]
    closed = rows.index(MENDING[2])
    problems, closings = rows[at + 2 : closed], rows[closed + 1 : -1]
    assert (
        [row[0] for row in problems] == [row[0] for row in closings] == ["L01", "L02", "L03", "L04"]
    )
    assert problems[1][1:] == [
        "岗位到位迟：仓库管理员在接到通知后 9:00 到位，预案要求 8:00。",
        "90 日内：提前通知仓库管理员，或改定可以做到的时限；以下次演练按时到位衡量。责任岗位：仓库管理员。",
        "2027-04-01",
        "仓库管理员",
        "",
    ]
    assert closings[0][1:] == ["", "", ""]
    assert rows[-1][::2] == MENDING[3]


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_the_english_form_has_the_same_items_and_as_many_options(kind):
    rows, chinese = drawn("en", kind), drawn("zh", kind)
    assert len(rows) == len(chinese)
    shipped = next(form for form in forms() if form.id == FORM)
    titles = {
        item.title.en: [option.title.en for option in item.options] for item in shipped.items()
    }
    found = {row[1]: options(row[2]) for row in rows if len(row) == 3 and row[1] in titles}
    assert found == titles
    assert len(titles) == len(ITEMS)


def test_of_many_problems_the_form_lists_the_first_twelve_and_says_where_the_others_are():
    play = Play(pack=packs.load(packs.find("riverside-hospital-flood")))
    play.ask(0, FACILITATOR, ask.StartDrill())
    play.ask(90 * MINUTE, FACILITATOR, ask.EndDrill())
    drill = play.drill("zh")
    found = [one.finding.id for one in lessons(drill, "deficiency", "corrective", "improvement")]
    assert len(found) > 12
    rows = rows_of_page(document_html(record_form(drill)))
    at, closed = rows.index(MENDING[1]), rows.index(MENDING[2])
    assert [row[0] for row in rows[at + 1 : at + 13]] == found[:12]
    assert rows[at + 13 : closed] == [["", f"其余 {len(found) - 12} 项见演练评估与总结报告。"]]
    assert [row[0] for row in rows[closed + 1 : -1]] == found[:12]


# -- who ticked ------------------------------------------------------------------------------------


def test_what_the_evidence_ticked_is_marked_as_not_confirmed():
    drill = played().drill("zh")
    found = {one.item.id: one for one in ticks(drill)}
    assert found["arrival"].answer.choice == "mostly-prompt"
    assert not found["arrival"].is_confirmed
    assert found["fire-service"].answer is None
    cells = {row[1]: row[2] for row in drawn("zh", "docx") if len(row) == 3}
    assert cells["到位"].startswith("□ 迅速准确   ☑ 基本按时到位   □")
    assert cells["到位"].endswith("\n（未确认）")
    assert "☑" not in cells["消防部门"]
    assert "未确认" not in cells["消防部门"]


def handed_out():
    """The small drill, in which the form was handed out."""
    play = Play(forms=forms())
    play.ask(0, FACILITATOR, ask.StartDrill())
    play.ask(MINUTE, "commander", ask.Arrive(evidence="declared"))
    play.ask(20 * MINUTE, FACILITATOR, ask.EndDrill())
    return play


def fill(play, who, **choices):
    answers = tuple(
        Answer(item=item.replace("_", "-"), choice=choice) for item, choice in choices.items()
    )
    play.ask(20 * MINUTE, EVALUATOR, ask.FillForm(form=FORM, filler=Line(who), answers=answers))


def test_what_a_person_confirmed_stands_and_the_last_hand_counts():
    play = handed_out()
    fill(play, "Wang", arrival="prompt")
    fill(play, "Lin", arrival="some-absent", fire_service="not-observed")
    drill = play.drill("zh")
    found = {one.item.id: one for one in ticks(drill)}
    assert (found["arrival"].answer.choice, found["arrival"].is_confirmed) == ("some-absent", True)
    rows = list(rows_of_word(document_docx(record_form(drill), drill.began)))
    cells = {row[1]: row[2] for row in rows if len(row) == 3}
    assert "☑ 个别人员不到位" in cells["到位"]
    assert "未确认" not in cells["到位"]
    assert cells["消防部门"] == "□ 按要求协作   □ 行动迟缓   ☑ 未观察"
    assert rows[-1][1] == "Lin"


@pytest.mark.parametrize("lang", LANGS)
def test_the_state_stands_on_every_page_and_ends_as_final(lang):
    play = handed_out()
    words = {"en": ("Draft", "Final"), "zh": ("草稿", "定稿")}[lang]
    for signed, expected in ((False, words[0]), (True, words[1])):
        if signed:
            play.ask(21 * MINUTE, FACILITATOR, ask.SignReport(name=Line("Zhao")))
            assert words[0] in _header(play.drill(lang))
            play.ask(21 * MINUTE, EVALUATOR, ask.SignReport(name=Line("Lin")))
        drill = play.drill(lang)
        assert expected in _header(drill)
        assert f'content: "{expected}"' in document_html(record_form(drill))
    status = record_form(play.drill(lang)).status
    assert "Zhao" in status
    assert "Lin" in status
    assert status.count("2027-01-01") == 2


def _header(drill):
    word = docx.Document(io.BytesIO(document_docx(record_form(drill), drill.began)))
    return "".join(paragraph.text for paragraph in word.sections[0].header.paragraphs)
