"""Which model a document follows, and on what evidence."""

from __future__ import annotations

from dataclasses import dataclass


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
class Identity:
    """The answer for one document.

    `model`, `version` and `adoption` are None where it follows none that is known or where that cannot be told.
    `marked` is what the file says of itself where we built it, `altered` whether its words are no longer those (None
    where that cannot be told). `likenesses` are the nearest texts, best first.
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
