"""The after-action report in Word's format: all its sections, fonts in every style, tame text."""

import io
import re
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from report_world import HOSTILE, Play, played

from drillkit import packs
from drillkit.model import commands as ask
from drillkit.model.base import EVALUATOR, FACILITATOR, LANGS, MINUTE, OBSERVER
from drillkit.model.events import Answer
from drillkit.model.text import Line, Prose
from drillkit.packs.forms import forms
from drillkit.report import pictures
from drillkit.report.docx import document_docx
from drillkit.report.fonts import chinese_font
from drillkit.report.html import document_html
from drillkit.report.markdown import document_markdown
from drillkit.report.pages import agreements
from drillkit.report.sections import after_action, digest

# Scoring model 5.4, in its order.
SECTIONS = {
    "zh": [
        "1 基本信息",
        "2 摘要",
        "3 演练经过",
        "4 评估方法与证据",
        "5 过程评估",
        "6 结果评估",
        "7 综合评估",
        "8 预案评审",
        "9 演练发现",
        "10 经验教训",
        "附录A 整改计划",
        "附录B 参演人员",
        "附录C 应急演练记录表",
        "附录D 反馈汇总",
        "附录E 演练日志摘要",
        "附录F 评估记录原文",
        "附录G 评分细目",
    ],
    "en": [
        "1 Basics",
        "2 Summary",
        "3 Course of the drill",
        "4 Method and evidence",
        "5 Process",
        "6 Result",
        "7 Combined assessment",
        "8 Review of the plan",
        "9 Findings",
        "10 Lessons",
        "Appendix A. Improvement plan",
        "Appendix B. Participants",
        "Appendix C. Drill record form",
        "Appendix D. Participant feedback",
        "Appendix E. Journal",
        "Appendix F. Notes and ratings as given",
        "Appendix G. Every term of the scores",
    ],
}


def word_of(drill):
    return document_docx(digest(drill, after_action(drill)), drill.began)


def opened(raw):
    return docx.Document(io.BytesIO(raw))


def text_of(raw):
    """Everything that the body says, in order."""
    body = opened(raw).element.body
    return "\n".join(
        "".join(node.text or "" for node in paragraph.iter(qn("w:t")))
        for paragraph in body.iter(qn("w:p"))
    )


@pytest.fixture(scope="module")
def raw():
    return {lang: word_of(played().drill(lang)) for lang in LANGS}


@pytest.mark.parametrize("lang", LANGS)
def test_every_section_stands_there_in_its_order(raw, lang):
    word = opened(raw[lang])
    heads = [one.text for one in word.paragraphs if one.style.name == "Heading 1"]
    assert heads == SECTIONS[lang]
    drill = played().drill(lang)
    whole = after_action(drill)
    page = document_html(whole)
    assert re.findall(r"<h2>(.*?)</h2>", page) == SECTIONS[lang]
    markdown = document_markdown(whole)
    # Markdown leaves out the journal, and nothing else.
    shown = [head.replace("\\", "") for head in re.findall(r"(?m)^## (.*)$", markdown)]
    assert shown == [head for head in SECTIONS[lang] if head != SECTIONS[lang][-3]]


def test_word_and_html_say_the_same_numbers(raw):
    drill = played().drill("en")
    page = document_html(after_action(drill))
    said = text_of(raw["en"])
    for score in drill.assessment.scores():
        assert f"{score.final:.1f}" in said
        assert f">{score.final:.1f}<" in page


@pytest.mark.parametrize("lang", LANGS)
def test_every_style_names_a_chinese_font_and_no_theme(raw, lang):
    root = opened(raw[lang]).styles.element
    styles = [one for one in root.iter(qn("w:style")) if one.get(qn("w:type")) != "numbering"]
    assert len(styles) > 50
    for style in styles:
        fonts = style.find(qn("w:rPr")).find(qn("w:rFonts"))
        assert fonts.get(qn("w:eastAsia")) == "Microsoft YaHei"
        assert not [name for name in fonts.attrib if name.endswith("Theme")]


