"""The claims of tests.validity, small: few seeds, few draws, and each cheat at one skill."""

import pytest

from drillkit.report.html import document_html
from drillkit.report.markdown import document_markdown
from drillkit.standins import skilled
from tests.validity import gamed, monotone, page, robust, sensitive
from tests.validity.cheats import CHEATS
from tests.validity.drills import PACKS, SCORES, Drill, all_scored, scored
from tests.validity.figures import mean_of, quantile, ranks, spearman

PACK = PACKS[0]
SEEDS = (1, 2, 3)
BEATEN = [name for name in CHEATS if name not in gamed.LEFT]


def test_ranks_share_the_mean_of_their_places():
    assert ranks([3.0, 1.0, 3.0, 2.0]) == [3.5, 1.0, 3.5, 2.0]


@pytest.mark.parametrize(
    ("other", "rho"),
    [([1, 2, 3, 4], 1.0), ([4, 3, 2, 1], -1.0), ([7, 7, 7, 7], 0.0), ([1, 3, 2, 4], 0.8)],
)
def test_rank_correlation_says_how_far_two_orders_agree(other, rho):
    assert spearman([1, 2, 3, 4], other) == pytest.approx(rho)


@pytest.mark.parametrize(("freedom", "table"), [(3, 3.182), (10, 2.228), (29, 2.045)])
def test_the_interval_of_a_mean_uses_students_quantile(freedom, table):
    assert quantile(freedom) == pytest.approx(table, rel=0.01)


def test_the_interval_of_a_mean_lies_round_it():
    got = mean_of([1.0, 2.0, 3.0, 4.0])
    assert (got.mean, got.n) == (2.5, 4)
    assert got.hi - got.mean == pytest.approx(got.mean - got.lo)


@pytest.fixture(scope="module")
def honest():
    return all_scored(Drill(PACK, skilled(0.9), seed) for seed in SEEDS)


def test_who_is_more_able_scores_more():
    steps = (0.0, 0.25, 0.5, 0.75, 1.0)
    got = all_scored(monotone.drills([PACK], SEEDS, steps))
    lines = monotone.lines(got, [PACK], SEEDS, steps)
    assert {line.score for line in lines if not line.holds} == set()


def test_a_damage_shows_in_its_own_score_five_times_as_much_as_in_any_other_of_the_process():
    some = [one for one in sensitive.DAMAGES if one.title in ("late arrival", "careless reports")]
    got = all_scored(sensitive.drills([PACK], SEEDS, some))
    assert [row for row in sensitive.rows(got, [PACK], SEEDS, some) if not row.holds] == []


def test_every_damage_belongs_to_a_score():
    assert {score for one in sensitive.DAMAGES for score in one.own} <= set(SCORES)


def test_the_grade_holds_as_often_as_the_report_says():
    found = robust.checks([Drill(PACK, skilled(skill), 1) for skill in (0.55, 0.75, 0.85)], 25)
    assert all(abs(one.claimed - one.found) <= 0.2 for one in found)


@pytest.mark.parametrize("cheat", BEATEN)
def test_a_cheat_loses_what_it_plays_for(cheat, honest):
    team = skilled(0.9)
    pairs = [
        (scored(Drill(PACK, team, seed, cheat)).raw, honest[Drill(PACK, team, seed)].raw)
        for seed in SEEDS[:2]
    ]
    for score in (*CHEATS[cheat].attacks, "combined"):
        assert sum(one[score] - other[score] for one, other in pairs) < 0, score


def test_a_cheat_that_is_not_beaten_is_named_with_its_reason():
    assert gamed.LEFT.keys() < CHEATS.keys()
    assert all(len(why) > 40 for why in gamed.LEFT.values())


def test_the_report_says_all_of_it_on_one_page(honest):
    cheats = ("unapproved",)
    line = monotone.Line(PACK, "arrival", (0, 1), (2, 3), (2, 3), ((1, 3), (2, 4)), 1.0, 0.9)
    played = honest | all_scored(gamed.drills([PACK], SEEDS, (0.9,), cheats))
    hurt = all_scored(sensitive.drills([PACK], SEEDS, sensitive.DAMAGES[-1:]))
    found = page.Findings(
        lines=[line],
        damages=sensitive.rows(hurt, [PACK], SEEDS, sensitive.DAMAGES[-1:]),
        checks=[robust.Check(0.9, 0.88), robust.Check(1.0, 1.0)],
        cheats=gamed.rows(played, [PACK], SEEDS, (0.9,), cheats),
        seeds=2,
        damage_seeds=3,
        cheat_seeds=3,
        draws=10,
    )
    report = page.document(found)
    assert [claim for claim, _, _ in page.verdicts(found)] == [
        "Monotone",
        "Sensitive",
        "Robust",
        "Not to be gamed",
    ]
    text, html = document_markdown(report), document_html(report)
    assert CHEATS["unapproved"].__doc__ in text
    assert "<svg" in html
