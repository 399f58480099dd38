"""What simulated people make likely from now on, over the facilitator's screen."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import ClassVar

from textual import work
from textual.binding import BindingType

from drillkit.core.clocks import face
from drillkit.model.base import SECOND
from drillkit.rehearse.among import SCORES
from drillkit.rehearse.forecast import Forecast, LikelyScore, Missed
from drillkit.ui.foresight import Background, Foresight
from drillkit.ui.keys import key
from drillkit.ui.screens.ask import ChooseScreen
from drillkit.ui.screens.background import BackgroundScreen, Part

AVERAGE = "average"
_MOST = 8
"""Limits and needs that are named, the likeliest first."""


class Outlook(Background[Forecast]):
    """The forecast of a drill, and the team that takes its seats."""

    def __init__(self) -> None:
        super().__init__()
        self.profile = AVERAGE


class ForecastScreen(BackgroundScreen[Forecast]):
    """The likely end, marked as a forecast."""

    AREA = "forecast"
    ABOUT = "forecast.about"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("p", "profile", "forecast.key-profile", id="forecast.profile", show=True),
    ]

    def __init__(self, outlook: Outlook, foresight: Foresight, ready: Callable[[], None]) -> None:
        """`ready` is called when a forecast is there."""
        super().__init__(outlook)
        self._outlook = outlook
        self._foresight = foresight
        self._ready = ready

    def begin(self) -> None:
        work = partial(self._foresight.forecast, self._outlook.profile)
        self._outlook.begin(work, self._ready)

    @work(group="ask")
    async def action_profile(self) -> None:
        """Let another team take the seats, and begin anew."""
        teams = [(id, title.in_(self.lang)) for id, title in self._foresight.profiles()]
        chosen = await self.app.push_screen_wait(ChooseScreen("forecast.which-team", teams))
        if chosen:
            self._outlook.profile = chosen
            self.action_again()

    # -- what is told ------------------------------------------------------------------------------

    def told(self, value: Forecast) -> Iterator[Part]:
        team = value.profile.title.in_(self.lang) if value.profile.title else value.profile.id
        yield self.say("forecast.from", time=face(value.at), n=value.runs, team=team)
        yield "\n"
        if value.crashes:
            first = value.crashes[0]
            yield self.say(
                "rehearse.crashed", n=len(value.crashes), seed=first.seed, what=first.what
            )
            yield "\n"
        if not value.runs:
            return
        yield from self._head("scores")
        for score in value.scores:
            yield from self._score(score)
        yield from self._head("open-needs")
        for need in value.open_needs[:_MOST]:
            yield f"  {need.share:4.0%}  ", "$warning"
            yield f"{need.title.in_(self.lang)}\n"
        yield from self._rest(len(value.open_needs))
        yield from self._head("missed")
        for missed in value.missed[:_MOST]:
            yield from self._missed(missed)
        yield from self._rest(len(value.missed))
        yield from self._head("overload")
        if one := value.overload:
            yield "  " + self.say(
                "forecast.overloaded",
                role=one.role,
                start=face(one.start),
                end=face(one.end),
                percent=round(100 * one.share),
                n=one.waiting,
            )
        else:
            yield "  " + self.say("forecast.nobody")

    def _head(self, name: str) -> Iterator[Part]:
        yield "\n"
        yield self.say(f"forecast.{name}"), "bold"
        yield "\n"

    def _score(self, score: LikelyScore) -> Iterator[Part]:
        if score.median is None:
            yield f"      -  {self.say(SCORES[score.id])}\n"
            return
        yield f"  {score.median:5.1f}", "bold"
        yield f"  {score.low:5.1f}-{score.high:5.1f}  ", "$text-muted"
        yield f"{self.say(SCORES[score.id])}\n"

    def _missed(self, missed: Missed) -> Iterator[Part]:
        limit = missed.limit
        yield f"  {missed.share:4.0%}  ", "$warning"
        kind, about = self.say(f"rehearse.kind.{limit.kind}"), limit.about.in_(self.lang)
        yield self.say(
            "forecast.limit",
            kind=kind,
            about=about,
            role=missed.role or "",
            limit=face(limit.seconds * SECOND),
        )
        yield "\n"

    def _rest(self, count: int) -> Iterator[Part]:
        if not count:
            yield f"  {self.say('forecast.none')}\n"
        elif count > _MOST:
            yield f"  {self.say('forecast.more', n=count - _MOST)}\n"
