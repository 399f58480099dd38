"""Who watches what and who leads: given by name, replaced, cleared, and what follows from it."""

import pytest
from report_world import played
from worlds import Play

from drillkit.core.assignments import (
    evaluators,
    lead_of,
    tasks_below,
    tasks_of,
    unwatched,
    watchers,
)
from drillkit.core.chronicle import Names, sentence
from drillkit.core.fold import fold
from drillkit.core.script import Refused
from drillkit.core.sight import sees
from drillkit.model.base import EVALUATOR, FACILITATOR, MINUTE, Lang
from drillkit.model.commands import (
    AssignTasks,
    CloseMeeting,
    EndDrill,
    NameLead,
    RateTask,
    ReopenReport,
    SettleDuty,
    SettleTask,
    SignReport,
    SubmitRatings,
    TakeSeat,
)
from drillkit.model.events import ReportSigned
from drillkit.model.text import Line, Prose
from drillkit.report.blocks import Bullets
from drillkit.report.pages import basics
from drillkit.report.sections.appendices import appendices
from drillkit.report.xlsx_tasks import pages

ANN, BO, CY = Line("Ann"), Line("Bo"), Line("Cy")
SETTLED = {"task": "act", "rating": "M", "why": Line("Agreed.")}


def rated(*names: Line) -> Play:
    """The small drill, over; these evaluators have handed in their ratings."""
    play = Play()
    play.do(FACILITATOR, EndDrill())
    for name in names:
        rate = RateTask(task="act", rater=name, rating="M", why=Prose("Seen."))
        play.do(EVALUATOR, rate)
    for name in names:
        play.do(EVALUATOR, SubmitRatings(rater=name))
    return play


def refused(play: Play, by: str, command: object) -> str:
    with pytest.raises(Refused) as said:
        play.do(by, command)  # type: ignore[arg-type]
    return said.value.key.removeprefix("refused.")


# -- who watches what ------------------------------------------------------------------------------


def test_tasks_are_assigned_by_name_before_the_evaluator_comes() -> None:
    play = Play(started=False)
    play.do(FACILITATOR, AssignTasks(evaluator=ANN, tasks=("tell", "act")))
    play.do(EVALUATOR, TakeSeat(line="l1", person=Line("ann")))
    state = play.session.state
    assert tasks_of(state, " ANN ") == ("act", "tell")
    assert watchers(state, "act") == ["Ann"]
    assert evaluators(state) == ["ann"]


def test_a_later_assignment_replaces_the_earlier_one_of_that_name_alone() -> None:
    play = Play()
    play.do(FACILITATOR, AssignTasks(evaluator=ANN, tasks=("act", "tell")))
    play.do(FACILITATOR, AssignTasks(evaluator=BO, tasks=("tell",)))
    play.do(FACILITATOR, AssignTasks(evaluator=Line("ann"), tasks=("act",)))
    state = play.session.state
    assert (tasks_of(state, "Ann"), tasks_of(state, "Bo")) == (("act",), ("tell",))
    assert play.do(FACILITATOR, AssignTasks(evaluator=BO, tasks=("tell", "tell"))) == ()


def test_an_assignment_can_be_cleared() -> None:
    play = Play()
    play.do(FACILITATOR, AssignTasks(evaluator=ANN, tasks=("act",)))
    play.do(FACILITATOR, AssignTasks(evaluator=ANN))
    assert play.session.state.assigned == {}
    assert play.do(FACILITATOR, AssignTasks(evaluator=ANN)) == ()


def test_what_nobody_watches_is_told_once_something_is_assigned() -> None:
    play = Play()
    assert unwatched(play.session.state, play.session.script.tasks) == []
    play.do(FACILITATOR, AssignTasks(evaluator=ANN, tasks=("act",)))
    assert unwatched(play.session.state, play.session.script.tasks) == ["tell"]


@pytest.mark.parametrize(
    ("id", "tasks"),
    [("hold", ("act", "tell")), ("quick", ("act", "tell")), ("tell", ("tell",)), ("none", ())],
)
def test_an_objective_or_a_target_stands_for_its_tasks(id: str, tasks: tuple[str, ...]) -> None:
    assert tasks_below(Play().session.state.scenario, id) == tasks


def test_only_the_facilitator_assigns_and_only_what_is_there_to_whom_has_a_name() -> None:
    play = Play()
    assert refused(play, EVALUATOR, AssignTasks(evaluator=ANN, tasks=("act",))) == (
        "facilitator-only"
    )
    assert refused(play, EVALUATOR, NameLead(name=ANN)) == "facilitator-only"
    assert refused(play, FACILITATOR, AssignTasks(evaluator=ANN, tasks=("fly",))) == "unknown-task"
    assert refused(play, FACILITATOR, AssignTasks(evaluator=Line(), tasks=("act",))) == (
        "name-needed"
    )


def test_participants_are_not_told_who_watches_them() -> None:
    play = Play()
    entries = play.do(FACILITATOR, AssignTasks(evaluator=ANN, tasks=("act",)))
    entries += play.do(FACILITATOR, NameLead(name=ANN))
    session = play.session
    for entry in entries:
        told = [
            seat
            for seat in (*session.script.roles, "observer", EVALUATOR, FACILITATOR)
            if sees(session.script, session.state, (seat,), entry, session.entries)
        ]
        assert told == [EVALUATOR, FACILITATOR]


