"""`drillkit join`: what is an address, what ssh is asked for, and a terminal that is given back."""

import io
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from drillkit.cli import join, main
from drillkit.cli.join import Address, BadAddress
from drillkit.host.driver import ENTER, LEAVE
from drillkit.words import say


class Ssh:
    """Stands for the ssh of the system: notes its words, and ends as it was told to."""

    def __init__(self, status: int = 0) -> None:
        self.status = status
        self.calls: list[list[str]] = []
        self.environment: dict[str, str] = {}

    def run(self, words, *, env, check):
        self.calls.append(words)
        self.environment = env
        return subprocess.CompletedProcess(words, self.status)

    @property
    def words(self) -> list[str]:
        (only,) = self.calls
        return only


@pytest.fixture
def ssh(monkeypatch: pytest.MonkeyPatch) -> Ssh:
    ssh = Ssh()
    monkeypatch.setattr(join.subprocess, "run", ssh.run)
    monkeypatch.setattr(join.shutil, "which", lambda name: f"/usr/bin/{name}")
    return ssh


@pytest.mark.parametrize(
    ("written", "seat", "host", "port"),
    [
        ("medical@host", "medical", "host", 2222),
        ("on-scene@drill.example.org:2200", "on-scene", "drill.example.org", 2200),
        ("Medical@192.168.1.20", "medical", "192.168.1.20", 2222),
        (" medical@host ", "medical", "host", 2222),
        ("host", "", "host", 2222),
        ("host:22", "", "host", 22),
        ("medical@[fe80::1]", "medical", "fe80::1", 2222),
        ("medical@[fe80::1%eth0]:65535", "medical", "fe80::1%eth0", 65535),
        ("[::1]:1", "", "::1", 1),
    ],
)
def test_an_address_is_read_as_people_write_it(written: str, seat: str, host: str, port: int):
    assert Address.read(written) == Address(seat, host, port)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("", "join-no-address"),
        ("medical@", "join-no-address"),
        ("-oProxyCommand=x", "join-no-address"),
        ("medical@-oProxyCommand=x", "join-no-address"),
        ("medical@a b", "join-no-address"),
        ("medical@host;reboot", "join-no-address"),
        ("medical@$(reboot)", "join-no-address"),
        ("medical@host\nx", "join-no-address"),
        ("medical@fe80::1", "join-no-address"),
        ("medical@[fe80::1", "join-no-address"),
        ("medical@[fe80::1]2222", "join-no-address"),
        ("medical@[host]", "join-no-address"),
        ("medical@[fe80::1%a b]", "join-no-address"),
        ("medical@" + "a" * 256, "join-no-address"),
        ("@host", "join-no-role"),
        ("-l@host", "join-no-role"),
        ("a@b@host", "join-no-role"),
        ("me dical@host", "join-no-role"),
        ("medical@host:", "between"),
        ("medical@host:0", "between"),
        ("medical@host:65536", "between"),
        ("medical@host:" + "9" * 5000, "between"),
        ("medical@host:2²", "between"),
        ("medical@[::1]:x", "between"),
    ],
)
def test_what_is_no_address_is_refused_with_the_reason(written: str, key: str):
    with pytest.raises(BadAddress) as slip:
        Address.read(written)
    assert slip.value.key == key
    for lang in ("en", "zh"):
        assert say(lang, f"cli.{key}", **slip.value.values)


def test_ssh_is_asked_for_a_terminal_a_code_and_nothing_else(ssh: Ssh):
    assert main(["join", "medical@192.168.1.20:2200"]) == 0
    words = ssh.words
    assert words[0] == "/usr/bin/ssh"
    assert words[-4:] == ["-t", "-p", "2200", "medical@192.168.1.20"]
    options = [word for before, word in pairwise(words) if before == "-o"]
    assert {
        "PubkeyAuthentication=no",
        "PreferredAuthentications=keyboard-interactive",
        "ForwardAgent=no",
        "ForwardX11=no",
        "ClearAllForwardings=yes",
        "ControlPath=none",
        "StrictHostKeyChecking=ask",
        "ServerAliveInterval=15",
        "ServerAliveCountMax=3",
    } < set(options)


def test_the_real_ssh_understands_the_options(tmp_path: Path):
    ssh = join.shutil.which("ssh")
    if ssh is None:
        pytest.skip("no ssh on this machine")
    known = tmp_path / "Application Support" / "known_hosts"
    words = join.command(ssh, Address("medical", "fe80::1%lo"), known)
    done = subprocess.run([words[0], "-G", *words[1:]], capture_output=True, text=True, check=True)
    settings = done.stdout.splitlines()
    for setting in (
        "user medical",
        "port 2222",
        "requesttty true",
        "clearallforwardings yes",
        "stricthostkeychecking ask",
        f"userknownhostsfile {known}",
        "sendenv DRILLKIT_LANG",
    ):
        assert any(line.replace('"', "") == setting for line in settings), setting


def test_hosts_are_remembered_apart_from_the_persons_own(ssh: Ssh, tmp_path, monkeypatch):
    monkeypatch.setattr(join, "user_data_path", lambda *_, **__: tmp_path / "my data")
    main(["join", "medical@host"])
    assert f'UserKnownHostsFile="{tmp_path}/my data/known_hosts"' in ssh.words
    assert (tmp_path / "my data").is_dir()


def test_the_screens_are_asked_for_in_the_language_of_the_command(ssh: Ssh):
    main(["join", "medical@host", "--lang", "zh"])
    assert ssh.environment["DRILLKIT_LANG"] == "zh"
    assert "SendEnv=LANG LC_* COLORTERM DRILLKIT_LANG" in ssh.words


