"""The after-action report as a document: every section once, for whatever format."""

from dataclasses import replace

from drillkit.report.blocks import Block, Document, Paragraph, Section, Table, cited
from drillkit.report.drill import Drill
from drillkit.report.pages import is_final, reopenings, signature_lines, status
from drillkit.report.sections.appendices import appendices
from drillkit.report.sections.assessed import assessed
from drillkit.report.sections.conclusions import conclusions
from drillkit.report.sections.method import method
from drillkit.report.sections.overview import overview


def after_action(drill: Drill) -> Document:
    """The whole report, with every entry of the journal."""
    organisation = drill.state.plan.organisation.in_(drill.lang)
    seal = Paragraph(drill.seal, "code", drill.say("seal"))
    return Document(
        name="report",
        lang=drill.lang,
        title=drill.say("title"),
        subject=drill.state.scenario.title.in_(drill.lang),
        under=f"{organisation} · {drill.began:%Y-%m-%d}",
        state=drill.say("state.final" if is_final(drill) else "state.draft"),
        is_final=is_final(drill),
        status=status(drill),
        confidential=drill.say("confidential"),
        sections=tuple(
            _titled(drill, section)
            for section in (
                *overview(drill),
                method(drill),
                *assessed(drill),
                *conclusions(drill),
                *appendices(drill),
            )
        ),
        closing=(
            *(Paragraph(line) for line in (*signature_lines(drill), *reopenings(drill))),
            seal,
            Paragraph(drill.say("seal-about"), "soft"),
        ),
    )


def _titled(drill: Drill, section: Section) -> Section:
    """The section with its number in the title."""
    key = "numbered" if section.number.isdigit() else "appendix"
    title = drill.say(key, number=section.number, title=section.title)
    return replace(section, title=title)


def digest(drill: Drill, whole: Document) -> Document:
    """The report with only those entries of the journal that it refers to: for paper."""
    short = [section for section in whole.sections if not section.is_long]
    wanted = cited(short)
    sections = tuple(
        _digested(drill, section, wanted) if section.is_long else section
        for section in whole.sections
    )
    return replace(whole, sections=sections)


def _digested(drill: Drill, section: Section, wanted: set[int]) -> Section:
    blocks: list[Block] = []
    for block in section.blocks:
        if isinstance(block, Table):
            rows = tuple(row for row in block.rows if row.entry in wanted)
            told = drill.say("log-digest", n=len(rows), all=len(drill.entries))
            blocks += [Paragraph(told, "soft"), replace(block, rows=rows)]
        else:
            blocks.append(block)
    return replace(section, blocks=tuple(blocks))
