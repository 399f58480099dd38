"""The door: who is let in, what they may open, and what nobody can do to the others."""

import asyncio

import asyncssh
import pytest
from worlds_host import a_house, connected, leaping, on_loop, terminal, until

from drillkit.host.ssh import Limits


@on_loop
async def test_the_right_code_opens_a_terminal_of_that_seat():
    async with a_house() as house, connected(house) as connection:
        _, screen = await terminal(connection)
        await until(lambda: "seat medical" in screen.text)


@on_loop
async def test_the_question_says_in_both_languages_that_it_is_an_exercise():
    async with a_house() as house, connected(house) as connection:
        visitor = connection.get_owner()
        assert "EXERCISE" in visitor.asked[0]
        assert "演练" in visitor.asked[0]
        assert visitor.instructions.isascii()


@pytest.mark.parametrize("kind", ["none", "wrong", "of another seat", "revoked", "yesterday's"])
@on_loop
async def test_any_other_code_is_refused_and_nothing_is_told(kind: str):
    async with a_house(clock=leaping()) as house:
        old = house.codes["medical"]
        code = {
            "none": "",
            "wrong": "AAAA-BBBB-CCCC-DDDD",
            "of another seat": house.codes["liaison"],
        }.get(kind, old)
        if kind == "revoked":
            house.admission.revoke("medical")
        if kind == "yesterday's":
            house.codes = house.admission.issue(["medical"])
        with pytest.raises(asyncssh.DisconnectError) as refusal:
            async with connected(house, code=code):
                pass
        told = str(refusal.value).lower()
        assert not any(
            word in told for word in ("seat", "revoked", "expired", "unknown", "medical")
        )


@on_loop
async def test_a_seat_that_does_not_exist_is_refused_like_a_wrong_code():
    async with a_house(clock=leaping()) as house:
        said = []
        for seat in ("medical", "nobody", "../x", "root"):
            with pytest.raises(asyncssh.DisconnectError) as refusal:
                async with connected(house, seat, code="AAAA-BBBB-CCCC-DDDD"):
                    pass
            said.append(str(refusal.value))
        assert len(set(said)) == 1


@on_loop
async def test_a_code_is_right_as_people_type_it():
    async with a_house() as house:
        typed = house.codes["medical"].lower().replace("-", " ")
        async with connected(house, code=typed) as connection:
            _, screen = await terminal(connection)
            await until(lambda: "seat medical" in screen.text)


@on_loop
async def test_a_command_a_subsystem_and_a_session_without_a_terminal_get_a_plain_sentence():
    async with a_house() as house, connected(house) as connection:
        done = await connection.run("id")
        assert (done.exit_status, "drill screens only" in done.stderr) == (1, True)
    async with a_house() as house, connected(house) as connection:
        with pytest.raises(asyncssh.Error):
            await connection.start_sftp_client()
    async with a_house() as house, connected(house) as connection:
        done = await connection.run(None, term_type=None)
        assert done.exit_status == 1


@on_loop
async def test_nothing_is_forwarded():
    async with a_house() as house, connected(house) as connection:
        with pytest.raises(asyncssh.ChannelOpenError):
            await connection.open_connection("127.0.0.1", house.port)
        with pytest.raises(asyncssh.ChannelListenError):
            await connection.forward_remote_port("127.0.0.1", 0, "127.0.0.1", 22)
        with pytest.raises(asyncssh.ChannelOpenError):
            await connection.open_unix_connection("/tmp/x")


@on_loop
async def test_one_terminal_a_connection():
    async with a_house() as house, connected(house) as connection:
        await terminal(connection)
        with pytest.raises(asyncssh.ChannelOpenError):
            await terminal(connection)


@on_loop
async def test_no_more_terminals_than_the_limits_allow():
    async with (
        a_house(Limits(per_seat=1)) as house,
        connected(house) as first,
        connected(house) as second,
    ):
        _, screen = await terminal(first)
        await until(lambda: "seat medical" in screen.text)
        _, refused = await terminal(second)
        await until(lambda: refused.is_closed)
        assert b"no room for one more" in bytes(refused.errors)


@on_loop
async def test_a_crowd_at_the_door_is_sent_away_and_honest_people_still_get_in():
    async with a_house(Limits(at_the_door=5, login_seconds=1)) as house:
        crowd = [await asyncio.open_connection("127.0.0.1", house.port) for _ in range(40)]
        await until(lambda: house.gate.at_the_door <= 5)
        await until(lambda: house.gate.at_the_door == 0)
        async with connected(house) as connection:
            _, screen = await terminal(connection)
            await until(lambda: "seat medical" in screen.text)
        for _, writer in crowd:
            writer.close()


