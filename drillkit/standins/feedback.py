"""What a stand-in says of the drill: it agrees more, the more practised it is. No words of its own.

It is a sample of what people would hand in, told apart from theirs by its hand.
"""

from collections.abc import Iterator

from drillkit.model.base import Line
from drillkit.model.commands import FillForm
from drillkit.model.events import Answer
from drillkit.model.form import Form, ScaleItem
from drillkit.standins.person import VIA, Person

_BY_SKILL = ((3.0, 4.0, 4.0, 2.0, 1.0), (0.5, 1.0, 2.0, 5.0, 4.0))
"""How much each place on the scale weighs for the untrained and for the practised."""


def fill_in(person: Person, form: Form) -> None:
    """Hand the form in, as far as it asks for agreement."""
    if answers := tuple(_answers(person, form)):
        person.desk.say(FillForm(form=form.id, answers=answers, filler=Line(VIA)))


def _answers(person: Person, form: Form) -> Iterator[Answer]:
    skill = person.habits.skill
    weights = [low + skill * (high - low) for low, high in zip(*_BY_SKILL, strict=True)]
    for item in form.items():
        if isinstance(item, ScaleItem):
            place = person.dice(f"{form.id}/{item.id}").one_of(weights)
            yield Answer(item=item.id, number=place + 1)
