"""The text in force: model and adoption put together, each clause knowing where its words came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from policybook.domain.adoption import Adoption, School, Tailoring
from policybook.domain.inline import Run, plain
from policybook.domain.model import ClauseKind, FormField, Marker, ModelVersion, Value

Origin = Literal["model", "values", "choice", "substituted", "inserted", "moved"]


@dataclass(frozen=True, slots=True)
class ResolvedClause:
    """One clause as printed.

    `number` is None where nothing is printed; `depth` counts from 0 for a part's heading; `part` is the id of its part.
    `origin` tells whose words they are, `tailoring` the record that made them so.
    """

    id: str
    kind: ClauseKind
    depth: int
    number: str | None
    marker: Marker
    runs: tuple[Run, ...]
    part: str
    origin: Origin = "model"
    tailoring: Tailoring | None = None
    topics: tuple[str, ...] = ()
    defines: tuple[str, ...] = ()
    note: str = ""
    head: tuple[tuple[Run, ...], ...] = ()
    rows: tuple[tuple[tuple[Run, ...], ...], ...] = ()
    fields: tuple[FormField, ...] = ()
    source: str = ""
    supersedes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Plain words: the runs, then the cells of a table and the labels of a form, one a line."""
        lines = [plain(self.runs)]
        lines += [" | ".join(plain(cell) for cell in row) for row in (self.head, *self.rows) if row]
        lines += [f"{field.label}:" for field in self.fields]
        return "\n".join(line for line in lines if line)


@dataclass(frozen=True, slots=True)
class ResolvedPolicy:
    """A policy's text in force, in reading order. For a model on its own, `adoption` and `school` are None.

    `serves` are the names of the other schools that the same text serves.
    """

    model: ModelVersion
    clauses: tuple[ResolvedClause, ...]
    values: dict[str, Value] = field(default_factory=dict)
    adoption: Adoption | None = None
    school: School | None = None
    omitted: tuple[Tailoring, ...] = ()
    serves: tuple[str, ...] = ()

    @property
    def ref(self) -> str:
        """`school/policy`, or `publisher/policy@version` for a model on its own."""
        return self.adoption.ref if self.adoption else self.model.ref

    @property
    def owner(self) -> str:
        """The name of the school, or of the publisher."""
        return self.school.name if self.school else self.model.publisher.name
