"""Who sits where, and what that entitles them to."""

from drillkit.core.script import Refused, Script
from drillkit.core.state import State
from drillkit.model.plan import Permission


def is_seated(state: State, role: str) -> bool:
    """Whether a person has the role's seat; whose line is lost still has it."""
    return any(seat.role == role and seat.left is None for seat in state.seats.values())


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
    held = state.holding.get(by)
    return (by, *held) if held else (by,)


def posts_of(state: State, by: str) -> list[str]:
    """The posts at which the role is present: its own, unless another one holds it, and others'."""
    return [
        role
        for role in acting_as(state, by)
        if (presence := state.presence.get(role))
        and presence.is_here
        and presence.stays[-1].substitute == ("" if role == by else by)
    ]


def must_be_here(script: Script, state: State, by: str) -> None:
    """Raises Refused when the role is present at no post; partners always are."""
    if not script.role(by).outside and not posts_of(state, by):
        raise Refused("arrive-first")


def entitled(script: Script, state: State, by: str, permission: Permission) -> bool:
    """Whether the plan gives this to the role or to a post that it holds."""
    return any(permission in script.role(role).may for role in acting_as(state, by))
