"""Editions: frozen, decided states of an adoption, and what is kept of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from policybook.domain.adoption import Adoption, Decision, School
from policybook.domain.model import Audience, ModelVersion, Parameter, Publisher, Value
from policybook.domain.resolved import ResolvedClause, ResolvedPolicy

DamageKind = Literal["missing", "altered", "unreadable", "unlisted"]


@dataclass(frozen=True, slots=True)
class Edition:
    """The words, values and names of a policy as they stood when they were decided on, with the decision.

    Whole on its own: it answers for the past even where the model, the school's record or the adoption are gone.
    `name` is the day of the decision, with `-2` and so on for a second one on that day. `parameters` are those of the
    model at the time (name, type, label, detail); `exact` binds the decision, `shown` also has names and details.
    Where details were brought up to date, `approval` is the approval that stood; None for any other decision.
    `record` is the adoption as it stood, by which other schools can adopt the edition in their turn; None in editions
    that were frozen before it was kept.
    """

    name: str
    school: School
    policy: str
    model: str
    version: str
    title: str
    publisher: Publisher
    decision: Decision
    clauses: tuple[ResolvedClause, ...]
    parameters: dict[str, Parameter] = field(default_factory=dict)
    values: dict[str, Value] = field(default_factory=dict)
    issued: date | None = None
    language: str = "en-GB"
    notice: str = ""
    next_review: str = ""
    publish: Audience = "internal"
    exact: str = ""
    shown: str = ""
    approval: Decision | None = None
    record: Adoption | None = None

    @property
    def ref(self) -> str:
        """`school/policy@edition`."""
        return f"{self.school.id}/{self.policy}@{self.name}"

    def resolved(self) -> ResolvedPolicy:
        """The edition as a text in force, for showing and comparing; its model has no parts."""
        model = ModelVersion(
            id=self.model,
            version=self.version,
            title=self.title,
            publisher=self.publisher,
            issued=self.issued,
            parts=(),
            parameters=self.parameters,
            language=self.language,
            notice=self.notice,
        )
        adoption = Adoption(
            self.school.id,
            self.policy,
            self.model,
            self.version,
            decisions=(self.approval, self.decision) if self.approval else (self.decision,),
            next_review=self.next_review,
            publish=self.publish,
        )
        return ResolvedPolicy(model, self.clauses, self.values, adoption, self.school)


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file as it was issued or released: its path from the manifest's own folder, and its SHA-256 (hexadecimal)."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was kept of one edition (`name` is its own) or of one released model version (`name` is the version).

    `exact` and `shown` are those of the edition; empty for a version, and where only documents were kept.
    """

    name: str
    files: tuple[KeptFile, ...]
    exact: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Damage:
    """A kept file that is not as it was kept. `path` is relative to the workspace, with forward slashes."""

    path: str
    kind: DamageKind


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """What stands on disk for one edition or version: its manifest, None where there is none, and what is damaged."""

    name: str
    manifest: Manifest | None
    damages: tuple[Damage, ...] = ()
    files: int = 0
