"""Advice on single texts: what is told of, and above all what is not."""

from pathlib import Path

import pytest
from test_packs import edit
from worlds_packs import write_pack

from drillkit import packs


def advice(folder: Path, en: str, zh: str) -> list[str]:
    """The codes of the advice on an inject's body with these halves, as the file writes them."""
    write_pack(folder)
    scenario = folder / "scenario.toml"
    text = scenario.read_text("utf-8")
    start = text.index('body.en = "The alarm panel')
    end = text.index('at = "1m"')
    body = f'body.en = """{en}"""\nbody.zh = """{zh}"""\n'
    scenario.write_text(text[:start] + body + text[end:], "utf-8")
    return [d.code for d in packs.lint(folder)]


@pytest.mark.parametrize(
    ("en", "zh"),
    [
        ("At 8:00 the ratio is 3:1.", "8:00的比例是3:1。"),
        ("Is it 2.5 or 1,200?", "是2.5还是1,200？"),
        ("Terminal 2 and Ward 4B", "T2航站楼和4B病区"),
        ("300 GB at 60 Mbit/s", "300GB，60Mbit/s"),
        ("The deputy decides.", "由B角决定。"),
        ('He says: "Go!"', "他说：“走！”"),
        ("Write to a@b.example or see https://b.example/?q=1", "写信a@b.example，或见https://b.example/?q=1"),
        ("Call GPS (by radio)", "呼叫GPS（用电台）"),
        ("20 °C, 3 × 4, ±1 → stop", "20°C、3×4、±1→停"),
        ("Wait — what?", "等等——什么？"),
        ("One\n\ntwo\n", "一\n\n二\n"),
        ("Dr Li's team, X-ray", "李医生的小组做X光"),
    ],
)  # fmt: skip
def test_what_is_right_is_left_alone(tmp_path, en, zh):
    assert advice(tmp_path / "pack", en, zh) == []


@pytest.mark.parametrize(
    ("en", "zh", "codes"),
    [
        ("What now?", "怎么办?", ["DK431"]),
        ("First, then.", "先,再.", ["DK431", "DK431"]),
        ("Note: go.", "注意:走。", ["DK431"]),
        ("12 beds", "１２张床", ["DK432"]),
        ("Go.  \nNow.", "走。\n现在。", ["DK433"]),
        ("Star \u2605", "星", ["DK435"]),
        ("Level \u2460", "级\u2460", ["DK435", "DK435"]),
        ("20 \u2103", "20度", ["DK435"]),
        ("Private \ue000", "私用", ["DK435"]),
        ("Feed K goes", "一路失电", []),
        ("Feed K7 goes", "一路失电", ["DK422"]),
        ("The power goes", "KV7失电", ["DK422"]),
        ("Go now to the hall.", "Go now to the hall.", ["DK423"]),
        ("去大厅", "去大厅", ["DK423"]),
    ],
)
def test_what_is_not_right_is_told_of(tmp_path, en, zh, codes):
    assert sorted(advice(tmp_path / "pack", en, zh)) == sorted(codes)


def test_a_title_is_as_wide_as_a_terminal_draws_it(tmp_path):
    write_pack(tmp_path / "pack")
    scenario = tmp_path / "pack" / "scenario.toml"
    edit(scenario, 'title.zh = "进水警报"', f'title.zh = "{"水" * 25}"')
    assert packs.lint(scenario.parent) == ()
    edit(scenario, f'title.zh = "{"水" * 25}"', f'title.zh = "{"水" * 26}"')
    (found,) = packs.lint(scenario.parent)
    assert (found.code, found.values["wide"], found.values["room"]) == ("DK434", "52", "50")
