"""Schools and their adoptions: a pinned model version, values and recorded tailorings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from policybook.domain.finding import NOWHERE, Place
from policybook.domain.model import Audience, ClauseKind, Marker, SchoolKind, Value

TailoringKind = Literal["substitute", "omit", "insert", "move"]
Outcome = Literal[
    "approved", "approved-with-amendments", "deferred", "rejected", "chairs-action", "administrative", "withdrawn",
]  # fmt: skip
APPROVING: tuple[Outcome, ...] = ("approved", "approved-with-amendments", "chairs-action")


@dataclass(frozen=True, slots=True)
class School:
    """Any adopting body: school, academy, trust, federation, service."""

    id: str
    name: str
    kind: SchoolKind
    short_name: str = ""
    aliases: tuple[str, ...] = ()
    roles: dict[str, str] = field(default_factory=dict)
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Consultation:
    """Who was consulted on a departure that the model does not allow, and when."""

    with_whom: str
    on: date


@dataclass(frozen=True, slots=True)
class Tailoring:
    """One recorded departure from the model. `clause` is the model's clause, or the new id of an insert."""

    kind: TailoringKind
    clause: str
    reason: str
    text: str = ""
    after: str | None = None
    into: str | None = None
    clause_kind: ClauseKind = "paragraph"
    marker: Marker | None = None
    consulted: Consultation | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Decision:
    """What a body decided on an adoption, when, and where it is minuted.

    `delegation` says under which scheme the body could decide. `edition` names what was frozen, `exact` binds it.
    """

    outcome: Outcome
    body: str
    on: date
    minute: str = ""
    effective: date | None = None
    edition: str | None = None
    exact: str | None = None
    delegation: str = ""


@dataclass(frozen=True, slots=True)
class Adoption:
    """One school's record of one policy."""

    school: str
    policy: str
    model: str
    version: str
    values: dict[str, Value] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)
    tailorings: tuple[Tailoring, ...] = ()
    decisions: tuple[Decision, ...] = ()
    next_review: str = ""
    publish: Audience = "internal"
    covers: tuple[str, ...] = ()
    place: Place = NOWHERE
    places: dict[str, Place] = field(default_factory=dict, compare=False)

    @property
    def ref(self) -> str:
        """`school/policy`."""
        return f"{self.school}/{self.policy}"

    def place_of(self, key: str) -> Place:
        """Where a key of the record stands (`model`, `values.core_hours`), or the record where it has no such key."""
        return self.places.get(key, self.place)
