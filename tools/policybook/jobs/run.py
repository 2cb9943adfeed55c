"""Tasks: each makes the bytes of one file; what was made from the same inputs before is not made again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from policybook.domain.error import PolicybookError
from policybook.jobs.ledger import Ledger
from policybook.jobs.stream import AHEAD, stream
from policybook.jobs.workers import HERE, Workers
from policybook.store import write_atomically

Progress = Callable[[str, int], None]
"""Told each output as it is made, and how many are left."""
_MOST_AT_ONCE = 12


@dataclass(frozen=True, slots=True)
class Task:
    """Makes the file `output` (relative to the ledger's folder) by calling `make(*arguments)`, which gives its bytes.

    `key` is a fingerprint of everything that goes in. `make` is a function of a module, so that another process can
    call it.
    """

    output: str
    key: str
    make: Callable[..., bytes]
    arguments: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A task that could not be done, and why; the others were done all the same."""

    output: str
    error: PolicybookError


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run made, what stood already, what could not be made; paths in the order of the tasks."""

    made: tuple[str, ...]
    kept: tuple[str, ...]
    failures: tuple[Failure, ...]


def run_tasks(
    tasks: Sequence[Task],
    ledger: Ledger,
    *,
    workers: Workers = HERE,
    on_done: Progress = lambda _output, _left: None,
) -> Outcome:
    """Makes what the ledger does not have and writes each file as soon as it is made."""
    open_tasks = [task for task in tasks if not ledger.has(task.output, task.key)]
    waiting = {task.output for task in open_tasks}
    made: list[str] = []
    failures: list[Failure] = []
    crew = workers if len(open_tasks) > 1 else HERE
    results = stream(_call, open_tasks, crew, bundle=_bundle_size(len(open_tasks), crew))
    for place, (task, result) in enumerate(zip(open_tasks, results, strict=True), 1):
        if isinstance(result, PolicybookError):
            failures.append(Failure(task.output, result))
            continue
        write_atomically(ledger.folder / task.output, result)
        ledger.note(task.output, task.key, result)
        made.append(task.output)
        on_done(task.output, len(open_tasks) - place)
    kept = tuple(task.output for task in tasks if task.output not in waiting)
    return Outcome(tuple(made), kept, tuple(failures))


def _bundle_size(count: int, workers: Workers) -> int:
    """Tasks handed over at once: neighbours tell of one record, which then travels once; but all workers get some."""
    return max(1, min(_MOST_AT_ONCE, count // (AHEAD * max(workers.processes, 1))))


def _call(task: Task) -> bytes:
    return task.make(*task.arguments)
