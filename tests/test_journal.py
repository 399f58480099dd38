"""One contract for every journal, and every kind of entry stored and read back."""

import builtins
import collections.abc
import json
import types
import typing
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds_forms import a_form
from worlds_lessons import a_lesson

from drillkit.journal import (
    Appended,
    Conflict,
    Draft,
    Journal,
    MemoryJournal,
    upcast,
)
from drillkit.journal.chain import START, body
from drillkit.journal.sqlite import SqliteJournal, verify
from drillkit.model import events as happened
from drillkit.model.base import Text, Title
from drillkit.model.events import EVENT_TYPES, Event
from drillkit.model.form import Form
from drillkit.model.lesson import Lesson, OpenLesson
from drillkit.model.plan import Plan
from drillkit.model.scenario import Scenario
from drillkit.model.text import Line, Prose
from drillkit.model.weights import WeightSet

LINE = Line("Pump 3 is lost: 泵站三号停机 🚒👩‍🚒 نجات")
PROSE = Prose("Water is at 1.2 m.\n水位 1.2 米，仍在上升。\n\"quoted\" \\ 'and' </script> 🌊")
TITLE = Title(en=LINE, zh=Line("地下室进水"))
TEXT = Text(en=PROSE, zh=Prose("立即撤离。"))
PLAN = Plan.model_validate(
    {
        "id": "plan",
        "title": {"en": "Plan", "zh": "预案"},
        "organisation": {"en": "Works", "zh": "工厂"},
        "group": [{"id": "post", "title": TITLE, "target": "12m"}],
        "role": [{"id": "chief", "title": TITLE, "duties": TEXT, "commander": True}],
        "item": [{"id": "pump", "title": TITLE, "unit": TITLE}],
        "depot": [{"id": "yard", "title": TITLE, "stock": [{"item": "pump", "quantity": 4}]}],
    }
)
SCENARIO = Scenario.model_validate(
    {
        "id": "flood",
        "family": "natural_disaster",
        "grade": 2,
        "title": TITLE,
        "summary": TEXT,
        "briefing": TEXT,
        "length": "1h",
        "phase": [{"id": "day", "title": TITLE, "at": "0m", "clock": "2026-07-20 13:00"}],
        "inject": [
            {
                "id": "alarm",
                "title": TITLE,
                "body": TEXT,
                "when": {
                    "any": [
                        {"milestone": "lost"},
                        {"at_least": 1, "of": [{"knows": "a", "fact": "b"}]},
                    ]
                },
                "sender": "fire",
                "to": ["chief"],
            }
        ],
        "milestone": [{"id": "lost", "title": TITLE, "when": {"not_before": "30m"}}],
        "objective": [{"id": "lives", "text": TEXT}],
    }
)
WEIGHTS = WeightSet.model_validate(
    {
        "id": "standard",
        "version": "1",
        "title": TITLE,
        "arrival": dict.fromkeys(
            ("on_time", "acknowledged", "established", "duties", "alternate", "substitute"), 0.1
        ),
        "supplies": dict.fromkeys(("fill", "timeliness", "fairness", "thrift", "procedure"), 0.2),
        "information": dict.fromkeys(
            ("reached", "reports", "complete", "accurate", "closed_loop", "discipline"), 1 / 3
        ),
        "result": dict.fromkeys(("objectives", "outcomes", "recovery", "compliance"), 0.25),
        "process": {"arrival": 0.3, "supplies": 0.3, "information": 0.4},
        "combined": {"process": 0.6, "result": 0.4},
        "cutoffs": {
            "excellent": 90,
            "good": 80,
            "fair": 60,
            "graded_from": 0.8,
            "provisional_from": 0.5,
        },
        "anchors": {"performed": 95, "some_challenges": 80, "major_challenges": 60, "unable": 20},
    }
)
READY = {
    str: "name",
    int: 2**40,
    float: 0.1 + 0.2,
    bool: True,
    Line: LINE,
    Prose: PROSE,
    Title: TITLE,
    Text: TEXT,
    Plan: PLAN,
    Scenario: SCENARIO,
    WeightSet: WEIGHTS,
    Form: a_form(),
    Lesson: a_lesson("verified", revision=TEXT, capability=[TITLE]),
    OpenLesson: OpenLesson(level="corrective", title=TITLE, about=TITLE, owner=TITLE, since=LINE),
}


def a_sample(of: Any) -> Any:
    """A value of the type, with every field of an event filled, whatever its default."""
    if of in READY:
        return READY[of]
    if is_dataclass(of):
        hints = get_type_hints(of)
        return of(**{field.name: a_sample(hints[field.name]) for field in fields(of)})
    match get_origin(of), get_args(of):
        case typing.Literal, choices:
            return choices[-1]
        case builtins.tuple, (part, _):
            return (a_sample(part), a_sample(part))
        case collections.abc.Mapping, (_, value):
            return {"first": a_sample(value), "second": a_sample(value)}
        case types.UnionType, (_, types.NoneType):
            return None
        case never:
            raise AssertionError(f"no sample of {of}: {never}")


SAMPLES: tuple[Event, ...] = tuple(map(a_sample, EVENT_TYPES))


def a_draft(event: Event | None = None, at: int = 0) -> Draft:
    told = event or happened.BroadcastMade(text=PROSE)
    return Draft(at=at, wall=1_784_500_000_000 + at, by="chief", via=LINE, event=told)


