"""What the script says of its injects, without anything that has happened."""

from drillkit.model.scenario import Expect, Inject, Scenario


def answers_expected(inject: Inject) -> list[Expect]:
    """The expected actions that are answers to this very inject."""
    return [expect for expect in inject.expect if expect.action == "respond"]


def in_order(scenario: Scenario) -> list[Inject]:
    """The injects as the script has them: by time, those that wait for something else last."""
    return sorted(scenario.injects, key=lambda one: (one.at is None, one.at or 0))
