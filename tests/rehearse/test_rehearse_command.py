"""`drillkit rehearse` as a user runs it: what it prints, and what it says of bad input."""

import pytest

from drillkit.cli import main


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]):
    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            status = main(["rehearse", *words])
        except SystemExit as leaving:
            status = int(str(leaving.code))
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return status, out, err

    return run


@pytest.fixture
def pack(tmp_path, capsys):
    folder = tmp_path / "pack"
    assert main(["new", str(folder)]) == 0
    capsys.readouterr()
    return folder


@pytest.mark.parametrize(("lang", "heading"), [("en", "Advice"), ("zh", "建议")])
def test_a_pack_is_rehearsed_and_the_advice_stands_first(said, pack, lang, heading) -> None:
    status, out, _ = said(str(pack), "--runs", "3", "--workers", "1", "--lang", lang)
    assert status == 0
    scores = {"en": "Combined assessment", "zh": "综合评估"}[lang]
    assert out.index(heading) < out.index(scores)


@pytest.mark.parametrize("runs", ["0", "-1", "1000000000", "many", "1.5"])
def test_a_number_of_runs_that_cannot_be_is_wrong_usage(said, pack, runs) -> None:
    status, out, err = said(str(pack), f"--runs={runs}")
    assert (status, out) == (2, "")
    assert "1 to 1000000" in err


def test_profiles_that_are_not_there_are_named_with_the_nearest(said, pack) -> None:
    assert said(str(pack), "--profile", "avrage")[::2] == (
        2,
        "There is no profile 'avrage'; did you mean 'average'?\n",
    )
    assert said(str(pack), "--profile", " , ")[0] == 1
    assert said(str(pack), "--profile", "average,average")[0] == 1


def test_a_profile_with_a_slip_is_told_with_its_line(said, pack, tmp_path) -> None:
    team = tmp_path / "ours.toml"
    team.write_text('id = "ours"\nskil = 0.5\n', encoding="utf-8")
    status, _, err = said(str(pack), "--profile", str(team))
    assert status == 1
    assert f"{team}:2:1" in err
    assert "skill" in err


def test_a_profile_of_ones_own_plays(said, pack, tmp_path) -> None:
    team = tmp_path / "ours.toml"
    team.write_text(
        'id = "ours"\ntitle.en = "our team"\ntitle.zh = "我们的队伍"\nskill = 0.5\n'
        "[skills]\ncommander = 1.0\n",
        encoding="utf-8",
    )
    status, out, _ = said(str(pack), "--profile", str(team), "--runs", "2", "--workers", "1")
    assert status == 0
    assert "our team (2)" in out


def test_a_pack_with_faults_is_not_rehearsed(said, pack) -> None:
    scenario = pack / "scenario.toml"
    text = scenario.read_text(encoding="utf-8")
    scenario.write_text(text.replace("[[inject]]\n", "[[injekt]]\n", 1), encoding="utf-8")
    status, out, err = said(str(pack), "--runs", "1")
    assert (status, out) == (1, "")
    assert "inject" in err


def test_a_branch_that_only_itself_leads_to_is_named_before_anything_is_played(said, pack) -> None:
    scenario = pack / "scenario.toml"
    with scenario.open("a", encoding="utf-8") as file:
        file.write(
            '\n[[milestone]]\nid = "round"\ntitle.en = "Round"\ntitle.zh = "循环"\n'
            'when = { released = "round-branch" }\n'
            '\n[[inject]]\nid = "round-branch"\ntitle.en = "Round"\ntitle.zh = "循环"\n'
            'body.en = "So."\nbody.zh = "如此。"\nsender = "commander"\nto = ["commander"]\n'
            'when = { milestone = "round" }\n'
        )
    status, _, err = said(str(pack), "--runs", "1")
    assert status == 1
    assert "round-branch" in err
