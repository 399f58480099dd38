"""A fault in a pack, or advice on it, as a value: where it stands, its code, its sentence."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final, Literal

from drillkit.words import say

FAULTS: Final[Mapping[str, str]] = {
    # DK10x: the files
    "packs.not-a-folder": "DK101",
    "packs.no-scenario": "DK102",
    "packs.no-plan": "DK103",
    "packs.leads-out": "DK104",
    "packs.too-big": "DK105",
    "packs.unreadable": "DK106",
    "packs.not-utf8": "DK107",
    "packs.syntax": "DK108",
    "packs.odd-marks": "DK108",
    "packs.odd-blank": "DK108",
    "packs.odd-character": "DK108",
    "packs.quote-open": "DK108",
    "packs.inner-quote": "DK108",
    "packs.unquoted": "DK108",
    "packs.backslash": "DK108",
    "packs.block-open": "DK108",
    "packs.block-ran-on": "DK108",
    "packs.list-open": "DK108",
    "packs.brace-open": "DK108",
    "packs.no-comma": "DK108",
    "packs.last-comma": "DK108",
    "packs.no-value": "DK108",
    "packs.no-equals": "DK108",
    "packs.no-statement": "DK108",
    "packs.too-much": "DK108",
    "packs.brackets": "DK108",
    "packs.no-header": "DK108",
    "packs.one-bracket": "DK108",
    "packs.part-first": "DK108",
    "packs.too-deep": "DK109",
    "packs.key-twice": "DK110",
    "packs.table-twice": "DK110",
    "packs.zip-broken": "DK171",
    "packs.zip-too-big": "DK172",
    "packs.zip-too-many": "DK172",
    "packs.zip-file-too-big": "DK172",
    "packs.zip-leads-out": "DK173",
    "packs.zip-link": "DK173",
    "packs.zip-locked": "DK174",
    "packs.zip-no-pack": "DK175",
    "packs.zip-many-packs": "DK175",
    "packs.include-unknown": "DK181",
    "packs.include-no-pack": "DK181",
    "packs.include-leads-out": "DK182",
    "packs.include-circle": "DK183",
    "packs.include-too-deep": "DK184",
    "packs.include-own-id": "DK185",
    "packs.include-misfit": "DK186",
    "packs.drop-alone": "DK187",
    "packs.drop-unknown": "DK188",
    # DK11x to DK13x: the shape of what they say
    "packs.unknown-key": "DK111",
    "packs.missing-key": "DK112",
    "packs.missing-half": "DK113",
    "packs.need-both": "DK114",
    "packs.need-text": "DK115",
    "packs.need-integer": "DK115",
    "packs.need-number": "DK115",
    "packs.need-boolean": "DK115",
    "packs.need-list": "DK115",
    "packs.need-tables": "DK115",
    "packs.need-table": "DK115",
    "packs.duration": "DK116",
    "packs.duration-unit": "DK116",
    "packs.duration-too-long": "DK117",
    "packs.not-one-of": "DK118",
    "packs.condition": "DK119",
    "packs.bad-id": "DK120",
    "packs.bad-story-time": "DK121",
    "packs.blank": "DK122",
    "packs.text-too-long": "DK123",
    "packs.too-few": "DK124",
    "packs.not-above": "DK125",
    "packs.below-least": "DK125",
    "packs.not-below": "DK125",
    "packs.above-most": "DK125",
    "packs.not-finite": "DK125",
    "packs.other-shape": "DK139",
    # DK14x: a form by itself
    "packs.form-not-falling": "DK141",
    "packs.form-no-points": "DK142",
    "packs.form-no-measure": "DK143",
    "packs.form-one-less": "DK144",
    "packs.form-steps": "DK145",
    "packs.form-kept-id": "DK146",
    "packs.form-twice": "DK147",
    "packs.form-item-twice": "DK147",
    # DK15x: a weight set by itself
    "packs.weights-nothing": "DK151",
    "packs.cutoffs-order": "DK152",
    # DK16x: a file of evaluators by itself
    "packs.evaluators-unknown": "DK161",
    "packs.evaluators-twice": "DK162",
    "packs.evaluators-two-leads": "DK163",
    # DK2xx: names
    "packs.unknown-role": "DK201",
    "packs.unknown-group": "DK202",
    "packs.unknown-item": "DK203",
    "packs.unknown-site": "DK204",
    "packs.unknown-depot": "DK205",
    "packs.unknown-vehicle": "DK206",
    "packs.unknown-need": "DK207",
    "packs.unknown-fact": "DK208",
    "packs.unknown-inject": "DK209",
    "packs.unknown-option": "DK210",
    "packs.unknown-milestone": "DK211",
    "packs.unknown-outcome": "DK212",
    "packs.unknown-objective": "DK213",
    "packs.unknown-target": "DK214",
    "packs.unknown-task": "DK215",
    "packs.unknown-clause": "DK216",
    "packs.unknown-rule": "DK217",
    "packs.unknown-report": "DK218",
    "packs.unknown-customer": "DK219",
    "packs.twice": "DK230",
    "packs.reserved-role": "DK231",
    # DK30x to DK32x: sense of one thing by itself
    "packs.limit-before-target": "DK301",
    "packs.first-phase": "DK302",
    "packs.phase-order": "DK303",
    "packs.after-the-end": "DK304",
    "packs.after-the-end-clock": "DK304",
    "packs.due-after-the-end": "DK305",
    "packs.inject-without-start": "DK306",
    "packs.need-without-start": "DK307",
    "packs.expect-lacks": "DK308",
    "packs.expect-not-addressed": "DK309",
    "packs.no-answer-possible": "DK310",
    "packs.effect-lacks": "DK311",
    "packs.no-commander": "DK312",
    "packs.quorum": "DK313",
    "packs.terminal-emoji": "DK314",
    "packs.outcome-without-range": "DK315",
    "packs.outcome-without-bound": "DK316",
    "packs.more-than-parts": "DK317",
    # DK33x to DK34x: what can never happen
    "packs.never-overdue": "DK330",
    "packs.never-answered-by": "DK331",
    "packs.waits-for-itself": "DK332",
    "packs.unreachable": "DK333",
    "packs.no-stock": "DK334",
    "packs.no-route": "DK335",
    "packs.too-far": "DK336",
    "packs.not-entitled": "DK337",
    "packs.never-released": "DK338",
    # DK35x: what is never used or seen
    "packs.objective-without-target": "DK351",
    "packs.target-without-task": "DK352",
    "packs.task-without-evidence": "DK353",
    # DK36x: the short form
    "packs.short-nothing": "DK361",
    "packs.short-full": "DK362",
    "packs.fact-without-inject": "DK354",
    # DK37x: what a scenario needs and another plan lacks
    "packs.lacks-role": "DK371",
    "packs.lacks-function": "DK371",
    "packs.lacks-permission": "DK372",
    "packs.map-no-part": "DK373",
    "packs.map-no-role": "DK374",
    "packs.map-outside": "DK375",
}
"""The sentence key of every fault, and its code."""

ADVICE: Final[Mapping[str, str]] = {
    # DK40x: the pace of the script
    "packs.reading-load": "DK401",
    "packs.pile-up": "DK402",
    "packs.role-gap": "DK403",
    "packs.drill-gap": "DK404",
    # DK41x: what hangs in the air
    "packs.inject-without-action": "DK411",
    "packs.task-unexercised": "DK412",
    "packs.fact-for-nobody": "DK413",
    "packs.outcome-unmoved": "DK414",
    "packs.need-beyond-stock": "DK415",
    # DK42x: the two halves of a text
    "packs.number-lacks-en": "DK421",
    "packs.number-lacks-zh": "DK421",
    "packs.name-lacks-en": "DK422",
    "packs.name-lacks-zh": "DK422",
    "packs.untranslated-en": "DK423",
    "packs.untranslated-zh": "DK423",
    # DK43x: how a text is set
    "packs.half-width": "DK431",
    "packs.full-width": "DK432",
    "packs.trailing-blanks": "DK433",
    "packs.too-wide": "DK434",
    "packs.odd-glyph": "DK435",
    # DK46x: how a value is written
    "packs.clock-duration": "DK461",
    "packs.clock-plain": "DK461",
    "packs.urgency": "DK462",
    # DK44x: what another plan had better have for a scenario
    "packs.poorer-role": "DK441",
    "packs.poorer-double": "DK442",
    "packs.poorer-rule": "DK443",
    "packs.poorer-customer": "DK444",
    "packs.poorer-release": "DK445",
    "packs.poorer-site": "DK451",
    "packs.poorer-effect": "DK452",
    "packs.poorer-stock": "DK453",
    "packs.poorer-route": "DK454",
    "packs.poorer-far": "DK455",
    "packs.poorer-quantity": "DK456",
}
"""The sentence key of every piece of advice, and its code."""

CODES: Final[Mapping[str, str]] = {**FAULTS, **ADVICE}
"""Every diagnostic. A code never changes its meaning."""

Severity = Literal["fault", "advice"]

_SHOWN: Final = 80


def shown(value: object, *, most: int = _SHOWN) -> str:
    """`value` as a sentence may quote it: one printable line, at most `most` characters."""
    text = "".join(
        char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in str(value)
    )
    return text if len(text) <= most else text[: most - 1] + "…"


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The one of `names` that is spelled most like `name`, if one is close."""
    close = get_close_matches(name, sorted(names), n=1, cutoff=0.6)
    return close[0] if close else None


