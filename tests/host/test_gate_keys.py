"""A person with an enrolled key is let in without a code, to that seat and no other."""

import asyncssh
import pytest
from worlds_host import Visitor, a_house, connected, leaping, on_loop, terminal, until

from drillkit.host.ssh import Limits

ANN = asyncssh.generate_private_key("ssh-ed25519")
BO = asyncssh.generate_private_key("ssh-ed25519")


async def come(house, seat, *keys, code="", methods="publickey,keyboard-interactive"):
    """Who comes with these keys, and types this code when asked."""
    visitor = Visitor(code)
    connection, _ = await asyncssh.create_connection(
        lambda: visitor,
        "127.0.0.1",
        house.port,
        username=seat,
        known_hosts=None,
        client_keys=list(keys),
        agent_path=None,
        preferred_auth=methods,
        config=[],
    )
    return connection, visitor


@on_loop
async def test_an_enrolled_key_opens_a_terminal_of_its_seat_and_nobody_is_asked_for_a_code():
    async with a_house() as house:
        house.admission.enrol({"medical": [ANN.public_data]})
        connection, visitor = await come(house, "medical", BO, ANN)
        _, screen = await terminal(connection)
        await until(lambda: "seat medical" in screen.text)
        assert visitor.asked == []
        assert [one.outcome for one in house.admission.attempts] == ["right"]
        connection.abort()


@pytest.mark.parametrize("why", ["another's key", "another seat", "barred", "revoked"])
@on_loop
async def test_no_other_key_opens_anything(why: str):
    async with a_house(clock=leaping()) as house:
        house.admission.enrol({"medical": [ANN.public_data]})
        key = BO if why == "another's key" else ANN
        seat = "liaison" if why == "another seat" else "medical"
        if why == "barred":
            house.admission.bar("medical", barred=True)
        if why == "revoked":
            house.admission.revoke("medical")
        with pytest.raises(asyncssh.DisconnectError):
            await come(house, seat, key)
        assert "right" not in {one.outcome for one in house.admission.attempts}


@on_loop
async def test_a_code_still_opens_a_seat_that_has_keys():
    async with a_house() as house:
        house.admission.enrol({"medical": [ANN.public_data]})
        connection, visitor = await come(house, "medical", BO, code=house.codes["medical"])
        _, screen = await terminal(connection)
        await until(lambda: "seat medical" in screen.text)
        assert len(visitor.asked) == 1
        connection.abort()


@on_loop
async def test_keys_are_asked_for_only_at_a_seat_that_has_some():
    async with a_house() as house:
        house.admission.enrol({"medical": [ANN.public_data]})
        for seat, methods in (
            ("medical", ["publickey", "keyboard-interactive"]),
            ("liaison", ["keyboard-interactive"]),
            ("nobody", ["keyboard-interactive"]),
        ):
            offered = await asyncssh.get_server_auth_methods(
                "127.0.0.1", house.port, username=seat, config=[]
            )
            assert list(offered) == methods


@on_loop
async def test_a_public_key_without_its_private_one_opens_nothing():
    class Pretender(asyncssh.SSHKeyPair):
        """Shows a key of somebody else, and signs with its own."""

        _key_type = "pretender"

        def __init__(self) -> None:
            super().__init__(
                ANN.algorithm, ANN.algorithm, (ANN.algorithm,), (), ANN.public_data, b""
            )

        def sign(self, data: bytes) -> bytes:
            return BO.sign(data, BO.algorithm)

    async with a_house() as house:
        house.admission.enrol({"medical": [ANN.public_data]})
        with pytest.raises(asyncssh.DisconnectError):
            await come(house, "medical", Pretender(), methods="publickey")
        assert not house.admission.attempts


@on_loop
async def test_offering_keys_without_end_ends_the_connection():
    async with a_house() as house:
        house.admission.enrol({"medical": [ANN.public_data]})
        keys = [asyncssh.generate_private_key("ssh-ed25519") for _ in range(25)]
        with pytest.raises(asyncssh.DisconnectError) as refusal:
            await come(house, "medical", *keys, ANN)
        assert "begin again" in str(refusal.value)


@on_loop
async def test_who_was_let_in_and_opens_no_terminal_is_sent_away():
    async with (
        a_house(Limits(screen_seconds=0.2)) as house,
        connected(house) as idle,
        connected(house, "liaison") as busy,
    ):
        _, screen = await terminal(busy)
        await until(lambda: "seat liaison" in screen.text)
        await until(lambda: idle._transport is None)
        assert not screen.is_closed
