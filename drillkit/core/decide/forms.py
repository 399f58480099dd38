"""Filling in a form: who may, under which name, and whether each answer is one its item knows."""

from drillkit.core.decide.settlement import must_be_draft, must_be_unsigned
from drillkit.core.script import Refused
from drillkit.core.state import State
from drillkit.model.base import EVALUATOR, FACILITATOR, OBSERVER, STAFF
from drillkit.model.commands import FillForm
from drillkit.model.events import Answer, FormFilled
from drillkit.model.form import (
    NOT_APPLICABLE,
    UNRATED,
    CheckItem,
    ChoiceItem,
    DeductItem,
    Form,
    Item,
    PointsItem,
    ScaleItem,
    WordsItem,
)

_GREATEST = 5
"""The far end of a scale."""


def decide_form(state: State, by: str, command: FillForm) -> list[FormFilled]:
    """The events that a filled form leads to; raises Refused with the first thing wrong in it."""
    if state.stage != "ended":
        raise Refused("form-after-end")
    form = state.forms.get(command.form)
    if form is None:
        raise Refused("unknown-form", form=command.form)
    if form.audience == "evaluator":
        must_be_unsigned(state)
    else:
        # What participants say is scored nowhere: one signature does not keep them from saying it.
        must_be_draft(state)
    if form.audience == "evaluator" and by not in (EVALUATOR, FACILITATOR):
        raise Refused("evaluator-only")
    # An entry tells which seat it came from: a form without a name comes from one that all share.
    if form.audience == "participant" and not command.filler and by != OBSERVER:
        raise Refused("anonymous-from-seat")
    if not command.answers:
        raise Refused("empty")
    seen = set[str]()
    for answer in command.answers:
        _must_fit(form, answer)
        if answer.item in seen:
            raise Refused("answered-twice", item=answer.item)
        seen.add(answer.item)
    role = command.role if by in STAFF else by
    return [
        FormFilled(
            form=form.id,
            filler=command.filler,
            role=role if command.filler else "",
            answers=command.answers,
        )
    ]


def _must_fit(form: Form, answer: Answer) -> None:
    item = form.item(answer.item)
    if item is None:
        raise Refused("unknown-form-item", item=answer.item)
    if not _fits(item, answer):
        raise Refused("answer-does-not-fit", item=_named(item))
    if (
        isinstance(item, PointsItem)
        and answer.number is not None
        and answer.number < item.most
        and not answer.why
    ):
        raise Refused("deduction-needs-reason", item=_named(item))


def _fits(item: Item, answer: Answer) -> bool:
    number = answer.number
    match item:
        case ChoiceItem():
            return answer.choice in {*(option.id for option in item.options), *UNRATED}
        case CheckItem():
            return answer.choice in ("yes", "no", *UNRATED)
        case PointsItem():
            if number is None:
                return answer.choice in UNRATED and (
                    item.optional or answer.choice != NOT_APPLICABLE
                )
            steps = number / item.step
            return 0 <= number <= item.most and abs(steps - round(steps)) < 1e-9
        case DeductItem():
            return number is not None and number >= 0 and number == int(number)
        case ScaleItem():
            return number in range(1, _GREATEST + 1)
        case WordsItem():
            return bool(answer.text)


def _named(item: Item) -> str:
    """A refusal is put into words where it is read; the title goes along in both languages."""
    return f"{item.title.en} / {item.title.zh}"
