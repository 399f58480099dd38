"""Who plays the runs: processes on this machine, or the workers of a cluster."""

import gc
import logging
import multiprocessing
import os
import platform
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError, Executor, ProcessPoolExecutor
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from distributed import Client

_SAME = ("drillkit", "pydantic", "simpy")
"""What a worker must have in our version: they make the numbers, or carry them here."""
_SCHEMES = ("tcp", "tls")
_PATIENCE = 10
"""Seconds within which a scheduler answers."""
_TRIES = 3
"""So often is a work begun anew that failed where it was played."""
_NICE = 19
"""The least priority: whoever wants the processor goes first."""


class ClusterFault(Exception):
    """The cluster will not do; `key` and `values` name the sentence."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(f"{key} {values}")
        self.key = f"cluster.{key}"
        self.values = values


def cores() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


# -- processes -------------------------------------------------------------------------------------


@contextmanager
def local(workers: int) -> Iterator[Executor | None]:
    """So many processes; none for one, whose runs are played where they are asked for."""
    if workers == 1:
        yield None
        return
    with _pool(workers, _work_on) as pool:
        yield pool


@contextmanager
def beside() -> Iterator[Executor]:
    """Processes that leave whatever runs here its processor: one fewer than there are, and last
    in the queue for each.
    """
    with _pool(max(1, cores() - 1), _give_way) as pool:
        yield pool


@contextmanager
def _pool(workers: int, initializer: Callable[[], None]) -> Iterator[Executor]:
    # They are spawned, not forked: a fork of a process with threads may hang.
    spawn = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, spawn, initializer=initializer)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _work_on() -> None:
    """Leave interrupts to the parent, and end when it does, however it does."""
    # What is loaded stays, and a run leaves little behind: to look for it after every few hundred
    # things made, as is usual, takes a quarter of the time.
    gc.freeze()
    gc.set_threshold(50_000, 20, 1_000)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _give_way() -> None:
    if hasattr(os, "nice"):
        os.nice(_NICE)
    _work_on()


# -- a cluster -------------------------------------------------------------------------------------


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """The workers of the dask.distributed scheduler at this address, HOST:PORT or tcp:// or tls://.

    What a lost worker had begun others begin anew. Raises ClusterFault.
    """
    whole = _checked(address)
    try:
        from distributed import KilledWorker  # noqa: PLC0415 - an extra, and slow to load
        from distributed.comm import CommClosedError  # noqa: PLC0415
    except ModuleNotFoundError as problem:
        raise ClusterFault("extra") from problem
    # What it has to say of lines that break goes into our own sentences.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    client = _client(whole)
    try:
        _must_be_alike(client)
        yield client.get_executor(pure=False, retries=_TRIES)
    except (KilledWorker, CancelledError, CommClosedError) as problem:
        raise ClusterFault("lost", address=whole) from problem
    finally:
        client.close(timeout=_PATIENCE)


def _checked(address: str) -> str:
    """The address with its scheme."""
    scheme, _, place = address.strip().rpartition("://")
    host, _, port = place.rpartition(":")
    if scheme and scheme not in _SCHEMES:
        raise ClusterFault("scheme", address=address, scheme=scheme)
    if not host.strip("[]") or not (port.isascii() and port.isdigit() and int(port) < 65536):
        raise ClusterFault("address", address=address)
    return f"{scheme or 'tcp'}://{place}"


def _client(address: str) -> "Client":
    from distributed import Client, Security  # noqa: PLC0415 - an extra, and slow to load

    if address.startswith("tls:") and not Security().get_tls_config_for_role("client").get(
        "ca_file"
    ):
        raise ClusterFault("tls", address=address)
    try:
        return Client(address, timeout=_PATIENCE, set_as_default=False)
    except OSError as problem:
        raise ClusterFault("unreachable", address=address) from problem


def _must_be_alike(client: "Client") -> None:
    """Other versions may give other numbers, or none; both are named."""
    python = client.run(platform.python_version)
    if not python:
        raise ClusterFault("empty")
    _compare(
        "Python", _minor(platform.python_version()), {at: _minor(x) for at, x in python.items()}
    )
    for package in _SAME:
        _compare(package, _here(package), client.run(version, package, on_error="return"))


def _here(package: str) -> str:
    return version(package)


def _minor(python: str) -> str:
    return ".".join(python.split(".")[:2])


def _compare(name: str, here: str, there: Mapping[str, object]) -> None:
    for worker, found in sorted(there.items()):
        if isinstance(found, PackageNotFoundError):
            raise ClusterFault("lacks", worker=worker, name=name, here=here)
        if isinstance(found, Exception):
            raise ClusterFault("lost", address=worker) from found
        if found != here:
            raise ClusterFault("differs", worker=worker, name=name, here=here, there=found)
