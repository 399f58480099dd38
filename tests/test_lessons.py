"""Lessons: each rule fires in its situation and not without it; findings are merged and whole."""

from collections.abc import Callable

import pytest
from worlds_result import PLAN, SCENARIO, Drill, title

from drillkit.model import events as ev
from drillkit.words import area, say
from scoring.assessment import Finding
from scoring.result.lessons import DUE_DAYS, LEVELS, RULES, STRENGTHS
from scoring.result.titles import headline, minutes, together

Make = Callable[[], Drill]


def _arrived(minute: float, role: str) -> Drill:
    return Drill().call(0, role).arrive(minute, role).end(60)


def _with_alternate() -> Drill:
    roles = tuple(
        role.model_copy(update={"alternates": ("aide",)}) if role.id == "commander" else role
        for role in PLAN.roles
    )
    drill = Drill(plan=PLAN.model_copy(update={"roles": roles}))
    return drill.call(0, "commander").arrive(8, "commander").end(60)


def _group(minute: float | None) -> Drill:
    drill = Drill().call(0, "commander", "medic").arrive(2, "commander")
    return (drill.stand(minute) if minute is not None else drill).end(60)


def _acts(count: int) -> Drill:
    drill = _arrived_open(2, "press")
    for n in range(count):
        drill.message(10 + n, "press", "aide")
    return drill.end(60)


def _arrived_open(minute: float, role: str) -> Drill:
    return Drill().call(0, role).arrive(minute, role)


def _answer(minute: float, *options: str) -> Drill:
    return Drill().release(0, "alarm").answer(minute, "alarm", "commander", *options).end(60)


def _revised(times: int) -> Drill:
    drill = Drill().release(0, "alarm")
    for n in range(times + 1):
        drill.answer(1 + n, "alarm", "commander", "evacuate" if n % 2 else "half")
    return drill.end(60)


def _entered(masks: int) -> Drill:
    drill = Drill().release(0, "alarm").need(0, "masks")
    if masks:
        drill.ship(0, "masks", masks)
    return drill.answer(7, "alarm", "commander", "enter").end(60)


def _report(minute: float, *elements: str) -> Drill:
    return Drill().due(0).report(minute, *elements).end(60)


def _customer(minute: float | None) -> Drill:
    drill = Drill().at_risk(0)
    return (drill.notify(minute) if minute is not None else drill).end(60)


def _told(minute: float | None) -> Drill:
    drill = Drill().release(0, "leak")
    if minute is not None:
        drill.message(minute, "commander", "medic", facts=("dam",))
    return drill.end(60)


def _rumour(*facts: str, confirmed: bool, minute: float = 5) -> Drill:
    drill = Drill().release(0, "talk", "check")
    return drill.message(minute, "press", "medic", facts=facts, confirmed=confirmed).end(60)


def _without_release_rule() -> Drill:
    plan = PLAN.model_copy(update={"release": None})
    return Drill(plan=plan).statement(5, "truth", approved=False).end(60)


def _asked(minute: float | None, to: str = "medic") -> Drill:
    drill = Drill().message(1, "commander", to, ack=True)
    if minute is not None:
        acknowledged = ev.MessageAcknowledged(message=f"m{drill.last}", role=to)
        drill.add(minute, acknowledged, by=to)
    return drill.end(60)


def _hub(tellings: int) -> Drill:
    drill = Drill().release(0, "leak")
    for n in range(tellings):
        drill.message(2 + n, "commander", "medic" if n == 0 else "aide", facts=("dam",))
    return drill.end(60)


def _supplied(need: str, minute: float | None, quantity: int = 10) -> Drill:
    drill = Drill().need(0, need)
    return (drill.ship(minute, need, quantity) if minute is not None else drill).end(60)


def _emptied() -> Drill:
    drill = Drill().need(0, "drink")
    drill.add(1, ev.StockChanged(depot="store", item="water", by=-30))
    return drill.end(60)


def _closed_road() -> Drill:
    drill = Drill().need(0, "drink")
    drill.add(1, ev.RouteChanged(depot="store", site="school", time=None))
    return drill.end(60)


def _all_good(*, wholly: bool = True) -> Drill:
    """The critical task done well; wholly: so was another of the objective's three."""
    drill = Drill().release(0, "alarm").answer(2, "alarm", "commander", "evacuate").end(60)
    return drill.rate(70, "count", "P", "Ann") if wholly else drill


