"""The improvement plan across drills, from the register of lessons: CSV, Markdown, JSON, text."""

import csv
import io
import json
from collections.abc import Sequence

from drillkit.lessons.told import age, is_overdue
from drillkit.model.base import Lang, Text, Title
from drillkit.model.lesson import Lesson
from drillkit.report.table import safe
from drillkit.words import listing, say

FORMS = ("csv", "md", "json")
_COLUMNS = (
    "id",
    "level",
    "title",
    "text",
    "element",
    "clause",
    "revision",
    "owner",
    "due",
    "status",
    "since",
    "drills",
    "evidence",
)
_NARROW = ("level", "title", "text", "element", "owner", "due", "status", "evidence")
_MARKS = str.maketrans({char: f"\\{char}" for char in "\\|*_`<>[]#"})


def improvement(lessons: Sequence[Lesson], form: str, *, on: str, lang: Lang) -> bytes:
    """The plan as a file in one of FORMS; `on` is the day (YYYY-MM-DD)."""
    match form:
        case "csv":
            return _csv(lessons, lang).encode("utf-8-sig")
        case "md":
            return _markdown(lessons, on, lang).encode()
        case _:
            told = {"on": on, "lessons": [facts(lesson, on) for lesson in lessons]}
            return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def _csv(lessons: Sequence[Lesson], lang: Lang) -> str:
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(say(lang, f"register.column.{name}") for name in _COLUMNS)
    for lesson in lessons:
        writer.writerow(safe(_cell(lesson, name, lang)) for name in _COLUMNS)
    return out.getvalue()


def _markdown(lessons: Sequence[Lesson], on: str, lang: Lang) -> str:
    parts = [f"# {say(lang, 'register.plan-title')}", say(lang, "register.plan-day", day=on)]
    if not lessons:
        return "\n\n".join([*parts, say(lang, "register.plan-empty")]) + "\n"
    heads = [say(lang, f"register.column.{name}") for name in _NARROW]
    table = [heads, ["---"] * len(heads)]
    for lesson in lessons:
        row = [_cell(lesson, name, lang).translate(_MARKS) for name in _NARROW]
        if is_overdue(lesson, on):
            row[_NARROW.index("due")] += f" **{say(lang, 'register.overdue')}**"
        table.append(row)
    rows = ["| " + " | ".join(" ".join(cell.split()) for cell in row) + " |" for row in table]
    return "\n\n".join([*parts, "\n".join(rows)]) + "\n"


def _cell(lesson: Lesson, name: str, lang: Lang) -> str:
    match name:
        case "title" | "text":
            said: Title | Text = getattr(lesson, name)
            return said.in_(lang)
        case "level" | "status" | "element":
            return say(lang, f"register.{name}-{getattr(lesson, name)}")
        case "revision":
            return lesson.revision.in_(lang) if lesson.revision else ""
        case "since":
            return lesson.since()
        case "drills":
            return listing(lang, [f"{one.began[:10]} {one.session}" for one in lesson.drills])
        case "evidence":
            return _evidence(lesson, lang)
        case _:
            return str(getattr(lesson, name) or "")


def _evidence(lesson: Lesson, lang: Lang) -> str:
    """What shows how far it has come: the reason or the drill of its last step."""
    last = lesson.steps[-1]
    drill = [last.session] if last.to == "verified" else []
    return say(lang, "list.separator").join([*drill, *([last.why] if last.why else [])])


def facts(lesson: Lesson, on: str) -> dict[str, object]:
    """The lesson for programs: its file's content, its status, and its age in days."""
    said = lesson.model_dump(mode="json", exclude_none=True, by_alias=True)
    more = {"status": lesson.status, "age_days": age(lesson, on), "overdue": is_overdue(lesson, on)}
    return said | more
