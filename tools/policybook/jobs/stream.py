"""Many tasks at once, their answers in order; one that fails, or that ends its process, stops no other."""

from __future__ import annotations

import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from functools import partial
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import TypeVar

from policybook.domain.error import PolicybookError, TaskError
from policybook.jobs.limit import Limits, run_within, too_large, too_slow
from policybook.jobs.workers import HERE, Crew, Workers, fresh_processes, open_crew

_Item = TypeVar("_Item")
Answer = bytes | PolicybookError
AHEAD = 4
"""Bundles handed in ahead for each worker: enough that none waits, few enough that memory stays bounded."""


def stream(
    call: Callable[[_Item], bytes],
    items: Iterable[_Item],
    workers: Workers = HERE,
    *,
    bundle: int = 1,
    limits: Limits | None = None,
) -> Iterator[Answer]:
    """What `call` gives for each item, in their order, each as soon as those before it are there.

    Items are taken only as they are needed and handed over `bundle` at a time. What `call` raises is its answer; where
    it ends its process, the items of its bundle are tried once more one by one, and one that ends its process again is
    answered with a TaskError, as is one that goes beyond the limits (with limits, the asking process does nothing
    itself). `call` and items must be picklable unless the asking process does the work. Raises TaskError where a
    cluster cannot be used.
    """
    if workers.is_alone and limits is None:
        yield from (_answer(call, item) for item in items)
        return
    with open_crew(workers) as crew:
        yield from _Stream(call, crew, limits).answers(_bundles(items, bundle))


def _bundles(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    left = iter(items)
    while bundle := list(islice(left, size)):
        yield bundle


class _Stream:
    """The bundles handed in and not yet answered, the oldest first."""

    def __init__(self, call: Callable[..., bytes], crew: Crew, limits: Limits | None) -> None:
        self._answer_all = partial(_answer_all, call, limits)
        self._limits = limits
        self._crew = crew
        self._executor: Executor = crew.renew()
        self._waiting: deque[tuple[list[object], Future[list[Answer]]]] = deque()

    def answers(self, bundles: Iterable[Sequence[object]]) -> Iterator[Answer]:
        try:
            for bundle in bundles:
                self._hand_in(list(bundle))
                if len(self._waiting) >= AHEAD * self._crew.size:
                    yield from self._take()
            while self._waiting:
                yield from self._take()
        finally:
            for _, future in self._waiting:
                future.cancel()
            self._executor.shutdown()

    def _hand_in(self, bundle: list[object]) -> None:
        try:
            future = self._executor.submit(self._answer_all, bundle)
        except BrokenExecutor as error:  # told when its turn comes
            future = Future()
            future.set_exception(error)
        self._waiting.append((bundle, future))

    def _take(self) -> list[Answer]:
        """The answers to the oldest bundle, whatever becomes of its process."""
        bundle, future = self._waiting.popleft()
        try:
            return future.result()
        except Exception:  # what a call raises is an answer: this is the process that ended
            answers = self._answers_apart(bundle)
            if self._crew.is_mortal:
                self._start_again()
            return answers

    def _start_again(self) -> None:
        self._executor.shutdown(wait=False)
        self._executor = self._crew.renew()
        waiting, self._waiting = self._waiting, deque()
        for bundle, future in waiting:
            if future.done() and not future.cancelled() and future.exception() is None:
                self._waiting.append((bundle, future))
            else:
                self._hand_in(bundle)

    def _answers_apart(self, bundle: Sequence[object]) -> list[Answer]:
        """Items one by one in a process that nothing else shares, a fresh one after each that ended it."""
        answers: list[Answer] = []
        executor: Executor | None = None
        for item in bundle:
            executor = executor or self._apart()
            started = monotonic()
            try:
                answers += executor.submit(self._answer_all, [item]).result()
            except Exception as error:  # as above
                answers.append(self._ended(error, monotonic() - started))
                self._done_apart(executor)
                executor = None
        if executor:
            self._done_apart(executor)
        return answers

    def _apart(self) -> Executor:
        """A process that is ready: its start is no part of the time that an item takes."""
        if not self._crew.is_mortal:
            return self._executor
        executor = fresh_processes(1)
        executor.submit(len, ()).result()
        return executor

    def _done_apart(self, executor: Executor) -> None:
        if self._crew.is_mortal:
            executor.shutdown()

    def _ended(self, error: Exception, seconds: float) -> TaskError:
        """Why the process ended that an item had for itself."""
        if self._limits and seconds > self._limits.seconds:
            return too_slow(self._limits)
        mend = "it may be too large for this machine's memory; open it by hand, and make it smaller or leave it out"
        return TaskError(f"the process that worked on it ended ({type(error).__name__})", mend=mend)


def _answer_all(call: Callable[[_Item], bytes], limits: Limits | None, items: Sequence[_Item]) -> list[Answer]:
    if limits is None:
        return [_answer(call, item) for item in items]
    return [_answer_within(limits, call, item) for item in items]


def _answer_within(limits: Limits, call: Callable[[_Item], bytes], item: _Item) -> Answer:
    try:
        answer = run_within(limits, lambda: _answer(call, item, limits))
    except TaskError as error:
        return error
    return answer


def _answer(call: Callable[[_Item], bytes], item: _Item, limits: Limits | None = None) -> Answer:
    try:
        return call(item)
    except PolicybookError as error:
        return error
    except MemoryError as error:
        return too_large(limits) if limits else _fault(error)
    except Exception as error:  # one item with which the program cannot cope stops no other
        return _fault(error)


def _fault(error: BaseException) -> TaskError:
    place = traceback.extract_tb(error.__traceback__)[-1]
    said = f"policybook cannot cope with it ({type(error).__name__} in {Path(place.filename).name}:{place.lineno})"
    return TaskError(said, mend="a fault of the program: please report it, with the document if you may")
