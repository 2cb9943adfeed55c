"""Which model a document follows, and on what evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

AlterationKind = Literal["reworded", "moved", "gone", "added"]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much one text has in common with a document.

    `found` of its `clauses` stand in the document in the same or nearly the same words, `exact` of them word for word.
    `of_document` and `of_text` are shares of words, from 0 to 1, in those clauses; words that other models have too do
    not count. `telling` are sentences of the document that no other model has; `score` puts them together.
    """

    ref: str
    clauses: int
    found: int
    exact: int
    of_document: float
    of_text: float
    score: float
    telling: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alteration:
    """One clause altered by hand in a document that we built; `number` is the one it has in the record.

    `before` are the words as they were printed, empty where they are no longer known or where the clause was `added`;
    `clause` is None there. `after` and `place` are what stands in the document, empty where the clause is `gone`.
    """

    kind: AlterationKind
    clause: str | None
    before: str
    after: str
    place: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """The answer for one document.

    `model`, `version` and `adoption` are None where it follows none that is known or where that cannot be told.
    `marked` is what the file says of itself where we built it, `altered` whether its words are no longer those (None
    where that cannot be told) and `alterations` how, clause by clause. `superseded_by` is what took its place since: a
    newer version, or None where its words are those of today or that cannot be told. `likenesses` are the nearest
    texts, best first.
    """

    name: str
    verdict: str
    confidence: float
    model: str | None = None
    version: str | None = None
    adoption: str | None = None
    organisation: str = ""
    altered: bool | None = None
    marked: tuple[tuple[str, str], ...] = ()
    reasons: tuple[str, ...] = ()
    likenesses: tuple[Likeness, ...] = ()
    alterations: tuple[Alteration, ...] = ()
    superseded_by: str | None = None
