"""A model's clauses as a tree that tailorings change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from policybook.domain.adoption import Tailoring
from policybook.domain.model import Clause, ModelVersion, Part, SchoolKind, Value
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
    tree = _Tree(root)
    for tailoring in ordered:
        _APPLY[tailoring.kind](tree, tailoring)
    return [part for part in root.children if part.children]


class _Tree:
    """The tree with its nodes and their parents by id: a school may have departed from every clause of a policy."""

    def __init__(self, root: Node) -> None:
        self.nodes: dict[str, Node] = {}
        self.parents: dict[str, Node] = {}
        for child in root.children:
            self._know(child, root)

    def _know(self, node: Node, parent: Node) -> None:
        if self.nodes.setdefault(node.id, node) is node:
            self.parents[node.id] = parent
        for child in node.children:
            self._know(child, node)

    def find(self, name: str | None) -> Node | None:
        return self.nodes.get(name or "")

    def is_within(self, node: Node, above: Node) -> bool:
        """Whether a node is another, or stands somewhere below it."""
        step: Node | None = node
        while step is not None and step is not above:
            step = self.parents.get(step.id)
        return step is above

    def take_out(self, node: Node) -> None:
        siblings = self.parents[node.id].children
        siblings[:] = [child for child in siblings if child is not node]

    def place(self, node: Node, tailoring: Tailoring) -> None:
        """Puts a node right after a clause, or as the first child of a clause or part."""
        target = self.find(tailoring.into or tailoring.after)
        if target is None:
            return
        is_first = bool(tailoring.into) or target.part is not None  # after a part's heading: its first clause
        parent = target if is_first else self.parents[target.id]
        after = next((index for index, child in enumerate(parent.children) if child is target), -1)
        parent.children.insert(0 if is_first else after + 1, node)
        self.nodes.setdefault(node.id, node)
        self.parents[node.id] = parent


def _part_node(part: Part) -> Node:
    return Node(part.id, part=part, children=[_node(clause) for clause in part.clauses])


def _node(clause: Clause) -> Node:
    return Node(clause.id, clause=clause, children=[_node(child) for child in clause.clauses])


def _is_hidden(node: Node, school_kind: SchoolKind | None, values: dict[str, Value]) -> bool:
    clause = node.clause
    if clause is None:
        return False
    return clause.withdrawn is not None or bool(clause.when and not clause.when.holds(school_kind, values))


def _drop(node: Node, is_dropped: Callable[[Node], bool]) -> None:
    node.children = [child for child in node.children if not is_dropped(child)]
    for child in node.children:
        _drop(child, is_dropped)


def _substitute(tree: _Tree, tailoring: Tailoring) -> None:
    node = tree.find(tailoring.clause)
    if node:  # of a part: its heading
        node.origin, node.tailoring = "substituted", tailoring


def _omit(tree: _Tree, tailoring: Tailoring) -> None:
    node = tree.find(tailoring.clause)
    if node:
        tree.take_out(node)


def _insert(tree: _Tree, tailoring: Tailoring) -> None:
    clause = Clause(
        tailoring.clause,
        kind=tailoring.clause_kind,
        text=tailoring.text,
        marker=tailoring.marker,
        place=tailoring.place,
        head=tailoring.head,
        rows=tailoring.rows,
    )
    tree.place(Node(tailoring.clause, clause=clause, origin="inserted", tailoring=tailoring), tailoring)


def _move(tree: _Tree, tailoring: Tailoring) -> None:
    node, target = tree.find(tailoring.clause), tree.find(tailoring.after or tailoring.into)
    if node is None or target is None or tree.is_within(target, node):
        return
    tree.take_out(node)
    if node.origin == "model":  # the words of a clause that was substituted as well are in that tailoring
        node.origin, node.tailoring = "moved", tailoring
    tree.place(node, tailoring)


_APPLY = {"substitute": _substitute, "move": _move, "insert": _insert, "omit": _omit}
