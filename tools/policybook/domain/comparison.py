"""Results of comparing texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from policybook.domain.judgement import Confirmed, Judged

ChangeKind = Literal["same", "value", "editorial", "reworded", "substantive", "added", "removed"]
CHANGE_KINDS: tuple[ChangeKind, ...] = ("same", "value", "editorial", "reworded", "substantive", "added", "removed")
CHANGE_WORDS: dict[str, str] = {
    "same": "No change",
    "value": "Names and details",
    "editorial": "Spelling and layout",
    "reworded": "Reworded",
    "substantive": "Change of substance",
    "added": "Added",
    "removed": "Left out",
}
"""What people are told of each `ChangeKind`; the kinds themselves are for programs."""
FactKind = Literal[
    "age", "number", "time", "date", "duration", "modal", "negation", "scope", "who",
    "authority", "sanction", "definition", "added-text", "dropped-text",
]  # fmt: skip
Direction = Literal["stricter", "weaker", "unclear"]
FoundBy = Literal["id", "exact", "words", "split"]
Operation = Literal["keep", "delete", "insert"]
Edit = tuple[Operation, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of one witness for one clause, without markup; `id` is None where it was never modelled.

    `formerly` are ids of earlier versions that this clause was made from, `topics` what it is about, `defines` the
    terms that it defines.
    """

    text: str
    id: str | None = None
    number: str | None = None
    kind: str = "paragraph"
    level: int = 1
    formerly: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    defines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Witness:
    """One text in a comparison.

    `names` are the names, roles and details that are the school's own; `model` is the model whose clause ids the
    readings carry, None for a text that was never modelled. `owner` is whose text it is, where that is known, and
    `schools` how many schools it serves. `front` is what a document says of itself, a line each.
    """

    siglum: str
    ref: str
    title: str
    readings: tuple[Reading, ...]
    names: tuple[str, ...] = ()
    model: str | None = None
    owner: str = ""
    schools: int = 1
    front: tuple[str, ...] = ()

    @property
    def short_title(self) -> str:
        """Whose text it is, else its title, and how many schools it serves besides: for the head of a narrow column."""
        others = f" (and {self.schools - 1} more)" if self.schools > 1 else ""
        return f"{self.owner or self.title}{others}"


@dataclass(frozen=True, slots=True)
class Fact:
    """Evidence of a change of substance (`age 18 -> 19`); `before` or `after` is empty where nothing is said."""

    kind: FactKind
    before: str
    after: str
    why: str
    direction: Direction = "unclear"


@dataclass(frozen=True, slots=True)
class Pair:
    """Indices into two lists of texts that answer each other; several on one side are a split or a join."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    confidence: float
    found_by: FoundBy
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a comparison of two witnesses: what answers what, and what changed.

    `judged` is a person's word on these very words, `lapsed` one on earlier words; neither alters `change`.
    """

    left: tuple[Reading, ...]
    right: tuple[Reading, ...]
    change: ChangeKind
    confidence: float
    found_by: FoundBy
    moved: bool = False
    facts: tuple[Fact, ...] = ()
    judged: Judged | None = None
    lapsed: Judged | None = None

    @property
    def before(self) -> str:
        """The words of the left side; those of a split or joined clause as one text."""
        return joined_text(self.left)

    @property
    def after(self) -> str:
        """The words of the right side."""
        return joined_text(self.right)


def joined_text(readings: Sequence[Reading]) -> str:
    """The words of a split or joined clause as one text."""
    return readings[0].text if len(readings) == 1 else " ".join(reading.text for reading in readings)


@dataclass(frozen=True, slots=True)
class Substitution:
    """Words replaced throughout a document, told once."""

    before: str
    after: str
    count: int
    kind: Literal["name", "who"]
    why: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two witnesses, aligned and judged; every clause of either side stands in exactly one row.

    `notes` are what a reader must know of how it was made: what was not looked for, and why.
    """

    left: Witness
    right: Witness
    rows: tuple[Row, ...]
    substitutions: tuple[Substitution, ...] = ()
    notes: tuple[str, ...] = ()

    def summary(self) -> dict[ChangeKind, int]:
        """How many rows of each kind of change."""
        counts = dict.fromkeys(CHANGE_KINDS, 0)
        for row in self.rows:
            counts[row.change] += 1
        return counts


@dataclass(frozen=True, slots=True)
class CollationCell:
    """What one adopter has for one row of the matrix. `state` is a glossary word; `text` the words, empty if none."""

    state: Literal["as model", "value", "editorial", "reworded", "substantive", "added", "removed", "not there"]
    text: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Cluster:
    """Witnesses that share one departure in one row; `columns` are their places among the collation's witnesses.

    `why` are the sentences that tell the departure. A cluster of one is a witness that stands alone there.
    """

    state: Literal["reworded", "substantive", "added", "removed"]
    why: tuple[str, ...]
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CollationRow:
    """One clause over all witnesses; `cells` in the order of the collation's witnesses, largest of `clusters` first."""

    clause: str
    number: str | None
    text: str
    cells: tuple[CollationCell, ...]
    clusters: tuple[Cluster, ...] = ()


@dataclass(frozen=True, slots=True)
class Collation:
    """The matrix of many texts against one base."""

    base: Witness
    witnesses: tuple[Witness, ...]
    rows: tuple[CollationRow, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """What one witness says on one topic. `answer` is None for "not stated"; `words` is the text that says so.

    `confirmed` is what a person says of these very words, `lapsed` of earlier ones; neither alters `answer`.
    """

    topic: str
    ref: str
    answer: str | None
    words: str = ""
    clause: str | None = None
    number: str | None = None
    found_by: Literal["parameter", "topic", "cue", "nothing"] = "nothing"
    confidence: float = 1.0
    confirmed: Confirmed | None = None
    lapsed: Confirmed | None = None

    @property
    def said(self) -> str | None:
        """The answer to show: a person's where there is one, else the program's."""
        return self.confirmed.answer if self.confirmed else self.answer


@dataclass(frozen=True, slots=True)
class PositionTable:
    """Topics by witnesses; `columns` are (ref, title) pairs, `positions` is keyed by (topic, ref).

    `schools` says how many schools a text serves, by ref, where that is not one.
    """

    topics: tuple[tuple[str, str], ...]
    columns: tuple[tuple[str, str], ...]
    positions: dict[tuple[str, str], Position] = field(default_factory=dict)
    schools: dict[str, int] = field(default_factory=dict)
