"""The shape of `editions/<name>.yaml` and of `manifest.yaml`, which the program writes and people only read."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from policybook.domain.model import Audience, ClauseKind, Marker, ParameterType, SchoolKind, Tailorable
from policybook.domain.resolved import Origin
from policybook.store.schema import (
    ClauseId,
    DecisionRecord,
    EditionName,
    FieldRecord,
    File,
    Id,
    Line,
    ModelId,
    RawValue,
    Record,
    TailoringRecord,
    Text,
    Version,
)

FileName = Annotated[str, Field(pattern=r"^(\.\./\.\./editions/)?[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=200)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class RunRecord(Record):
    """Words that are not plain: marked up, linked, or from a blank."""

    text: Text
    bold: bool = False
    italic: bool = False
    link: str | None = None
    parameter: str | None = None
    blank: bool = False


WordsRecord = Text | list[Text | RunRecord]


class EditionClause(Record):
    """One clause as printed."""

    id: str
    kind: ClauseKind
    depth: int
    number: str | None = None
    marker: Marker = "none"
    part: str
    origin: Origin = "model"
    words: WordsRecord = ""
    topics: list[str] = Field(default_factory=list)
    defines: list[str] = Field(default_factory=list)
    head: list[WordsRecord] = Field(default_factory=list)
    rows: list[list[WordsRecord]] = Field(default_factory=list)
    fields: list[FieldRecord] = Field(default_factory=list)
    source: Text = ""
    supersedes: list[str] = Field(default_factory=list)


class EditionValue(Record):
    """One value as it stood."""

    type: ParameterType
    label: Line
    detail: bool = False
    value: RawValue = None


class NamesRecord(Record):
    """The school as it was called then."""

    school: Id
    name: Line
    short_name: str = ""
    kind: SchoolKind
    aliases: list[Line] = Field(default_factory=list)
    roles: dict[str, Line] = Field(default_factory=dict)


class EditionModel(Record):
    """The model version that the words came from."""

    id: ModelId
    version: Version
    publisher: Line
    publisher_kind: str = ""
    issued: date | None = None
    notice: Text = ""


class AdoptedRecord(Record):
    """What the adoption said when it was decided on, for those who adopt the edition in their turn."""

    values: dict[str, RawValue] = Field(default_factory=dict)
    choices: dict[ClauseId, Id] = Field(default_factory=dict)
    tailorings: list[TailoringRecord] = Field(default_factory=list)
    tighten: dict[ClauseId, Tailorable] = Field(default_factory=dict)
    fixed_values: list[str] = Field(default_factory=list)
    covers: list[Id] = Field(default_factory=list)


class EditionFile(File):
    """`editions/<name>.yaml`."""

    edition: EditionName
    policy: Id
    title: Line
    language: str = "en-GB"
    model: EditionModel
    decision: DecisionRecord
    approval: DecisionRecord | None = None
    next_review: str = ""
    publish: Audience = "internal"
    exact: str
    shown: str
    names: NamesRecord
    values: dict[str, EditionValue] = Field(default_factory=dict)
    words: list[EditionClause]
    record: AdoptedRecord | None = None


class KeptFileRecord(Record):
    """A kept file and its SHA-256."""

    file: FileName
    sha256: Sha256


class ManifestFile(File):
    """`manifest.yaml` beside issued documents, or in the folder of a released version."""

    of: Literal["edition", "version"]
    name: Annotated[str, Field(min_length=1, max_length=40)]
    exact: str = ""
    shown: str = ""
    files: list[KeptFileRecord]
