"""A small drill for the result scorers' tests: a scenario, a plan, and a journal written by hand."""

import tomllib
from pathlib import Path
from typing import Self

from drillkit.core.fold import fold
from drillkit.core.state import State
from drillkit.model import events as ev
from drillkit.model.base import MINUTE, Line, Prose, Title
from drillkit.model.plan import Plan
from drillkit.model.scenario import Scenario
from drillkit.model.weights import WeightSet
from scoring.assess import assess
from scoring.assessment import Assessment

RUBRICS = Path(__file__).parent.parent / "scoring" / "rubrics"
STANDARD = WeightSet.model_validate(
    tomllib.loads((RUBRICS / "standard.toml").read_text(encoding="utf-8"))
)


def two(word: str) -> dict[str, str]:
    return {"en": word, "zh": f"{word}（中）"}


def title(word: str) -> Title:
    return Title(en=Line(word), zh=Line(f"{word}（中）"))


def _role(id: str, **more: object) -> dict[str, object]:
    return {
        "id": id,
        "title": two(id.title()),
        "duties": two("Duties"),
        "group": "post",
        "arrive_target": 5 * MINUTE,
        "arrive_limit": 10 * MINUTE,
        **more,
    }


PLAN = Plan.model_validate(
    {
        "id": "plan",
        "title": two("Plan"),
        "organisation": two("Works"),
        "clause": [
            {"id": f"c-{about}", "number": str(n), "title": two(about), "about": about}
            for n, about in enumerate(("arrival", "supplies", "information", "command"), 1)
        ],
        "group": [
            {
                "id": "post",
                "title": two("Post"),
                "quorum": 2,
                "target": 10 * MINUTE,
                "limit": 20 * MINUTE,
            }
        ],
        "role": [
            _role("commander", key=True, commander=True, weight=3, may=["command", "report"]),
            _role("medic", key=True, alternates=["aide"], weight=2),
            _role("aide"),
            _role("supplier", may=["supply"]),
            _role("press", may=["release", "notify"]),
            _role("fire", outside=True, group=None),
        ],
        "report": [
            {
                "id": "up",
                "title": two("Report up"),
                "trigger": two("Alarm"),
                "sender": "commander",
                "to": ["fire"],
                "limit": 15 * MINUTE,
                "statutory": True,
                "element": [
                    {"id": "place", "title": two("Place")},
                    {"id": "harm", "title": two("Harm")},
                ],
            }
        ],
        "release": {"drafters": ["press"], "approvers": ["commander"], "spokesperson": "press"},
        "item": [
            {"id": "water", "title": two("Water"), "unit": two("box")},
            {"id": "mask", "title": two("Masks"), "unit": two("piece")},
            {"id": "blanket", "title": two("Blankets"), "unit": two("piece"), "floor": 5},
        ],
        "site": [{"id": "school", "title": two("School")}],
        "depot": [
            {
                "id": "store",
                "title": two("Store"),
                "stock": [
                    {"item": "water", "quantity": 30},
                    {"item": "mask", "quantity": 10},
                    {"item": "blanket", "quantity": 10},
                ],
            }
        ],
        "route": [{"depot": "store", "site": "school", "time": 5 * MINUTE}],
        "customer": [
            {
                "id": "bank",
                "title": two("Bank"),
                "kind": "credit",
                "grade": "high",
                "treatment": two("Call"),
                "owner": "press",
                "notify_within": 20 * MINUTE,
            }
        ],
    }
)


def _inject(id: str, **more: object) -> dict[str, object]:
    return {
        "id": id,
        "title": two(id.title()),
        "body": two(f"What {id} says"),
        "at": 0,
        "sender": "fire",
        "to": ["commander", "medic", "press"],
        **more,
    }


def _expect(id: str, role: str, **more: object) -> dict[str, object]:
    return {
        "id": id,
        "role": role,
        "text": two("Do it"),
        "target": 5 * MINUTE,
        "limit": 10 * MINUTE,
        **more,
    }


def _need(id: str, item: str, quantity: int, **more: object) -> dict[str, object]:
    return {
        "id": id,
        "title": two(id.title()),
        "site": "school",
        "item": item,
        "quantity": quantity,
        "within": 30 * MINUTE,
        **more,
    }


