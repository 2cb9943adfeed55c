"""Everything that people wrote in one workspace, as records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from policybook.domain.adoption import Adoption, HomeGrown, School
from policybook.domain.model import ModelVersion, Topic


@dataclass(frozen=True, slots=True)
class Workspace:
    """Models by `publisher/policy@version`, schools by id, adoptions by `school/policy`, topics by id.

    `broken` holds the refs of models and adoptions, and the ids of schools, whose files could not be read in full:
    what is said of them elsewhere may be an after-effect. `home_grown` are policies without a model, by
    `school/policy`. `offered` are decided editions that other schools adopt, as models, by `trust/policy@edition`.
    """

    topics: dict[str, Topic] = field(default_factory=dict)
    models: dict[str, ModelVersion] = field(default_factory=dict)
    schools: dict[str, School] = field(default_factory=dict)
    adoptions: dict[str, Adoption] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()
    home_grown: dict[str, HomeGrown] = field(default_factory=dict)
    offered: dict[str, ModelVersion] = field(default_factory=dict)

    @property
    def adoptable(self) -> Mapping[str, ModelVersion]:
        """Everything that a school can adopt, by REF: what publishers released, and editions that trusts offer."""
        return {**self.offered, **self.models}

    def model_of(self, adoption: Adoption) -> ModelVersion | None:
        """The pinned model version, or None where the workspace has no such version."""
        return self.models.get(adoption.model_ref) or self.offered.get(adoption.model_ref)

    def versions_of(self, model: str) -> list[ModelVersion]:
        """The versions of a model, oldest first: by their `supersedes` chain, never by string.

        Of a trust's policy: the editions that it offers.
        """
        versions = {entry.version: entry for entry in self.models.values() if entry.id == model}
        versions = versions or {entry.version: entry for entry in self.offered.values() if entry.id == model}
        ordered: list[ModelVersion] = []
        waiting = list(versions.values())
        while waiting:
            done = {entry.version for entry in ordered}
            ready = [entry for entry in waiting if entry.supersedes not in versions or entry.supersedes in done]
            ordered += ready or waiting[:1]  # a circle is a finding elsewhere; here it only must end
            waiting = [entry for entry in waiting if entry not in ordered]
        return ordered

    def adopters_of(self, model: str) -> Iterator[Adoption]:
        """The adoptions of any version of a model, in the order of their refs."""
        return (self.adoptions[ref] for ref in sorted(self.adoptions) if self.adoptions[ref].model == model)
