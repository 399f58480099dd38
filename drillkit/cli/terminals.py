"""The door of a hosted drill: codes, invitations, and terminals over SSH beside the live loop."""

import json
import logging
import os
import socket
import time
from argparse import Namespace
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from platformdirs import user_data_path, user_log_path

from drillkit.cli.foresight import SimulatedTeams
from drillkit.host import invitations
from drillkit.host.admission import Admission
from drillkit.host.keys import enrolled, fingerprint, host_key
from drillkit.host.room import HostDoor, Room
from drillkit.host.ssh import Gate, Limits
from drillkit.live import Live
from drillkit.model.base import Lang, Title
from drillkit.model.text import Line
from drillkit.words import say

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - compared with, not listened on


@asynccontextmanager
async def terminals(
    live: Live, args: Namespace, path: Path, listener: socket.socket
) -> AsyncIterator[HostDoor]:
    """Let people in while the context lasts."""
    session, lang = live.session, args.lang
    _log_to_a_file()
    codes_file = path.with_suffix(".codes")
    admission = Admission(time.monotonic)

    # A new drill at the path of an old one must not be opened by the old one's codes.
    opening = session.entries[0].wall

    def keep_codes() -> None:
        kept = {"opening": opening, "hashes": admission.hashes()}
        _write_private(codes_file, json.dumps(kept))

    room = Room(session, live.clock, lang, admission, keep_codes)
    room.stand_ins = live
    room.foresight = SimulatedTeams(session, live.clock, path)
    gate = Gate(admission, room.serve, Limits())
    key = host_key(user_data_path("drillkit", appauthor=False))
    if args.keys:
        admission.enrol(enrolled(Path(args.keys), room.seats))
    port = await gate.open(listener, key)
    room.address = (_reachable(args.bind), port)
    room.await_the_lost()
    try:
        if hashes := kept_codes(codes_file, opening):
            admission.load(hashes)
        else:
            _invite(room, fingerprint(key), path.with_suffix(""))
        yield HostDoor(room)
    finally:
        await gate.close()


def kept_codes(path: Path, opening: int) -> dict[str, str]:
    """The codes' hashes of the drill opened at `opening` (ms since 1970); else none."""
    if not path.exists():
        return {}
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return {}
    if not isinstance(kept, dict) or kept.get("opening") != opening:
        return {}
    return dict(kept["hashes"])


def _log_to_a_file() -> None:
    """What the door notes goes into a file: the terminal here shows the facilitator's screen."""
    folder = user_log_path("drillkit", appauthor=False)
    folder.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(folder / "host.log", encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    levels = {"drillkit.host": logging.INFO, "asyncssh": logging.WARNING, "asyncio": logging.ERROR}
    for name, level in levels.items():
        logger = logging.getLogger(name)
        logger.addHandler(handler)
        logger.propagate = False
        logger.setLevel(level)


def _invite(room: Room, print_of_key: str, folder: Path) -> None:
    """Make the codes, write the sheets, and keep the codes' hashes for a later resume."""
    host, port = room.address
    script = room.session.script
    codes = room.admission.issue(room.seats)
    sheets = [
        invitations.Invitation(
            seat=seat,
            role_title=script.roles[seat].title if seat in script.roles else _staff(seat),
            code=code,
            address=host,
            port=port,
            fingerprint=print_of_key,
        )
        for seat, code in codes.items()
    ]
    invitations.write(folder, room.session.state.scenario.title, script.plan, sheets)
    room.keep_codes()


def _staff(seat: str) -> Title:
    def word(lang: Lang) -> Line:
        return Line(say(lang, f"log.seat.{seat}"))

    return Title(en=word("en"), zh=word("zh"))


def _reachable(bind: str) -> str:
    """The address that others can type for where we listen."""
    return socket.gethostname() if bind in EVERYWHERE else bind


def _write_private(path: Path, text: str) -> None:
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    part.replace(path)
