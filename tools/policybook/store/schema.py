"""The shape of every file that people write, for reading all mistakes at once and for editors (JSON Schema)."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from policybook.domain.adoption import Outcome
from policybook.domain.citation import CitationKind
from policybook.domain.model import (
    Audience,
    ClauseKind,
    FieldType,
    Marker,
    ParameterType,
    SchoolKind,
    Tailorable,
)
from policybook.store.write import write_atomically

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
ClauseId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+$", max_length=120)]
PART_OR_CLAUSE = r"^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$"
ModelId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$", max_length=160)]
Version = Annotated[str, Field(pattern=r"^[0-9A-Za-z]+([.-][0-9A-Za-z]+)*$", max_length=40)]
ModelRef = Annotated[
    str,
    Field(
        pattern=r"^(none|[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*(@[0-9]{4}-[0-9]{2}-[0-9]{2}(-[0-9]{1,2})?)?)$",
        max_length=180,
    ),
]
"""`publisher/policy`, `trust/policy@edition`, or `none` for a home-grown policy."""
EditionName = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(-[0-9]{1,2})?$")]
Text = Annotated[str, Field(max_length=200_000)]
Line = Annotated[str, Field(min_length=1, max_length=1_000)]
RawValue = bool | int | date | str | list[str] | None


class Record(BaseModel):
    """Unknown keys are mistakes, and nothing is turned from one type into another."""

    model_config = ConfigDict(extra="forbid", strict=True)


class File(Record):
    """Every file says which version of this format it follows."""

    schema_: Literal[1] = Field(alias="schema")


class TopicRecord(Record):
    """A subject that models share."""

    label: Line
    question: Line
    answer: Literal["age", "time-range", "duration", "who", "boolean", "text"]
    says: Line = "{{ value }}"
    cues: list[Line] = []


class TopicsFile(File):
    """`clauses/topics.yaml`."""

    topics: dict[Id, TopicRecord] = {}


class PublisherRecord(Record):
    """Who drafts a model."""

    name: Line
    kind: Literal["council-hr", "trust", "federation", "service", "union", "other"]


class AmendmentRecord(Record):
    """What the publisher tells adopters about one change."""

    clauses: list[ClauseId] = []
    summary: Line
    substance: bool | None = None
    sign_again: bool | None = None
    law: Line | None = None


class ParameterRecord(Record):
    """A typed, named blank."""

    type: ParameterType
    label: Line
    default: RawValue = None
    minimum: int | str | None = None
    maximum: int | str | None = None
    options: list[Line] = []
    topic: Id | None = None
    detail: bool = False
    required: bool = False


class ReviewCycle(Record):
    """How often the publisher says the policy is reviewed."""

    every: Line


class PolicyFile(File):
    """`policy.yaml` of a model version."""

    id: ModelId
    version: Version
    title: Line
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")] = "en-GB"
    publisher: PublisherRecord
    issued: date | None = None
    supersedes: Version | None = None
    review: ReviewCycle | None = None
    publish: Audience = "internal"
    numbering: Literal["decimal", "none"] = "decimal"
    notice: Text = ""
    changes: list[AmendmentRecord] = []
    parameters: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)], ParameterRecord] = {}
    parts: Annotated[list[Id], Field(min_length=1)]


class ChoiceRecord(Record):
    """One of the publisher's alternatives."""

    id: Id
    text: Text


class ConditionRecord(Record):
    """When a clause is there."""

    school: list[SchoolKind] = []
    parameter: str | None = None
    is_: RawValue = Field(default=None, alias="is")


class FieldRecord(Record):
    """One line of a form."""

    label: Line
    type: FieldType = "line"


class ClauseRecord(Record):
    """A clause and its children."""

    id: ClauseId
    kind: ClauseKind = "paragraph"
    text: Text = ""
    marker: Marker | None = None
    tailoring: Tailorable = "free"
    choices: list[ChoiceRecord] = []
    topics: list[Id] = []
    defines: list[Line] = []
    note: Text = ""
    when: ConditionRecord | None = None
    clauses: list[ClauseRecord] = []
    closing: Text = ""
    head: list[Text] = []
    rows: list[list[Text]] = []
    fields: list[FieldRecord] = []
    source: Text = ""
    permission: Text = ""
    supersedes: list[ClauseId] = []
    withdrawn: Version | None = None


class PartFile(File):
    """`NN-<part>.yaml` of a model version."""

    id: Id
    heading: Line
    kind: Literal["part", "schedule"] = "part"
    clauses: list[ClauseRecord] = []


class BrandingRecord(Record):
    """How a school's documents look."""

    template: Id


