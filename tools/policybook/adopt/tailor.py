"""A model's clauses as a tree that tailorings change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from policybook.domain.adoption import Tailoring
from policybook.domain.model import Clause, Condition, ModelVersion, Part, SchoolKind, Value
from policybook.domain.resolved import Origin


@dataclass(slots=True)
class Node:
    """A clause in the tree being tailored; the parts stand at the top and have no clause."""

    id: str
    clause: Clause | None = None
    part: Part | None = None
    children: list[Node] = field(default_factory=list)
    origin: Origin = "model"
    tailoring: Tailoring | None = None

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


def tailored_parts(
    model: ModelVersion, tailorings: Iterable[Tailoring], school_kind: SchoolKind | None, values: dict[str, Value]
) -> list[Node]:
    """The parts in force, each with its clauses: conditions, then substitutions, moves, inserts and omissions applied.

    A tailoring of a clause that is not there is passed over: `check` reports it, and a clause hidden by its condition
    needs none. A part whose clauses are all gone is left out with its heading.
    """
    root = Node("", children=[_part_node(part) for part in model.parts])
    _drop(root, lambda node: _is_hidden(node, school_kind, values))
    return _tailored(root, tailorings)


def offered_parts(model: ModelVersion, tailorings: Iterable[Tailoring]) -> list[Node]:
    """As `tailored_parts`, with every condition still open and the ids of withdrawn clauses kept.

    This is what a trust hands on: which conditions hold is for the schools that adopt it.
    """
    return _tailored(Node("", children=[_part_node(part) for part in model.parts]), tailorings)


def _tailored(root: Node, tailorings: Iterable[Tailoring]) -> list[Node]:
    ordered = sorted(tailorings, key=lambda entry: ("substitute", "move", "insert", "omit").index(entry.kind))
    for tailoring in ordered:
        _APPLY[tailoring.kind](root, tailoring)
    return [part for part in root.children if part.children]


def _part_node(part: Part) -> Node:
    return Node(part.id, part=part, children=[_node(clause) for clause in part.clauses])


def _node(clause: Clause) -> Node:
    return Node(clause.id, clause=clause, children=[_node(child) for child in clause.clauses])


def _is_hidden(node: Node, school_kind: SchoolKind | None, values: dict[str, Value]) -> bool:
    clause = node.clause
    if clause is None:
        return False
    return clause.withdrawn is not None or not _holds(clause.when, school_kind, values)


def _holds(when: Condition | None, school_kind: SchoolKind | None, values: dict[str, Value]) -> bool:
    """A model on its own (no kind of school) shows the clauses of every kind."""
    if when is None:
        return True
    if when.school and school_kind and school_kind not in when.school:
        return False
    return when.parameter is None or values.get(when.parameter) == when.value


def _drop(node: Node, is_dropped: Callable[[Node], bool]) -> None:
    node.children = [child for child in node.children if not is_dropped(child)]
    for child in node.children:
        _drop(child, is_dropped)


def _substitute(root: Node, tailoring: Tailoring) -> None:
    node = _find(root, tailoring.clause)
    if node:  # of a part: its heading
        node.origin, node.tailoring = "substituted", tailoring


def _omit(root: Node, tailoring: Tailoring) -> None:
    _drop(root, lambda node: node.id == tailoring.clause)


def _insert(root: Node, tailoring: Tailoring) -> None:
    clause = Clause(
        tailoring.clause,
        kind=tailoring.clause_kind,
        text=tailoring.text,
        marker=tailoring.marker,
        place=tailoring.place,
    )
    _place(root, Node(tailoring.clause, clause=clause, origin="inserted", tailoring=tailoring), tailoring)


def _move(root: Node, tailoring: Tailoring) -> None:
    node, target = _find(root, tailoring.clause), _find(root, tailoring.after or tailoring.into or "")
    if node is None or target is None or target in node.walk():
        return
    _drop(root, lambda other: other is node)
    if node.origin == "model":  # the words of a clause that was substituted as well are in that tailoring
        node.origin, node.tailoring = "moved", tailoring
    _place(root, node, tailoring)


def _place(root: Node, node: Node, tailoring: Tailoring) -> None:
    """Right after a clause, or as the first child of a clause or part."""
    if tailoring.into:
        target = _find(root, tailoring.into)
        if target:
            target.children.insert(0, node)
        return
    parent = _parent(root, tailoring.after or "")
    if parent is None:
        target = _find(root, tailoring.after or "")
        if target:  # after a part's heading: its first clause
            target.children.insert(0, node)
        return
    position = next(index for index, child in enumerate(parent.children) if child.id == tailoring.after)
    parent.children.insert(position + 1, node)


def _find(root: Node, name: str) -> Node | None:
    return next((node for node in root.walk() if node.id == name and name), None)


def _parent(root: Node, name: str) -> Node | None:
    for node in root.walk():
        if node is not root and any(child.id == name for child in node.children):
            return node
    return None


_APPLY = {"substitute": _substitute, "move": _move, "insert": _insert, "omit": _omit}
