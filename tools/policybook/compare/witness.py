"""Policies and documents as witnesses."""

from __future__ import annotations

from collections.abc import Iterator

from policybook.domain.comparison import Reading, Witness
from policybook.domain.model import ParameterType
from policybook.domain.resolved import ResolvedPolicy
from policybook.domain.source import SourceDocument
from policybook.text.value import print_value

NAMING_TYPES: tuple[ParameterType, ...] = ("role", "organisation", "email", "telephone")
"""Parameters whose values only name; every other value is a rule, unless it is marked a detail."""


def witness_of_policy(siglum: str, policy: ResolvedPolicy) -> Witness:
    """A resolved policy or a model as a witness, with its clause ids."""
    readings = tuple(
        Reading(
            text=clause.text,
            id=clause.id,
            number=clause.number,
            kind=clause.kind,
            level=clause.depth + 1,
            formerly=clause.supersedes,
            topics=clause.topics,
            defines=clause.defines,
        )
        for clause in policy.clauses
    )
    title = (
        f"{policy.owner}: {policy.model.title}" if policy.school else f"{policy.model.title} ({policy.model.version})"
    )
    return Witness(siglum, policy.ref, title, readings, tuple(_names(policy)), policy.model.id, policy.owner)


def witness_of_document(siglum: str, ref: str, document: SourceDocument) -> Witness:
    """A received document as a witness; nothing in it has a clause id."""
    readings = tuple(
        Reading(clause.text, None, clause.number, clause.kind, clause.level)
        for clause in document.clauses
        if clause.text
    )
    title = document.metadata.get("title") or document.name
    organisation = document.metadata.get("organisation", "")
    return Witness(siglum, ref, title, readings, (organisation,) if organisation else (), owner=organisation)


def _names(policy: ResolvedPolicy) -> Iterator[str]:
    if policy.school:
        yield from (policy.school.name, policy.school.short_name, *policy.school.aliases)
    else:
        yield from (run.text for clause in policy.clauses for run in clause.runs if run.blank)
    for name, parameter in policy.model.parameters.items():
        if parameter.type in NAMING_TYPES or parameter.detail:
            for value in (policy.values.get(name), parameter.default):
                if value is not None:
                    yield print_value(parameter.type, value)
