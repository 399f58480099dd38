"""A drill seen again: where one is in it, how it goes on, and what each seat sees of it."""

import asyncio
from collections.abc import Sequence

import pytest
from report_world import Play, played

from drillkit import packs
from drillkit.core.clocks import time_of
from drillkit.core.script import Refused
from drillkit.desk import Batch, LocalDesk, Pulse
from drillkit.journal import MemoryJournal
from drillkit.model import commands as ask
from drillkit.model.base import EVALUATOR, FACILITATOR, MINUTE, OBSERVER, SECOND
from drillkit.model.events import Entry
from drillkit.model.text import Line, Prose
from drillkit.packs.rubrics import weights
from drillkit.rehearse.play import SimClock, play
from drillkit.replay import Landmark, Player, ReplayDesk, landmarks
from drillkit.session import Opening, Session
from drillkit.standins import Company, skilled


class Watch:
    """A stopwatch in the test's hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Written(MemoryJournal):
    """A journal that holds these entries."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__()
        self._entries = list(entries)


def a_player(play: Play | None = None, watch: Watch | None = None) -> Player:
    return Player((play or played()).session.entries, watch or Watch())


def the_last(player: Player, kind: str) -> Entry:
    return [entry for entry in player.entries if entry.event.kind == kind][-1]


# -- where, and how fast ---------------------------------------------------------------------------


def test_a_replay_begins_with_what_happened_at_the_start() -> None:
    player = a_player()
    assert player.at == 0
    assert {entry.at for entry in player.entries[: player.seen]} == {0}
    assert player.entries[player.seen].at > 0


def test_at_a_time_all_has_happened_that_had_by_then() -> None:
    player = a_player()
    player.go_to(3 * MINUTE)
    assert player.entries[player.seen - 1].at <= 3 * MINUTE < player.entries[player.seen].at


def test_at_an_entry_nothing_after_it_has_happened() -> None:
    player = a_player()
    for entry in player.entries[1:]:
        player.go_to_entry(entry.seq)
        assert player.seen == entry.seq + 1
        assert player.at == entry.at


def test_no_moment_lies_between_the_opening_and_the_briefing() -> None:
    player = a_player()
    player.go_to_entry(0)
    assert player.seen == 2


@pytest.mark.parametrize("at", [-5 * MINUTE, 900 * MINUTE])
def test_no_place_lies_outside_the_drill(at: int) -> None:
    player = a_player()
    player.go_to(at)
    assert 0 <= player.at <= player.end
    assert 1 <= player.seen <= len(player.entries)


def test_it_goes_on_as_fast_as_it_is_told_and_a_change_never_rescales_the_past() -> None:
    watch = Watch()
    player = a_player(watch=watch)
    player.play()
    watch.seconds = 60
    assert player.at == MINUTE
    player.set_speed(10)
    assert player.at == MINUTE
    watch.seconds = 72
    assert player.at == 3 * MINUTE
    player.pause()
    watch.seconds = 900
    assert player.at == 3 * MINUTE


def test_time_alone_lets_entries_happen_and_only_at_their_time() -> None:
    watch = Watch()
    player = a_player(watch=watch)
    heard: list[int] = []
    player.listen(lambda: heard.append(player.seen))
    player.play()
    watch.seconds = 19.9
    player.tick()
    assert heard == []
    watch.seconds = 20
    player.tick()
    assert heard == [player.seen]
    assert player.entries[player.seen - 1].at == 20 * SECOND


def test_at_the_end_it_stands_still_and_from_there_it_plays_anew() -> None:
    watch = Watch()
    player = a_player(watch=watch)
    player.play()
    watch.seconds = 10_000
    player.tick()
    assert (player.is_playing, player.seen) == (False, len(player.entries))
    player.play()
    assert player.is_playing
    assert player.at == 0


def test_what_opens_no_session_cannot_be_replayed() -> None:
    with pytest.raises(ValueError, match="opened"):
        Player(played().session.entries[1:], Watch())


@pytest.mark.parametrize(
    ("text", "at"), [("90", 90), ("12:30", 12.5), ("1:02:30", 62.5), ("75:00", 75), (" 0 ", 0)]
)
def test_a_time_is_read_as_people_type_it(text: str, at: float) -> None:
    assert time_of(text) == at * MINUTE


