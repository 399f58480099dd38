"""A person at a terminal of their own asks for another seat, is moved, and finds their drafts."""

from test_room import a_room, sit
from worlds_host import connected, on_loop, until
from worlds_ui import settled

from drillkit.model.base import FACILITATOR
from drillkit.model.commands import DeclineSeat, MoveSeat, StartDrill


async def at_the_post(play, connection):
    """Ann's channel and screen, and her line; she is the liaison and has arrived."""
    play.do(FACILITATOR, StartDrill())
    channel, screen = await sit(connection, b"Ann")
    await until(lambda: "CALLED OUT" in screen.text)
    channel.write(b"\r")
    await until(lambda: "NOT AT YOUR POST" in screen.text)
    channel.write(b"\r")
    await until(lambda: play.session.state.presence["liaison"].is_here)
    return channel, screen, next(iter(play.session.state.seats))


def who(screen):
    return screen.text.split("\n")[0]


@on_loop
async def test_a_person_asks_from_the_role_page_and_hears_the_answer():
    async with a_room() as (_, house, play), connected(house, "liaison") as connection:
        channel, screen, line = await at_the_post(play, connection)
        channel.write(b"7")
        await until(lambda: "Another seat" in screen.text)
        channel.write(b"a")
        await until(lambda: "For which seat" in screen.text)
        channel.write(b"\r")
        await until(lambda: "Why do you ask" in screen.text)
        channel.write(b"Short of hands\r")
        seat = play.session.state.seats[line]
        await until(lambda: seat.asked)
        assert (seat.wanted, seat.why) == ("commander", "Short of hands")
        assert play.session.entries[-1].via == "Ann"
        play.do(FACILITATOR, DeclineSeat(line=line))
        await until(lambda: "has not granted you the seat of Commander" in screen.text)
        assert "Liaison" in who(screen)


@on_loop
async def test_a_move_shows_the_new_desk_and_keeps_what_was_written_at_the_old_one():
    async with a_room() as (room, house, play), connected(house, "liaison") as connection:
        channel, screen, line = await at_the_post(play, connection)
        channel.write(b"2")
        await until(lambda: "No messages yet" in screen.text)
        channel.write(b"n")
        await until(lambda: "To whom" in screen.text)
        await settled(next(iter(room._apps.values())))
        channel.write(b"\t")
        channel.write(b"Kept words")
        await until(lambda: "Kept words" in screen.text)
        play.do(FACILITATOR, MoveSeat(line=line, role="supplies"))
        await until(lambda: "Supplies" in who(screen))
        await until(lambda: "you are Supplies now" in screen.text)
        assert "Kept words" not in screen.text
        assert not play.session.state.presence["liaison"].is_here
        play.do(FACILITATOR, MoveSeat(line=line, role="liaison"))
        await until(lambda: "Liaison" in who(screen))
        channel.write(b"2")
        await until(lambda: "No messages yet" in screen.text)
        channel.write(b"n")
        await until(lambda: "Kept words" in screen.text)
