"""The open lessons of a briefing, and what the drill says of them, as drawn parts and rows."""

from collections.abc import Sequence

from textual.content import Content

from drillkit.lessons.follow_up import Verdict
from drillkit.lessons.told import reminded
from drillkit.model.base import Lang
from drillkit.model.lesson import OpenLesson
from drillkit.ui.widgets.feed import Row
from drillkit.ui.widgets.letter_table import evidence
from drillkit.words import say

Part = str | tuple[str, str]

_MOST = 12
"""Lessons that a person can keep in mind; the gravest come first."""


def reminders(lessons: Sequence[OpenLesson], lang: Lang) -> list[Part]:
    """A head and a line for each of the first lessons; nothing without any."""
    if not lessons:
        return []
    head = (say(lang, "register.reminders", n=len(lessons)), "$secondary")
    lines = [f"\n  • {reminded(lesson, lang)}" for lesson in lessons[:_MOST]]
    left = len(lessons) - _MOST
    more = [f"\n  {say(lang, 'register.reminders-more', left=left)}"] if left > 0 else []
    return ["\n\n", head, *lines, *more]


def verdict_row(verdict: Verdict, lang: Lang) -> Row:
    """A lesson of earlier drills in one row: whether it held in this one, and why."""
    key, sign, tone = ("held", "✓", "done") if verdict.held else ("not", "○", "warning")
    said = say(lang, f"register.verdict-{key}")
    title = verdict.lesson.title.in_(lang)
    cells = ((f" {sign} {said} ", tone), (f" {title}", ""), (f"  {verdict.in_(lang)}", "dim"))
    return Row((cells,))


def verdict_details(verdict: Verdict, lang: Lang) -> Content:
    """The lesson, what was to be done, what the drill says of it, and where."""
    lesson = verdict.lesson
    said = say(lang, "register.verdict-held" if verdict.held else "register.verdict-not")
    return Content.assemble(
        (lesson.title.in_(lang), "bold"),
        "\n",
        lesson.text.in_(lang),
        "\n",
        (f"{said}: ", "$success" if verdict.held else "$warning"),
        verdict.in_(lang),
        "\n",
        (evidence(verdict.entries, lang), "dim"),
    )
