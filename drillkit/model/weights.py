"""The weights, caps and cut-offs that a drill is scored with, as data with an id and a version."""

from typing import Annotated

from pydantic import Field

from drillkit.model.base import Id, Line, Share, Title, Value

Points = Annotated[float, Field(ge=0.0, le=100.0)]


class ArrivalWeights(Value):
    """Terms of role arrival, scoring model 4.1."""

    on_time: Share
    acknowledged: Share
    established: Share
    duties: Share
    alternate: Share = Field(description="Credit of a designated alternate.")
    substitute: Share = Field(description="Credit of any other substitute.")


class SupplyWeights(Value):
    """Terms of supply allocation, scoring model 4.2."""

    fill: Share
    timeliness: Share
    fairness: Share
    thrift: Share
    procedure: Share


class InformationWeights(Value):
    """Terms of information flow, scoring model 4.3."""

    reached: Share
    reports: Share
    complete: Share
    accurate: Share
    closed_loop: Share
    discipline: Share


class ResultWeights(Value):
    """Terms of the result, scoring model 4.4."""

    objectives: Share
    outcomes: Share
    recovery: Share
    compliance: Share


class ProcessWeights(Value):
    """How the three process scores join, scoring model 4.5."""

    arrival: Share
    supplies: Share
    information: Share


class CombinedWeights(Value):
    """How process and result join; .60/.40 for a tabletop exercise, scoring model 4.5."""

    process: Share
    result: Share


class Cutoffs(Value):
    """Points from which a grade is given, and the coverage that it takes."""

    excellent: Points
    good: Points
    fair: Points
    graded_from: Share = Field(description="Coverage for a grade.")
    provisional_from: Share = Field(description="Coverage for a provisional grade.")


class Anchors(Value):
    """Points that stand for a letter where only a letter was given, scoring model 4.4."""

    performed: Points
    some_challenges: Points
    major_challenges: Points
    unable: Points


class WeightSet(Value):
    """One versioned set; scoring/rubrics/standard.toml holds the design defaults."""

    id: Id
    version: Line
    title: Title
    arrival: ArrivalWeights
    supplies: SupplyWeights
    information: InformationWeights
    result: ResultWeights
    process: ProcessWeights
    combined: CombinedWeights
    cutoffs: Cutoffs
    anchors: Anchors
