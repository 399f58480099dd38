"""Builders for the tests of scoring: small plans, scenarios and journals, and the worked drill."""

import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from drillkit.core.fold import fold
from drillkit.core.state import State
from drillkit.model import events as ev
from drillkit.model.base import MINUTE, SECOND, Millis, Text, Title
from drillkit.model.plan import Plan
from drillkit.model.scenario import Scenario
from drillkit.model.text import Line, Prose
from drillkit.model.weights import WeightSet


@cache
def weights() -> WeightSet:
    text = files("scoring").joinpath("rubrics", "standard.toml").read_text(encoding="utf-8")
    return WeightSet.model_validate(tomllib.loads(text))


def both(text: str) -> dict[str, str]:
    return {"en": text, "zh": text}


def title(text: str) -> Title:
    return Title.model_validate(both(text))


def role(id: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "title": both(id), "duties": both(id), **more}


def named(id: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "title": both(id), **more}


def a_plan(**parts: Any) -> Plan:
    base = {"id": "plan", "title": both("plan"), "organisation": both("us")}
    return Plan.model_validate({"roles": [role("lead")], **base, **parts})


def an_inject(id: str, **more: Any) -> dict[str, Any]:
    return named(id, body=both(f"{id} happened"), sender="lead", to=["lead"], **more)


def a_need(id: str, **more: Any) -> dict[str, Any]:
    return named(id, site=id, item="kit", quantity=10, within=HOUR, **more)


HOUR = 60 * MINUTE


def a_scenario(**parts: Any) -> Scenario:
    base = {
        "id": "scenario",
        "family": "natural_disaster",
        "grade": 3,
        "title": both("scenario"),
        "summary": both("summary"),
        "briefing": both("briefing"),
        "length": 2 * HOUR,
        "phases": [named("one", at=0, clock="2026-07-20 13:00")],
        "injects": [an_inject("first")],
        "objectives": [{"id": "objective", "text": both("objective")}],
    }
    return Scenario.model_validate({**base, **parts})