def test_the_journal_tells_who_watches_what_and_who_leads() -> None:
    play = Play()
    commands = (
        AssignTasks(evaluator=ANN, tasks=("act",)),
        AssignTasks(evaluator=ANN),
        NameLead(name=BO),
        NameLead(),
    )
    entries = [entry for command in commands for entry in play.do(FACILITATOR, command)]
    names = Names(play.session.state)
    assert [sentence(entry, names, "en") for entry in entries] == [
        "Ann watches “Act”.",
        "Ann watches no tasks of their own any more.",
        "Bo leads the evaluators.",
        "Nobody leads the evaluators any more.",
    ]
    assert sentence(entries[2], names, "zh") == "Bo任评估组长。"


# -- who leads -------------------------------------------------------------------------------------


def test_once_a_lead_is_named_nobody_else_settles_closes_or_signs() -> None:
    play = rated(ANN, BO)
    play.do(FACILITATOR, NameLead(name=BO))
    for by, command in (
        (EVALUATOR, SettleTask(**SETTLED, settler=ANN)),
        (FACILITATOR, SettleTask(**SETTLED, settler=Line("Dr Qian"))),
        (EVALUATOR, SettleDuty(role="commander", duty="adequate", why=Line("So"), settler=ANN)),
        (EVALUATOR, CloseMeeting(present=(ANN, BO), closer=ANN)),
        (EVALUATOR, CloseMeeting(present=(ANN, BO))),
        (EVALUATOR, SignReport(name=ANN)),
    ):
        with pytest.raises(Refused) as said:
            play.do(by, command)
        assert (said.value.key, said.value.values) == ("refused.not-lead", {"lead": "Bo"})
    play.do(EVALUATOR, SettleTask(**SETTLED, settler=Line("bo")))
    play.do(EVALUATOR, CloseMeeting(present=(ANN, BO), closer=BO))
    play.do(EVALUATOR, SignReport(name=BO))
    play.do(FACILITATOR, SignReport(name=Line("Dr Qian")))
    assert set(play.session.state.signed) == {"lead", "director"}


def test_of_several_one_is_named_before_anybody_signs_and_settling_goes_on() -> None:
    play = rated(ANN, BO)
    play.do(EVALUATOR, SettleTask(**SETTLED, settler=ANN))
    play.do(EVALUATOR, CloseMeeting(present=(ANN, BO)))
    assert refused(play, EVALUATOR, SignReport(name=ANN)) == "lead-needed"
    play.do(FACILITATOR, NameLead(name=ANN))
    play.do(EVALUATOR, SignReport(name=ANN))


def test_who_alone_handed_in_signs_without_having_been_named() -> None:
    play = rated(ANN)
    assert refused(play, EVALUATOR, SignReport(name=BO)) == "lead-needed"
    play.do(EVALUATOR, SignReport(name=ANN))


def test_another_lead_is_named_only_while_none_has_signed() -> None:
    play = rated(ANN, BO)
    play.do(FACILITATOR, NameLead(name=ANN))
    play.do(EVALUATOR, SignReport(name=ANN))
    assert refused(play, FACILITATOR, NameLead(name=BO)) == "lead-signed"
    assert refused(play, FACILITATOR, NameLead()) == "lead-signed"
    play.do(EVALUATOR, ReopenReport(why=Line("Bo leads after all.")))
    play.do(FACILITATOR, NameLead(name=BO))
    assert lead_of(play.session.state) == "Bo"
    play.do(FACILITATOR, NameLead())
    assert lead_of(play.session.state) == ""


def test_a_signed_report_takes_no_assignment() -> None:
    play = rated(ANN)
    play.do(EVALUATOR, SignReport(name=ANN))
    play.do(FACILITATOR, SignReport(name=Line("Dr Qian")))
    command = AssignTasks(evaluator=CY, tasks=("act",))
    assert refused(play, FACILITATOR, command) == "report-signed"


# -- what is reported ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "led", "assigned"),
    [
        (
            "en",
            "Lead evaluator. Watched: Stop the water and make the hall safe.",
            "Assigned to: Lin",
        ),
        ("zh", "评估组长。负责观察：止水并确保机房安全。", "由以下人员观察：Lin"),
    ],
)
def test_the_report_says_who_led_and_who_watched_what(lang: Lang, led: str, assigned: str) -> None:
    play = played()
    end, lin = 30 * MINUTE, Line("Lin")
    play.ask(end, FACILITATOR, AssignTasks(evaluator=lin, tasks=("stop-water",)))
    play.ask(end, FACILITATOR, NameLead(name=lin))
    drill = play.drill(lang)
    assert (drill.say("basic.lead"), "Lin") in basics(drill)
    blocks = appendices(drill)[0].blocks
    (who,) = [
        block for block in blocks if isinstance(block, Bullets) and ("Lin", led) in block.items
    ]
    assert len(who.items) == 2
    line = next(one for page in pages(drill) for one in page.lines if one.task == "stop-water")
    assert assigned in line.title.splitlines()


def test_a_journal_in_which_anybody_could_sign_still_folds_and_stays_signed() -> None:
    play = rated(ANN, BO)
    for by, office in ((EVALUATOR, "lead"), (FACILITATOR, "director")):
        signed = ReportSigned(office=office, name=CY)  # type: ignore[arg-type]
        play.session.note(by, signed, at=play.now, wall=0)
    assert set(fold(play.session.entries).signed) == {"lead", "director"}
