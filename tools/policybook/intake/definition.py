"""Notes under a clause that say what a word means, and the clauses that call them by a star."""

from __future__ import annotations

import re
from collections.abc import Iterable

from policybook.domain.source import SourceClause

_MARK = r"(?P<mark>\*{1,3}|†|‡|\[\d{1,2}\]|[¹²³⁴⁵])"
_NOTE = re.compile(rf"{_MARK}\s*(?=['\"‘“(]?\w)")
_MEANS = r"(?:(?:is|are) (?:here )?(?:defined as|taken to (?:mean|be))|means?\b|refers? to|stands? for)"
_TERM = re.compile(
    rf"{_MARK}\s*(?:(?:in this policy|here),? )?(?:the (?:term|word|phrase) |an? |the )?"
    rf"(?:['\"‘“](?P<quoted>[^'\"’”]{{2,40}})['\"’”]|(?P<bare>[^\W\d_][\w-]*(?: [\w-]+){{0,3}}?))\s+{_MEANS}",
    re.IGNORECASE,
)


def is_note(clause: SourceClause) -> bool:
    """Whether a clause is a note to another: it begins with a star or a like sign and has no number."""
    return clause.kind == "paragraph" and clause.number is None and bool(_NOTE.match(clause.text))


def defined_term(clause: SourceClause) -> str:
    """The word that a note defines ("* 'pupil' means anyone on roll": pupil); empty where it defines none."""
    found = _TERM.match(clause.text) if is_note(clause) else None
    return (found["quoted"] or found["bare"]).strip() if found else ""


def calls_of(note: SourceClause, clauses: Iterable[tuple[str, SourceClause]]) -> list[str]:
    """The ids of the clauses that call a note: by its word with its sign (`pupil*`), or by its sign alone.

    Another note does not call it, nor does a table's cell with a sign of its own.
    """
    found = _NOTE.match(note.text)
    if not found:
        return []
    mark = re.escape(found["mark"])
    term = re.escape(defined_term(note))
    called = re.compile(rf"\b{term}(?:s|\(s\))?{mark}(?!\*)" if term else rf"[\w)]{mark}(?!\*)", re.IGNORECASE)
    again = re.compile(rf"{mark}\W{{0,2}}{term}(?:s|\(s\))?\b" if term else r"(?!)", re.IGNORECASE)
    return [
        name
        for name, clause in clauses
        if clause is not note and not is_note(clause) and (called.search(clause.text) or again.search(clause.text))
    ]
