"""The standard functions of an emergency organisation, by which a scenario finds its people."""

from typing import Literal, get_args

Function = Literal[
    "commander",
    "deputy",
    "liaison",
    "on-scene",
    "medical",
    "supplies",
    "transport",
    "spokesperson",
    "customer-liaison",
    "technical",
]
FUNCTIONS: tuple[Function, ...] = get_args(Function)
