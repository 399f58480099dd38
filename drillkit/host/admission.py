"""Who may come in: a code or a key for each seat, and patience with wrong ones, to a bound."""

import hmac
import secrets
from collections import OrderedDict, deque
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Literal

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Letters and digits that nobody takes for another when they are read aloud: no 0 O 1 I L."""
GROUPS, LETTERS = 4, 4
"""Sixteen of 31 signs are 79 bits."""

TRIES = 3
"""Wrong codes on one connection before it is closed."""
FIRST_WAIT, LONGEST_WAIT = 0.25, 5.0
"""Seconds that a wrong code costs its place, doubling; behind one router sit many, so nobody is
locked out."""
SHARERS = 20
"""So many places may guess once in LONGEST_WAIT seconds; where there are more, they share that."""
CAUTION, MOST_CAUTION = 0.01, 3.0
"""Seconds that even a first try waits for each guilty place beyond those, and at most."""
PATIENCE = 600.0
"""Seconds after its last wait until a place that guessed is forgiven."""
PLACES, ATTEMPTS = 4096, 300
"""How many guilty places and how many attempts are remembered."""
_NEIGHBOURS = 64
"""Bits of an IPv6 address that name a network: whoever has one has all the addresses in it."""

Outcome = Literal["right", "wrong", "barred", "revoked", "no-such-seat"]


def new_code(draw: Callable[[str], str] = secrets.choice) -> str:
    """A join code such as "7KQM-2XWP-HT4R-9BNC"; `draw` picks one sign of an alphabet."""
    return "-".join("".join(draw(ALPHABET) for _ in range(LETTERS)) for _ in range(GROUPS))


def _hash(code: str) -> bytes:
    # As people type it: small letters, blanks or no hyphens. The code itself has the bits; a slow
    # hash would add nothing and would let a flood of guesses eat the host's time.
    plain = "".join(sign for sign in code.upper() if sign in ALPHABET)
    return sha256(plain.encode()).digest()


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody at the door: when (seconds on the door's clock), whence, for which seat, and how."""

    at: float
    address: str
    seat: str
    outcome: Outcome


def place(address: str) -> str:
    """Whom a guess is put down to: the address, or the network of an IPv6 address."""
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(known, IPv6Address):
        return address
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return str(IPv6Network((known, _NEIGHBOURS), strict=False))


@dataclass(slots=True)
class _Guilt:
    """How many wrong codes came from a place, and when its next one is looked at."""

    wrong: int = 0
    free_at: float = 0.0


@dataclass(slots=True)
class Admission:
    """The door of one session. Codes are made here, told once, and kept as hashes."""

    clock: Callable[[], float]
    _codes: dict[str, bytes] = field(default_factory=dict)
    _keys: dict[str, frozenset[bytes]] = field(default_factory=dict)
    _revoked: set[str] = field(default_factory=set)
    _barred: set[str] = field(default_factory=set)
    _guilty: OrderedDict[str, _Guilt] = field(default_factory=OrderedDict)
    """The latest to guess stand last."""
    _attempts: deque[Attempt] = field(default_factory=lambda: deque(maxlen=ATTEMPTS))

    @property
    def attempts(self) -> tuple[Attempt, ...]:
        """The latest, oldest first."""
        return tuple(self._attempts)

    def issue(self, seats: Iterable[str]) -> dict[str, str]:
        """A new code for each of these seats; an older one is void from now on."""
        codes = {seat: new_code() for seat in seats}
        for seat, code in codes.items():
            self._codes[seat] = _hash(code)
        self._revoked -= codes.keys()
        return codes

    def load(self, hashes: dict[str, str]) -> None:
        """Take over what `hashes` gave, after a restart: every code lives on."""
        self._codes |= {seat: bytes.fromhex(digest) for seat, digest in hashes.items() if digest}
        self._revoked |= hashes.keys() - self._codes.keys()

    def hashes(self) -> dict[str, str]:
        """What may be kept of the codes: a hash by seat, "" where the code was revoked."""
        kept = {seat: digest.hex() for seat, digest in self._codes.items()}
        return kept | dict.fromkeys(sorted(self._revoked), "")

    def enrol(self, keys: Mapping[str, Collection[bytes]]) -> None:
        """These public keys (SSH wire form) open these seats too, as long as a code does."""
        self._keys = {seat: frozenset(of_seat) for seat, of_seat in keys.items()}

    def takes_keys(self, seat: str) -> bool:
        """Whether a key may be shown for this seat: some are enrolled, and it is not revoked."""
        return seat in self._codes and bool(self._keys.get(seat))

    def revoke(self, seat: str) -> None:
        """No code and no key opens the seat until a new code is issued."""
        if self._codes.pop(seat, None):
            self._revoked.add(seat)

    @property
    def revoked(self) -> frozenset[str]:
        """The seats whose code was revoked and not renewed."""
        return frozenset(self._revoked)

    @property
    def barred(self) -> frozenset[str]:
        return frozenset(self._barred)

    def bar(self, seat: str, *, barred: bool) -> None:
        """Let nobody into this seat, or somebody again."""
        (self._barred.add if barred else self._barred.discard)(seat)

    def wait_for(self, address: str) -> float:
        """Seconds that this address has to wait until its next code is looked at."""
        self._forgive()
        caution = min(MOST_CAUTION, CAUTION * max(0, len(self._guilty) - SHARERS))
        guilt = self._guilty.get(place(address))
        return max(caution, guilt.free_at - self.clock()) if guilt else caution

    def admit(self, address: str, seat: str, code: str) -> Outcome:
        """Whether this code opens the seat; every attempt is noted, and a wrong one costs time."""
        expected = self._codes.get(seat, bytes(32))
        is_right = hmac.compare_digest(expected, _hash(code)) and seat in self._codes
        outcome: Outcome = "right" if is_right else "wrong"
        if seat not in self._codes:
            outcome = "revoked" if seat in self._revoked else "no-such-seat"
        elif is_right and seat in self._barred:
            outcome = "barred"
        self._note(address, seat, outcome)
        if not is_right:
            self._blame(place(address))
        return outcome

    def admit_key(self, address: str, seat: str, key: bytes) -> bool:
        """Whether this public key may open the seat. Who has a private key is not asked here."""
        if not self.takes_keys(seat) or key not in self._keys[seat]:
            return False
        if seat in self._barred:
            self._note(address, seat, "barred")
            return False
        return True

    def came_by_key(self, address: str, seat: str) -> None:
        """Somebody was let in who has the private key of an enrolled one."""
        self._note(address, seat, "right")

    def _note(self, address: str, seat: str, outcome: Outcome) -> None:
        known = seat if seat in self._codes or seat in self._revoked else "?"
        self._attempts.append(Attempt(self.clock(), address, known, outcome))

    def _blame(self, place: str) -> None:
        now = self.clock()
        guilt = self._guilty.setdefault(place, _Guilt())
        self._guilty.move_to_end(place)
        if len(self._guilty) > PLACES:
            self._guilty.popitem(last=False)
        guilt.wrong += 1
        # All places together guess no faster, however many there are.
        longest = LONGEST_WAIT * max(1.0, len(self._guilty) / SHARERS)
        wait = min(longest, FIRST_WAIT * 2.0 ** min(guilt.wrong - 1, 20))
        # After whatever this place has already to wait: parallel guesses queue up.
        guilt.free_at = max(now, guilt.free_at) + wait

    def _forgive(self) -> None:
        now = self.clock()
        while self._guilty:
            oldest = next(iter(self._guilty))
            if self._guilty[oldest].free_at + PATIENCE > now:
                return
            del self._guilty[oldest]
