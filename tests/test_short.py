"""The short form: what stays, in which order, and with how much time for everybody."""

import json
import shutil
from functools import cache
from itertools import pairwise

import pytest
import worlds
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds_packs import write_pack

from drillkit import packs
from drillkit.cli import main
from drillkit.core.short import LENGTH, shortened
from drillkit.core.short.conditions import remains
from drillkit.core.short.pace import pace
from drillkit.model.base import MINUTE
from drillkit.model.when import (
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    Delivered,
    MilestoneReached,
    NoneOf,
    NotBefore,
    Stated,
)
from drillkit.packs import PackFaults
from drillkit.packs.pack import SCENARIO_FILE

KEPT = {
    "inject": {"alarm"},
    "fact": {"leak"},
    "need": {"pumps"},
    "report": set(),
    "milestone": {"dry"},
    "outcome": set(),
}
HERE, GONE = Answered(answered="alarm"), Answered(answered="late")
SOON = NotBefore(not_before=MINUTE)


@pytest.mark.parametrize(
    ("when", "rest"),
    [
        (HERE, HERE),
        (GONE, None),
        (SOON, SOON),
        (MilestoneReached(milestone="dry"), MilestoneReached(milestone="dry")),
        (Delivered(delivered="boats"), None),
        (Stated(stated="rumour"), None),
        (AllOf(all=(HERE, GONE)), None),
        (AnyOf(any=(HERE, GONE)), AnyOf(any=(HERE,))),
        (AnyOf(any=(GONE,)), None),
        (AtLeast(at_least=2, of=(HERE, SOON, GONE)), AtLeast(at_least=2, of=(HERE, SOON))),
        (AtLeast(at_least=2, of=(HERE, GONE)), None),
        (NoneOf(none=(HERE, GONE)), NoneOf(none=(HERE,))),
        (NoneOf(none=(GONE,)), None),
        (AllOf(all=(HERE, NoneOf(none=(GONE,)))), AllOf(all=(HERE,))),
        (AllOf(all=(SOON, NoneOf(none=(GONE,)))), None),
        (AllOf(all=(SOON, NoneOf(none=(HERE, GONE)))), AllOf(all=(SOON, NoneOf(none=(HERE,))))),
    ],
)
def test_a_condition_loses_what_can_no_longer_happen(when, rest):
    assert remains(when, KEPT) == rest


def test_harm_whose_remedy_is_left_out_is_nobodys_fault():
    when = AllOf(all=(SOON, NoneOf(none=(HERE, Delivered(delivered="boats")))))
    assert remains(when, KEPT) is not None
    assert remains(when, KEPT, strict=True) is None


@cache
def whole(folder):
    return packs.load(folder)


@st.composite
def marked(draw):
    """A shipped pack in which any injects at all are marked."""
    pack = whole(draw(st.sampled_from(packs.shipped())))
    ids = [inject.id for inject in pack.scenario.injects]
    chosen = draw(st.sets(st.sampled_from(ids), min_size=1))
    injects = tuple(
        one.model_copy(update={"short": one.id in chosen}) for one in pack.scenario.injects
    )
    return pack.scenario.model_copy(update={"injects": injects}), pack.plan


@settings(max_examples=60)
@given(marked())
def test_any_choice_of_injects_keeps_its_order_and_its_references(drawn):
    scenario, plan = drawn
    before = scenario.model_dump_json()
    form = shortened(scenario, plan)
    short = form.scenario
    assert scenario.model_dump_json() == before
    assert short.length == LENGTH
    assert 0 < form.fit <= 1
    planned = {one.id: one.at for one in scenario.injects if one.at is not None}
    times = [(planned[one.id], one.at) for one in short.injects if one.at is not None]
    for (early, first), (late, second) in pairwise(sorted(times)):
        assert first < second if early < late else first == second
    assert all(0 <= at < LENGTH for _, at in times)
    assert [phase.at for phase in short.phases] == sorted({phase.at for phase in short.phases})
    here = {one.id for one in short.injects}
    assert here <= {one.id for one in scenario.injects if one.short}
    assert {one.after for one in (*short.reports, *short.at_risk)} <= here
    assert {fact for one in short.injects for fact in one.facts} == {one.id for one in short.facts}
    asked = [expect for one in short.injects for expect in one.expect]
    assert {one.need for one in asked} - {None} <= {one.id for one in short.needs}
    assert {one.report for one in asked} - {None} <= {one.id for one in short.reports}
    assert {task for one in asked for task in one.tasks} <= {one.id for one in short.tasks}


