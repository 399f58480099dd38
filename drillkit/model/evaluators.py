"""Who is to evaluate, as a file says it before a drill: what each watches, and which one leads."""

from typing import Annotated

from pydantic import AfterValidator, Field

from drillkit.model.base import Value, not_blank
from drillkit.model.text import Line


class Evaluator(Value):
    """One evaluator; `watches` names objectives, capability targets or tasks of the scenario."""

    name: Annotated[Line, AfterValidator(not_blank)]
    watches: tuple[str, ...] = ()
    leads: bool = False


class Evaluators(Value):
    """All who are to evaluate."""

    evaluators: tuple[Evaluator, ...] = Field(alias="evaluator", min_length=1)
