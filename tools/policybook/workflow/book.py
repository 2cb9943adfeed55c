"""Everything that a workspace says, as page trees and data: worked out once, read by the documents and the site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policybook.compare import collate, compare, find_positions, witness_of_policy
from policybook.domain.adoption import Adoption
from policybook.domain.comparison import Collation, Comparison, PositionTable
from policybook.domain.model import ModelVersion
from policybook.domain.resolved import ResolvedPolicy
from policybook.workflow.workspace import OpenWorkspace


@dataclass(frozen=True, slots=True)
class AdoptedPolicy:
    """One adoption: its text in force and its comparison with its model."""

    adoption: Adoption
    policy: ResolvedPolicy
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Book:
    """Adoptions by ref, the matrix of each model version that has adopters, what versions changed, and positions."""

    workspace: OpenWorkspace
    adopted: tuple[AdoptedPolicy, ...]
    models: tuple[ModelVersion, ...]
    collations: dict[str, Collation]
    version_changes: dict[str, Comparison]
    positions: PositionTable

    def adopters_of(self, ref: str) -> Iterator[AdoptedPolicy]:
        """The adoptions of one model version."""
        return (entry for entry in self.adopted if entry.policy.model.ref == ref)


def read_book(workspace: OpenWorkspace) -> Book:
    """Compares and collates everything in a workspace."""
    records = workspace.records
    names = sorted({model.id for model in records.models.values()})
    models = tuple(model for name in names for model in records.versions_of(name))
    alone = {model.ref: workspace.model(model.ref) for model in models}
    adopted = tuple(
        AdoptedPolicy(records.adoptions[ref], policy, _beside_model(policy, alone[policy.model.ref]))
        for ref, policy in workspace.policies.items()
    )
    return Book(
        workspace=workspace,
        adopted=adopted,
        models=models,
        collations=dict(_collations(alone, adopted)),
        version_changes=dict(_version_changes(models, alone)),
        positions=find_positions(records.topics.values(), [entry.policy for entry in adopted]),
    )


def _beside_model(policy: ResolvedPolicy, model: ResolvedPolicy) -> Comparison:
    return compare(witness_of_policy("A", model), witness_of_policy("B", policy))


def _collations(
    alone: dict[str, ResolvedPolicy], adopted: tuple[AdoptedPolicy, ...]
) -> Iterator[tuple[str, Collation]]:
    for ref, model in alone.items():
        policies = [entry.policy for entry in adopted if entry.policy.model.ref == ref]
        if policies:
            witnesses = [witness_of_policy(f"S{index}", policy) for index, policy in enumerate(policies, 1)]
            yield ref, collate(witness_of_policy("M", model), witnesses)


def _version_changes(
    models: tuple[ModelVersion, ...], alone: dict[str, ResolvedPolicy]
) -> Iterator[tuple[str, Comparison]]:
    for model in models:
        before = alone.get(f"{model.id}@{model.supersedes}")
        if before:
            yield model.ref, compare(witness_of_policy("A", before), witness_of_policy("B", alone[model.ref]))
