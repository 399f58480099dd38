"""What somebody is putting down for one item of a form, and the answer that it makes."""

from dataclasses import dataclass

from drillkit.model.events import Answer
from drillkit.model.form import (
    NOT_APPLICABLE,
    UNRATED,
    CheckItem,
    ChoiceItem,
    DeductItem,
    Item,
    PointsItem,
    ScaleItem,
    WordsItem,
)
from drillkit.model.text import Prose, TextTooLong
from drillkit.ui.drafts import Draft

SCALE = ("1", "2", "3", "4", "5")


@dataclass(frozen=True, slots=True)
class Put:
    """An answer while it is written: its number is still text, and may be none yet."""

    choice: str = ""
    number: str = ""
    text: str = ""
    why: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.choice or self.number or self.text.strip())


@dataclass(frozen=True, slots=True)
class Slip:
    """What keeps it from being an answer: a words key and its values."""

    said: str
    values: dict[str, object]


def put_of(answer: Answer | None) -> Put:
    """What has been put down already, to be gone on with."""
    if answer is None:
        return Put()
    number = "" if answer.number is None else f"{answer.number:g}"
    return Put(answer.choice, number, answer.text, answer.why)


def draft_of(put: Put) -> Draft:
    """It as a draft; one that is empty is kept too: somebody wants nothing there."""
    return (put.choice, put.number, put.why), put.text


def from_draft(draft: Draft) -> Put:
    """What `draft_of` was made of."""
    (choice, number, why), text = draft
    return Put(choice, number, text, why)


def values(item: Item) -> tuple[str, ...]:
    """What may be chosen for the item by a digit, in order."""
    match item:
        case ChoiceItem():
            return tuple(option.id for option in item.options)
        case CheckItem():
            return ("yes", "no")
        case ScaleItem():
            return SCALE
        case PointsItem() | DeductItem() | WordsItem():
            return ()


def unrated(item: Item) -> tuple[str, ...]:
    """What may be said of the item in place of a value."""
    match item:
        case ChoiceItem() | CheckItem():
            return UNRATED
        case PointsItem():
            return UNRATED if item.optional else tuple(set(UNRATED) - {NOT_APPLICABLE})
        case DeductItem() | ScaleItem() | WordsItem():
            return ()


def takes_off(item: Item, put: Put) -> bool:
    """Points are taken off, which has a reason."""
    number = _number(put.number)
    match item:
        case PointsItem():
            return number is not None and number < item.most
        case DeductItem():
            return bool(number)
        case _:
            return False


def answer_of(item: Item, put: Put) -> Answer | Slip | None:
    """The answer, what keeps it from being one, or None for an item that was left empty."""
    if put.is_empty:
        return None
    number = _number(put.number)
    match item:
        case PointsItem() if not put.choice:
            steps = -1 if number is None else number / item.step
            if number is None or not 0 <= number <= item.most or abs(steps - round(steps)) > 1e-9:
                return Slip(
                    "form.slip-points", {"most": f"{item.most:g}", "step": f"{item.step:g}"}
                )
            if number < item.most and not put.why.strip():
                return Slip("form.slip-reason", {})
        case DeductItem() if number is None or number != int(number):
            return Slip("form.slip-times", {})
        case _:
            pass
    try:
        text, why = Prose(put.text), Prose(put.why if takes_off(item, put) else "")
    except TextTooLong as long:
        return Slip("ui.too-long", {"length": long.length, "limit": long.limit})
    return Answer(item=item.id, choice=put.choice, number=number, text=text, why=why)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
