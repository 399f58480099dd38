"""A pack folder turned into a scenario and a plan, or into all that is wrong with it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from drillkit.model.base import Value
from drillkit.model.plan import Plan
from drillkit.model.scenario import Scenario
from drillkit.packs.diagnostic import Diagnostic, PackFaults
from drillkit.packs.fit import fit
from drillkit.packs.include import blamed, opened, opened_plan
from drillkit.packs.lint import advice
from drillkit.packs.means import means_faults, quorum_faults
from drillkit.packs.reach import reach_faults
from drillkit.packs.references import reference_faults
from drillkit.packs.sense import emoji_faults, plan_faults, scenario_faults
from drillkit.packs.setting import Setting, with_settings
from drillkit.packs.shape import model_of
from drillkit.packs.source import PLAN_FILE, SCENARIO_FILE, Source, fault, read

V = TypeVar("V", bound=Value)


@dataclass(frozen=True, slots=True)
class Pack:
    """What a session needs: the story and the plan that it tests."""

    folder: Path
    scenario: Scenario
    plan: Plan
    short: bool = False
    """In the short form: the scenario is what is left of the whole one."""
    parts: Mapping[str, str] = field(default_factory=dict)
    """With another plan: the role of it that takes each role that the scenario was written for."""
    advice: tuple[Diagnostic, ...] = ()
    """With another plan: what it lacks, though the drill can be played without."""


class Miscast(PackFaults):
    """Another plan cannot play the scenario; `parts` says who of `plan` takes which role so far."""

    def __init__(
        self, diagnostics: tuple[Diagnostic, ...], plan: Plan, parts: Mapping[str, str]
    ) -> None:
        super().__init__(diagnostics)
        self.plan = plan
        self.parts = parts


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


def _plan(folder: Path, plan: Path | None) -> Source:
    if plan is None:
        return opened_plan(folder)
    if not plan.is_file():
        raise PackFaults((fault(plan, "packs.no-plan", name=PLAN_FILE),))
    return opened(plan, PLAN_FILE, home=None)


def _told(scenario: _File[Scenario], plan: _File[Plan]) -> list[Diagnostic]:
    """All faults, each once, and at the file that it came from."""
    return _once(_faults(scenario, plan), scenario.source, plan.source)


def _once(found: Iterable[Diagnostic], *sources: Source | None) -> list[Diagnostic]:
    faults = list(found)
    for source in sources:
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
    asked: Mapping[str, str] | None = None,
    *,
    short: bool = False,
) -> Pack:
    """The pack in `folder`, with its own plan or the one in the file `plan`.

    Another plan may have its roles, stores and rules under other names: they are found by what
    they do, or as `asked`, which names roles of the plan for roles of the scenario.

    With `short` in its short form. Raises PackFaults with the faults of both files in one run,
    scenario.toml first, as they would be with these settings, or else with those of the short
    form; SettingFault for one that leads nowhere.
    """
    story, tested = _opened(folder, plan, settings)
    if plan is not None:
        own = _file(lambda: opened_plan(folder), Plan, ())
        if story.model and own.model and not _told(story, own):
            scenario = _in_short(folder, story, own) if short else story.model
            return _fitted(folder, scenario, own.model, tested, asked or {}, short=short)
    faults = _ordered(folder, _told(story, tested))
    if faults or story.model is None or tested.model is None:
        raise PackFaults(faults)
    scenario = _in_short(folder, story, tested) if short else story.model
    return Pack(folder, scenario, tested.model, short)


def _in_short(folder: Path, story: _File[Scenario], plan: _File[Plan]) -> Scenario:
    """The short form of a scenario that is sound. Raises PackFaults."""
    # The short form knows what happens in a drill; a check of the whole need not wait for that.
    from drillkit.core.short import shortened  # noqa: PLC0415
    from drillkit.packs.short import short_faults, source_of  # noqa: PLC0415

    assert story.source is not None
    assert story.model is not None
    assert plan.model is not None
    form = shortened(story.model, plan.model)
    source = source_of(story.source, form)
    found = [*short_faults(source, form), *_faults(_File(source, form.scenario, ()), plan)]
    if found:
        raise PackFaults(_ordered(folder, found))
    return form.scenario


def _fitted(
    folder: Path,
    scenario: Scenario,
    own: Plan,
    tested: _File[Plan],
    asked: Mapping[str, str],
    *,
    short: bool,
) -> Pack:
    """A pack that is good with its own plan, played with another. Raises PackFaults, Miscast."""
    faults = _ordered(folder, _once(_alone(tested), tested.source))
    if faults or tested.source is None or tested.model is None:
        raise PackFaults(faults)
    made = fit(scenario, own, tested.model, tested.source, asked)
    if made.faults:
        raise Miscast(made.faults, made.plan, made.parts)
    return Pack(folder, made.scenario, made.plan, short, made.parts, made.advice)


def check_plan(path: Path) -> tuple[Diagnostic, ...]:
    """What is wrong with the plan in the file `path`, whatever is played with it."""
    plan = _file(lambda: opened(path, PLAN_FILE, home=None), Plan, ())
    return _ordered(path.parent, _once(_alone(plan), plan.source))


def is_plan(path: Path) -> bool:
    """Whether the file at `path` is meant to be a plan, as far as it can be read."""
    try:
        data = read(path).data
    except PackFaults:
        return False
    return "organisation" in data or "role" in data or "include" in data


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
