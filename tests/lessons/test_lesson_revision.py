"""What lessons ask of a plan, each kind once and not without its finding, and the file revised."""

import tomllib
from pathlib import Path

import pytest
from worlds_lessons import a_lesson, a_sighting
from worlds_result import two

from drillkit.lessons.proposals import Edit, Proposal, proposals, proposed
from drillkit.lessons.revise import revised
from drillkit.model.lesson import Lesson, Status
from drillkit.model.plan import Plan
from drillkit.packs.shape import model_of
from drillkit.packs.source import read

ON = "2027-02-12"
TEXT = """\
# Plan of the works
id = "works"  # never changes
title.en = "Plan"
title.zh = "预案"
organisation.en = "Works"
organisation.zh = "工厂"

[[role]]
id = "chief"
title.en = "Chief"
title.zh = "总指挥"
group = "post"
commander = true
may = ["command"]
arrive_target = "5m" # measured in 2020
arrive_limit = "10m"
duties.en = "Commands"
duties.zh = "指挥"
[role.contact]
phone = "1"
post.en = "Chief"
post.zh = "总指挥"

# The deputy lives in the village.
[[role]]
id = "deputy"
title.en = "Deputy"
title.zh = "副总指挥"
group = "post"
alternates = ["clerk"]
duties.en = "Stands in"
duties.zh = "代行"
[role.contact]
radio = "3"
post.en = "Deputy"
post.zh = "副总指挥"

[[role]]
id = "clerk"
title.en = "Clerk"
title.zh = "文书"
may = ["report", "notify", "release"]
duties.en = "Writes"
duties.zh = "记录"

[[group]]
id = "post"
title.en = "Post"
title.zh = "指挥部"
quorum = 1
target = "5m"

[[report]]
id = "up"
title.en = "Report up"
title.zh = "上报"
trigger.en = "Always"
trigger.zh = "总是"
sender = "clerk"
to = ["chief"]
limit = "10m"
[[report.element]]
id = "place"
title.en = "Place"
title.zh = "地点"

[release]
drafters = ["clerk"]
approvers = ["chief"]
spokesperson = "clerk"

[[item]]
id = "water"
title.en = "Water"
title.zh = "水"
unit.en = "box"
unit.zh = "箱"
floor = 5

[[site]]
id = "gate"
title.en = "Gate"
title.zh = "大门"

[[depot]]
id = "near"
title.en = "Near store"
title.zh = "近库"
[[depot.stock]]
item = "water"
quantity = 4 # by hand
expires = "2027-01"

[[depot]]
id = "far"
title.en = "Far store"
title.zh = "远库"
[[depot.stock]]
item = "water"
quantity = 40

[[route]]
depot = "near"
site = "gate"
time = "1m"

[[route]]
depot = "far"
site = "gate"
time = "9m"

[[training]]
role = "chief"
course.en = "Command"
course.zh = "指挥"
done = "2024-01-10"
valid_until = "2026-01"

[[customer]]
id = "bank"
title.en = "Bank"
title.zh = "银行"
kind = "credit"
grade = "high"
treatment.en = "Call"
treatment.zh = "致电"
owner = "clerk"
notify_within = "20m"
"""


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    return a_plan(tmp_path, TEXT)


def a_plan(folder: Path, text: str) -> Plan:
    path = folder / "plan.toml"
    path.write_text(text, encoding="utf-8")
    value, faults = model_of(read(path), Plan)
    assert faults == []
    assert value is not None
    return value


def about(rule: str, kind: str, id: str, **more: object) -> Lesson:
    subject = {"kind": kind, "id": id, "title": two(id.title())}
    return a_lesson(id=f"{rule}-{id}", rule=rule, subject=subject, **more)


def seen(**more: object) -> dict[str, object]:
    return {key: value for key, value in {**a_sighting(), **more}.items() if value is not None}


def short(asked: int, got: int) -> dict[str, object]:
    return {"item": "water", "site": "gate", "asked": asked, "got": got}


PLAN_ALONE = ("contact-clerk", "expired-water-near", "training-chief")
"""What a look through the plan finds without any lesson."""

CASES: dict[str, tuple[Lesson, str, str]] = {
    "a post that was empty": (about("absent-role", "role", "clerk"), "alternate-clerk", "Deputy"),
    "a key post without alternate": (
        about("no-alternate", "role", "chief"),
        "alternate-chief",
        "Deputy",
    ),
    "a report without a deputy": (about("report-omitted", "report", "up"), "alternate-clerk", ""),
    "a deputy who may not report": (
        about("report-omitted", "report", "up"),
        "report-deputy-deputy",
        "Report up",
    ),
    "a customer's only caller": (about("customer-late", "customer", "bank"), "alternate-clerk", ""),
    "one who approves alone": (about("unapproved-release", "role", "clerk"), "approver", "Deputy"),
    "a target never met": (about("late-role", "role", "chief"), "target-chief", "5m to 7m"),
    "a group's target never met": (about("quorum-late", "group", "post"), "target-post", "7m"),
    "a limit never met": (
        about("report-late", "report", "up", drill=[seen(took=630_000)]),
        "limit-up",
        "10m to 11m",
    ),
    "too little in store": (
        about("unmet-need", "need", "drink", drill=[seen(took=None, short=short(60, 44))]),
        "stock-water-near",
        "Keep 21 more in Near store",
    ),
    "enough in the wrong place": (
        about("unmet-need", "need", "drink", drill=[seen(took=None, short=short(20, 4))]),
        "stock-water-near",
        "Move 16 from Far store to Near store",
    ),
    "training that nobody had": (
        about("deadline-missed", "inject", "alarm", owner="clerk", element="training"),
        "training-clerk",
        "Plan a training of Clerk, by 2027-02-15",
    ),
    "a post that cannot be reached": (
        about("late-role", "role", "clerk"),
        "contact-clerk",
        "Clerk",
    ),
}


