"""Whatever anybody asks in whatever order: events or a refusal, and the books balance."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import PLAN, SCENARIO, Play

from drillkit.core.agenda import Agenda
from drillkit.core.fold import advance, fold
from drillkit.core.script import Refused
from drillkit.core.sight import sees
from drillkit.core.state import State
from drillkit.model import commands as do
from drillkit.model.base import EVALUATOR, FACILITATOR, MINUTE
from drillkit.model.events import (
    InjectReleased,
    MilestoneReached,
    OutcomeMoved,
    SessionOpened,
)
from drillkit.model.text import Line, Prose

ROLES = [role["id"] for role in PLAN["role"]]
INJECTS = [inject["id"] for inject in SCENARIO["inject"]]
FACTS = [fact["id"] for fact in SCENARIO["fact"]]

role = st.sampled_from(ROLES)
some_roles = st.lists(role, max_size=3).map(tuple)
inject = st.sampled_from([*INJECTS, "nothing"])
facts = st.lists(st.sampled_from([*FACTS, "unheard-of"]), max_size=2).map(tuple)
words = st.sampled_from([Prose(), Prose("On it."), Prose("[/b] \x1b[2J 你好")])
why = st.sampled_from([Line(), Line("because")])
site = st.sampled_from(["gate", "ward", "moon"])
depot = st.sampled_from(["north", "south", "moon"])
item = st.sampled_from(["pump", "bag", "gold"])
number = st.integers(min_value=-1, max_value=120)
thing = st.integers(min_value=0, max_value=60)

supply = st.one_of(
    st.builds(do.RequestSupplies, site=site, item=item, quantity=number),
    st.builds(do.DispatchSupplies, depot=depot, site=site, item=item, quantity=number),
    st.builds(do.ReceiveSupplies, shipment=thing.map("d{}".format)),
    st.builds(do.UseSupplies, site=site, item=item, quantity=number),
    st.builds(do.ApproveRequest, order=thing.map("o{}".format)),
    st.builds(do.DeclineRequest, order=thing.map("o{}".format), why=why),
)
player = st.one_of(
    supply,
    st.builds(do.AcknowledgeCall),
    st.builds(do.Arrive, instead_of=st.sampled_from(["", *ROLES])),
    st.builds(do.Leave, why=why),
    st.builds(do.OpenInject, inject=inject),
    st.builds(
        do.GiveResponse,
        inject=inject,
        options=st.lists(st.sampled_from(["wait", "pump-out", "fly"]), max_size=2).map(tuple),
        text=words,
    ),
    st.builds(do.SendMessage, to=some_roles, text=words, facts=facts, ack=st.booleans()),
    st.builds(do.AcknowledgeMessage, message=thing.map("m{}".format)),
    st.builds(
        do.FileReport,
        rule=st.sampled_from(["first-report", "none"]),
        elements=st.dictionaries(st.sampled_from(["place", "time", "other"]), words, max_size=2),
        facts=facts,
    ),
    st.builds(do.DraftStatement, text=words, facts=facts),
    st.builds(do.ApproveStatement, statement=thing.map("s{}".format)),
    st.builds(do.ReturnStatement, statement=thing.map("s{}".format), why=why),
    st.builds(do.IssueStatement, statement=thing.map("s{}".format)),
    st.builds(do.NotifyCustomer, customer=st.sampled_from(["clinic", "nobody"])),
)
steering = st.one_of(
    st.builds(do.PauseDrill, why=why),
    st.builds(do.ResumeDrill),
    st.builds(do.SetSpeed, speed=st.floats()),
    st.builds(do.JumpToNext),
    st.builds(do.CallOut, roles=some_roles),
    st.builds(do.ReleaseInject, inject=inject),
    st.builds(do.HoldInject, inject=inject, why=why),
    st.builds(do.FreeInject, inject=inject),
    st.builds(do.SkipInject, inject=inject, why=why),
    st.builds(do.DeferInject, inject=inject, by=number, why=why),
    st.builds(
        do.AddInject, title=why, body=words, sender=role, to=some_roles, limit=st.just(MINUTE)
    ),
    st.builds(do.Broadcast, text=words),
    st.builds(do.VoidEntry, entry=thing, why=why),
    st.builds(do.MakeNote, text=words, entries=st.lists(thing, max_size=2).map(tuple)),
)
step = st.one_of(
    st.tuples(st.integers(0, 4 * MINUTE), role, player),
    st.tuples(st.integers(0, 4 * MINUTE), st.just(FACILITATOR), steering),
)
present = [(0, id, do.Arrive()) for id in ROLES]


def played(steps: list[tuple[int, str, do.Command]]) -> Play:
    play = Play()
    refused: list[bool] = []
    for wait, by, command in [*present, *steps]:
        # A paused clock stands still.
        play.now += 0 if play.session.state.stage == "paused" else wait
        before = play.session.state.seq
        try:
            play.do(by, command)
        except Refused:
            refused.append(all(e.by == "director" for e in play.session.entries[before + 1 :]))
    assert all(refused)
    return play


def balanced(play: Play) -> None:
    ledger = play.session.state.ledger
    for kind in ("pump", "bag"):
        assert ledger.total(kind) == ledger.expected_total(kind)
    for place in (ledger.stock, ledger.at_site, ledger.used):
        assert all(quantity >= 0 for quantity in place.values())


@settings(max_examples=1000, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 4 * MINUTE),
            st.sampled_from(["supplies", "commander", "liaison"]),
            supply,
        ),
        max_size=15,
    )
)
def test_the_ledger_conserves_every_item_in_every_state(steps: list) -> None:
    play = Play()
    for wait, by, command in [*present, *steps]:
        play.now += wait
        try:
            play.do(by, command)
        except Refused:
            continue
        finally:
            balanced(play)
    balanced(play.minutes(60))


@settings(max_examples=150, deadline=None)
@given(st.lists(step, max_size=25))
def test_any_commands_lead_to_events_or_a_refusal_and_what_they_lead_to_is_sound(
    steps: list,
) -> None:
    play = played(steps)
    entries, state = play.session.entries, play.session.state
    balanced(play)
    assert [entry.seq for entry in entries] == list(range(len(entries)))
    assert all(a.at <= b.at for a, b in pairwise(entries))
    released = [entry.event.inject for entry in entries if isinstance(entry.event, InjectReleased)]
    assert len(released) == len(set(released))
    assert fold(entries) == state
    afresh = Agenda(play.session.script)
    assert afresh.due(state, play.now) == []
    assert afresh.next_due(state, play.now) == play.session.next_due(play.now)
    cut = len(entries) // 2
    assert advance(fold(entries[:cut]), entries[:cut], entries[cut:]) == state


@settings(max_examples=100, deadline=None)
@given(st.lists(step, max_size=25))
def test_what_a_role_sees_folds_and_holds_nothing_that_it_must_not_know(steps: list) -> None:
    play = played(steps)
    session = play.session
    for seat in ROLES:
        seen = [
            entry
            for entry in session.entries
            if sees(session.script, session.state, (seat,), entry, session.entries)
        ]
        state = fold(seen)
        assert isinstance(state, State)
        hidden = (SessionOpened, MilestoneReached, OutcomeMoved)
        assert not any(isinstance(entry.event, hidden) for entry in seen)
        for entry in seen:
            if isinstance(entry.event, InjectReleased):
                assert seat in entry.event.to
                assert not hasattr(entry.event.options, "credit")
        future = {id for id in INJECTS if session.state.inject(id).released is None}
        assert not future & set(state.injects)
    for staff in (FACILITATOR, EVALUATOR):
        assert all(
            sees(session.script, session.state, (staff,), entry, session.entries)
            for entry in session.entries
        )
