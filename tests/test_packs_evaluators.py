"""A file of evaluators: read before a drill is begun, and refused at the place of each slip."""

import pytest
from test_packs import marked_place
from worlds import a_plan, a_scenario, the_weights

from drillkit.cli import main
from drillkit.core.assignments import lead_of, tasks_of
from drillkit.journal import MemoryJournal
from drillkit.model.base import FACILITATOR
from drillkit.model.commands import AssignTasks
from drillkit.model.text import Line
from drillkit.packs import PackFaults
from drillkit.packs.evaluators import prepared
from drillkit.session import Opening, Session

FILE = """\
[[evaluator]]
name = "Ann"
watches = ["hold"]

[[evaluator]]
name = "Bo"
watches = ["tell"]
leads = true

[[evaluator]]
name = "Cy"
"""


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "evaluators.toml"
    path.write_text(FILE, "utf-8")
    return path


def test_a_drill_begins_with_what_the_file_says_and_it_can_be_changed(path):
    scenario = a_scenario()
    opening = Opening("test", scenario, a_plan(), the_weights(), prepared=prepared(path, scenario))
    session = Session.open(MemoryJournal(), opening, wall=0)
    state = session.state
    assert [tasks_of(state, name) for name in ("Ann", "Bo", "Cy")] == [
        ("act", "tell"),
        ("tell",),
        (),
    ]
    assert lead_of(state) == "Bo"
    assert {entry.by for entry in session.entries[2:]} == {FACILITATOR}
    command = AssignTasks(evaluator=Line("Bo"))
    session.ask(FACILITATOR, command, at=0, wall=0, id="c1")
    assert tasks_of(session.state, "Bo") == ()


@pytest.mark.parametrize(
    ("old", "new", "code", "near"),
    [
        ('"hold"', '«"hodl"»', "DK161", "hold"),
        ('"Bo"', '«"ann"»', "DK162", None),
        ('name = "Cy"', 'name = "Cy"\nleads = «true»', "DK163", None),
        ('"Cy"', '«" "»', "DK122", None),
        ("leads", "«leeds»", "DK111", "leads"),
        ('["tell"]', '«"tell"»', "DK115", None),
    ],
)
def test_a_slip_is_told_with_its_place(path, old, new, code, near):
    text = FILE.replace(old, new.replace("«", "").replace("»", ""), 1)
    path.write_text(text, "utf-8")
    with pytest.raises(PackFaults) as told:
        prepared(path, a_scenario())
    (one,) = told.value.diagnostics
    assert (one.code, one.values.get("nearest")) == (code, near)
    assert (one.line, one.col, one.width) == marked_place(text, new)
    assert one.sentence("en") != one.sentence("zh")


def test_no_drill_is_begun_with_a_task_that_is_not_there(path, tmp_path, capsys):
    drill = tmp_path / "x.drill"
    words = ["host", "riverside-hospital-flood", "--headless", "--stand-ins", "all"]
    path.write_text('[[evaluator]]\nname = "Ann"\nwatches = ["comand"]\n', "utf-8")
    assert main([*words, "--session", str(drill), "--evaluators", str(path)]) == 1
    said = capsys.readouterr().err
    assert "evaluators.toml:3:12: DK161" in said
    assert 'did you mean "command"?' in said
    assert not drill.exists()
