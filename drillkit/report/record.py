"""The drill record form that the safety officer files: a header, ticked boxes, what is to mend."""

from collections.abc import Iterator
from dataclasses import dataclass

from drillkit.core.chronicle import sentence
from drillkit.core.names import headline
from drillkit.core.records import Mark
from drillkit.model.events import (
    Answer,
    DrillEnded,
    DrillStarted,
    FormFilled,
    GroupEstablished,
    InjectReleased,
    MilestoneReached,
    PhaseBegun,
    ReportFiled,
    StatementIssued,
    SuppliesDispatched,
)
from drillkit.model.form import UNRATED, CheckItem, ChoiceItem, Form, Item, PointsItem
from drillkit.packs.forms import forms
from drillkit.report.blocks import Block, Cell, Document, Grid, Paragraph, Section
from drillkit.report.drill import Drill, moment
from drillkit.report.lessons import LEVELS, lessons
from drillkit.report.pages import is_final, signatures, status
from drillkit.words import listing, say
from scoring.forms import proposed

FORM = "drill-record"
_TICKED, _EMPTY = "\N{BALLOT BOX WITH CHECK}", "\N{WHITE SQUARE}"
_MOST_STEPS, _MOST_TEXT = 30, 90
_MOST_PROBLEMS = 12
"""The weightiest; the report has them all."""
_TOLD = (
    DrillStarted,
    PhaseBegun,
    GroupEstablished,
    InjectReleased,
    MilestoneReached,
    ReportFiled,
    SuppliesDispatched,
    StatementIssued,
    DrillEnded,
)
"""What a description of the course of a drill tells."""
_SHARES = (1.0,) * 12


@dataclass(frozen=True, slots=True)
class Ticked:
    """The answer to one item of the form, and whether a person has confirmed it."""

    item: Item
    answer: Answer | None
    is_confirmed: bool


def record_form(drill: Drill) -> Document:
    """The form as a document of its own."""
    return Document(
        name="record",
        lang=drill.lang,
        title=_form(drill).title.in_(drill.lang),
        subject=drill.state.scenario.title.in_(drill.lang),
        under="",
        state=drill.say("state.final" if is_final(drill) else "state.draft"),
        is_final=is_final(drill),
        status=status(drill),
        confidential="",
        sections=(Section("record", "", "", form_blocks(drill)),),
    )


def form_blocks(drill: Drill) -> tuple[Block, ...]:
    """Who confirmed the ticks, and the form."""
    rows = (*_header(drill), *_items(drill), *_closing(drill))
    return (Paragraph(_confirmed_by(drill), "soft"), Grid("record", _SHARES, rows))


def ticks(drill: Drill) -> list[Ticked]:
    """Every item in order with its answer: a person's, else what the evidence proposes."""
    form, filled = _form(drill), _filled(drill)
    given = {answer.item: answer for answer in filled[1].answers} if filled else {}
    review = drill.state.review
    guessed = proposed(form, drill.assessment, review[1] if review else None)
    return [
        Ticked(item, given.get(item.id) or guessed.get(item.id), item.id in given)
        for item in form.items()
    ]


def _form(drill: Drill) -> Form:
    """The form that was handed out in this drill, else the one that comes with the program."""
    handed = drill.state.forms.get(FORM)
    return handed or next(form for form in forms() if form.id == FORM)


def _filled(drill: Drill) -> tuple[Mark, FormFilled] | None:
    """What a person put down last."""
    found = [one for one in drill.state.filled.values() if one[1].form == FORM]
    return max(found, key=lambda one: one[0].seq, default=None)


def _confirmed_by(drill: Drill) -> str:
    filled = _filled(drill)
    if filled is None:
        return _say(drill, "unconfirmed-about")
    mark, event = filled
    who = event.filler or drill.names.person(mark, drill.lang)
    return _say(drill, "confirmed-by", who=who)


def _say(drill: Drill, key: str, **values: object) -> str:
    return say(drill.lang, f"record.{key}", **values)


# -- header ----------------------------------------------------------------------------------------


