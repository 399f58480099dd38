"""Where connections wait until somebody answers."""

import asyncio
import socket

import pytest
from worlds_host import KEY, a_house, connected, on_loop, terminal, until

from drillkit.host.listening import listen
from drillkit.host.ssh import Gate, Limits


@on_loop
async def test_who_comes_before_the_door_is_open_waits_and_is_let_in():
    async with a_house() as house:
        gate = Gate(house.admission, house.gate._serve, Limits())
        with listen("127.0.0.1", 0) as listener:
            house.port = listener.getsockname()[1]
            early = asyncio.create_task(_shown(house))
            # In the queue, and nobody has said a word to it.
            await asyncio.sleep(0.1)
            assert not early.done()
            assert await gate.open(listener, KEY) == house.port
            assert "seat medical" in await early
            await gate.close()


async def _shown(house) -> str:
    async with connected(house) as connection:
        _, screen = await terminal(connection)
        await until(lambda: "seat medical" in screen.text)
        return screen.text


def test_a_port_that_is_taken_is_found_out_at_once():
    with listen("127.0.0.1", 0) as first, pytest.raises(OSError):
        listen("127.0.0.1", first.getsockname()[1])


@pytest.mark.parametrize("host", ["::1", "::", "localhost", "0.0.0.0"])
def test_it_listens_where_it_is_told_to(host: str):
    if ":" in host and not socket.has_ipv6:
        pytest.skip("no IPv6 here")
    with listen(host, 0) as listener:
        assert listener.getsockname()[1]
