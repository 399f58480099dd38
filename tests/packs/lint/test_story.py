"""Advice on the story as a whole: its pace, and what hangs in the air."""

import pytest
from test_packs import edit, marked_place
from worlds_packs import write_pack

from drillkit import packs

ANOTHER = """
[[inject]]
id = "{id}"
title.en = "More"
title.zh = "又来一条"
body.en = "{body}"
body.zh = "请答复。"
at = "{at}"
sender = "technician"
to = ["commander"]
{rest}

[[inject.expect]]
id = "do-{id}"
role = "commander"
text.en = "Answers."
text.zh = "作出答复。"
target = "2m"
"""


@pytest.fixture
def pack(tmp_path):
    folder = tmp_path / "pack"
    write_pack(folder)
    return folder


def add(pack, *injects):
    edit(
        pack / "scenario.toml", "# A need arises at a site", "\n".join(injects) + "# A need arises"
    )


def another(id, at, body="Answer.", rest=""):
    return ANOTHER.format(id=id, at=at, body=body, rest=rest)


def told(pack):
    return [(d.code, dict(d.values)) for d in packs.lint(pack)]


def test_a_role_that_reads_half_of_five_minutes_is_told_of_at_the_inject_that_tips_it(pack):
    # 1,200 characters take 80 s and 3 s more: two of them are more than 150 s.
    long = "Read. " * 200
    add(pack, another("first", "10m", long), another("second", "14m59s", long))
    (found,) = packs.lint(pack)
    assert (found.code, found.values["role"], found.values["window"]) == (
        "DK401",
        "commander",
        "5m",
    )
    assert marked_place((pack / "scenario.toml").read_text("utf-8"), 'id = «"second"»') == (
        found.line,
        found.col,
        found.width,
    )


def test_what_is_read_five_minutes_apart_is_no_load(pack):
    long = "Read. " * 200
    add(pack, another("first", "10m", long), another("second", "15m", long))
    assert told(pack) == []


def test_of_two_branches_only_one_has_to_be_read(pack):
    long = "Read. " * 200
    when = 'when = {{ answered = "alarm", option = "{}" }}'
    add(
        pack,
        another("first", "10m", long, when.format("wait")),
        another("second", "10m", long, when.format("close")),
    )
    edit(pack / "scenario.toml", 'option = "close"', 'option = "wait"')
    assert told(pack) == []


def test_four_answers_in_five_minutes_are_a_pile(pack):
    three = [another(f"no-{n}", f"{10 + n}m") for n in (1, 2, 3)]
    add(pack, *three, another("no-4", "14m"))
    assert told(pack) == [("DK402", {"role": "commander", "count": "4", "window": "3m"})]


def test_three_answers_in_five_minutes_are_none(pack):
    add(pack, *(another(f"no-{n}", f"{10 + n}m") for n in (1, 2, 3)))
    assert told(pack) == []


def test_a_role_that_nothing_reaches_is_named_in_the_plan(pack):
    edit(pack / "plan.toml", "# An outside partner", """[[role]]
id = "porter"
title.en = "Porter"
title.zh = "门卫"
duties.en = "Opens the gate."
duties.zh = "开门。"

# An outside partner""")  # fmt: skip
    (found,) = packs.lint(pack)
    assert (found.path.name, found.code) == ("plan.toml", "DK403")
    assert dict(found.values) == {"role": "porter", "gap": "40m", "start": "0s"}


def test_a_quarter_of_an_hour_without_anything_new_is_told_of_once(pack):
    edit(pack / "scenario.toml", 'length = "40m"', 'length = "2h"')
    add(pack, another("late", "1h50m"))
    assert told(pack) == [("DK404", {"gap": "1h30m", "start": "20m"})]


def test_a_fact_that_nobody_has_to_know_is_named(pack):
    edit(pack / "scenario.toml", 'facts = ["hall-wet"]\ntasks', "tasks")
    assert told(pack) == [("DK413", {"name": "hall-wet"})]


def test_a_rumour_need_not_be_known(pack):
    edit(pack / "scenario.toml", 'facts = ["hall-wet"]\ntasks', "tasks")
    edit(pack / "scenario.toml", 'id = "hall-wet"', 'id = "hall-wet"\ntrue = false')
    assert told(pack) == []


def test_an_outcome_that_nothing_moves_is_named(pack):
    edit(pack / "scenario.toml", "[[objective]]", """[[outcome]]
id = "still"
title.en = "Stands still"
title.zh = "不动"
unit.en = "point"
unit.zh = "分"
null = 0
reference = 1

[[objective]]""")  # fmt: skip
    assert told(pack) == [("DK414", {"name": "still"})]


def test_a_critical_task_of_somebody_whom_no_inject_asks_is_named(pack):
    edit(pack / "scenario.toml", "[[task]]", """[[task]]
id = "guard"
target = "react-in-time"
text.en = "Guards the gate"
text.zh = "看守大门"
standard.en = "Somebody stands there."
standard.zh = "有人值守。"
roles = ["technician"]
closed = false
critical = true

[[task]]""")  # fmt: skip
    assert told(pack) == [("DK412", {"name": "guard"})]


def test_advice_waits_until_the_faults_are_mended(pack):
    edit(pack / "scenario.toml", "你怎么办？", "你怎么办?")
    assert [d.severity for d in packs.lint(pack)] == ["advice"]
    assert packs.check(pack) == ()
    assert packs.load(pack).scenario.id == "burst-pipe"
    edit(pack / "scenario.toml", 'rule = "first-notice"', 'rule = "other"')
    assert [d.severity for d in packs.lint(pack)] == ["fault"]