@pytest.mark.parametrize(("ended", "status"), [(0, 0), (255, 255), (1, 1), (-9, 137)])
def test_the_status_is_that_of_ssh(ssh: Ssh, ended: int, status: int):
    ssh.status = ended
    assert main(["join", "medical@host"]) == status


def test_a_role_that_was_not_said_is_asked_for(ssh: Ssh, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.StringIO("Medical\n"))
    assert main(["join", "host"]) == 0
    assert ssh.words[-1] == "medical@host"
    assert say("en", "cli.join-which") in capsys.readouterr().out


@pytest.mark.parametrize(("answer", "key"), [("", "join-role-needed"), ("-oX=y\n", "join-no-role")])
def test_without_a_role_ssh_is_not_started(ssh: Ssh, monkeypatch, capsys, answer: str, key: str):
    monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
    assert main(["join", "host"]) == 2
    assert ssh.calls == []
    sentence = say("en", f"cli.{key}", value=answer.strip())
    assert capsys.readouterr().err == sentence + "\n"


@pytest.mark.parametrize(
    ("system", "told"),
    [
        ("linux", "apt install openssh-client"),
        ("freebsd14", "apt install openssh-client"),
        ("darwin", "brew install openssh"),
        ("win32", "Optional features"),
    ],
)
def test_without_an_ssh_one_sentence_says_what_to_install(
    ssh: Ssh, monkeypatch, capsys, system: str, told: str
):
    monkeypatch.setattr(join.shutil, "which", lambda name: None)
    monkeypatch.setattr(join.sys, "platform", system)
    assert main(["join", "medical@host"]) == 1
    err = capsys.readouterr().err
    assert told in err
    assert err.count("\n") == 1
    assert ssh.calls == []


def test_a_bad_address_is_a_slip_with_one_sentence(ssh: Ssh, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["join", "medical@-oProxyCommand=x"])
    assert ended.value.code == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert say("en", "cli.join-no-address", value="medical@-oProxyCommand=x") in last
    assert ssh.calls == []


@pytest.mark.parametrize("fault", [None, KeyboardInterrupt, OSError], ids=str)
def test_the_terminal_is_given_back_however_ssh_ends(monkeypatch, tmp_path: Path, fault):
    """On a real terminal, whose modes a stand-in for ssh leaves spoilt."""
    pty, termios = pytest.importorskip("pty"), pytest.importorskip("termios")
    master, slave = pty.openpty()
    with open(slave, closefd=False) as keys, open(slave, "w", closefd=False) as screen:
        monkeypatch.setattr(sys, "stdin", keys)
        monkeypatch.setattr(sys, "stdout", screen)
        before = termios.tcgetattr(slave)

        def spoil(words, **options):
            raw = termios.tcgetattr(slave)
            raw[3] &= ~(termios.ECHO | termios.ICANON)
            termios.tcsetattr(slave, termios.TCSANOW, raw)
            assert termios.tcgetattr(slave) != before
            if fault is not None:
                raise fault
            return subprocess.CompletedProcess(words, 255)

        monkeypatch.setattr(join.subprocess, "run", spoil)
        monkeypatch.setattr(join.shutil, "which", lambda name: "/usr/bin/ssh")
        status = main(["join", "medical@host"])
        after = termios.tcgetattr(slave)
    said = join.os.read(master, 4096).decode()
    for fd in (master, slave):
        join.os.close(fd)
    assert after == before
    assert status == {None: 255, KeyboardInterrupt: 130, OSError: 1}[fault]
    for mode in ("\x1b[?1049l", "\x1b[?1000l", "\x1b[?1003l", "\x1b[?2004l", "\x1b[?25h"):
        assert mode in said


def row(said: str) -> int:
    """The line of the cursor, as tmux moves it: leaving the alternate screen puts it where it was
    when that was last entered, even on the ordinary one.
    """
    at = entered = 0
    is_full = False
    for sign in re.findall(r"\x1b\[\?1049[hl]|\n", said):
        if sign == "\n":
            at += 1
        elif sign.endswith("h"):
            entered, is_full = entered if is_full else at, True
        else:
            at, is_full = entered, False
    return at


_BEFORE, _PARTING = "code:\r\n", "\r\nThe host has closed.\r\nConnection closed.\r\n"


@pytest.mark.parametrize(
    ("said", "status", "below"),
    [
        (f"{_BEFORE}{ENTER}\n\n{LEAVE}{_PARTING}", 0, 4),
        (f"{_BEFORE}{ENTER}\n\n\nConnection closed by remote host.\r\n", 255, 1),
        (f"{ENTER}{LEAVE}connect: Connection refused\r\n", 255, 1),
    ],
    ids=["left", "lost", "refused"],
)
def test_the_prompt_comes_below_the_last_words_of_ssh(monkeypatch, said, status, below):
    pty = pytest.importorskip("pty")
    master, slave = pty.openpty()
    with open(slave, closefd=False) as keys, open(slave, "w", closefd=False) as screen:
        monkeypatch.setattr(sys, "stdin", keys)
        monkeypatch.setattr(sys, "stdout", screen)

        def part(words, **options):
            join.os.write(slave, said.encode())
            return subprocess.CompletedProcess(words, status)

        monkeypatch.setattr(join.subprocess, "run", part)
        monkeypatch.setattr(join.shutil, "which", lambda name: "/usr/bin/ssh")
        assert main(["join", "medical@host"]) == status
    seen = join.os.read(master, 4096).decode()
    for fd in (master, slave):
        join.os.close(fd)
    assert row(seen) == below


def test_nothing_is_written_to_what_is_no_terminal(ssh: Ssh, capsys):
    main(["join", "medical@host"])
    assert capsys.readouterr().out == ""
