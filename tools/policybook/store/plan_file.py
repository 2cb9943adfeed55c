"""`plan.yaml` beside an adoption: a person's decisions on an upgrade, while it is half settled."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field
from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from policybook.domain.error import BrokenWorkspace
from policybook.domain.upgrade import Settlement, Take
from policybook.store.schema import ClauseId, File, ModelId, Record, Version
from policybook.store.validate import read_record

NAME = "plan.yaml"
_HEAD = (
    "# An upgrade half settled. `policybook settle` writes this file, and takes it away once the adoption is written.\n"
)


class DecisionRecord(Record):
    """One decision of a person."""

    clause: ClauseId | str
    take: Take
    reason: str = ""


class PlanShape(File):
    """`plan.yaml`."""

    model: ModelId
    version: Version
    made_from: str = ""
    decisions: list[DecisionRecord] = Field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PlanFile:
    """The decisions so far; `made_from` is the fingerprint of the plan that they were made on, "" if it is not said."""

    model_ref: str
    made_from: str
    settlements: tuple[Settlement, ...]


def read_plan_file(file: Path) -> PlanFile:
    """The decisions of a plan file. Raises BrokenWorkspace with what is wrong with it."""
    record, yaml = read_record(file, file.parent, PlanShape)
    if record is None:
        raise BrokenWorkspace(tuple(yaml.findings))
    settlements = tuple(Settlement(entry.clause, entry.take, entry.reason) for entry in record.decisions)
    return PlanFile(f"{record.model}@{record.version}", record.made_from, settlements)


def print_plan_file(model_ref: str, made_from: str, settlements: Sequence[Settlement]) -> str:
    """The text of a plan file."""
    model, _, version = model_ref.partition("@")
    decisions = [
        {"clause": entry.clause, "take": entry.take, **({"reason": entry.reason} if entry.reason else {})}
        for entry in settlements
    ]
    data = {"schema": 1, "model": model, "version": DoubleQuotedScalarString(version), "made_from": made_from}
    yaml = YAML(typ="rt")
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump({**data, "decisions": decisions}, stream)
    return _HEAD + stream.getvalue()
