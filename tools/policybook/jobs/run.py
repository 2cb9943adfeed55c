"""Tasks: each makes the bytes of one file; what was made from the same inputs before is not made again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from policybook.domain.error import PolicybookError
from policybook.jobs.ledger import Ledger
from policybook.jobs.stream import stream
from policybook.jobs.workers import HERE, Workers
from policybook.store import write_atomically


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
    on_done: Callable[[str], None] = lambda _: None,
) -> Outcome:
    """Makes what the ledger does not have and writes each file as soon as it is made."""
    open_tasks = [task for task in tasks if not ledger.has(task.output, task.key)]
    waiting = {task.output for task in open_tasks}
    made: list[str] = []
    failures: list[Failure] = []
    crew = workers if len(open_tasks) > 1 else HERE
    for task, result in zip(open_tasks, stream(_call, open_tasks, crew), strict=True):
        if isinstance(result, PolicybookError):
            failures.append(Failure(task.output, result))
            continue
        write_atomically(ledger.folder / task.output, result)
        ledger.note(task.output, task.key, result)
        made.append(task.output)
        on_done(task.output)
    kept = tuple(task.output for task in tasks if task.output not in waiting)
    return Outcome(tuple(made), kept, tuple(failures))


def _call(task: Task) -> bytes:
    return task.make(*task.arguments)
