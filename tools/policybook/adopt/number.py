"""Numbers, worked out last, from position."""

from __future__ import annotations

from typing import Literal

from policybook.adopt.tailor import Node
from policybook.domain.model import Clause, Marker

Numbering = Literal["decimal", "none"]


def number_clauses(parts: list[Node], numbering: Numbering) -> dict[str, str]:
    """The printed number of every part and clause that has one, by id: `6`, `6.2`, `(a)`, `Appendix A`."""
    numbers: dict[str, str] = {}
    counted = lettered = 0
    for node in parts:
        if node.part and node.part.kind == "schedule":
            letter = _letter(lettered)
            lettered += 1
            numbers[node.id] = f"Appendix {letter}"
            _number_children(node, letter, numbering, numbers)
        else:
            counted += 1
            if numbering == "decimal":
                numbers[node.id] = str(counted)
            _number_children(node, str(counted), numbering, numbers)
    return numbers


def marker_of(clause: Clause, numbering: Numbering) -> Marker:
    """The clause's own marker, else what its kind has in a numbered or unnumbered policy."""
    if clause.marker:
        return clause.marker
    if clause.kind == "item":
        return "bullet"
    return "number" if clause.kind == "paragraph" and numbering == "decimal" else "none"


def _number_children(node: Node, prefix: str, numbering: Numbering, numbers: dict[str, str], start: int = 0) -> int:
    """Numbers the children; those under a heading without a number go on counting where the heading stands.

    In a policy without numbers a numbered list counts 1, 2, 3 by itself, and anew after whatever is no part of it.
    """
    counted, lettered = start, 0
    for child in node.children:
        if child.clause is None:
            continue
        marker = marker_of(child.clause, numbering)
        if marker == "number":
            counted += 1
            numbers[child.id] = f"{prefix}.{counted}" if numbering == "decimal" else str(counted)
            _number_children(child, numbers[child.id], numbering, numbers)
            continue
        counted = counted if numbering == "decimal" else 0
        if child.clause.kind == "heading":
            inner = _number_children(child, prefix, numbering, numbers, counted)
            counted = inner if numbering == "decimal" else 0
        else:
            if marker == "letter":
                numbers[child.id] = f"({_letter(lettered).lower()})"
                lettered += 1
            _number_children(child, prefix, numbering, numbers)
    return counted


def _letter(index: int) -> str:
    """A, B … Z, AA, AB …"""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
