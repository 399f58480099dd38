"""The process score: arrival, supplies and information joined, scoring model 4.5."""

from drillkit.model.weights import WeightSet
from scoring.assessment import Score
from scoring.grading import join


def process(arrival: Score, supplies: Score, information: Score, weights: WeightSet) -> Score:
    """Join the three scores of the process; a cap on one of them lowers the whole visibly."""
    parts = [
        (arrival, weights.process.arrival),
        (supplies, weights.process.supplies),
        (information, weights.process.information),
    ]
    return join("process", "score.process", parts, weights)
