"""Another organisation's plan under a scenario: who takes what, what lacks, and what is played."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drillkit import packs
from drillkit.cli import main
from drillkit.cli.casting import in_sentences
from drillkit.journal import MemoryJournal
from drillkit.model.base import LANGS
from drillkit.model.function import FUNCTIONS
from drillkit.packs.fit import fit
from drillkit.packs.reach import reach_faults
from drillkit.packs.references import reference_faults
from drillkit.packs.rubrics import weights
from drillkit.packs.source import Source, read
from drillkit.packs.starter.wish import PackWish, PlanWish, Tongue, posts
from drillkit.packs.starter.write import write_pack, write_plan
from drillkit.rehearse.play import play
from drillkit.session import Opening, Session
from drillkit.standins import Company, skilled
from drillkit.words import area, say
from scoring.assess import assess

EN = Tongue(lang="en")
EVERYBODY = ",".join(FUNCTIONS)
THREE = (
    "boss=commander+spokesperson+deputy,nurse=medical+supplies+transport,"
    "desk=on-scene+liaison+customer-liaison+technical"
)
FLOOD = "riverside-hospital-flood"


def a_plan(path, roles):
    write_plan(path, PlanWish(tongue=EN, posts=posts(roles)))
    return path


def edited(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path


def lacks(pack, path, **asked):
    with pytest.raises(packs.PackFaults) as caught:
        packs.load(packs.find(pack), path, asked=asked)
    return [(fault.code, fault.values) for fault in caught.value.diagnostics]


def as_source(path, model):
    data = model.model_dump(mode="json", by_alias=True, exclude_none=True)
    return Source(path, "", data, {}, (0,))


def is_sound(pack):
    """Every name of the pair names something, and everything can come about."""
    story, plan = as_source("s", pack.scenario), as_source("p", pack.plan)
    found = [*reference_faults(story, plan, (), ())]
    found += reach_faults(story, pack.scenario, pack.plan)
    return [(fault.code, dict(fault.values)) for fault in found] == []


def played(pack):
    opening = Opening("t", pack.scenario, pack.plan, weights(), seed=1)
    session = Session.open(MemoryJournal(), opening, wall=0)
    roles = session.script.players
    play(session, lambda clock: Company(session, clock, roles, profile=skilled(1.0), seed=1))
    return session


@pytest.mark.parametrize("folder", packs.shipped(), ids=lambda folder: folder.name)
def test_with_its_own_plan_a_scenario_stays_as_it_is(folder):
    as_it_is, with_plan = packs.load(folder), packs.load(folder, folder / "plan.toml")
    assert with_plan.scenario == as_it_is.scenario
    assert with_plan.plan == as_it_is.plan
    assert with_plan.advice == ()


@pytest.mark.parametrize("roles", [EVERYBODY, THREE], ids=["everybody", "three"])
@pytest.mark.parametrize("folder", packs.shipped(), ids=lambda folder: folder.name)
def test_every_shipped_scenario_is_played_with_a_plan_that_has_the_functions(
    folder, roles, tmp_path
):
    pack = packs.load(folder, a_plan(tmp_path / "own.toml", roles))
    assert is_sound(pack)
    assert pack.advice
    session = played(pack)
    assert session.state.stage == "ended"
    scores = assess(session.state)
    assert scores.information.coverage > 0.9
    assert scores.arrival.point > 90
    assert set(session.script.players) == {post.id for post in posts(roles)}


def test_roles_are_found_by_id_then_by_function_and_one_may_take_two(tmp_path):
    own = a_plan(tmp_path / "own.toml", "commander,nurse=medical+supplies,deputy,liaison")
    pack = tmp_path / "pack"
    write_pack(pack, PackWish(tongue=EN, posts=posts("commander,medical,supplies,liaison")))
    made = packs.load(pack, own)
    assert made.parts["commander"] == "commander"
    assert made.parts["medical"] == made.parts["supplies"] == "nurse"
    assert ("DK442", "nurse") in [(one.code, one.values.get("name")) for one in made.advice]
    assert "deputy" in {role.id for role in made.plan.players()}
    said = [expect for inject in made.scenario.injects for expect in inject.expect]
    assert all(expect.role not in expect.to for expect in said)
    assert all(len(set(inject.to)) == len(inject.to) for inject in made.scenario.injects)


def test_who_is_free_goes_before_who_has_a_part_already(tmp_path):
    own = a_plan(tmp_path / "own.toml", "commander,one=medical+supplies,two=supplies,liaison")
    pack = tmp_path / "pack"
    write_pack(pack, PackWish(tongue=EN, posts=posts("commander,medical,supplies,liaison")))
    made = packs.load(pack, own)
    assert (made.parts["medical"], made.parts["supplies"]) == ("one", "two")


def test_plays_and_the_mapping_go_before_the_function(tmp_path):
    own = a_plan(tmp_path / "own.toml", EVERYBODY + ",aide=technical")
    assert packs.load(packs.find(FLOOD), own).parts["medical"] == "medical"
    edited(own, 'functions = ["technical"]\nmay', 'plays = ["medical"]\nfunctions = []\nmay')
    assert packs.load(packs.find(FLOOD), own).parts["medical"] == "technical"
    asked = {"medical": "aide"}
    assert packs.load(packs.find(FLOOD), own, asked=asked).parts["medical"] == "aide"


def test_who_must_act_and_is_not_there_is_one_sentence_each(tmp_path):
    own = a_plan(tmp_path / "own.toml", "commander,deputy,liaison,on-scene,supplies,spokesperson")
    found = lacks(FLOOD, own)
    assert [code for code, _ in found] == ["DK371"] * 4
    assert [values["role"] for _, values in found] == [
        "medical",
        "transport",
        "customer-liaison",
        "technical",
    ]
    asked = dict.fromkeys(("medical", "transport", "customer-liaison", "technical"), "deputy")
    edited(own, 'may = ["command", "report"]', 'may = ["command", "report", "supply"]')
    assert packs.load(packs.find(FLOOD), own, asked=asked).parts["medical"] == "deputy"


@pytest.mark.parametrize(
    ("asked", "code", "near"),
    [
        ({"medcal": "deputy"}, "DK373", "medical"),
        ({"medical": "deputi"}, "DK374", "deputy"),
        ({"medical": "press"}, "DK375", None),
    ],
)
def test_a_mapping_of_what_is_not_there_is_told_with_the_nearest(asked, code, near, tmp_path):
    found = lacks(FLOOD, a_plan(tmp_path / "own.toml", EVERYBODY), **asked)
    assert [(told, values.get("nearest")) for told, values in found] == [(code, near)]


def test_a_role_that_must_send_supplies_and_may_not_is_told(tmp_path):
    own = a_plan(tmp_path / "own.toml", EVERYBODY)
    pack = tmp_path / "pack"
    write_pack(pack, PackWish(tongue=EN))
    assert packs.load(pack, own)
    edited(own, 'may = ["supply"]', "may = []")
    (fault,) = lacks(str(pack), own)
    assert (fault[0], fault[1]["role"], fault[1]["permission"]) == ("DK372", "supplies", "supply")


def test_a_role_that_is_only_told_comes_along_for_the_facilitator(tmp_path):
    own = a_plan(tmp_path / "own.toml", "commander,liaison,supplies,spokesperson,on-scene")
    pack = tmp_path / "pack"
    # The transport lead hears of the shortage and answers nothing.
    usual = "commander,liaison,supplies,spokesperson,on-scene"
    write_pack(pack, PackWish(tongue=EN, posts=posts(f"{usual},transport")))
    made = packs.load(pack, own)
    assert [one.values["role"] for one in made.advice if one.code == "DK441"] == ["transport"]
    transport = made.plan.role("transport")
    assert transport is not None
    assert transport.outside
    assert played(made).state.stage == "ended"


def test_what_the_stores_cannot_bring_is_advice(tmp_path):
    pack, own = tmp_path / "pack", tmp_path / "own.toml"
    write_pack(pack, PackWish(tongue=EN, family="sabotage"))
    text = a_plan(own, EVERYBODY).read_text("utf-8")

    def advice(text):
        own.write_text(text, "utf-8")
        return {one.code: one.values for one in packs.load(pack, own).advice}

    assert {"DK451", "DK453"} <= set(advice(text))
    text = text.replace('"generator"', '"supply"').replace('"main-building"', '"site"')
    assert advice(text) == {}
    short = advice(text.replace("quantity = 4", "quantity = 1"))["DK456"]
    assert (short["held"], short["quantity"]) == ("2", "4")
    far = text.replace('time = "5m"', 'time = "5h"').replace('time = "10m"', 'time = "5h"')
    assert set(advice(far)) == {"DK455"}
    head, _, tail = text.partition("[[route]]")
    assert set(advice(head + "[[customer]]" + tail.partition("[[customer]]")[2])) == {"DK454"}


def test_rules_customers_and_who_speaks_come_along_where_the_plan_lacks_them(tmp_path):
    pack = tmp_path / "pack"
    write_pack(pack, PackWish(tongue=EN))
    own = a_plan(tmp_path / "own.toml", EVERYBODY)
    text = own.read_text("utf-8")
    start, end = text.index("[[report]]"), text.index("[[item]]")
    own.write_text(text[:start] + text[end : text.index("[[customer]]")], "utf-8")
    made = packs.load(pack, own)
    assert {"DK443", "DK444", "DK445"} <= {one.code for one in made.advice}
    assert made.plan.release is not None
    assert made.plan.release.spokesperson == "spokesperson"
    assert is_sound(made)
    assert assess(played(made).state).information.point > 90


def test_the_journal_holds_what_is_played(tmp_path, capsys):
    own, drill = a_plan(tmp_path / "own.toml", THREE), tmp_path / "own.drill"
    asked = ["--plan", str(own), "--session", str(drill)]
    by_hand = ["--headless", "--stand-ins", "all", "--speed", "3600"]
    pack = tmp_path / "pack"
    write_pack(pack, PackWish(tongue=EN))
    assert main(["host", str(pack), *asked, *by_hand]) == 0
    own.unlink()
    (pack / "scenario.toml").unlink()
    capsys.readouterr()
    assert main(["verify", str(drill)]) == 0
    assert main(["score", str(drill)]) == 0
    assert "Combined assessment" in capsys.readouterr().out


@pytest.mark.parametrize("lang", LANGS)
def test_check_says_who_takes_what_and_what_could_be_better(lang, tmp_path, capsys):
    own = a_plan(tmp_path / "own.toml", THREE)
    assert main(["check", FLOOD, "--plan", str(own), "--lang", lang]) == 0
    out = capsys.readouterr().out
    assert {"en": "Medical lead (medical)", "zh": "医疗救护组组长 (medical)"}[lang] in out
    assert "(nurse)" in out
    assert {"en": "no store of this plan holds", "zh": "本预案没有仓库存有"}[lang] in out
    assert main(["check", str(own), "--lang", lang]) == 0
    assert {"en": "1 plan, nothing wrong.", "zh": "1 份预案，没有错误。"}[lang] in (
        capsys.readouterr().out
    )


@pytest.mark.parametrize("lang", LANGS)
def test_check_says_who_takes_what_also_where_a_part_is_left(lang, tmp_path, capsys):
    own = a_plan(tmp_path / "own.toml", EVERYBODY.replace("technical", "aide=deputy"))
    assert main(["check", FLOOD, "--plan", str(own), "--lang", lang]) == 1
    rows = capsys.readouterr().out.partition("DK371")[0].splitlines()
    (technical,) = (row for row in rows if "(technical)" in row)
    assert technical.split()[-1] == say(lang, "cli.taken-by.nobody")
    (medical,) = (row for row in rows if "(medical)" in row)
    assert medical.count("(medical)") == 2


def test_a_part_that_comes_along_is_not_shown_as_taken(tmp_path, capsys):
    own = a_plan(tmp_path / "own.toml", "commander,liaison,supplies,spokesperson,on-scene")
    pack = tmp_path / "pack"
    usual = "commander,liaison,supplies,spokesperson,on-scene"
    write_pack(pack, PackWish(tongue=EN, posts=posts(f"{usual},transport")))
    assert main(["check", str(pack), "--plan", str(own)]) == 0
    (row,) = (
        row for row in capsys.readouterr().out.splitlines() if row.startswith("Transport lead")
    )
    assert row.endswith("the facilitator speaks for it")


SINGLE = {"packs.poorer-release"}
"""There is one of it in a plan."""


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "key", sorted(key for key in packs.CODES if "poorer-" in key and key not in SINGLE)
)
def test_advice_that_is_alike_is_one_sentence_with_a_list(key, lang):
    names = re.findall(r"{(\w+)}", str(area(lang, "packs")[key]))
    found = [
        packs.Diagnostic(Path("x"), 1, 1, 1, "DK", key, dict.fromkeys(names, mark))
        for mark in ("@1@", "@2@")
    ]
    (sentence,) = in_sentences(found, lang)
    assert sentence.index("@1@") < sentence.index("@2@")
    assert in_sentences(found[:1], lang) == [f"DK {found[0].sentence(lang)}"]


def test_all_that_a_plan_lacks_is_told_in_a_handful_of_sentences(tmp_path, capsys):
    own = a_plan(tmp_path / "own.toml", THREE)
    assert main(["check", FLOOD, "--plan", str(own)]) == 0
    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  DK")]
    codes = [line.split()[0] for line in told]
    assert len(codes) == len(set(codes)) < 10
    (stock,) = (line for line in told if "DK453" in line)
    assert "diesel (icu-diesel, night-diesel); " in stock


def test_what_comes_along_has_no_reserve_that_the_plan_could_fall_below(tmp_path):
    own = packs.load(packs.find(FLOOD)).plan
    assert any(item.floor for item in own.items)
    made = packs.load(packs.find(FLOOD), a_plan(tmp_path / "own.toml", THREE)).plan
    floors = {item.id: item.floor for item in made.items}
    assert {floors[item.id] for item in own.items if item.id not in {"generator", "pump"}} == {0}
    assert (floors["generator"], floors["pump"]) == (1, 1)


def test_check_as_json_tells_faults_from_advice(tmp_path, capsys):
    import json

    own = a_plan(tmp_path / "own.toml", EVERYBODY)
    assert main(["check", FLOOD, "--plan", str(own), "--format", "json"]) == 0
    assert {one["severity"] for one in json.loads(capsys.readouterr().out)} == {"advice"}
    edited(own, 'functions = ["medical"]', "functions = []")
    edited(own, 'id = "medical"', 'id = "nurse"')
    assert main(["check", FLOOD, "--plan", str(own), "--format", "json"]) == 1
    assert [one["severity"] for one in json.loads(capsys.readouterr().out)] == ["fault"]


@pytest.mark.parametrize("command", ["host", "rehearse", "preview", "check"])
def test_a_mapping_without_a_plan_and_a_plan_without_a_file_are_one_sentence(command, capsys):
    assert main([command, FLOOD, "--map", "medical=nurse"]) == 1
    assert "--map goes with --plan" in capsys.readouterr().err
    assert main([command, FLOOD, "--plan", "no.toml"]) == 1
    assert "There is no file no.toml." in capsys.readouterr().err
    assert main([command, FLOOD, "--plan", "no.toml", "--map", "medical"]) == 1
    assert "write PART=ROLE" in capsys.readouterr().err


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(
    folder=st.sampled_from(packs.shipped()),
    takers=st.lists(st.integers(0, 3), min_size=len(FUNCTIONS), max_size=len(FUNCTIONS)),
)
def test_however_few_share_the_functions_the_pair_is_sound(tmp_path_factory, folder, takers):
    shared: dict[int, list[str]] = {}
    for function, taker in zip(FUNCTIONS, takers, strict=True):
        shared.setdefault(taker, []).append(function)
    roles = ",".join(f"post-{n}={'+'.join(names)}" for n, names in shared.items())
    if len(shared) < 2:
        roles += ",aide=deputy"
    path = a_plan(tmp_path_factory.mktemp("few") / "own.toml", roles)
    own, plan = packs.load(folder), packs.load(folder, path)
    made = fit(own.scenario, own.plan, plan.plan, read(path), {})
    assert made.faults == ()
    assert is_sound(plan)
