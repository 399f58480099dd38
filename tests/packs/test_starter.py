"""A new pack and a new plan: clean whatever was asked for, played to the end, and readable."""

import json
import re
import tomllib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drillkit import packs
from drillkit.journal import MemoryJournal
from drillkit.model.base import LANGS, MINUTE
from drillkit.model.function import FUNCTIONS
from drillkit.packs.rubrics import weights
from drillkit.packs.schema import WHOLE
from drillkit.packs.starter.wish import (
    FAMILIES,
    LONGEST,
    SHORTEST,
    USUAL_ROLES,
    PackWish,
    PlanWish,
    StarterFault,
    Tongue,
    family,
    length,
    named,
    posts,
    stores,
)
from drillkit.packs.starter.write import write_pack, write_plan
from drillkit.rehearse.play import play
from drillkit.session import Opening, Session
from drillkit.standins import Company, skilled
from scoring.assess import assess

EVERYBODY = ",".join(FUNCTIONS)
ROLES = (
    USUAL_ROLES,
    EVERYBODY,
    "commander,deputy",
    "commander,medical",
    "supplies,commander",
    "boss=commander+spokesperson,nurse=medical+customer-liaison,keeper=supplies+transport",
)
LENGTHS = (20, 33, 60, 120)
BOTH = Tongue(lang="en")


def played(pack: packs.Pack, skill: float) -> Session:
    opening = Opening("t", pack.scenario, pack.plan, weights(), seed=1)
    session = Session.open(MemoryJournal(), opening, wall=0)
    roles = session.script.players
    play(session, lambda clock: Company(session, clock, roles, profile=skilled(skill), seed=1))
    return session


def came(session: Session) -> list[str]:
    return [id for id, inject in session.state.injects.items() if inject.released]


@pytest.mark.parametrize("roles", ROLES)
@pytest.mark.parametrize("minutes", LENGTHS)
@pytest.mark.parametrize("family", FAMILIES)
def test_whatever_is_asked_for_is_clean_and_played_to_the_end(family, minutes, roles, tmp_path):
    wish = PackWish(tongue=BOTH, family=family, length=minutes * MINUTE, posts=posts(roles))
    write_pack(tmp_path / "pack", wish)
    assert packs.render(packs.check(tmp_path / "pack"), "text", "en") == ""
    pack = packs.load(tmp_path / "pack")
    assert pack.scenario.length == minutes * MINUTE
    session = played(pack, 1.0)
    assert session.state.stage == "ended"
    scores = assess(session.state).scores()
    assert all(score.coverage > 0 for score in scores)
    assert scores[-1].point > 90
    story = ["alarm", "first-word-comes", "something-lacks", "reporter-calls"]
    story += ["second-word-comes", "authority-asks"]
    assert [inject for inject in came(session) if inject != "supplies-came"] == story
    assert "supplies-came" in came(session)


@pytest.mark.parametrize("minutes", [20, 30, 40])
@pytest.mark.parametrize("family", FAMILIES)
def test_with_the_usual_roles_everybody_has_something_to_do_and_no_advice_is_called_for(
    family, minutes, tmp_path
):
    write_pack(tmp_path / "pack", PackWish(tongue=BOTH, family=family, length=minutes * MINUTE))
    assert packs.render(packs.lint(tmp_path / "pack"), "text", "en") == ""
    pack = packs.load(tmp_path / "pack")
    acting = {expect.role for inject in pack.scenario.injects for expect in inject.expect}
    assert acting == {role.id for role in pack.plan.players()}


def test_those_who_cannot_do_it_meet_the_other_branch_and_the_contingency(tmp_path):
    write_pack(tmp_path / "pack", PackWish(tongue=BOTH))
    session = played(packs.load(tmp_path / "pack"), 0.1)
    assert {"nobody-acted", "supplies-lack"} <= set(came(session))
    assert "supplies-came" not in came(session)
    assert all(score.coverage > 0 for score in assess(session.state).scores())


def test_who_drafts_and_alone_may_approve_does_both(tmp_path):
    wish = PackWish(tongue=BOTH, posts=posts("boss=commander+spokesperson,nurse=supplies"))
    write_pack(tmp_path / "pack", wish)
    records = played(packs.load(tmp_path / "pack"), 1.0).state.statements.values()
    assert [(record.approved is not None, record.issued is not None) for record in records] == [
        (True, True)
    ]


