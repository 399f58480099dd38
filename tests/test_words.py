"""Catalogues: read quickly and rightly, chosen by what the person's machine says."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from drillkit.model.base import Title
from drillkit.model.text import Line
from drillkit.words import catalogue, chosen_language, listing, say, units

CATALOGUES = sorted(Path(catalogue.__file__).parent.glob("*/*.toml"))


def flat(table: Mapping[str, object], prefix: str) -> dict[str, object]:
    out: dict[str, object] = {}
    for key, value in table.items():
        if isinstance(value, Mapping) and set(value) != {"one", "other"}:
            out |= flat(value, f"{prefix}.{key}")
        else:
            out[f"{prefix}.{key}"] = value
    return out


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_quick_reader_reads_what_tomllib_reads(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert catalogue.read(text, path.stem) == flat(tomllib.loads(text), path.stem)


def test_escapes_are_undone() -> None:
    text = 'a = "one\\ntwo \\"quoted\\" \\\\n back"'
    assert catalogue.read(text, "x") == {"x.a": tomllib.loads(text)["a"]}


def test_a_plural_follows_its_number() -> None:
    assert say("en", "cli.check-found", n=1) == "1 fault."
    assert say("en", "cli.check-found", n=2) == "2 faults."


def test_a_title_is_said_in_the_language_of_the_sentence() -> None:
    title = Title(en=Line("Pump"), zh=Line("水泵"))
    values = {"there": 1, "item": title, "site": title}
    assert "Pump" in say("en", "refused.beyond-site", **values)
    assert "水泵" in say("zh", "refused.beyond-site", **values)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_quotation_marks_within_quotation_marks_are_single(lang) -> None:
    said = say(lang, "log.note_made", text="He says “soon”.")
    assert said.count("“") == said.count("”") == 1
    assert "\u2018soon\u2019" in said
    assert "“soon”" in say(lang, "log.goods", item="“soon”", quantity=1, unit="")


@pytest.mark.parametrize(
    ("lang", "item", "n", "unit", "said"),
    [
        ("en", "Headlamps", 40, "lamp", "Headlamps × 40"),
        ("en", "Drinking water", 12, "box", "Drinking water × 12 boxes"),
        ("en", "Diesel", 1, "can", "Diesel × 1 can"),
        ("en", "Guards", 2, "person", "Guards × 2 people"),
        ("en", "Keys", 3, "copy", "Keys × 3 copies"),
        ("en", "Relief", 2, "day", "Relief × 2 days"),
        ("en", "Cheques", 2, "", "Cheques × 2"),
        ("zh", "沙袋", 250, "袋", "沙袋 × 250 袋"),
    ],
)
def test_goods_are_counted_as_their_language_counts(lang, item, n, unit, said) -> None:
    assert units.goods(lang, item, n, unit) == said


def test_a_list_is_joined_as_its_language_joins() -> None:
    assert listing("en", ["a", "b"]) == "a, b"
    assert listing("zh", ["甲", "乙"]) == "甲、乙"


@pytest.mark.parametrize(
    ("asked", "variables", "chosen"),
    [
        (None, {}, "en"),
        (None, {"LANG": "C.UTF-8"}, "en"),
        (None, {"LANG": "zh_CN.UTF-8"}, "zh"),
        (None, {"LANG": "zh_TW.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        (None, {"LANG": "en_GB.UTF-8", "DRILLKIT_LANG": "zh"}, "zh"),
        ("en", {"DRILLKIT_LANG": "zh"}, "en"),
    ],
)
def test_the_language_is_asked_then_set_then_the_locales(
    asked: str | None, variables: dict[str, str], chosen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LANG", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert chosen_language(asked) == chosen