CASES: list[tuple[str, str, Make, Make]] = [
    ("late-key-role", "corrective", lambda: _arrived(8, "medic"), lambda: _arrived(5, "medic")),
    ("late-key-role", "deficiency", lambda: _arrived(12, "medic"), lambda: _arrived(12, "aide")),
    ("late-role", "improvement", lambda: _arrived(8, "aide"), lambda: _arrived(5, "aide")),
    ("late-role", "corrective", lambda: _arrived(12, "aide"), lambda: _arrived(12, "medic")),
    (
        "absent-key-role",
        "deficiency",
        lambda: Drill().call(0, "medic").end(10),
        lambda: Drill().call(0, "medic").end(9),
    ),
    (
        "absent-role",
        "corrective",
        lambda: Drill().call(0, "aide").end(10),
        lambda: Drill().call(0, "medic").end(10),
    ),
    ("no-alternate", "corrective", lambda: _arrived(8, "commander"), _with_alternate),
    (
        "no-alternate",
        "corrective",
        lambda: Drill().call(0, "commander").end(10),
        lambda: _arrived(8, "aide"),
    ),
    ("quorum-late", "improvement", lambda: _group(15), lambda: _group(10)),
    ("quorum-late", "corrective", lambda: _group(25), lambda: _group(None)),
    ("quorum-missing", "deficiency", lambda: _group(None), lambda: _group(25)),
    ("silent-role", "improvement", lambda: _acts(1), lambda: _acts(2)),
    ("silent-role", "improvement", lambda: _acts(0), lambda: _arrived_open(2, "press")),
    (
        "deadline-missed",
        "corrective",
        lambda: Drill().release(0, "alarm").end(10),
        lambda: Drill().release(0, "alarm").end(9),
    ),
    ("deadline-missed", "corrective", lambda: _answer(10, "half"), lambda: _answer(9, "half")),
    ("wrong-option", "corrective", lambda: _answer(2, "wait"), lambda: _answer(2, "half")),
    ("wrong-option", "deficiency", lambda: _answer(2, "force"), lambda: _answer(2, "evacuate")),
    ("repeated-correction", "improvement", lambda: _revised(3), lambda: _revised(2)),
    ("ppe-missing", "deficiency", lambda: _entered(3), lambda: _entered(4)),
    ("report-late", "corrective", lambda: _report(16, "place"), lambda: _report(15, "place")),
    (
        "report-omitted",
        "corrective",
        lambda: Drill().due(0).end(15),
        lambda: Drill().due(0).end(14),
    ),
    (
        "report-incomplete",
        "corrective",
        lambda: _report(5, "place"),
        lambda: _report(5, "place", "harm"),
    ),
    ("customer-late", "corrective", lambda: _customer(21), lambda: _customer(20)),
    ("customer-late", "corrective", lambda: _customer(None), lambda: Drill().at_risk(50).end(60)),
    ("fact-unreached", "deficiency", lambda: _told(None), lambda: _told(30)),
    ("fact-late", "corrective", lambda: _told(6), lambda: _told(5)),
    (
        "unsupported-claim",
        "corrective",
        lambda: Drill().message(1, "press", "medic", unsupported=("dam",)),
        lambda: Drill().message(1, "press", "medic", facts=("dam",)),
    ),
    (
        "false-confirmed",
        "deficiency",
        lambda: _rumour("rumour", confirmed=True),
        lambda: _rumour("rumour", confirmed=False),
    ),
    (
        "false-confirmed",
        "deficiency",
        lambda: Drill().release(0, "talk").statement(5, "rumour"),
        lambda: _rumour("rumour", "truth", confirmed=True),
    ),
    (
        "unapproved-release",
        "corrective",
        lambda: Drill().statement(5, "truth", approved=False),
        lambda: Drill().statement(5, "truth"),
    ),
    (
        "unapproved-release",
        "corrective",
        lambda: Drill().statement(5, "truth", approved=False),
        _without_release_rule,
    ),
    ("unacknowledged", "improvement", lambda: _asked(None), lambda: _asked(3)),
    ("unacknowledged", "improvement", lambda: _asked(None), lambda: _asked(None, "fire")),
    ("bottleneck", "improvement", lambda: _hub(2), lambda: _hub(1)),
    (
        "unmet-need",
        "deficiency",
        lambda: _supplied("drink", None),
        lambda: _supplied("drink", 40),
    ),
    (
        "unmet-need",
        "corrective",
        lambda: _supplied("blankets", 3, 9),
        lambda: Drill().need(0, "blankets").end(29),
    ),
    (
        "life-critical-late",
        "deficiency",
        lambda: _supplied("drink", 40),
        lambda: _supplied("drink", 20),
    ),
    (
        "life-critical-late",
        "deficiency",
        lambda: _supplied("drink", 40),
        lambda: _supplied("blankets", 40),
    ),
    ("idle-stock", "corrective", lambda: _supplied("drink", None), _emptied),
    ("idle-stock", "corrective", lambda: _supplied("drink", 3, 9), _closed_road),
    (
        "idle-stock",
        "corrective",
        lambda: _supplied("blankets", None),
        lambda: _supplied("blankets", 3, 5),
    ),
    (
        "over-delivery",
        "improvement",
        lambda: _supplied("drink", 3, 11),
        lambda: _supplied("drink", 3, 10),
    ),
    ("fast-quorum", "strength", lambda: _group(10), lambda: _group(11)),
    (
        "reports-in-order",
        "strength",
        lambda: _report(15, "place", "harm"),
        lambda: _report(15, "place"),
    ),
    (
        "reports-in-order",
        "strength",
        lambda: _report(15, "place", "harm"),
        lambda: _report(16, "place", "harm"),
    ),
    ("lives-supplied", "strength", lambda: _supplied("drink", 25), lambda: _supplied("drink", 26)),
    (
        "lives-supplied",
        "strength",
        lambda: _supplied("drink", 25),
        lambda: _supplied("blankets", 25),
    ),
    (
        "rumour-stopped",
        "strength",
        lambda: _rumour("truth", confirmed=True),
        lambda: _rumour("truth", confirmed=True, minute=11),
    ),
    (
        "rumour-stopped",
        "strength",
        lambda: _rumour("rumour", confirmed=False),
        lambda: _rumour("rumour", confirmed=True),
    ),
    ("objective-performed", "strength", _all_good, lambda: _answer(2, "wait")),
    ("objective-performed", "strength", _all_good, lambda: _all_good(wholly=False)),
]


