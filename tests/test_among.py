"""Where a drill stands among simulated teams: shares with their intervals, and what may go wrong."""

import json
from collections import Counter
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import Play

from drillkit.cli import main
from drillkit.journal.sqlite import SqliteJournal
from drillkit.model.base import FACILITATOR
from drillkit.model.commands import EndDrill
from drillkit.packs.profiles import PROFILES, profile
from drillkit.rehearse import many
from drillkit.rehearse.among import BEST, SCORES, among
from drillkit.rehearse.tally import Count, Tally
from drillkit.report import schema
from drillkit.standins import StandInCrashed
from scoring.assess import assess


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("among") / "over.drill"
    with closing(SqliteJournal.create(path)) as journal:
        Play(journal=journal).minutes(40).do(FACILITATOR, EndDrill())
    return path


def tally_of(id: str, values: list[int]) -> Tally:
    return Tally(runs=len(values), counts={f"score/{id}": Count(Counter(values))})


def with_final(points: float):
    play = Play().minutes(40)
    play.do(FACILITATOR, EndDrill())
    said = assess(play.session.state, thorough=False)
    return replace(said, combined=replace(said.combined, final=points))


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=60), st.integers(0, 10_000))
def test_a_place_is_the_share_that_did_worse_with_ties_by_half(values, own) -> None:
    said = with_final(own / 100)
    team = profile("average")
    found = among(said, 1, [team], {team.id: tally_of("combined", values)})
    place = found.standings[0].places[0]
    worse = sum(x < own for x in values) + sum(x == own for x in values) / 2
    assert place.below == pytest.approx(worse / len(values))
    assert 0 <= place.low <= place.below + 1e-9
    assert place.below - 1e-9 <= place.high <= 1
    assert place.p10 <= place.median <= place.p90


def test_a_better_team_never_stands_lower() -> None:
    team = profile("average")
    tallies = {team.id: tally_of("combined", [5000, 6000, 6000, 7000])}
    places = [
        among(with_final(points), 1, [team], tallies).standings[0].places[0].below
        for points in (40.0, 50.0, 60.0, 65.0, 70.0, 80.0)
    ]
    assert places == sorted(places) == [0.0, 0.125, 0.5, 0.75, 0.875, 1.0]


def test_what_no_team_was_scored_for_has_no_place() -> None:
    team = profile("average")
    found = among(with_final(50.0), 1, [team], {team.id: Tally()})
    assert all(standing.places == (None,) for standing in found.standings)
    assert [standing.id for standing in found.standings] == [*SCORES, BEST]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_command_shows_a_column_for_each_team(
    ended: Path, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["score", str(ended), "--among", "3", "--workers", "1", "--lang", lang]
    assert main(asked) == 0
    told = capsys.readouterr().out
    for name in PROFILES:
        assert profile(name).title.in_(lang) in told
    caution = {"en": "nothing here ranks persons", "zh": "不是对个人、同事或单位的排名"}
    assert caution[lang] in told


def test_the_json_document_keeps_to_the_schema(
    ended: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["score", str(ended), "--among", "3", "--workers", "1", "--json"]
    assert main([*asked, "--profile", "average,untrained"]) == 0
    document = json.loads(capsys.readouterr().out)
    jsonschema.validate(document, schema())
    assert [team["id"] for team in document["among"]["teams"]] == ["average", "untrained"]
    assert [team["drills"] for team in document["among"]["teams"]] == [3, 3]
    assert list(document["among"]["scores"]) == list(SCORES)


def test_a_drill_that_goes_on_is_not_placed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "on.drill"
    with closing(SqliteJournal.create(path)) as journal:
        Play(journal=journal).minutes(5)
    assert main(["score", str(path), "--among", "3"]) == 1
    assert "has not ended" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "status", "said"),
    [
        (["--among", "0"], 2, "'0' is not a whole number from 1 to 1000000"),
        (["--among", "1000000000"], 2, "is not a whole number from 1 to 1000000"),
        (["--among", "-3"], 2, "-3"),
        (["--among", "3", "--profile", "avrage"], 2, "did you mean 'average'?"),
        (["--among", "3", "--profile", " , "], 1, "No team is named"),
    ],
)
def test_bad_input_is_one_sentence(
    ended: Path, options: list[str], status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        told = main(["score", str(ended), *options])
    except SystemExit as end:
        told = end.code
    assert told == status
    assert said in capsys.readouterr().err


def test_a_team_that_breaks_off_is_named_by_its_seed_and_the_others_count(
    ended: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = many.play_one

    def breaking(job, seed):
        if seed == 2:
            raise StandInCrashed("the stand-in of 'liaison' broke off")
        return whole(job, seed)

    monkeypatch.setattr(many, "play_one", breaking)
    asked = ["score", str(ended), "--among", "3", "--workers", "1", "--profile", "average"]
    assert main(asked) == 0
    assert "One run broke off, with seed 2: the stand-in of 'liaison'" in capsys.readouterr().out
    assert main([*asked, "--json"]) == 0
    (team,) = json.loads(capsys.readouterr().out)["among"]["teams"]
    assert (team["drills"], [one["seed"] for one in team["crashed"]]) == (2, [2])


def test_where_every_team_breaks_off_a_sentence_says_so(
    ended: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def breaking(_job, _seed):
        raise StandInCrashed("the stand-in of 'liaison' broke off")

    monkeypatch.setattr(many, "play_one", breaking)
    assert main(["score", str(ended), "--among", "3", "--workers", "1"]) == 1
    assert "All simulated teams broke off; the first with seed 1" in capsys.readouterr().err
