"""Definitions and the clauses that lean on them: a definition that goes changes clauses whose own words hardly do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from policybook.compare.binding import binds
from policybook.compare.figure import age_direction
from policybook.compare.measure import measures_of
from policybook.domain.comparison import Direction, Fact, Reading, Row

_DEFINITION = re.compile(r"['‘’“\"(]?\b(?P<term>[\w-]+(?: [\w-]+)?)\b['’”\")]? (?:is|are) defined as\b|"
                         r"\b(?:a|an|the|here,?) ['‘“\"]?(?P<term2>[\w-]+(?: [\w-]+){0,2})['’”\"]? (?:means|is taken to mean|is anyone|is any)\b", re.I)  # fmt: skip


_CUES = ("defined as", " means", "taken to mean", " is any")
"""A text without any of these defines nothing."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A term, what its definition states ("18 or under"), and whether that is an age.

    `is_note` says that it stands in a note below, to which clauses point with a star or "as defined".
    """

    term: str
    stated: tuple[str, ...]
    is_age: bool
    is_note: bool


def find_definitions(readings: Iterable[Reading]) -> Iterator[Definition]:
    """The definitions that state an age or another measure, in order; a modelled clause says itself what it defines."""
    for reading in readings:
        if not reading.defines and not _defines(reading.text):
            continue
        match = _DEFINITION.search(reading.text)
        terms = reading.defines or (_terms(match) if match else ())
        start = match.start() if match and not reading.defines else 0
        stated, is_age = _stated(reading.text[start:])
        for term in terms:
            if stated:
                is_note = reading.text.lstrip("\\ ").startswith(("*", "†", "1 "))
                yield Definition(term.lower().removesuffix("s"), stated, is_age, is_note)


def _terms(match: re.Match[str]) -> Sequence[str]:
    if match["term"]:
        return match["term"].split()[-1:]
    return (re.sub(r"^(?:an?|the) ", "", match["term2"], flags=re.I),)


def add_consequences(rows: Sequence[Row]) -> list[Row]:
    """The rows, with a fact on each clause that leans on a definition which changed or went.

    A clause leans on it when it stars the term (`pupils*`) or says "as defined"; where no clause does and the
    definition is no note, when it binds somebody by the term.
    """
    if not any(_may_define(row) for row in rows if row.change != "same"):
        return list(rows)
    before = {entry.term: entry for entry in find_definitions(reading for row in rows for reading in row.left)}
    after = {entry.term: entry for entry in find_definitions(reading for row in rows for reading in row.right)}
    changed = [
        _Change(term, before.get(term), after.get(term), _is_pointed_to(rows, term))
        for term in sorted(before.keys() | after.keys())
        if before.get(term) != after.get(term)
    ]
    return [_with_consequences(row, changed) for row in rows] if changed else list(rows)


@dataclass(frozen=True, slots=True)
class _Change:
    """A definition before and after (None: none), and whether clauses point to it."""

    term: str
    before: Definition | None
    after: Definition | None
    is_pointed_to: bool

    def reaches(self, row: Row) -> bool:
        text = " ".join(reading.text for reading in (*row.left, *row.right))
        if self.is_pointed_to or any(entry and entry.is_note for entry in (self.before, self.after)):
            return _points_to(text, self.term)
        is_named = all(_names(reading.text, self.term) for reading in (row.left[0], row.right[0]))
        return is_named and binds(text) and not _may_define(row)

    def fact(self, text: str) -> Fact:
        """What the change does to one clause: told as an age where the definition states one."""
        is_age = any(entry and entry.is_age for entry in (self.before, self.after))
        old, new = (entry.stated if entry else () for entry in (self.before, self.after))
        direction: Direction = "unclear"
        if is_age and (old and new):
            direction = age_direction(text, old[0], new[0])
        elif old and not new and binds(text):
            direction = "weaker"
        why = _why(self.term.capitalize(), ", ".join(old), ", ".join(new), is_age=is_age)
        tail = f": {direction}." if direction != "unclear" else "."
        return Fact("age" if is_age else "definition", ", ".join(old), ", ".join(new), why + tail, direction)


@lru_cache(maxsize=16_384)
def _defines(text: str) -> bool:
    folded = text.casefold()
    return any(cue in folded for cue in _CUES) and _DEFINITION.search(text) is not None


def _may_define(row: Row) -> bool:
    return any(reading.defines or _defines(reading.text) for reading in (*row.left, *row.right))


def _stated(text: str) -> tuple[tuple[str, ...], bool]:
    """The ages that a definition states, or its other measures; "18" is not told beside "18 or under"."""
    measures = measures_of(text)
    ages = [measure for measure in measures if measure.kind == "age"]
    values = list(dict.fromkeys(measure.value for measure in ages or measures))
    return tuple(value for value in values if f"{value} or under" not in values), bool(ages)


def _with_consequences(row: Row, changed: Sequence[_Change]) -> Row:
    if not row.left or not row.right:
        return row
    text = " ".join(reading.text for reading in (*row.left, *row.right))
    found = [change.fact(text) for change in changed if change.reaches(row)]
    if not found:
        return row
    # The words that pointed to the definition are told with it.
    own = [fact for fact in row.facts if "as defined" not in f"{fact.before} {fact.after}"]
    return replace(row, facts=(*own, *found), change="substantive")


def _why(name: str, old: str, new: str, *, is_age: bool) -> str:
    what = "age" if is_age else "limit"
    if old and new:
        return f"What “{name}” means: {what} “{old}” became “{new}”, and this section leans on it"
    if new:
        return f"“{name}” is now defined ({new}), and this section leans on that meaning"
    return f"“{name}” was defined ({old}); that definition is gone, and with it the {what} in this section"


def _is_pointed_to(rows: Sequence[Row], term: str) -> bool:
    return any(_points_to(reading.text, term) for row in rows for reading in (*row.left, *row.right))


def _points_to(text: str, term: str) -> bool:
    if "*" not in text and "defined" not in text:
        return False
    starred = rf"\b{re.escape(term)}s?(?:\(s\))?\s?\\?\*"
    named = rf"\b{re.escape(term)}s?(?:\(s\))?,? (?:\w+ )?as defined\b"
    return re.search(f"{starred}|{named}", text, re.I) is not None


def _names(text: str, term: str) -> bool:
    return re.search(rf"\b{re.escape(term)}s?\b", text, re.I) is not None
