"""Definitions and the clauses that lean on them: a definition that goes changes clauses whose own words hardly do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from policybook.compare.binding import binds
from policybook.compare.measure import measures_of
from policybook.domain.comparison import Direction, Fact, Reading, Row

_DEFINITION = re.compile(r"['‘’“\"(]?\b(?P<term>[\w-]+(?: [\w-]+)?)\b['’”\")]? (?:is|are) defined as\b|"
                         r"\b(?:a|an|the|here,?) ['‘“\"]?(?P<term2>[\w-]+)['’”\"]? (?:means|is taken to mean|is anyone|is any)\b", re.I)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Definition:
    """A term, and what its definition states ("18 or under, 18")."""

    term: str
    stated: str


def find_definitions(readings: Iterable[Reading]) -> Iterator[Definition]:
    """The definitions that state an age or another measure, in order; a modelled clause says itself what it defines."""
    for reading in readings:
        if not reading.defines and not _defines(reading.text):
            continue
        match = _DEFINITION.search(reading.text)
        terms = reading.defines or ((match["term"] or match["term2"]).split()[-1:] if match else ())
        start = match.start() if match and not reading.defines else 0
        stated = _stated(reading.text[start:])
        for term in terms:
            if stated:
                yield Definition(term.lower().removesuffix("s"), stated)


def add_consequences(rows: Sequence[Row]) -> list[Row]:
    """The rows, with a fact on each clause that leans on a definition which changed or went.

    A clause leans on it when it stars the term (`pupils*`) or says "as defined".
    """
    before = {entry.term: entry for entry in find_definitions(reading for row in rows for reading in row.left)}
    after = {entry.term: entry for entry in find_definitions(reading for row in rows for reading in row.right)}
    changed = {
        term: (before[term].stated if term in before else "", after[term].stated if term in after else "")
        for term in before.keys() | after.keys()
        if before.get(term) != after.get(term)
    }
    return [_with_consequences(row, changed) for row in rows] if changed else list(rows)


@lru_cache(maxsize=16_384)
def _defines(text: str) -> bool:
    return _DEFINITION.search(text) is not None


def _stated(text: str) -> str:
    """The measures a definition states; "18" is not told beside "18 or under"."""
    values = list(dict.fromkeys(measure.value for measure in measures_of(text)))
    return ", ".join(value for value in values if f"{value} or under" not in values)


def _with_consequences(row: Row, changed: dict[str, tuple[str, str]]) -> Row:
    if not row.left or not row.right:
        return row
    text = " ".join(reading.text for reading in (*row.left, *row.right))
    found = [_consequence(term, *changed[term], text) for term in sorted(changed) if _leans_on(text, term)]
    if not found:
        return row
    # The words that pointed to the definition are told with it.
    own = [fact for fact in row.facts if "as defined" not in f"{fact.before} {fact.after}"]
    return replace(row, facts=(*own, *found), change="substantive")


def _consequence(term: str, old: str, new: str, text: str) -> Fact:
    name = term.capitalize()
    if old and new:
        why = f"“{name}” now means another: “{old}” became “{new}”. This section leans on that meaning."
        return Fact("definition", old, new, why)
    if new:
        return Fact("definition", old, new, f"“{name}” is now defined ({new}), and this section leans on that meaning.")
    why = f"“{name}” was defined ({old}). That definition is gone, and with it the limit in this section"
    direction: Direction = "weaker" if binds(text) else "unclear"
    return Fact("definition", old, new, f"{why}: weaker." if direction == "weaker" else f"{why}.", direction)


def _leans_on(text: str, term: str) -> bool:
    starred = rf"\b{re.escape(term)}s?(?:\(s\))?\s?\\?\*"
    named = rf"\b{re.escape(term)}s?(?:\(s\))?,? (?:\w+ )?as defined\b"
    return re.search(f"{starred}|{named}", text, re.I) is not None
