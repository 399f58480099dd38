"""A pack folder turned into a scenario and a plan, or into all that is wrong with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Generic, TypeVar

from drillkit.model.base import Value
from drillkit.model.plan import Plan
from drillkit.model.scenario import Scenario
from drillkit.packs.diagnostic import Diagnostic, PackFaults
from drillkit.packs.means import means_faults
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


def load(folder: Path, plan: Path | None = None, settings: Sequence[Setting] = ()) -> Pack:
    """The pack in `folder`, with its own plan or the one in the file `plan`.

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
    faults = sorted(
        _faults(story, tested),
        key=lambda f: (f.path != folder / SCENARIO_FILE, f.line, f.col, f.code),
    )
    if faults or story.model is None or tested.model is None:
        raise PackFaults(tuple(faults))
    return Pack(folder, story.model, tested.model)


def check(path: Path) -> tuple[Diagnostic, ...]:
    """What is wrong with the pack in the folder `path`; nothing when it can be played."""
    try:
        load(path)
    except PackFaults as problem:
        return problem.diagnostics
    return ()
