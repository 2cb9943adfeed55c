"""What the columns of a list of schools mean, and what stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from policybook.domain.model import Parameter, SchoolKind, Topic
from policybook.domain.workspace import Workspace
from policybook.intake.sheet_table import folded_heading

HEADINGS: dict[str, tuple[str, ...]] = {
    "id": ("id", "school id", "policybook id", "record"),
    "name": (
        "name", "school", "school name", "name of school", "name of the school", "establishment", "establishment name",
        "establishmentname", "organisation", "organisation name",
    ),
    "short_name": ("short name", "known as", "abbreviation", "short form", "initials", "acronym"),
    "kind": (
        "kind", "type", "kind of school", "type of school", "school type", "establishment type",
        "type of establishment", "typeofestablishment name",
    ),
    "aliases": ("aliases", "alias", "also known as", "other names", "former names", "previous names", "former name"),
    "town": ("town", "place", "village", "locality"),
}  # fmt: skip
"""By meaning, the headings that are known, in small letters and without signs. `town` only tells apart two schools of
one name."""
_ROLE = re.compile(r"role (?:of (?:the )?)?(.+)|(.+?)(?: s)? title|title of (?:the )?(.+)")
_KINDS: tuple[tuple[SchoolKind, tuple[str, ...]], ...] = (
    ("trust", ("multi academy trust", "single academy trust", "academy trust", "trust", "mat")),
    ("academy", ("academy", "academies", "free school", "free schools", "studio school", "utc")),
    ("federation", ("federation", "federated")),
    ("service", ("service", "services")),
    ("school", ("school", "schools", "nursery", "infant", "junior", "primary", "secondary", "maintained", "community",
                "voluntary aided", "voluntary controlled", "foundation", "pupil referral unit", "college")),
)  # fmt: skip
_PERSON = re.compile(r"(mr|mrs|ms|miss|mx|dr|sir|dame|rev|revd|prof)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Known:
    """What a heading may name beside those of `HEADINGS`: parameters by name, and topics, of the whole workspace."""

    parameters: Mapping[str, tuple[Parameter, ...]] = field(default_factory=dict)
    topics: Mapping[str, Topic] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)

    def key_of(self, heading: str) -> str | None:
        """`name`, `kind` and the like; `role:NAME` for a role's title; `value:NAME` for a value; None: not known."""
        said = folded_heading(heading)
        for key, known in HEADINGS.items():
            if said in known:
                return key
        if said in self.headings:
            return self.headings[said]
        match = _ROLE.fullmatch(said)
        if match is None:
            return self.headings.get(said.removeprefix("value "))
        role = next(group for group in match.groups() if group)
        return self.headings.get(f"role {role}", f"role:{role.replace(' ', '_')}" if said.startswith("role") else None)

    def parameters_of(self, name: str) -> tuple[Parameter, ...]:
        """The parameters that a value of this name or topic would fill."""
        found = (entry for same in self.parameters.values() for entry in same if entry.topic == name)
        return self.parameters.get(name) or tuple(found)


def known_columns(records: Workspace) -> Known:
    """Headings made from the parameters and topics of the workspace: names and labels, of roles only with `role`.

    A column that is headed only `Headteacher` holds the name of a person as a rule, so it is not taken for a title.
    """
    parameters: dict[str, tuple[Parameter, ...]] = {}
    for model in records.models.values():
        for name, parameter in model.parameters.items():
            parameters[name] = (*parameters.get(name, ()), parameter)
    headings: dict[str, str] = {}
    for name, same in parameters.items():
        is_role = all(parameter.type == "role" for parameter in same)
        for words in _words_of(name, same):
            if is_role:
                headings.setdefault(f"role {words}", f"role:{name}")
            else:
                headings.setdefault(words, f"value:{name}")
    for name, topic in records.topics.items():
        if any(parameter.topic == name for same in parameters.values() for parameter in same):
            for words in (folded_heading(name), folded_heading(topic.label)):
                headings.setdefault(words, f"value:{name}")
    return Known(parameters, records.topics, headings)


def _words_of(name: str, same: Iterable[Parameter]) -> list[str]:
    return [folded_heading(name), *(folded_heading(parameter.label) for parameter in same)]


def read_kind(words: str) -> SchoolKind | None:
    """`Academy converter` is an academy, `Voluntary aided school` a school; None where it cannot be told."""
    said = f" {folded_heading(words)} "
    for kind, known in _KINDS:
        if any(f" {entry} " in said for entry in known):
            return kind
    return None


def is_person(words: str) -> bool:
    """Whether a role's title begins like the name of a person."""
    return bool(_PERSON.match(words))
