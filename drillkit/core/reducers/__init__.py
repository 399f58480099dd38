"""What each kind of event does to the state: one small function a kind, found by table."""

from drillkit.core.reducers import evaluation, information, injects, presence, session, supplies
from drillkit.core.reducers.table import REDUCERS

__all__ = ["REDUCERS", "evaluation", "information", "injects", "presence", "session", "supplies"]
