"""Model policies: what a publisher offers for adoption."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from policybook.domain.finding import NOWHERE, Place

ClauseKind = Literal["heading", "paragraph", "item", "table", "form", "note", "attachment"]
Marker = Literal["number", "bullet", "letter", "none"]
Tailorable = Literal["fixed", "fill-in", "choice", "free"]
ParameterType = Literal[
    "text", "integer", "age", "duration", "time", "time-range", "date", "term",
    "choice", "list", "boolean", "role", "organisation", "email", "telephone",
]  # fmt: skip
SchoolKind = Literal["school", "academy", "trust", "federation", "service"]
Audience = Literal["internal", "public"]
FieldType = Literal["line", "tick", "date", "signature"]
Value = str | int | bool | date | tuple[str, ...] | None
"""A value: durations, times and ranges stay strings ("3 years", "16:15", "09:00-16:15"); None is a blank."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject that models share; `says` holds `{{ value }}`, `cues` are words that mark it in any text."""

    id: str
    label: str
    question: str
    answer: str
    says: str = "{{ value }}"
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parameter:
    """A typed, named blank in a model. `fixed`: a trust set the value for all who adopt its policy."""

    name: str
    type: ParameterType
    label: str
    default: Value = None
    minimum: Value = None
    maximum: Value = None
    options: tuple[str, ...] = ()
    topic: str | None = None
    detail: bool = False
    required: bool = False
    place: Place = NOWHERE
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the publisher's own alternatives for a clause."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class FormField:
    """One line of a form."""

    label: str
    type: FieldType = "line"


@dataclass(frozen=True, slots=True)
class Condition:
    """When a clause is there: for these kinds of school, or where a parameter has this value."""

    school: tuple[SchoolKind, ...] = ()
    parameter: str | None = None
    value: Value = None

    def holds(self, kind: SchoolKind | None, values: Mapping[str, Value]) -> bool:
        """Whether the clause is there; a model on its own (no kind of school) shows the clauses of every kind."""
        if self.school and kind and kind not in self.school:
            return False
        return self.parameter is None or values.get(self.parameter) == self.value


@dataclass(frozen=True, slots=True)
class Clause:
    """The smallest text that can be adopted, tailored or compared on its own.

    `text` keeps its markup and placeholders. `marker` is None where the kind and the model's numbering decide.
    """

    id: str
    kind: ClauseKind = "paragraph"
    text: str = ""
    marker: Marker | None = None
    tailoring: Tailorable = "free"
    choices: tuple[Choice, ...] = ()
    topics: tuple[str, ...] = ()
    defines: tuple[str, ...] = ()
    note: str = ""
    when: Condition | None = None
    clauses: tuple[Clause, ...] = ()
    closing: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    fields: tuple[FormField, ...] = ()
    source: str = ""
    permission: str = ""
    supersedes: tuple[str, ...] = ()
    withdrawn: str | None = None
    place: Place = NOWHERE

    def walk(self) -> Iterator[Clause]:
        """This clause and all below it, in reading order."""
        yield self
        for child in self.clauses:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Part:
    """A top-level group of clauses under one heading; a schedule stands at the end and is lettered."""

    id: str
    heading: str
    kind: Literal["part", "schedule"] = "part"
    clauses: tuple[Clause, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who drafts a model."""

    id: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Amendment:
    """What the publisher tells adopters about one change of a version.

    `substance` (a rule changed, not only words) and `sign_again` (staff sign the policy anew) are None until the
    drafter has confirmed them. `law` is the law or guidance that asks for the change, in the publisher's words.
    """

    clauses: tuple[str, ...]
    summary: str
    substance: bool | None = None
    sign_again: bool | None = None
    law: str = ""


@dataclass(frozen=True, slots=True)
class ModelVersion:
    """A released, frozen state of a model (or the draft being written).

    Or a trust's decided edition, which its academies adopt: `version` is the edition's name then, and `rests_on` the
    REF of the model that the trust adopted. `rests_on` is empty for what a publisher drafts.
    """

    id: str
    version: str
    title: str
    publisher: Publisher
    issued: date | None
    parts: tuple[Part, ...]
    parameters: dict[str, Parameter] = field(default_factory=dict)
    language: str = "en-GB"
    supersedes: str | None = None
    review: str = ""
    publish: Audience = "internal"
    numbering: Literal["decimal", "none"] = "decimal"
    notice: str = ""
    changes: tuple[Amendment, ...] = ()
    place: Place = NOWHERE
    rests_on: str = ""

    @property
    def ref(self) -> str:
        """`publisher/policy@version`."""
        return f"{self.id}@{self.version}"

    def walk(self) -> Iterator[Clause]:
        """Every clause of every part, in reading order, withdrawn ones included."""
        for part in self.parts:
            for clause in part.clauses:
                yield from clause.walk()