@st.composite
def role_sets(draw: st.DrawFn) -> str:
    """Roles in any order, some of them with a name of their own or two functions."""
    others = draw(st.lists(st.sampled_from(FUNCTIONS[1:]), min_size=1, unique=True))
    pairs = draw(st.lists(st.sampled_from(FUNCTIONS), max_size=2, unique=True))
    parts = ["commander", *others, *(f"post-{n}={name}+medical" for n, name in enumerate(pairs))]
    return ",".join(draw(st.permutations(parts)))


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(
    family=st.sampled_from(FAMILIES),
    ms=st.integers(SHORTEST, LONGEST),
    roles=role_sets(),
    lang=st.sampled_from(LANGS),
    alone=st.booleans(),
    title=st.text(max_size=40),
)
def test_any_wish_is_clean(tmp_path_factory, *, family, ms, roles, lang, alone, title):
    try:
        title = named(title)
    except StarterFault:
        title = ""
    tongue = Tongue(lang=lang, written=(lang,) if alone else LANGS)
    wish = PackWish(tongue=tongue, family=family, length=ms, posts=posts(roles), title=title)
    folder = tmp_path_factory.mktemp("any") / "pack"
    write_pack(folder, wish)
    assert packs.render(packs.check(folder), "text", "en") == ""
    pack = packs.load(folder)
    said = {to for inject in pack.scenario.injects for to in inject.to}
    assert said <= {role.id for role in pack.plan.roles}
    if title:
        assert pack.scenario.title.in_(lang) == title


@pytest.mark.parametrize("lang", LANGS)
def test_a_pack_in_one_language_shows_it_to_readers_of_the_other(lang, tmp_path):
    tongue = Tongue(lang=lang, written=(lang,))
    write_pack(tmp_path / "pack", PackWish(tongue=tongue))
    text = (tmp_path / "pack" / "scenario.toml").read_text("utf-8")
    other = next(one for one in LANGS if one != lang)
    assert f".{other} = " not in text
    scenario = packs.load(tmp_path / "pack").scenario
    assert scenario.lang == lang
    assert scenario.title.en == scenario.title.zh


def test_without_lang_a_half_is_still_missing_and_with_it_a_slip_is_told_once(tmp_path):
    write_pack(tmp_path / "pack", PackWish(tongue=Tongue(lang="en", written=("en",))))
    file = tmp_path / "pack" / "scenario.toml"
    text = file.read_text("utf-8")
    file.write_text(text.replace('lang = "en"\n', ""), "utf-8")
    assert {fault.code for fault in packs.check(tmp_path / "pack")} == {"DK113"}
    file.write_text(text.replace('.en = "The power is gone"', '.en = ""'), "utf-8")
    assert [fault.code for fault in packs.check(tmp_path / "pack")] == ["DK122"]


def test_a_new_pack_names_its_schemas_and_explains_every_kind_of_table(tmp_path):
    write_pack(tmp_path / "pack", PackWish(tongue=BOTH))
    for kind in WHOLE:
        lines = (tmp_path / "pack" / f"{kind}.toml").read_text("utf-8").splitlines()
        assert lines[0] == f"#:schema ./{kind}.schema.json"
        schema = json.loads((tmp_path / "pack" / f"{kind}.schema.json").read_text("utf-8"))
        assert schema == packs.schema(kind)
        first: dict[str, int] = {}
        for number, line in enumerate(lines):
            if table := re.fullmatch(r"\[+(\w+)\]+", line):
                first.setdefault(table[1], number)
        unexplained = {name for name, number in first.items() if lines[number - 1][:1] != "#"}
        assert unexplained <= {"target", "task", "site"}, "the note above covers these"
        assert max(map(len, lines)) <= 160
    assert len((tmp_path / "pack" / "scenario.toml").read_text("utf-8").splitlines()) < 450


@pytest.mark.parametrize(
    ("folder", "title", "id"),
    [
        ("Our Drill 2", "Oxygen", "our-drill-2"),
        ("停电", "", "cold-store-dark"),
        ("停氧", "No oxygen", "no-oxygen"),
        ("停氧", "停氧", "technical-failure"),
    ],
)
def test_a_pack_goes_by_its_folder_then_by_its_title_then_by_its_family(
    folder, title, id, tmp_path
):
    write_pack(tmp_path / folder, PackWish(tongue=BOTH, title=title))
    assert packs.load(tmp_path / folder).scenario.id == id


