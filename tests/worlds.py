"""A small drill for tests: two roles who answer, one who supplies, one outside partner."""

import copy
from typing import Any

from drillkit.journal import Journal, MemoryJournal
from drillkit.model.base import FACILITATOR, MINUTE, Millis
from drillkit.model.commands import Command, StartDrill
from drillkit.model.events import Entry
from drillkit.model.form import Form
from drillkit.model.plan import Plan
from drillkit.model.scenario import Scenario
from drillkit.model.weights import WeightSet
from drillkit.packs.rubrics import weights
from drillkit.session import Opening, Session


def both(text: str) -> dict[str, str]:
    return {"en": text, "zh": f"中文 {text}"}


PLAN: dict[str, Any] = {
    "id": "plan",
    "title": both("Plan"),
    "organisation": both("Works"),
    "group": [{"id": "post", "title": both("Command post"), "quorum": 2, "target": "10m"}],
    "role": [
        {
            "id": "commander",
            "title": both("Commander"),
            "group": "post",
            "key": True,
            "commander": True,
            "weight": 3,
            "alternates": ["liaison"],
            "may": ["command"],
            "duties": both("Decides."),
        },
        {
            "id": "liaison",
            "title": both("Liaison"),
            "group": "post",
            "weight": 2,
            "may": ["report", "release", "notify"],
            "duties": both("Tells."),
        },
        {"id": "supplies", "title": both("Supplies"), "may": ["supply"], "duties": both("Sends.")},
        {"id": "office", "title": both("Office"), "outside": True, "duties": both("Listens.")},
    ],
    "report": [
        {
            "id": "first-report",
            "title": both("First report"),
            "trigger": both("Water"),
            "sender": "liaison",
            "to": ["office"],
            "limit": "10m",
            "element": [
                {"id": "place", "title": both("Place")},
                {"id": "time", "title": both("Time")},
            ],
        }
    ],
    "release": {"drafters": ["liaison"], "approvers": ["commander"], "spokesperson": "liaison"},
    "item": [
        {"id": "pump", "title": both("Pump"), "unit": both("piece"), "floor": 1},
        {"id": "bag", "title": both("Sandbag"), "unit": both("bag")},
    ],
    "site": [{"id": "gate", "title": both("Gate")}, {"id": "ward", "title": both("Ward")}],
    "depot": [
        {
            "id": "north",
            "title": both("North depot"),
            "stock": [{"item": "pump", "quantity": 4}, {"item": "bag", "quantity": 100}],
            "vehicle": [
                {"id": "van", "title": both("Van"), "capacity": 40},
                {"id": "lorry", "title": both("Lorry"), "capacity": 90},
            ],
        },
        {
            "id": "south",
            "title": both("South depot"),
            "stock": [{"item": "bag", "quantity": 50}],
            "vehicle": [{"id": "cart", "title": both("Cart"), "capacity": 50}],
        },
    ],
    "route": [
        {"depot": "north", "site": "gate", "time": "5m"},
        {"depot": "north", "site": "ward", "time": "8m"},
        {"depot": "south", "site": "gate", "time": "3m"},
    ],
    "customer": [
        {
            "id": "clinic",
            "title": both("Clinic"),
            "kind": "operational",
            "grade": "high",
            "treatment": both("Tell first."),
            "owner": "liaison",
            "notify_within": "10m",
        }
    ],
}

