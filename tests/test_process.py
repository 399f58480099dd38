"""The process score joins arrival, supplies and information as scoring model 4.5 says."""

from time import perf_counter

import pytest
from worlds_scoring import (
    HOUR,
    Log,
    a_plan,
    a_scenario,
    named,
    role,
    weights,
    worked_arrival,
    worked_information,
    worked_supplies,
)

from drillkit import words
from drillkit.model.base import MINUTE, SECOND
from scoring.assessment import Score
from scoring.measure import Measure
from scoring.process import arrival, information, process, supplies


def worked() -> tuple[Score, Score, Score]:
    return (
        arrival(worked_arrival(), 2 * HOUR, weights()),
        supplies(worked_supplies(), 2 * HOUR, weights()),
        information(worked_information(), 2 * HOUR, weights()),
    )


def test_the_worked_example_comes_out():
    got = process(*worked(), weights())
    assert (round(got.point, 1), round(got.lo, 1), round(got.hi, 1)) == (83.7, 77.3, 85.0)
    assert got.hi - got.lo == pytest.approx(100 * (1 - got.coverage))
    assert (got.grade, got.caps, got.final) == ("good", (), got.point)


def nodes(measure: Measure):
    yield measure
    for child in measure.children:
        yield from nodes(child)


def test_every_title_bucket_and_diagnostic_has_words_in_both_languages():
    for lang in ("en", "zh"):
        for score in (*worked(), process(*worked(), weights())):
            for node in nodes(score.measure):
                assert words.say(lang, node.words)
            if score.bucket:
                assert words.say(lang, score.bucket)
            for name in score.diagnostics:
                assert words.say(lang, f"score.diagnostic-{name}")


def test_the_ids_of_all_measures_differ():
    ids = [node.id for node in nodes(process(*worked(), weights()).measure)]
    assert len(ids) == len(set(ids))


def test_every_value_names_the_entries_that_it_rests_on():
    for node in nodes(process(*worked(), weights()).measure):
        assert node.entries or node.standing != "value", node.id


def test_a_drill_that_has_not_begun_has_no_score():
    state = Log().state()
    parts = [scorer(state, 0, weights()) for scorer in (arrival, supplies, information)]
    got = process(*parts, weights())
    assert (got.point, got.grade, got.footing) == (None, None, "insufficient")


def test_a_long_drill_is_scored_while_it_runs():
    names = [f"r{number}" for number in range(10)]
    facts = [
        named(f"f{number}", recipients=[{"role": "r1", "target": MINUTE}]) for number in range(9)
    ]
    log = Log(a_plan(roles=[role(name) for name in names]), a_scenario(facts=facts))
    log.call(0, *names)
    for number in range(2000):
        sender, to = names[number % 10], names[(number + 3) % 10]
        message = log.tell(number * SECOND, sender, (to,), f"f{number % 9}", ack=number % 3 == 0)
        log.acknowledge(number * SECOND + MINUTE, message, to)
    state, weighing = log.state(), weights()

    def seconds() -> float:
        start = perf_counter()
        arrival(state, HOUR, weighing)
        supplies(state, HOUR, weighing)
        information(state, HOUR, weighing, thorough=False)
        return perf_counter() - start

    # Some 4 ms on a busy two-core machine; the margin is for busier ones.
    assert min(seconds() for _ in range(5)) < 0.03
