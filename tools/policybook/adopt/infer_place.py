"""The order of a document as moves, inserts and omissions of a model's clauses.

A tree is grown in the document's reading order: each clause stays under the clause or part that it has in the model
where that one is still open, else it goes behind the clause before it. What then is not where the model would print it
has moved. Resolving applies moves before inserts, so a move is never anchored at an insert.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from policybook.domain.model import Clause, ModelVersion
from policybook.text.similar import longest_increasing

StepKind = Literal["move", "insert"]


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A model's clauses that may be printed: parents, order, which have words after their children."""

    parent: dict[str, str]
    order: dict[str, int]
    parts: frozenset[str]
    closing: frozenset[str]


@dataclass(frozen=True, slots=True)
class PlacedStep:
    """A clause to be moved, or inserted, after a clause or as the first one within a clause or part."""

    kind: StepKind
    clause: str
    after: str | None
    into: str | None


class CannotPlace(Exception):
    """The words after the children of this clause are not where the model has them: it cannot be kept as it is."""

    def __init__(self, clause: str) -> None:
        super().__init__(clause)
        self.clause = clause


def skeleton_of(model: ModelVersion) -> Skeleton:
    """The skeleton of a model version."""
    parent: dict[str, str] = {}
    closing: set[str] = set()

    def walk(clauses: Iterable[Clause], above: str) -> None:
        for clause in clauses:
            parent[clause.id] = above
            if clause.closing:
                closing.add(clause.id)
            walk(clause.clauses, clause.id)

    for part in model.parts:
        walk(part.clauses, part.id)
    order = {clause.id: index for index, clause in enumerate(model.walk())}
    return Skeleton(parent, order, frozenset(part.id for part in model.parts), frozenset(closing))


@dataclass(slots=True)
class _Tree:
    """The tree so far; `path` leads from the part to the clause placed last, `closed` take no more children."""

    skeleton: Skeleton
    inserts: frozenset[str]
    path: list[str] = field(default_factory=list)
    closed: set[str] = field(default_factory=set)
    children: dict[str, list[str]] = field(default_factory=dict)

    def add_part(self, name: str) -> None:
        self._require_closed_below(0)
        self.path = [name]

    def add_closing(self, clause: str) -> None:
        if clause not in self.path:
            raise CannotPlace(clause)
        index = self.path.index(clause)
        self._require_closed_below(index + 1)
        self.path = self.path[: index + 1]
        self.closed.add(clause)

    def add(self, name: str, wished: str | None) -> None:
        """Places a clause, under `wished` where that may be."""
        index = self._open_index(wished) if wished else None
        if index is None:
            last = len(self.path) - 1
            index = last if last == 0 or self._is_waiting(self.path[last]) else last - 1
        self.children.setdefault(self.path[index], []).append(name)
        self.path = [*self.path[: index + 1], name]

    def is_open(self, name: str) -> bool:
        return self._open_index(name) is not None

    def _open_index(self, name: str) -> int | None:
        if name not in self.path or name in self.closed or name in self.inserts:
            return None
        index = self.path.index(name)
        return None if any(self._is_waiting(entry) for entry in self.path[index + 1 :]) else index

    def _is_waiting(self, name: str) -> bool:
        return name in self.skeleton.closing and name not in self.closed

    def _require_closed_below(self, start: int) -> None:
        for name in self.path[start:]:
            if self._is_waiting(name):
                raise CannotPlace(name)


def place_clauses(skeleton: Skeleton, sequence: Sequence[str], inserts: frozenset[str]) -> list[PlacedStep]:
    """The moves and inserts, in an order in which they can be applied, that give clauses the order of `sequence`.

    `sequence` holds ids of parts, of clauses, of inserts, and `<clause>.closing` for words after a clause's children;
    it begins with a part. Raises CannotPlace for a clause whose closing words stand where they cannot be printed.
    """
    tree = _Tree(skeleton, inserts)
    for index, name in enumerate(sequence):
        if name in skeleton.parts:
            tree.add_part(name)
        elif name.endswith(".closing") and name.removesuffix(".closing") in skeleton.closing:
            tree.add_closing(name.removesuffix(".closing"))
        else:
            tree.add(name, skeleton.parent.get(name) or _next_parent(skeleton, sequence[index + 1 :], tree))
    tree.add_part("")  # nothing may be left open at the end
    steps = [step for parent, children in tree.children.items() for step in _steps(skeleton, inserts, parent, children)]
    place = {name: index for index, name in enumerate(sequence)}
    return sorted(steps, key=lambda step: (step.kind == "insert", place[step.clause]))


def _next_parent(skeleton: Skeleton, rest: Sequence[str], tree: _Tree) -> str | None:
    """Where an insert goes so that the clauses after it can stay: under the parent of the next one of the model."""
    following = next((name for name in rest if name not in tree.inserts), "")
    if following.endswith(".closing"):
        return following.removesuffix(".closing")
    parent = skeleton.parent.get(following)
    return parent if parent and tree.is_open(parent) else None


def _steps(skeleton: Skeleton, inserts: frozenset[str], parent: str, children: Sequence[str]) -> Iterator[PlacedStep]:
    native = [name for name in children if skeleton.parent.get(name) == parent]
    staying = {native[index] for index in kept_in_order([skeleton.order[name] for name in native])}
    settled: str | None = None
    before: str | None = None
    for name in children:
        if name in inserts:
            yield PlacedStep("insert", name, before, None if before else parent)
        else:
            if name not in staying:
                yield PlacedStep("move", name, settled, None if settled else parent)
            settled = name
        before = name


def kept_in_order(numbers: Sequence[int]) -> list[int]:
    """The indices of the longest run of numbers that increases; they need not stand side by side."""
    return [index for index, _ in longest_increasing(enumerate(numbers))]