@settings(max_examples=60)
@given(marked(), st.lists(st.floats(0, 1), min_size=2, max_size=6))
def test_the_pace_rises_with_the_script_from_its_start_to_its_end(drawn, places):
    scenario, plan = drawn
    put = pace(scenario, plan)
    times = sorted(round(place * scenario.length) for place in places)
    assert [put(0), put(scenario.length)] == [0, LENGTH]
    assert [put(time) for time in times] == sorted(put(time) for time in times)
    with pytest.raises(ValueError, match=str(scenario.length + 1)):
        put(scenario.length + 1)


def test_no_time_of_the_script_moves_back():
    for folder in packs.shipped():
        pack = whole(folder)
        put = pace(pack.scenario, pack.plan)
        assert all(short <= time for time, short in put.times.items())


def test_a_scenario_no_longer_than_the_short_form_keeps_its_times():
    scenario = worlds.a_scenario().model_copy(update={"length": LENGTH})
    assert shortened(scenario, worlds.a_plan()).scenario.phases == scenario.phases


# -- the commands ----------------------------------------------------------------------------------


@pytest.fixture
def pack(tmp_path):
    folder = tmp_path / "pack"
    write_pack(folder)
    return folder


def leave_out(pack, *injects):
    """Write short = false at these injects, or at all."""
    path = pack / SCENARIO_FILE
    first, *parts = path.read_text("utf-8").split("[[inject]]\n")
    marked = [
        ("short = false\n" if not injects or part.split('"')[1] in injects else "") + part
        for part in parts
    ]
    path.write_text("[[inject]]\n".join([first, *marked]), "utf-8")


def test_check_short_says_that_nothing_is_marked(pack, capsys):
    leave_out(pack)
    assert main(["check", str(pack)]) == 0
    assert main(["check", "--short", str(pack)]) == 1
    assert "DK361 the short form has no inject" in capsys.readouterr().out


def test_check_short_says_that_too_much_is_marked(capsys, tmp_path):
    folder = tmp_path / "pack"
    shutil.copytree(packs.find("lost-database"), folder)
    path = folder / SCENARIO_FILE
    path.write_text(path.read_text("utf-8").replace("short = false\n", ""), "utf-8")
    assert main(["check", "--short", str(folder)]) == 1
    out = capsys.readouterr().out
    assert "DK362 too much is marked for twenty minutes" in out
    assert 'length = "1h28m"' in out


def test_a_fault_of_the_short_form_stands_where_the_pack_has_it(pack):
    path = pack / SCENARIO_FILE
    text = path.read_text("utf-8")
    leave_out(pack, *[part.split('"')[1] for part in text.split("[[inject]]\n")[2:]])
    try:
        packs.load(pack, short=True)
    except PackFaults as problem:
        lines = path.read_text("utf-8").splitlines()
        for fault in problem.diagnostics:
            assert lines[fault.line - 1].strip()


def test_preview_shows_the_short_form_and_says_so(capsys):
    assert main(["preview", "riverside-hospital-flood", "--short"]) == 0
    out = capsys.readouterr().out
    assert "(short form, 20 minutes)" in out.splitlines()[0]
    assert "[red-warning]" in out
    assert "[reservoir]" not in out
    assert main(["--lang", "zh", "preview", "riverside-hospital-flood", "--short"]) == 0
    assert "（短版，20 分钟）" in capsys.readouterr().out.splitlines()[0]


def test_a_short_demo_is_told_as_such_in_journal_and_reports(capsys, tmp_path):
    folder = tmp_path / "out"
    assert main(["demo", "--short", "--headless", "--to", str(folder)]) == 0
    capsys.readouterr()
    assert main(["score", "--json", str(folder / "demo.drill")]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["short"] is True
    assert abs(document["ended_at"] - LENGTH) <= MINUTE
    report = next(folder.glob("*report*.md")).read_text("utf-8")
    assert "short form (20 minutes)" in report
    assert "The short form is played." in next(folder.glob("*report*.html")).read_text("utf-8")


def test_a_short_rehearsal_says_so(capsys):
    words = ["rehearse", "riverside-hospital-flood", "--short", "--runs", "2", "--workers", "1"]
    assert main([*words, "--profile", "practised"]) == 0
    assert capsys.readouterr().out.startswith("Rehearsal of the short form:")


def test_every_outcome_that_is_left_can_tell_good_play_from_none():
    for folder in packs.shipped():
        short = packs.load(folder, short=True).scenario
        wholes = {outcome.id: outcome for outcome in whole(folder).scenario.outcomes}
        for outcome in short.outcomes:
            before = wholes[outcome.id]
            low, high = sorted((before.null, before.reference))
            assert outcome.reference != outcome.null
            assert (outcome.reference > outcome.null) == (before.reference > before.null)
            ends = (outcome.null, outcome.reference, outcome.start)
            assert min(low, before.start) <= min(ends) <= max(ends) <= max(high, before.start)
