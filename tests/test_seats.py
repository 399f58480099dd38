"""People at terminals: asking for another seat, being moved, and standing in for somebody."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import PLAN, Play

from drillkit.cli.live import leave_question
from drillkit.core.chronicle import actor, sentence
from drillkit.core.decide.seats import acting_as
from drillkit.core.fold import fold
from drillkit.core.names import Names
from drillkit.core.script import Refused
from drillkit.core.sight import sees
from drillkit.desk import LocalDesk
from drillkit.live import Live, LiveClock, come_back
from drillkit.model import commands as do
from drillkit.model import events as ev
from drillkit.model.base import EVALUATOR, FACILITATOR, OBSERVER
from drillkit.model.text import Line, Prose

ROLES = [role["id"] for role in PLAN["role"]]
WHY = Line("I know the stores")


def seated(*, started=True):
    """Anna commands at l1, Ben is the liaison at l2."""
    play = Play(started=started)
    play.do("commander", do.TakeSeat(line="l1", person=Line("Anna")))
    play.do("liaison", do.TakeSeat(line="l2", person=Line("Ben")))
    return play


def ask(play, role="supplies", why=WHY):
    return play.do("liaison", do.AskSeat(line="l2", role=role, why=why))


def refused(play, by, command):
    with pytest.raises(Refused) as refusal:
        play.do(by, command)
    return refusal.value.key.removeprefix("refused.")


def who_sees(play, entry):
    session = play.session
    return {
        seat
        for seat in (*ROLES, FACILITATOR, EVALUATOR, OBSERVER)
        if sees(session.script, session.state, (seat,), entry, session.entries)
    }


# -- asking for another seat -----------------------------------------------------------------------


@pytest.mark.parametrize("started", [True, False])
def test_a_wish_for_another_seat_is_known_to_the_role_and_the_staff_only(started):
    play = seated(started=started)
    (asked,) = ask(play)
    assert asked.event == ev.SeatAsked(
        line="l2", role="liaison", person=Line("Ben"), wanted="supplies", why=WHY
    )
    seat = play.session.state.seats["l2"]
    assert (seat.role, seat.wanted, seat.asked.seq) == ("liaison", "supplies", asked.seq)
    (declined,) = play.do(FACILITATOR, do.DeclineSeat(line="l2"))
    assert seat.asked is None
    assert seat.declined.seq == declined.seq
    for entry in (asked, declined):
        assert who_sees(play, entry) == {"liaison", FACILITATOR, EVALUATOR}


def test_granting_it_moves_the_person_and_settles_the_wish():
    play = seated()
    play.do("liaison", do.Arrive())
    ask(play)
    kinds = [e.event.kind for e in play.do(FACILITATOR, do.MoveSeat(line="l2", role="supplies"))]
    assert kinds == ["seat_moved", "role_left"]
    seat = play.session.state.seats["l2"]
    assert (seat.role, seat.wanted, seat.asked) == ("supplies", "", None)
    assert refused(play, FACILITATOR, do.DeclineSeat(line="l2")) == "nobody-asked"


def test_a_wish_needs_a_reason_another_seat_and_a_person():
    play = seated()
    for command, key in (
        (do.AskSeat(line="l2", role="supplies", why=Line()), "reason-needed"),
        (do.AskSeat(line="l2", role="liaison", why=WHY), "already-there"),
        (do.AskSeat(line="l2", role="nobody", why=WHY), "unknown-role"),
        (do.AskSeat(line="l1", role="supplies", why=WHY), "unknown-seat"),
        (do.DeclineSeat(line="l2"), "facilitator-only"),
    ):
        assert refused(play, "liaison", command) == key
    play.do(OBSERVER, do.TakeSeat(line="l9", person=Line("Eve")))
    wish = do.AskSeat(line="l9", role="supplies", why=WHY)
    assert refused(play, OBSERVER, wish) == "not-a-player"
    assert refused(play, FACILITATOR, do.DeclineSeat(line="l2")) == "nobody-asked"
    play.do(FACILITATOR, do.EndDrill())
    assert refused(play, "liaison", do.AskSeat(line="l2", role="supplies", why=WHY)) == "ended"


def test_the_same_wish_again_is_no_new_one_and_another_takes_its_place():
    play = seated()
    assert ask(play)
    assert not ask(play)
    assert ask(play, why=Line("Really"))
    assert ask(play, role="commander")
    assert play.session.state.seats["l2"].wanted == "commander"
    play.do(FACILITATOR, do.DeclineSeat(line="l2"))
    assert ask(play, role="commander")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_wishes_and_refusals_read_as_sentences_and_come_back_from_the_journal(lang):
    play = seated()
    entries = [*ask(play), *play.do(FACILITATOR, do.DeclineSeat(line="l2"))]
    names, codec = Names(play.session.state), ev.entry_adapter()
    for entry in entries:
        said = sentence(entry, names, lang)
        assert "Ben" in said
        assert "Supplies" in said
        assert codec.validate_json(codec.dump_json(entry)) == entry
    assert str(WHY) in sentence(entries[0], names, lang)


step = st.one_of(
    st.builds(
        do.AskSeat,
        line=st.sampled_from(["l1", "l2"]),
        role=st.sampled_from([*ROLES, "nobody"]),
        why=st.sampled_from([Line(), WHY]),
    ),
    st.builds(do.TakeSeat, line=st.sampled_from(["l1", "l2"]), person=st.just(Line("Bo"))),
    st.builds(do.LoseSeat, line=st.sampled_from(["l1", "l2"])),
    st.builds(do.LeaveSeat, line=st.sampled_from(["l1", "l2"])),
    st.builds(do.Arrive, instead_of=st.sampled_from(["", *ROLES])),
    st.just(do.Leave()),
)
facilitated = st.one_of(
    st.builds(do.DeclineSeat, line=st.sampled_from(["l1", "l2"])),
    st.builds(do.MoveSeat, line=st.sampled_from(["l1", "l2"]), role=st.sampled_from(ROLES)),
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.tuples(st.sampled_from(ROLES), step), st.tuples(st.just(FACILITATOR), facilitated)
        ),
        max_size=25,
    )
)
def test_whoever_asks_or_moves_what_each_seat_sees_folds_and_tells_no_other_wish(steps):
    play = seated()
    for by, command in steps:
        try:
            play.do(by, command)
        except Refused:
            continue
    session = play.session
    assert fold(session.entries) == session.state
    for seat in (*ROLES, OBSERVER):
        seen = [
            e
            for e in session.entries
            if sees(session.script, session.state, (seat,), e, session.entries)
        ]
        state = fold(seen)
        assert {id: one.role for id, one in state.seats.items()} == {
            id: one.role for id, one in session.state.seats.items()
        }
        wishes = [e.event for e in seen if isinstance(e.event, ev.SeatAsked | ev.SeatDeclined)]
        assert all(wish.role == seat for wish in wishes)
    # Nobody holds a post who has no post of their own to stand on.
    for role, presence in session.state.presence.items():
        if presence.is_here and (deputy := presence.stays[-1].substitute):
            assert role in acting_as(session.state, deputy)


# -- standing in -----------------------------------------------------------------------------------


def test_a_deputy_takes_over_answers_for_the_chief_and_gives_the_post_back():
    play = seated().minutes(3)
    chief, deputy = (LocalDesk(play.session, role, None) for role in ("commander", "liaison"))
    answer = do.GiveResponse(inject="alarm", options=("pump-out",), text=Prose("Pumps"))
    assert refused(play, "liaison", answer) == "not-addressed"
    play.do("liaison", do.Arrive())
    play.do("liaison", do.Arrive(instead_of="commander"))
    assert deputy.seats() == ("liaison", "commander")
    told = {e.event.inject for e in deputy.visible(play.session.entries) if _is_inject(e)}
    assert "alarm" in told
    assert refused(play, "commander", answer) == "arrive-first"
    assert play.do("liaison", answer)[0].event.role == "commander"
    back = [e.event.kind for e in play.do("commander", do.Arrive())]
    assert back == ["role_left", "role_arrived"]
    assert deputy.seats() == ("liaison",)
    told = {e.event.inject for e in deputy.visible(play.session.entries) if _is_inject(e)}
    assert "alarm" not in told
    assert any(_is_inject(e) for e in chief.visible(play.session.entries))


def _is_inject(entry):
    return isinstance(entry.event, ev.InjectReleased)


@pytest.mark.parametrize(
    ("by", "command"),
    [
        ("liaison", do.Leave()),
        ("liaison", do.LeaveSeat(line="l2")),
        (FACILITATOR, do.MoveSeat(line="l2", role="commander")),
    ],
)
def test_a_deputy_who_goes_leaves_no_post_held_by_nobody(by, command):
    play = seated()
    play.do("liaison", do.Arrive())
    play.do("liaison", do.Arrive(instead_of="commander"))
    play.do(by, command)
    presence = play.session.state.presence
    assert not presence["commander"].is_here
    assert not presence["liaison"].is_here


def test_a_chief_cannot_leave_the_post_that_a_deputy_holds():
    play = seated()
    play.do("liaison", do.Arrive(instead_of="commander"))
    assert refused(play, "commander", do.Leave()) == "not-here"
    assert play.session.state.presence["commander"].is_here
    play.do("liaison", do.Leave())
    assert not play.session.state.presence["commander"].is_here


def test_what_the_host_does_by_itself_is_said_in_words():
    play = seated()
    come_back(Live(play.session, LiveClock(play.session, lambda: 0.0, lambda: 0)))
    names = Names(play.session.state)
    paused = play.session.entries[-1]
    assert actor(paused, names, "en") == "Facilitator (by itself)"
    assert actor(paused, names, "zh") == "主持人（系统自动）"


# -- one person, two terminals ---------------------------------------------------------------------


def test_who_sits_down_again_under_the_same_name_takes_the_seat_over():
    play = seated()
    play.do("commander", do.ReportReady(line="l1"))
    play.do("commander", do.AcknowledgeCall())
    play.do("commander", do.Arrive(evidence="actual"))
    new = play.do("commander", do.TakeSeat(line="l9", person=Line(" anna")))
    assert [entry.event.kind for entry in new] == ["seat_left", "seat_taken", "seat_ready"]
    seats = play.session.state.seats
    assert seats["l1"].left is not None
    assert (seats["l9"].person, seats["l9"].left) == ("Anna", None)
    assert seats["l9"].ready is not None
    assert play.session.state.presence["commander"].is_here


def test_another_name_or_the_same_in_another_role_is_another_person():
    play = seated()
    play.do("commander", do.TakeSeat(line="l3", person=Line("Anne")))
    play.do("liaison", do.TakeSeat(line="l4", person=Line("Anna")))
    assert all(seat.left is None for seat in play.session.state.seats.values())


def test_who_is_lost_and_is_asked_for_a_name_gets_the_seat_back_by_it():
    play = seated()
    play.do("commander", do.LoseSeat(line="l1"))
    play.do("commander", do.TakeSeat(line="l9", person=Line("Anna")))
    here = [line for line, seat in play.session.state.seats.items() if seat.left is None]
    assert here == ["l2", "l9"]


# -- the door --------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", ["revoked", "renewed", "barred", "opened", "dropped"])
def test_what_was_done_at_the_door_is_told_to_the_staff_only(change):
    play = seated()
    (told,) = play.do(FACILITATOR, do.ChangeDoor(seat="liaison", change=change))
    assert told.event == ev.DoorChanged(seat="liaison", change=change)
    assert who_sees(play, told) == {FACILITATOR, EVALUATOR}
    names = Names(play.session.state)
    said = {sentence(told, names, lang) for lang in ("en", "zh")}
    assert len(said) == 2
    assert all(names.role("liaison", lang) in sentence(told, names, lang) for lang in ("en", "zh"))


def test_the_door_of_a_seat_that_is_none_is_no_matter_for_the_journal():
    play = seated()
    assert refused(play, FACILITATOR, do.ChangeDoor(seat="ghost", change="barred"))
    assert refused(play, "liaison", do.ChangeDoor(seat="liaison", change="barred"))


# -- leaving the host ------------------------------------------------------------------------------


def test_who_leaves_the_host_is_asked_while_it_would_stop_anybody():
    play = seated()
    assert leave_question(play.session.state) == "ui.quit-host"
    play.do(FACILITATOR, do.EndDrill())
    assert leave_question(play.session.state) == "ui.quit-joined"
    for line, seat in play.session.state.seats.items():
        seat.lost = seat.taken if line == "l1" else seat.lost
        seat.left = seat.taken if line != "l1" else None
    assert leave_question(play.session.state) == ""
