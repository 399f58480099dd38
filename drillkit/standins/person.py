"""One simulated person: what it noticed, what it has in mind to do, and one pair of hands."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass

import simpy

from drillkit.core.fold import advance
from drillkit.core.script import Refused
from drillkit.core.state import State
from drillkit.desk import LocalDesk
from drillkit.model.base import Lang, Millis
from drillkit.model.commands import Command
from drillkit.model.events import Entry
from drillkit.model.plan import Plan, Role
from drillkit.model.scenario import Means
from drillkit.standins.dice import Dice
from drillkit.standins.habits import Habits
from drillkit.standins.judgement import Duty, Judgement
from drillkit.standins.load import Load
from drillkit.words import say

VIA = "stand-in"
"""Who really sits in a stand-in's seat, as its entries say."""

Work = Generator[simpy.Event, None, None]
"""Something that takes simulated time: a SimPy process, or a part of one."""


_BY_PHONE: tuple[Means, ...] = ("phone", "radio")


class StandInCrashed(Exception):
    """A stand-in's process broke off; the sentence says whose, and over what."""


@dataclass(frozen=True, slots=True)
class Task:
    """Something in mind: an expert would have it done by `wanted_at` (ms of exercise time).

    `name` says what it is about, the same in every run.
    """

    name: str
    wanted_at: Millis
    work: Callable[[], Work]


