"""The facilitator guide: the whole script with what it expects, for the facilitator alone."""

from drillkit.model.scenario import Task
from drillkit.report.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    Picture,
    Row,
    Section,
    Table,
)
from drillkit.report.charts.script import script_chart
from drillkit.report.papers.means import due_blocks, supply_blocks
from drillkit.report.papers.msel import branch_blocks, msel
from drillkit.report.papers.paper import Paper
from drillkit.words import say

_STEPS = {"before": 8, "during": 6, "after": 5, "hot-wash": 6}
"""How many sentences each list has."""
_BOX = "\N{WHITE SQUARE}"


def guide(paper: Paper) -> Document:
    """The facilitator guide of the pack."""
    parts: tuple[tuple[str, tuple[Block, ...]], ...] = (
        ("overview", _overview(paper)),
        ("run", _run(paper)),
        ("msel", (msel(paper),)),
        ("branches", branch_blocks(paper)),
        ("facts", _facts(paper)),
        ("due", due_blocks(paper)),
        ("needs", supply_blocks(paper)),
        ("tasks", _tasks(paper)),
        ("hot-wash", _hot_wash(paper)),
    )
    kept = [(name, blocks) for name, blocks in parts if blocks]
    return Document(
        name="guide",
        lang=paper.lang,
        title=paper.say("guide"),
        subject=paper.title,
        under=paper.pack.plan.organisation.in_(paper.lang),
        state=paper.say("for-facilitator"),
        is_final=False,
        status=paper.say("guide-status"),
        confidential="",
        sections=tuple(
            Section(
                name,
                str(number),
                say(
                    paper.lang,
                    "report.numbered",
                    number=number,
                    title=paper.say(f"part.{name}"),
                ),
                blocks,
                is_wide=name == "msel",
            )
            for number, (name, blocks) in enumerate(kept, 1)
        ),
    )


def _overview(paper: Paper) -> tuple[Block, ...]:
    scenario, plan, lang = paper.pack.scenario, paper.pack.plan, paper.lang
    return (
        Paragraph(scenario.summary.in_(lang)),
        Facts(
            (
                (paper.say("fact.kind"), say(lang, f"report.family.{scenario.family}")),
                (paper.say("fact.grade"), say(lang, f"report.incident-grade.{scenario.grade}")),
                (paper.say("fact.length"), paper.form),
                (paper.say("fact.plan"), f"{plan.title.in_(lang)} ({plan.version})"),
                (
                    paper.say("fact.counted"),
                    paper.say(
                        "counted",
                        injects=len(scenario.injects),
                        facts=len(scenario.facts),
                        needs=len(scenario.needs),
                        roles=len(plan.players()),
                    ),
                ),
            )
        ),
        Picture("script", paper.say("chart"), paper.say("chart-about"), script_chart(paper)),
    )


def _run(paper: Paper) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for name in ("before", "during", "after"):
        front = _BOX if name == "before" else ""
        blocks += [Heading(paper.say(f"run.{name}")), _sentences(paper, name, front)]
    return tuple(blocks)


def _sentences(paper: Paper, name: str, front: str = "") -> Bullets:
    return Bullets(
        tuple((front, paper.say(f"{name}.{n}")) for n in range(1, _STEPS[name] + 1)),
        "checks" if front else "",
    )


def _facts(paper: Paper) -> tuple[Block, ...]:
    scenario = paper.pack.scenario
    if not scenario.facts:
        return ()
    brought = {
        fact.id: [str(paper.numbers[one.id]) for one in paper.injects if fact.id in one.facts]
        for fact in scenario.facts
    }
    rows = [
        Row(
            (
                Cell(
                    fact.title.in_(paper.lang),
                    note=""
                    if fact.corrects is None
                    else paper.say("corrects", fact=paper.book("fact", fact.corrects)),
                ),
                Cell(
                    paper.say("true" if fact.true else "false"), "" if fact.true else "timing late"
                ),
                Cell(paper.listed(brought[fact.id])),
                Cell(
                    "\n".join(
                        paper.say(
                            "known-by",
                            role=paper.book("role", one.role),
                            target=paper.minutes(one.target),
                            limit=paper.minutes(2 * one.target if one.limit is None else one.limit),
                        )
                        for one in fact.recipients
                    )
                    or paper.say("nobody-new"),
                    "prose",
                ),
            )
        )
        for fact in scenario.facts
    ]
    heads = (("fact", 2.6), ("truth", 0.7), ("brought", 0.8), ("known", 2.4))
    columns = tuple(Column(paper.say(f"column.{name}"), share) for name, share in heads)
    return (Paragraph(paper.say("facts-about"), "soft"), Table("facts", columns, tuple(rows)))


def _tasks(paper: Paper) -> tuple[Block, ...]:
    """What is rated: a table an objective, the tasks under the capability that they belong to."""
    scenario, lang = paper.pack.scenario, paper.lang
    heads = (("task", 2.2), ("standard", 2.6), ("who", 1.2))
    columns = tuple(Column(paper.say(f"column.{name}"), share) for name, share in heads)
    blocks: list[Block] = [Paragraph(paper.say("tasks-about"), "soft")]
    for objective in scenario.objectives:
        rows: list[Row] = []
        for target in scenario.targets:
            if target.objective != objective.id:
                continue
            threshold = target.threshold.in_(lang)
            rows.append(
                Row((Cell(target.capability.in_(lang)), Cell(threshold), Cell()), "objective")
            )
            rows += [
                Row(
                    (
                        Cell(_marked(paper, task)),
                        Cell(task.standard.in_(lang)),
                        Cell(paper.book.roles(task.roles)),
                    ),
                    "d2",
                )
                for task in scenario.tasks
                if task.target == target.id
            ]
        blocks += [Heading(objective.text.in_(lang)), Table("tasks", columns, tuple(rows))]
    return tuple(blocks)


def _marked(paper: Paper, task: Task) -> str:
    """The task, marked where an objective falls with it."""
    text = task.text.in_(paper.lang)
    return paper.say("critical", text=text) if task.critical else text


def _hot_wash(paper: Paper) -> tuple[Block, ...]:
    objectives = paper.pack.scenario.objectives
    return (
        Paragraph(paper.say("hot-wash-about"), "soft"),
        _sentences(paper, "hot-wash"),
        Heading(paper.say("hot-wash-objectives")),
        Bullets(tuple((_BOX, one.text.in_(paper.lang)) for one in objectives), "checks"),
    )
