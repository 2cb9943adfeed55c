"""Where the clauses of an edited copy stand: moves and inserts of the record in force that give the copy's order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from policybook.adopt.infer_place import CannotPlace, PlacedStep, Skeleton, place_clauses
from policybook.adopt.tailor import Node, tailored_parts
from policybook.domain.adoption import Adoption, Tailoring
from policybook.domain.resolved import ResolvedPolicy


def skeleton_in_force(policy: ResolvedPolicy, kept: Collection[str]) -> Skeleton:
    """The clauses as they stand today, a school's inserts and moves done; `kept` are the ids that the copy has."""
    adoption, school = policy.adoption, policy.school
    tailorings = adoption.tailorings if adoption else ()
    parts = tailored_parts(policy.model, tailorings, school.kind if school else None, policy.values)
    parent: dict[str, str] = {}
    closing: set[str] = set()

    def walk(node: Node) -> None:
        if node.clause and node.clause.closing and f"{node.id}.closing" in kept:
            closing.add(node.id)
        for child in node.children:
            parent[child.id] = node.id
            walk(child)

    for part in parts:
        walk(part)
    order = {clause.id: index for index, clause in enumerate(policy.clauses)}
    return Skeleton(parent, order, frozenset(part.id for part in parts), frozenset(closing))


def order_steps(
    policy: ResolvedPolicy, sequence: Sequence[str], added: Collection[str], own: Collection[str]
) -> tuple[PlacedStep, ...]:
    """The moves and inserts that give the clauses of the record the order of `sequence`; `added` are new ids in it.

    `own` are additions recorded before that may be put anew, behind what they follow; the others stay where they are.
    Raises CannotPlace where the words after a list stand where they cannot be printed.
    """
    skeleton = skeleton_in_force(policy, set(sequence))
    order = [clause.id for clause in policy.clauses if clause.id in set(sequence)]
    are_orphans = any(skeleton.parent.get(name, name) not in sequence for name in order if name in skeleton.parent)
    if not added and not are_orphans and list(sequence) == order:
        return ()
    steps = place_clauses(skeleton, _with_headings(policy, sequence), frozenset(added) | frozenset(own))
    recorded = policy.adoption.tailorings if policy.adoption else ()
    places = {(entry.clause, entry.after, entry.into) for entry in recorded if entry.kind == "insert"}
    return tuple(step for step in steps if (step.clause, step.after, step.into) not in places)


def order_without_moves(policy: ResolvedPolicy, sequence: Sequence[str], added: Collection[str]) -> list[str]:
    """The clauses in the order of the record, each added one behind the clause that it follows in the copy."""
    order = [clause.id for clause in policy.clauses if clause.id in set(sequence)]
    for index, name in enumerate(sequence):
        if name in added:
            before = sequence[index - 1] if index else None
            order.insert(order.index(before) + 1 if before in order else 0, name)
    return order


def _with_headings(policy: ResolvedPolicy, sequence: Sequence[str]) -> list[str]:
    """The sequence with every part's heading before its first clause: a part cannot be without one."""
    part_of = {clause.id: clause.part for clause in policy.clauses}
    seen = set(sequence)
    full: list[str] = []
    for name in sequence:
        part = part_of.get(name)
        if part and part not in seen:
            seen.add(part)
            full.append(part)
        full.append(name)
    first = next((index for index, name in enumerate(full) if name == part_of.get(name)), 0)
    return [*full[first : first + 1], *full[:first], *full[first + 1 :]]  # nothing stands before the first heading


def place_step(adoption: Adoption, step: PlacedStep, made: Tailoring | None, reason: str) -> Adoption:
    """The adoption with a clause moved, or the insert `made` put where the step says.

    A clause that the school added or moved itself is only given its new place.
    """
    if made is not None:
        return replace(adoption, tailorings=(*adoption.tailorings, replace(made, after=step.after, into=step.into)))
    for entry in adoption.tailorings:
        if entry.clause == step.clause and entry.kind in ("insert", "move"):
            moved = replace(entry, after=step.after, into=step.into, reason=reason or entry.reason)
            return replace(adoption, tailorings=tuple(moved if e is entry else e for e in adoption.tailorings))
    moved = Tailoring("move", step.clause, reason, after=step.after, into=step.into)
    return replace(adoption, tailorings=(*adoption.tailorings, moved))


__all__ = ["CannotPlace", "order_steps", "order_without_moves", "place_step", "skeleton_in_force"]
