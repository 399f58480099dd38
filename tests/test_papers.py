"""The papers of a pack: a manual that spoils nothing on one page, a guide that holds everything."""

import re
from datetime import UTC, datetime

import pytest
from report_world import HOSTILE, template

from drillkit import packs
from drillkit.cli import main
from drillkit.model.base import LANGS
from drillkit.model.plan import Plan
from drillkit.model.scenario import Scenario
from drillkit.packs import Pack
from drillkit.report.blocks import Bullets, Facts, Paragraph, Picture, Table
from drillkit.report.fonts import chinese_font
from drillkit.report.html import document_html
from drillkit.report.markdown import document_markdown
from drillkit.report.papers import Paper, guide, manual

MADE = datetime(2027, 1, 1, tzinfo=UTC)
PACKS = packs.shipped()
EACH = pytest.mark.parametrize("folder", PACKS, ids=lambda folder: folder.name)


def words_of(document):
    """Every text of the document."""
    for section in document.sections:
        yield section.title
        for block in section.blocks:
            match block:
                case Table():
                    for row in block.rows:
                        yield from (f"{cell.text}\n{cell.note}" for cell in row.cells)
                case Facts() | Bullets():
                    pairs = block.pairs if isinstance(block, Facts) else block.items
                    yield from (f"{front} {told}" for front, told in pairs)
                case Paragraph():
                    yield block.text
                case Picture():
                    yield block.svg
                case _:
                    yield block.text


def text_of(document):
    return "\n".join(words_of(document))


def secrets(scenario, lang):
    """What participants must not read beforehand."""
    for inject in scenario.injects:
        yield inject.title.in_(lang)
        yield inject.body.in_(lang)
        yield from (option.title.in_(lang) for option in inject.options)
        yield from (expect.text.in_(lang) for expect in inject.expect)
        if inject.notes is not None:
            yield inject.notes.in_(lang)
    yield from (fact.title.in_(lang) for fact in scenario.facts)
    yield from (milestone.title.in_(lang) for milestone in scenario.milestones)
    yield scenario.summary.in_(lang)


def public(pack):
    """What the plan and the briefing themselves say: everybody knows it, whatever else has it."""
    scenario = pack.scenario
    texts = (scenario.briefing, *(one.text for one in scenario.objectives))
    return pack.plan.model_dump_json() + "".join(text.model_dump_json() for text in texts)


@EACH
@pytest.mark.parametrize("lang", LANGS)
def test_the_manual_spoils_nothing_and_tells_what_participants_need(folder, lang):
    for short in (False, True):
        pack = packs.load(folder, short=short)
        told = text_of(manual(Paper(pack, lang)))
        whole = packs.load(folder)
        known = public(whole)
        found = [one for one in secrets(whole.scenario, lang) if one in told and one not in known]
        assert found == []
        assert pack.scenario.briefing.in_(lang) in told
        for role in pack.plan.players():
            assert role.title.in_(lang) in told
            assert role.duties.in_(lang) in told
        for objective in pack.scenario.objectives:
            assert objective.text.in_(lang) in told
        for rule in pack.plan.reports:
            assert rule.title.in_(lang) in told
        for depot in pack.plan.depots:
            assert depot.title.in_(lang) in told


@EACH
@pytest.mark.parametrize("lang", LANGS)
def test_the_manual_is_one_page(folder, lang):
    pdf = pytest.importorskip("drillkit.report.pdf")
    if lang == "zh" and chinese_font() is None:
        pytest.skip("no Chinese font here")
    pack = packs.load(folder, short=lang == "en")
    drawn = pdf.document_pdf(manual(Paper(pack, lang)), MADE)
    assert len(re.findall(rb"/Type\s*/Page\b", drawn)) == 1


@EACH
@pytest.mark.parametrize("lang", LANGS)
def test_the_guide_holds_the_whole_script(folder, lang):
    pack = packs.load(folder)
    scenario = pack.scenario
    document = guide(Paper(pack, lang))
    told = text_of(document)
    for inject in scenario.injects:
        assert inject.title.in_(lang) in told
        assert inject.body.in_(lang) in told
        assert all(expect.text.in_(lang) in told for expect in inject.expect)
    for thing in (*scenario.facts, *scenario.needs):
        assert thing.title.in_(lang) in told
    assert all(task.text.in_(lang) in told for task in scenario.tasks)
    [msel] = [block for part in document.sections if part.id == "msel" for block in part.blocks]
    assert isinstance(msel, Table)
    assert [row.cells[0].text for row in msel.rows] == [
        str(n) for n in range(1, len(scenario.injects) + 1)
    ]
    branches = next(part for part in document.sections if part.id == "branches").blocks
    waiting = [one for one in scenario.injects if one.when or one.kind == "contingency"]
    assert len(next(block for block in branches if isinstance(block, Table)).rows) == len(waiting)
    assert f"{document.state}" in document_html(document)


