"""A plan's file with accepted changes in it: comments and order stay, and a diff says the why."""

from collections.abc import Iterable, Mapping, MutableMapping
from difflib import unified_diff
from typing import Any, NamedTuple

import tomlkit

from drillkit.lessons import toml
from drillkit.lessons.proposals import Edit, Proposal

_AROUND = 2
"""Lines of the file shown before and after a change."""


class Change(NamedTuple):
    """An accepted proposal, and what it does to the file: lines of a unified diff."""

    proposal: Proposal
    diff: tuple[str, ...]


def revised(text: str, accepted: Iterable[Proposal]) -> tuple[str, list[Change]]:
    """The plan's file with these proposals put in one after the other."""
    changes: list[Change] = []
    document = tomlkit.parse(text)
    for proposal in accepted:
        for edit in proposal.edits:
            _put(document, edit)
        after = tomlkit.dumps(document)
        lines = unified_diff(text.splitlines(), after.splitlines(), lineterm="", n=_AROUND)
        changes.append(Change(proposal, tuple(lines)[2:]))
        text = after
    return text, changes


def _put(document: Any, edit: Edit) -> None:
    *above, name = edit.where
    into = document
    for part in above:
        into = into[part]
    if edit.content is None:
        into.pop(name, None)
    elif edit.how == "more":
        _add(into, str(name), edit.content)
    elif edit.how == "by":
        into[name] += edit.content
    elif isinstance(edit.content, Mapping):
        into[name] = toml.table(edit.content)
    else:
        into[name] = edit.content


def _add(into: MutableMapping[str, Any], name: str, content: Any) -> None:
    """Put one more into the list `name`, which may not be there yet."""
    if name in into:
        into[name].append(toml.table(content) if isinstance(content, Mapping) else content)
    elif isinstance(content, Mapping):
        listed = tomlkit.aot()
        listed.append(toml.table(content))
        into[name] = listed
    else:
        into[name] = [content]
