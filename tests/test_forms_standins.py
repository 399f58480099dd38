"""Stand-ins give feedback on a headless drill: seeded, by their hand, and only where it is asked for."""

from worlds import a_plan, a_scenario, the_weights

from drillkit.journal import MemoryJournal
from drillkit.packs.forms import forms
from drillkit.rehearse.play import EPOCH, play
from drillkit.session import Opening, Session
from drillkit.standins import Company, skilled
from scoring.forms import summary


def filled(seed=1, skill=0.7, handed=None):
    given = forms() if handed is None else handed
    opening = Opening("s", a_scenario(), a_plan(), the_weights(), seed=seed, forms=given)
    session = Session.open(MemoryJournal(), opening, EPOCH)
    roles = session.script.players
    play(session, lambda clock: Company(session, clock, roles, profile=skilled(skill), seed=seed))
    return [entry for entry in session.entries if entry.event.kind == "form_filled"]


def mean(entries):
    said = summary(forms()[2], [entry.event for entry in entries])
    means = [one.mean for one in said if one.mean is not None]
    return sum(means) / len(means)


def test_every_stand_in_hands_in_once_under_its_own_hand():
    entries = filled()
    assert [entry.by for entry in entries] == ["commander", "liaison", "supplies"]
    assert {(entry.via, entry.event.filler) for entry in entries} == {("stand-in", "stand-in")}
    assert all(len(entry.event.answers) == 11 for entry in entries)


def test_the_same_seed_says_the_same_and_practised_people_agree_more():
    assert filled(3) == filled(3)
    assert [e.event for e in filled(3)] != [e.event for e in filled(4)]
    practised, untrained = (
        [entry for seed in range(5) for entry in filled(seed, skill)] for skill in (1.0, 0.0)
    )
    assert mean(practised) > mean(untrained) + 0.5


def test_a_drill_without_forms_is_asked_nothing():
    assert filled(handed=()) == []
