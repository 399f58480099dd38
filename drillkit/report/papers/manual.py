"""The situation manual: what participants get beforehand, on one page, and nothing of the script.

Its parts are those of HSEEP's situation manual that a drill with injects can tell without telling
the drill: purpose, agenda, rules of play, situation, organisation, objectives, means.
"""

from drillkit.core.clocks import story_at
from drillkit.model.base import MINUTE
from drillkit.model.plan import Depot, ReportingRule, Role
from drillkit.report.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Facts,
    Paragraph,
    Row,
    Section,
    Table,
    texts,
)
from drillkit.report.papers.paper import Paper
from drillkit.words import say

_RULES = 7
"""How many rules of play there are."""


def manual(paper: Paper) -> Document:
    """The situation manual of the pack. It holds no inject, answer, fact or branch."""
    plan = paper.pack.plan
    parts: tuple[tuple[str, tuple[Block, ...]], ...] = (
        ("purpose", _purpose(paper)),
        ("rules", (_rules(paper),)),
        ("situation", (Paragraph(paper.pack.scenario.briefing.in_(paper.lang), "prose"),)),
        ("objectives", (_objectives(paper),)),
        ("roles", tuple(_roles(paper))),
        ("supplies", (_supplies(paper),) if plan.depots else ()),
        ("reports", (_reports(paper),) if plan.reports or plan.release else ()),
    )
    return Document(
        name="manual",
        lang=paper.lang,
        title=paper.say("manual"),
        subject=paper.title,
        under=plan.organisation.in_(paper.lang),
        state=paper.say("for-participants"),
        is_final=True,
        status=paper.say("manual-status"),
        confidential="",
        sections=tuple(
            Section(name, "", paper.say(f"part.{name}"), blocks) for name, blocks in parts if blocks
        ),
    )


def _purpose(paper: Paper) -> tuple[Block, ...]:
    scenario, plan, lang = paper.pack.scenario, paper.pack.plan, paper.lang
    begins = story_at(scenario.phases, 0)
    return (
        Paragraph(
            paper.say("purpose", plan=plan.title, organisation=plan.organisation),
        ),
        Facts(
            (
                (paper.say("fact.kind"), say(lang, f"report.family.{scenario.family}")),
                (paper.say("fact.length"), paper.form),
                (paper.say("fact.begins"), f"{begins:%Y-%m-%d %H:%M}"),
                (
                    paper.say("fact.agenda"),
                    paper.say("agenda", n=round(scenario.length / MINUTE)),
                ),
            )
        ),
    )


def _rules(paper: Paper) -> Bullets:
    return Bullets(tuple(("", paper.say(f"rule.{n}")) for n in range(1, _RULES + 1)))


def _objectives(paper: Paper) -> Bullets:
    objectives = paper.pack.scenario.objectives
    return Bullets(tuple(("", one.text.in_(paper.lang)) for one in objectives))


def _roles(paper: Paper) -> list[Block]:
    plan = paper.pack.plan
    heads = ("role", "duties", "call")
    blocks: list[Block] = [
        Table(
            "roles",
            tuple(
                Column(paper.say(f"column.{name}"), share)
                for name, share in zip(heads, (1.1, 3.0, 0.9), strict=True)
            ),
            tuple(_role(paper, role) for role in plan.players()),
        )
    ]
    outside = [role.title.in_(paper.lang) for role in plan.roles if role.outside]
    if outside:
        blocks.append(Paragraph(paper.listed(outside), "", paper.say("outside")))
    return blocks


def _role(paper: Paper, role: Role) -> Row:
    """The role with whoever may take it over, its duties, and its times after the call-out."""
    deputies = paper.book.roles(role.alternates)
    return Row(
        (
            Cell(
                role.title.in_(paper.lang),
                note=paper.say("deputies", names=deputies) if deputies else "",
            ),
            Cell(role.duties.in_(paper.lang)),
            Cell(
                paper.say(
                    "called", ack=paper.time(role.ack_target), there=paper.time(role.arrive_target)
                )
            ),
        )
    )


def _supplies(paper: Paper) -> Table:
    return Table(
        "supplies",
        (
            Column(paper.say("column.depot"), 1.1),
            Column(paper.say("column.stock"), 3.2),
            Column(paper.say("column.vehicles"), 1.2),
        ),
        tuple(_depot(paper, depot) for depot in paper.pack.plan.depots),
    )


def _depot(paper: Paper, depot: Depot) -> Row:
    return texts(depot.title.in_(paper.lang), stock_of(paper, depot), vehicles_of(paper, depot))


def stock_of(paper: Paper, depot: Depot) -> str:
    """What a depot holds at the start, in a line."""
    return paper.listed([paper.goods(stock.item, stock.quantity) for stock in depot.stock])


def vehicles_of(paper: Paper, depot: Depot) -> str:
    """The vehicles of a depot with what each carries, in a line."""
    return paper.listed(
        [
            paper.say("vehicle", title=vehicle.title, n=vehicle.capacity)
            for vehicle in depot.vehicles
        ]
    )


def _reports(paper: Paper) -> Bullets:
    plan = paper.pack.plan
    items = [(rule.title.in_(paper.lang), _rule(paper, rule)) for rule in plan.reports]
    if release := plan.release:
        told = paper.say(
            "release",
            drafters=paper.book.roles(release.drafters),
            approvers=paper.book.roles(release.approvers),
            spokesperson=paper.book("role", release.spokesperson),
        )
        items.append((paper.say("release-title"), told))
    return Bullets(tuple(items))


def _rule(paper: Paper, rule: ReportingRule) -> str:
    return paper.say(
        f"reporting-{rule.clock}",
        sender=paper.book("role", rule.sender),
        to=paper.book.roles(rule.to),
        limit=paper.minutes(rule.limit),
        elements=paper.listed([element.title.in_(paper.lang) for element in rule.elements]),
    )
