"""Who sits where, and what that entitles them to."""

from drillkit.core.script import Refused, Script
from drillkit.core.state import State
from drillkit.model.plan import Permission


def must_be_running(state: State) -> None:
    """Raises Refused unless play is on and the clock runs."""
    match state.stage:
        case "running":
            return
        case "paused":
            raise Refused("paused")
        case "ended":
            raise Refused("ended")
        case _:
            raise Refused("not-started")


def acting_as(state: State, by: str) -> tuple[str, ...]:
    """The role itself, and the roles whose posts it holds as a substitute now."""
    held = [
        role
        for role, presence in state.presence.items()
        if presence.is_here and presence.stays[-1].substitute == by
    ]
    return (by, *held)


def must_be_here(script: Script, state: State, by: str) -> None:
    """Raises Refused when the role, or any post it holds, is not present; partners always are."""
    if script.role(by).outside:
        return
    if not any(state.presence[role].is_here for role in acting_as(state, by)):
        raise Refused("arrive-first")


def entitled(script: Script, state: State, by: str, permission: Permission) -> bool:
    """Whether the plan gives this to the role or to a post that it holds."""
    return any(permission in script.role(role).may for role in acting_as(state, by))
