"""Knowledge travels as time allows, and the network that carries it is described."""

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds_scoring import HOUR, Log, a_plan, a_scenario, named, role, weights

from drillkit.core.state import State
from drillkit.model import events as ev
from drillkit.model.base import MINUTE
from scoring.assessment import Score
from scoring.process import information
from scoring.process.knowledge import PUBLIC, Telling, carried, known_since, tellings


def a_fact(id: str, *who: str):
    recipients = [{"role": one, "target": 10 * MINUTE} for one in who]
    return named(id, recipients=recipients)


def the_log(*facts, **plan) -> Log:
    roles = [role("lead"), role("medic"), role("press")]
    return Log(a_plan(roles=roles, **plan), a_scenario(facts=facts))


def rated(log: Log, now: int = 2 * HOUR) -> Score:
    return information(log.state(), now, weights())


ROLES = ("lead", "medic", "press")
acts = st.lists(
    st.tuples(
        st.sampled_from(["inject", "tell", "state"]),
        st.sampled_from(ROLES),
        st.sets(st.sampled_from(ROLES), min_size=1),
        st.sets(st.sampled_from(["flood", "fire"]), min_size=1),
        st.integers(0, 2),
    ),
    max_size=10,
)


def a_told_story(acts) -> State:
    """A journal in which everybody passes on only what it knows; many entries share their time."""
    log = the_log(*(a_fact(id, *ROLES) for id in ("flood", "fire")))
    at = 0
    for number, (kind, teller, to, facts, later) in enumerate(acts):
        at += later
        state = log.state()
        known = tuple(fact for fact in sorted(facts) if state.knows_fact(teller, fact))
        if kind == "inject":
            log.release(at, f"i{number}", tuple(sorted(to)), *sorted(facts))
        elif kind == "tell":
            log.tell(at, teller, tuple(sorted(to)), *known)
        else:
            log.state_publicly(at, f"s{number}", *known, drafter=teller, by=teller)
    return log.state()


def earliest(told: list[Telling], role: str, fact: str, without: str | None) -> int | None:
    """The entry of the earliest arrival, by trying every path that respects time."""

    def knows_from(who: str, before: int) -> int | None:
        """The earliest entry before `before` that brings it to `who`, and so on back."""
        came = [
            telling.seq
            for telling in told
            if telling.seq < before
            and fact in telling.facts
            and (telling.to is None or (who in telling.to and who != without))
            and without not in telling.through
            and (
                not telling.hats
                or any(knows_from(hat, telling.told_at) is not None for hat in telling.hats)
            )
        ]
        return min(came, default=None)

    return knows_from(role, 10**9)


@given(acts, st.none() | st.sampled_from(ROLES))
def test_one_sweep_finds_the_earliest_arrival(acts, without):
    told = tellings(a_told_story(acts))
    knows = carried(told, without)
    for role_id in ROLES:
        for fact in ("flood", "fire"):
            known = known_since(knows, role_id, fact)
            assert (known.seq if known else None) == earliest(told, role_id, fact, without)


@given(acts)
def test_the_sweep_and_the_state_agree(acts):
    state = a_told_story(acts)
    knows = carried(tellings(state))
    assert knows[PUBLIC] == state.public
    for role_id in ROLES:
        for fact in ("flood", "fire"):
            assert known_since(knows, role_id, fact) == state.knows_fact(role_id, fact)


def test_a_sender_cannot_pass_on_what_it_learns_at_the_same_time_but_later():
    told = [
        Telling(1, 5, "m1", ("medic",), ("medic",), ("press",), ("flood",), 1),
        Telling(2, 5, "i1", (), (), ("medic",), ("flood",), 2),
    ]
    assert "press" not in carried(told)


def test_a_substitute_passes_on_what_the_post_knows():
    log = the_log(a_fact("flood", "press"), channels=[{"sender": "lead", "to": ["press"]}])
    log.arrive(0, "lead", substitute="medic")
    log.release(1, "first", ("lead",), "flood")
    log.tell(2, "medic", ("press",), "flood")
    log.add(3, ev.RoleLeft(role="lead"), by="medic")
    log.tell(4, "medic", ("press",))
    state = log.state()
    assert carried(tellings(state))["press"] == state.knows["press"]
    discipline = rated(log).measure.children[-1]
    (paths, _) = discipline.children
    assert [(child.about, child.point) for child in paths.children] == [("medic", 0.5)]


# -- diagnostics -----------------------------------------------------------------------------------


def a_chain() -> Log:
    log = the_log(a_fact("flood", "medic", "press"))
    log.release(0, "first", ("lead",), "flood")
    log.tell(2 * MINUTE, "lead", ("medic",), "flood")
    log.tell(4 * MINUTE, "medic", ("press",), "flood")
    log.tell(4 * MINUTE, "medic", ("press",), "flood")
    return log


def test_the_diagnostics_describe_the_network():
    shown = rated(a_chain()).diagnostics
    assert (shown["median-to-role"], shown["p90-to-role"]) == (3.0, 4.0)
    assert shown["redundancy"] == pytest.approx(1 / 3)
    assert (shown["busiest-rate"], shown["busiest-role"]) == (2.0, "medic")
    # lead-medic 1, lead-press 1/2, medic-press 1 of six ordered pairs.
    assert shown["fragmentation"] == pytest.approx(1 - 2.5 / 6)


def test_the_bottleneck_is_the_role_without_which_the_others_know_least():
    shown = rated(a_chain()).diagnostics
    # Without lead neither medic nor press learns of it; without medic only press does not.
    assert (shown["bottleneck"], shown["bottleneck-drop"]) == ("lead", 1.0)


def test_the_dear_diagnostics_are_left_out_of_a_live_score():
    quick = information(a_chain().state(), HOUR, weights(), thorough=False)
    assert set(quick.diagnostics) == {"unsupported"}
    assert quick.measure == rated(a_chain(), HOUR).measure


def test_scoring_leaves_no_trace_in_the_state():
    state = a_chain().state()
    before = deepcopy(state)
    information(state, HOUR, weights())
    assert state == before
