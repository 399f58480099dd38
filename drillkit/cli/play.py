"""Commands that play a drill with people: host, resume."""

import time
from argparse import Namespace
from contextlib import closing
from pathlib import Path

from drillkit.cli.casting import pack_of
from drillkit.cli.drills import sessions_folder
from drillkit.cli.failed import Failed
from drillkit.cli.lessons import folder_of, remind, reminding
from drillkit.cli.live import listening, live_through, must_be_playable, wall
from drillkit.core.clocks import face
from drillkit.journal.sqlite import SqliteJournal
from drillkit.packs.evaluators import prepared
from drillkit.packs.forms import forms
from drillkit.packs.rubrics import weights
from drillkit.session import Opening, Session
from drillkit.standins import VIA
from drillkit.words import say


def host(args: Namespace) -> int:
    """Run a drill from its start."""
    pack = pack_of(args)
    args.stand_ins = args.stand_ins or "none"
    must_be_playable(args, pack.plan)
    path = Path(args.session) if args.session else _new_session(pack.scenario.id)
    opening = Opening(
        path.stem,
        pack.scenario,
        pack.plan,
        weights(args.weights),
        seed=args.seed,
        short=pack.short,
        forms=forms(tuple(map(Path, args.form))),
        prepared=prepared(Path(args.evaluators), pack.scenario) if args.evaluators else (),
    )
    opening = reminding(opening, folder_of(args))
    with listening(args) as listener, closing(_empty_journal(path)) as journal:
        session = Session.open(journal, opening, wall())
        print(say(args.lang, "cli.hosting", path=path), flush=True)
        remind(opening, args.lang)
        return live_through(session, args, args.seed, path, listener)


def resume(args: Namespace) -> int:
    """Go on with a drill: it stands paused where its journal ends."""
    path = Path(args.file)
    with closing(SqliteJournal.open(path, write=True)) as journal:
        if journal.head() < 0:
            raise Failed("not-started", path=path)
        session = Session(journal)
        if args.headless and session.state.stage == "ended":
            raise Failed("over-already")
        if args.stand_ins is None:
            args.stand_ins = ",".join(_simulated(session)) or "none"
        must_be_playable(args, session.script.plan)
        at = face(session.state.at)
        print(say(args.lang, "cli.resumed-at", at=at), flush=True)
        opened = session.state.opened
        assert opened is not None
        with listening(args) as listener:
            return live_through(session, args, opened.seed, path, listener)


def _simulated(session: Session) -> list[str]:
    """The roles that stand-ins have played so far."""
    acted = {entry.by for entry in session.entries if entry.via == VIA}
    return [role for role in session.script.players if role in acted]


def _empty_journal(path: Path) -> SqliteJournal:
    """A new journal, or one that an interrupted start has left without an entry."""
    if path.is_file():
        with closing(SqliteJournal.open(path, write=False)) as journal:
            is_empty = journal.head() < 0
        if is_empty:
            return SqliteJournal.open(path, write=True)
    return SqliteJournal.create(path)


def _new_session(pack: str) -> Path:
    folder = sessions_folder()
    folder.mkdir(parents=True, exist_ok=True)
    stamp = time.strftime("%Y%m%d-%H%M%S")
    return folder / f"{pack}-{stamp}.drill"