class Log:
    """A journal written by hand, in any order of time.

    `log.add(at, event, by=...)` answers with the entry's seq, as long as time only goes on.
    """

    def __init__(self, plan: Plan | None = None, scenario: Scenario | None = None) -> None:
        plan, scenario = plan or a_plan(), scenario or a_scenario()
        self.scenario, self.entries = scenario, []
        self.add(
            0,
            ev.SessionOpened(
                session="test", scenario=scenario, plan=plan, weights=weights(), seed=1
            ),
        )
        self.add(
            0,
            ev.BriefingGiven(
                title=scenario.title,
                family=scenario.family,
                grade=scenario.grade,
                briefing=scenario.briefing,
                length=scenario.length,
                plan=plan,
            ),
        )
        self.add(0, ev.DrillStarted(), by="facilitator")

    def add(self, at: Millis, event: Any, by: str = "director") -> int:
        seq = len(self.entries)
        self.entries.append(
            ev.Entry(seq=seq, at=at, wall=0, by=by, via=Line(), command="", event=event)
        )
        return seq

    def state(self) -> State:
        """The state of these entries, in the order of time."""
        ordered = sorted(self.entries, key=lambda entry: (entry.at, entry.seq))
        return fold([replace(entry, seq=seq) for seq, entry in enumerate(ordered)])

    def call(self, at: Millis, *roles: str) -> None:
        for role_id in roles:
            self.add(at, ev.RoleCalled(role=role_id))

    def arrive(self, at: Millis, role_id: str, **more: Any) -> int:
        event = ev.RoleArrived(role=role_id, **{"evidence": "actual", **more})
        return self.add(at, event, by=role_id)

    def release(self, at: Millis, inject: str, to: tuple[str, ...], *facts: str) -> int:
        return self.add(
            at,
            ev.InjectReleased(
                inject=inject,
                type="contextual",
                title=title(inject),
                body=Text.model_validate(both(f"{inject} happened")),
                sender="lead",
                to=to,
                means="phone",
                facts=refs(facts),
            ),
        )

    def tell(
        self,
        at: Millis,
        sender: str,
        to: tuple[str, ...],
        *facts: str,
        text: str = "words",
        **more: Any,
    ) -> int:
        message = f"m{len(self.entries)}"
        event = ev.MessageSent(
            message=message,
            sender=sender,
            to=to,
            means="phone",
            text=Prose(text),
            facts=refs(facts),
            **more,
        )
        return self.add(at, event, by=sender)

    def acknowledge(self, at: Millis, message: int, role_id: str) -> int:
        return self.add(at, ev.MessageAcknowledged(message=f"m{message}", role=role_id), by=role_id)

    def state_publicly(
        self,
        at: Millis,
        statement: str,
        *facts: str,
        by: str = "lead",
        drafter: str = "lead",
        approved: bool = True,
    ) -> None:
        draft = ev.StatementDrafted(
            statement=statement, role=drafter, text=Prose("words"), facts=refs(facts)
        )
        self.add(at, draft, by=drafter)
        if approved:
            self.add(at, ev.StatementApproved(statement=statement, role="lead"), by="lead")
        issued = ev.StatementIssued(
            statement=statement, role=by, text=draft.text, facts=draft.facts
        )
        self.add(at, issued, by=by)

    def owe(self, at: Millis, due: str, rule: str, limit_at: Millis) -> int:
        return self.add(at, ev.ReportFellDue(due=due, rule=rule, sender="lead", limit_at=limit_at))

    def file(self, at: Millis, due: str, rule: str, **elements: str) -> int:
        event = ev.ReportFiled(
            report=f"report-{due}",
            rule=rule,
            stage="initial",
            sender="lead",
            to=("office",),
            elements={id: Prose(text) for id, text in elements.items()},
            due=due,
        )
        return self.add(at, event, by="lead")

    def need(self, at: Millis, need: str, limit_at: Millis) -> int:
        spec = next(spec for spec in self.scenario.needs if spec.id == need)
        return self.add(
            at,
            ev.NeedArose(
                need=need,
                title=spec.title,
                site=spec.site,
                item=spec.item,
                quantity=spec.quantity,
                limit_at=limit_at,
                urgency=spec.urgency,
                life_critical=spec.life_critical,
                known_to=(),
            ),
        )

    def ship(
        self,
        left: Millis,
        arrived: Millis | None,
        shipment: str,
        need: str,
        quantity: int,
        *,
        received: Millis | None = None,
        item: str = "kit",
        **more: Any,
    ) -> None:
        base = {"role": "supplies", "depot": "store", "site": need, "vehicle": "van"}
        event = ev.SuppliesDispatched(
            shipment=shipment,
            item=item,
            quantity=quantity,
            need=need,
            arrives_at=arrived or 0,
            back_at=arrived or 0,
            **{**base, **more},
        )
        self.add(left, event, by="supplies")
        if arrived is not None:
            self.add(arrived, ev.SuppliesArrived(shipment=shipment))
        if received is not None:
            self.add(received, ev.SuppliesReceived(shipment=shipment, role="lead"), by="lead")

    def end(self, at: Millis) -> int:
        return self.add(at, ev.DrillEnded(), by="facilitator")

    def adjudicate(self, at: Millis, measure: str, value: float | None) -> int:
        ruling = ev.ValueAdjudicated(measure=measure, value=value, why=Line("agreed"))
        return self.add(at, ruling, by="evaluator")


def refs(facts: tuple[str, ...]) -> tuple[ev.FactRef, ...]:
    return tuple(ev.FactRef(fact, title(fact)) for fact in facts)


# -- the worked drill of scoring model 5.8 ---------------------------------------------------------

POSTS = {
    # role: (weight, target, limit, arrived, acknowledged), seconds after the call-out
    "commander": (3, 300, 600, 240, 20),
    "deputy": (2, 300, 600, 420, 40),
    "liaison": (2, 300, 600, 180, 30),
    "on-scene": (2, 600, 1200, 660, 90),
    "medical": (2, 900, 1800, 900, 150),
    "supplies": (1, 900, 1800, 1500, 60),
    "transport": (1, 900, 1800, None, None),
}
DUTIES = [
    "skilled",
    "adequate",
    "skilled",
    "adequate",
    "not-observed",
    "adequate",
    "not-applicable",
]


def worked_plan() -> Plan:
    return a_plan(
        groups=[
            named("command-post", target=600 * SECOND, limit=900 * SECOND),
            named("field", target=1200 * SECOND, limit=1800 * SECOND),
        ],
        roles=[
            role(
                id,
                weight=weight,
                arrive_target=target * SECOND,
                arrive_limit=limit * SECOND,
                group="command-post" if id in {"commander", "deputy", "liaison"} else "field",
                may=["supply"] if id == "supplies" else [],
            )
            for id, (weight, target, limit, _, _) in POSTS.items()
        ],
    )


