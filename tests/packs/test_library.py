"""The library: what is said of each pack, where packs are found, and what words find."""

import json
import shutil
import sys
import zipfile
from pathlib import Path

import pytest

from drillkit import packs
from drillkit.cli import main
from drillkit.core.search import holds, matches
from drillkit.packs import archive, shelf
from drillkit.packs.library import card_of
from drillkit.words import say

SMALL = Path(__file__).parent / "burst-pipe"


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty folder in which the program is started."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def a_zip(path, pack=SMALL, inside="pipe/"):
    with zipfile.ZipFile(path, "w") as zipped:
        for file in sorted(pack.glob("*.toml")):
            zipped.write(file, f"{inside}{file.name}")
    return path


def listed(capsys, *words):
    """What `scenarios --json` says, and what it says on standard error."""
    assert main(["scenarios", "--json", *words]) == 0
    said = capsys.readouterr()
    return json.loads(said.out), said.err


@pytest.mark.parametrize("folder", packs.shipped(), ids=lambda folder: folder.name)
def test_a_glance_at_a_shipped_pack_says_what_reading_it_says(folder):
    (glance,) = packs.shipped_cards([folder])
    assert glance == card_of(packs.load(folder), folder.name, "shipped")


@pytest.mark.parametrize(
    ("file", "text"), [("scenario.toml", "id = 1"), ("plan.toml", "[["), ("plan.toml", "")]
)
def test_a_shipped_pack_that_was_damaged_is_called_broken(tmp_path, file, text):
    folder = tmp_path / "burst-pipe"
    shutil.copytree(SMALL, folder)
    (folder / file).write_text(text)
    assert list(packs.shipped_cards([folder])) == [packs.Broken(folder)]
    (folder / file).unlink()
    assert list(packs.shipped_cards([folder])) == [packs.Broken(folder)]


def test_packs_of_the_folder_and_of_zips_in_it_are_listed_with_their_origin(here, capsys):
    shutil.copytree(SMALL, here / "ours")
    a_zip(here / "theirs.zip")
    (here / "photos.zip").write_bytes(b"no zip at all")
    with zipfile.ZipFile(here / "other.zip", "w") as zipped:
        zipped.writestr("letter.txt", "nothing to play")
    found, errors = listed(capsys, "burst")
    assert errors == ""
    assert [(one["origin"], one["where"]) for one in found] == [
        ("folder", "ours"),
        ("zip", "theirs.zip"),
    ]
    assert found[0]["title"] == {"en": "Burst pipe at night", "zh": "夜间水管爆裂"}
    for one in found:
        assert packs.check(packs.find(one["where"])) == ()


def test_one_broken_pack_hides_no_other(here, capsys, monkeypatch):
    shutil.copytree(SMALL, here / "good")
    shutil.copytree(SMALL, here / "bad")
    (here / "bad" / "plan.toml").write_text("id = 1")
    with zipfile.ZipFile(a_zip(here / "evil.zip"), "a") as zipped:
        zipped.writestr("../evil.toml", "")
    found, errors = listed(capsys)
    assert [one["where"] for one in found if one["origin"] != "shipped"] == ["good"]
    assert len(found) == len(packs.shipped()) + 1
    assert errors.splitlines() == [
        say("en", "cli.pack-broken", path="bad"),
        say("en", "cli.pack-broken", path="evil.zip"),
    ]


def test_a_cache_that_cannot_be_written_hides_no_other_pack(here, capsys, monkeypatch):
    shutil.copytree(SMALL, here / "good")
    a_zip(here / "theirs.zip")

    def refuse(*args):
        raise PermissionError(13, "Permission denied", "cache")

    monkeypatch.setattr(archive.whole, "put", refuse)
    found, errors = listed(capsys, "burst")
    assert [one["where"] for one in found] == ["good"]
    assert "theirs.zip" in errors


def test_a_pack_to_build_on_inside_a_pack_is_not_listed_by_itself(here, capsys):
    shutil.copytree(SMALL, here / "deep" / "ours" / "base")
    story = here / "deep" / "ours" / "scenario.toml"
    story.write_text('include = "./base"\nid = "our-pipe"\n')
    found, errors = listed(capsys, "--in", ".")
    assert [(one["id"], one["injects"]) for one in found] == [("our-pipe", 4)]
    assert errors == ""


def test_where_one_looks_is_said_and_must_be_there(here, capsys):
    a_zip(here / "theirs.zip")
    found, _ = listed(capsys, "--in", "theirs.zip")
    assert [(one["id"], one["origin"]) for one in found] == [("burst-pipe", "zip")]
    assert main(["scenarios", "--in", "nowhere"]) == 1
    assert capsys.readouterr().err == say("en", "cli.scenarios-nowhere", path="nowhere") + "\n"


