"""A condition of the script, said in words."""

from typing import assert_never

from drillkit.core.book import Book
from drillkit.core.clocks import face
from drillkit.model.when import (
    AllOf,
    Answered,
    AnyOf,
    Arrived,
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
from drillkit.words import listing, say

_ANSWERED = {
    (False, False): "control.when.answered",
    (True, False): "control.when.answered-by",
    (False, True): "control.when.answered-so",
    (True, True): "control.when.answered-by-so",
}


def in_words(when: When, book: Book) -> str:
    """The condition as a clause that can follow "when"."""
    lang = book.lang
    match when:
        case AllOf():
            return _joined(when.all, "control.when.and", book)
        case AnyOf():
            return _joined(when.any, "control.when.or", book)
        case NoneOf():
            return say(lang, "control.when.none", parts=_joined(when.none, "control.when.or", book))
        case AtLeast():
            parts = listing(lang, [_part(part, book) for part in when.of])
            return say(lang, "control.when.at-least", count=when.at_least, parts=parts)
        case NotBefore():
            return say(lang, "control.when.not-before", time=face(when.not_before))
        case MilestoneReached():
            title = book("milestone", when.milestone)
            return say(lang, "control.when.milestone", title=title)
        case Answered():
            return _answered(when, book)
        case Released():
            return say(lang, "control.when.released", title=book("inject", when.released))
        case Overdue():
            return say(lang, "control.when.overdue", title=book("inject", when.overdue))
        case Arrived():
            return say(lang, "control.when.arrived", role=book("role", when.arrived))
        case Knows():
            role, fact = book("role", when.knows), book("fact", when.fact)
            return say(lang, "control.when.knows", role=role, fact=fact)
        case Delivered():
            title, share = book("need", when.delivered), round(100 * when.share)
            return say(lang, "control.when.delivered", title=title, share=share)
        case Reported():
            return say(lang, "control.when.reported", title=book("due", when.reported))
        case Stated():
            return say(lang, "control.when.stated", title=book("fact", when.stated))
        case OutcomeAbove():
            return _beyond(when, book)
        case never:
            assert_never(never)


def _joined(parts: tuple[When, ...], word: str, book: Book) -> str:
    return say(book.lang, word).join(_part(part, book) for part in parts)


def _part(part: When, book: Book) -> str:
    words = in_words(part, book)
    several = isinstance(part, AllOf | AnyOf) and len(_parts(part)) > 1
    return say(book.lang, "control.when.part", part=words) if several else words


def _parts(when: AllOf | AnyOf) -> tuple[When, ...]:
    return when.all if isinstance(when, AllOf) else when.any


def _answered(when: Answered, book: Book) -> str:
    key = _ANSWERED[when.role is not None, when.option is not None]
    inject = book.script.injects.get(when.answered)
    options = inject.options if inject else ()
    option = next((one.title.in_(book.lang) for one in options if one.id == when.option), "")
    return say(
        book.lang,
        key,
        title=book("inject", when.answered),
        role=book("role", when.role or ""),
        option=option or when.option or "",
    )


def _beyond(when: OutcomeAbove, book: Book) -> str:
    title = book("outcome", when.outcome)
    bounds = []
    if when.above is not None:
        bounds.append(say(book.lang, "control.when.above", title=title, value=f"{when.above:g}"))
    if when.below is not None:
        bounds.append(say(book.lang, "control.when.below", title=title, value=f"{when.below:g}"))
    return say(book.lang, "control.when.and").join(bounds)
