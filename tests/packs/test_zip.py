"""Packs from elsewhere: a zip is data, and nothing of it lands outside its own folder."""

import io
import stat
import sys
import zipfile

import pytest
from worlds_packs import write_pack

from drillkit import packs
from drillkit.cli import main
from drillkit.packs import archive


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "mine"
    write_pack(folder)
    return folder


@pytest.fixture
def sack(tmp_path, folder):
    """A zip with the pack and whatever else a test puts in."""

    def made(*extra, inside="mine/", name="mine.zip", without=()):
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
            for file in sorted(folder.glob("*.toml")):
                if file.name not in without:
                    zipped.write(file, f"{inside}{file.name}")
            for info, content in extra:
                zipped.writestr(info, content)
        return path

    return made


def code(path):
    with pytest.raises(packs.PackFaults) as said:
        packs.find(str(path))
    (found,) = said.value.diagnostics
    return found.code, found.sentence("en")


@pytest.mark.parametrize("inside", ["", "mine/", "deep/er/"])
def test_a_pack_in_a_zip_is_a_pack(sack, inside):
    found = packs.find(str(sack(inside=inside)))
    assert packs.check(found) == ()
    assert packs.find(str(sack(inside=inside))) == found


def test_what_is_no_part_of_a_pack_stays_in_the_zip(sack):
    found = packs.find(str(sack(("mine/run.py", "boom"), ("mine/SOURCES.md", "# Sources"))))
    assert {file.name for file in found.iterdir()} == {"plan.toml", "scenario.toml", "SOURCES.md"}


@pytest.mark.parametrize(
    "name", ["../evil.toml", "/etc/evil.toml", "a/../../evil.toml", "..\\evil.toml", "C:evil.toml"]
)
def test_a_name_that_leads_out_is_refused_and_nothing_is_written(sack, tmp_path, name):
    path = sack((name, "x = 1"))
    before = sorted(tmp_path.rglob("*"))
    said, sentence = code(path)
    assert said == "DK173"
    assert "evil" in sentence
    assert sorted(tmp_path.rglob("*")) == before


def test_a_link_in_a_zip_is_refused(sack):
    info = zipfile.ZipInfo("mine/plan-2.toml")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert code(sack((info, "/etc/passwd")))[0] == "DK173"


def test_zeros_without_end_are_refused_whatever_the_zip_says_of_their_size(sack, monkeypatch):
    monkeypatch.setattr(archive, "LARGEST", 1_000_000)
    zeros = bytes(3_000_000)
    assert code(sack(("mine/notes.md", zeros)))[0] == "DK172"
    path = sack(("mine/notes.md", zeros), name="liar.zip")
    plain = zipfile.ZipFile.infolist

    def lying(self):
        entries = plain(self)
        for entry in entries:
            entry.file_size = min(entry.file_size, 900_000)
        return entries

    monkeypatch.setattr(zipfile.ZipFile, "infolist", lying)
    assert code(path)[0] in ("DK171", "DK172")


def test_many_files_a_vast_zip_and_no_zip_are_refused(sack, tmp_path, monkeypatch):
    many = [(f"mine/{n}.txt", "") for n in range(archive.MOST_FILES)]
    said, sentence = code(sack(*many))
    assert said == "DK172"
    assert str(archive.MOST_FILES) in sentence
    monkeypatch.setattr(archive, "LARGEST_ZIP", 100)
    assert code(sack(name="vast.zip"))[0] == "DK172"
    monkeypatch.undo()
    junk = tmp_path / "junk.zip"
    junk.write_bytes(b"PK\x03\x04 this is no zip")
    assert code(junk)[0] == "DK171"


def test_a_hundred_thousand_files_are_refused(tmp_path):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as zipped:
        for n in range(100_000):
            zipped.writestr(f"{n}.toml", "")
    path = tmp_path / "many.zip"
    path.write_bytes(raw.getvalue())
    assert code(path)[0] == "DK172"


def test_a_zip_without_a_pack_or_with_two_is_refused(sack):
    assert code(sack(without=("scenario.toml",)))[0] == "DK175"
    assert code(sack(("other/scenario.toml", "id = 1"), name="two.zip"))[0] == "DK175"


def test_a_pack_may_bring_inside_it_what_it_builds_on(sack, folder, tmp_path):
    (folder / "base").mkdir()
    for file in ("scenario.toml", "plan.toml"):
        (folder / file).rename(folder / "base" / file)
    (folder / "scenario.toml").write_text('include = "./base"\nid = "mine"\n')
    inner = [(f"mine/base/{file.name}", file.read_bytes()) for file in folder.glob("base/*.toml")]
    found = packs.find(str(sack(*inner)))
    assert packs.check(found) == ()
    assert packs.load(found).scenario.id == "mine"


def test_all_that_is_unpacked_is_bounded(sack, monkeypatch):
    monkeypatch.setattr(archive, "LARGEST_UNPACKED", 50_000)
    notes = [(f"mine/{n}.md", bytes(9_000)) for n in range(10)]
    assert code(sack(*notes))[0] == "DK172"


def test_a_file_that_is_a_folder_too_is_refused(sack):
    assert code(sack(("mine/a.md", "x"), ("mine/a.md/b.md", "y")))[0] == "DK171"


def test_an_encrypted_zip_is_refused(sack):
    path = sack()
    raw = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (place := raw.find(mark, start)) >= 0:
            raw[place + at] |= 1
            start = place + 4
    path.write_bytes(bytes(raw))
    assert code(path)[0] == "DK174"


def test_the_command_line_takes_a_zip_and_says_one_sentence_of_a_bad_one(sack, capsys):
    assert main(["check", str(sack())]) == 0
    capsys.readouterr()
    assert main(["host", str(sack(("../x.toml", "")))]) == 1
    assert "would be written outside" in capsys.readouterr().err


def test_an_installed_package_may_hold_packs_and_is_never_imported(
    tmp_path, monkeypatch, folder, capsys
):
    home = tmp_path / "site"
    package = home / "our_drills"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise RuntimeError('a pack is data')")
    folder.rename(package / "harbour-fire")
    info = home / "our_drills-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: our-drills\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[drillkit.packs]\nours = our_drills\n")
    monkeypatch.setattr(sys, "path", [str(home), *sys.path])
    assert [path.name for path in packs.installed()] == ["harbour-fire"]
    assert packs.find("harbour-fire") == package / "harbour-fire"
    assert "our_drills" not in sys.modules
    assert main(["scenarios"]) == 0
    assert "burst-pipe" in capsys.readouterr().out
    (package / "harbour-fire" / "plan.toml").write_text("id = 1")
    assert main(["scenarios"]) == 0
    assert "cannot be played" in capsys.readouterr().err
    with pytest.raises(packs.PackNotFound) as said:
        packs.find("harbor-fire")
    assert said.value.nearest == "harbour-fire"
