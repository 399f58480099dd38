"""The master scenario events list: every inject with what it should lead to, and the branches."""

from collections.abc import Iterator

from drillkit.core.conditions import leaves
from drillkit.core.in_words import in_words
from drillkit.model.scenario import Expect, Inject
from drillkit.model.when import MilestoneReached
from drillkit.report.blocks import Block, Cell, Column, Paragraph, Row, Table
from drillkit.report.papers.paper import Paper
from drillkit.words import say


def msel(paper: Paper) -> Table:
    """The injects by time: when, what, to whom, how, and the expected actions with T and H."""
    heads = (("no", 0.35), ("time", 0.8), ("inject", 3.4), ("way", 1.5), ("expected", 3.6))
    return Table(
        "msel",
        tuple(Column(paper.say(f"column.{name}"), share) for name, share in heads),
        tuple(_row(paper, inject) for inject in paper.injects),
        paper.say("msel-about"),
    )


def _row(paper: Paper, inject: Inject) -> Row:
    story = paper.story(inject.at)
    return Row(
        (
            Cell(str(paper.numbers[inject.id])),
            Cell(paper.time(inject.at), note=story),
            Cell(inject.title.in_(paper.lang), "event", note=_told(paper, inject)),
            Cell(_way(paper, inject), "prose", note="\n".join(_conditions(paper, inject))),
            Cell("\n".join(_expected(paper, inject)), "prose"),
        ),
        "branch" if inject.when is not None else "",
    )


def _told(paper: Paper, inject: Inject) -> str:
    """The text, then what controllers must know."""
    parts = [inject.body.in_(paper.lang)]
    if inject.notes is not None:
        parts.append(paper.say("notes", notes=inject.notes.in_(paper.lang)))
    return "\n".join(parts)


def _way(paper: Paper, inject: Inject) -> str:
    return paper.say(
        "way",
        sender=paper.book("role", inject.sender),
        to=paper.book.roles(inject.to),
        means=say(paper.lang, f"log.means.{inject.means}"),
    )


def _conditions(paper: Paper, inject: Inject) -> Iterator[str]:
    if inject.kind == "contingency":
        yield paper.say("contingency")
    if inject.when is not None:
        yield paper.say("only-if", what=in_words(inject.when, paper.book))
    elif inject.at is None:
        yield paper.say("by-hand")


def _expected(paper: Paper, inject: Inject) -> Iterator[str]:
    for expect in inject.expect:
        yield paper.say(
            "expected",
            role=paper.book("role", expect.role),
            text=expect.text.in_(paper.lang),
            target=paper.time(expect.target),
            limit=paper.time(_limit(expect)),
        )
    good = [one.title.in_(paper.lang) for one in inject.options if one.credit == 1]
    if good:
        yield paper.say("best-answer", options=paper.listed(good))
    if not inject.expect:
        yield paper.say("none-expected")


def _limit(expect: Expect) -> int:
    return 2 * expect.target if expect.limit is None else expect.limit


def branch_blocks(paper: Paper) -> tuple[Block, ...]:
    """What comes only under a condition, and how that condition comes about."""
    scenario = paper.pack.scenario
    waiting = [one for one in paper.injects if one.when is not None or one.kind == "contingency"]
    if not waiting:
        return ()
    heads = (("inject", 2.2), ("time", 0.7), ("comes-if", 3.0))
    rows = [
        Row(
            (
                Cell(paper.number(inject.id)),
                Cell(paper.time(inject.at)),
                Cell("\n".join(_conditions(paper, inject)), "prose"),
            )
        )
        for inject in waiting
    ]
    columns = tuple(Column(paper.say(f"column.{name}"), share) for name, share in heads)
    blocks: list[Block] = [
        Paragraph(paper.say("branches-about"), "soft"),
        Table("branches", columns, tuple(rows)),
    ]
    named = {
        leaf.milestone
        for inject in waiting
        if inject.when is not None
        for leaf in leaves(inject.when)
        if isinstance(leaf, MilestoneReached)
    }
    deciding = [one for one in scenario.milestones if one.id in named]
    if deciding:
        blocks.append(
            Table(
                "milestones",
                (
                    Column(paper.say("column.milestone"), 1.5),
                    Column(paper.say("column.reached"), 4.0),
                ),
                tuple(
                    Row(
                        (
                            Cell(one.title.in_(paper.lang)),
                            Cell(in_words(one.when, paper.book)),
                        )
                    )
                    for one in deciding
                ),
            )
        )
    return tuple(blocks)
