"""What follows from the drill: findings, lessons, and the plan to improve."""

from drillkit.report.blocks import (
    Block,
    Card,
    Cell,
    Column,
    Heading,
    Paragraph,
    Row,
    Section,
    Table,
    texts,
)
from drillkit.report.drill import Drill
from drillkit.report.lessons import LEVELS, Lesson, lessons
from drillkit.report.sections.overview import nothing


def conclusions(drill: Drill) -> tuple[Section, ...]:
    """Sections 9, 10 and appendix A."""
    return (_findings(drill), _lessons(drill), _improvement_plan(drill))


def _findings(drill: Drill) -> Section:
    blocks: list[Block] = []
    for level in LEVELS:
        found = lessons(drill, level)
        blocks.append(Heading(drill.say(f"level.{level}")))
        blocks += [_finding(drill, lesson) for lesson in found] or [nothing(drill)]
    return Section("findings", "9", drill.say("section.findings"), tuple(blocks))


def _finding(drill: Drill, lesson: Lesson) -> Card:
    is_strength = lesson.finding.level == "strength"
    lines = (
        Paragraph(lesson.seen, label=drill.say("column.seen"), entries=lesson.finding.entries),
        Paragraph(lesson.clause, label=drill.say("column.clause")),
        Paragraph(lesson.task, label=drill.say("column.task")),
        Paragraph("" if is_strength else lesson.cause, label=drill.say("column.cause")),
        Paragraph(lesson.capability, label=drill.say("column.capability")),
    )
    shown = tuple(line for line in lines if line.text)
    return Card(f"{lesson.finding.id} · {lesson.title}", f"finding {lesson.finding.level}", shown)


def _lessons(drill: Drill) -> Section:
    columns = (
        Column(drill.say("column.number"), 0.6),
        Column(drill.say("column.lesson"), 3.0),
        Column(drill.say("column.cause"), 3.0),
        Column(drill.say("column.level"), 1.2),
        Column(drill.say("column.standing"), 1.0),
    )
    found = lessons(drill, *LEVELS[:3])
    rows = tuple(
        texts(lesson.finding.id, lesson.title, lesson.cause, lesson.level, drill.say("identified"))
        for lesson in found
    )
    blocks = (
        Paragraph(drill.say("lessons-about")),
        Table("lessons", columns, rows) if rows else nothing(drill),
    )
    return Section("lessons", "10", drill.say("section.lessons"), blocks)


def _improvement_plan(drill: Drill) -> Section:
    """Capability, issue, action, POETE, who, from when to when, how it stands, what shows it."""
    heads = (
        ("number", 0.5),
        ("capability", 1.3),
        ("issue", 2.0),
        ("action", 3.2),
        ("poete", 1.2),
        ("owner", 1.3),
        ("contact", 1.2),
        ("start", 1.1),
        ("due", 1.1),
        ("progress", 0.9),
        ("proof", 1.2),
    )
    columns = tuple(Column(drill.say(f"column.{head}"), width) for head, width in heads)
    rows = tuple(
        Row(
            (
                Cell(lesson.finding.id),
                Cell(lesson.capability),
                Cell(lesson.title, note=lesson.level),
                Cell(lesson.action),
                Cell(lesson.poete),
                Cell(lesson.owner),
                Cell(lesson.contact),
                Cell(f"{drill.began:%Y-%m-%d}"),
                Cell(lesson.due),
                Cell(drill.say("planned")),
                Cell(),
            )
        )
        for lesson in lessons(drill, *LEVELS[:3])
    )
    blocks = (
        Paragraph(drill.say("improvement-about"), "soft"),
        Table("plan", columns, rows) if rows else nothing(drill),
    )
    return Section("plan", "A", drill.say("section.plan"), blocks, is_wide=True)
