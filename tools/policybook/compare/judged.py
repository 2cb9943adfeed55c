"""People's judgements laid beside the program's own; one whose words have changed since has lapsed, and is told so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from policybook.domain.comparison import Comparison, Position, PositionTable, Row
from policybook.domain.judgement import Confirmed, Judged, without_version
from policybook.text.fingerprint import exact_fingerprint

Words = tuple[str, str]


def add_judgements(comparison: Comparison, judgements: Iterable[Judged]) -> Comparison:
    """The comparison with what people said of its rows, whichever of the two texts they named first."""
    said = list(_of_these(comparison, judgements))
    if not said:
        return comparison
    by_words = {entry.words: entry for entry in said}
    # Two versions of one text: other words there are another change, not this one changed.
    by_clause = {entry.clause: entry for entry in said if entry.refs[0] != entry.refs[1]}
    return replace(comparison, rows=tuple(_with_judgement(row, by_words, by_clause) for row in comparison.rows))


def words_of_row(row: Row) -> Words:
    """The fingerprints of the words on either side; how they are cut into sections does not count."""
    return fingerprint(reading.text for reading in row.left), fingerprint(reading.text for reading in row.right)


def name_of_row(row: Row) -> str:
    """How people name a row: the clause's id, else its number, else its first words."""
    reading = (row.left or row.right)[0]
    ids = [entry.id for entry in (*row.left, *row.right) if entry.id]
    return ids[0] if ids else reading.number or " ".join(reading.text.split()[:8])


def add_confirmations(
    table: PositionTable, texts: Mapping[str, Sequence[str]], confirmations: Iterable[Confirmed]
) -> PositionTable:
    """The table with what people said of its positions; `texts` are the clauses of each text, by ref."""
    said = {(entry.topic, entry.ref): entry for entry in confirmations}
    if not said:
        return table
    prints = {ref: {fingerprint([text]) for text in clauses} | {fingerprint(clauses)} for ref, clauses in texts.items()}
    found = {
        key: _with_confirmation(position, said.get((position.topic, without_version(position.ref))), prints)
        for key, position in table.positions.items()
    }
    return replace(table, positions=found)


def fingerprint(texts: Iterable[str]) -> str:
    """What binds a judgement to words."""
    return exact_fingerprint([" ".join(texts)])


def _of_these(comparison: Comparison, judgements: Iterable[Judged]) -> Iterable[Judged]:
    refs = without_version(comparison.left.ref), without_version(comparison.right.ref)
    for entry in judgements:
        if entry.refs == refs:
            yield entry
        if entry.refs == refs[::-1]:
            yield replace(entry, refs=refs, words=entry.words[::-1])


def _with_judgement(row: Row, by_words: Mapping[Words, Judged], by_clause: Mapping[str, Judged]) -> Row:
    if row.change == "same":
        return row
    judged = by_words.get(words_of_row(row))
    if judged:
        return replace(row, judged=judged)
    lapsed = by_clause.get(name_of_row(row))
    return replace(row, lapsed=lapsed) if lapsed else row


def _with_confirmation(position: Position, said: Confirmed | None, prints: Mapping[str, set[str]]) -> Position:
    if said is None:
        return position
    holds = said.words in prints.get(position.ref, ())
    return replace(position, confirmed=said) if holds else replace(position, lapsed=said)
