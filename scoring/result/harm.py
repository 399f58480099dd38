"""What did harm: milestones, chosen options, and what raters flagged, scoring model 4.4."""

from dataclasses import dataclass

from scoring.result.scene import Scene

FLAG = 0.25
"""What a rater's flag of harm, risk or non-compliance takes off; design default."""
_FLAGS = ("harmed", "unsafe", "noncompliant")


@dataclass(frozen=True, slots=True)
class Harm:
    """One harm: how severe (0 to 1), and the entry that shows it."""

    severity: float
    entry: int


def harms(scene: Scene) -> list[Harm]:
    """Every harm that the result answers for, in the order of its kinds.

    The same flag of several raters on one task counts once.
    """
    found = [
        Harm(event.harm, mark.seq)
        for mark, event in scene.state.milestones.values()
        if event.harm > 0
    ]
    found += [
        Harm(choice.option.harm, choice.given.seq)
        for choice in scene.choices
        if choice.option.harm > 0
    ]
    flagged: dict[tuple[str, str], int] = {}
    for mark, rating in scene.state.ratings.values():
        for flag in _FLAGS:
            if getattr(rating, flag):
                flagged.setdefault((rating.task, flag), mark.seq)
    return found + [Harm(FLAG, entry) for entry in flagged.values()]
