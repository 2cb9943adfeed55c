"""Definitions and the clauses that lean on them: a definition that goes changes clauses whose own words hardly do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from policybook.compare.measure import find_measures
from policybook.domain.comparison import Fact, Reading, Row

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
        match = _DEFINITION.search(reading.text)
        terms = reading.defines or ((match["term"] or match["term2"]).split()[-1:] if match else ())
        start = match.start() if match and not reading.defines else 0
        stated = ", ".join(dict.fromkeys(measure.value for measure in find_measures(reading.text[start:])))
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


def _with_consequences(row: Row, changed: dict[str, tuple[str, str]]) -> Row:
    if not row.left or not row.right:
        return row
    text = " ".join(reading.text for reading in (*row.left, *row.right))
    facts = list(row.facts)
    for term, (old, new) in sorted(changed.items()):
        if not _leans_on(text, term):
            continue
        why = f"“{term}” was defined here by {old}; that definition is gone, so the age limit of this section goes too."
        if old and new:
            why = f"“{term}” is defined otherwise now ({old} became {new}), and this section leans on it."
        elif new:
            why = f"“{term}” is defined now ({new}), and this section leans on it."
        facts.append(Fact("definition", old, new, why, "weaker" if old and not new else "unclear"))
    return replace(row, facts=tuple(facts), change="substantive") if len(facts) > len(row.facts) else row


def _leans_on(text: str, term: str) -> bool:
    starred = rf"\b{re.escape(term)}s?(?:\(s\))?\s?\\?\*"
    named = rf"\b{re.escape(term)}s?(?:\(s\))?,? (?:\w+ )?as defined\b"
    return re.search(f"{starred}|{named}", text, re.I) is not None
