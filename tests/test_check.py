"""`drillkit check` as people meet it: two severities, repairs, and a watch beside an editor."""

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from test_cli import PACK, drillkit  # noqa: F401 - a fixture
from test_packs import edit
from worlds_packs import write_pack

from drillkit.words import say

HALF = ("你怎么办？", "你怎么办?")
SLIP = ('rule = "first-notice"', 'rule = "first-notcie"')
DEADLINE = 30.0
"""Seconds until a watch must have said something; on an idle machine it takes one."""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    write_pack(folder)
    return folder


# -- severities ------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_advice_is_shown_and_is_no_failure_unless_one_is_strict(drillkit, pack, lang):  # noqa: F811
    edit(pack / "scenario.toml", *HALF)
    said = drillkit("check", str(pack), "--lang", lang)
    assert (said.status, said.err) == (0, "")
    assert f" DK431 {say(lang, 'packs.advice')}" in said.out
    assert said.out.endswith(say(lang, "cli.check-advice", n=1) + "\n")
    strict = drillkit("check", str(pack), "--lang", lang, "--strict")
    assert (strict.status, strict.err) == (1, say(lang, "cli.check-advice", n=1) + "\n")


def test_faults_hide_advice_and_are_failures(drillkit, pack):  # noqa: F811
    edit(pack / "scenario.toml", *HALF)
    edit(pack / "scenario.toml", *SLIP)
    said = drillkit("check", str(pack))
    assert (said.status, said.err) == (1, say("en", "cli.check-found", n=1) + "\n")
    assert "DK431" not in said.out


def test_faults_and_advice_of_two_packs_are_counted_apart(drillkit, pack, tmp_path):  # noqa: F811
    shutil.copytree(pack, tmp_path / "other")
    edit(pack / "scenario.toml", *HALF)
    edit(tmp_path / "other" / "scenario.toml", *SLIP)
    said = drillkit("check", str(tmp_path))
    assert (said.status, said.err) == (1, "1 fault. 1 piece of advice.\n")


def test_every_form_carries_the_severity(drillkit, pack):  # noqa: F811
    edit(pack / "scenario.toml", *HALF)
    (advice,) = json.loads(drillkit("check", str(pack), "--format", "json").out)
    assert (advice["severity"], advice["code"], advice["mend"]) == ("advice", "DK431", "？")
    assert drillkit("check", str(pack), "--format", "github").out.startswith("::warning ")
    edit(pack / "scenario.toml", "grade = 3", "grade = 9")
    (fault,) = json.loads(drillkit("check", str(pack), "--format", "json").out)
    assert (fault["severity"], fault["mend"]) == ("fault", None)


# -- repairs ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_fix_shows_each_change_and_checks_again(drillkit, pack, lang):  # noqa: F811
    edit(pack / "scenario.toml", *HALF)
    edit(pack / "scenario.toml", *SLIP)
    said = drillkit("check", str(pack), "--fix", "--lang", lang)
    assert (said.status, said.err) == (0, "")
    *changes, done, clean = said.out.splitlines()
    slip, mark = changes
    assert slip.endswith(say(lang, "cli.fix-change", was='"first-notcie"', now='"first-notice"'))
    assert mark.endswith(say(lang, "cli.fix-change", was="?", now="？"))
    assert done == say(lang, "cli.fix-done", n=2, path=pack)
    assert clean == say(lang, "cli.check-clean-packs", n=1)


def test_fix_leaves_one_document_on_standard_output(drillkit, pack):  # noqa: F811
    edit(pack / "scenario.toml", *HALF)
    said = drillkit("check", str(pack), "--fix", "--format", "json")
    assert (said.status, json.loads(said.out)) == (0, [])
    assert "DK431" in said.err


def test_fix_refuses_what_is_not_a_folder_of_ones_own(drillkit, pack, tmp_path):  # noqa: F811
    edit(pack / "scenario.toml", *HALF)
    packed = tmp_path / "pack.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("scenario.toml", "plan.toml"):
            archive.write(pack / name, f"pack/{name}")
    before = packed.read_bytes()
    said = drillkit("check", str(packed), "--fix")
    assert (said.status, said.out, said.err) == (
        1,
        "",
        say("en", "cli.fix-zip", path=packed) + "\n",
    )
    assert packed.read_bytes() == before
    shipped = drillkit("check", PACK, "--fix")
    assert (shipped.status, shipped.err) == (1, say("en", "cli.fix-installed", name=PACK) + "\n")
    form = tmp_path / "form.toml"
    form.write_text('id = "form"\n', "utf-8")
    said = drillkit("check", str(form), "--fix")
    assert said.err == say("en", "cli.fix-form", path=form) + "\n"
    assert drillkit("check", "xyzzy", "--fix").status == 2


