"""The adoption that an edited copy asks for, while it is put together: what was recorded, and what could not be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from policybook.domain.adoption import Adoption, School, Tailoring
from policybook.domain.inline import Run
from policybook.domain.model import Clause, ClauseKind, Marker, Value
from policybook.domain.resolved import ResolvedClause, ResolvedPolicy
from policybook.domain.taken import Taken, TakenKind, Unplaced


@dataclass(frozen=True, slots=True)
class ReadClause:
    """One clause of the copy, in its order. `id` is None for what the school added.

    `text` is on one line. `sent` are its runs as they were printed, None where these are no longer known: then its
    words were changed both in the copy and in the record. `is_edited`: its words are others than those printed.
    """

    id: str | None
    runs: tuple[Run, ...]
    text: str
    kind: ClauseKind = "paragraph"
    marker: Marker = "none"
    place: str = ""
    is_edited: bool = False
    sent: tuple[Run, ...] | None = None

    @property
    def key(self) -> str:
        """By what reasons and authors are found: the id, or the place of what was added."""
        return self.id or self.place


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person said beside the text.

    `values` by parameter (None: what holds without an entry), `choices` by clause, `reasons` and `authors` by clause
    id, or by the place of what was added. `otherwise` is the reason of every departure that has none.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    authors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    otherwise: str | None = None


class Draft:
    """`before` is the adoption as recorded, `after` the one that the copy asks for; `today` its clauses by id."""

    def __init__(self, policy: ResolvedPolicy, answers: Answers) -> None:
        """Raises ValueError for a model on its own: a copy is taken for an adoption."""
        if policy.adoption is None or policy.school is None:
            raise ValueError("a copy is taken for an adoption")
        self.policy, self.answers = policy, answers
        self.school: School = policy.school
        self.before: Adoption = policy.adoption
        self.after: Adoption = policy.adoption
        self.today: dict[str, ResolvedClause] = {clause.id: clause for clause in policy.clauses}
        self.models: dict[str, Clause] = {clause.id: clause for clause in policy.model.walk()}
        self.changes: list[Taken] = []
        self.unplaced: list[Unplaced] = []

    def own(self, clause: str) -> Tailoring | None:
        """The recorded departure whose words the clause prints today: a substitution or the school's addition."""
        kinds = ("substitute", "insert")
        return next((e for e in self.before.tailorings if e.clause == clause and e.kind in kinds), None)

    def add(self, entry: Tailoring) -> None:
        """Records a departure."""
        self.after = replace(self.after, tailorings=(*self.after.tailorings, entry))

    def change(self, old: Tailoring, new: Tailoring) -> None:
        """Records a departure in place of another."""
        entries = tuple(new if entry is old else entry for entry in self.after.tailorings)
        self.after = replace(self.after, tailorings=entries)

    def drop(self, gone: Tailoring) -> None:
        """Takes a departure out; what the school added behind an addition goes where that one stood."""
        entries = [entry for entry in self.after.tailorings if entry is not gone]
        if gone.kind == "insert":
            entries = [
                replace(entry, after=gone.after, into=gone.into) if entry.after == gone.clause else entry
                for entry in entries
            ]
        self.after = replace(self.after, tailorings=tuple(entries))

    def reason(self, key: str) -> str | None:
        """The reason that somebody gave for a clause; None where nobody did."""
        return self.answers.reasons.get(key) or self.answers.otherwise

    def authors(self, *keys: str | None) -> tuple[str, ...]:
        """Who wrote it, as far as the file says so."""
        found = (author for key in keys if key for author in self.answers.authors.get(key, ()))
        return tuple(dict.fromkeys(found))

    def tell(self, kind: TakenKind, clause: str, before: str, after: str, reason: str | None) -> None:
        """Notes a change; `reason` None asks for one."""
        self.changes.append(Taken(kind, clause, self._number(clause), before, after, reason, self.authors(clause)))

    def _number(self, clause: str) -> str:
        """How a reader finds a clause: its number, or that of the one it stands under."""
        above = ""
        for one in self.policy.clauses:
            if one.id == clause:
                return one.number or (f"under {above}" if above else "")
            above = one.number if one.number and not one.number.startswith("(") else above
        return ""

    def leave(self, entry: ReadClause, why: str, mend: str) -> None:
        """Notes words that could not be taken."""
        self.unplaced.append(Unplaced(entry.text, why, mend, entry.place, entry.id or ""))