def _header(drill: Drill) -> Iterator[tuple[Cell, ...]]:
    plan, lang, names = drill.state.plan, drill.lang, drill.names
    sites = listing(lang, [names.site(site.id, lang) for site in plan.sites])
    commanders = names.roles([role.id for role in plan.roles if role.commander], lang)
    yield _pair(drill, "plan", plan.title.in_(lang), "place", sites)
    yield _pair(drill, "organiser", plan.organisation.in_(lang), "commander", commanders)
    yield _whole(drill, "time", _time(drill))
    yield _whole(drill, "parties", _parties(drill))
    yield _whole(drill, "category", _category(drill))
    yield _whole(drill, "practised", _practised(drill))
    yield _whole(drill, "preparation", _preparation(drill))
    yield _whole(drill, "course", _course(drill))


def _pair(drill: Drill, first: str, one: str, second: str, other: str) -> tuple[Cell, ...]:
    return (_label(drill, first), Cell(one, across=4), _label(drill, second), Cell(other, across=4))


def _whole(drill: Drill, key: str, text: str) -> tuple[Cell, ...]:
    return (_label(drill, key), Cell(text, "prose", across=10))


def _label(drill: Drill, key: str, across: int = 2) -> Cell:
    return Cell(_say(drill, key), across=across, is_label=True)


def _time(drill: Drill) -> str:
    return _say(drill, "from", began=f"{drill.began:%Y-%m-%d %H:%M}", played=moment(drill.end_at))


def _parties(drill: Drill) -> str:
    """Each group with as many of its roles as took part."""
    played = _played(drill)
    groups: dict[str, int] = {}
    for role in drill.state.plan.players():
        if role.id in played:
            title = drill.names.group(role.group, drill.lang) if role.group else ""
            title = title or drill.names.role(role.id, drill.lang)
            groups[title] = groups.get(title, 0) + 1
    each = [_say(drill, "party", who=who, n=n) for who, n in groups.items()]
    return _say(drill, "parties-all", each=listing(drill.lang, each), n=len(played))


def _played(drill: Drill) -> set[str]:
    """The roles of the plan that did something, or that somebody sat down for."""
    players = {role.id for role in drill.state.plan.players()}
    seated = {seat.role for seat in drill.state.seats.values()}
    return ({entry.by for entry in drill.entries} | seated) & players


def _category(drill: Drill) -> str:
    """A tabletop drill; of the whole plan where it was not cut short and every role took part."""
    opened = drill.state.opened
    assert opened is not None
    is_whole = not opened.short and len(_played(drill)) == len(drill.state.plan.players())
    kinds = (("live", False), ("tabletop", True), ("discussion", False))
    extents = (("whole-plan", is_whole), ("part-plan", not is_whole))
    lines = [
        "  ".join(_box(_say(drill, f"category-{name}"), ticked) for name, ticked in line)
        for line in (kinds, extents)
    ]
    return "\n".join(lines)


def _box(title: str, ticked: bool) -> str:
    # A blank that does not break: no box is left alone at the end of a line.
    return f"{_TICKED if ticked else _EMPTY}\N{NO-BREAK SPACE}{title}"


def _practised(drill: Drill) -> str:
    """The capabilities that the drill tested."""
    found = dict.fromkeys(
        target.capability.in_(drill.lang) for target in drill.state.scenario.targets
    )
    return listing(drill.lang, list(found))


def _preparation(drill: Drill) -> str:
    """What lay in store, and which training stands in the plan."""
    plan, names, lang = drill.state.plan, drill.names, drill.lang
    goods: dict[str, int] = {}
    for depot in plan.depots:
        for stock in depot.stock:
            goods[stock.item] = goods.get(stock.item, 0) + stock.quantity
    stores = [names.goods(item, quantity, lang) for item, quantity in goods.items()]
    courses = [
        _say(
            drill,
            "trained",
            role=names.role(one.role, lang),
            course=one.course.in_(lang),
            done=one.done,
        )
        for one in plan.training
    ]
    return "\n".join(
        (
            _say(drill, "stores", goods=listing(lang, stores) or drill.say("none")),
            _say(drill, "training", courses=listing(lang, courses) or drill.say("none")),
        )
    )


