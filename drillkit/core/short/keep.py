"""What stays of a scenario when only the injects of the short form are played."""

from drillkit.core.short.conditions import Kept, remains
from drillkit.core.short.outcomes import left_of
from drillkit.model.plan import Plan
from drillkit.model.scenario import (
    Expect,
    Fact,
    Inject,
    Milestone,
    Need,
    Option,
    Scenario,
)


def kept(scenario: Scenario, plan: Plan) -> Scenario:
    """The scenario with its short injects, and with what hangs on them, at the times it had.

    Left out is what nothing brings any more, and reports whose limit runs on the story's clock:
    that clock leaps in the short form, and would take the limit with it.
    """
    names = _settled(scenario, plan)
    injects = tuple(_inject(one, names) for one in scenario.injects if one.id in names["inject"])
    reports = tuple(one for one in scenario.reports if one.id in names["report"])
    shown = {task for inject in injects for expect in inject.expect for task in expect.tasks}
    shown |= {task for report in reports for task in report.tasks}
    tasks = tuple(one for one in scenario.tasks if one.id in shown)
    aimed = {task.target for task in tasks}
    targets = tuple(one for one in scenario.targets if one.id in aimed)
    meant = {target.objective for target in targets}
    return scenario.model_copy(
        update={
            "injects": injects,
            "facts": tuple(_fact(one, names) for one in scenario.facts if one.id in names["fact"]),
            "needs": tuple(_need(one, names) for one in scenario.needs if one.id in names["need"]),
            "reports": tuple(
                one.model_copy(update={"facts": tuple(f for f in one.facts if f in names["fact"])})
                for one in reports
            ),
            "at_risk": tuple(one for one in scenario.at_risk if one.after in names["inject"]),
            "milestones": tuple(
                one.model_copy(update={"when": _left(one, names)})
                for one in scenario.milestones
                if one.id in names["milestone"]
            ),
            "outcomes": tuple(
                left
                for one in scenario.outcomes
                if one.id in names["outcome"] and (left := left_of(one, names)) is not None
            ),
            "recoveries": tuple(
                one
                for one in scenario.recoveries
                if one.milestone in names["milestone"]
                and (one.after is None or one.after in names["inject"])
            ),
            "tasks": tasks,
            "targets": targets,
            "objectives": tuple(one for one in scenario.objectives if one.id in meant),
        }
    )


def _settled(scenario: Scenario, plan: Plan) -> Kept:
    """What stays: each round takes out what hung on what the last one took out."""
    rules = {rule.id: rule for rule in plan.reports}
    names: dict[str, set[str]] = {
        "inject": {one.id for one in scenario.injects if one.short},
        "fact": {one.id for one in scenario.facts},
        "need": {one.id for one in scenario.needs},
        "report": {
            one.id
            for one in scenario.reports
            if (rule := rules.get(one.rule)) is None or rule.clock == "exercise"
        },
        "milestone": {one.id for one in scenario.milestones},
        "outcome": {one.id for one in scenario.outcomes},
    }
    while (after := _round(scenario, names)) != names:
        names = after
    return names


def _round(scenario: Scenario, names: dict[str, set[str]]) -> dict[str, set[str]]:
    injects = [
        one
        for one in scenario.injects
        if one.id in names["inject"] and (one.when is None or remains(one.when, names))
    ]
    called = {expect.need for one in injects for expect in one.expect}
    here = {one.id for one in injects}
    return {
        "inject": here,
        "fact": names["fact"] & {fact for one in injects for fact in one.facts},
        "need": {
            one.id
            for one in scenario.needs
            if one.id in names["need"]
            and (one.id in called if one.when is None else remains(one.when, names) is not None)
        },
        "report": {
            one.id for one in scenario.reports if one.id in names["report"] and one.after in here
        },
        "milestone": {
            one.id
            for one in scenario.milestones
            if one.id in names["milestone"] and _left(one, names) is not None
        },
        "outcome": {
            one.id
            for one in scenario.outcomes
            if one.id in names["outcome"] and left_of(one, names) is not None
        },
    }


def _left(milestone: Milestone, names: Kept) -> object:
    # Nobody is blamed for harm whose remedy has been left out.
    harms = milestone.harm > 0 or milestone.fatal
    return remains(milestone.when, names, strict=harms)


def _inject(inject: Inject, names: Kept) -> Inject:
    return inject.model_copy(
        update={
            "when": inject.when and remains(inject.when, names),
            "options": tuple(_option(one, names) for one in inject.options),
            "expect": tuple(one for one in inject.expect if _is_asked(one, names)),
        }
    )


def _option(option: Option, names: Kept) -> Option:
    if option.exposes is None or option.exposes in names["need"]:
        return option
    return option.model_copy(update={"exposes": None})


def _is_asked(expect: Expect, names: Kept) -> bool:
    return all(
        name is None or name in names[kind]
        for kind, name in (("fact", expect.fact), ("report", expect.report), ("need", expect.need))
    )


def _fact(fact: Fact, names: Kept) -> Fact:
    if fact.corrects is None or fact.corrects in names["fact"]:
        return fact
    return fact.model_copy(update={"corrects": None})


def _need(need: Need, names: Kept) -> Need:
    return need.model_copy(update={"when": need.when and remains(need.when, names)})