def test_fix_refuses_a_pack_among_installed_packages(drillkit, pack, tmp_path, monkeypatch):  # noqa: F811
    edit(pack / "scenario.toml", *HALF)
    monkeypatch.setattr("sysconfig.get_path", lambda _: str(tmp_path))
    said = drillkit("check", str(pack), "--fix")
    assert (said.status, said.err) == (1, say("en", "cli.fix-installed", name=pack) + "\n")


def test_a_file_that_changes_meanwhile_is_not_overwritten(drillkit, pack, monkeypatch):  # noqa: F811
    from drillkit.packs import mend

    edit(pack / "scenario.toml", *HALF)
    lint = mend.lint

    def edited_meanwhile(folder: Path):
        found = lint(folder)
        edit(pack / "scenario.toml", "grade = 3", "grade = 2")
        return found

    monkeypatch.setattr(mend, "lint", edited_meanwhile)
    said = drillkit("check", str(pack), "--fix")
    changed = say("en", "cli.fix-changed", path=pack / "scenario.toml")
    assert (said.status, said.err) == (1, changed + "\n")
    assert "grade = 2" in (pack / "scenario.toml").read_text("utf-8")


# -- the watch -------------------------------------------------------------------------------------


def test_watch_stands_alone(drillkit, pack):  # noqa: F811
    for other in (("--fix",), ("--format", "json")):
        said = drillkit("check", str(pack), "--watch", *other)
        assert (said.status, said.err) == (2, say("en", "cli.check-watch-alone") + "\n")


class Watched:
    """A watch as a process; `until` waits for what it says."""

    def __init__(self, *words: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "drillkit", "check", *words, "--watch", "--lang", "en"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert self.process.stdout is not None
        self._pipe = self.process.stdout.fileno()
        self.said = ""

    def until(self, *parts: str) -> str:
        """What it said until all of `parts` have come, in this order."""
        end = time.monotonic() + DEADLINE
        while (at := self._after(parts)) < 0:
            ready, _, _ = select.select([self._pipe], [], [], max(0.0, end - time.monotonic()))
            more = os.read(self._pipe, 65_536) if ready else b""
            assert more, f"{parts} did not come; it said: {self.said}"
            self.said += more.decode("utf-8")
        told, self.said = self.said[:at], self.said[at:]
        return told

    def _after(self, parts: tuple[str, ...]) -> int:
        at = 0
        for part in parts:
            found = self.said.find(part, at)
            if found < 0:
                return -1
            at = found + len(part)
        return at

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(DEADLINE)


@pytest.fixture
def watched(pack):
    watch = Watched(str(pack))
    yield watch
    watch.process.kill()
    watch.process.wait()
    watch.process.stdout.close()


def test_watch_tells_the_newest_state_until_it_is_stopped(pack, watched):
    watched.until("1 pack, nothing wrong.", "watching")
    edit(pack / "scenario.toml", *HALF)
    watched.until("DK431", "1 piece of advice.", "watching")
    edit(pack / "scenario.toml", *SLIP)
    watched.until("DK217", "1 fault.", "watching")
    assert watched.stop() == 1


def test_watch_survives_half_a_file_and_a_file_that_is_gone(pack, watched):
    watched.until("nothing wrong.", "watching")
    scenario = pack / "scenario.toml"
    text = scenario.read_text("utf-8")
    scenario.write_text(text[: len(text) // 2], "utf-8")
    watched.until("DK1", "fault", "watching")
    scenario.unlink()
    watched.until("no pack", "watching")
    scenario.write_text(text, "utf-8")
    watched.until("1 pack, nothing wrong.", "watching")
    assert watched.stop() == 0


def test_watch_that_is_stopped_while_it_says_the_time_ends_as_what_it_showed(monkeypatch, tmp_path):
    from drillkit.cli import watch

    def stopped(lang: str, key: str, **values: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(watch, "say", stopped)
    assert watch.watch(lambda: [tmp_path], lambda: 1, "en") == 1


def test_watch_refuses_a_zip(drillkit, tmp_path):  # noqa: F811
    packed = tmp_path / "pack.zip"
    packed.write_bytes(b"")
    said = drillkit("check", str(packed), "--watch")
    assert (said.status, said.err) == (1, say("en", "cli.watch-zip", path=packed) + "\n")


def test_watch_of_nothing_ends_at_once(drillkit):  # noqa: F811
    assert drillkit("check", "xyzzy", "--watch").status == 2
