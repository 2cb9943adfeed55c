"""One school's adoption between two versions: what is there, what is left out, whose words stand, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from policybook.adopt.base import Base
from policybook.adopt.fill import Filler
from policybook.adopt.lineage import Group, ModelDifference, parameters_of
from policybook.adopt.number import number_clauses
from policybook.adopt.resolve import clause_names
from policybook.adopt.tailor import tailored_parts
from policybook.adopt.value import SCHOOL_PARAMETERS, effective_values
from policybook.domain.adoption import Adoption, School, Tailoring, TailoringKind
from policybook.domain.inline import plain
from policybook.domain.model import Clause, ModelVersion, Value
from policybook.domain.upgrade import RecordEdit, SchoolState
from policybook.text.inline import parse_inline
from policybook.text.placeholder import Placeholder, find_placeholders, split_placeholders

NOT_RECORDED = "not recorded"
"""The reason of a departure that a person has just decided on, until they write it down; reasons are never invented."""


@dataclass(frozen=True, slots=True)
class Side:
    """The adoption on one of the two versions.

    `shown` are the clauses that the version has for this school, `in_force` those that the school has not left out.
    """

    model: ModelVersion
    values: dict[str, Value]
    shown: frozenset[str]
    in_force: frozenset[str]
    numbers: dict[str, str]
    filler: Filler

    def words(self, clause: Clause, text: str | None = None) -> str:
        """A clause in plain words, or another text in its place, its blanks filled in; table rows one a line."""
        lines = [self.plain(clause.text if text is None else text)]
        lines += [" | ".join(self.plain(cell) for cell in row) for row in (clause.head, *clause.rows)]
        lines += [f"{entry.label}:" for entry in clause.fields]
        return "\n".join(line for line in (*lines, self.plain(clause.closing)) if line)

    def plain(self, text: str) -> str:
        """Clause words as a reader sees them."""
        return plain(self.filler.fill(text)) if "{{" in text else _plain(text)


@lru_cache(maxsize=8_192)
def _plain(text: str) -> str:
    """Words without blanks: a model's are the same for every school."""
    return plain(parse_inline(text))


@dataclass(frozen=True, slots=True)
class SchoolView:
    """What the steps of an upgrade are worked out from. Ids that were only renamed are the new ones throughout.

    `bases` are the words of the model that own wordings were made against, where those are not the old version's.
    """

    difference: ModelDifference
    adoption: Adoption
    school: School
    old: Side
    new: Side
    tailorings: dict[tuple[TailoringKind, str], Tailoring] = field(default_factory=dict)
    bases: dict[str, Base] = field(default_factory=dict)

    def tailoring(self, kind: TailoringKind, clause: str) -> Tailoring | None:
        """The school's departure of this kind from a clause."""
        return self.tailorings.get((kind, clause))

    def old_id(self, clause: str) -> str:
        """The id by which the old version's side knows a clause; renamed ones are known there by their old id."""
        return next((old for old, new in self.difference.renamed.items() if new == clause), clause)

    def is_omitted(self, group: Group) -> bool:
        """Whether the school had left the clause out, by itself or with the section it belongs to."""
        names = [entry.clause.id for entry in group.old]
        return bool(names) and all(name in self.old.shown and name not in self.old.in_force for name in names)

    def was_shown(self, group: Group) -> bool:
        """Whether the old version had the clause for this school."""
        return any(entry.is_part or entry.clause.id in self.old.shown for entry in group.old)

    def is_shown(self, group: Group) -> bool:
        """Whether the new version has the clause for this school."""
        return any(entry.is_part or entry.clause.id in self.new.shown for entry in group.new)

    def is_in_force(self, group: Group) -> bool:
        """Whether the clause would be there after the upgrade, were every departure kept."""
        return any(entry.is_part or entry.clause.id in self.new.in_force for entry in group.new)

    def state(self, group: Group) -> SchoolState:
        """The weightiest thing that the school had done with the clauses of a group."""
        names = {name for entry in group.old for name in (entry.clause.id, self.new_id(entry.clause.id))}
        if self.is_omitted(group):
            return "omitted"
        for kind, state in _STATES:
            if any((kind, name) in self.tailorings for name in names):
                return state
        if any(name in self.adoption.choices for name in names):
            return "choice"
        used = {name for entry in (*group.old, *group.new) for name in parameters_of(entry.clause)}
        return "value" if used & set(self.adoption.values) else "as-is"

    def new_id(self, clause: str) -> str:
        """The id of the new version for one of the old that was only renamed."""
        return self.difference.renamed.get(clause, clause)

    def used_parameters(self, group: Group) -> frozenset[str]:
        """The parameters in the words that the school has, or would get, for the clauses of a group."""
        used: set[str] = set()
        for entry in group.new:
            own = self.tailoring("substitute", entry.clause.id)
            used |= parameters_of(replace(entry.clause, text=own.text) if own else entry.clause)
        for entry in group.old:
            if not self.tailoring("substitute", self.new_id(entry.clause.id)):
                used |= parameters_of(entry.clause)
        return frozenset(used)

    def gone_references(self, text: str) -> list[Placeholder]:
        """The blanks and cross-references of a text that mean nothing in the new version."""
        own = {clause for kind, clause in self.tailorings if kind == "insert"}
        known = {*self.difference.new.parameters, *SCHOOL_PARAMETERS}
        clauses = {*self.difference.new_entries, *own}
        return [blank for blank in find_placeholders(text) if blank.name not in (clauses if blank.is_clause else known)]

    def without_gone(self, text: str) -> str:
        """A text with the blanks that are gone replaced by the words that they stood for."""
        gone = {blank.source for blank in self.gone_references(text)}
        pieces = (piece if isinstance(piece, str) else piece.source for piece in split_placeholders(text))
        return "".join(self.old.plain(piece) if piece in gone else piece for piece in pieces)


