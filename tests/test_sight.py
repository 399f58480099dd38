"""What an observer is shown: how much is open, late and met, and nothing of what it is about."""

import copy
import json

from worlds import SCENARIO, Play, a_scenario
from worlds_staff import a_hostile_play, a_play

from drillkit.core.fold import fold
from drillkit.core.sight import sees, shown
from drillkit.desk import LocalDesk
from drillkit.model import events as ev
from drillkit.model.base import FACILITATOR, OBSERVER
from drillkit.model.commands import (
    Arrive,
    DispatchSupplies,
    DraftStatement,
    EndDrill,
    GiveResponse,
    IssueStatement,
    TakeSeat,
    VoidEntry,
)
from drillkit.model.text import Line, Prose

SECRET = "secret"


def a_secret_scenario():
    """The small scenario, in which ids, titles and texts of injects, needs, facts and options
    can be told from everything else.
    """
    told = copy.deepcopy(SCENARIO)
    for inject in told["inject"]:
        inject["means"] = "radio"
    things = [*told["inject"], *told["need"], *told["fact"]]
    things += [option for inject in told["inject"] for option in inject.get("option", ())]
    for thing in things:
        for text in (thing["title"], thing.get("body", {})):
            for lang in text:
                text[lang] = f"{SECRET} {text[lang]}"
    written = json.dumps(told)
    for thing in things:
        written = written.replace(f'"{thing["id"]}"', f'"{SECRET}-{thing["id"]}"')
    return a_scenario(**json.loads(written))


def a_secret_play():
    """The drill with everything in it that an observer counts."""
    play = Play(a_secret_scenario())
    play.do("commander", TakeSeat(line="l1", person=Line("Anna")))
    for role in ("commander", "liaison", "supplies"):
        play.do(role, Arrive())
    play.minutes(3)
    answer = GiveResponse(
        inject="secret-alarm", options=("secret-pump-out",), text=Prose("secret words")
    )
    given = play.do("commander", answer)
    play.minutes(6)
    send = DispatchSupplies(
        depot="north", site="gate", item="bag", quantity=40, need="secret-bags-gate"
    )
    play.do("supplies", send)
    drafted = play.do(
        "liaison", DraftStatement(text=Prose("Stay at home"), facts=("secret-water",))
    )
    play.minutes(13)
    play.do("liaison", IssueStatement(statement=drafted[0].event.statement))
    play.do(FACILITATOR, VoidEntry(entry=given[0].seq, why=Line("the secret answer")))
    play.minutes(30)
    play.do(FACILITATOR, EndDrill())
    return play


def what(play, seat=OBSERVER):
    session = play.session
    seen = (
        shown(session.script, session.state, (seat,), entry, session.entries)
        for entry in session.entries
    )
    return [entry for entry in seen if entry is not None]


def test_an_observer_is_told_no_id_title_or_text_of_inject_need_fact_or_option() -> None:
    play = a_secret_play()
    kinds = {type(entry.event) for entry in what(play)}
    counted = (ev.InjectReleased, ev.ResponseGiven, ev.AnswerOverdue, ev.NeedArose)
    supplies = (ev.SuppliesDispatched, ev.SuppliesArrived)
    assert {*counted, *supplies, ev.StatementIssued, ev.EntryVoided} <= kinds
    for entry in what(play):
        assert SECRET not in ev.entry_adapter().dump_json(entry).decode().lower()
    everything = (ev.entry_adapter().dump_json(entry).decode() for entry in play.session.entries)
    assert any(SECRET in written for written in everything)


def test_an_observer_counts_what_the_staff_counts() -> None:
    play = a_secret_play()
    state, whole = fold(what(play)), play.session.state
    released = [record for record in whole.injects.values() if record.released]
    assert [record.status for record in state.injects.values()] == [
        record.status for record in released
    ]
    assert [record.awaited for record in state.injects.values()] == [
        record.awaited for record in released
    ]
    assert [need.is_met for need in state.needs.values()] == [
        need.is_met for need in whole.needs.values()
    ]
    assert [need.filled for need in state.needs.values()] == [40]
    assert state.stage == whole.stage
    assert state.seats.keys() == whole.seats.keys()
    assert all(state.presence[role].is_here for role in ("commander", "liaison", "supplies"))


def test_every_beginning_of_what_an_observer_is_shown_folds() -> None:
    for play in (a_secret_play(), a_hostile_play()):
        seen = what(play)
        for end in range(len(seen) + 1):
            fold(seen[:end])


def test_an_observer_is_shown_no_message_report_or_note() -> None:
    kinds = {type(entry.event) for entry in what(a_play())}
    assert not kinds & {ev.MessageSent, ev.ReportFiled, ev.NoteMade, ev.SessionOpened}


def test_for_everybody_else_what_they_are_shown_is_what_they_may_see() -> None:
    session = a_play().session
    for seat in (*session.script.roles, "facilitator", "evaluator"):
        for entry in session.entries:
            seen = shown(session.script, session.state, (seat,), entry, session.entries)
            may = sees(session.script, session.state, (seat,), entry, session.entries)
            assert seen is (entry if may else None)


def test_an_observer_s_desk_shows_just_that() -> None:
    play = a_secret_play()

    class NoClock:
        pass

    desk = LocalDesk(play.session, OBSERVER, NoClock())
    assert list(desk.visible(play.session.entries)) == what(play)
