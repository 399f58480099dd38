"""A pack folder turned into a scenario and a plan, or into all that is wrong with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Generic, TypeVar

from drillkit.model.base import Value
from drillkit.model.plan import Plan
from drillkit.model.scenario import Scenario
from drillkit.packs.diagnostic import Diagnostic, PackFaults
from drillkit.packs.fit import fit
from drillkit.packs.means import means_faults, quorum_faults
from drillkit.packs.reach import reach_faults
from drillkit.packs.references import reference_faults
from drillkit.packs.sense import emoji_faults, plan_faults, scenario_faults
from drillkit.packs.setting import Setting, with_settings
from drillkit.packs.shape import model_of
from drillkit.packs.source import Source, fault, read

SCENARIO_FILE: Final = "scenario.toml"
PLAN_FILE: Final = "plan.toml"

V = TypeVar("V", bound=Value)


@dataclass(frozen=True, slots=True)
class Pack:
    """What a session needs: the story and the plan that it tests."""

    folder: Path
    scenario: Scenario
    plan: Plan
    parts: Mapping[str, str] = field(default_factory=dict)
    """With another plan: the role of it that takes each role that the scenario was written for."""
    advice: tuple[Diagnostic, ...] = ()
    """With another plan: what it lacks, though the drill can be played without."""


@dataclass(frozen=True, slots=True)
class _File(Generic[V]):
    """One of the two files as far as it could be read; without a source, its faults say why."""

    source: Source | None
    model: V | None
    faults: tuple[Diagnostic, ...]


def _read(
    path: Path, model: type[V], *, home: Path | None, settings: Sequence[Setting]
) -> _File[V]:
    """The file at `path`, which must lie in the folder `home` if one is given."""
    if not path.is_file():
        return _File(None, None, (fault(path, "packs.no-plan", name=PLAN_FILE),))
    if home and not path.resolve().is_relative_to(home.resolve()):
        return _File(None, None, (fault(path, "packs.leads-out"),))
    try:
        source = with_settings(read(path), model, settings)
    except PackFaults as problem:
        return _File(None, None, problem.diagnostics)
    value, faults = model_of(source, model)
    return _File(source, value, tuple(faults))


def _faults(scenario: _File[Scenario], plan: _File[Plan]) -> Iterator[Diagnostic]:
    """Faults of shape and names always; of sense only where those would not be their cause."""
    broken = [
        *scenario.faults,
        *plan.faults,
        *reference_faults(scenario.source, plan.source, scenario.faults, plan.faults),
    ]
    yield from broken
    if scenario.source:
        yield from emoji_faults(scenario.source)
    if plan.source:
        yield from emoji_faults(plan.source)
    if scenario.source and scenario.model:
        yield from scenario_faults(scenario.source, scenario.model)
    if plan.source and plan.model:
        yield from plan_faults(plan.source, plan.model)
    if scenario.source and scenario.model and plan.source and plan.model and not broken:
        yield from reach_faults(scenario.source, scenario.model, plan.model)
        yield from means_faults(scenario.source, scenario.model, plan.source, plan.model)


def _alone(plan: _File[Plan]) -> Iterator[Diagnostic]:
    """What is wrong with a plan by itself."""
    yield from plan.faults
    yield from reference_faults(None, plan.source, (), plan.faults)
    if plan.source:
        yield from emoji_faults(plan.source)
        if plan.model:
            yield from plan_faults(plan.source, plan.model)
            if not plan.faults:
                yield from quorum_faults(plan.source, plan.model)


def check_plan(path: Path) -> tuple[Diagnostic, ...]:
    """What is wrong with the plan in the file `path`, whatever is played with it."""
    faults = _alone(_read(path, Plan, home=None, settings=()))
    return tuple(sorted(faults, key=lambda f: (f.line, f.col, f.code)))


def is_plan(path: Path) -> bool:
    """Whether the file at `path` is meant to be a plan, as far as it can be read."""
    try:
        data = read(path).data
    except PackFaults:
        return False
    return "organisation" in data or "role" in data


def load(
    folder: Path,
    plan: Path | None = None,
    settings: Sequence[Setting] = (),
    asked: Mapping[str, str] | None = None,
) -> Pack:
    """The pack in `folder`, with its own plan or the one in the file `plan`.

    Another plan may have its roles, stores and rules under other names: they are found by what
    they do, or as `asked`, which names roles of the plan for roles of the scenario.

    Raises PackFaults with the faults of both files in one run, scenario.toml first, as they would
    be with these settings; SettingFault for one that leads nowhere.
    """
    of_story = [setting for setting in settings if setting.is_of_scenario]
    of_plan = [setting for setting in settings if not setting.is_of_scenario]
    if not folder.is_dir():
        raise PackFaults((fault(folder, "packs.not-a-folder", name=SCENARIO_FILE),))
    if not (folder / SCENARIO_FILE).is_file():
        raise PackFaults((fault(folder, "packs.no-scenario", name=SCENARIO_FILE),))
    story = _read(folder / SCENARIO_FILE, Scenario, home=folder, settings=of_story)
    if plan is None:
        tested = _read(folder / PLAN_FILE, Plan, home=folder, settings=of_plan)
    else:
        tested = _read(plan, Plan, home=None, settings=of_plan)
        own = _read(folder / PLAN_FILE, Plan, home=folder, settings=())
        if not any(_faults(story, own)):
            return _fitted(folder, story, own, tested, asked or {})
    faults = sorted(
        _faults(story, tested),
        key=lambda f: (f.path != folder / SCENARIO_FILE, f.line, f.col, f.code),
    )
    if faults or story.model is None or tested.model is None:
        raise PackFaults(tuple(faults))
    return Pack(folder, story.model, tested.model)


def _fitted(
    folder: Path,
    story: _File[Scenario],
    own: _File[Plan],
    tested: _File[Plan],
    asked: Mapping[str, str],
) -> Pack:
    """A pack that is good with its own plan, played with another. Raises PackFaults."""
    faults = sorted(_alone(tested), key=lambda f: (f.line, f.col, f.code))
    if faults or tested.source is None or tested.model is None:
        raise PackFaults(tuple(faults))
    assert story.model is not None
    assert own.model is not None
    made = fit(story.model, own.model, tested.model, tested.source, asked)
    if made.faults:
        raise PackFaults(made.faults)
    return Pack(folder, made.scenario, made.plan, made.parts, made.advice)


def check(path: Path) -> tuple[Diagnostic, ...]:
    """What is wrong with the pack in the folder `path`; nothing when it can be played."""
    try:
        load(path)
    except PackFaults as problem:
        return problem.diagnostics
    return ()
