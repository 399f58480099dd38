"""Forms as files: the shipped ones say what the paper says, and a bad one is refused at its place."""

import re

import pytest
from test_packs import marked_place

from drillkit import packs
from drillkit.cli import main
from drillkit.model.form import MEASURES, UNRATED, VERDICTS, ChoiceItem, PointsItem
from drillkit.packs.forms import SHIPPED, check_form, forms

OWN = """\
id = "our-sheet"
version = "1"
title.en = "Our sheet"
title.zh = "本厂评分表"
audience = "evaluator"

[[section]]
id = "play"
title.en = "Play"
title.zh = "实施"

[[section.item]]
kind = "choice"
id = "arrived"
title.en = "Arrival"
title.zh = "到位"
options = [
    { id = "prompt", title.en = "Prompt", title.zh = "迅速", value = 1.0 },
    { id = "slow", title.en = "Slow", title.zh = "迟缓", value = 0.0 },
]
evidence = { measure = "arrival", at_least = [75] }

[[section.item]]
kind = "points"
id = "orders"
title.en = "Orders"
title.zh = "指令"
most = 5
step = 0.5
optional = true
evidence = "information.reached"

[[section.item]]
kind = "check"
id = "warned"
title.en = "Warned"
title.zh = "预警"
"""

RECORD = {
    "suitability": "全部能够执行 / 执行过程不够顺利 / 明显不适宜",
    "sufficiency": "完全满足应急要求 / 基本满足需要完善 / 不充分，必须修改",
    "arrival": "迅速准确 / 基本按时到位 / 个别人员不到位 / 重点部位人员不到位",
    "duties": "职责明确，操作熟练 / 职责明确，操作不够熟练 / 职责不明，操作不熟练",
    "supplies": "现场物资充分，全部有效 / 现场准备不充分 / 现场物资严重缺乏",
    "protection": "全部人员防护到位 / 个别人员防护不到位 / 大部分人员防护不到位",
    "organisation": "准确、高效 / 协调基本顺利，能满足要求 / 效率低，有待改进",
    "teams": "合理、高效 / 基本合理，能完成任务 / 效率低，没有完成任务",
    "effect": "达到预期目标 / 基本达到目的，部分环节有待改进 / 没有达到目标，须重新演练",
    "report-up": "报告及时 / 联系不上",
    "fire-service": "按要求协作 / 行动迟缓",
    "medical-rescue": "按要求协作 / 行动迟缓",
    "surrounding": "按要求配合 / 不配合",
}
"""The paper form's items in order, each with its options from best to worst (doctrine 3.1)."""

SUMS = {"preparation": 10, "scenario": 10, "conduct": 70, "effect": 10}
OPTIONAL = ["1.3", "2.2", "2.3", "2.4", "3.11", "3.12", "3.13", "3.14", "3.15", "3.16"]
"""The sections of the 100-point form, and the items that may be out of question (doctrine 3.2)."""


def shipped(id):
    return next(form for form in forms() if form.id == id)


# -- the shipped ones ------------------------------------------------------------------------------


def test_the_record_form_has_the_papers_items_and_options_in_order():
    form = shipped("drill-record")
    said = {
        item.id: " / ".join(option.title.zh for option in item.options) for item in form.items()
    }
    assert said == RECORD
    assert list(said) == list(RECORD)


def test_the_100_point_form_adds_up_and_lets_ten_items_be_out_of_question():
    form = shipped("tabletop-100")
    assert {s.id: sum(item.most for item in s.items) for s in form.sections} == SUMS
    assert all(isinstance(item, PointsItem) and item.step == 0.5 for item in form.items())
    numbers = [item.title.zh.split()[0] for item in form.items() if item.optional]
    assert numbers == OPTIONAL
    assert [item.title.en.split()[0] for item in form.items() if item.optional] == OPTIONAL


def test_the_feedback_form_asks_the_hot_washs_questions_and_eleven_to_agree_with():
    form = shipped("feedback")
    assert form.audience == "participant"
    kinds = [item.kind for item in form.items()]
    assert (kinds.count("scale"), kinds.count("words")) == (11, 8)
    assert [item.id for item in form.sections[0].items] == ["went-well", "did-not", "change"]


@pytest.mark.parametrize("id", SHIPPED)
def test_a_shipped_form_is_in_both_languages(id):
    form = shipped(id)
    for titled in (form, *form.sections, *form.items()):
        assert re.search(r"[\u4e00-\u9fff]", titled.title.zh)
        assert not re.search(r"[\u4e00-\u9fff]", titled.title.en)


def test_no_option_goes_by_a_name_that_means_no_value():
    options = [
        option.id
        for form in forms()
        for item in form.items()
        if isinstance(item, ChoiceItem)
        for option in item.options
    ]
    assert not {*options} & {*UNRATED}


