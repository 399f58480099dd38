"""Rehearsals on a cluster: a scheduler and two workers, as somebody would start them."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from drillkit import packs
from drillkit.cli import main
from drillkit.packs.profiles import profile
from drillkit.packs.rubrics import weights
from drillkit.rehearse import workers
from drillkit.rehearse.many import Job, rehearse
from drillkit.rehearse.workers import ClusterFault, cluster, local

pytest.importorskip("distributed")

# distributed leaves some of its sockets and loops to the garbage collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


@dataclass
class Farm:
    """A scheduler on loopback; its workers are processes of their own."""

    address: str
    file: Path
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]

    def add(self, count: int) -> None:
        self.workers += [
            dask("worker", self.file, "--no-nanny", "--nthreads", "1") for _ in range(count)
        ]

    def end(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.send_signal(signal.SIGKILL)
            process.wait()


def dask(what: str, file: Path, *more: str) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "dask", what, "--scheduler-file", str(file)]
    words += ["--host", "127.0.0.1", "--no-dashboard", *more]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(
        words, stdout=quiet, stderr=quiet, env={**os.environ, "PYTHONWARNINGS": ""}
    )


def a_farm(folder: Path, count: int) -> Farm:
    file = folder / "scheduler.json"
    scheduler = dask("scheduler", file, "--port", "0")
    deadline = time.monotonic() + 60
    while True:
        try:
            address = json.loads(file.read_text())["address"]
            break
        except (FileNotFoundError, ValueError):
            assert time.monotonic() < deadline, "the scheduler never came up"
            time.sleep(0.05)
    farm = Farm(address, file, scheduler, [])
    farm.add(count)
    return farm


def wait_for(farm: Farm, count: int) -> None:
    from distributed import Client

    with Client(farm.address, set_as_default=False) as client:
        client.wait_for_workers(count, timeout=60)


@pytest.fixture(scope="module")
def farm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Farm]:
    farm = a_farm(tmp_path_factory.mktemp("farm"), 2)
    try:
        wait_for(farm, 2)
        yield farm
    finally:
        farm.end()


def a_job(name: str) -> Job:
    pack = packs.load(packs.find(name))
    return Job(pack.scenario, pack.plan, weights(), profile("average"))


@pytest.mark.parametrize("name", [folder.name for folder in packs.shipped()])
def test_the_same_seeds_give_the_same_tally_on_a_cluster_as_here(name: str, farm: Farm) -> None:
    job = a_job(name)
    here = rehearse(job, 12)
    with cluster(farm.address) as executor:
        assert rehearse(job, 12, executor) == here


def test_the_command_prints_the_same_bytes_with_a_cluster(
    farm: Farm, capsys: pytest.CaptureFixture[str]
) -> None:
    told = []
    for where in (["--workers", "1"], ["--cluster", farm.address.removeprefix("tcp://")]):
        asked = ["rehearse", "riverside-hospital-flood", "--runs", "4", "--profile", "practised"]
        assert main([*asked, *where]) == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1]


def test_a_worker_that_is_killed_costs_time_alone(tmp_path: Path) -> None:
    job = a_job("riverside-hospital-flood")
    farm = a_farm(tmp_path, 2)
    try:
        wait_for(farm, 2)
        seen: list[int] = []

        def tell(done: int, _all: int) -> None:
            if not seen:
                farm.workers[0].send_signal(signal.SIGKILL)
            seen.append(done)

        with cluster(farm.address) as executor:
            broken = rehearse(job, 50, executor, progress=tell)
    finally:
        farm.end()
    with local(2) as pool:
        assert broken == rehearse(job, 50, pool)
    assert seen[0] < 50


def test_a_scheduler_that_ends_meanwhile_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(workers, "_PATIENCE", 2)
    farm = a_farm(tmp_path, 1)
    try:
        wait_for(farm, 1)
        with (
            pytest.raises(ClusterFault) as fault,
            cluster(farm.address) as executor,
        ):
            rehearse(
                a_job("riverside-hospital-flood"),
                200,
                executor,
                progress=lambda *_: farm.scheduler.kill(),
            )
        assert fault.value.key == "cluster.lost"
    finally:
        farm.end()


def test_a_worker_of_another_version_is_refused_by_both_names(
    farm: Farm, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = workers.version
    monkeypatch.setattr(workers, "_SAME", ("simpy",))
    monkeypatch.setattr(workers, "_here", lambda _: "3.9")
    with pytest.raises(ClusterFault) as fault, cluster(farm.address):
        pass
    assert fault.value.key == "cluster.differs"
    assert fault.value.values["here"] == "3.9"
    assert fault.value.values["there"] == real("simpy")


def test_a_scheduler_without_workers_is_one_sentence(tmp_path: Path) -> None:
    farm = a_farm(tmp_path, 0)
    try:
        with pytest.raises(ClusterFault) as fault, cluster(farm.address):
            pass
        assert fault.value.key == "cluster.empty"
    finally:
        farm.end()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://127.0.0.1:1", "begins with http://"),
        ("somewhere", "is not the address of a scheduler"),
        ("tcp://host:port", "is not the address of a scheduler"),
        ("tcp://:8786", "is not the address of a scheduler"),
        ("tcp://127.0.0.1:9", "No dask scheduler answers at tcp://127.0.0.1:9"),
        ("tls://127.0.0.1:9", "asks for certificates"),
    ],
)
def test_an_address_that_will_not_do_is_one_sentence(
    address: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(workers, "_PATIENCE", 1)
    assert main(["rehearse", "riverside-hospital-flood", "--runs", "2", "--cluster", address]) == 1
    told = capsys.readouterr().err.strip().splitlines()
    assert len(told) == 1
    assert said in told[0]


def test_without_the_extra_a_sentence_names_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    asked = ["rehearse", "riverside-hospital-flood", "--cluster", "127.0.0.1:8786"]
    assert main(asked) == 1
    assert "drillkit[cluster]" in capsys.readouterr().err