class SchoolFile(File):
    """`clauses/schools/<school>.yaml`."""

    id: Id
    name: Line
    short_name: str = ""
    kind: SchoolKind
    aliases: list[Line] = []
    roles: dict[str, Line] = {}
    values: dict[str, RawValue] = {}
    branding: BrandingRecord | None = None


class ConsultationRecord(Record):
    """Who was consulted, and when."""

    with_: Line = Field(alias="with")
    on: date


class TailoringRecord(Record):
    """One departure: exactly one of substitute, omit, insert, move."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": [kind]} for kind in ("substitute", "omit", "insert", "move")]}
    )

    substitute: Annotated[str, Field(pattern=PART_OR_CLAUSE, max_length=120)] | None = None  # of a part: its heading
    omit: ClauseId | None = None
    insert: ClauseId | None = None
    move: ClauseId | None = None
    text: Text = ""
    after: str | None = None
    into: str | None = None
    kind: ClauseKind = "paragraph"
    marker: Marker | None = None
    head: list[Text] = []
    rows: list[list[Text]] = []
    reason: Annotated[str, Field(min_length=1, max_length=1_000, pattern=r"\S")]
    consulted: ConsultationRecord | None = None


class DecisionRecord(Record):
    """What a body decided, when, and where it is minuted."""

    outcome: Outcome
    body: Line
    on: date
    minute: str = ""
    effective: date | None = None
    edition: EditionName | None = None
    exact: str | None = None
    delegation: str = ""
    published: date | None = None


class NextReview(Record):
    """When the school reviews its policy: a date or a school term."""

    next: date | Line


HOME_GROWN_KEYS = ("title", "file", "owner")
ADOPTED_KEYS = ("version", "values", "choices", "reasons", "tailorings", "tighten", "fixed_values")


def _where_model(pattern: str, then: dict[str, Any]) -> dict[str, Any]:
    return {"if": {"required": ["model"], "properties": {"model": {"pattern": pattern}}}, "then": then}


class AdoptionFile(File):
    """`adoption.yaml`. What goes with which kind of `model:` is checked while reading; editors learn it from here."""

    model_config = ConfigDict(
        json_schema_extra={
            "allOf": [
                _where_model("^none$", {"required": ["file"], "properties": dict.fromkeys(ADOPTED_KEYS, False)}),
                _where_model("^[^@]+/[^@]+$", {"required": ["version"]}),
                _where_model("/", {"properties": dict.fromkeys(HOME_GROWN_KEYS, False)}),
            ]
        }
    )

    school: Id
    covers: list[Id] = []
    model: ModelRef
    version: Version | None = None
    title: str = ""
    file: str = ""
    owner: str = ""
    publish: Audience = "internal"
    values: dict[str, RawValue] = {}
    choices: dict[ClauseId, Id] = {}
    reasons: dict[Id, Line] = {}
    tailorings: list[TailoringRecord] = []
    tighten: dict[ClauseId, Tailorable] = {}
    fixed_values: list[str] = []
    decisions: list[DecisionRecord] = []
    review: NextReview | None = None


class CitationRecord(Record):
    """What is cited in a form that is out of date, and today's answer with its source and the day it was checked."""

    kind: CitationKind
    cited: list[Line] = []
    unless: list[Line] = []
    edition: int | None = None
    today: Line
    source: Line
    checked: date
    verified: bool
    doubtful_from: date | None = None


class CitationsFile(File):
    """`clauses/citations.yaml`: entries of the workspace over those that come with the package."""

    citations: dict[Id, CitationRecord] = {}


def json_schemas() -> dict[str, dict[str, Any]]:
    """JSON Schema of each kind of file, by name, for editors that complete and check while typing."""
    from policybook.store.delegation import DelegationFile
    from policybook.store.judgement import JudgementsFile  # these are built from the records above
    from policybook.store.meeting import MeetingFile

    files: dict[str, type[File]] = {
        "topics": TopicsFile, "policy": PolicyFile, "part": PartFile, "school": SchoolFile, "adoption": AdoptionFile,
        "meeting": MeetingFile, "citations": CitationsFile, "judgements": JudgementsFile,
        "delegation": DelegationFile,
    }  # fmt: skip
    return {name: file.model_json_schema(by_alias=True) for name, file in files.items()}


def print_schema(name: str, schema: dict[str, Any]) -> bytes:
    """A JSON Schema as it is published under `docs/reference/schemas`."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"{name}.json"}
    return (json.dumps(head | schema, ensure_ascii=False, indent=2) + "\n").encode()


def write_schemas(folder: Path) -> None:
    """Writes every JSON Schema into a folder, `<kind of file>.json`."""
    for name, schema in json_schemas().items():
        write_atomically(folder / f"{name}.json", print_schema(name, schema))


if __name__ == "__main__":  # python -m policybook.store.schema FOLDER
    write_schemas(Path(sys.argv[1]))