# -- an organisation's own -------------------------------------------------------------------------


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "our-sheet.toml"
    path.write_text(OWN, "utf-8")
    return path


def test_an_organisation_adds_a_form_without_code_or_puts_its_own_in_the_place_of_ours(own):
    assert [form.id for form in forms((own,))] == [*SHIPPED, "our-sheet"]
    own.write_text(OWN.replace("our-sheet", "tabletop-100"), "utf-8")
    found = forms((own,))
    assert [form.id for form in found] == [*SHIPPED]
    assert found[1].title.en == "Our sheet"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("most = 5", "«mots» = 5", "DK111"),
        ('kind = "check"', 'kind = «"chek"»', "DK118"),
        ('kind = "check"\nid', "«id»", "DK112"),
        ('measure = "arrival"', 'measure = «"arival"»', "DK118"),
        ('evidence = "information.reached"', 'evidence = «"information"», "x"', "DK108"),
        ('evidence = "information.reached"', 'evidence = «"all"»', "DK118"),
        ('audience = "evaluator"', 'audience = «"everybody"»', "DK118"),
        ('title.zh = "指令"', "", "DK113"),
        ("most = 5", 'most = «"five"»', "DK115"),
        ("most = 5", "most = «0»", "DK125"),
        ("step = 0.5", "step = «0.3»", "DK145"),
        ("at_least = [75]", "at_least = «[75, 50]»", "DK144"),
        ("at_least = [75]", "at_least = «[50, 75]»", "DK141"),
        ('measure = "arrival", at_least = [75]', 'measure = «"combined"»', "DK142"),
        (
            'measure = "arrival", at_least = [75]',
            'measure = "supplies.protection", at_least = «[75]»',
            "DK143",
        ),
        ('id = "slow", title.en = "S', 'id = «"prompt"», title.en = "S', "DK147"),
        ('id = "slow"', 'id = «"not-observed"»', "DK146"),
        ('id = "slow"', 'id = «"Slow"»', "DK120"),
        ('"check"\nid = "warned"', '"check"\nid = «"orders"»', "DK147"),
    ],
)  # fmt: skip
def test_a_bad_form_is_refused_with_its_place(own, old, new, code):
    if code in ("DK108", "DK113", "DK112"):
        own.write_text(OWN.replace(old, new.replace("«", "").replace("»", ""), 1), "utf-8")
        assert [found.code for found in check_form(own)] == [code]
        return
    text = OWN.replace(old, new.replace("«", "").replace("»", ""), 1)
    own.write_text(text, "utf-8")
    found = check_form(own)
    assert [(one.path, one.code) for one in found] == [(own, code)], packs.render(
        found, "text", "en"
    )
    (one,) = found
    assert (one.line, one.col, one.width) == marked_place(text, new)
    assert one.sentence("en") != one.sentence("zh")


def test_a_missing_key_of_an_item_is_told_in_the_items_line(own):
    own.write_text(OWN.replace('title.zh = "指令"\n', ""), "utf-8")
    (found,) = check_form(own)
    assert OWN.splitlines()[found.line - 1] == 'title.en = "Orders"'


def test_check_knows_a_form_and_a_form_that_is_none(own, capsys):
    assert main(["check", str(own)]) == 0
    assert capsys.readouterr().out == "1 form, nothing wrong.\n"
    own.write_text(OWN.replace("most = 5", "mots = 5"), "utf-8")
    assert main(["check", str(own)]) == 1
    assert (
        f"{own}:{OWN[: OWN.index('most')].count(chr(10)) + 1}:1: DK111" in capsys.readouterr().out
    )


def test_a_drill_is_not_begun_with_a_bad_form(own, tmp_path, capsys):
    own.write_text(OWN.replace("most = 5", "mots = 5"), "utf-8")
    drill = tmp_path / "x.drill"
    words = ["host", "riverside-hospital-flood", "--headless", "--stand-ins", "all"]
    assert main([*words, "--session", str(drill), "--form", str(own)]) == 1
    assert "our-sheet.toml:28:1: DK111" in capsys.readouterr().err
    assert not drill.exists()


def test_every_measure_and_verdict_that_evidence_may_name_is_scored():
    from worlds_staff import an_ended_play

    from scoring.assess import assess

    assessment = assess(an_ended_play().session.state)
    scores = assessment.scores()
    parts = ("process.", "combined.")
    named = {score.id for score in scores} | {
        child.id
        for score in scores
        for child in score.measure.children
        if score.id not in ("process", "combined") and not child.id.startswith(parts)
    }
    assert named == {*MEASURES}
    assert {name.partition(".")[0] for name in VERDICTS} == {
        *("arrival", "supplies", "information", "result", "review")
    }
