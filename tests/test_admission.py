"""The door's patience: wrong codes cost time, to everybody who gives them and to nobody else."""

import heapq

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drillkit.host.admission import ATTEMPTS, MOST_CAUTION, PATIENCE, PLACES, Admission, place

WRONG = "AAAA-BBBB-CCCC-DDDD"
TEN_MINUTES = 600.0


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def a_door() -> tuple[Clock, Admission, str]:
    clock = Clock()
    admission = Admission(clock)
    return clock, admission, admission.issue(["medical"])["medical"]


def guessing(clock: Clock, admission: Admission, addresses: list[str], seconds: float):
    """Everybody guesses as fast as the door allows; yields after each guess."""
    end = clock.now + seconds
    queue = [(clock.now + admission.wait_for(address), address) for address in addresses]
    heapq.heapify(queue)
    while queue:
        at, address = heapq.heappop(queue)
        if at > end:
            break
        clock.now = max(clock.now, at)
        admission.admit(address, "medical", WRONG)
        yield address
        heapq.heappush(queue, (clock.now + max(0.01, admission.wait_for(address)), address))
    clock.now = end


@pytest.mark.parametrize("addresses", [1, 3, 20, 100, 500, 1000])
def test_ten_thousand_guesses_in_ten_minutes_cannot_be_tried(addresses: int):
    clock, admission, code = a_door()
    attackers = [f"10.0.{n // 250}.{n % 250}" for n in range(addresses)]
    tried = 0
    for _ in guessing(clock, admission, attackers, TEN_MINUTES):
        tried += 1
        # Whoever comes from elsewhere is looked at soon, whatever goes on.
        assert admission.wait_for("192.0.2.7") <= MOST_CAUTION
    assert addresses <= tried < (10_000 if addresses <= 500 else 20_000)
    assert admission.admit("192.0.2.7", "medical", code) == "right"


def test_one_address_gets_no_more_guesses_from_many_connections():
    clock, admission, _ = a_door()
    tried = sum(1 for _ in guessing(clock, admission, ["10.0.0.1"], TEN_MINUTES))
    many = Admission(clock)
    many.issue(["medical"])
    # As many connections, each with its own turn in the queue of the one address.
    assert sum(1 for _ in guessing(clock, many, ["10.0.0.1"] * 60, TEN_MINUTES)) <= tried + 60
    assert tried < 130


def test_a_network_of_ipv6_addresses_is_one_place():
    clock, admission, _ = a_door()
    network = [f"2001:db8:1:2::{n:x}" for n in range(1, 400)]
    tried = sum(1 for _ in guessing(clock, admission, network, TEN_MINUTES))
    assert tried < 600
    assert admission.wait_for("2001:db8:1:3::1") == 0


@pytest.mark.parametrize(
    ("address", "whose"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("?", "?"),
        ("", ""),
    ],
)
def test_whom_a_guess_is_put_down_to(address: str, whose: str):
    assert place(address) == whose


def test_one_slip_costs_a_quarter_of_a_second_and_others_nothing():
    clock, admission, _ = a_door()
    for _ in guessing(clock, admission, [f"10.0.0.{n}" for n in range(15)], 60):
        pass
    assert admission.wait_for("192.0.2.7") == 0
    admission.admit("192.0.2.7", "medical", WRONG)
    assert admission.wait_for("192.0.2.7") == 0.25
    admission.admit("192.0.2.7", "medical", WRONG)
    assert admission.wait_for("192.0.2.7") == 0.75


def test_right_codes_do_not_buy_further_guesses():
    clock, admission, code = a_door()
    end, wrong = clock.now + TEN_MINUTES, 0
    while clock.now < end:
        admission.admit("10.0.0.1", "medical", WRONG)
        wrong += 1
        for _ in range(3):
            clock.now += admission.wait_for("10.0.0.1") + 0.01
            assert admission.admit("10.0.0.1", "medical", code) == "right"
    assert wrong < 130