@pytest.fixture(params=["memory", "sqlite"])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Journal]:
    made = (
        MemoryJournal() if request.param == "memory" else SqliteJournal.create(tmp_path / "a.drill")
    )
    with closing(made):
        yield made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "night.drill"


# The contract


def test_an_empty_journal_has_no_head_and_no_entries(journal: Journal):
    assert (journal.head(), list(journal.read())) == (-1, [])
    assert journal.seal() == START.hex()


def test_places_are_dense_and_count_from_nought(journal: Journal):
    first = journal.append(-1, "a", [a_draft(), a_draft()])
    second = journal.append(1, "b", [a_draft()])
    assert [entry.seq for entry in first.entries + second.entries] == [0, 1, 2]
    assert journal.head() == 2


def test_an_entry_is_the_draft_at_its_place_by_its_command(journal: Journal):
    (entry,) = journal.append(-1, "answer-1", [a_draft(at=42)]).entries
    assert (entry.seq, entry.at, entry.wall, entry.by) == (0, 42, 1_784_500_000_042, "chief")
    assert (entry.via, entry.command, entry.event) == (LINE, "answer-1", a_draft().event)


def test_whoever_comes_second_is_told_the_head_and_writes_nothing(journal: Journal):
    journal.append(-1, "a", [a_draft()])
    with pytest.raises(Conflict) as told:
        journal.append(-1, "b", [a_draft()])
    assert (told.value.head, journal.head()) == (0, 0)


@pytest.mark.parametrize("expected", [-2, 1, 100])
def test_an_append_that_would_leave_a_gap_is_refused(journal: Journal, expected: int):
    journal.append(-1, "a", [a_draft()])
    with pytest.raises(Conflict):
        journal.append(expected, "b", [a_draft()])
    assert journal.head() == 0


@pytest.mark.parametrize("expected", [-1, 1, 2])
def test_the_same_command_again_gets_its_first_outcome(journal: Journal, expected: int):
    first = journal.append(-1, "a", [a_draft(at=1), a_draft(at=2)])
    journal.append(1, "b", [a_draft()])
    again = journal.append(expected, "a", [a_draft(at=9)])
    assert again == Appended(first.entries, duplicate=True)
    assert journal.head() == 2


def test_a_new_command_with_old_events_is_not_taken_for_a_duplicate(journal: Journal):
    old = a_draft()
    journal.append(-1, "a", [old])
    told = journal.append(0, "b", [a_draft(happened.DrillStarted()), old])
    assert (told.duplicate, len(told.entries), journal.head()) == (False, 2, 2)


def test_reading_begins_behind_the_place_that_is_named(journal: Journal):
    entries = journal.append(-1, "a", [a_draft(at=n) for n in range(4)]).entries
    assert tuple(journal.read()) == entries
    assert tuple(journal.read(1)) == entries[2:]
    assert tuple(journal.read(3)) == ()


def test_what_was_read_does_not_grow_later(journal: Journal):
    journal.append(-1, "a", [a_draft()])
    seen = journal.read()
    journal.append(0, "b", [a_draft()])
    assert len(seen) == 1


def test_a_decision_without_events_writes_nothing(journal: Journal):
    assert journal.append(-1, "a", []) == Appended(())
    assert journal.head() == -1


def test_the_seal_changes_with_every_entry_and_says_the_same_twice(journal: Journal):
    seals = [journal.seal()]
    for seq in range(3):
        journal.append(seq - 1, f"c{seq}", [a_draft()])
        seals.append(journal.seal())
    assert len(set(seals)) == 4
    assert journal.seal() == seals[-1]


# Bodies, versions and the chain


@pytest.mark.parametrize("event", SAMPLES, ids=lambda event: event.kind)
def test_every_kind_of_event_comes_back_as_it_went(event: Event):
    entry = a_draft(event).placed(7, "c")
    assert upcast.decode(body(entry)) == entry


def test_both_stores_give_the_same_entries_and_the_same_seal(path: Path):
    with closing(SqliteJournal.create(path)) as on_disk:
        memory = MemoryJournal()
        for seq, event in enumerate(SAMPLES):
            for journal in (on_disk, memory):
                journal.append(seq - 1, f"c{seq}", [a_draft(event, at=seq)])
            if seq == 9:
                assert memory.seal() == on_disk.seal()
        assert tuple(memory.read()) == tuple(on_disk.read())
        assert memory.seal() == on_disk.seal() == verify(path).seal


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=100).map(Prose),
    st.text(max_size=100).map(Line),
    st.integers(0, 2**53),
    st.floats(allow_nan=False, allow_infinity=False),
)
def test_any_text_and_any_number_come_back_as_they_went(
    prose: Prose, line: Line, at: int, value: float
):
    moved = happened.OutcomeMoved(outcome="safe", value=value, rate=-value)
    answer = happened.ResponseGiven(inject="alarm", role="chief", text=prose)
    for event in (moved, answer):
        entry = replace(a_draft(event, at=at), via=line).placed(at, "c")
        assert upcast.decode(body(entry)) == entry


def test_a_body_tells_its_version_before_it_is_parsed():
    stored = body(a_draft().placed(0, "c"))
    assert stored.startswith(b'{"v":1,"seq":0,')
    assert json.loads(stored)["event"]["kind"] == "broadcast_made"


def test_steps_lead_to_versions_that_exist():
    assert all(1 <= version < upcast.VERSION for _, version in upcast.UPCASTS)