def test_the_heads_of_tables_repeat_and_the_improvement_plan_lies_on_its_side(raw):
    word = opened(raw["en"])
    heads = {tuple(cell.text for cell in table.rows[0].cells): table for table in word.tables}
    plans = [table for names, table in heads.items() if "Corrective action" in names]
    assert len(plans) == 1
    assert [cell.text for cell in plans[0].rows[0].cells] == [
        "No.",
        "Capability",
        "Issue",
        "Corrective action",
        "Element",
        "Responsible",
        "Contact",
        "Start",
        "Due",
        "Progress",
        "Evidence of completion",
    ]
    assert plans[0].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    widths = [section.page_width > section.page_height for section in word.sections]
    assert widths == [False, True, False]
    for section in word.sections:
        assert "Draft" in section.header.paragraphs[0].text


def test_the_same_drill_gives_the_same_bytes(raw):
    assert word_of(played().drill("en")) == raw["en"]


def test_paper_lists_only_the_entries_that_the_report_refers_to():
    drill = played().drill("en")
    whole = after_action(drill)
    short = digest(drill, whole)
    log = {doc: next(s for s in doc.sections if s.id == "log").blocks[-1] for doc in (whole, short)}
    assert len(log[whole].rows) == len(drill.entries)
    assert 0 < len(log[short].rows) < len(log[whole].rows)
    assert f"{len(log[short].rows)} of the {len(drill.entries)} entries" in text_of(word_of(drill))


# -- evaluators, decisions, feedback ---------------------------------------------------------------


def evening():
    """Two raters who differ, a settled letter, a decision, a review, two feedback forms."""
    play = played(forms=forms())
    at = 31 * MINUTE
    for rater in ("Lin", "Close the valve, then report."):
        play.ask(at, EVALUATOR, ask.SubmitRatings(rater=Line(rater)))
    play.ask(
        at,
        EVALUATOR,
        ask.SettleTask(
            task="stop-water", rating="S", why=Line("Seen twice."), settler=Line("Lead")
        ),
    )
    play.ask(at, EVALUATOR, ask.CloseMeeting(present=(Line("Lin"), Line("Wang"))))
    play.ask(
        at,
        EVALUATOR,
        ask.Adjudicate(
            measure="arrival.on-time.stores",
            value=1.0,
            why=Line("The gate was shut."),
            decider=Line("Lin"),
        ),
    )
    play.ask(
        at,
        EVALUATOR,
        ask.ReviewPlan(
            suitability="partly", sufficiency="mostly", why=Prose("Clause 3.1 is vague.")
        ),
    )
    for number, text in ((5, "Went well"), (3, "A quick call")):
        answers = (
            Answer(item="my-duties", number=number),
            Answer(item="went-well", text=Prose(text)),
        )
        play.ask(at, OBSERVER, ask.FillForm(form="feedback", answers=answers))
    return play


def test_raw_ratings_settled_letters_and_decisions_are_in_the_report():
    said = text_of(word_of(evening().drill("en")))
    for expected in (
        "Seen twice. (Lead)",
        "The evaluators' meeting was held by Lin, Wang.",
        "The gate was shut.",
        "Clause 3.1 is vague.",
        "3.1 The emergency team is called out at once",
    ):
        assert expected in said, expected


