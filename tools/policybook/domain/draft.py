"""A model draft made from a received document: what was written, what was proposed, and what became of each clause."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from policybook.domain.adoption import Adoption, School, TailoringKind
from policybook.domain.finding import Finding
from policybook.domain.model import ModelVersion
from policybook.domain.source import Proposal

LineageKind = Literal["kept", "reworded", "moved", "renamed", "split", "joined", "came", "went"]


@dataclass(frozen=True, slots=True)
class ProposedParameter:
    """A proposal and what the draft made of it: `name` is the parameter in the words, None where it was only listed."""

    proposal: Proposal
    name: str | None
    clause: str


@dataclass(frozen=True, slots=True)
class LineageChange:
    """What became of clauses from the edition before: ids there and ids here; `came` has no old, `went` no new ones."""

    kind: LineageKind
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModelDraft:
    """A model draft with all that its drafter should look at.

    `lineage` is empty where there was no earlier edition. `remarks` are sentences on what had to be decided.
    """

    model: ModelVersion
    proposals: tuple[ProposedParameter, ...] = ()
    lineage: tuple[LineageChange, ...] = ()
    remarks: tuple[str, ...] = ()
    base: str = ""


@dataclass(frozen=True, slots=True)
class DerivedAdoption:
    """One document as an adoption of the model that was derived from it and others.

    `is_new`: the school had no record. `confidence` and `differences` are those of the inference.
    """

    file: str
    school: School
    is_new: bool
    adoption: Adoption
    confidence: dict[tuple[TailoringKind, str], float] = field(default_factory=dict)
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DerivedModel:
    """The draft of the model that adopters share, with an adoption for each; `files` are paths in the workspace."""

    draft: ModelDraft
    adoptions: tuple[DerivedAdoption, ...]
    files: tuple[str, ...]
    findings: tuple[Finding, ...]
    written: bool
