"""Numbered lists of a policy whose sections have no numbers count by themselves."""

from __future__ import annotations

import pytest

from policybook.adopt import resolve_model
from policybook.domain.model import Clause, ClauseKind, Marker, ModelVersion, Part, Publisher


def clause(name: str, marker: Marker | None = None, kind: ClauseKind = "item", *children: Clause) -> Clause:
    return Clause(f"use.{name}", kind=kind, text=f"{name}.", marker=marker, clauses=children)


def step(name: str) -> Clause:
    return clause(name, "number")


LISTS = {
    "a list under its lead-in": (
        (clause("lead", None, "paragraph", step("a"), step("b")), clause("more", None, "paragraph", step("c"))),
        {"a": "1", "b": "2", "c": "1"},
    ),
    "lists side by side": (
        (step("a"), step("b"), clause("between", None, "paragraph"), step("c")),
        {"a": "1", "b": "2", "c": "1"},
    ),
    "what stands under a step does not end the list": (
        (clause("a", "number", "item", clause("note", None, "paragraph")), step("b")),
        {"a": "1", "b": "2"},
    ),
    "a heading begins anew": (
        (step("a"), clause("heading", None, "heading", step("b")), step("c")),
        {"a": "1", "b": "1", "c": "1"},
    ),
}


@pytest.mark.parametrize("case", LISTS)
def test_a_numbered_list_counts_one_two_three_where_nothing_else_is_numbered(case: str) -> None:
    clauses, expected = LISTS[case]
    part = Part("use", "Use", clauses=tuple(clauses))
    publisher = Publisher("council", "A council", "council-hr")
    model = ModelVersion("council/use", "1", "Use", publisher, None, (part,), numbering="none")
    printed = {entry.id.removeprefix("use."): entry.number for entry in resolve_model(model).clauses if entry.number}
    assert printed == expected
