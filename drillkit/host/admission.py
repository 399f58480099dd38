"""Who may come in: a code for each seat, kept only as a hash, and patience with wrong ones."""

import hmac
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Letters and digits that nobody takes for another when they are read aloud: no 0 O 1 I L."""
GROUPS, LETTERS = 4, 4
"""Sixteen of 31 signs are 79 bits."""

TRIES = 3
"""Wrong codes on one connection before it is closed."""
FIRST_WAIT, LONGEST_WAIT = 0.25, 5.0
"""Seconds that a wrong code costs its address, doubling; behind one router sit many, so nobody
is locked out."""

Outcome = Literal["right", "wrong", "barred", "no-such-seat"]


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


@dataclass(slots=True)
class Admission:
    """The door of one session. Codes are made here, told once, and kept as hashes."""

    clock: Callable[[], float]
    _codes: dict[str, bytes] = field(default_factory=dict)
    _barred: set[str] = field(default_factory=set)
    _wrong: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _free_at: dict[str, float] = field(default_factory=dict)
    attempts: list[Attempt] = field(default_factory=list)

    def issue(self, seats: Iterable[str]) -> dict[str, str]:
        """A new code for each of these seats; an older one is void from now on."""
        codes = {seat: new_code() for seat in seats}
        for seat, code in codes.items():
            self._codes[seat] = _hash(code)
        return codes

    def load(self, hashes: dict[str, str]) -> None:
        """Take over what `hashes` gave, after a restart: every code lives on."""
        self._codes |= {seat: bytes.fromhex(digest) for seat, digest in hashes.items()}

    def hashes(self) -> dict[str, str]:
        """What may be kept of the codes."""
        return {seat: digest.hex() for seat, digest in self._codes.items()}

    def revoke(self, seat: str) -> None:
        self._codes.pop(seat, None)

    @property
    def barred(self) -> frozenset[str]:
        return frozenset(self._barred)

    def bar(self, seat: str, *, barred: bool) -> None:
        """Let nobody into this seat, or somebody again."""
        (self._barred.add if barred else self._barred.discard)(seat)

    def wait_for(self, address: str) -> float:
        """Seconds that this address has to wait until its next code is looked at."""
        return max(0.0, self._free_at.get(address, 0.0) - self.clock())

    def admit(self, address: str, seat: str, code: str) -> Outcome:
        """Whether this code opens the seat; every attempt is noted, and a wrong one costs time."""
        expected = self._codes.get(seat, bytes(32))
        is_right = hmac.compare_digest(expected, _hash(code)) and seat in self._codes
        outcome: Outcome = "right" if is_right else "wrong"
        if seat not in self._codes:
            outcome = "no-such-seat"
        elif is_right and seat in self._barred:
            outcome = "barred"
        now = self.clock()
        self.attempts.append(Attempt(now, address, seat if seat in self._codes else "?", outcome))
        if is_right:
            self._wrong.pop(address, None)
            self._free_at.pop(address, None)
        else:
            self._wrong[address] += 1
            wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** (self._wrong[address] - 1))
            # After whatever this address has already to wait: parallel guesses queue up.
            self._free_at[address] = max(now, self._free_at.get(address, 0.0)) + wait
        return outcome