SCENARIO = Scenario.model_validate(
    {
        "id": "small",
        "family": "natural_disaster",
        "grade": 3,
        "title": two("Small flood"),
        "summary": two("A flood"),
        "briefing": two("Rain"),
        "length": 120 * MINUTE,
        "phase": [{"id": "one", "title": two("One"), "at": 0, "clock": "2026-07-20 13:00"}],
        "fact": [
            {
                "id": "dam",
                "title": two("The dam leaks"),
                "severity": 3,
                "recipient": [{"role": "medic", "target": 5 * MINUTE, "limit": 10 * MINUTE}],
            },
            {"id": "rumour", "title": two("Ten are missing"), "true": False, "severity": 3},
            {"id": "truth", "title": two("Nobody is missing"), "corrects": "rumour"},
        ],
        "inject": [
            _inject(
                "alarm",
                option=[
                    {"id": "evacuate", "title": two("Evacuate")},
                    {"id": "half", "title": two("Half"), "credit": 0.5},
                    {"id": "wait", "title": two("Wait"), "credit": 0.2},
                    {"id": "force", "title": two("Force"), "harm": 0.3},
                    {"id": "enter", "title": two("Enter"), "exposes": "masks"},
                ],
                several=True,
                expect=[_expect("decide", "commander", tasks=["decide"])],
            ),
            _inject(
                "leak",
                facts=["dam"],
                to=["commander"],
                expect=[
                    _expect(
                        "pass-on",
                        "commander",
                        action="tell",
                        to=["medic", "press"],
                        fact="dam",
                        tasks=["inform"],
                    )
                ],
            ),
            _inject("count", expect=[_expect("say", "medic", tasks=["count"])]),
            _inject("talk", facts=["rumour"], to=["press"]),
            _inject("check", facts=["truth"], to=["press"]),
            _inject(
                "cold",
                expect=[
                    _expect(
                        "send", "supplier", action="dispatch", need="blankets", tasks=["supply"]
                    ),
                    _expect("say-so", "press", action="state", fact="truth", tasks=["public"]),
                    _expect("call", "press", action="notify", customer="bank", tasks=["public"]),
                    _expect("file", "commander", action="report", report="first"),
                ],
            ),
        ],
        "need": [
            _need("drink", "water", 10, life_critical=True, urgency=5, at=0),
            _need("masks", "mask", 4, protects=4, at=0),
            _need("blankets", "blanket", 10, at=0),
        ],
        "report": [{"id": "first", "rule": "up", "after": "alarm", "tasks": ["report"]}],
        "milestone": [
            {"id": name, "title": two(name.title()), "when": {"not_before": 0}, **more}
            for name, more in (("safe", {}), ("death", {"fatal": True}), ("spill", {"harm": 0.5}))
        ],
        "outcome": [
            {
                "id": "people",
                "title": two("People safe"),
                "unit": two("persons"),
                "null": 0,
                "reference": 100,
                "high": 80,
            }
        ],
        "recovery": [
            {
                "id": "control",
                "title": two("Control"),
                "milestone": "safe",
                "target": 30 * MINUTE,
                "limit": 60 * MINUTE,
            }
        ],
        "objective": [
            {"id": "protect", "text": two("Protect people"), "critical": True},
            {"id": "share", "text": two("Share what is known")},
        ],
        "target": [
            {
                "id": f"t-{objective}",
                "objective": objective,
                "capability": two("Capability"),
                "threshold": two("In time"),
            }
            for objective in ("protect", "share")
        ],
        "task": [
            {
                "id": id,
                "target": f"t-{objective}",
                "text": two(id.title()),
                "standard": two("In time"),
                **more,
            }
            for id, objective, more in (
                ("decide", "protect", {"critical": True, "clause": "c-arrival"}),
                ("supply", "protect", {}),
                ("count", "protect", {}),
                ("inform", "share", {"closed": False}),
                ("report", "share", {}),
                ("public", "share", {}),
                ("judged", "share", {"share_auto": 0.0, "closed": False}),
            )
        ],
    }
)


