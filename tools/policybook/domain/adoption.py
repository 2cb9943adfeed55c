"""Schools and their adoptions: a pinned model version, values and recorded tailorings; home-grown policies."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from policybook.domain.finding import NOWHERE, Place
from policybook.domain.model import Audience, ClauseKind, Marker, Parameter, SchoolKind, Tailorable, Value

TailoringKind = Literal["substitute", "omit", "insert", "move"]
Outcome = Literal[
    "approved", "approved-with-amendments", "deferred", "rejected", "chairs-action", "administrative", "withdrawn",
]  # fmt: skip
INHERITED = "not recorded (inherited)"
"""The reason of a departure that was found in a school's own document; reasons are never invented."""
APPROVING: tuple[Outcome, ...] = ("approved", "approved-with-amendments", "chairs-action")


@dataclass(frozen=True, slots=True)
class School:
    """Any adopting body: school, academy, trust, federation, service.

    `values` hold for all its policies, by the name of a parameter or by the topic of one. `template` names the folder
    of `templates/` that its documents are laid out by, empty for the default.
    """

    id: str
    name: str
    kind: SchoolKind
    short_name: str = ""
    aliases: tuple[str, ...] = ()
    roles: dict[str, str] = field(default_factory=dict)
    place: Place = NOWHERE
    values: dict[str, Value] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict, compare=False)
    template: str = ""

    def key_of(self, parameter: Parameter) -> str | None:
        """Under which name `values` speak of a parameter: its own, else that of its topic; None where they do not."""
        keys = (key for key in (parameter.name, parameter.topic) if key in self.values)
        return next(keys, None)

    def value_of(self, parameter: Parameter) -> Value:
        """What the school says for a parameter in all its policies: a value, else a role's title; None for neither."""
        key = self.key_of(parameter)
        if key is not None:
            return self.values[key]
        return self.roles.get(parameter.name) if parameter.type == "role" else None

    def place_of(self, key: str) -> Place:
        """Where a key of the record stands (`values.core_hours`), or the record where it has no such key."""
        return self.places.get(key, self.place)


@dataclass(frozen=True, slots=True)
class Consultation:
    """Who was consulted on a departure that the model does not allow, and when."""

    with_whom: str
    on: date


@dataclass(frozen=True, slots=True)
class Tailoring:
    """One recorded departure from the model. `clause` is the model's clause, or the new id of an insert.

    `head` and `rows` are the cells of a table that the school inserts.
    """

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
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """The words as written: the text, then each cell of the table."""
        return (self.text, *self.head, *(cell for row in self.rows for cell in row))


@dataclass(frozen=True, slots=True)
class Decision:
    """What a body decided on an adoption, when, and where it is minuted.

    `delegation` says under which scheme the body could decide. `edition` names what was frozen, `exact` binds it.
    `published` is the day on which the school made the policy known, which follows later.
    """

    outcome: Outcome
    body: str
    on: date
    minute: str = ""
    effective: date | None = None
    edition: str | None = None
    exact: str | None = None
    delegation: str = ""
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Adoption:
    """One school's record of one policy.

    `model` and `version` are a publisher's, or a policy of another school (`trust/policy`) and the name of one of its
    editions. `covers` are other schools that this one record serves. `tighten` gives clauses a stricter class, and
    `fixed_values` names values, for the schools that adopt this policy in their turn.
    """

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
    tighten: dict[str, Tailorable] = field(default_factory=dict)
    fixed_values: tuple[str, ...] = ()

    @property
    def ref(self) -> str:
        """`school/policy`."""
        return f"{self.school}/{self.policy}"

    @property
    def schools(self) -> tuple[str, ...]:
        """The schools that this record serves, its own first, then those of `covers`; each once."""
        return tuple(dict.fromkeys((self.school, *self.covers)))

    @property
    def model_ref(self) -> str:
        """`publisher/policy@version`, or `trust/policy@edition`."""
        return f"{self.model}@{self.version}"

    def place_of(self, key: str) -> Place:
        """Where a key of the record stands (`model`, `values.core_hours`), or the record where it has no such key."""
        return self.places.get(key, self.place)


@dataclass(frozen=True, slots=True)
class HomeGrown:
    """A policy that follows no model: the register knows it, its words stand in a document that is not read by clause.

    `file` is the path as written, from the folder of the record or from the workspace. `owner` looks after it.
    """

    school: str
    policy: str
    title: str
    file: str
    owner: str = ""
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

    @property
    def schools(self) -> tuple[str, ...]:
        """The schools that this record serves, its own first, then those of `covers`; each once."""
        return tuple(dict.fromkeys((self.school, *self.covers)))

    def place_of(self, key: str) -> Place:
        """Where a key of the record stands (`file`), or the record where it has no such key."""
        return self.places.get(key, self.place)


PolicyRecord = Adoption | HomeGrown
"""What stands in an `adoption.yaml`."""


def value_in_force(parameter: Parameter, adoption: Adoption | None, school: School | None) -> Value:
    """What a policy prints for a parameter; None is a blank.

    A value that a trust fixed, else the adoption's, else the school's own for all its policies, else the model's.
    """
    if parameter.fixed:
        return parameter.default
    if adoption and parameter.name in adoption.values:
        return adoption.values[parameter.name]
    own = school.value_of(parameter) if school else None
    return parameter.default if own is None else own
