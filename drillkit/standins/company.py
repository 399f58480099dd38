"""Everybody who is simulated in one session, on one simulated clock that never waits."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import simpy

from drillkit.core.decide.seats import is_seated
from drillkit.core.sight import readers
from drillkit.core.state import State
from drillkit.desk import Clock, LocalDesk
from drillkit.model.base import Lang, Millis
from drillkit.model.events import Entry, RoleCalled
from drillkit.model.profile import Profile
from drillkit.session import Session
from drillkit.standins.coming import come
from drillkit.standins.feedback import fill_in
from drillkit.standins.habits import Habits
from drillkit.standins.judgement import Judgement
from drillkit.standins.noticing import notice
from drillkit.standins.person import VIA, Person


class _News(NamedTuple):
    """What seats were shown at `at`, not yet taken in."""

    at: Millis
    shown: Sequence[tuple[Person, Sequence[Entry]]]


class Company:
    """Stand-ins in the seats of these roles, as long as nobody real has the seat.

    Its simulated clock stands at the last thing done and is moved by `advance` alone: a process
    never moves it. What is shown to a stand-in waits as news until the clock reaches it.
    """

    def __init__(
        self,
        session: Session,
        clock: Clock,
        roles: Iterable[str],
        *,
        profile: Profile,
        seed: int,
        lang: str = "en",
    ) -> None:
        """Raises ValueError for a role that the plan has not.

        A session that has begun is gone on with: its past is shown to the stand-ins.
        """
        self._session = session
        self._clock = clock
        self._env = simpy.Environment(initial_time=session.state.at)
        self._news: deque[_News] = deque()
        self._stops: list[Callable[[], None]] = []
        self._sat_in = Counter[str]()
        self.people: list[Person] = []
        judgement = Judgement(session.script)
        spoken: Lang = "zh" if lang == "zh" else "en"
        for role in roles:
            desk = LocalDesk(session, role, clock, via=VIA)
            person = Person(
                desk,
                self._env,
                judgement,
                Habits(profile, role),
                past=lambda desk=desk: desk.visible(session.entries),
                is_relieved=lambda role=role: self._is_relieved(session.state, role),
                seed=seed,
                lang=spoken,
            )
            self.people.append(person)
            past = desk.visible(session.entries)
            self._news.append(_News(past[-1].at, ((person, past),)))
        self._stops.append(session.listen(self._hear_all))

    @property
    def roles(self) -> tuple[str, ...]:
        """Whose seats they have where no person comes."""
        return tuple(person.role for person in self.people)

    def peek(self) -> Millis | None:
        """When somebody acts next, in ms of exercise time; None: not unless told something."""
        if self._news:
            return max(self._news[0].at, int(self._env.now))
        following = self._env.peek()
        return None if following == simpy.core.Infinity else int(following)

    def advance(self, now: Millis) -> None:
        """Let everybody act up to `now`, and the session bring about what is due by then.

        While play stands still so do they: what they meant to do comes when it goes on.
        Raises StandInCrashed when somebody's process breaks off; the others can go on.
        """
        while True:
            self._session.tick(now, self._clock.wall())
            if self._session.state.stage != "running":
                return
            following = self.peek()
            if following is None or following > now:
                break
            self._live_until(now)
        self._move(now)

    def relieve(self, role: str) -> Callable[[], None]:
        """Somebody sits in the role's place without a terminal of their own; the answer ends that.

        Meanwhile its stand-in does nothing; afterwards it goes on from what has been done.
        """
        self._sat_in[role] += 1
        self._stir(role)

        def rise() -> None:
            self._sat_in[role] -= 1
            self._stir(role)

        return rise

    def look_back(self) -> None:
        """The drill is over: everybody fills in what was handed out to participants."""
        state = self._session.state
        for form in state.forms.values():
            if form.audience == "participant":
                for person in self.people:
                    if not is_seated(state, person.role):
                        fill_in(person, form)

    def close(self) -> None:
        """Let nobody hear anything any more."""
        for stop in self._stops:
            stop()
        self._stops.clear()

    def _is_relieved(self, state: State, role: str) -> bool:
        return bool(self._sat_in[role]) or is_seated(state, role)

    def _stir(self, role: str) -> None:
        """Have the role's stand-in notice who sits there, though there is nothing else to see."""
        at = self._session.state.at
        self._news += (_News(at, ((one, ()),)) for one in self.people if one.role == role)

    def _hear_all(self, entries: Sequence[Entry]) -> None:
        """Show each stand-in what its desk would: who may see an entry is found once for all."""
        session = self._session
        seen: dict[Person, list[Entry]] = {}
        holding = session.state.holding
        for entry in entries:
            by = readers(session.script, session.state, entry, session.entries)
            for person in self.people if by else ():
                role = person.role
                if role in by or not by.isdisjoint(holding.get(role, ())):
                    seen.setdefault(person, []).append(entry)
        if seen:
            self._news.append(_News(entries[-1].at, tuple(seen.items())))

    def _live_until(self, now: Millis) -> None:
        env, news = self._env, self._news
        while True:
            if news and news[0].at <= min(now, env.peek()):
                told = news.popleft()
                self._move(told.at)
                for person, entries in told.shown:
                    self._tell(person, entries)
            elif env.peek() <= now:
                env.step()
            else:
                return

    def _move(self, at: Millis) -> None:
        """Move the simulated clock alone: nothing is due before `at`."""
        if at > self._env.now:
            self._env.run(until=at)
            # SimPy puts the event that stopped it back, where `peek` would find it at once.
            self._env.step()

    def _tell(self, person: Person, entries: Sequence[Entry]) -> None:
        person.remember(entries)
        if self._is_relieved(person.state, person.role):
            if not person.has_stood_down:
                person.stand_down()
            return
        if person.has_stood_down:
            entries = person.take_up()
        for entry in entries:
            if isinstance(entry.event, RoleCalled) and entry.event.role == person.role:
                person.starts("come", come(person))
            notice(person, entry)
