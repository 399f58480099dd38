"""`drillkit score --among`: where a drill stands among simulated teams."""

from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from drillkit.cli.failed import Failed
from drillkit.cli.rehearse import progressing, teams_of, working
from drillkit.cli.tables import show
from drillkit.model.base import Lang
from drillkit.rehearse.among import BEST, SCORES, Among, Place, among, reference
from drillkit.rehearse.many import Job
from drillkit.report import Drill
from drillkit.report.among_json import among_json
from drillkit.words import say

_SEED = 1


@dataclass(frozen=True, slots=True)
class Placed:
    """The drill among `n` teams of each kind, told in `lang`."""

    found: Among
    n: int
    lang: Lang

    def json(self) -> dict[str, Any]:
        return among_json(self.found, self.lang)

    def show(self) -> None:
        """The places in a table, one column a kind of team."""
        found, n, lang = self.found, self.n, self.lang
        print()
        print(say(lang, "among.head", n=n, seed=found.seed))
        teams = [one.title.in_(lang) if one.title else one.id for one in found.profiles]
        table = Table(box=None, pad_edge=False)
        table.add_column(say(lang, "cli.headings.score"), overflow="fold")
        table.add_column(say(lang, "cli.headings.points"), justify="right")
        for team in teams:
            table.add_column(Text(team), justify="right")
        for standing in found.standings:
            own = "-" if standing.own is None else f"{standing.own:.1f}"
            title = say(lang, SCORES.get(standing.id, "among.best"))
            table.add_row(title, own, *map(_place, standing.places))
        show(table)
        best = next(one for one in found.standings if one.id == BEST)
        for team, place in zip(teams, best.places, strict=True):
            if place is not None:
                median, p10, p90 = (f"{one:.1f}" for one in (place.median, place.p10, place.p90))
                print(say(lang, "among.best-beside", team=team, median=median, p10=p10, p90=p90))
        for team, crashes in zip(teams, found.crashes, strict=True):
            if crashes:
                first = crashes[0]
                told = say(
                    lang, "rehearse.crashed", n=len(crashes), seed=first.seed, what=first.what
                )
                print(say(lang, "among.team-crashed", team=team, told=told))
        print(say(lang, "among.caution"))


def placed_among(drill: Drill, args: Namespace) -> Placed:
    """Let the teams asked for play the drill's scenario, plan and weights, and place it."""
    state, said, lang = drill.state, drill.assessment, drill.lang
    if state.ended is None:
        raise Failed("among-not-ended", path=Path(args.file))
    teams = teams_of(args)
    job = Job(state.scenario, state.plan, said.weights, teams[0], _SEED)
    with working(args) as executor, progressing(lang) as progress:
        tallies = reference(job, teams, args.among, executor, progress)
    found = among(said, _SEED, teams, tallies)
    if not any(found.runs):
        first = found.crashes[0][0]
        raise Failed("nobody-played", seed=first.seed, what=first.what)
    return Placed(found, args.among, lang)


def _place(place: Place | None) -> str:
    return "-" if place is None else f"{place.below:.0%} ({place.low:.0%}-{place.high:.0%})"