class Person:
    """A stand-in in one seat.

    It learns of the drill only through its desk and acts only through it: its state is folded
    from what that seat may see. One thing at a time has its attention; the rest waits in mind.
    """

    def __init__(
        self,
        desk: LocalDesk,
        env: simpy.Environment,
        judgement: Judgement,
        habits: Habits,
        *,
        past: Callable[[], Sequence[Entry]],
        is_relieved: Callable[[], bool],
        seed: int,
        lang: Lang,
    ) -> None:
        """`past` gives all that the seat may see of the drill so far, `is_relieved` says whether
        somebody real has the seat now.
        """
        self.role = desk.seat
        self.desk = desk
        self.env = env
        self.judgement = judgement
        self.habits = habits
        self.lang = lang
        self.state = State()
        self.seen: list[Entry] = []
        self.learnt: set[tuple[str, str]] = set()
        self.owed: list[Duty] = []
        """Duties that cannot be taken on before the fact they are about has come."""
        self.has_stood_down = False
        self.has_seen_until: Millis = -1
        """Whoever sat here before dealt with what came up to then, in ms of exercise time: it is
        read, and what was done about it need not be looked into.
        """
        self._past = past
        self._is_relieved = is_relieved
        self._shift = 0
        self._seed = seed
        self._names: set[str] = set()
        self._in_mind: list[Task] = []
        self.load = Load()
        self._deaf: range | None = None
        self._wake: simpy.Event | None = None
        self._doing = ""

    # -- what it knows ---------------------------------------------------------------------------

    @property
    def now(self) -> Millis:
        return int(self.env.now)

    @property
    def plan(self) -> Plan:
        return self.state.plan

    @property
    def seats(self) -> tuple[str, ...]:
        """Its own seat, and the posts it holds as a substitute."""
        return self.desk.seats()

    def spec(self, role: str) -> Role:
        """What the plan says of a role."""
        found = self.plan.role(role)
        if found is None:
            raise ValueError(f"the plan has no role {role!r}")
        return found

    def may(self, permission: str) -> bool:
        return any(permission in self.spec(role).may for role in self.seats)

    def knows(self, fact: str) -> bool:
        return any(self.state.knows_fact(role, fact) for role in self.seats)

    def remember(self, entries: Sequence[Entry]) -> None:
        """Take in what the seat may see."""
        self.state = advance(self.state, self.seen, entries)
        self.seen.extend(entries)

    def recall(self) -> Sequence[Entry]:
        """Begin afresh with all that the seat may see: taking over a post brings its past."""
        self.state = State()
        self.seen: list[Entry] = []
        self.remember(self._past())
        return self.seen

    # -- how it acts -----------------------------------------------------------------------------

    def dice(self, thing: str) -> Dice:
        return Dice(self._seed, self.role, thing)

    def does(self, command: Command) -> tuple[Entry, ...]:
        """Ask for it; the entries it led to. A refusal is taken in stride: then there are none.

        Nor are there any where somebody has just sat down, of which it has not heard yet.
        """
        if self._is_relieved():
            return ()
        try:
            return self.desk.say(command)
        except Refused:
            return ()

    def words(self, key: str, **values: object) -> str:
        return say(self.lang, key, **values)

    def waits(self, duration: Millis) -> simpy.Event:
        return self.env.timeout(duration)

    def spends(self, dice: Dice, expert: Millis) -> simpy.Event:
        """The time that this person takes for what takes an expert `expert` ms."""
        return self.env.timeout(self.lasts(dice, self.habits.effort(expert, self.now)))

    def reads(self, dice: Dice, text: str, came: Millis) -> simpy.Event:
        """The time that reading this text takes, which came at `came` ms of exercise time."""
        if self.has_seen(came):
            return self.env.timeout(0)
        return self.env.timeout(self.lasts(dice, self.habits.reading(text, self.now)))

    def has_seen(self, came: Millis) -> bool:
        """Whether what came at `came` is no news to whoever takes over here."""
        return came <= self.has_seen_until

    def lasts(self, dice: Dice, median: Millis) -> Millis:
        return dice.lasts(median, self.habits.profile.spread)

    def cut_off_until(self, means: Means) -> Millis | None:
        """When what comes now by these means will be heard, if the phone is down; else None."""
        if means not in _BY_PHONE:
            return None
        if self._deaf is None:
            self._deaf = self._phone_down()
        return self._deaf.stop if self.now in self._deaf else None

    def _phone_down(self) -> range:
        """The exercise times at which this person's phone is down."""
        profile, briefing = self.habits.profile, self.state.briefing
        dice = self.dice("phone")
        if briefing is None or not dice.chance(profile.phone_down):
            return range(0)
        start = round(dice.share() * briefing.length)
        return range(start, start + profile.phone_down_for)

    # -- the seat --------------------------------------------------------------------------------

    def stand_down(self) -> None:
        """Leave the seat to a person: whatever is being done or in mind is dropped."""
        self.has_stood_down = True
        self._shift += 1
        self._wake = None
        self._doing = ""
        self._in_mind.clear()
        self._names.clear()
        self.learnt.clear()
        self.owed.clear()

    def take_up(self) -> Sequence[Entry]:
        """Sit down again, as if just come to a drill under way; the answer is all it has seen."""
        self.has_stood_down = False
        return tuple(self.seen)

    # -- what it has in mind ---------------------------------------------------------------------

    def plans(
        self, name: str, within: Millis, work: Callable[[], Work], about: str | None = None
    ) -> None:
        """Keep in mind to do this, once; an expert would have it done `within` ms from now.

        `about` names it where `name` holds a number of the journal, which anything that happens
        elsewhere would change, and with it the dice.
        """
        if name in self._names:
            return
        self._names.add(name)
        self._in_mind.append(Task(about or name, self.now + within, work))
        self.load.waits(self.now, len(self._in_mind))
        if self._wake is not None and not self._wake.triggered:
            self._wake.succeed()

    def plans_later(
        self, name: str, at: Millis, work: Callable[[], Work], about: str | None = None
    ) -> None:
        """As `plans`, from exercise time `at` on: until then it does not take up attention."""

        def wait() -> Work:
            yield self.waits(max(0, at - self.now))
            self.plans(name, 0, work, about)

        self.starts(name, wait())

    def starts(self, name: str, work: Work) -> None:
        """Let something run beside what has the attention."""
        self.env.process(self._guarded(work, name))

    def works(self) -> Work:
        """Do what is in mind for ever, as many things at once as there is attention for."""
        attention = self.habits.profile.attention
        for _ in range(attention - 1):
            self.starts("works", self._works())
        yield from self._works() if attention else self._works_at_once()

    def _works(self) -> Work:
        while True:
            yield from self._wait_for_work()
            task = self._pick()
            self._doing = task.name
            began = self.load.begins(self.now, len(self._in_mind))
            yield from task.work()
            self.load.ends(began, self.now)

    def _works_at_once(self) -> Work:
        while True:
            yield from self._wait_for_work()
            task = self._in_mind.pop(0)
            self.starts(task.name, task.work())

    def _wait_for_work(self) -> Work:
        while not self._in_mind:
            if self._wake is None or self._wake.triggered:
                self._wake = self.env.event()
            yield self._wake

    def _pick(self) -> Task:
        """The most pressing thing for those who see which one it is, else what came first."""
        if len(self._in_mind) == 1:
            return self._in_mind.pop()
        first, pressing = self._in_mind[0], min(self._in_mind, key=lambda task: task.wanted_at)
        # Drawn for what it is between: another choice elsewhere leaves this one as it is.
        if pressing is not first and self.dice(f"pick:{first.name}:{pressing.name}").chance(
            self.habits.judges
        ):
            self._in_mind.remove(pressing)
            return pressing
        return self._in_mind.pop(0)

    def _guarded(self, work: Work, name: str) -> Work:
        # SimPy rebuilds an exception from its arguments alone; one with a single sentence survives.
        shift = self._shift
        try:
            for happening in work:
                yield happening
                if self._shift != shift:
                    return
        except Exception as problem:
            doing = self._doing or name
            raise StandInCrashed(
                f"the stand-in of {self.role!r} broke off at {self.now} ms over {doing!r}: "
                f"{type(problem).__name__}: {problem}"
            ) from problem
