"""Who plays the runs: the same seeds give the same tally however many processes share them."""

import multiprocessing
import os

import pytest

from drillkit import packs
from drillkit.packs.profiles import profile
from drillkit.packs.rubrics import weights
from drillkit.rehearse.many import Job, rehearse
from drillkit.rehearse.workers import beside, local


@pytest.mark.parametrize("name", [folder.name for folder in packs.shipped()])
def test_one_worker_and_two_give_the_same_tally(name: str) -> None:
    pack = packs.load(packs.find(name))
    job = Job(pack.scenario, pack.plan, weights(), profile("average"))
    with local(1) as nobody, local(2) as pool:
        assert nobody is None
        assert rehearse(job, 12, pool) == rehearse(job, 12)


@pytest.mark.skipif(not hasattr(os, "nice"), reason="this system knows no priorities")
def test_processes_beside_a_drill_give_way_and_are_gone_afterwards() -> None:
    with beside() as executor:
        assert executor.submit(os.nice, 0).result() == 19
    assert multiprocessing.active_children() == []