_NAME: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def as_name(written: str) -> str | None:
    """What was written, as the name that it should be: "Chief Nurse" as "chief-nurse"."""
    name = re.sub(r"[\s_-]+", "-", written.strip().lower()).strip("-")
    return name if _NAME.fullmatch(name) else None


def only_near(name: str, names: Iterable[str]) -> str | None:
    """The one of `names` that is spelled like `name`; None where there are several, or none."""
    close = get_close_matches(name, sorted(names), n=2, cutoff=0.6)
    return close[0] if len(close) == 1 else None


_LEAST_PART: Final = 4
_LEAST_LETTERS: Final = 6


def is_slip(name: str, near: str) -> bool:
    """Whether `name` can only be `near` with one slip of the fingers.

    One letter is too many, missing, wrong, or has changed places with its neighbour, in a word of
    four letters or more: "ward-a" and "ward-b", or "store-1" and "store-2", are two names. Where a
    letter is missing, the word may have three, in a name of six: "next-wrd".
    """
    ours, theirs = name.split("-"), near.split("-")
    if len(ours) != len(theirs):
        return False
    differ = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    if len(differ) != 1:
        return False
    own, other = differ[0]
    short, long = sorted((len(own), len(other)))
    is_word = short >= _LEAST_PART or (
        long >= _LEAST_PART and len(name.replace("-", "")) >= _LEAST_LETTERS
    )
    return is_word and (own + other).isalpha() and _is_one_apart(own, other)


