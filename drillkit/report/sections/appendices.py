"""What the report rests on: who took part, the record form, feedback, notes, the journal."""

from collections.abc import Iterator, Sequence

from drillkit.core.assignments import evaluators, lead_of, same_name, tasks_of
from drillkit.model.form import ChoiceItem, Form
from drillkit.report.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Paragraph,
    Row,
    Section,
    Table,
    texts,
)
from drillkit.report.course import log
from drillkit.report.drill import NONE, Drill, moment, percent
from drillkit.report.pages import said_by_evaluators
from drillkit.report.record import form_blocks
from drillkit.report.sections.overview import nothing
from drillkit.report.sections.terms import leaves
from drillkit.words import listing, say
from scoring.forms import ItemSummary, summary


def appendices(drill: Drill) -> tuple[Section, ...]:
    """Appendices B to G."""
    return (
        _participants(drill),
        Section("record", "C", drill.say("section.record"), form_blocks(drill), is_fresh=True),
        _feedback(drill),
        _journal(drill),
        _notes(drill),
        leaves(drill),
    )


def _participants(drill: Drill) -> Section:
    """Roles, their groups, and how they were filled; never persons."""
    state, names, lang = drill.state, drill.names, drill.lang
    heads = (("who", 2.0), ("group", 2.0), ("called", 1.0), ("confirmed", 1.0), ("arrived", 1.0))
    columns = (
        *(Column(drill.say(f"column.{head}"), width) for head, width in heads),
        Column(drill.say("column.evidence"), 1.2),
        Column(drill.say("column.acts"), 0.9, is_number=True),
    )
    rows: list[Row] = []
    for role in state.plan.players():
        here = state.presence.get(role.id)
        marks = (here.called, here.acknowledged, here.arrived) if here else (None, None, None)
        stay = here.stays[0] if here and here.stays else None
        rows.append(
            texts(
                names.role(role.id, lang),
                names.group(role.group, lang) if role.group else "",
                *(moment(mark.at if mark else None) for mark in marks),
                say(lang, f"log.evidence.{stay.evidence}") if stay else NONE,
                str(len(state.acts.get(role.id, ()))),
            )
        )
    outside = [names.role(role.id, lang) for role in state.plan.roles if role.outside]
    blocks: list[Block] = [Table("participants", columns, tuple(rows))]
    if outside:
        blocks += [Heading(drill.say("outside")), Bullets(tuple(("", name) for name in outside))]
    if raters := tuple(_evaluators(drill)):
        blocks += [Heading(drill.say("raters")), Bullets(raters)]
    return Section("participants", "B", drill.say("section.participants"), tuple(blocks))


def _evaluators(drill: Drill) -> Iterator[tuple[str, str]]:
    """Each by name, with what there is to say of them: that they led, and what they watched."""
    state, lang = drill.state, drill.lang
    for name in evaluators(state):
        titles = [drill.names.task(task, lang) for task in tasks_of(state, name)]
        watched = drill.say("watched", tasks=listing(lang, titles)) if titles else ""
        leads = same_name(name, lead_of(state))
        said = drill.say("led", watched=watched) if leads else watched
        yield (name, said.strip()) if said else ("", name)


def _feedback(drill: Drill) -> Section:
    """What participants said: reported, never scored."""
    blocks: list[Block] = [Paragraph(drill.say("feedback-about"), "soft")]
    filled = [event for _, event in drill.state.filled.values()]
    answered = {event.form for event in filled}
    handed = [
        form
        for form in drill.state.forms.values()
        if form.audience == "participant" and form.id in answered
    ]
    for form in handed:
        hands = sum(event.form == form.id for event in filled)
        title = form.title.in_(drill.lang)
        blocks.append(Heading(drill.say("feedback-of", form=title, n=hands)))
        blocks += _answers(drill, form, summary(form, filled))
    if not handed:
        blocks.append(Paragraph(drill.say("no-feedback"), "soft"))
    return Section("feedback", "D", drill.say("section.feedback"), tuple(blocks))


def _answers(drill: Drill, form: Form, said: Sequence[ItemSummary]) -> Iterator[Block]:
    titles = {item.id: item.title.in_(drill.lang) for item in form.items()}
    scales = [one for one in said if one.mean is not None]
    if scales:
        columns = (
            Column(drill.say("column.item"), 5.0),
            Column(drill.say("column.answers"), 0.9, is_number=True),
            Column(drill.say("column.mean"), 0.9, is_number=True),
            Column(drill.say("column.agree"), 1.2, is_number=True),
        )
        rows = tuple(
            texts(titles[one.item], str(one.n), f"{one.mean:.1f}", percent(one.share or 0.0))
            for one in scales
        )
        yield Table("scales", columns, rows)
    chosen = [one for one in said if one.counts]
    if chosen:
        columns = (Column(drill.say("column.item"), 3.0), Column(drill.say("column.answer"), 3.0))
        rows = tuple(texts(titles[one.item], _counts(drill, form, one)) for one in chosen)
        yield Table("choices", columns, rows)
    for one in said:
        if one.texts:
            yield Paragraph(titles[one.item], "lead")
            # In alphabetical order: that of handing in would tell whose words they are.
            yield Bullets(tuple(("", text) for text in sorted(one.texts)))


def _counts(drill: Drill, form: Form, one: ItemSummary) -> str:
    item = form.item(one.item)
    options = item.options if isinstance(item, ChoiceItem) else ()
    titles = {option.id: option.title.in_(drill.lang) for option in options}
    return listing(
        drill.lang,
        [
            drill.say("counted", what=titles.get(id) or say(drill.lang, f"record.{id}"), n=n)
            for id, n in one.counts.items()
        ],
    )


def _notes(drill: Drill) -> Section:
    """What evaluators wrote, word for word."""
    heads = (
        ("entry", 0.7),
        ("who", 1.2),
        ("kind", 1.0),
        ("subject", 1.8),
        ("value", 1.3),
        ("text", 3.0),
        ("entries", 0.9),
    )
    columns = tuple(Column(drill.say(f"column.{head}"), width) for head, width in heads)
    rows = tuple(
        Row(
            (
                Cell(entries=(said.seq,)),
                Cell(said.who),
                Cell(said.kind),
                Cell(said.about),
                Cell(said.value),
                Cell(said.text, "prose"),
                Cell(entries=said.entries),
            )
        )
        for said in said_by_evaluators(drill)
    )
    blocks = (Table("ratings", columns, rows),) if rows else (nothing(drill),)
    return Section("ratings", "F", drill.say("section.ratings"), blocks)


def _journal(drill: Drill) -> Section:
    columns = (
        Column(drill.say("column.entry"), 0.7, is_number=True),
        Column(drill.say("column.at"), 0.8, is_number=True),
        Column(drill.say("column.story"), 1.3, is_number=True),
        Column(drill.say("column.who"), 1.3),
        Column(drill.say("column.kind"), 1.2),
        Column(drill.say("column.text"), 4.7),
    )
    rows = tuple(
        Row(
            (
                Cell(str(line.seq)),
                Cell(line.at),
                Cell(line.story),
                Cell(line.who),
                Cell(line.kind),
                Cell(drill.say("voided", text=line.text) if line.voided else line.text, "prose"),
            ),
            "voided" if line.voided else "",
            line.seq,
        )
        for line in log(drill)
    )
    return Section(
        "log",
        "E",
        drill.say("section.log"),
        (Table("log", columns, rows),),
        is_fresh=True,
        is_long=True,
    )
