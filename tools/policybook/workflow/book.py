"""Everything that a workspace says, as page trees and data: worked out once, read by the documents and the site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path

from policybook.compare import collate, compare, find_positions, witness_of_policy
from policybook.compare.judged import add_confirmations, add_judgements
from policybook.domain.adoption import Adoption, HomeGrown
from policybook.domain.comparison import Collation, Comparison, PositionTable, Witness
from policybook.domain.judgement import Judged, Judgements
from policybook.domain.model import ModelVersion
from policybook.domain.resolved import ResolvedPolicy
from policybook.store.document import find_document
from policybook.store.judgement import read_judgements
from policybook.text.fingerprint import exact_fingerprint
from policybook.workflow.home_grown import is_void_document
from policybook.workflow.later import Later, LaterMapping
from policybook.workflow.workspace import OpenWorkspace


@dataclass(frozen=True)
class AdoptedPolicy:
    """One adoption: its text in force, and its comparison with its model, made when it is first asked for.

    `key` stands for all that the text and the comparison follow from.
    """

    adoption: Adoption
    policy: ResolvedPolicy
    key: str
    base: Witness
    said: tuple[Judged, ...] = ()

    @cached_property
    def compared(self) -> Comparison:
        """The comparison as the rules make it."""
        return compare(self.base, witness_of_policy("B", self.policy))

    @cached_property
    def comparison(self) -> Comparison:
        """The comparison with what people said of its rows."""
        return add_judgements(self.compared, self.said)


@dataclass(frozen=True, slots=True)
class OwnPolicy:
    """A home-grown policy, its document's path in the workspace (None where it is gone), and whether that changed."""

    record: HomeGrown
    document: str | None
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Book:
    """Adoptions by ref, the matrix of each model version that has adopters, what versions changed, and positions.

    Home-grown policies stand beside them: nothing is compared with a policy that follows no model.
    """

    workspace: OpenWorkspace
    adopted: tuple[AdoptedPolicy, ...]
    models: tuple[ModelVersion, ...]
    collations: Mapping[str, Collation]
    version_changes: dict[str, Comparison]
    positions: PositionTable
    home_grown: tuple[OwnPolicy, ...] = ()

    def adopters_of(self, ref: str) -> Iterator[AdoptedPolicy]:
        """The adoptions of one model version."""
        return (entry for entry in self.adopted if entry.policy.model.ref == ref)


def read_book(workspace: OpenWorkspace) -> Book:
    """Compares and collates everything in a workspace."""
    records = workspace.records
    said = read_judgements(workspace.root)
    names = sorted({model.id for model in records.adoptable.values()})
    models = tuple(model for name in names for model in records.versions_of(name))
    alone = {model.ref: workspace.model(model.ref) for model in models}
    bases = {ref: witness_of_policy("A", text) for ref, text in alone.items()}
    adopted = tuple(_adopted(workspace, bases, said.changes))
    return Book(
        workspace=workspace,
        adopted=adopted,
        models=models,
        collations=LaterMapping(dict(_collations(bases, adopted))),
        version_changes=dict(_version_changes(models, alone, said.changes)),
        positions=_positions(workspace, adopted, said),
        home_grown=tuple(_own_policy(workspace.root, records.home_grown[ref]) for ref in sorted(records.home_grown)),
    )


def _own_policy(root: Path, record: HomeGrown) -> OwnPolicy:
    found = find_document(root, record)
    return OwnPolicy(record, found.path if found.state == "there" else None, is_void_document(root, record))


def _positions(workspace: OpenWorkspace, adopted: tuple[AdoptedPolicy, ...], said: Judgements) -> PositionTable:
    policies = [entry.policy for entry in adopted]
    texts = {policy.ref: [clause.text for clause in policy.clauses] for policy in policies}
    return add_confirmations(find_positions(workspace.records.topics.values(), policies), texts, said.positions)


def _adopted(
    workspace: OpenWorkspace, bases: Mapping[str, Witness], said: tuple[Judged, ...]
) -> Iterator[AdoptedPolicy]:
    """The adoptions with their keys: over the records alone, since text and comparison follow from them."""
    models = {ref: exact_fingerprint([repr(model)]) for ref, model in workspace.records.adoptable.items()}
    for ref, policy in workspace.policies.items():
        adoption = workspace.records.adoptions[ref]
        own = tuple(entry for entry in said if ref in entry.refs)
        key = exact_fingerprint([models[policy.model.ref], repr((adoption, policy.school, policy.serves, own))])
        yield AdoptedPolicy(adoption, policy, key, bases[policy.model.ref], own)


def _collations(
    bases: dict[str, Witness], adopted: tuple[AdoptedPolicy, ...]
) -> Iterator[tuple[str, Later[Collation]]]:
    """The matrix of each model with adopters, from their comparisons."""
    for ref, base in bases.items():
        adopters = [entry for entry in adopted if entry.policy.model.ref == ref]
        if adopters:
            yield ref, Later(partial(_collate, base, adopters))


def _collate(base: Witness, adopters: list[AdoptedPolicy]) -> Collation:
    found = [entry.compared for entry in adopters]
    witnesses = [replace(entry.right, siglum=f"S{index}") for index, entry in enumerate(found, 1)]
    return collate(replace(base, siglum="M"), witnesses, found)


def _version_changes(
    models: tuple[ModelVersion, ...], alone: dict[str, ResolvedPolicy], said: tuple[Judged, ...]
) -> Iterator[tuple[str, Comparison]]:
    for model in models:
        before = alone.get(f"{model.id}@{model.supersedes}")
        if before:
            found = compare(witness_of_policy("A", before), witness_of_policy("B", alone[model.ref]))
            yield model.ref, add_judgements(found, said)
