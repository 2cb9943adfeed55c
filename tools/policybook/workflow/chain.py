"""Chains of adoption: a trust's decided editions as models for the schools that adopt them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from policybook.adopt.chain import given_values, holds_words, offer_edition
from policybook.check.chain import circle_of
from policybook.domain.adoption import APPROVING, Adoption, Decision, School
from policybook.domain.edition import Edition
from policybook.domain.error import BrokenWorkspace
from policybook.domain.finding import Finding, Place
from policybook.domain.model import ModelVersion
from policybook.domain.workspace import Workspace
from policybook.store import read_workspace
from policybook.store.edition import adoption_folder, edition_path, read_edition
from policybook.store.yaml_file import Memory
from policybook.text.decided import exact_of

OFFERED = (*APPROVING, "administrative")
"""Outcomes whose editions others can adopt: what is in force, not what was put off or refused."""


def read_records(root: Path, memory: Memory | None = None) -> tuple[Workspace, list[Finding]]:
    """The records of a workspace with what its trusts offer, and the findings of both."""
    records, findings = read_workspace(root, memory)
    offered = _Offers(root, records, memory)
    for ref in sorted(records.adoptions):
        offered.serve(records.adoptions[ref])
    broken = records.broken | offered.broken
    return replace(records, offered=offered.models, broken=broken), [*findings, *offered.findings]


@dataclass(slots=True)
class _Offers:
    """Gathers the editions that other schools adopt, each resting on what was adopted before it."""

    root: Path
    records: Workspace
    memory: Memory | None = None
    models: dict[str, ModelVersion] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    begun: set[str] = field(default_factory=set)

    def serve(self, adoption: Adoption) -> None:
        """Makes the model that an adoption names, where it is an edition; says what stands in the way."""
        if adoption.model_ref in self.records.models or adoption.model not in self.records.adoptions:
            return
        if circle_of(adoption, self.records):
            self.broken.add(adoption.model_ref)  # told as a circle
            return
        self._offer_all(self.records.adoptions[adoption.model])
        if adoption.model_ref not in self.models and adoption.model_ref not in self.broken:
            self._report_missing(adoption)

    def _offer_all(self, trust: Adoption) -> None:
        if trust.ref in self.begun:
            return
        self.begun.add(trust.ref)
        before: str | None = None
        for decision in _offered_decisions(trust):
            ref = f"{trust.ref}@{decision.edition}"
            model = self._offer(trust, decision, before)
            if model is None:
                self.broken.add(ref)
            else:
                self.models[ref], before = model, model.version

    def _offer(self, trust: Adoption, decision: Decision, before: str | None) -> ModelVersion | None:
        name = decision.edition or ""
        place = Place((adoption_folder(self.root, trust.ref) / edition_path(name)).relative_to(self.root).as_posix())
        try:
            edition = read_edition(self.root, trust.ref, name, self.memory)
        except BrokenWorkspace as error:
            self.findings += error.findings
            return None
        model = self._base(edition)
        if model is None:
            message = f"edition {name} rests on {edition.model}@{edition.version}, which cannot be read here"
            self._report("chain.no-model", place, message, "put that model, or that edition, back from a copy")
            return None
        for adoption, school in _accounts(edition, trust, self.records):
            if edition.exact == decision.exact == exact_of(edition.resolved()) and holds_words(
                edition, model, adoption, school
            ):
                return offer_edition(edition, model, given_values(model, adoption, school), edition.school, before)
        message = f"edition {name} is not as it was decided on: model and record no longer give its words"
        mend = "put the edition, or the model it rests on, back from a copy"
        if edition.record is None:
            message = f"edition {name} cannot be adopted: it was frozen without its record, which has changed since"
            mend = f"have {trust.ref} decided on again, and adopt that edition"
        self._report("chain.altered", place, message, mend)
        return None

    def _base(self, edition: Edition) -> ModelVersion | None:
        ref = f"{edition.model}@{edition.version}"
        if ref in self.records.broken:
            return None
        below = self.records.adoptions.get(edition.model)
        if ref not in self.records.models and below is not None:
            self._offer_all(below)
        return self.records.models.get(ref) or self.models.get(ref)

    def _report_missing(self, adoption: Adoption) -> None:
        trust = self.records.adoptions[adoption.model]
        known = ", ".join(decision.edition or "" for decision in _offered_decisions(trust))
        other = [entry for entry in trust.decisions if entry.edition == adoption.version]
        message = f"{adoption.model} has no edition '{adoption.version}'"
        if other:
            message = f"edition {adoption.version} of {adoption.model} was {other[0].outcome}, not approved"
        mend = f"name one that was approved: {known}" if known else "let it be approved first: `policybook decide`"
        self._report("chain.no-edition", adoption.place_of("model"), message, mend)
        self.broken.add(adoption.model_ref)

    def _report(self, code: str, place: Place, message: str, mend: str) -> None:
        self.findings.append(Finding("error", code, place, message, mend))


def _offered_decisions(trust: Adoption) -> list[Decision]:
    """The decisions whose editions can be adopted, oldest first."""
    kept = [entry for entry in trust.decisions if entry.edition and entry.exact and entry.outcome in OFFERED]
    return sorted(kept, key=lambda entry: entry.on)


def _accounts(edition: Edition, trust: Adoption, records: Workspace) -> Iterator[tuple[Adoption, School]]:
    """From what an edition's words may be worked out: its own record, else that of today where it still gives them."""
    if edition.record is not None:
        yield edition.record, edition.school
    elif trust.school in records.schools:
        yield trust, records.schools[trust.school]
