"""What measures are called, by their ids alone: a decision names one, and no score is at hand."""

from drillkit.core.names import Names
from drillkit.model.base import Lang
from drillkit.words import say

_TITLES = {
    "arrival.on-time": "score.on-time",
    "arrival.acknowledged": "score.acknowledged",
    "arrival.established": "score.established",
    "arrival.duties": "score.duties",
    "supplies.fill": "score.fill",
    "supplies.timeliness": "score.timeliness",
    "supplies.fairness": "score.fairness",
    "supplies.thrift.excess": "score.excess",
    "supplies.thrift.reserve": "score.reserve",
    "supplies.thrift": "score.thrift",
    "supplies.procedure": "score.procedure",
    "information.reached": "score.reached",
    "information.reports.customer": "score.customers",
    "information.reports": "score.reports",
    "information.complete": "score.complete",
    "information.accurate": "score.accurate",
    "information.closed-loop": "score.closed-loop",
    "information.discipline.paths": "score.paths",
    "information.discipline.releases": "score.releases",
    "information.discipline": "score.discipline",
    "result.objective": "result.objective",
    "result.target": "result.target",
    "result.task": "result.task",
    "result.report-due": "result.report-due",
    "result.outcome": "result.outcome",
    "result.recovery": "result.recovered",
    "result.compliance": "result.compliance",
}
"""The words of a measure, by what its id begins with; where several fit, the first here."""


def measure(names: Names, id: str, lang: Lang) -> str:
    """What the measure with this id is called; an id of no known kind stays one."""
    parts = id.split(".")
    if parts[:2] == ["result", "action"] and len(parts) == 4:
        return _titled(f"result.{_act(names, *parts[2:])}", about(names, id, parts[3], lang), lang)
    if parts[:2] == ["result", "task"] and parts[3:] in (["auto"], ["human"]):
        return _titled(f"result.{parts[3]}", names.task(parts[2], lang), lang)
    for start, words in _TITLES.items():
        if id == start:
            return say(lang, words)
        if id.startswith(f"{start}."):
            rest = id.removeprefix(f"{start}.")
            return _titled(words, about(names, id, rest.partition(".")[0], lang), lang)
    return id


def about(names: Names, id: str, thing: str, lang: Lang) -> str:
    """What the measure `id` is about: by its own path, else the thing with the id `thing`."""
    match id.split("."):
        case ["information", "reached", fact, role]:
            who, what = names.role(role, lang), names.fact(fact, lang)
            return say(lang, "report.who-what", who=who, what=what)
        case ["arrival", "established", group]:
            return names.group(group, lang)
        case ["arrival", _, role]:
            return names.role(role, lang)
    return names.about(thing, lang) if thing else ""


def _titled(words: str, subject: str, lang: Lang) -> str:
    return say(lang, "report.titled", title=say(lang, words), subject=subject)


def _act(names: Names, inject: str, expect: str) -> str:
    """What the expected answer asks for: its kind of act, which is the title of its measure."""
    opened = names.state.opened
    for one in opened.scenario.injects if opened else ():
        if one.id == inject:
            for wanted in one.expect:
                if wanted.id == expect:
                    return wanted.action
    return "respond"