def _course(drill: Drill) -> str:
    """The turning points of the drill, from the journal."""
    told = [
        f"{moment(entry.at)} {headline(sentence(entry, drill.names, drill.lang), _MOST_TEXT)}"
        for entry in drill.entries
        if isinstance(entry.event, _TOLD) and entry.seq not in drill.state.voided
    ]
    if len(told) > _MOST_STEPS:
        # The end belongs to a course; what is left out is the busy middle.
        half = _MOST_STEPS // 2
        left = _say(drill, "left-out", n=len(told) - 2 * half)
        told = [*told[:half], left, *told[-half:]]
    return "\n".join(told)


# -- the items -------------------------------------------------------------------------------------


def _items(drill: Drill) -> Iterator[tuple[Cell, ...]]:
    yield (Cell(_say(drill, "review"), across=12, is_label=True),)
    answers = {one.item.id: one for one in ticks(drill)}
    for section in _form(drill).sections:
        for place, item in enumerate(section.items):
            first = Cell(
                section.title.in_(drill.lang), across=2, down=len(section.items), is_label=True
            )
            yield (*((first,) if place == 0 else ()), *_item(drill, answers[item.id]))


def _item(drill: Drill, one: Ticked) -> tuple[Cell, ...]:
    choice = one.answer.choice if one.answer else ""
    unsure = one.answer is not None and not one.is_confirmed
    title = one.item.title.in_(drill.lang)
    match one.item:
        case ChoiceItem(options=options):
            boxes = [_box(option.title.in_(drill.lang), option.id == choice) for option in options]
        case CheckItem():
            boxes = [_box(_say(drill, name), name == choice) for name in ("yes", "no")]
        case _:
            boxes = [written(drill, one.item, one.answer) if one.answer else ""]
            choice = ""
    if choice in UNRATED:
        boxes.append(_box(_say(drill, choice), ticked=True))
    note = _say(drill, "unconfirmed") if unsure else ""
    return (
        Cell(title, across=2, is_label=True),
        Cell("   ".join(boxes), "prose", across=8, note=note),
    )


def written(drill: Drill, item: Item, answer: Answer) -> str:
    """What was put down for an item, in words."""
    options = item.options if isinstance(item, ChoiceItem) else ()
    titles = {option.id: option.title.in_(drill.lang) for option in options}
    choice = titles.get(answer.choice) or (_say(drill, answer.choice) if answer.choice else "")
    number = "" if answer.number is None else f"{answer.number:g}"
    most = f" / {item.most:g}" if isinstance(item, PointsItem) and number else ""
    return " ".join(part for part in (choice, number + most, answer.text) if part)


# -- the closing table -----------------------------------------------------------------------------


def _closing(drill: Drill) -> Iterator[tuple[Cell, ...]]:
    """What is to mend by when and by whom; then, left to fill in, how it was closed."""
    every = lessons(drill, *LEVELS[:3])
    found = every[:_MOST_PROBLEMS]
    yield (Cell(_say(drill, "mending"), across=12, is_label=True),)
    heads = (("number", 1), ("problem", 3), ("action", 3), ("due", 2), ("owner", 2), ("annex", 1))
    yield tuple(_label(drill, key, across) for key, across in heads)
    for lesson in found:
        cells = (
            lesson.finding.id,
            drill.say("titled", title=lesson.title, subject=lesson.seen),
            lesson.action,
            lesson.due,
            lesson.owner,
            "",
        )
        yield tuple(Cell(text, across=n) for text, (_, n) in zip(cells, heads, strict=True))
    if not found:
        yield (Cell("", across=1), Cell(drill.say("none"), across=11))
    if left := len(every) - len(found):
        yield (Cell("", across=1), Cell(_say(drill, "more", n=left), across=11))
    closed = (("number", 1), ("after", 4), ("closed", 3), ("proof", 4))
    yield tuple(_label(drill, key, across) for key, across in closed)
    for id in [lesson.finding.id for lesson in found] or [""]:
        yield (Cell(id, across=1), *(Cell(across=across) for _, across in closed[1:]))
    filled = _filled(drill)
    lead = next(one.name for one in reversed(signatures(drill)))
    yield _pair(drill, "recorder", filled[1].filler if filled else "", "lead", lead)
