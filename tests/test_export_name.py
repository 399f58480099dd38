"""`drillkit export --evaluator`: a name that the drill does not know is said, and written all the same."""

from pathlib import Path

import pytest
from worlds_guide import a_finished_drill

from drillkit.cli import main
from drillkit.model.base import Lang


def exports(drill: Path, name: str, lang: Lang = "en") -> int:
    to = str(drill.parent / "guides")
    words = ["export", str(drill), "--to", to, "--formats", "eeg", "--evaluator", name]
    return main([*words, "--lang", lang, "--force"])


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "knows no evaluators by name yet"), ("zh", "尚无登记姓名的评估人员")],
)
def test_a_guide_for_a_name_that_nobody_has_is_not_written_without_a_word(
    lang: Lang, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drill = a_finished_drill(tmp_path / "calm.drill")
    assert exports(drill, "Nobody", lang) == 0
    told = capsys.readouterr()
    assert said in told.err
    assert "Nobody" in told.err
    assert (tmp_path / "guides" / "evaluation-guide.xlsx").exists()
