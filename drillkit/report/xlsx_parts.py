"""What the sheets of an evaluation guide have in common: fields, lists to choose from, a lock."""

from collections.abc import Sequence
from typing import Final

from xlsxwriter.worksheet import Worksheet

from drillkit.report.drill import Drill
from drillkit.report.xlsx_layout import Column
from drillkit.report.xlsx_paper import Paper
from drillkit.words import say

OPEN: Final = {"bg_color": "#FFFBE6", "border": 1, "border_color": "#B8B08D", "locked": False}
BOX: Final = {"border": 1, "border_color": "#C4C9CF"}
_MOST_PROMPT = 255


def word(paper: Paper, key: str, **values: object) -> str:
    """The sentence `sheet.<key>` in the language of the workbook."""
    return say(paper.drill.lang, f"sheet.{key}", **values)


def header(drill: Drill) -> list[tuple[str, str]]:
    """Which drill it is, as lines with their labels."""
    opened = drill.state.opened
    assert opened is not None
    return [
        (drill.say("basic.scenario"), drill.state.scenario.title.in_(drill.lang)),
        (drill.say("basic.organisation"), drill.state.plan.organisation.in_(drill.lang)),
        (drill.say("basic.date"), f"{drill.began:%Y-%m-%d}"),
        (drill.say("basic.session"), opened.session),
    ]


def heads(paper: Paper, columns: Sequence[Column]) -> list[str]:
    """The titles of the columns; the hidden one has none."""
    return ["" if one.name == "id" else word(paper, f"column.{one.name}") for one in columns]


def offer(
    sheet: Worksheet,
    rows: tuple[int, int],
    column: int,
    words: Sequence[str],
    said: tuple[str, str, str],
) -> None:
    """A list to choose from, in these rows; `said` is its title, what it means, and the error."""
    title, meaning, error = said
    sheet.data_validation(
        rows[0],
        column,
        rows[1],
        column,
        {
            "validate": "list",
            "source": list(words),
            "input_title": title,
            "input_message": meaning[:_MOST_PROMPT],
            "error_title": title,
            "error_message": error[:_MOST_PROMPT],
        },
    )


def protect(sheet: Worksheet) -> None:
    """Without a password: it keeps from writing beside the fields, not from anything else."""
    allowed = ("format_columns", "format_rows", "format_cells", "sort", "autofilter")
    sheet.protect("", dict.fromkeys(allowed, True))