def test_targets_limits_and_false_facts_stand_in_the_guide():
    told = document_markdown(guide(Paper(packs.load(packs.find("riverside-hospital-flood")), "en")))
    assert "Closes the underpass at once and keeps it guarded. (T 3:00, H 6:00)" in told
    assert "| 22 patients on ventilators (morning list) | false |" in told
    assert "Only if “" in told
    assert "Released by hand." in told


def test_the_papers_of_the_short_form_hold_no_more_than_it():
    pack = packs.load(packs.find("riverside-hospital-flood"), short=True)
    document = guide(Paper(pack, "en"))
    assert "short form, 20 minutes" in text_of(document)
    assert "This is the short form" in text_of(manual(Paper(pack, "en")))
    assert "The basement is gone" not in text_of(document)


@pytest.mark.parametrize("draw", [manual, guide])
def test_hostile_words_are_only_words(draw):
    plan, scenario = template("plan"), template("scenario")
    both = {"en": HOSTILE, "zh": HOSTILE}
    for thing in (*plan["role"], *plan["site"], *plan["item"], *scenario["inject"]):
        thing["title"] = both
    scenario["briefing"] = plan["organisation"] = both
    pack = Pack(
        PACKS[0],
        Scenario.model_validate(scenario, context={"pack": True}),
        Plan.model_validate(plan, context={"pack": True}),
    )
    document = draw(Paper(pack, "en"))
    page = document_html(document)
    assert "<script" not in page
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert not re.search(r"(?<!\\)<script", document_markdown(document))


# -- the command -----------------------------------------------------------------------------------


def test_export_writes_both_papers_and_says_who_each_is_for(tmp_path, capsys):
    words = ["export", "riverside-hospital-flood", "--short", "--to", str(tmp_path / "out")]
    assert main(words) == 0
    out = capsys.readouterr().out
    assert "keep it to yourself" in out
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "facilitator-guide.html", "facilitator-guide.md",
        "situation-manual.html", "situation-manual.md",
    ]  # fmt: skip


def test_export_overwrites_nothing_unless_it_is_forced(tmp_path, capsys):
    words = ["export", "rail-radio-loss", "--formats", "md", "--to", str(tmp_path)]
    place = tmp_path / "situation-manual.md"
    place.write_text("mine", "utf-8")
    assert main(words) == 1
    assert "--force" in capsys.readouterr().err
    assert place.read_text("utf-8") == "mine"
    assert not (tmp_path / "facilitator-guide.md").exists()
    assert main([*words, "--force"]) == 0
    assert place.read_text("utf-8").startswith("# Situation manual")


def test_another_plan_and_another_language_are_told_in_the_papers(tmp_path, capsys):
    folder = packs.find("harbour-storm-surge")
    plan = tmp_path / "plan.toml"
    text = (folder / "plan.toml").read_text("utf-8")
    plan.write_text(
        re.sub(r"(?m)^organisation.zh = .*$", 'organisation.zh = "另一家医院"', text, count=1),
        "utf-8",
    )
    words = [
        "--lang",
        "zh",
        "export",
        str(folder),
        "--plan",
        str(plan),
        "--to",
        str(tmp_path / "o"),
    ]
    assert main([*words, "--formats", "md"]) == 0
    assert "另一家医院" in (tmp_path / "o" / "situation-manual.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["riverside-hospital-floud"], 2, "riverside-hospital-flood"),
        (["riverside-hospital-flood", "--formats", "xlsx"], 2, "xlsx"),
        (["riverside-hospital-flood", "--last", "a.drill"], 1, "--last"),
        (["nothing.drill"], 1, "nothing.drill"),
    ],
)
def test_what_cannot_be_exported_is_said_in_a_sentence(words, status, said, tmp_path, capsys):
    assert main(["export", *words, "--to", str(tmp_path / "out")]) == status
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_plan_and_short_are_refused_for_a_journal(tmp_path, capsys):
    journal = tmp_path / "a.drill"
    journal.write_bytes(b"")
    assert main(["export", str(journal), "--short", "--to", str(tmp_path / "out")]) == 1
    assert "--plan and --short go with a pack" in capsys.readouterr().err