def rated_by_two():
    """A drill with more than ten tasks: two raters, who differ in four of them, and a meeting."""
    play = Play(pack=packs.load(packs.find("riverside-hospital-flood")))
    play.ask(0, FACILITATOR, ask.StartDrill())
    play.ask(MINUTE, FACILITATOR, ask.EndDrill())
    tasks = [task.id for task in play.session.state.scenario.tasks]
    assert len(tasks) >= 12
    for place, task in enumerate(tasks):
        for rater in ("Lin", "Wang"):
            rating = "PSM"[place % 3] if rater == "Lin" or place >= 4 else "U"
            play.ask(
                MINUTE,
                EVALUATOR,
                ask.RateTask(
                    task=task, rater=Line(rater), rating=rating, why=Prose("Seen."), entries=(3,)
                ),
            )
    roles = [role.id for role in play.session.state.plan.players()]
    assert len(roles) >= 10
    for place, role in enumerate(roles):
        for rater in ("Lin", "Wang"):
            duty = (
                "unclear" if place == 0 and rater == "Wang" else ("skilled", "adequate")[place % 2]
            )
            play.ask(
                MINUTE,
                EVALUATOR,
                ask.RateDuty(role=role, rater=Line(rater), duty=duty, why=Prose("-")),
            )
    for rater in ("Lin", "Wang"):
        play.ask(MINUTE, EVALUATOR, ask.SubmitRatings(rater=Line(rater)))
    agreed = ask.SettleDuty(
        role=roles[0], duty="adequate", why=Line("Asked twice."), settler=Line("Lin")
    )
    play.ask(MINUTE, EVALUATOR, agreed)
    for task in tasks[:4]:
        settle = ask.SettleTask(
            task=task, rating="S", why=Line("Talked over."), settler=Line("Lin")
        )
        play.ask(MINUTE, EVALUATOR, settle)
    return play


def test_the_agreement_is_told_before_and_after_the_meeting_with_its_n():
    play = rated_by_two()
    n = len(play.session.state.scenario.tasks)
    before, kappa, after, *_ = agreements(play.drill("en"))
    told = re.compile(rf"Krippendorff's alpha (-?\d\.\d{{3}}) over {n} tasks")
    assert 0 < float(told.search(before)[1]) < 0.9
    assert f"over {n} tasks" in kappa
    assert after == (
        "After settling 4 points alpha is 1.000: so by construction, and it says nothing of the "
        "raters' own agreement."
    )
    section = next(one for one in after_action(play.drill("en")).sections if one.id == "method")
    (table,) = [block for block in section.blocks if getattr(block, "name", "") == "raters"]
    assert [column.title for column in table.columns][1:3] == ["Lin", "Wang"]
    assert [[cell.text for cell in row.cells][1:3] for row in table.rows[:4]] == [
        ["P", "U"],
        ["S", "U"],
        ["M", "U"],
        ["P", "U"],
    ]
    assert [row.cells[4].text for row in table.rows[:5]] == ["S"] * 4 + ["\N{EN DASH}"]


def test_the_agreement_on_duties_is_told_apart_with_its_own_n():
    play = rated_by_two()
    n = len(play.session.state.plan.players())
    *_, before, after = agreements(play.drill("en"))
    told = re.compile(rf"alpha (-?\d\.\d{{3}}) over {n} roles")
    assert 0 < float(told.search(before)[1]) < 1
    assert "After settling the duties of 1 role it is 1.000: so by construction" in after


def test_ratings_of_duties_stand_side_by_side_with_what_the_meeting_settled():
    play = rated_by_two()
    section = next(one for one in after_action(play.drill("en")).sections if one.id == "method")
    (table,) = [block for block in section.blocks if getattr(block, "name", "") == "duties"]
    assert [column.title for column in table.columns][:4] == ["Role", "Lin", "Wang", "Settled"]
    first, second = ([cell.text for cell in row.cells] for row in table.rows[:2])
    assert first[1:5] == [
        "clear, carried out with skill",
        "not clear",
        "clear, carried out with less skill",
        "Asked twice. (Lin)",
    ]
    assert second[3:5] == ["\N{EN DASH}", ""]
    assert len(table.rows[0].cells[-1].entries) == 3


def test_feedback_is_summed_up_and_not_scored():
    play = evening()
    drill = play.drill("en")
    section = next(one for one in after_action(drill).sections if one.id == "feedback")
    (scales,) = [block for block in section.blocks if getattr(block, "name", "") == "scales"]
    assert [cell.text for cell in scales.rows[0].cells][1:] == ["2", "4.0", "50 %"]
    (words,) = [block for block in section.blocks if block.kind == "bullets"]
    assert [text for _, text in words.items] == ["A quick call", "Went well"]


