"""Outcome variables in the short form: what moves them still, and what good play still reaches."""

from collections.abc import Callable, Iterator

from drillkit.core.short.conditions import Kept, remains
from drillkit.core.short.pace import LENGTH, Pace
from drillkit.model.base import Millis
from drillkit.model.scenario import Move, Outcome
from drillkit.model.when import AllOf, NoneOf, NotBefore, When

_LONG = 30.0
"""Minutes for which a move by the minute is taken to last when moves are weighed."""


def _moves_left(outcome: Outcome, kept: Kept) -> Iterator[Move]:
    """The moves whose condition can still hold."""
    for move in outcome.moves:
        if (when := remains(move.when, kept)) is not None:
            yield move.model_copy(update={"when": when})


def left_of(outcome: Outcome, kept: Kept) -> Outcome | None:
    """The outcome with the moves that are left, measured against what they can still do.

    None where these no longer part good play from none.

    Both ends of its range draw nearer to its start: what good play reaches by the share of the
    good moves that is left, what no play leads to by the share of the bad ones. A move by the
    minute weighs as if it lasted half an hour.
    """
    return _drawn(outcome, tuple(_moves_left(outcome, kept)), 1.0)


def _drawn(outcome: Outcome, moves: tuple[Move, ...], lasting: float) -> Outcome | None:
    """The outcome with these moves; bad ones by the minute last this share of their time."""
    upward = _upward(outcome)

    def share(sign: float) -> float:
        whole = sum(max(0.0, sign * upward * _weight(one)) for one in outcome.moves)
        part = lasting if sign < 0 else 1.0
        left = sum(max(0.0, sign * upward * _weight(one, part)) for one in moves)
        return left / whole if whole > 0 else 1.0

    def drawn(end: float) -> float:
        gain = (end - outcome.start) * upward
        return round(outcome.start + upward * gain * share(1.0 if gain > 0 else -1.0), 3)

    reference, null = drawn(outcome.reference), drawn(outcome.null)
    if reference == null:
        return None
    return outcome.model_copy(update={"moves": moves, "reference": reference, "null": null})


def _upward(outcome: Outcome) -> float:
    """1 where more of it is better, else -1."""
    return 1.0 if outcome.reference > outcome.null else -1.0


def _weight(move: Move, lasting: float = 1.0) -> float:
    return move.change + move.per_minute * _LONG * lasting


def at_pace(outcome: Outcome, pace: Pace, at: Callable[[When], When]) -> Outcome:
    """The outcome with each move at its new time; `at` puts a condition there.

    A good move by the minute moves by the script's minutes: quicker where the script is squeezed.
    A bad one lasts until somebody has acted, and people are no quicker: it moves as before, and
    less comes of it in all.
    """
    moves: list[Move] = []
    for move in outcome.moves:
        when = at(move.when)
        if move.per_minute * _upward(outcome) <= 0:
            moves.append(move.model_copy(update={"when": when}))
            continue
        if move.change:
            moves.append(Move(when=when, change=move.change))
        for start, end, squeeze in pace.stretches():
            within = _within(when, start, end)
            moves.append(Move(when=within, per_minute=round(move.per_minute * squeeze, 4)))
    drawn = _drawn(outcome, outcome.moves, LENGTH / max(pace.times)) or outcome
    return drawn.model_copy(update={"moves": tuple(moves)})


def _within(when: When, start: Millis, end: Millis | None) -> When:
    parts: list[When] = [when]
    if start:
        parts.append(NotBefore(not_before=start))
    if end is not None:
        parts.append(NoneOf(none=(NotBefore(not_before=end),)))
    return when if len(parts) == 1 else AllOf(all=tuple(parts))
