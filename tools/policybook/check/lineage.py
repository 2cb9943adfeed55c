"""Clause ids over the versions of a model: an id is never used again."""

from __future__ import annotations

from collections.abc import Iterator

from policybook.domain.finding import Finding
from policybook.domain.model import ModelVersion
from policybook.domain.workspace import Workspace


def find_reused_ids(model: ModelVersion, workspace: Workspace) -> Iterator[Finding]:
    """Clauses whose id belonged to a clause that an earlier version in the `supersedes` chain had given up."""
    chain = _earlier(model, workspace)
    if not chain:
        return
    there = [{clause.id: clause.withdrawn is None for clause in version.walk()} for version in chain]
    for clause in model.walk():
        if clause.withdrawn is None and not there[0].get(clause.id) and any(clause.id in ids for ids in there):
            last = next(version for version, ids in zip(chain, there, strict=True) if clause.id in ids)
            message = f"clause id '{clause.id}' was given up after version {last.version} and is used again"
            yield Finding("error", "lineage.reused", clause.place, message, "give the clause an id of its own")


def _earlier(model: ModelVersion, workspace: Workspace) -> list[ModelVersion]:
    """The versions before, newest first; a circle ends where it began."""
    chain: list[ModelVersion] = []
    seen = {model.version}
    version = model.supersedes
    while version and version not in seen and (found := workspace.models.get(f"{model.id}@{version}")):
        seen.add(version)
        chain.append(found)
        version = found.supersedes
    return chain
