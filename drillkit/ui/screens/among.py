"""Where the drill stands among simulated teams, over the debrief."""

from collections.abc import Iterator
from functools import partial

from drillkit.rehearse.among import SCORES, Among, Place
from drillkit.ui.foresight import Background, Foresight
from drillkit.ui.screens.background import BackgroundScreen, Part
from scoring.assessment import Assessment


class AmongScreen(BackgroundScreen[Among]):
    """The share of simulated teams that did worse, score by score."""

    AREA = "among"
    ABOUT = "among.about"

    def __init__(
        self, background: Background[Among], foresight: Foresight, assessment: Assessment
    ) -> None:
        super().__init__(background)
        self._foresight = foresight
        self._assessment = assessment

    def begin(self) -> None:
        self._background.begin(partial(self._foresight.among, self._assessment))

    def told(self, value: Among) -> Iterator[Part]:
        teams = [one.title.in_(self.lang) if one.title else one.id for one in value.profiles]
        for team, runs, crashes in zip(teams, value.runs, value.crashes, strict=True):
            yield self.say("among.team", team=team, n=runs)
            yield "\n"
            if crashes:
                first = crashes[0]
                yield self.say("rehearse.crashed", n=len(crashes), seed=first.seed, what=first.what)
                yield "\n"
        for standing in value.standings:
            name = SCORES.get(standing.id, "among.best")
            own = "-" if standing.own is None else f"{standing.own:.1f}"
            yield "\n"
            yield f"{self.say(name)}  ", "bold"
            yield own, "bold $accent"
            yield "\n"
            for team, place in zip(teams, standing.places, strict=True):
                if place is not None:
                    yield from self._place(team, place)

    def _place(self, team: str, place: Place) -> Iterator[Part]:
        yield f"  {place.below:4.0%} ", "bold"
        yield f"({place.low:.0%}-{place.high:.0%})  ", "$text-muted"
        median, p10, p90 = (f"{one:.1f}" for one in (place.median, place.p10, place.p90))
        yield self.say("among.of", team=team, median=median, p10=p10, p90=p90)
        yield "\n"
