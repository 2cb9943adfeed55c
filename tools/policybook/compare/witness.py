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
    served = len(policy.adoption.schools) if policy.adoption else 1
    return Witness(siglum, policy.ref, title, readings, tuple(_names(policy)), policy.model.id, policy.owner, served)


def witness_of_document(siglum: str, ref: str, document: SourceDocument) -> Witness:
    """A received document as a witness; nothing in it has a clause id."""
    readings = tuple(
        Reading(clause.text, None, clause.number, clause.kind, clause.level)
        for clause in document.clauses
        if clause.text
    )
    title = document.metadata.get("title") or document.name
    organisation = document.metadata.get("organisation", "")
    front = tuple(f"{key}: {value}" if value else key for key, value in document.metadata.items() if _is_line(key))
    names = (organisation,) if organisation else ()
    return Witness(siglum, ref, title, readings, names, owner=organisation, front=front)


def _is_line(key: str) -> bool:
    """Whether a key of the metadata is a line as printed, neither our own word for it nor the head of a table."""
    return not key.islower() and " | " not in key


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