@pytest.mark.parametrize("text", ["", "x", "1:60", "1:2:3:4", "-1", "1.5", "12:", "²"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        time_of(text)


# -- the desk --------------------------------------------------------------------------------------


async def batches(desk: ReplayDesk, *moves: object) -> list[Batch]:
    """What the desk tells at first and after each move."""
    following = desk.follow()
    told = [await anext(following)]
    for move in moves:
        assert callable(move)
        move()
        told.append(await asyncio.wait_for(anext(following), 5))
    await following.aclose()  # type: ignore[attr-defined]  # an async generator
    return told


def test_a_step_on_brings_what_is_new_and_a_step_back_begins_afresh() -> None:
    player = a_player()
    desk = ReplayDesk(player, FACILITATOR)
    first, on, back = asyncio.run(
        batches(desk, lambda: player.go_to_entry(9), lambda: player.go_to_entry(4))
    )
    assert (first.fresh, on.fresh, back.fresh) == (True, False, True)
    assert [*first.entries, *on.entries] == list(player.entries[:10])
    assert list(back.entries) == list(player.entries[:5])


def test_nothing_can_be_done_and_the_sentence_says_so() -> None:
    desk = ReplayDesk(a_player(), "commander")
    with pytest.raises(Refused) as refusal:
        asyncio.run(desk.send(ask.AcknowledgeCall()))
    assert refusal.value.key == "replay.refused"


def test_looking_at_an_inject_is_no_deed() -> None:
    assert asyncio.run(ReplayDesk(a_player(), "commander").send(ask.OpenInject(inject="x"))) == ()


def test_the_clock_stands_unless_it_plays() -> None:
    player = a_player()
    desk = ReplayDesk(player, OBSERVER)
    assert desk.pulse() == Pulse(0, 0.0)
    player.set_speed(4)
    player.play()
    assert desk.pulse() == Pulse(0, 4.0)


def seen_at(player: Player, seat: str, seq: int) -> tuple[Entry, ...]:
    """All that a terminal shows that comes to the replay when it stands there."""
    player.go_to_entry(seq)
    [batch] = asyncio.run(batches(ReplayDesk(player, seat)))
    return batch.entries


def seen_then(entries: Sequence[Entry], seat: str, seq: int) -> tuple[Entry, ...]:
    """What a terminal showed that joined the drill at that moment."""
    session = Session(Written(entries[: seq + 1]))
    return LocalDesk(session, seat, SimClock(0, 0)).visible(session.entries)


def test_every_seat_sees_at_every_moment_what_it_saw_then() -> None:
    pack = packs.load(packs.find("riverside-hospital-flood"))
    opening = Opening("t", pack.scenario, pack.plan, weights(), 3)
    session = Session.open(MemoryJournal(), opening, wall=0)
    players = session.script.players
    play(session, lambda clock: Company(session, clock, players, profile=skilled(0.4), seed=3))
    player = Player(session.entries, Watch())
    places = range(5, len(player.entries), len(player.entries) // 4)
    for seat in (FACILITATOR, EVALUATOR, OBSERVER, *session.script.roles):
        for seq in places:
            assert seen_at(player, seat, seq) == seen_then(player.entries, seat, seq)


def test_a_role_sees_nothing_of_what_went_to_others() -> None:
    player = a_player(played(words="For the stores alone."))
    message = the_last(player, "message_sent")
    assert message in seen_at(player, "stores", message.seq)
    assert message not in seen_at(player, "technician", len(player.entries) - 1)


def test_who_takes_over_a_post_sees_its_past_from_then_on_and_not_before() -> None:
    play = Play()
    play.ask(0, FACILITATOR, ask.StartDrill())
    words = Prose("For the commander alone.")
    play.ask(MINUTE, "authority", ask.SendMessage(to=("commander",), text=words))
    play.ask(2 * MINUTE, "technician", ask.Arrive(instead_of="commander"))
    player = a_player(play)
    message = the_last(player, "message_sent")
    taken = the_last(player, "role_arrived")
    assert message not in seen_at(player, "technician", taken.seq - 1)
    assert message in seen_at(player, "technician", taken.seq)


def test_ratings_stay_hidden_until_all_have_handed_in() -> None:
    play = played()
    rated = the_last(a_player(play), "task_rated")
    for rater in ("Lin", rated.event.rater):
        play.ask(30 * MINUTE, EVALUATOR, ask.SubmitRatings(rater=rater))
    player = a_player(play)
    for seat in (FACILITATOR, EVALUATOR):
        assert rated not in seen_at(player, seat, rated.seq)
        assert seen_at(player, seat, len(player.entries) - 1) == player.entries


def test_what_was_voided_is_there_until_it_is_voided() -> None:
    play = played()
    note = the_last(a_player(play), "note_made")
    play.ask(30 * MINUTE, FACILITATOR, ask.VoidEntry(entry=note.seq, why=Line("A slip.")))
    player = a_player(play)
    assert note in seen_at(player, FACILITATOR, note.seq)
    assert player.entries[-1] in seen_at(player, FACILITATOR, len(player.entries) - 1)


# -- landmarks -------------------------------------------------------------------------------------


def test_landmarks_are_the_injects_pauses_notes_and_findings_in_order() -> None:
    play = Play()
    play.ask(0, FACILITATOR, ask.StartDrill())
    play.ask(MINUTE, FACILITATOR, ask.PauseDrill())
    play.ask(MINUTE, FACILITATOR, ask.ResumeDrill())
    play.ask(2 * MINUTE, FACILITATOR, ask.MakeNote(text=Prose("Calm.")))
    play.ask(40 * MINUTE, FACILITATOR, ask.EndDrill())
    drill = play.drill()
    found = landmarks(drill.entries, drill.entries, drill.assessment.findings)
    assert [mark.seq for mark in found] == sorted(mark.seq for mark in found)
    assert {mark.kind for mark in found} == {"inject", "pause", "note", "finding"}
    first = next(one for one in drill.assessment.findings if one.level != "strength")
    assert (
        Landmark(drill.entries[min(first.entries)].at, min(first.entries), "finding", first.id)
        in found
    )


def test_a_role_has_no_landmark_for_an_inject_that_went_to_others() -> None:
    player = a_player()
    for seat in ("commander", "technician", "stores"):
        visible = ReplayDesk(player, seat).visible()
        for mark in landmarks(visible, player.entries):
            event = player.entries[mark.seq].event
            assert mark.kind != "inject" or seat in getattr(event, "to", ())