@on_loop
async def test_a_vast_terminal_is_cut_to_size():
    async with a_house() as house, connected(house) as connection:
        await terminal(connection, term_size=(65000, 65000))
        await until(lambda: house.apps and house.apps[0].size.width)
        assert house.apps[0].size == (500, 200)


@on_loop
async def test_invalid_utf8_half_a_sequence_and_a_character_in_two_pieces_are_survived():
    async with a_house() as house, connected(house) as connection:
        channel, screen = await terminal(connection)
        await until(lambda: "seat medical" in screen.text)
        channel.write(b"\xff\xfe\x1b[")
        await asyncio.sleep(0.3)
        channel.write("医".encode()[:1])
        channel.write("医".encode()[1:] + b"ok\r")
        await until(lambda: house.apps[0].said)
        assert house.apps[0].said[0].endswith("医ok")


@on_loop
async def test_a_lone_escape_is_a_key_by_itself():
    async with a_house() as house, connected(house) as connection:
        channel, screen = await terminal(connection)
        await until(lambda: "seat medical" in screen.text)
        channel.write(b"\x1b")
        await until(lambda: "escape" in house.apps[0].keys)


@on_loop
async def test_a_flood_of_keys_and_resizes_from_one_does_not_hold_up_another():
    async with (
        a_house() as house,
        connected(house) as noisy,
        connected(house, "liaison") as quiet,
    ):
        loud, _ = await terminal(noisy)
        calm, screen = await terminal(quiet)
        await until(lambda: "seat liaison" in screen.text)
        loud.write(b"\x1b[A" * 100_000)
        for width in range(20, 200):
            loud.change_terminal_size(width, 24)
        loop = asyncio.get_running_loop()
        late = 0.0
        for _ in range(50):
            began = loop.time()
            await asyncio.sleep(0.01)
            late = max(late, loop.time() - began - 0.01)
        calm.write(b"here\r")
        await until(lambda: "said here" in screen.text)
        assert late < 0.5


@on_loop
async def test_a_megabyte_without_an_end_closes_that_terminal_only():
    async with (
        a_house() as house,
        connected(house) as noisy,
        connected(house, "liaison") as quiet,
    ):
        loud, lost = await terminal(noisy)
        calm, screen = await terminal(quiet)
        await until(lambda: "seat liaison" in screen.text and "seat" in lost.text)
        loud.write(b"\x1b[200~" + b"x" * 1_000_000)
        await until(lambda: lost.is_closed, 30)
        calm.write(b"here\r")
        await until(lambda: "said here" in screen.text)


@on_loop
async def test_a_terminal_that_stops_reading_is_whole_again_when_it_reads():
    async with a_house() as house, connected(house, window=32 * 1024) as connection:
        channel, screen = await terminal(connection)
        await until(lambda: "seat medical" in screen.text)
        channel.pause_reading()
        app = house.apps[0]
        for n in range(400):
            app.query_one("#said").update(f"line {n} " + "x" * 60)
            app.query_one("#field").value = f"{n:03}" * 20
            await asyncio.sleep(0.002)
        channel.resume_reading()
        await until(lambda: "line 399 " in screen.text)


@on_loop
async def test_wrong_codes_cost_time_and_the_right_one_pays_nothing():
    async with a_house() as house:
        with pytest.raises(asyncssh.DisconnectError):
            async with connected(house, code="AAAA-BBBB-CCCC-DDDD"):
                pass
        assert house.admission.wait_for("127.0.0.1") > 0.25
        assert house.admission.wait_for("192.0.2.7") == 0
        assert len(house.admission.attempts) >= 2


@on_loop
async def test_a_terminal_that_nobody_types_at_is_given_back_after_the_limit():
    async with a_house(Limits(idle_seconds=0.5)) as house, connected(house) as connection:
        _, screen = await terminal(connection)
        await until(lambda: screen.is_closed)
        assert b"join again" in bytes(screen.received)


@on_loop
async def test_after_the_first_app_later_logins_do_not_hang():
    async with a_house() as house:
        for _ in range(3):
            async with connected(house) as connection:
                _, screen = await terminal(connection)
                await until(lambda screen=screen: "seat medical" in screen.text)
        assert asyncio.get_running_loop().get_task_factory() is None
