"""The drill before: its marks where the two compare, a sentence in any case, and no wrong one."""

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from worlds_trend import HOSTILE, a_drill, by_other_weights, in_short_form, of_others

from drillkit.cli import main
from drillkit.model.base import LANGS, Lang
from drillkit.report import Drill, export, schema, score_json
from drillkit.report.before import marks, told
from drillkit.report.blocks import Paragraph, Picture, Table
from drillkit.report.sections import after_action

BEFORE, NOW = a_drill(0, rating="U"), a_drill(40)


def beside(last: Drill | None, lang: Lang = "en") -> Drill:
    return replace(NOW, last=last, lang=lang)


def summary(drill: Drill) -> tuple[object, ...]:
    return next(one.blocks for one in after_action(drill).sections if one.id == "summary")


def picture(drill: Drill) -> str:
    return next(one.svg for one in summary(drill) if isinstance(one, Picture))


def test_a_drill_that_compares_is_marked_named_and_in_the_table() -> None:
    drill = beside(BEFORE)
    scored = sum(one.final is not None for one in BEFORE.assessment.scores())
    assert picture(drill).count('class="last"') == scored + 1
    assert told(drill).startswith('The drill before was "')
    assert "2027-01-01" in told(drill)
    table = next(one for one in summary(drill) if isinstance(one, Table))
    assert [column.title for column in table.columns][:3] == ["Item", "Points", "Before"]
    assert [row.cells[2].text for row in table.rows] == [
        "–" if one.final is None else f"{one.final:.1f}" for one in BEFORE.assessment.scores()
    ]


@pytest.mark.parametrize(
    ("last", "why"),
    [
        (by_other_weights(BEFORE), "other weights"),
        (of_others(BEFORE), "another organisation"),
        (in_short_form(BEFORE), "one of them was the short form"),
        (of_others(by_other_weights(BEFORE)), "another organisation, other weights"),
    ],
)
def test_a_drill_that_does_not_compare_is_not_marked_and_the_reason_is_said(
    last: Drill, why: str
) -> None:
    drill = beside(last)
    assert marks(drill) == {}
    assert 'class="last"' not in picture(drill)
    said = [one.text for one in summary(drill) if isinstance(one, Paragraph)]
    [sentence] = [one for one in said if "No mark of the drill before" in one]
    assert why in sentence
    table = next(one for one in summary(drill) if isinstance(one, Table))
    assert "Before" not in [column.title for column in table.columns]


def test_without_a_drill_before_nothing_is_said_of_one() -> None:
    assert told(beside(None)) == ""
    assert 'class="last"' not in picture(beside(None))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("last", [None, BEFORE, of_others(BEFORE)])
def test_the_score_keeps_to_its_schema_with_any_drill_before(
    last: Drill | None, lang: Lang
) -> None:
    said = score_json(beside(last, lang))
    jsonschema.Draft202012Validator(schema()).validate(said)
    if last is BEFORE:
        assert said["last"]["comparable"]
        assert said["last"]["final"]["combined"] == pytest.approx(BEFORE.assessment.combined.final)
    elif last is not None:
        assert (said["last"]["comparable"], said["last"]["final"]) == (False, {})
        assert said["last"]["why_not"]
    else:
        assert said["last"] is None


@pytest.mark.parametrize("lang", LANGS)
def test_every_format_is_written_with_hostile_words_in_the_drill_before(
    lang: Lang, tmp_path: Path
) -> None:
    last = a_drill(0, called=HOSTILE)
    export(beside(last, lang), tmp_path, ("html", "docx", "md", "json"))
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "\u202e" not in page


# -- the command -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def drills(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two demos, half a year between them."""
    found: list[Path] = []
    for day in ("2026-07-01", "2027-01-01"):
        folder = tmp_path_factory.mktemp("demo")
        assert main(["demo", "--headless", "--on", day, "--to", str(folder)]) == 0
        found.append(folder / "demo.drill")
    return found[0], found[1]


def test_export_takes_the_drill_before(drills: tuple[Path, Path], tmp_path: Path) -> None:
    before, now = drills
    command = ["export", str(now), "--last", str(before), "--formats", "json,md"]
    assert main([*command, "--to", str(tmp_path)]) == 0
    said = json.loads((tmp_path / "score.json").read_text(encoding="utf-8"))
    assert (said["last"]["began"], said["last"]["comparable"]) == ("2026-07-01T00:00:00Z", True)
    assert "The drill before was" in (tmp_path / "report.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("lang", "of", "last", "told"),
    [
        ("en", 1, 1, "this very drill"),
        ("zh", 1, 1, "就是这一场演练"),
        ("en", 0, 1, "after this drill"),
        ("zh", 0, 1, "晚于本次演练"),
    ],
)
def test_what_is_no_drill_before_is_refused_before_anything_is_written(
    *,
    drills: tuple[Path, Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    lang: str,
    of: int,
    last: int,
    told: str,
) -> None:
    command = ["export", str(drills[of]), "--last", str(drills[last]), "--lang", lang]
    assert main([*command, "--to", str(tmp_path / "out")]) == 1
    assert told in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