def found(drill: Drill, rule: str) -> list[Finding]:
    return [finding for finding in drill.assess().findings if finding.rule == rule]


@pytest.mark.parametrize(
    ("rule", "level", "fires", "rests"),
    CASES,
    ids=[f"{n}-{case[0]}" for n, case in enumerate(CASES)],
)
def test_a_rule_fires_in_its_situation_and_not_without_it(rule, level, fires, rests):
    assert [finding.level for finding in found(fires(), rule)] == [level]
    assert found(rests(), rule) == []


def test_every_rule_has_a_case():
    assert {rule.name for rule in (*RULES, *STRENGTHS)} == {case[0] for case in CASES}


@pytest.mark.parametrize(("rule", "level", "fires", "rests"), CASES)
def test_a_finding_reads_as_sentences_and_stands_on_the_journal(rule, level, fires, rests):
    drill = fires()
    assessment = drill.assess()
    clauses = {clause.id for clause in PLAN.clauses}
    for finding in assessment.findings:
        assert finding.entries
        assert min(finding.entries) >= 0
        assert max(finding.entries) <= drill.last
        assert PLAN.role(finding.owner) is not None
        assert finding.clause in clauses | {""}
        assert finding.due_days == DUE_DAYS[finding.level]
        for part in ("title", "seen", "cause", "action"):
            key = f"lessons.{finding.rule}.{part}"
            assert say("en", key, **finding.values) != say("zh", key, **finding.values)


def test_a_sentence_says_who_when_and_by_when():
    (finding,) = found(_arrived(8.5, "medic"), "late-key-role")
    seen = say("en", "lessons.late-key-role.seen", **finding.values)
    assert seen == "Medic came 8:30 after the call-out; the plan allows 5:00."
    assert "30" in say("en", "lessons.late-key-role.action", **finding.values)
    zh = say("zh", "lessons.late-key-role.seen", **finding.values)
    assert zh == "Medic（中）在接到通知后 8:30 到位，预案要求 5:00。"


