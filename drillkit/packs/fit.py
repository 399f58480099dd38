"""A scenario made to be played by another organisation's plan, and what that plan lacks for it.

A scenario names the roles, stores and rules of the plan in its pack. Where another plan has them
under other names, the scenario is rewritten; what the story cannot do without and the plan does
not have comes along from the pack's own plan, and is told. What is played is an ordinary scenario
and an ordinary plan: a journal that holds both needs nothing else.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from drillkit.model.plan import Plan
from drillkit.model.scenario import Scenario
from drillkit.packs.cast import Cast, Titled, cast, is_same
from drillkit.packs.diagnostic import Diagnostic
from drillkit.packs.duration import written
from drillkit.packs.references import conditions_in, names_in
from drillkit.packs.shortages import shortages
from drillkit.packs.source import Source

T = TypeVar("T", bound=Titled)

_ACTS_IN_WHENS: Final = frozenset({"answered", "arrived", "knows"})
"""Conditions that only somebody who plays can meet."""


@dataclass(frozen=True, slots=True)
class Fit:
    """What is played; the role that takes each part; what the plan lacks, vital and not."""

    scenario: Scenario
    plan: Plan
    parts: Mapping[str, str]
    faults: tuple[Diagnostic, ...]
    advice: tuple[Diagnostic, ...]


def fit(scenario: Scenario, own: Plan, plan: Plan, source: Source, asked: Mapping[str, str]) -> Fit:
    """The scenario, written for its pack's `own` plan, as it is played with `plan`.

    `source` is the file of `plan`, where the diagnostics point to; `asked` names roles of `plan`
    for roles of `own`.
    """
    return _Fitting(scenario, own, plan, source).run(asked)


class _Fitting:
    """One scenario on its way to another plan. Works on parsed data, as a file would hold it."""

    def __init__(self, scenario: Scenario, own: Plan, plan: Plan, source: Source) -> None:
        self.scenario, self.own, self.plan, self.source = scenario, own, plan, source
        self.story: dict[str, Any] = scenario.model_dump(mode="json", by_alias=True)
        self.more: dict[str, list[Any]] = {}
        """What comes along from the pack's own plan, by the plan's keys."""
        self.release: dict[str, Any] | None = None
        self.faults: list[Diagnostic] = []
        self.advice: list[Diagnostic] = []

    def run(self, asked: Mapping[str, str]) -> Fit:
        self._clauses()
        self._rules()
        self._customers()
        self._publication()
        found = self._cast(asked)
        self.faults += found.faults
        self.advice += found.advice
        if self.faults:
            return Fit(self.scenario, self.plan, found.parts, tuple(self.faults), ())
        self._supplies()
        self._rename("role", found.parts)
        self._merge()
        plan = self._whole(found.parts, [_dumped(role) for role in found.brought])
        self._entitle(plan)
        scenario = _as(Scenario, self.story)
        self.faults += self._permissions(scenario, plan)
        self.advice += shortages(self.source, scenario, plan)
        return Fit(scenario, plan, found.parts, tuple(self.faults), tuple(self.advice))

    # -- names ---------------------------------------------------------------------------------

    def _named(self, kind: str) -> Iterator[tuple[Any, str | int, str]]:
        """Each place of the story that names a thing of this kind, as holder, key and name."""
        for where, name in names_in(self.story, kind):
            holder: Any = self.story
            for part in where[:-1]:
                holder = holder[part]
            yield holder, where[-1], name

    def _rename(self, kind: str, names: Mapping[str, str | None]) -> None:
        for holder, key, name in list(self._named(kind)):
            if name in names:
                holder[key] = names[name]

    def _used(self, kind: str) -> dict[str, None]:
        return {name: None for _, _, name in self._named(kind)}

    def _bring(self, key: str, thing: Any) -> None:
        self.more.setdefault(key, []).append(_dumped(thing))

    def _tell(self, key: str, **values: object) -> None:
        self.advice.append(self.source.fault(f"packs.poorer-{key}", ("id",), "key", **values))

    def _matched(
        self, kind: str, own: Sequence[T], theirs: Sequence[T], like: Callable[[T, T], bool]
    ) -> list[T]:
        """Rename what the plan has under another name; the answer is what it does not have."""
        names: dict[str, str | None] = {}
        lacking: list[T] = []
        used = self._used(kind)
        have = {thing.id for thing in theirs}
        for thing in own:
            if thing.id not in used or thing.id in have:
                continue
            match = next((other.id for other in theirs if like(thing, other)), None)
            if match is None:
                lacking.append(thing)
            else:
                names[thing.id] = match
        self._rename(kind, names)
        return lacking

    # -- what the plan rules -------------------------------------------------------------------

    def _clauses(self) -> None:
        """Clauses by what they are about; a task can do without."""
        lacking = self._matched(
            "clause", self.own.clauses, self.plan.clauses, lambda a, b: a.about == b.about
        )
        self._rename("clause", dict.fromkeys(clause.id for clause in lacking))

    def _rules(self) -> None:
        """Reporting rules by their stage."""
        for rule in self._matched(
            "rule", self.own.reports, self.plan.reports, lambda a, b: a.stage == b.stage
        ):
            self._bring("report", rule)
            self._tell("rule", rule=rule.id, stage=rule.stage, limit=written(rule.limit))

    def _customers(self) -> None:
        """Customers by the kind and the grade of their risk."""
        for customer in self._matched(
            "customer",
            self.own.customers,
            self.plan.customers,
            lambda a, b: (a.kind, a.grade) == (b.kind, b.grade),
        ):
            self._bring("customer", customer)
            limit = written(customer.notify_within)
            self._tell("customer", customer=customer.id, grade=customer.grade, limit=limit)
        seen: set[str] = set()
        risks = self.story["at_risk"]
        self.story["at_risk"] = [
            risk
            for risk in risks
            if risk["customer"] not in seen and not seen.add(risk["customer"])
        ]

    def _publication(self) -> None:
        """Who speaks in public, where the plan does not say it and the story asks for it."""
        acts = {expect["action"] for inject in self.story["inject"] for expect in inject["expect"]}
        stated = any(kind == "stated" for _, kind, _ in conditions_in(self.story))
        if self.plan.release is None and self.own.release and ("state" in acts or stated):
            self.release = _dumped(self.own.release)
            self._tell("release")

    # -- roles ---------------------------------------------------------------------------------

    def _cast(self, asked: Mapping[str, str]) -> Cast:
        inside = {role.id for role in self.own.players()}
        vital: dict[str, str] = {}
        for inject in self.story["inject"]:
            for expect in inject["expect"]:
                vital.setdefault(expect["role"], inject["id"])
        for _, kind, condition in conditions_in(self.story):
            if kind in _ACTS_IN_WHENS:
                role = condition.get("role" if kind == "answered" else kind)
                vital.setdefault(role or "", kind)
        wanted = dict.fromkeys(self._used("role"), "")
        for rule in self.more.get("report", []):
            vital.setdefault(rule["sender"], rule["id"])
            wanted |= dict.fromkeys(rule["to"], "")
        for customer in self.more.get("customer", []):
            vital.setdefault(customer["owner"], customer["id"])
        if self.release:
            vital.setdefault(self.release["spokesperson"], "release")
            for role in (*self.release["drafters"], *self.release["approvers"]):
                vital.setdefault(role, "release")
        vital = {role: what for role, what in vital.items() if role in inside}
        return cast(
            self.own, self.plan, self.source, wanted=wanted | vital, vital=vital, asked=asked
        )

    def _merge(self) -> None:
        """Where one role takes two parts, nothing is said twice, and nobody tells themselves."""
        for fact in self.story["fact"]:
            soonest: dict[str, Any] = {}
            for one in sorted(fact["recipient"], key=lambda one: int(one["target"])):
                soonest.setdefault(one["role"], one)
            fact["recipient"] = [one for one in fact["recipient"] if one is soonest[one["role"]]]
        for need in self.story["need"]:
            need["known_to"] = list(dict.fromkeys(need["known_to"]))
        for task in self.story["task"]:
            task["roles"] = list(dict.fromkeys(task["roles"]))
        for inject in self.story["inject"]:
            inject["to"] = list(dict.fromkeys(inject["to"]))
            for expect in inject["expect"]:
                to = dict.fromkeys(role for role in expect["to"] if role != expect["role"])
                expect["to"] = list(to)
            inject["expect"] = [
                expect for expect in inject["expect"] if expect["action"] != "tell" or expect["to"]
            ]
        shown = {
            task for i in self.story["inject"] for expect in i["expect"] for task in expect["tasks"]
        }
        shown |= {task for report in self.story["report"] for task in report["tasks"]}
        for task in self.story["task"]:
            task["closed"] = task["closed"] and task["id"] in shown

    def _entitle(self, plan: Plan) -> None:
        """The plan says who reports, speaks and notifies: that is who is expected to."""
        may = {role.id: role.may for role in plan.roles}
        rules = {rule.id: rule for rule in plan.reports}
        due = {report["id"]: rules[report["rule"]] for report in self.story["report"]}
        owners = {customer.id: customer.owner for customer in plan.customers}
        for inject in self.story["inject"]:
            for expect in inject["expect"]:
                role = expect["role"]
                match expect["action"]:
                    case "report" if "report" not in may[role]:
                        expect["role"] = due[expect["report"]].sender
                    case "notify" if "notify" not in may[role]:
                        expect["role"] = owners[expect["customer"]]
                    case "state" if plan.release and role not in plan.release.drafters:
                        expect["role"] = plan.release.spokesperson
                    case _:
                        pass

    def _permissions(self, scenario: Scenario, plan: Plan) -> Iterator[Diagnostic]:
        """Roles that are to send supplies and may not."""
        told: set[str] = set()
        places = {role.id: place for place, role in enumerate(plan.roles)}
        for inject in scenario.injects:
            for expect in inject.expect:
                role = plan.roles[places[expect.role]]
                if expect.action == "dispatch" and not {"supply", "command"} & {*role.may}:
                    if role.id not in told:
                        where = ("role", places[role.id], "id")
                        values = {"role": role.id, "inject": inject.id, "permission": "supply"}
                        yield self.source.fault("packs.lacks-permission", where, **values)
                    told.add(role.id)

    # -- supplies ------------------------------------------------------------------------------

    def _supplies(self) -> None:
        for item in self._matched("item", self.own.items, self.plan.items, is_same):
            # A reserve in stores that never held the item would be short from the first minute on.
            self._bring("item", item.model_copy(update={"floor": 0}))
        self._matched("depot", self.own.depots, self.plan.depots, is_same)
        self._effects()
        for site in self._matched("site", self.own.sites, self.plan.sites, is_same):
            self._bring("site", site)
            ways = [route.time for route in self.own.routes if route.site == site.id]
            if not ways or not self.plan.depots:
                continue
            for depot in self.plan.depots:
                way = {"depot": depot.id, "site": site.id, "time": min(ways)}
                self.more.setdefault("route", []).append(way)
            self._tell("site", site=site.id, time=written(min(ways)))

    def _effects(self) -> None:
        """What the story does to stores that the plan does not have is left out."""
        depots = {depot.id: {v.id for v in depot.vehicles} for depot in self.plan.depots}
        missed: dict[str, dict[str, None]] = {}
        for inject in self.story["inject"]:
            kept = []
            for effect in inject["effect"]:
                vehicles, vehicle = depots.get(effect["depot"]), effect["vehicle"]
                if vehicles is not None and (vehicle is None or vehicle in vehicles):
                    kept.append(effect)
                else:
                    name = effect["depot"] if vehicles is None else vehicle
                    missed.setdefault(name, {})[inject["id"]] = None
            inject["effect"] = kept
        for name, injects in missed.items():
            self._tell("effect", injects=", ".join(injects), name=name)

    # -- the plan ------------------------------------------------------------------------------

    def _whole(self, parts: Mapping[str, str], roles: list[Any]) -> Plan:
        """The plan with what comes along."""
        for rule in self.more.get("report", []):
            rule["sender"] = parts[rule["sender"]]
            rule["to"] = list(dict.fromkeys(parts[role] for role in rule["to"]))
        for customer in self.more.get("customer", []):
            customer["owner"] = parts[customer["owner"]]
        data = _dumped(self.plan)
        if self.release:
            for key in ("drafters", "approvers"):
                self.release[key] = list(dict.fromkeys(parts[role] for role in self.release[key]))
            self.release["spokesperson"] = parts[self.release["spokesperson"]]
            data["release"] = self.release
        for key, things in {**self.more, "role": roles}.items():
            data[key] = [*data[key], *things]
        if data["channel"]:
            data["channel"] += self._channels(parts, {role["id"] for role in roles})
        return _as(Plan, data)

    def _channels(self, parts: Mapping[str, str], brought: set[str]) -> Iterator[Any]:
        """The paths from and to those who come along; the plan cannot know of them."""
        for channel in self.own.channels:
            sender = parts.get(channel.sender)
            to = [parts[role] for role in channel.to if role in parts]
            to = to if sender in brought else [role for role in to if role in brought]
            to = [role for role in dict.fromkeys(to) if role != sender]
            if sender and to:
                yield {"sender": sender, "to": to}


def _dumped(thing: Any) -> Any:
    return thing.model_dump(mode="json", by_alias=True)


V = TypeVar("V", Scenario, Plan)


def _as(model: type[V], data: Any) -> V:
    return model.model_validate(data)
