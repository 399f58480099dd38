"""`drillkit replay`: a drill that is over, or broke off, on the screen of the terminal here."""

from argparse import Namespace
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from time import monotonic

from drillkit.cli import here, live
from drillkit.cli.drills import read_drill
from drillkit.cli.failed import Failed
from drillkit.replay import Player


def replay(args: Namespace) -> int:
    """Show the drill as the chosen seat saw it; the status is that of here.run."""
    # All the screens of a drill: the home screen, which comes by here, does without them.
    from drillkit.ui.screens.replay import Replay, replay_screen, seats

    if not live.has_terminal():
        raise Failed("replay-needs-terminal")
    drill = read_drill(Path(args.file), args.lang)
    player = Player(drill.entries, monotonic, args.speed or 1.0)
    _must_be_a_seat(args.seat, seats(player))
    player.go_to(args.start)
    screen = replay_screen(Replay(player, drill.assessment.findings), args.seat)

    async def watch() -> None:
        with here.terminal(screen, args.lang) as app:
            await app.run_async()

    told = here.run(watch())
    return here.SIGNALLED + told if told else 0


def _must_be_a_seat(seat: str, known: Sequence[str]) -> None:
    if seat not in known:
        near = next(iter(get_close_matches(seat, known, 1)), "")
        key = "no-seat-near" if near else "no-seat"
        raise Failed(key, seat=seat, near=near, known=", ".join(known))
