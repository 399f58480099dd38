"""The command that takes a seat: the plain ssh client, with the right options."""

import os
import re
import shutil
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from ipaddress import IPv6Address
from pathlib import Path

from platformdirs import user_data_path

from drillkit.words import say

DONE, FAILED, USAGE, STOPPED = 0, 1, 2, 130
PORT, LAST_PORT = 2222, 65535

_SEAT = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9.])?")
_SCOPED = re.compile(r"[0-9A-Fa-f:.]+(%[A-Za-z0-9._-]+)?")

_OPTIONS = (
    "PubkeyAuthentication=no",
    "PreferredAuthentications=keyboard-interactive",
    "ForwardAgent=no",
    "ForwardX11=no",
    "ClearAllForwardings=yes",
    # One terminal a connection, whatever the person's own configuration shares.
    "ControlPath=none",
    # The fingerprint is compared by a person, whatever that configuration lets pass.
    "StrictHostKeyChecking=ask",
    "ServerAliveInterval=15",
    "ServerAliveCountMax=3",
    "SendEnv=LANG LC_* COLORTERM DRILLKIT_LANG",
)

_RESET = (
    # Entered before it is left: on the ordinary screen, leaving the alternate one alone would put
    # the cursor where it last was before a full screen, over the last words of ssh.
    "\x1b[?1049h\x1b[?1049l"
    "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1016l"  # mouse
    "\x1b[?1004l\x1b[?2004l\x1b[?2048l\x1b[<u"  # focus, paste, size reports, key protocol
    "\x1b[?25h\x1b[0m"
)


class BadAddress(ValueError):
    """That is no address; `key` and `values` name the sentence (area cli)."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(f"{key} {values}")
        self.key = key
        self.values = values


@dataclass(frozen=True, slots=True)
class Address:
    """Where to go and as whom; `seat` is "" when nobody has said it yet."""

    seat: str
    host: str
    port: int = PORT

    @classmethod
    def read(cls, written: str) -> "Address":
        """[ROLE@]HOST[:PORT], an IPv6 address in brackets. Raises BadAddress."""
        seat, has_seat, place = written.strip().rpartition("@")
        if place.startswith("["):
            host, closed, rest = place[1:].partition("]")
            if not closed or (rest and not rest.startswith(":")) or not _is_ipv6(host):
                raise BadAddress("join-no-address", value=written)
            has_port, port = bool(rest), rest[1:]
        else:
            host, colon, port = place.partition(":")
            has_port = bool(colon)
            if not _NAME.fullmatch(host) or len(host) > 255 or ":" in port:
                raise BadAddress("join-no-address", value=written)
        return cls(_seat(seat) if has_seat else "", host, _port(port) if has_port else PORT)

    def sit(self, seat: str) -> "Address":
        """The same place, as this role. Raises BadAddress."""
        return replace(self, seat=_seat(seat))


def _seat(written: str) -> str:
    seat = written.strip().lower()
    if not _SEAT.fullmatch(seat):
        raise BadAddress("join-no-role", value=written)
    return seat


def _port(written: str) -> int:
    if written.isascii() and written.isdigit() and 1 <= int(written[:9]) <= LAST_PORT:
        return int(written)
    raise BadAddress("between", value=written, low=1, high=LAST_PORT)


def _is_ipv6(written: str) -> bool:
    try:
        IPv6Address(written)
    except ValueError:
        return False
    return _SCOPED.fullmatch(written) is not None


def join(args: Namespace) -> int:
    """Take a seat: ssh's own exit status, or 1 without an ssh."""
    lang: str = args.lang
    address: Address = args.address
    ssh = shutil.which("ssh")
    if ssh is None:
        system = sys.platform if sys.platform in ("win32", "darwin") else "linux"
        print(say(lang, f"cli.join-no-ssh-{system}"), file=sys.stderr)
        return FAILED
    if not address.seat:
        try:
            address = address.sit(input(say(lang, "cli.join-which")))
        except EOFError:
            print(say(lang, "cli.join-role-needed"), file=sys.stderr)
            return USAGE
        except BadAddress as slip:
            print(say(lang, f"cli.{slip.key}", **slip.values), file=sys.stderr)
            return USAGE
    known = user_data_path("drillkit", appauthor=False) / "known_hosts"
    known.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    environment = {**os.environ, "DRILLKIT_LANG": lang}
    with _given_back():
        try:
            done = subprocess.run(command(ssh, address, known), env=environment, check=False)  # noqa: S603
        except KeyboardInterrupt:
            return STOPPED
    return done.returncode if done.returncode >= 0 else 128 - done.returncode


def command(ssh: str, address: Address, known: Path) -> list[str]:
    """The words of the command; hosts are remembered in the file `known`."""
    # ssh splits the value at blanks, and "Application Support" has one.
    options = (*_OPTIONS, f'UserKnownHostsFile="{known.as_posix()}"')
    words = [ssh]
    for option in options:
        words += ["-o", option]
    return [*words, "-t", "-p", str(address.port), f"{address.seat}@{address.host}"]


@contextmanager
def _given_back() -> Iterator[None]:
    """The terminal as it was, however the block ends: a lost connection leaves its modes behind."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        yield
        return
    if sys.platform == "win32":
        try:
            yield
        finally:
            print(_RESET, end="", flush=True)
        return
    import termios

    before = termios.tcgetattr(sys.stdin)
    try:
        yield
    finally:
        print(_RESET, end="", flush=True)
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
