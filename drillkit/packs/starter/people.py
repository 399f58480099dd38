"""Who the roles of a new plan are, and who of them takes which part of a story."""

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Final

from drillkit.model.function import FUNCTIONS, Function
from drillkit.packs.starter.frame import Frame, Said
from drillkit.packs.starter.wish import Post

_MAY: Final[Mapping[Function, tuple[str, ...]]] = {
    "commander": ("command", "report", "release"),
    "deputy": ("command", "report"),
    "liaison": ("report",),
    "supplies": ("supply",),
    "transport": ("supply",),
    "spokesperson": ("release",),
    "customer-liaison": ("notify",),
}
_NEAREST: Final[Mapping[str, tuple[Function, ...]]] = {
    "commands": ("commander",),
    "scene": ("on-scene", "technical", "medical", "supplies", "transport", "deputy"),
    "supplies": ("supplies", "transport", "technical", "on-scene", "deputy"),
    "reports": ("liaison", "deputy", "spokesperson", "customer-liaison"),
    "speaks": ("spokesperson", "liaison", "customer-liaison", "deputy"),
    "keeps": ("deputy", "liaison", "on-scene", "technical", "customer-liaison", "spokesperson"),
    "cares": ("customer-liaison", "liaison", "spokesperson", "deputy"),
}
"""Who takes a part of the story: the first of these functions that there is, else the first role
that does not command."""
_PERMITS: Final = {
    "supplies": "supply",
    "reports": "report",
    "speaks": "release",
    "cares": "notify",
}


def holders_of(posts: Sequence[Post]) -> dict[str, str]:
    """Who takes each part of a story."""
    others = [post.id for post in posts if "commander" not in post.functions]
    first = others[0] if others else posts[-1].id
    return {
        part: next(
            (post.id for function in wanted for post in posts if function in post.functions), first
        )
        for part, wanted in _NEAREST.items()
    }


def people(frame: Frame, posts: Sequence[Post], partner: Said | None = None) -> dict[str, object]:
    """What the plan's template says of roles, and of the plan's clauses."""
    holders = holders_of(posts)
    commander = holders["commands"]
    roles = [
        SimpleNamespace(
            id=post.id,
            functions=post.functions,
            title=_title(frame, post),
            duties=frame.word(f"duty.{post.functions[0]}"),
            commands=post.id == commander,
            in_post=place < 2 or post.id == commander,
            alternates=[_deputy(posts, commander)] if post.id == commander else [],
            may=_permissions(post, holders),
        )
        for place, post in enumerate(posts)
    ]
    outside = [
        SimpleNamespace(
            id="authority",
            title=frame.word("common.authority"),
            duties=frame.word("common.authority-duties"),
        ),
        SimpleNamespace(
            id="press", title=frame.word("common.press"), duties=frame.word("common.press-duties")
        ),
    ]
    if partner is not None:
        duties = frame.story("partner-duties")
        outside.insert(0, SimpleNamespace(id="partner", title=partner, duties=duties))
    abouts = (("call", "arrival"), ("supply", "supplies"), ("report", "information"))
    clauses = [
        SimpleNamespace(id=f"clause-{id}", title=frame.word(f"common.clause-{id}"), about=about)
        for id, about in (*abouts, ("public", "release"))
    ]
    return {
        "roles": roles,
        "outside": outside,
        "clauses": clauses,
        "holders": holders,
        "functions": ", ".join(FUNCTIONS),
    }


def _title(frame: Frame, post: Post) -> Said:
    if post.id == post.functions[0]:
        return frame.word(f"role.{post.id}")
    return frame.given(post.id.replace("-", " ").capitalize())


def _deputy(posts: Sequence[Post], commander: str) -> str:
    deputies = [post.id for post in posts if "deputy" in post.functions and post.id != commander]
    return deputies[0] if deputies else next(post.id for post in posts if post.id != commander)


def _permissions(post: Post, holders: Mapping[str, str]) -> list[str]:
    own = [permission for function in post.functions for permission in _MAY.get(function, ())]
    own += [may for part, may in _PERMITS.items() if holders[part] == post.id]
    return list(dict.fromkeys(own))
