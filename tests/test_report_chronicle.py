"""Every entry has a sentence in both languages, with names where names are known."""

import types
import typing
from dataclasses import fields, replace
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from report_world import played
from worlds_forms import a_form
from worlds_lessons import a_lesson

from drillkit.core.chronicle import Names, actor, kind_title, sentence
from drillkit.core.fold import fold
from drillkit.core.state import State
from drillkit.model import events as ev
from drillkit.model.base import LANGS, Text, Title
from drillkit.model.form import Form
from drillkit.model.lesson import Lesson, OpenLesson
from drillkit.model.text import Line, Prose

PLAY = played()
TITLE = Title(en=Line("Water"), zh=Line("进水"))


def sample(hint: Any) -> Any:
    """Something of this type that is not empty."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin is typing.Literal:
        return parts[0]
    if origin in (typing.Union, types.UnionType):
        return sample(next(part for part in parts if part is not type(None)))
    if origin is tuple:
        return (sample(parts[0]),)
    if origin is not None and issubclass(origin, typing.Mapping):
        return {"what": Prose("flooded")}
    if origin is typing.Annotated:
        return sample(parts[0])
    opened = PLAY.session.state.opened
    ready = {
        str: "x",
        int: 90_000,
        bool: True,
        float: 1.5,
        Line: Line("words"),
        Prose: Prose("words"),
        Title: TITLE,
        Text: Text(en=Prose("Water"), zh=Prose("水")),
        ev.FactRef: ev.FactRef("f", TITLE),
        ev.Choice: ev.Choice("o", TITLE),
        ev.Due: ev.Due("commander", 1, 2),
        ev.Answer: ev.Answer(item="arrived", choice="yes"),
        Form: a_form(),
        Lesson: a_lesson(),
        OpenLesson: OpenLesson(level="corrective", title=TITLE),
        type(opened.plan): opened.plan,
        type(opened.scenario): opened.scenario,
        type(opened.weights): opened.weights,
    }
    return ready[hint]


def an_event(kind: type) -> Any:
    hints = get_type_hints(kind)
    return kind(**{name: sample(hints[name]) for name in hints if name != "kind"})


def an_entry(event: Any, **more: Any) -> ev.Entry:
    entry = ev.Entry(seq=3, at=1000, wall=0, by="commander", via=Line(), command="c", event=event)
    return replace(entry, **more)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", ev.EVENT_TYPES, ids=lambda kind: kind.__name__)
def test_every_kind_of_entry_says_something_whatever_is_known(kind, lang):
    full = an_event(kind)
    bare = kind(
        **{
            field.name: getattr(full, field.name)
            for field in fields(kind)
            if field.name != "kind" and field.default is field.default_factory
        }
    )
    for event in (full, bare):
        for state in (State(), PLAY.session.state):
            told = sentence(an_entry(event), Names(state), lang)
            assert told.strip()
            assert "{" not in told
    assert kind_title(an_entry(full), lang)


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (ev.RoleArrived(role="commander", evidence="actual"), "Incident commander is at the post."),
        (
            ev.RoleArrived(role="commander", evidence="declared", substitute="technician"),
            "Duty technician took over the post of Incident commander. The arrival is declared.",
        ),
        (
            ev.StockChanged(depot="main-store", item="pump", by=-2),
            "Main store lost Portable pump × 2.",
        ),
        (
            ev.StockChanged(depot="main-store", item="pump", by=0),
            "Main store had no Portable pump left to lose.",
        ),
        (
            ev.RouteChanged(depot="main-store", site="machine-hall", time=None),
            "The way from Main store to Machine hall is closed.",
        ),
        (
            ev.ResponseGiven(inject="alarm", role="commander", options=("wait",)),
            "Incident commander answered “Water alarm”: Wait for the morning shift",
        ),
        (ev.DrillPaused(why=Line("Fire bell")), "Play is paused. Reason: Fire bell"),
        (ev.ScriptJumped(by=90_000), "The script was brought forward by 1:30."),
        (
            ev.OutcomeMoved(outcome="machines-saved", value=11.39, rate=-0.5),
            "Machines saved: 11 machines, changing by -0.5 a minute.",
        ),
        (
            ev.OutcomeMoved(outcome="machines-saved", value=4.26, rate=0.0),
            "Machines saved: 4.3 machines.",
        ),
    ],
)
def test_ids_are_told_by_their_names(event, expected):
    assert sentence(an_entry(event), Names(PLAY.session.state), "en") == expected


def test_the_same_entry_is_told_in_chinese():
    event = ev.RoleLeft(role="stores", why=Line("接班"))
    assert (
        sentence(an_entry(event), Names(PLAY.session.state), "zh")
        == "仓库管理员离开岗位。 原因：接班"
    )


def test_what_nobody_knows_stays_an_id():
    event = ev.MessageAcknowledged(message="m99", role="nobody")
    assert sentence(an_entry(event), Names(State()), "en") == "nobody confirmed the message of m99"


def test_a_participant_reads_titles_that_came_with_the_entries():
    seen = [
        entry
        for entry in PLAY.session.entries
        if isinstance(entry.event, ev.BriefingGiven | ev.InjectReleased)
    ]
    state = fold(seen)
    assert state.opened is None
    names = Names(state)
    assert names.inject("alarm", "zh") == "进水警报"
    assert names.role("stores", "en") == "Storekeeper"
    assert names.fact("pipe-burst", "en") == "The main pipe has burst beside the machine hall."


def test_names_follow_the_state_they_read():
    state = State()
    names = Names(state)
    assert names.role("stores", "en") == "stores"
    state.briefing = PLAY.session.state.briefing
    assert names.role("stores", "en") == "Storekeeper"


@pytest.mark.parametrize(
    ("by", "via", "expected"),
    [
        ("commander", "", "Incident commander"),
        ("commander", "stand-in", "Incident commander (stand-in)"),
        ("stores", "Ms Wu", "Storekeeper (Ms Wu)"),
        ("director", "", "Scenario"),
    ],
)
def test_who_acted_is_told_with_who_really_sat_there(by, via, expected):
    entry = an_entry(ev.DrillStarted(), by=by, via=Line(via))
    assert actor(entry, Names(PLAY.session.state), "en") == expected
