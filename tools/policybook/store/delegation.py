"""`clauses/delegations/<school>.yaml`: a school's schemes of delegation, or a trust's, each from a day on."""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field

from policybook.domain.delegation import Delegation, DelegationRule, Scheme
from policybook.domain.finding import Finding
from policybook.store.schema import File, Id, Line, Record
from policybook.store.validate import read_record

FOLDER = "clauses/delegations"


class DelegationRuleRecord(Record):
    """Who decides on the policies named, or on every policy."""

    policies: Annotated[list[Id], Field(default_factory=list)]
    bodies: Annotated[list[Line], Field(min_length=1)]
    cycle: Annotated[str, Field(pattern=r"^[1-9][0-9]? (month|year)s?$")] | None = None


class SchemeRecord(Record):
    """A scheme, in force from a day."""

    from_: date = Field(alias="from")
    rules: Annotated[list[DelegationRuleRecord], Field(min_length=1)]


class DelegationFile(File):
    """`clauses/delegations/<school>.yaml`."""

    school: Id
    inherits: Id | None = None
    schemes: Annotated[list[SchemeRecord], Field(default_factory=list)]


def read_delegations(root: Path, schools: Container[str]) -> tuple[dict[str, Delegation], list[Finding]]:
    """The schemes by school, and what is wrong with the files; one that cannot be read is left out."""
    found: dict[str, Delegation] = {}
    findings: list[Finding] = []
    for file in sorted((root / FOLDER).glob("*.yaml")):
        record, yaml = read_record(file, root, DelegationFile)
        if record:
            if record.school != file.stem:
                message = f"school '{record.school}' is not that of its place, '{file.stem}'"
                yaml.report("id.misplaced", message, "rename one of the two", ("school",))
            for key, school in (("school", record.school), ("inherits", record.inherits)):
                if school and school not in schools:
                    mend = f"write clauses/schools/{school}.yaml, or name a school that is there"
                    yaml.report("school.unknown", f"there is no school '{school}'", mend, (key,))
            found[file.stem] = _to_delegation(record)
        findings += yaml.findings
    return found, findings


def _to_delegation(record: DelegationFile) -> Delegation:
    schemes = tuple(
        Scheme(
            entry.from_,
            tuple(DelegationRule(tuple(rule.bodies), tuple(rule.policies), rule.cycle or "") for rule in entry.rules),
        )
        for entry in record.schemes
    )
    return Delegation(record.school, schemes, record.inherits or "")
