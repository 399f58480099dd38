"""Supplies, reports and customers in the facilitator guide: what falls due, and what there is."""

from drillkit.core.in_words import in_words
from drillkit.model.scenario import Need
from drillkit.report.blocks import Block, Column, Heading, Paragraph, Row, Table, texts
from drillkit.report.papers.manual import stock_of, vehicles_of
from drillkit.report.papers.paper import Paper


def _columns(paper: Paper, *heads: tuple[str, float]) -> tuple[Column, ...]:
    return tuple(Column(paper.say(f"column.{name}"), share) for name, share in heads)


def supply_blocks(paper: Paper) -> tuple[Block, ...]:
    """The needs of the scenario over the stores, vehicles and ways of the plan."""
    scenario, plan = paper.pack.scenario, paper.pack.plan
    if not scenario.needs:
        return ()
    needs = _columns(
        paper, ("need", 2.0), ("quantity", 1.6), ("site", 1.3), ("arises", 1.8), ("within", 0.8),
        ("ways", 2.2),
    )  # fmt: skip
    stores = _columns(paper, ("depot", 1.2), ("stock", 3.4), ("vehicles", 1.4))
    held = [
        texts(depot.title.in_(paper.lang), stock_of(paper, depot), vehicles_of(paper, depot))
        for depot in plan.depots
    ]
    return (
        Paragraph(paper.say("needs-about"), "soft"),
        Table("needs", needs, tuple(_need(paper, one) for one in scenario.needs)),
        Heading(paper.say("stores")),
        Table("stores", stores, tuple(held)),
    )


def _need(paper: Paper, need: Need) -> Row:
    title = need.title.in_(paper.lang)
    return texts(
        paper.say("life-critical", title=title) if need.life_critical else title,
        paper.goods(need.item, need.quantity),
        paper.book("site", need.site),
        paper.time(need.at) if need.when is None else in_words(need.when, paper.book),
        paper.minutes(need.within),
        _ways(paper, need),
    )


def _ways(paper: Paper, need: Need) -> str:
    """Where the item lies, the nearest store first, with the time that the road takes."""
    plan = paper.pack.plan
    times = {route.depot: route.time for route in plan.routes if route.site == need.site}
    held = {
        depot.id: stock.quantity
        for depot in plan.depots
        for stock in depot.stock
        if stock.item == need.item
    }
    near = sorted((times[depot], depot) for depot in held if depot in times)
    brought = [
        paper.say("brought-by", inject=paper.number(inject.id))
        for inject in paper.injects
        for effect in inject.effects
        if effect.kind == "stock" and effect.item == need.item and effect.quantity > 0
    ]
    return paper.listed(
        [
            paper.say(
                "held-at",
                depot=paper.book("depot", depot),
                n=held[depot],
                time=paper.minutes(time),
            )
            for time, depot in near
        ]
        + brought
    )


def due_blocks(paper: Paper) -> tuple[Block, ...]:
    """The reports that fall due, and the customers at risk who must be told."""
    scenario, plan = paper.pack.scenario, paper.pack.plan
    blocks: list[Block] = []
    if scenario.reports:
        rules = {rule.id: rule for rule in plan.reports}
        columns = _columns(
            paper, ("report", 1.8), ("after", 2.0), ("from-to", 2.2), ("limit", 1.0), ("cites", 2.6)
        )
        rows = [
            texts(
                rules[one.rule].title.in_(paper.lang),
                paper.number(one.after),
                paper.say(
                    "from-to",
                    sender=paper.book("role", rules[one.rule].sender),
                    to=paper.book.roles(rules[one.rule].to),
                ),
                paper.say(
                    f"limit-{rules[one.rule].clock}", limit=paper.minutes(rules[one.rule].limit)
                ),
                paper.listed([paper.book("fact", fact) for fact in one.facts]),
            )
            for one in scenario.reports
        ]
        blocks.append(Table("due", columns, tuple(rows), paper.say("due-reports")))
    if scenario.at_risk:
        customers = {one.id: one for one in plan.customers}
        columns = _columns(paper, ("customer", 2.2), ("after", 2.0), ("owner", 1.4), ("limit", 0.9))
        rows = [
            texts(
                customers[one.customer].title.in_(paper.lang),
                paper.number(one.after),
                paper.book("role", customers[one.customer].owner),
                paper.minutes(customers[one.customer].notify_within),
            )
            for one in scenario.at_risk
        ]
        blocks.append(Table("at-risk", columns, tuple(rows), paper.say("due-customers")))
    return tuple(blocks)