def _is_one_apart(own: str, other: str) -> bool:
    at = next((n for n, (a, b) in enumerate(zip(own, other, strict=False)) if a != b), None)
    if at is None:
        return abs(len(own) - len(other)) == 1
    rests = {own[at + 1 :], own[at:]}, {other[at + 1 :], other[at:]}
    swapped = own[at : at + 2] == other[at : at + 2][::-1] and own[at + 2 :] == other[at + 2 :]
    same_length = len(own) == len(other)
    if same_length:
        return swapped or own[at + 1 :] == other[at + 1 :]
    return bool(rests[0] & rests[1])


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A fault or a piece of advice. `line` and `col` from 1, `col` and `width` in characters.

    `within` is the fault that this one leads to in a file that the pack builds on. `mend` is what
    may take the place of the `width` characters without anybody's judgement.
    """

    path: Path
    line: int
    col: int
    width: int
    code: str
    key: str
    values: Mapping[str, str]
    within: "Diagnostic | None" = None
    mend: str | None = None

    @property
    def severity(self) -> Severity:
        """A fault keeps the pack from being played; advice would make it better."""
        return "advice" if self.key in ADVICE else "fault"

    @property
    def place(self) -> tuple[Path, int, int, str]:
        """What tells it from every other fault."""
        return self.path, self.line, self.col, self.code

    def sentence(self, lang: str) -> str:
        """What is wrong, and how to put it right where that is known."""
        inner = {"said": self.within.sentence(lang)} if self.within else {}
        said = say(lang, self.key, **self.values, **inner)
        if near := self.values.get("nearest"):
            said += say(lang, "packs.did-you-mean", nearest=near)
        elif known := self.values.get("known"):
            said += say(lang, "packs.known", known=known)
        return said


class PackFaults(Exception):
    """The pack cannot be played; `diagnostics` says why, all of it, in the order of the files."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__("; ".join(fault.sentence("en") for fault in diagnostics))
        self.diagnostics = diagnostics