def test_installed_packs_say_which_package_brings_them(here, tmp_path, capsys, monkeypatch):
    site = tmp_path / "site"
    for name, value in (("ours", "our_drills"), ("odd", ".no.module"), ("gone", "not_there")):
        info = site / f"{name}-1.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
        (info / "entry_points.txt").write_text(f"[drillkit.packs]\n{name} = {value}\n")
    (site / "our_drills").mkdir()
    (site / "our_drills" / "__init__.py").write_text("raise RuntimeError('a pack is data')")
    shutil.copytree(SMALL, site / "our_drills" / "burst-pipe")
    shutil.copytree(SMALL, site / "our_drills" / "winter-blackout")
    monkeypatch.setattr(sys, "path", [str(site), *sys.path])
    found, errors = listed(capsys, "burst")
    assert errors == ""
    told = [(one["origin"], one["package"], one["where"]) for one in found]
    shadowed = site / "our_drills" / "winter-blackout"
    assert told == [("installed", "ours", "burst-pipe"), ("installed", "ours", str(shadowed))]
    assert packs.find("winter-blackout") != shadowed
    assert main(["scenarios", "burst", "--lang", "zh"]) == 0
    assert "来自软件包 ours" in capsys.readouterr().out


# -- words -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "holding"),
    [
        ("pipe", True),
        ("PIPE Hall night", True),
        ("pipe flood", False),
        ("burst 水管", True),
        ("stores storekeeper 仓库", True),
        ("technical failure", True),
        ("技术故障", True),
        ("reporting", False),
        ("urst", False),
        ("(", False),
        ("", True),
    ],
)
def test_words_are_looked_for_in_both_languages(words, holding):
    card = card_of(packs.load(SMALL), "x", "folder")
    assert matches(card, words) == holding


def test_a_latin_word_is_found_at_its_beginning_and_a_chinese_one_anywhere():
    text = "An hour of rain, 河畔医院暴雨"
    assert not holds(text, "our")
    assert holds(text, "HO rai 医院")
    assert holds(text, "ｈｏｕｒ")
    assert not holds(text, "hour 河畔医院停电")


def test_scenarios_are_searched_and_narrowed_to_a_family(here, capsys):
    by_words, _ = listed(capsys, "医院", "flood")
    assert "riverside-hospital-flood" in [one["id"] for one in by_words]
    assert len(by_words) < len(packs.shipped())
    sabotage, _ = listed(capsys, "--family", "sabotage")
    assert {one["family"] for one in sabotage} == {"sabotage"}
    assert listed(capsys, "no-such-word") == ([], "")
    assert main(["scenarios", "no-such-word"]) == 1
    assert capsys.readouterr().err == say("en", "cli.scenarios-none") + "\n"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_each_pack_is_told_in_three_lines(here, capsys, lang):
    assert main(["scenarios", "winter", "--lang", lang]) == 0
    lines = capsys.readouterr().out.splitlines()
    card = next(one for one in packs.shipped_cards(packs.shipped()) if one.id == "winter-blackout")
    assert len(lines) == 3
    assert lines[0].startswith("winter-blackout  ")
    assert say(lang, "home.injects", n=card.injects) in lines[0]
    assert lines[1] == f"  {card.title.in_(lang)} · English 中文"
    assert all(title.in_(lang) in lines[2] for title in card.capabilities)


def test_the_last_drill_of_a_pack_is_told_with_its_score_and_day(
    here, tmp_path, capsys, monkeypatch
):
    from drillkit.cli.drills import sessions_folder

    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    shutil.copytree(SMALL, here / "ours")
    folder = sessions_folder()
    folder.mkdir(parents=True)
    playing = ["host", "ours", "--headless", "--speed", "3600", "--port", "0"]
    for name, who in (("a", "none"), ("b", "all")):
        session = str(folder / f"{name}.drill")
        assert main([*playing, "--stand-ins", who, "--session", session]) == 0
    (folder / "broken.drill").write_text("no journal")
    capsys.readouterr()
    (found,), _ = listed(capsys, "burst")
    assert [Path(one["session"]).name for one in found["results"]] == ["b.drill", "a.drill"]
    assert main(["score", str(folder / "b.drill"), "--json"]) == 0
    combined = json.loads(capsys.readouterr().out)["combined"]
    assert main(["scenarios", "burst"]) == 0
    newest = found["results"][0]
    told = say("en", "home.last", points=f"{newest['combined']:.1f}", day=newest["day"])
    assert told in capsys.readouterr().out
    assert newest["combined"] == pytest.approx(combined["final"], abs=0.1)


def test_no_more_is_looked_at_than_is_sensible(here, monkeypatch):
    from drillkit.packs import library

    monkeypatch.setattr(library, "MOST_NEAR", 2)
    for name in ("a", "b", "c"):
        shutil.copytree(SMALL, here / name)
    assert [card.where for card in packs.cards_near(Path())] == ["a", "b"]
    assert list(packs.cards_near(Path("gone"))) == []
    assert shelf.packs_under(here) == [here / "a", here / "b", here / "c"]
