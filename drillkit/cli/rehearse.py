"""`drillkit rehearse`: a pack played many times by simulated teams, and what there is to learn."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from drillkit.cli.failed import Failed
from drillkit.cli.tables import is_narrow, show, tell
from drillkit.model.base import Lang
from drillkit.model.profile import Profile
from drillkit.packs.profiles import profile
from drillkit.packs.rubrics import weights
from drillkit.rehearse.many import Job
from drillkit.rehearse.rehearsal import rehearsal
from drillkit.rehearse.workers import cluster, cores, local
from drillkit.report.rehearsal import Rows
from drillkit.report.rehearsal.document import rehearsal_json
from drillkit.report.rehearsal.files import as_text, export_rehearsal, make_room
from drillkit.report.rehearsal.rows import Chance, LimitRow, Spread
from drillkit.report.rehearsal.rows import time as clock
from drillkit.words import say

_MOST = 12
"""Limits on the screen, the hardest ones; the files hold all."""
_CHANCE = 10
"""Cells of a chance where there is little room: the share, and below it the interval."""
_QUIET = 0.25
"""Seconds between two drawings of the progress bar."""


def rehearse(args: Namespace) -> int:
    """Play the pack many times, and tell what a facilitator would want to know beforehand."""
    from drillkit.cli import compare

    if compare.is_asked(args):
        return compare.compare(args)
    lang: Lang = args.lang
    pack = compare.pack_of(args)
    teams = teams_of(args)
    job = Job(pack.scenario, pack.plan, weights(), teams[0], args.seed, short=pack.short)
    if args.to:
        make_room(Path(args.to), force=args.force)
    with working(args) as executor, progressing(lang) as progress:
        found = rehearsal(job, teams, args.runs, executor, progress=progress)
    rows = Rows(found, lang)
    if args.json:
        print(as_text(rehearsal_json(rows)), end="")
    else:
        _show(rows)
    if args.to:
        for path in export_rehearsal(rows, Path(args.to), force=args.force):
            if not args.json:
                print(say(lang, "cli.wrote", path=path))
    return 0


def teams_of(args: Namespace) -> tuple[Profile, ...]:
    """The teams asked for. Raises Failed without any, and for two of one name."""
    names = [name.strip() for name in args.profile.split(",") if name.strip()]
    if not names:
        raise Failed("no-teams")
    teams = tuple(map(profile, names))
    for place, team in enumerate(teams):
        if team.id in {other.id for other in teams[:place]}:
            raise Failed("team-twice", name=team.id)
    return teams


def working(args: Namespace) -> AbstractContextManager[Executor | None]:
    """Whoever plays the runs: a cluster, or processes, as many as asked for or as processors."""
    if getattr(args, "cluster", None):
        return cluster(args.cluster)
    return local(args.workers or cores())


@contextmanager
def progressing(lang: Lang) -> Iterator[Callable[[int, int], None]]:
    """A bar with the time left, on standard error, gone when it is over.

    A lost worker becomes a sentence.
    """
    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    done = 0
    with bar:
        task = bar.add_task(say(lang, "rehearse.progress"), total=None)

        def tell(so_far: int, of: int) -> None:
            nonlocal done
            done = so_far
            bar.update(task, completed=so_far, total=of)

        try:
            yield tell
        except BrokenExecutor as problem:
            raise Failed("workers-lost", done=done) from problem


# -- on the screen ---------------------------------------------------------------------------------


def _show(rows: Rows) -> None:
    print(rows.title)
    for sentence in rows.about():
        tell(sentence)
    _head(rows, "advice")
    for number, one in enumerate(rows.advice, 1):
        tell(f"{number:3}. {rows.sentence(one)}")
    if not rows.advice:
        print(rows.say("head.nothing"))
    for part in (_scores, _limits, _branches, _people):
        part(rows)
    for place, team in enumerate(rows.teams):
        costs = rows.costs(place)
        print()
        print(rows.say("head.costs", team=rows.team(team)))
        table = _table()
        table.add_column(rows.say("column.of"), overflow="fold")
        table.add_column(rows.say("column.points"), justify="right")
        for cost in costs:
            table.add_row(Text(cost.title), f"{cost.points:.2f}")
        show(table)


def _head(rows: Rows, name: str) -> None:
    print()
    print(rows.say(f"head.{name}"))


def _table() -> Table:
    return Table(box=None, pad_edge=False)


def _with_teams(rows: Rows, table: Table, most: int | None = None) -> None:
    for team in rows.teams:
        title = Text(rows.team(team))
        table.add_column(title, justify="right", overflow="fold", max_width=most)


def _scores(rows: Rows) -> None:
    _head(rows, "scores")
    table = _table()
    table.add_column(rows.say("column.score"))
    _with_teams(rows, table)
    for row in rows.scores:
        table.add_row(Text(row.title), *(_spread(one) for one in row.spreads))
    show(table)


def _spread(one: Spread) -> str:
    if one.median is None:
        return "-"
    return f"{one.median:.1f} ({one.p10:.1f}-{one.p90:.1f})"


def _limits(rows: Rows) -> None:
    _head(rows, "limits")
    table = _table()
    table.add_column(rows.say("column.of"), overflow="fold")
    table.add_column(rows.say("column.limit"), justify="right")
    table.add_column(rows.say("column.floor"), justify="right")
    _with_teams(rows, table, _CHANCE if is_narrow() else None)
    hardest = sorted(
        (row for row in rows.limits if any(chance.runs for chance in row.chances)),
        key=lambda row: row.shares,
    )
    for row in hardest[:_MOST]:
        table.add_row(
            Text(_what(rows, row)),
            clock(row.limit.seconds),
            clock(row.floor),
            *(_chance(chance) for chance in row.chances),
        )
    show(table)
    if left := len(rows.limits) - len(hardest[:_MOST]):
        print(rows.say("more-limits", n=left))


def _what(rows: Rows, row: LimitRow) -> str:
    kind = rows.say(f"kind.{row.limit.kind}")
    what = say(rows.lang, "report.titled", title=kind, subject=row.title)
    return what if row.role in ("", row.title) else f"{what} · {row.role}"


def _chance(chance: Chance) -> str:
    if chance.share is None:
        return "-"
    return f"{chance.share:.0%} ({chance.lo:.0%}-{chance.hi:.0%})"


def _branches(rows: Rows) -> None:
    conditional = [row for row in rows.branches if row.conditional]
    if not conditional:
        return
    _head(rows, "branches")
    table = _table()
    table.add_column(rows.say("column.inject"), overflow="fold")
    table.add_column(rows.say("column.when"), justify="right")
    _with_teams(rows, table)
    for row in conditional:
        chances = (_chance(chance) for chance in row.chances)
        table.add_row(Text(row.title), clock(row.when), *chances)
    show(table)


def _people(rows: Rows) -> None:
    _head(rows, "people")
    table = _table()
    table.add_column(rows.say("column.role"), overflow="fold")
    for name in ("busy", "queue", "idle"):
        table.add_column(rows.say(f"column.{name}"), justify="right")
    for row in rows.people:
        table.add_row(
            Text(row.title),
            " / ".join("-" if one is None else f"{one:.0%}" for one in row.busy),
            " / ".join("-" if one is None else str(one) for one in row.queue),
            " / ".join(clock(one) or "-" for one in row.idle),
        )
    show(table)
