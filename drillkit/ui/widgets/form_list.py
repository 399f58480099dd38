"""The forms of a drill as rows, and what there is to say of each: who handed it in, and what."""

from collections.abc import Sequence

from textual.content import Content

from drillkit.core.clocks import face
from drillkit.core.names import Names
from drillkit.core.records import Mark
from drillkit.core.state import State
from drillkit.model.base import Lang
from drillkit.model.events import FormFilled
from drillkit.model.form import ChoiceItem, Form, Item, ScaleItem
from drillkit.model.weights import Cutoffs
from drillkit.ui.widgets.columns import STYLES, gauge
from drillkit.ui.widgets.feed import Row
from drillkit.words import say
from scoring.forms import AGREES, ItemSummary, summary, total

Parts = list[str | tuple[str, str]]
Filled = Sequence[tuple[Mark, FormFilled]]

_BAR = 10


def all_forms(state: State) -> tuple[Form, ...]:
    """The forms that this drill was opened with, and those handed out since."""
    opened = state.opened.forms if state.opened else ()
    return tuple({form.id: form for form in (*opened, *state.forms.values())}.values())


def filled_in(state: State, form: Form) -> Filled:
    """What has been handed in of this form, as it holds now, in the order of handing in."""
    found = [one for (id, _), one in state.filled.items() if id == form.id]
    return sorted(found, key=lambda one: one[0].seq)


def people(state: State) -> int:
    """How many participants sat at a terminal when the drill ended, or came since."""
    players = {role.id for role in state.plan.roles}
    end = state.ended.at if state.ended else state.at
    return sum(
        seat.role in players and (seat.left is None or seat.left.at >= end)
        for seat in state.seats.values()
    )


def form_row(form: Form, state: State, lang: Lang) -> Row:
    """A form by its title, with how many have handed it in."""
    n = len(filled_in(state, form))
    of = max(n, people(state)) if form.audience == "participant" else 0
    count = say(lang, "form.count-of", n=n, of=of) if of else say(lang, "form.count", n=n)
    who = say(lang, f"form.for-{form.audience}")
    left = ((" ", ""), (form.title.in_(lang), "strong"))
    return Row((left, ((f"   {who}", "dim"),)), (((f"{count} ", "done" if n else "dim"),),))


def form_details(form: Form, state: State, names: Names, cutoffs: Cutoffs, lang: Lang) -> Content:
    """Who has handed the form in and what it comes to, or what participants say."""
    filled = filled_in(state, form)
    parts: Parts = [(form.title.in_(lang), "bold"), "\n"]
    if state.ended is None:
        return Content.assemble(*parts, say(lang, "form.after-end"))
    if not filled:
        return Content.assemble(*parts, say(lang, "form.none-yet"))
    if form.audience == "participant":
        return Content.assemble(*parts, *_said(form, filled, lang))
    for mark, one in filled:
        who = one.filler or (names.role(one.role, lang) if one.role else say(lang, "form.nobody"))
        line = say(lang, "form.by", who=who, time=face(mark.at), entry=mark.seq)
        parts += [line, "\n"]
        sum_ = total(form, one.answers, cutoffs)
        if sum_.score is not None:
            values = {"score": f"{sum_.score:.2f}", "coverage": f"{sum_.coverage:.0%}"}
            parts += ["   ", say(lang, "form.score", **values)]
            if sum_.grade is not None:
                parts.append((say(lang, f"result.grade-{sum_.grade}"), "bold"))
            parts.append("\n")
    return Content.assemble(*parts)


def _said(form: Form, filled: Filled, lang: Lang) -> Parts:
    parts: Parts = [(say(lang, "form.never-scored"), "dim"), "\n"]
    for one in summary(form, [event for _, event in filled]):
        item = form.item(one.item)
        assert item is not None
        if not one.n:
            continue
        title = item.title.in_(lang)
        if isinstance(item, ScaleItem):
            parts += [*_scale(one, lang), f"  {title}\n"]
            continue
        counted = one.counts.items()
        parts += [(title, "bold"), "\n"]
        parts += [f"   · {text}\n" for text in one.texts]
        parts += [f"   {count}  {_chosen(item, choice, lang)}\n" for choice, count in counted]
    return parts


def _chosen(item: Item, choice: str, lang: Lang) -> str:
    """What the choice is called: an option of the item, or what may be said of every item."""
    options = item.options if isinstance(item, ChoiceItem) else ()
    title = next((option.title.in_(lang) for option in options if option.id == choice), None)
    return title or say(lang, f"form.{choice}")


def _scale(one: ItemSummary, lang: Lang) -> Parts:
    assert one.mean is not None
    assert one.share is not None
    bars = [(text, STYLES[tone]) for text, tone in gauge(one.share, _BAR, "done")]
    values = {"n": one.n, "mean": f"{one.mean:.1f}", "share": f"{one.share:.0%}", "from_": AGREES}
    return [*bars, " ", say(lang, "form.mean", **values)]
