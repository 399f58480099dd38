"""Who watches what and who leads the evaluators: the facilitator says so, before or during play."""

from drillkit.core.assignments import key_of, lead_of, same_name, tasks_of
from drillkit.core.decide.settlement import must_be_draft, must_be_unsigned
from drillkit.core.script import Refused, Script
from drillkit.core.state import State
from drillkit.model.commands import AssignTasks, NameLead
from drillkit.model.events import Event, LeadNamed, TasksAssigned


def assign_tasks(script: Script, state: State, command: AssignTasks) -> list[Event]:
    """The tasks of one evaluator, in the scenario's order; raises Refused."""
    must_be_unsigned(state)
    if not key_of(command.evaluator):
        raise Refused("name-needed")
    for task in command.tasks:
        if task not in script.tasks:
            raise Refused("unknown-task", task=task)
    tasks = tuple(task for task in script.tasks if task in command.tasks)
    if tasks == tasks_of(state, command.evaluator):
        return []
    return [TasksAssigned(evaluator=command.evaluator, tasks=tasks)]


def name_lead(state: State, command: NameLead) -> list[Event]:
    """Who leads from now on; raises Refused once the lead has signed."""
    must_be_draft(state)
    if same_name(command.name, lead_of(state)):
        return []
    signed = state.signed.get("lead")
    if signed and not same_name(command.name, signed[1].name):
        raise Refused("lead-signed", name=signed[1].name)
    return [LeadNamed(name=command.name)]
