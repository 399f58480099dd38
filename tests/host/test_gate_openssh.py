"""The OpenSSH client at the door: a terminal is served, everything else gets a plain sentence."""

import asyncio
import fcntl
import logging
import os
import pty
import shutil
import socket
import struct
import termios
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncssh
import pytest
from worlds_host import House, a_house, connected, on_loop, terminal, until

from drillkit.host.ssh import Limits
from drillkit.words import say

pytestmark = pytest.mark.skipif(not shutil.which("ssh"), reason="there is no OpenSSH client here")

ONLY = say("en", "host.terminal-only")
SHORT = Limits(screen_seconds=1.5)


class Place:
    """Where a client runs: a home, known hosts and a way to be asked of its own."""

    def __init__(self, folder: Path, house: House) -> None:
        self.folder = folder
        self.house = house
        asks = folder / "askpass"
        asks.write_text('#!/bin/sh\necho "$JOIN_CODE"\nprintf "%s" "$1" >"$HOME/asked"\n')
        asks.chmod(0o700)
        self.options = [
            *("-F", "/dev/null"),
            *("-o", f"UserKnownHostsFile={folder}/known_hosts"),
            *("-o", "GlobalKnownHostsFile=/dev/null"),
            *("-o", "StrictHostKeyChecking=no"),
            *("-o", "IdentityFile=none"),
            *("-o", "LogLevel=INFO"),
        ]
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "SSH_ASKPASS": str(asks),
            "SSH_ASKPASS_REQUIRE": "force",
            "JOIN_CODE": house.codes["medical"],
        }

    async def run(self, *command: str, **more: str) -> tuple[int | None, str]:
        """Run it to its end; the status, and what it said on standard error."""
        async with self.running(*command, **more) as process:
            _, said = await asyncio.wait_for(process.communicate(), 12)
        return process.returncode, said.decode()

    @asynccontextmanager
    async def running(self, program: str, *args: str, stdin: int = asyncio.subprocess.DEVNULL,
                      stdout: int = asyncio.subprocess.PIPE, **more: str):  # fmt: skip
        port = ("-P" if program in ("scp", "sftp") else "-p", str(self.house.port))
        process = await asyncio.create_subprocess_exec(
            program,
            *self.options,
            *port,
            *args,
            stdin=stdin,
            stdout=stdout,
            stderr=asyncio.subprocess.PIPE,
            env=self.environment | more,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()

    @asynccontextmanager
    async def on_a_terminal(
        self, *args: str, size: tuple[int, int] = (80, 24), **more: str
    ) -> AsyncIterator[tuple[asyncio.subprocess.Process, bytearray, int]]:
        """ssh on a pseudo-terminal: the process, what it shows, and where to type."""
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        shown = bytearray()
        loop = asyncio.get_running_loop()

        def read() -> None:
            try:
                shown.extend(os.read(master, 65536))
            except OSError:
                loop.remove_reader(master)

        loop.add_reader(master, read)
        try:
            async with self.running("ssh", *args, stdin=slave, stdout=slave, **more) as process:
                yield process, shown, master
        finally:
            loop.remove_reader(master)
            os.close(slave)
            os.close(master)


async def the_drill_goes_on(house: House) -> None:
    """An honest person comes in and sees their screen."""
    async with connected(house, "liaison") as connection:
        _, screen = await terminal(connection)
        await until(lambda: "seat liaison" in screen.text)


def refusals(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [r.getMessage() for r in caplog.records if r.getMessage().startswith("refused to")]


HOST = "medical@127.0.0.1"


@on_loop
async def test_the_client_says_in_both_languages_that_it_is_an_exercise(tmp_path: Path):
    """Only in the question itself: OpenSSH writes what it says before as octal numbers."""
    async with a_house() as house:
        place = Place(tmp_path, house)
        async with place.on_a_terminal(HOST) as (_, shown, _keyboard):
            await until(lambda: b"seat medical" in shown)
        asked = (tmp_path / "asked").read_text("utf-8")
        assert "这是演练" in asked
        assert asked.endswith("EXERCISE 演练 - join code 加入码: ")
        # Where the client cannot write Chinese, English is what remains to be read.
        async with place.on_a_terminal(HOST, LANG="C") as (_, shown, _keyboard):
            await until(lambda: b"seat medical" in shown)
        asked = (tmp_path / "asked").read_text("ascii")
        assert "EXERCISE" in asked
        assert "join code" in asked


@on_loop
async def test_a_terminal_is_served_and_given_back(tmp_path: Path):
    async with a_house() as house:
        place = Place(tmp_path, house)
        async with place.on_a_terminal(HOST) as (process, shown, keyboard):
            await until(lambda: b"seat medical" in shown)
            os.write(keyboard, "医ok\r".encode())
            await until(lambda: house.apps[0].said == ["医ok"])
            os.write(keyboard, b"\x11")
            await asyncio.wait_for(process.wait(), 10)
        assert process.returncode == 0
        assert shown.rfind(b"\x1b[?1049l") > shown.rfind(b"\x1b[?1049h")


@pytest.mark.parametrize(
    ("command", "what"),
    [
        (("ssh", HOST, "id"), "a command"),
        (("ssh", "-tt", HOST, "sh"), "a command"),
        (("ssh", "-T", HOST), "no terminal"),
        (("ssh", "-s", HOST, "something"), "a subsystem"),
        (("sftp", HOST), "a subsystem"),
        (("scp", "{file}", f"{HOST}:there"), "a subsystem"),
        (("scp", "-O", "{file}", f"{HOST}:there"), "a command"),
        (("scp", f"{HOST}:/etc/passwd", "{file}"), "a subsystem"),
        (("scp", "-O", f"{HOST}:/etc/passwd", "{file}"), "a command"),
    ],
    ids=lambda value: "-".join(value).replace("/", "") if isinstance(value, tuple) else "",
)
@on_loop
async def test_a_command_and_a_file_are_refused_with_the_sentence(
    command: tuple[str, ...], what: str, tmp_path: Path, caplog
):
    if not shutil.which(command[0]):
        pytest.skip(f"there is no {command[0]} here")
    caplog.set_level(logging.INFO, "drillkit.host")
    file = tmp_path / "file"
    file.write_text("before")
    async with a_house() as house:
        status, said = await Place(tmp_path, house).run(
            *(part.replace("{file}", str(file)) for part in command)
        )
        assert status != 0
        assert ONLY in said
        assert refusals(caplog) == [f"refused to medical (127.0.0.1): {what}"]
        await the_drill_goes_on(house)
    assert file.read_text() == "before"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.mark.parametrize("way", ["-L", "-D"])
@on_loop
async def test_nothing_is_forwarded_into_the_hosts_network(way: str, tmp_path: Path, caplog):
    caplog.set_level(logging.INFO, "drillkit.host")
    async with a_house(SHORT) as house:
        port = free_port()
        goal = f"{port}:127.0.0.1:{house.port}" if way == "-L" else str(port)
        async with Place(tmp_path, house).running("ssh", "-N", way, goal, HOST) as process:
            for _ in range(3):
                while True:
                    try:
                        reader, writer = await asyncio.open_connection("127.0.0.1", port)
                        break
                    except OSError:
                        await asyncio.sleep(0.02)
                if way == "-D":  # SOCKS5, no password; connect to 127.0.0.1
                    writer.write(b"\x05\x01\x00")
                    await reader.readexactly(2)
                    writer.write(
                        b"\x05\x01\x00\x01\x7f\x00\x00\x01" + struct.pack(">H", house.port)
                    )
                assert b"SSH" not in await reader.read()
                writer.close()
            _, said = await asyncio.wait_for(process.communicate(), 10)
        assert f"administratively prohibited: {ONLY}".encode() in said
        # Who forwards in vain and sits at no terminal is sent away, with the sentence once more.
        assert f":14: {ONLY}".encode() in said
        assert refusals(caplog) == ["refused to medical (127.0.0.1): forwarding"]
        await the_drill_goes_on(house)


@on_loop
async def test_nothing_listens_on_the_host_for_a_client(tmp_path: Path, caplog):
    caplog.set_level(logging.INFO, "drillkit.host")
    async with a_house(SHORT) as house:
        port = free_port()
        status, said = await Place(tmp_path, house).run(
            "ssh", "-N", "-R", f"{port}:127.0.0.1:1", "-R", "0:127.0.0.1:1", HOST
        )
        assert status != 0
        assert "remote port forwarding failed" in said
        assert ONLY in said
        assert refusals(caplog) == ["refused to medical (127.0.0.1): listening"]
        with pytest.raises(OSError):
            socket.create_connection(("127.0.0.1", port), 1)
        await the_drill_goes_on(house)


@on_loop
async def test_who_forwards_and_sits_at_a_terminal_keeps_the_terminal(tmp_path: Path):
    async with a_house(SHORT) as house:
        place = Place(tmp_path, house)
        port = free_port()
        args = ("-R", f"{port}:127.0.0.1:1", "-o", "LogLevel=ERROR", HOST)
        async with place.on_a_terminal(*args) as (process, shown, keyboard):
            await until(lambda: b"seat medical" in shown)
            await asyncio.sleep(SHORT.screen_seconds + 0.3)
            os.write(keyboard, b"here\r")
            await until(lambda: house.apps[0].said == ["here"])
            assert process.returncode is None


@on_loop
async def test_neither_agent_nor_display_is_taken_and_the_drill_is_shown(tmp_path: Path):
    if not shutil.which("ssh-agent"):
        pytest.skip("there is no ssh-agent here")
    agent_socket = tmp_path / "agent"
    agent = await asyncio.create_subprocess_exec(
        "ssh-agent", "-D", "-a", str(agent_socket), stdout=asyncio.subprocess.DEVNULL
    )
    try:
        async with a_house() as house:
            await until(agent_socket.exists)
            place = Place(tmp_path, house)
            more = {"SSH_AUTH_SOCK": str(agent_socket), "DISPLAY": ":99"}
            async with place.on_a_terminal("-A", "-X", HOST, **more) as (process, shown, keyboard):
                await until(lambda: b"seat medical" in shown)
                os.write(keyboard, b"here\r")
                await until(lambda: house.apps[0].said == ["here"])
                line = house.gate.lines[0]
                assert not {"SSH_AUTH_SOCK", "DISPLAY"} & line.environment.keys()
                connection = line._chan.get_connection()
                assert connection.get_agent_path() is None
                assert line._chan.get_x11_display() is None
                os.write(keyboard, b"\x11")
                _, said = await asyncio.wait_for(process.communicate(), 10)
            assert b"X11 forwarding request failed" in said
            await the_drill_goes_on(house)
    finally:
        agent.terminate()
        await agent.wait()


@on_loop
async def test_a_terminal_of_sixty_five_thousand_columns_is_survived(tmp_path: Path):
    async with a_house() as house:
        place = Place(tmp_path, house)
        async with place.on_a_terminal(HOST, size=(65000, 65000)) as (_, shown, keyboard):
            await until(lambda: b"seat medical" in shown)
            assert house.apps[0].size == (500, 200)
            os.write(keyboard, b"here\r")
            await until(lambda: house.apps[0].said == ["here"])
            await the_drill_goes_on(house)


@on_loop
async def test_a_second_terminal_over_a_shared_connection_is_refused(tmp_path: Path, caplog):
    caplog.set_level(logging.INFO, "drillkit.host")
    async with a_house() as house:
        place = Place(tmp_path, house)
        shared = ("-o", f"ControlPath={tmp_path}/ctl")
        async with place.on_a_terminal("-M", *shared, HOST) as (_, shown, keyboard):
            await until(lambda: b"seat medical" in shown)
            status, said = await place.run("ssh", *shared, "-o", "BatchMode=yes", "-tt", HOST)
            assert status != 0
            assert "refused" in said
            assert len(house.gate.lines) == 1
            assert refusals(caplog) == ["refused to medical (127.0.0.1): a second terminal"]
            os.write(keyboard, b"here\r")
            await until(lambda: house.apps[0].said == ["here"])


@on_loop
async def test_a_wrong_code_is_told_as_such_and_the_terminal_is_not_touched(tmp_path: Path):
    async with a_house() as house:
        status, said = await Place(tmp_path, house).run("ssh", "-tt", HOST, JOIN_CODE="no")
        assert status == 255
        assert say("en", "host.no-more-tries") in said
        assert not house.apps


@on_loop
async def test_an_enrolled_key_needs_no_code_and_is_not_asked_for_at_other_seats(tmp_path: Path):
    key = tmp_path / "id"
    ann = asyncssh.generate_private_key("ssh-ed25519")
    ann.write_private_key(key)
    key.chmod(0o600)
    async with a_house() as house:
        house.admission.enrol({"medical": [ann.public_data]})
        place = Place(tmp_path, house)
        place.options += ["-i", str(key), "-o", "NumberOfPasswordPrompts=0"]
        async with place.on_a_terminal(HOST) as (_, shown, _keyboard):
            await until(lambda: b"seat medical" in shown)
        status, said = await place.run("ssh", "-v", "-tt", "liaison@127.0.0.1")
        assert status == 255
        assert "Offering public key" not in said


@on_loop
async def test_when_the_host_closes_the_terminal_is_given_back_with_a_goodbye(tmp_path: Path):
    async with a_house() as house:
        async with Place(tmp_path, house).on_a_terminal(HOST) as (process, shown, _):
            await until(lambda: b"seat medical" in shown)
            await house.gate.close()
            await asyncio.wait_for(process.wait(), 5)
            await until(lambda: say("en", "host.closed").encode() in shown)
        assert process.returncode == 0
        assert shown.rfind(b"\x1b[?1049l") > shown.rfind(b"\x1b[?1049h")
