"""What is left of a condition once some of what it names has been left out."""

from collections.abc import Callable, Collection, Mapping

from drillkit.core.conditions import leaves
from drillkit.model.when import (
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    Delivered,
    Knows,
    MilestoneReached,
    NoneOf,
    NotBefore,
    OutcomeAbove,
    Overdue,
    Released,
    Reported,
    Stated,
    When,
)

Kept = Mapping[str, Collection[str]]
"""The ids that stay, by the kind of thing: "inject", "fact", "need" and so on."""


def remains(when: When, kept: Kept, *, strict: bool = False) -> When | None:
    """The condition without what is not there any more; None when it can hold no longer.

    A `none` loses the parts that can no longer happen. One that has lost all of them, so that only
    time would bring about what hangs on it, leaves nothing. With `strict` it may lose no part at
    all: what is left out may have been the remedy.
    """
    match when:
        case AllOf():
            return _all(when, kept, strict=strict)
        case AnyOf(any=parts):
            left = _left(parts, kept, strict=strict)
            return AnyOf(any=left) if left else None
        case AtLeast(at_least=n, of=parts):
            left = _left(parts, kept, strict=strict)
            return AtLeast(at_least=n, of=left) if len(left) >= n else None
        case NoneOf(none=parts):
            left = _left(parts, kept, strict=strict)
            lost = len(left) < len(parts)
            return None if not left or (strict and lost) else NoneOf(none=left)
        case _:
            return when if _is_there(when, kept) else None


def _left(parts: tuple[When, ...], kept: Kept, *, strict: bool) -> tuple[When, ...]:
    found = (remains(part, kept, strict=strict) for part in parts)
    return tuple(part for part in found if part is not None)


def _all(when: AllOf, kept: Kept, *, strict: bool) -> When | None:
    left: list[When] = []
    for part in when.all:
        rest = remains(part, kept, strict=strict)
        if rest is not None:
            left.append(rest)
        elif strict or not isinstance(part, NoneOf):
            return None
    if len(left) < len(when.all) and all(map(_is_time, left)):
        return None
    return AllOf(all=tuple(left))


def _is_time(when: When) -> bool:
    """Time alone brings it about."""
    return all(isinstance(part, NotBefore) for part in leaves(when))


def _is_there(when: When, kept: Kept) -> bool:
    match when:
        case Answered(answered=name) | Released(released=name) | Overdue(overdue=name):
            return name in kept["inject"]
        case MilestoneReached(milestone=name):
            return name in kept["milestone"]
        case Knows(fact=name) | Stated(stated=name):
            return name in kept["fact"]
        case Delivered(delivered=name):
            return name in kept["need"]
        case Reported(reported=name):
            return name in kept["report"]
        case OutcomeAbove(outcome=name):
            return name in kept["outcome"]
        case _:
            return True


def at_other_times(when: When, at: Callable[[int], int]) -> When:
    """The condition with each `not_before` moved to where `at` puts it (ms, ms)."""

    def each(parts: tuple[When, ...]) -> tuple[When, ...]:
        return tuple(at_other_times(part, at) for part in parts)

    match when:
        case AllOf(all=parts):
            return AllOf(all=each(parts))
        case AnyOf(any=parts):
            return AnyOf(any=each(parts))
        case NoneOf(none=parts):
            return NoneOf(none=each(parts))
        case AtLeast(at_least=n, of=parts):
            return AtLeast(at_least=n, of=each(parts))
        case NotBefore(not_before=time):
            return NotBefore(not_before=at(time))
        case _:
            return when
