"""Reports that say nothing new: whoever files one again has not reported what came up since."""

from collections.abc import Iterable, Mapping

from drillkit.core.records import ReportRecord


def repeats(
    earlier: Iterable[ReportRecord], rule: str, elements: Mapping[str, str], facts: Iterable[str]
) -> bool:
    """Whether one of the earlier reports under the rule has the same words, and these facts."""
    cited = set(facts)
    return any(
        record.event.rule == rule
        and record.event.elements == elements
        and cited <= {fact.id for fact in record.event.facts}
        for record in earlier
    )
