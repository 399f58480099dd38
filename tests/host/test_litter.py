"""Clearing up after terminals: rarely, at a calm moment where there is one, and not at once."""

import asyncio

import pytest
from worlds_host import on_loop

from drillkit.host import litter
from drillkit.host.litter import Litter


class Looks:
    """Stands for the loop's clock: notes what is put off, and for how many seconds."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    def call_later(self, seconds, look, *, context):
        assert look is litter.gc.collect
        assert not list(context), "what stands in it would stay"
        self.waits.append(seconds)


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> Looks:
    looks = Looks()
    monkeypatch.setattr(litter.asyncio, "get_running_loop", lambda: looks)
    return looks


@pytest.mark.parametrize(("is_calm", "enough"), [(True, 25), (False, 100)])
def test_so_many_go_before_memory_is_looked_through(looks: Looks, is_calm: bool, enough: int):
    gone = Litter(lambda: is_calm)
    for times in (1, 2):
        for _ in range(enough - 1):
            gone.add()
        assert len(looks.waits) == times - 1
        gone.add()
        assert len(looks.waits) == times
    assert min(looks.waits) > 0


def test_when_it_becomes_calm_the_next_that_goes_is_enough(looks: Looks):
    calm: list[bool] = []
    gone = Litter(lambda: bool(calm))
    for _ in range(60):
        gone.add()
    assert not looks.waits
    calm.append(True)
    gone.add()
    assert len(looks.waits) == 1


@on_loop
async def test_what_has_gone_is_cleared_away(monkeypatch: pytest.MonkeyPatch):
    looked = asyncio.Event()
    monkeypatch.setattr(litter.gc, "collect", looked.set)
    gone = Litter(lambda: True)
    for _ in range(25):
        gone.add()
    assert not looked.is_set()
    await looked.wait()