def test_a_new_pack_overwrites_nothing(tmp_path):
    write_pack(tmp_path / "pack", PackWish(tongue=BOTH))
    for path in (tmp_path / "pack", tmp_path / "pack" / "plan.toml"):
        with pytest.raises(FileExistsError):
            write_pack(path, PackWish(tongue=BOTH))
    (tmp_path / "empty").mkdir()
    write_pack(tmp_path / "empty", PackWish(tongue=BOTH))
    assert packs.check(tmp_path / "empty") == ()


def test_a_title_is_quoted_and_marked_where_it_is_not_translated(tmp_path):
    title = 'The "[b]" drill \\ one'
    write_pack(tmp_path / "pack", PackWish(tongue=BOTH, title=title))
    text = (tmp_path / "pack" / "scenario.toml").read_text("utf-8")
    assert tomllib.loads(text)["title"] == {"en": title, "zh": title}
    assert re.search(r"^title.zh = .*  # not translated yet$", text, re.MULTILINE)
    assert len(re.findall("not translated yet", text)) == 1


@pytest.mark.parametrize(
    ("read", "text", "key"),
    [
        (length, "10m", "bad-length"),
        (length, "3h", "bad-length"),
        (length, "soon", "bad-length"),
        (length, "分钟", "bad-length"),
        (family, "flood", "bad-family"),
        (family, "（技术故障）", "bad-family"),
        (posts, "commander", "one-role"),
        (posts, "deputy,medical", "no-commander"),
        (posts, "commander,medcal", "bad-function-near"),
        (posts, "commander,xyzzy", "bad-function"),
        (posts, "commander,Nurse=medical", "bad-id"),
        (posts, "commander,medical,medical", "role-twice"),
        (posts, "commander,press=medical", "role-reserved"),
        (posts, "commander,director=medical", "role-reserved"),
        (named, " ", "blank"),
        (named, "x" * 301, "too-long"),
        (named, "flag \U0001f1e6", "odd-character"),
        (stores, " , ", "no-stores"),
    ],
)
def test_what_cannot_be_written_is_refused_with_its_sentence(read, text, key):
    with pytest.raises(StarterFault) as refused:
        read(text)
    assert refused.value.key == f"new.{key}"


@pytest.mark.parametrize(
    ("read", "text", "plain"),
    [
        (family, "技术故障", "technical_failure"),
        (family, "natural disaster", "natural_disaster"),
        (family, "Sabotage（人为破坏）", "sabotage"),
        (length, "30分钟", "30m"),
        (length, "３０ 分钟", "30m"),
        (length, "30 minutes", "30m"),
        (length, "30 min", "30m"),
        (length, "1小时30分", "1h30m"),
        (length, "1 hour 30 mins", "1h30m"),
        (posts, "总指挥、副总指挥，物资保障组组长", "commander,deputy,supplies"),
        (posts, "commander (总指挥)、on-scene (现场处置组组长)", "commander,on-scene"),
        (posts, "Commander, On-scene handling lead", "commander,on-scene"),
        (posts, "boss＝总指挥＋新闻发言人，deputy", "boss=commander+spokesperson,deputy"),
        (stores, "东库、西库，北库", "东库,西库,北库"),
    ],
)
def test_what_is_shown_in_either_language_may_be_answered(read, text, plain):
    assert read(text) == read(plain)


@pytest.mark.parametrize("roles", ROLES)
def test_a_new_plan_has_the_roles_and_stores_asked_for(roles, tmp_path):
    path = tmp_path / "own.toml"
    wish = PlanWish(tongue=BOTH, posts=posts(roles), name="Firm", stores=stores("North，South"))
    assert write_plan(path, wish) == len(posts(roles))
    data = tomllib.loads(path.read_text("utf-8"))
    assert data["organisation"]["en"] == "Firm"
    assert [depot["title"]["en"] for depot in data["depot"]] == ["North", "South"]
    inside = [role for role in data["role"] if not role.get("outside")]
    assert [(role["id"], tuple(role["functions"])) for role in inside] == [
        (post.id, post.functions) for post in posts(roles)
    ]
    with pytest.raises(FileExistsError):
        write_plan(path, wish)