def asked(plan: Plan, *lessons: Lesson) -> dict[str, Proposal]:
    return {one.id: one for one in proposals(plan, lessons, ON)}


def test_the_plan_by_itself_shows_what_is_out_of_date_or_missing(plan: Plan):
    found = asked(plan)
    assert tuple(found) == PLAN_ALONE
    assert all(one.lessons == () for one in found.values())
    assert "expired in 2027-01" in found["expired-water-near"].in_("en")


@pytest.mark.parametrize("case", CASES)
def test_a_finding_that_touches_the_plan_proposes_a_change(plan: Plan, case: str):
    lesson, id, told = CASES[case]
    found = asked(plan, lesson)
    assert id in found
    assert found[id].lessons == (lesson,)
    assert told in found[id].in_("en")
    assert found[id].in_("zh") != found[id].in_("en")
    assert proposed(plan, lesson, ON) is not None


@pytest.mark.parametrize("case", CASES)
def test_a_change_once_made_is_not_proposed_again(plan: Plan, tmp_path: Path, case: str):
    lesson, id, _ = CASES[case]
    found = asked(plan, lesson)
    text, _ = revised(TEXT, found.values())
    again = asked(a_plan(tmp_path, text), lesson)
    assert again == {}
    assert id in found


@pytest.mark.parametrize(
    "lesson",
    [
        about("late-role", "role", "stranger"),
        about("late-role", "role", "chief", drill=[seen(took=100_000)]),
        about("late-role", "role", "chief", drill=[seen(), seen(session="b", took=200_000)]),
        about("report-omitted", "report", "sideways"),
        about("unmet-need", "need", "drink", drill=[seen(short=short(20, 20))]),
        about("unmet-need", "need", "drink", drill=[seen(short=short(20, 0))]),
        about("repeated-correction", "inject", "alarm"),
    ],
    ids=lambda lesson: lesson.id,
)
def test_a_finding_that_the_plan_is_not_to_blame_for_proposes_nothing(plan: Plan, lesson: Lesson):
    assert tuple(asked(plan, lesson)) == PLAN_ALONE


def test_a_lesson_that_does_not_touch_the_plan_proposes_nothing(plan: Plan):
    assert proposed(plan, about("repeated-correction", "inject", "alarm"), ON) is None


def test_a_law_s_limit_is_never_loosened(tmp_path: Path):
    text = TEXT.replace(
        'limit = "10m"\n[[report.element]]', 'limit = "10m"\nstatutory = true\n[[report.element]]'
    )
    lesson = about("report-late", "report", "up", drill=[seen(took=630_000)])
    assert "limit-up" not in asked(a_plan(tmp_path, text), lesson)


@pytest.mark.parametrize("status", ["implemented", "verified", "rejected"])
def test_what_was_dealt_with_is_not_asked_for_again(plan: Plan, status: Status):
    subject = {"kind": "role", "id": "chief", "title": two("Chief")}
    closed = a_lesson(status, rule="no-alternate", subject=subject)
    assert tuple(asked(plan, closed)) == PLAN_ALONE


def test_two_findings_behind_one_change_are_both_named(plan: Plan):
    one, other = about("absent-role", "role", "clerk"), about("customer-late", "customer", "bank")
    assert asked(plan, one, other)["alternate-clerk"].lessons == (one, other)


def test_comments_and_order_stay_and_only_what_was_accepted_changes(plan: Plan):
    lessons = [lesson for lesson, _, _ in CASES.values()]
    every = proposals(plan, lessons, ON)
    text, changes = revised(TEXT, every)
    assert [change.proposal for change in changes] == every
    for comment in (
        "# Plan of the works",
        "# never changes",
        "# measured in 2020",
        "# The deputy lives in the village.",
        "# by hand",
    ):
        assert comment in text
    before, after = tomllib.loads(TEXT), tomllib.loads(text)
    assert list(after) == list(before)
    assert [role["id"] for role in after["role"]] == ["chief", "deputy", "clerk"]
    assert after["role"][0]["alternates"] == ["deputy"]
    assert (after["role"][0]["arrive_target"], after["role"][0]["arrive_limit"]) == ("7m", "12m")
    assert after["role"][2]["contact"]["post"] == {"en": "Clerk", "zh": "文书"}
    assert after["release"]["approvers"] == ["chief", "deputy"]
    assert after["training"][0].get("valid_until") is None
    [one] = [proposal for proposal in every if proposal.id == "target-chief"]
    text, [change] = revised(TEXT, [one])
    marked = [line for line in change.diff if line[:1] in "+-"]
    assert marked == [
        '-arrive_target = "5m" # measured in 2020',
        '-arrive_limit = "10m"',
        '+arrive_target = "7m" # measured in 2020',
        '+arrive_limit = "12m"',
    ]


def test_two_changes_to_one_shelf_add_up():
    where = ("depot", 1, "stock", 0, "quantity")
    changes = [
        Proposal(str(n), "register.change-stock", {}, (Edit(where, n, "by"),)) for n in (3, -1)
    ]
    text, _ = revised(TEXT, changes)
    assert tomllib.loads(text)["depot"][1]["stock"][0]["quantity"] == 42