def test_a_place_is_forgiven_after_a_while():
    clock, admission, _ = a_door()
    for _ in range(8):
        admission.admit("10.0.0.1", "medical", WRONG)
    clock.now += admission.wait_for("10.0.0.1") + PATIENCE + 1
    assert admission.wait_for("10.0.0.1") == 0
    assert not admission._guilty
    admission.admit("10.0.0.1", "medical", WRONG)
    assert admission.wait_for("10.0.0.1") == 0.25


def test_what_is_remembered_is_bounded_however_many_come():
    clock, admission, code = a_door()
    for n in range(3 * PLACES):
        clock.now += 0.01
        admission.admit(f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}", f"seat{n}", WRONG)
    assert len(admission._guilty) == PLACES
    assert len(admission.attempts) == ATTEMPTS
    assert {one.seat for one in admission.attempts} == {"?"}
    assert admission.wait_for("192.0.2.7") == MOST_CAUTION
    assert admission.admit("192.0.2.7", "medical", code) == "right"
    assert admission.attempts[-1].outcome == "right"


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 30),
            st.sampled_from(["right", "wrong", "nobody"]),
            st.floats(0, 700, allow_nan=False),
        ),
        max_size=80,
    )
)
def test_whatever_happens_waits_are_bounded_and_the_right_code_is_right(acts):
    clock, admission, code = a_door()
    for who, what, passes in acts:
        address = f"10.0.0.{who}"
        clock.now += admission.wait_for(address)
        seat = "nobody" if what == "nobody" else "medical"
        outcome = admission.admit(address, seat, code if what == "right" else WRONG)
        assert (outcome == "right") == (what == "right")
        assert 0 <= admission.wait_for(address) <= 5.0 * 31 / 20
        assert admission.wait_for("192.0.2.7") <= MOST_CAUTION
        clock.now += passes


# -- keys ------------------------------------------------------------------------------------------


def test_a_key_opens_the_seat_that_it_is_enrolled_for_and_no_other():
    _, admission, _ = a_door()
    admission.issue(["liaison"])
    admission.enrol({"medical": [b"ann"]})
    assert admission.takes_keys("medical")
    assert admission.admit_key("10.0.0.1", "medical", b"ann")
    assert not admission.admit_key("10.0.0.1", "medical", b"bo")
    assert not admission.takes_keys("liaison")
    assert not admission.admit_key("10.0.0.1", "liaison", b"ann")
    assert not admission.admit_key("10.0.0.1", "nobody", b"ann")


def test_barring_closes_a_seat_to_keys_and_opening_it_lets_them_in_again():
    _, admission, _ = a_door()
    admission.enrol({"medical": [b"ann"]})
    admission.bar("medical", barred=True)
    assert not admission.admit_key("10.0.0.1", "medical", b"ann")
    assert admission.attempts[-1].outcome == "barred"
    admission.bar("medical", barred=False)
    assert admission.admit_key("10.0.0.1", "medical", b"ann")


def test_revoking_closes_a_seat_to_keys_until_it_has_a_new_code():
    _, admission, _ = a_door()
    admission.enrol({"medical": [b"ann"]})
    admission.revoke("medical")
    assert not admission.takes_keys("medical")
    assert not admission.admit_key("10.0.0.1", "medical", b"ann")
    admission.issue(["medical"])
    assert admission.admit_key("10.0.0.1", "medical", b"ann")


def test_a_revoked_code_is_told_from_a_seat_that_never_was_also_after_a_restart():
    clock, admission, code = a_door()
    admission.revoke("medical")
    admission.revoke("nobody")
    again = Admission(clock)
    again.load(admission.hashes())
    for door in (admission, again):
        assert door.revoked == {"medical"}
        assert door.admit("10.0.0.1", "medical", code) == "revoked"
        assert door.admit("10.0.0.1", "nobody", code) == "no-such-seat"
        assert [one.seat for one in door.attempts] == ["medical", "?"]
        new = door.issue(["medical"])["medical"]
        assert door.admit("10.0.0.1", "medical", new) == "right"
        assert not door.revoked
