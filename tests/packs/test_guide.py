"""README's guide for a new author works as it is printed, whatever length of drill was chosen."""

import re
import shlex
from pathlib import Path

import pytest

from drillkit import packs
from drillkit.cli import main
from drillkit.journal import MemoryJournal
from drillkit.model.base import MINUTE
from drillkit.model.events import InjectReleased
from drillkit.packs.rubrics import weights
from drillkit.packs.starter.wish import FAMILIES, PackWish, Tongue
from drillkit.packs.starter.write import write_pack
from drillkit.rehearse.play import play
from drillkit.session import Opening, Session
from drillkit.standins import Company, skilled

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")


def section(title: str) -> str:
    return README.partition(f"### {title}\n")[2].partition("\n### ")[0]


def blocks(title: str, kind: str) -> list[str]:
    """The code of this kind in that section, without the indent of the list it stands in."""
    found = re.findall(rf"^( *)```{kind}\n(.*?)^\1```$", section(title), re.DOTALL | re.MULTILINE)
    return [re.sub(rf"^{indent}", "", code, flags=re.MULTILINE) for indent, code in found]


@pytest.fixture(params=[20, 40, 120])
def evening(request, tmp_path) -> Path:
    """A pack of that many minutes with all that the guide adds."""
    folder = tmp_path / "evening"
    written = Tongue(lang="en", written=("en",))
    family = FAMILIES[request.param % 3]
    write_pack(folder, PackWish(tongue=written, family=family, length=request.param * MINUTE))
    story = folder / "scenario.toml"
    head, line, tail = story.read_text("utf-8").partition("# CONTINGENCY.")
    assert line
    added = "\n".join(blocks("Write a drill in an evening", "toml"))
    story.write_text(f"{head}{added}\n{line}{tail}", "utf-8")
    return folder


def came(pack: packs.Pack, *, answered: bool) -> dict[str, int]:
    """When each inject came, in ms, with practised people in every seat or with nobody."""
    opening = Opening("t", pack.scenario, pack.plan, weights(), seed=1)
    session = Session.open(MemoryJournal(), opening, wall=0)
    roles = session.script.players if answered else ()
    play(session, lambda clock: Company(session, clock, roles, profile=skilled(1.0), seed=1))
    return {
        entry.event.inject: entry.at
        for entry in session.entries
        if isinstance(entry.event, InjectReleased)
    }


def test_what_the_guide_adds_is_clean_and_its_branch_comes_in_good_time(evening):
    assert packs.render(packs.check(evening), "text", "en") == ""
    pack = packs.load(evening)
    done, missed = came(pack, answered=True), came(pack, answered=False)
    assert "road-closed" in done
    assert "truck-stuck" not in done
    assert missed["truck-stuck"] < pack.scenario.length * 2 / 3


@pytest.mark.parametrize("evening", [40], indirect=True)
def test_the_usual_pack_with_what_the_guide_adds_needs_no_advice(evening):
    assert packs.render(packs.lint(evening), "text", "en") == ""


def test_the_lines_for_an_own_plan_work_one_after_the_other(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (code,) = blocks("With your own plan", "sh")
    lines = code.replace("\\\n", "").strip().splitlines()
    assert [line.split()[1] for line in lines] == ["new", "check", "host"]
    for line in lines:
        words = shlex.split(line, comments=True)[1:]
        if words[0] == "host":
            words += ["--headless", "--stand-ins", "all", "--speed", "3600"]
        assert main(words) == 0, line
        assert "DK371" not in capsys.readouterr().out