def test_no_sentence_is_without_its_rule():
    names = {rule.name for rule in (*RULES, *STRENGTHS)}
    parts = ("title", "seen", "cause", "action")
    expected = {f"lessons.{name}.{part}" for name in names for part in parts}
    for lang in ("en", "zh"):
        assert set(area(lang, "lessons")) == expected


def test_findings_are_numbered_by_level_then_rule():
    drill = Drill().call(0, "commander", "medic", "aide").arrive(8, "aide").release(0, "alarm")
    drill.due(0).answer(2, "alarm", "commander", "force").need(0, "drink").end(60)
    findings = drill.assess().findings
    keys = [(LEVELS.index(one.level), one.rule) for one in findings]
    assert keys == sorted(keys)
    assert [one.id for one in findings] == [f"L{n:02d}" for n in range(1, len(findings) + 1)]
    assert findings == drill.assess().findings


def test_two_sightings_of_one_subject_are_one_finding():
    drill = Drill().message(1, "press", "medic", unsupported=("dam",))
    drill.message(2, "medic", "aide", unsupported=("dam",))
    (finding,) = found(drill, "unsupported-claim")
    assert len(finding.entries) == 2
    assert finding.values["role"] == together([title("Press"), title("Medic")])


def test_up_to_four_subjects_are_findings_of_their_own_and_more_are_one():
    roles = tuple(role.model_copy(update={"key": False}) for role in PLAN.roles)
    plan = PLAN.model_copy(update={"roles": roles})

    def late(*ids: str) -> Drill:
        drill = Drill(plan=plan).call(0, *ids)
        for n, id in enumerate(ids):
            drill.arrive(6 + n / 2, id)
        return drill

    assert len(found(late("commander", "medic", "aide", "press"), "late-role")) == 4
    (finding,) = found(late("commander", "medic", "aide", "press", "supplier"), "late-role")
    seen = say("en", "lessons.late-role.seen", **finding.values)
    assert seen.startswith("Commander, Medic, Aide, Press, Supplier came 6:00\N{EN DASH}8:00 after")


def test_a_finding_names_the_clause_of_its_task_else_of_its_matter():
    (wrong,) = found(_answer(2, "wait"), "wrong-option")
    assert (wrong.task, wrong.clause) == ("decide", "c-arrival")
    (unmet,) = found(_supplied("drink", None), "unmet-need")
    assert (unmet.task, unmet.clause) == ("", "c-supplies")


def test_a_finding_on_a_role_is_owned_by_a_post_of_the_plan():
    (late,) = found(_arrived(8, "medic"), "late-key-role")
    (unmet,) = found(_supplied("drink", None), "unmet-need")
    assert (late.owner, unmet.owner) == ("medic", "supplier")


def test_the_live_view_has_no_findings():
    assert _answer(2, "wait").assess(thorough=False).findings == ()


def test_a_finding_does_not_hang_on_what_came_after_the_end():
    drill = Drill().release(0, "alarm").end(8)
    assert drill.assess(60).findings == drill.assess(8).findings


# -- titles ----------------------------------------------------------------------------------------


def test_a_long_text_is_cut_to_a_headline():
    objective = SCENARIO.objectives[0].text
    assert headline(objective).en == "Protect people"
    long = objective.model_copy(update={"en": "x" * 500, "zh": "第一行\n第二行"})
    assert len(headline(long).en) == 120
    assert headline(long).zh == "第一行"


def test_titles_that_do_not_fit_on_a_line_are_counted():
    many = [title(f"{n} " + "x" * 60) for n in range(9)]
    assert together(many).en.endswith("(+5)")
    assert len(together(many).en) <= 300
    assert together([title("A"), title("A")]) == title("A")
    assert together([title("A, B"), title("C")]).en == "A, B; C"
    assert together([title("甲、乙"), title("丙")]).zh == "甲、乙（中）；丙（中）"
    whole = title("y" * 290)
    assert together([whole, whole.model_copy(update={"en": "z" * 290})]).en.startswith("y")
    assert together([title("y" * 297), title("zz")]).en == "y" * 297


def test_a_stretch_of_time_reads_as_minutes_and_seconds():
    assert [minutes(ms) for ms in (0, 59_999, 60_000, 3_725_000)] == [
        "0:00",
        "0:59",
        "1:00",
        "62:05",
    ]