SCENARIO: dict[str, Any] = {
    "id": "small",
    "family": "natural_disaster",
    "grade": 2,
    "title": both("Water"),
    "summary": both("Water rises."),
    "briefing": both("It rains."),
    "length": "60m",
    "phase": [
        {"id": "rise", "title": both("Rise"), "at": "0s", "clock": "2026-07-20 13:00", "ratio": 4},
        {
            "id": "night",
            "title": both("Night"),
            "at": "40m",
            "clock": "2026-07-20 22:00",
            "ratio": 2,
        },
    ],
    "fact": [
        {
            "id": "water",
            "title": both("Water in the cellar"),
            "recipient": [{"role": "liaison", "target": "5m"}],
        },
        {"id": "rumour", "title": both("All are safe"), "true": False, "severity": 3},
        {"id": "truth", "title": both("Two are missing"), "corrects": "rumour"},
    ],
    "inject": [
        {
            "id": "alarm",
            "title": both("Alarm"),
            "body": both("Water in the cellar."),
            "at": "2m",
            "sender": "office",
            "to": ["commander"],
            "means": "alarm",
            "fact": [],
            "facts": ["water"],
            "option": [
                {"id": "wait", "title": both("Wait"), "credit": 0.2, "harm": 0.3},
                {"id": "pump-out", "title": both("Pump"), "credit": 1.0},
            ],
            "expect": [
                {
                    "id": "decide",
                    "role": "commander",
                    "text": both("Decides to pump."),
                    "target": "3m",
                    "limit": "6m",
                    "tasks": ["act"],
                }
            ],
        },
        {
            "id": "call",
            "title": both("Call"),
            "body": both("A citizen calls."),
            "at": "10m",
            "sender": "office",
            "to": ["liaison"],
            "facts": ["rumour"],
            "expect": [
                {
                    "id": "reply",
                    "role": "liaison",
                    "text": both("Replies."),
                    "target": "4m",
                    "tasks": ["act"],
                }
            ],
        },
        {
            "id": "dry",
            "title": both("Dry"),
            "body": both("The pumps hold."),
            "when": {"all": [{"answered": "alarm", "option": "pump-out"}, {"not_before": "12m"}]},
            "sender": "office",
            "to": ["commander"],
        },
        {
            "id": "wet",
            "kind": "contingency",
            "title": both("Wet"),
            "body": both("Nobody acted."),
            "when": {"overdue": "alarm"},
            "sender": "office",
            "to": ["commander", "liaison"],
            "effect": [{"kind": "stock", "depot": "north", "item": "bag", "quantity": -500}],
        },
        {
            "id": "spare",
            "kind": "contingency",
            "title": both("Spare"),
            "body": both("Kept ready."),
            "sender": "office",
            "to": ["supplies"],
        },
    ],
    "need": [
        {
            "id": "bags-gate",
            "title": both("Bags at the gate"),
            "site": "gate",
            "item": "bag",
            "quantity": 60,
            "at": "5m",
            "within": "15m",
            "urgency": 3,
        }
    ],
    "report": [{"id": "tell-office", "rule": "first-report", "after": "alarm", "tasks": ["tell"]}],
    "at_risk": [{"customer": "clinic", "after": "alarm"}],
    "milestone": [
        {"id": "flooded", "title": both("Flooded"), "when": {"released": "wet"}, "harm": 0.4}
    ],
    "outcome": [
        {
            "id": "dry-rooms",
            "title": both("Dry rooms"),
            "unit": both("room"),
            "start": 10,
            "null": 0,
            "reference": 10,
            "low": 0,
            "high": 12,
            "move": [{"when": {"milestone": "flooded"}, "per_minute": -0.5}],
        }
    ],
    "objective": [{"id": "hold", "text": both("Hold the water.")}],
    "target": [
        {
            "id": "quick",
            "objective": "hold",
            "capability": both("Control"),
            "threshold": both("10 min"),
        }
    ],
    "task": [
        {"id": "act", "target": "quick", "text": both("Act"), "standard": both("In time")},
        {"id": "tell", "target": "quick", "text": both("Tell"), "standard": both("In time")},
    ],
}
del SCENARIO["inject"][0]["fact"]


def a_plan(**changes: Any) -> Plan:
    return Plan.model_validate({**copy.deepcopy(PLAN), **changes}, context={"pack": True})


def a_scenario(**changes: Any) -> Scenario:
    return Scenario.model_validate({**copy.deepcopy(SCENARIO), **changes}, context={"pack": True})


def the_weights() -> WeightSet:
    return weights()


class Play:
    """A session on a clock that a test turns by hand."""

    def __init__(
        self,
        scenario: Scenario | None = None,
        plan: Plan | None = None,
        journal: Journal | None = None,
        *,
        started: bool = True,
        forms: tuple[Form, ...] = (),
    ) -> None:
        opening = Opening(
            "test", scenario or a_scenario(), plan or a_plan(), the_weights(), forms=forms
        )
        self.session = Session.open(journal or MemoryJournal(), opening, wall=0)
        self.now: Millis = 0
        self.commands = 0
        if started:
            self.do(FACILITATOR, StartDrill())

    def do(self, by: str, command: Command, *, at: Millis | None = None) -> tuple[Entry, ...]:
        if at is not None:
            self.now = at
        self.commands += 1
        return self.session.ask(by, command, at=self.now, wall=self.now, id=f"c{self.commands}")

    def until(self, at: Millis) -> "Play":
        self.now = at
        self.session.tick(at, at)
        return self

    def minutes(self, minutes: float) -> "Play":
        return self.until(round(minutes * MINUTE))

    def times_of(self, kind: type) -> list[Millis]:
        return [entry.at for entry in self.session.entries if isinstance(entry.event, kind)]

    def released(self) -> list[tuple[str, Millis]]:
        state = self.session.state
        marks = [
            (id, record.released.at) for id, record in state.injects.items() if record.released
        ]
        return sorted(marks, key=lambda pair: (pair[1], pair[0]))
