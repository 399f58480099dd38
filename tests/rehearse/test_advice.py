"""Planted faults: each is named, and a sound drill is left alone."""

import worlds
from worlds import PLAN, SCENARIO, both
from worlds_rehearse import changed, rehearsed

from drillkit.rehearse.advice import advice
from drillkit.report.rehearsal import Rows


def told(**parts) -> dict[str, dict]:
    found = rehearsed(25, **parts)
    return {f"{one.rule} {' '.join(one.names)}".strip(): dict(one.values) for one in advice(found)}


def test_a_limit_shorter_than_the_way_is_named_with_its_shortest_path() -> None:
    plan = changed(PLAN, "role", 2, to={**PLAN["role"][2], "travel": "20m", "arrive_limit": "16m"})
    values = told(plan=worlds.Plan.model_validate(plan))["too-short-arrive arrive/supplies"]
    assert values["limit"] == "16:00"
    assert values["floor"] > "21:00"


def test_a_need_that_no_vehicle_can_meet_in_time_is_named() -> None:
    need = {**SCENARIO["need"][0], "within": "4m", "site": "ward", "item": "pump", "quantity": 2}
    values = told(scenario=worlds.a_scenario(need=[need]))
    assert f"too-short-met met/{need['id']}" in values


def test_a_need_that_no_store_can_fill_is_named() -> None:
    need = {**SCENARIO["need"][0], "quantity": 400}
    assert f"unreachable-met met/{need['id']}" in told(scenario=worlds.a_scenario(need=[need]))


def test_a_role_with_all_injects_is_named() -> None:
    injects = [
        {
            "id": f"blow-{n}",
            "title": both(f"Blow {n}"),
            "body": both("Another one."),
            "at": f"{5 + n}m",
            "sender": "office",
            "to": ["commander"],
            "expect": [{"id": "say", "role": "commander", "text": both("Says."), "target": "4m"}],
        }
        for n in range(6)
    ]
    values = told(scenario=worlds.a_scenario(inject=[*SCENARIO["inject"], *injects]))
    assert values["lion"]["injects"] >= 7
    assert values["pile"]["start"] == "5:00"


def test_a_branch_that_nobody_comes_to_and_one_that_everybody_does_are_named() -> None:
    def branch(id: str, when: dict) -> dict:
        return {
            "id": id,
            "title": both(id),
            "body": both("So."),
            "when": when,
            "sender": "office",
            "to": ["liaison"],
        }

    never = branch("never", {"outcome": "dry-rooms", "above": 1e6})
    always = branch("always", {"not_before": "20m"})
    found = told(scenario=worlds.a_scenario(inject=[*SCENARIO["inject"], never, always]))
    assert "branch-never branch/never" in found
    assert "branch-always branch/always" in found


def test_every_sentence_can_be_said_in_both_languages() -> None:
    need = {**SCENARIO["need"][0], "quantity": 400}
    found = rehearsed(12, scenario=worlds.a_scenario(need=[need]))
    for lang in ("en", "zh"):
        rows = Rows(found, lang)
        said = [rows.sentence(one) for one in rows.advice]
        assert said
        assert list(rows.about())
        assert rows.limits
        assert rows.costs(0)


def test_without_runs_there_is_no_advice() -> None:
    found = rehearsed(1, teams=("average",))
    found.tallies["average"].runs = 0
    assert advice(found) == ()