def worked_arrival() -> State:
    log = Log(worked_plan())
    log.call(0, *POSTS)
    for id, (_, _, _, arrived, acknowledged) in POSTS.items():
        if acknowledged:
            log.add(acknowledged * SECOND, ev.CallAcknowledged(role=id), by=id)
        if arrived:
            log.arrive(arrived * SECOND, id)
    log.add(420 * SECOND, ev.GroupEstablished(group="command-post"))
    log.add(1500 * SECOND, ev.GroupEstablished(group="field"))
    log.end(2 * HOUR)
    for id, duty in zip(POSTS, DUTIES, strict=True):
        log.add(2 * HOUR, ev.DutyRated(role=id, rater=Line("ann"), duty=duty), by="evaluator")
    log.adjudicate(2 * HOUR, "arrival.acknowledged.transport", None)
    return log.state()


def worked_supplies() -> State:
    plan = a_plan(
        roles=[role("lead"), role("supplies", may=["supply"])],
        items=[named("kit", unit=both("piece"))],
        sites=[named("shelter"), named("site"), named("clinic")],
        depots=[
            named(
                "store",
                stock=[{"item": "kit", "quantity": 160}],
                vehicles=[named("van", capacity=100)],
            )
        ],
        routes=[
            {"depot": "store", "site": "shelter", "time": 25 * MINUTE},
            {"depot": "store", "site": "site", "time": 20 * MINUTE},
            {"depot": "store", "site": "clinic", "time": 25 * MINUTE},
        ],
    )
    needs = [
        a_need("shelter", urgency=3) | {"quantity": 100},
        a_need("site", urgency=5) | {"quantity": 60},
        a_need("clinic", urgency=5) | {"quantity": 40},
    ]
    log = Log(plan, a_scenario(needs=needs))
    for need in needs:
        log.need(0, need["id"], 100 * MINUTE)
    log.ship(15 * MINUTE, 40 * MINUTE, "s1", "shelter", 70, received=45 * MINUTE)
    log.ship(10 * MINUTE, 30 * MINUTE, "s2", "site", 30, received=31 * MINUTE)
    log.ship(10 * MINUTE, 30 * MINUTE, "s3", "site", 30, received=32 * MINUTE)
    log.ship(45 * MINUTE, 70 * MINUTE, "s4", "clinic", 10, received=71 * MINUTE)
    # One shipment in five left without a vehicle.
    log.ship(45 * MINUTE, 70 * MINUTE, "s5", "clinic", 10, received=72 * MINUTE, vehicle="")
    log.end(120 * MINUTE)
    return log.state()


def worked_information() -> State:
    elements = ["what", "where", "when", "hurt", "lost", "done"]
    plan = a_plan(
        roles=[role("lead"), role("medic"), role("press")],
        reports=[
            {
                "id": "first",
                "title": both("first"),
                "trigger": both("trigger"),
                "sender": "lead",
                "to": ["office"],
                "limit": HOUR,
                "statutory": True,
                "elements": [named(id) for id in elements],
            }
        ],
    )

    def wanted(id: str, who: str, weight: float) -> dict[str, Any]:
        recipient = {"role": who, "target": MINUTE, "limit": 3 * MINUTE, "weight": weight}
        return named(id, recipients=[recipient])

    facts = [
        wanted("flood", "lead", 3),
        wanted("hurt", "medic", 2),
        wanted("road", "medic", 2),
        wanted("power", "press", 1),
        wanted("water", "press", 1),
    ]
    log = Log(plan, a_scenario(facts=facts))
    log.release(0, "first", ("lead",), *(fact["id"] for fact in facts))
    log.release(MINUTE, "second", ("medic", "press"), "hurt", "water")
    log.release(2 * MINUTE, "third", ("medic",), "road")
    log.owe(0, "to-office", "first", HOUR)
    log.file(HOUR, "to-office", "first", **{id: f"{id} said" for id in elements[:5]}, done=" ")
    # Nine acknowledgements in time and one never: .9; no channels in the plan: every path is due.
    for minute in range(9):
        message = log.tell(minute * MINUTE, "lead", ("medic",), ack=True)
        log.acknowledge((minute + 1) * MINUTE, message, "medic")
    log.tell(10 * MINUTE, "lead", ("medic",), ack=True)
    log.end(2 * HOUR)
    return log.state()
