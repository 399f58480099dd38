"""A pack folder turned into a scenario and a plan, or into all that is wrong with it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from drillkit.core.short import shortened
from drillkit.model.base import Value
from drillkit.model.plan import Plan
from drillkit.model.scenario import Scenario
from drillkit.packs.diagnostic import Diagnostic, PackFaults
from drillkit.packs.include import blamed, opened, opened_plan
from drillkit.packs.lint import advice
from drillkit.packs.means import means_faults
from drillkit.packs.reach import reach_faults
from drillkit.packs.references import reference_faults
from drillkit.packs.sense import emoji_faults, plan_faults, scenario_faults
from drillkit.packs.setting import Setting, with_settings
from drillkit.packs.shape import model_of
from drillkit.packs.short import short_faults, source_of
from drillkit.packs.source import PLAN_FILE, SCENARIO_FILE, Source, fault

V = TypeVar("V", bound=Value)


@dataclass(frozen=True, slots=True)
class Pack:
    """What a session needs: the story and the plan that it tests."""

    folder: Path
    scenario: Scenario
    plan: Plan
    short: bool = False
    """In the short form: the scenario is what is left of the whole one."""


@dataclass(frozen=True, slots=True)
class _File(Generic[V]):
    """One of the two files as far as it could be read; without a source, its faults say why."""

    source: Source | None
    model: V | None
    faults: tuple[Diagnostic, ...]


def _file(
    opened_file: Callable[[], Source], model: type[V], settings: Sequence[Setting]
) -> _File[V]:
    try:
        source = with_settings(opened_file(), model, settings)
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


def _plan(folder: Path, plan: Path | None) -> Source:
    if plan is None:
        return opened_plan(folder)
    if not plan.is_file():
        raise PackFaults((fault(plan, "packs.no-plan", name=PLAN_FILE),))
    return opened(plan, PLAN_FILE, home=None)


def _told(scenario: _File[Scenario], plan: _File[Plan]) -> list[Diagnostic]:
    """All faults, each once, and at the file that it came from."""
    faults = list(_faults(scenario, plan))
    for source in (scenario.source, plan.source):
        if source and source.files and faults:
            faults = list(blamed(faults, source, check))
    return list({(f.place, f.within and f.within.place): f for f in faults}.values())


def _opened(
    folder: Path, plan: Path | None, settings: Sequence[Setting]
) -> tuple[_File[Scenario], _File[Plan]]:
    """Both files of the pack. Raises PackFaults where the folder is not that of a pack."""
    of_story = [setting for setting in settings if setting.is_of_scenario]
    of_plan = [setting for setting in settings if not setting.is_of_scenario]
    if not folder.is_dir():
        raise PackFaults((fault(folder, "packs.not-a-folder", name=SCENARIO_FILE),))
    if not (folder / SCENARIO_FILE).is_file():
        raise PackFaults((fault(folder, "packs.no-scenario", name=SCENARIO_FILE),))
    story = _file(
        lambda: opened(folder / SCENARIO_FILE, SCENARIO_FILE, home=folder), Scenario, of_story
    )
    return story, _file(lambda: _plan(folder, plan), Plan, of_plan)


def _ordered(folder: Path, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """By file, the scenario first, and by place."""
    first = folder / SCENARIO_FILE

    def order(one: Diagnostic) -> tuple[object, ...]:
        here = one.path
        return here != first, here.name != SCENARIO_FILE, str(here), one.line, one.col, one.code

    return tuple(sorted(found, key=order))


def load(
    folder: Path,
    plan: Path | None = None,
    settings: Sequence[Setting] = (),
    *,
    short: bool = False,
) -> Pack:
    """The pack in `folder`, with its own plan or the one in the file `plan`.

    With `short` in its short form. Raises PackFaults with the faults of both files in one run,
    scenario.toml first, as they would be with these settings, or else with those of the short
    form; SettingFault for one that leads nowhere.
    """
    story, tested = _opened(folder, plan, settings)
    faults = _ordered(folder, _told(story, tested))
    if faults or story.model is None or tested.model is None:
        raise PackFaults(faults)
    if not short:
        return Pack(folder, story.model, tested.model)
    assert story.source is not None
    form = shortened(story.model, tested.model)
    source = source_of(story.source, form)
    found = [*short_faults(source, form), *_faults(_File(source, form.scenario, ()), tested)]
    if found:
        raise PackFaults(_ordered(folder, found))
    return Pack(folder, form.scenario, tested.model, short=True)


def check(path: Path, *, short: bool = False) -> tuple[Diagnostic, ...]:
    """What is wrong with the pack in the folder `path`; nothing when it can be played.

    With `short` in its short form, once nothing is wrong with the whole.
    """
    try:
        load(path, short=short)
    except PackFaults as problem:
        return problem.diagnostics
    return ()


def lint(path: Path) -> tuple[Diagnostic, ...]:
    """The faults of the pack in the folder `path`, or, when it can be played, advice on it.

    Advice on a text of the pack that it builds on is told where that one is checked.
    """
    try:
        story, tested = _opened(path, None, ())
    except PackFaults as problem:
        return problem.diagnostics
    faults = _ordered(path, _told(story, tested))
    if faults or not (story.source and story.model and tested.source and tested.model):
        return faults
    own = {story.source.path, tested.source.path}
    found = advice(story.source, story.model, tested.source, tested.model)
    return _ordered(path, (one for one in found if one.path in own))
