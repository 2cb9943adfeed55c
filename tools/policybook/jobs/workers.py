"""Who does the work: this process, fresh processes of this machine, or the machines of a Dask cluster.

Each is an `Executor` of the standard library to the rest of this room; nothing here schedules anything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from policybook.domain.error import TaskError

if TYPE_CHECKING:
    from distributed import Client

_WAIT_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Workers:
    """`processes` of this machine (1: the process that asks), or the cluster whose scheduler is at an address."""

    processes: int = 1
    cluster: str = ""

    @property
    def is_alone(self) -> bool:
        """Whether the process that asks does the work itself."""
        return not self.cluster and self.processes <= 1


HERE = Workers()


@dataclass(frozen=True, slots=True)
class Crew:
    """Opened workers: how many tasks they do at once, and where tasks are handed in; `renew` opens them again.

    A pool of processes is broken for good once one of them dies; a cluster looks after its machines itself.
    """

    size: int
    renew: Callable[[], Executor]
    is_mortal: bool


@contextmanager
def open_crew(workers: Workers) -> Iterator[Crew]:
    """The workers for as long as they are needed. Raises TaskError where a cluster cannot be used."""
    if workers.cluster:
        with _connect(workers.cluster) as client:
            threads = _threads(client, workers.cluster)
            yield Crew(threads, client.get_executor, is_mortal=False)
    else:
        yield Crew(workers.processes, lambda: fresh_processes(workers.processes), is_mortal=True)


def fresh_processes(count: int) -> Executor:
    """A pool of processes; fresh ones, because a typst compiler does not survive a fork."""
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"))


def _connect(address: str) -> Client:
    try:
        from distributed import Client
    except ImportError as error:
        mend = "install it with `pip install policybook[cluster]`, or leave --cluster out"
        raise TaskError("work on a cluster needs Dask Distributed, which is not installed", mend=mend) from error
    try:
        client: Client = Client(address, timeout=_WAIT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
        return client
    except (OSError, ValueError) as error:
        mend = "see that the scheduler runs and that the address is as it prints it, such as tcp://scheduler:8786"
        raise TaskError("no scheduler answers there", where=address, mend=mend) from error


def _threads(client: Client, address: str) -> int:
    """How many tasks the cluster does at once. Raises TaskError where its machines cannot do ours."""
    threads: dict[str, int] = client.nthreads()  # type: ignore[no-untyped-call]
    if not threads:
        raise TaskError("the cluster has no worker", where=address, mend="start one with `dask worker ADDRESS`")
    if any(count > 1 for count in threads.values()):
        mend = "start each with `--nthreads 1`, and as many of them (`--nworkers`) as the machine has cores"
        raise TaskError("a worker of the cluster does several tasks at once in one process", where=address, mend=mend)
    own = program_files()
    for worker, theirs in client.run(program_files, on_error="return").items():
        if theirs != own:
            mend = "install the same version of policybook on all machines"
            raise TaskError("this machine of the cluster has another version of policybook", where=worker, mend=mend)
    return len(threads)


def program_files() -> str:
    """A hash of the program's own files: machines that work together must have the same."""
    package = Path(__file__).parent.parent
    files = sorted(file for file in package.rglob("*") if file.suffix in (".py", ".yaml"))
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.relative_to(package).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