_STATES: tuple[tuple[TailoringKind, SchoolState], ...] = (("substitute", "substituted"), ("move", "moved"))


def view_school(
    difference: ModelDifference, adoption: Adoption, school: School, bases: Mapping[str, Base] | None = None
) -> SchoolView:
    """The adoption seen from both versions. `adoption` is pinned to the old one; `bases` go by its clause ids."""
    renamed = rename_clauses(adoption, difference.renamed)
    return SchoolView(
        difference,
        renamed,
        school,
        _side(difference.old, adoption, school),
        _side(difference.new, renamed, school),
        {(entry.kind, entry.clause): entry for entry in renamed.tailorings},
        {difference.renamed.get(name, name): base for name, base in (bases or {}).items()},
    )


def rename_clauses(adoption: Adoption, names: dict[str, str]) -> Adoption:
    """The adoption with clause ids replaced: in departures, their places and cross-references, and in choices."""
    if not names:
        return adoption
    return replace(
        adoption,
        tailorings=tuple(_rename(entry, names) for entry in adoption.tailorings),
        choices={names.get(clause, clause): choice for clause, choice in adoption.choices.items()},
    )


def apply_edit(adoption: Adoption, edit: RecordEdit) -> Adoption:
    """The adoption after one edit; a departure that is put in place of another keeps its place in the file."""
    dropped = set(edit.drop)
    put = {(entry.kind, entry.clause): entry for entry in edit.put}
    kept = [put.pop((e.kind, e.clause), e) for e in adoption.tailorings if (e.kind, e.clause) not in dropped]
    values = {name: value for name, value in adoption.values.items() if name not in edit.unset}
    choices = {clause: choice for clause, choice in adoption.choices.items() if clause not in edit.unchoose}
    return replace(
        adoption,
        tailorings=(*kept, *put.values()),
        values=values | dict(edit.values),
        choices=choices | dict(edit.choices),
    )


def _rename(entry: Tailoring, names: dict[str, str]) -> Tailoring:
    return replace(
        entry,
        clause=names.get(entry.clause, entry.clause),
        after=names.get(entry.after, entry.after) if entry.after else entry.after,
        into=names.get(entry.into, entry.into) if entry.into else entry.into,
        text=_rename_references(entry.text, names),
        head=tuple(_rename_references(cell, names) for cell in entry.head),
        rows=tuple(tuple(_rename_references(cell, names) for cell in row) for row in entry.rows),
    )


def _rename_references(text: str, names: dict[str, str]) -> str:
    pieces = []
    for piece in split_placeholders(text):
        if isinstance(piece, str):
            pieces.append(piece)
        elif piece.is_clause and piece.name in names:
            pieces.append(f"{{{{ clause:{names[piece.name]} }}}}")
        else:
            pieces.append(piece.source)
    return "".join(pieces)


def _side(model: ModelVersion, adoption: Adoption, school: School) -> Side:
    values = effective_values(model, adoption, school)
    parts = tailored_parts(model, adoption.tailorings, school.kind, values)
    in_force = frozenset(node.id for part in parts for node in part.walk())
    shown = frozenset(node.id for part in tailored_parts(model, (), school.kind, values) for node in part.walk())
    numbers = number_clauses(parts, model.numbering)
    filler = Filler(model.parameters, values, clause_names(parts, numbers))
    return Side(model, values, shown, in_force, numbers, filler)