def test_a_score_sheet_that_an_evaluator_filled_in_is_in_the_report_with_its_reasons():
    play = played(forms=forms())
    sheet = next(form for form in forms() if form.id == "tabletop-100")
    first, second, *_ = sheet.items()
    answers = (
        Answer(item=first.id, number=first.most - 1, why=Prose("No one was named.")),
        Answer(item=second.id, number=second.most),
    )
    fill = ask.FillForm(form=sheet.id, filler=Line("Lin"), answers=answers)
    play.ask(31 * MINUTE, EVALUATOR, fill)
    said = text_of(word_of(play.drill("zh")))
    assert f"{sheet.title.zh}（Lin填写）" in said
    assert f"{first.most - 1:g} / {first.most:g}" in said
    assert "No one was named." in said
    earned, most = first.most + second.most - 1, first.most + second.most
    assert f"得分 {earned:g}／{most:g}，折合百分制 {100 * earned / most:.2f}" in said


# -- what must not get in --------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_hostile_text_stays_text_and_the_parts_stay_xml(lang):
    wild = f"{HOSTILE}\n<w:p>&amp;</w:p> \ufffe\uffff\x0b ]]> {{{{ 7 * 7 }}}}"
    raw = word_of(played(wild, HOSTILE).drill(lang))
    said = text_of(raw)
    assert "<script>alert(1)</script>" in said
    assert "<w:p>&amp;</w:p>" in said
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\ufffe\uffff]", said)
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        links = parts.read("word/_rels/document.xml.rels").decode()
        assert 'TargetMode="External"' not in links
        assert b"instrText" not in parts.read("word/document.xml")


# -- pictures --------------------------------------------------------------------------------------


def test_a_chart_without_a_chinese_font_becomes_a_sentence(monkeypatch):
    monkeypatch.setattr("drillkit.report.docx.chinese_font", lambda: None)
    drawn = {}
    for lang in LANGS:
        raw = word_of(played().drill(lang))
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            drawn[lang] = [name for name in parts.namelist() if name.endswith(".png")]
        assert ("没有找到中文字体" in text_of(raw)) == (lang == "zh")
    assert not drawn["zh"]
    assert drawn["en"]


def test_charts_get_their_colours_without_variables():
    style = pictures.chart_style()
    assert "var(" not in style
    assert ".chart .fill.good { fill: #2a7590; }" in style


def test_the_best_font_is_found_in_the_folders_given(tmp_path):
    assert chinese_font([tmp_path, tmp_path / "missing"]) is None
    (tmp_path / "deep").mkdir()
    for name in ("simsun.ttc", "deep/NotoSansSC-Regular.otf", "Arial.ttf", "msyh.txt"):
        (tmp_path / name).write_bytes(b"")
    found = chinese_font([tmp_path])
    assert (found.path.name, found.family) == ("NotoSansSC-Regular.otf", "Noto Sans SC")


def test_a_signed_report_is_final_on_every_page():
    play = played()
    for rater in ("Lin", "Close the valve, then report."):
        play.ask(31 * MINUTE, EVALUATOR, ask.SubmitRatings(rater=Line(rater)))
    play.ask(31 * MINUTE, FACILITATOR, ask.SignReport(name=Line("Zhao")))
    half = opened(word_of(play.drill("en"))).sections[0]
    assert "Draft" in half.header.paragraphs[0].text
    assert "signed by one of two" in half.footer.paragraphs[0].text
    play.ask(31 * MINUTE, FACILITATOR, ask.NameLead(name=Line("Lin")))
    play.ask(32 * MINUTE, EVALUATOR, ask.SignReport(name=Line("Lin")))
    whole = opened(word_of(play.drill("en"))).sections[0]
    assert "Final" in whole.header.paragraphs[0].text
    assert "Zhao, 2027-01-01" in whole.footer.paragraphs[0].text
