"""Documents of a folder on their way through the workers: each with its answer, or with the reason why it has none."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from policybook.domain.error import PolicybookError, UnreadableDocument
from policybook.intake import read_bytes
from policybook.jobs import Cache, Limits, Workers, stream

_BUNDLE = 16

Item = tuple[str, bytes]
"""What a worker gets of a document: the school that it is of, as we know it, and its bytes."""


@dataclass(frozen=True, slots=True)
class Worker:
    """What is asked of each document (`call`, a function of a module), and who works it out.

    Answers are kept under `key` and the document's bytes, and its school too where the answer hangs on that.
    """

    call: Callable[[Item], bytes]
    key: str
    cache: Cache
    workers: Workers
    limits: Limits
    by_school: bool = False

    def asked(self, call: Callable[[Item], bytes], key: str, *, by_school: bool) -> Worker:
        """The same workers, asked something else."""
        return replace(self, call=call, key=key, by_school=by_school)


@dataclass(slots=True)
class Arrival:
    """A document: its path in the folder, the school that it is of, and what there is of it already."""

    document: str
    school: str
    file: Path
    sha256: str | None = None
    failure: PolicybookError | None = None
    is_known: bool = False
    answer: bytes = field(default=b"", repr=False)


def documents_answered(worker: Worker, folder: Path, documents: Mapping[str, str]) -> Iterator[Arrival]:
    """Every document, in order, with what was found in it or why nothing was, as soon as those before it are there.

    `documents` are the schools by path in the folder.
    """
    yield from _Way(worker).arrivals(folder, documents)


class _Way:
    """The documents on their way, the oldest first; those that nobody knows are handed to the workers."""

    def __init__(self, worker: Worker) -> None:
        self._key = worker.key
        self._by_school = worker.by_school
        self._cache = worker.cache
        self._ask = partial(stream, worker.call, workers=worker.workers, bundle=_BUNDLE, limits=worker.limits)
        self._waiting: deque[Arrival] = deque()

    def arrivals(self, folder: Path, documents: Mapping[str, str]) -> Iterator[Arrival]:
        unknown = self._unknown(folder, documents)
        for answer in self._ask(unknown):
            yield from self._ready()
            arrival = self._waiting.popleft()
            if isinstance(answer, PolicybookError):
                arrival.failure = answer
            else:
                arrival.answer = answer
                self._cache.put(self._key_of(arrival), answer)
            yield arrival
        yield from self._ready()

    def _unknown(self, folder: Path, documents: Mapping[str, str]) -> Iterator[Item]:
        for document, school in documents.items():
            arrival = Arrival(document, school, folder / document)
            try:
                content = _content(arrival)
            except UnreadableDocument as error:
                arrival.failure = error
                self._waiting.append(arrival)
                continue
            arrival.sha256 = hashlib.sha256(content).hexdigest()
            arrival.is_known = self._key_of(arrival) in self._cache
            self._waiting.append(arrival)
            if not arrival.is_known:
                yield arrival.school, content

    def _ready(self) -> Iterator[Arrival]:
        """Those before the next one that a worker has."""
        while self._waiting and (self._waiting[0].is_known or self._waiting[0].failure):
            arrival = self._waiting.popleft()
            if arrival.is_known:
                self._recall(arrival)
            yield arrival

    def _recall(self, arrival: Arrival) -> None:
        kept = self._cache.get(self._key_of(arrival))
        try:
            answer = kept if kept is not None else next(self._ask([(arrival.school, _content(arrival))]))
        except UnreadableDocument as error:  # it was changed while we worked
            answer = error
        if isinstance(answer, PolicybookError):
            arrival.failure = answer
        else:
            arrival.answer = answer

    def _key_of(self, arrival: Arrival) -> str:
        return f"{self._key}{arrival.sha256}{arrival.school if self._by_school else ''}"


def _content(arrival: Arrival) -> bytes:
    if arrival.file.is_symlink():
        raise UnreadableDocument("it is a link to elsewhere", mend="put the document itself into the folder")
    return read_bytes(arrival.file)
