"""`drillkit preview`: what each role will read, without what it must not see."""

import pytest

from drillkit.cli import main

PACK = "riverside-hospital-flood"


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]):
    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main(["preview", *words])
        out, err = capsys.readouterr()
        return status, out, err

    return run


def test_every_inject_stands_in_both_languages_with_its_options_and_notes(said) -> None:
    status, out, _ = said(PACK)
    assert status == 0
    assert "Another red warning" in out
    assert "再次发布红色预警" in out
    assert "( ) Level I now; name who must confirm having read it" in out
    assert "Notes for controllers: A forwarded text is not a decision." in out
    assert "[red-warning]" in out
    assert out.index("[red-warning]") < out.index("[three-cases]") < out.index("[bay-lost]")


def test_what_is_folded_stands_below_its_text(said) -> None:
    _, out, _ = said("rail-radio-loss")
    folded = out.partition("( ) Log it with the signal-box fault")[2].splitlines()[1]
    assert folded.rstrip() == "      holds"


def test_a_role_sees_its_own_injects_and_no_notes_conditions_or_ids(said) -> None:
    status, out, _ = said(PACK, "--as", "medical")
    assert status == 0
    assert "Two intensive care units on battery" in out
    assert "Another red warning" not in out
    for secret in ("Controllers:", "[", "Commander  "):
        assert secret not in out.replace("[ ]", "")


def test_the_timeline_has_a_line_for_each_role_and_a_mark_for_each_planned_inject(said) -> None:
    lines = said(PACK, "--as", "medical")[1].splitlines()
    marks = lines[2].removeprefix("Medical lead").strip()
    assert len(marks) == 18
    assert sum(int(mark) for mark in marks if mark != "·") == 8


@pytest.mark.parametrize(
    ("seat", "sentence"), [("medicall", "did you mean 'medical'"), ("zzz", "it has commander")]
)
def test_a_role_that_is_not_there_is_named_with_the_nearest(said, seat, sentence) -> None:
    status, out, err = said(PACK, "--as", seat)
    assert (status, out) == (1, "")
    assert sentence in err
