"""How long one task may take and how much memory it may ask for, whoever does the work."""

from __future__ import annotations

import ctypes
import faulthandler
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import TypeVar

from policybook.domain.error import TaskError

_Result = TypeVar("_Result")
_MEGABYTE = 1_000_000
_LAST_RESORT = 2.0
"""Times the limit after which the process itself is ended: nothing else stops C code that holds the interpreter."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one item may take: `seconds` by the clock, and `megabytes` beyond what its process has already.

    Memory is limited on Linux alone: elsewhere nothing tells a process what it has.
    """

    seconds: float = 10.0
    megabytes: int = 1_000


def run_within(limits: Limits, run: Callable[[], _Result]) -> _Result:
    """What `run` gives. Raises TaskError where it takes too long; it is told to stop then, and not waited for.

    What it does by itself, such as raising, is its own: `run` must not let that out.
    """
    results: list[_Result] = []
    # A thread, and no signal: workers of a cluster do not work in their main thread, and Windows has no alarm.
    thread = Thread(target=lambda: results.append(run()), daemon=True)
    with _last_resort(limits.seconds), _memory(limits.megabytes):
        thread.start()
        thread.join(limits.seconds)
    if not results:
        _stop(thread)
        raise too_slow(limits)
    return results[0]


def too_slow(limits: Limits) -> TaskError:
    """The reason where a task took longer than it may."""
    mend = "open it by hand and see what is unusual in it, or allow more time with --time-limit"
    return TaskError(f"it took longer than {limits.seconds:g} seconds", mend=mend)


def too_large(limits: Limits) -> TaskError:
    """The reason where a task asked for more memory than it may have."""
    mend = "open it by hand and make it smaller, or allow more with --memory-limit"
    return TaskError(f"it needs more than {limits.megabytes} MB of memory", mend=mend)


def _stop(thread: Thread) -> None:
    """Ends a thread at its next step in Python; SystemExit, because it ends one without a word."""
    if thread.ident is not None:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ctypes.py_object(SystemExit))


@contextmanager
def _last_resort(seconds: float) -> Iterator[None]:
    """Ends this process where even the waiting does not end in time."""
    with Path(os.devnull).open("w") as nowhere:
        faulthandler.dump_traceback_later(seconds * _LAST_RESORT, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


@contextmanager
def _memory(megabytes: int) -> Iterator[None]:
    if sys.platform != "linux":
        yield
        return
    import resource

    pages = int(Path("/proc/self/statm").read_text().split()[0])
    before = resource.getrlimit(resource.RLIMIT_AS)
    wanted = pages * resource.getpagesize() + megabytes * _MEGABYTE
    most = wanted if before[1] == resource.RLIM_INFINITY else min(wanted, before[1])
    resource.setrlimit(resource.RLIMIT_AS, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