class Drill:
    """A journal in the making; times are minutes of play."""

    def __init__(self, scenario: Scenario = SCENARIO, plan: Plan = PLAN) -> None:
        self.scenario, self.plan = scenario, plan
        self.entries: list[ev.Entry] = []
        self.add(
            0,
            ev.SessionOpened(session="s", scenario=scenario, plan=plan, weights=STANDARD, seed=1),
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
        self.add(0, ev.DrillStarted())

    def add(self, minute: float, event: ev.Event, by: str = "director") -> int:
        """Append the event; its seq."""
        seq = len(self.entries)
        at = round(minute * MINUTE)
        entry = ev.Entry(seq=seq, at=at, wall=0, by=by, via=Line(), command="", event=event)
        self.entries.append(entry)
        return seq

    @property
    def last(self) -> int:
        return len(self.entries) - 1

    def state(self) -> State:
        return fold(self.entries)

    def assess(self, minute: float | None = None, *, thorough: bool = True) -> Assessment:
        now = None if minute is None else round(minute * MINUTE)
        return assess(self.state(), now=now, thorough=thorough)

    # -- what happens, each at a minute --

    def call(self, minute: float, *roles: str) -> Self:
        for role in roles:
            self.add(minute, ev.RoleCalled(role=role))
        return self

    def arrive(self, minute: float, *roles: str) -> Self:
        for role in roles:
            self.add(minute, ev.RoleArrived(role=role, evidence="actual"), by=role)
        return self

    def stand(self, minute: float) -> Self:
        self.add(minute, ev.GroupEstablished(group="post"))
        return self

    def release(self, minute: float, *injects: str) -> Self:
        for id in injects:
            spec = next(inject for inject in self.scenario.injects if inject.id == id)
            self.add(
                minute,
                ev.InjectReleased(
                    inject=id,
                    type=spec.kind,
                    title=spec.title,
                    body=spec.body,
                    sender=spec.sender,
                    to=spec.to,
                    means=spec.means,
                    facts=self.refs(*spec.facts),
                ),
            )
        return self

    def answer(self, minute: float, inject: str, role: str, *options: str, text: str = "") -> Self:
        event = ev.ResponseGiven(inject=inject, role=role, options=options, text=Prose(text))
        self.add(minute, event, by=role)
        return self

    def refs(self, *facts: str) -> tuple[ev.FactRef, ...]:
        known = {fact.id: fact for fact in self.scenario.facts}
        return tuple(ev.FactRef(fact, known[fact].title) for fact in facts)

    def message(
        self,
        minute: float,
        sender: str,
        *to: str,
        facts: tuple[str, ...] = (),
        unsupported: tuple[str, ...] = (),
        confirmed: bool = True,
        ack: bool = False,
    ) -> Self:
        event = ev.MessageSent(
            message=f"m{len(self.entries)}",
            sender=sender,
            to=to,
            means="phone",
            text=Prose("..."),
            facts=self.refs(*facts),
            unsupported=unsupported,
            confirmed=confirmed,
            ack=ack,
        )
        self.add(minute, event, by=sender)
        return self

    def due(self, minute: float) -> Self:
        limit_at = round((minute + 15) * MINUTE)
        self.add(
            minute, ev.ReportFellDue(due="first", rule="up", sender="commander", limit_at=limit_at)
        )
        return self

    def report(self, minute: float, *elements: str) -> Self:
        event = ev.ReportFiled(
            report=f"r{len(self.entries)}",
            rule="up",
            stage="initial",
            sender="commander",
            to=("fire",),
            elements={element: Prose("known") for element in elements},
            due="first",
        )
        self.add(minute, event, by="commander")
        return self

    def statement(
        self, minute: float, *facts: str, approved: bool = True, confirmed: bool = True
    ) -> Self:
        id = f"p{len(self.entries)}"
        drafted = ev.StatementDrafted(
            statement=id,
            role="press",
            text=Prose("..."),
            facts=self.refs(*facts),
            confirmed=confirmed,
        )
        self.add(minute, drafted, by="press")
        if approved:
            event = ev.StatementApproved(statement=id, role="commander")
            self.add(minute, event, by="commander")
        issued = ev.StatementIssued(
            statement=id,
            role="press",
            text=drafted.text,
            facts=drafted.facts,
            confirmed=confirmed,
        )
        self.add(minute, issued, by="press")
        return self

    def need(self, minute: float, id: str) -> Self:
        spec = next(need for need in self.scenario.needs if need.id == id)
        self.add(
            minute,
            ev.NeedArose(
                need=id,
                title=spec.title,
                site=spec.site,
                item=spec.item,
                quantity=spec.quantity,
                limit_at=round(minute * MINUTE) + spec.within,
                urgency=spec.urgency,
                life_critical=spec.life_critical,
                known_to=("supplier",),
            ),
        )
        return self

    def ship(self, minute: float, need: str, quantity: int, by: str = "supplier") -> Self:
        """Dispatch for the need; it arrives five minutes later."""
        spec = next(one for one in self.scenario.needs if one.id == need)
        shipment = f"s{len(self.entries)}"
        event = ev.SuppliesDispatched(
            shipment=shipment,
            role=by,
            depot="store",
            site=spec.site,
            item=spec.item,
            quantity=quantity,
            vehicle="",
            arrives_at=round((minute + 5) * MINUTE),
            back_at=round((minute + 10) * MINUTE),
            need=need,
        )
        self.add(minute, event, by=by)
        self.add(minute + 5, ev.SuppliesArrived(shipment=shipment))
        return self

    def at_risk(self, minute: float) -> Self:
        limit_at = round((minute + 20) * MINUTE)
        self.add(minute, ev.CustomerAtRisk(customer="bank", limit_at=limit_at))
        return self

    def notify(self, minute: float) -> Self:
        self.add(minute, ev.CustomerNotified(customer="bank", role="press"), by="press")
        return self

    def milestone(self, minute: float, id: str) -> Self:
        spec = next(one for one in self.scenario.milestones if one.id == id)
        self.add(
            minute,
            ev.MilestoneReached(milestone=id, title=spec.title, harm=spec.harm, fatal=spec.fatal),
        )
        return self

    def rate(
        self, minute: float, task: str, rating: ev.Rating, rater: str = "Li", **flags: bool
    ) -> Self:
        event = ev.TaskRated(task=task, rater=Line(rater), rating=rating, **flags)
        self.add(minute, event, by="evaluator")
        return self

    def end(self, minute: float, *, aborted: bool = False) -> Self:
        self.add(minute, ev.DrillEnded(aborted=aborted), by="facilitator")
        return self
