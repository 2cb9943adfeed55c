"""Which clauses of an edited draft stand elsewhere, and what becomes of the ids of those that left their part."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from policybook.adopt.redraft_tree import Branch
from policybook.domain.inline import plain
from policybook.domain.model import Clause, ModelVersion
from policybook.text.inline import parse_inline
from policybook.text.similar import longest_increasing


def find_moves(model: ModelVersion, parts: Sequence[Branch], found: Container[str]) -> Iterator[tuple[str, str]]:
    """The id of each part and clause that was moved, and where it stands now, in words; as few as explain the order.

    What moved with the clause that it belongs to did not move itself. Only clauses in `found` are looked at.
    """
    before = {name: (parent, index) for parent, index, name in _places(model)}
    groups: list[tuple[str, Sequence[Branch]]] = [("", parts)]
    groups += [(branch.id, branch.children) for part in parts for branch in part.walk()]
    for parent, children in groups:
        here = [child for child in children if child.id in before and child.id in found]
        stayed = [child for child in here if before[child.id][0] == parent]
        order = [(before[child.id][1], place) for place, child in enumerate(stayed)]
        kept = {stayed[place].id for _, place in longest_increasing(order)}
        for child in here:
            if child.id not in kept:
                yield child.id, _where(child, children)


def rename_strays(parts: Sequence[Branch], released: Container[str], taken: Container[str]) -> dict[str, str]:
    """Gives each clause that left its part an id of its new part, and says what is now called what.

    Ids begin with that of their part (`id.misplaced`). A clause that schools have says which one it takes the place
    of, so that every upgrade follows it.
    """
    names: dict[str, str] = {}
    for part in parts:
        for branch in part.walk():
            clause = branch.clause
            if clause is None or clause.id.startswith(f"{part.id}."):
                continue
            stem = f"{part.id}.{clause.id.rpartition('.')[2]}"
            choices = (stem, *(f"{stem}-{count}" for count in range(2, 999)))
            name = next(
                one for one in choices if one not in taken and one not in released and one not in names.values()
            )
            names[clause.id] = name
            follows = (*clause.supersedes, clause.id) if clause.id in released else clause.supersedes
            branch.clause = replace(clause, id=name, supersedes=follows)
    return names


def _places(model: ModelVersion) -> Iterator[tuple[str, int, str]]:
    def walk(parent: str, clauses: Sequence[Clause]) -> Iterator[tuple[str, int, str]]:
        for index, clause in enumerate(clauses):
            yield parent, index, clause.id
            yield from walk(clause.id, clause.clauses)

    for index, part in enumerate(model.parts):
        yield "", index, part.id
        yield from walk(part.id, part.clauses)


def _where(branch: Branch, beside: Sequence[Branch]) -> str:
    place = next(index for index, one in enumerate(beside) if one is branch)
    if not place:
        return "to the beginning"
    before = beside[place - 1]
    words = before.part.heading if before.part else before.clause.text if before.clause else ""
    said = plain(parse_inline(words))[:60]
    return f"after “{said}”" if said else f"after {before.id}"
