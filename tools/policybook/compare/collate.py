"""The matrix: many texts against one base, clause by clause."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from policybook.compare.cluster import find_clusters
from policybook.compare.compare import compare, prepare
from policybook.domain.comparison import Collation, CollationCell, CollationRow, Comparison, Reading, Row, Witness
from policybook.text.fingerprint import match_fingerprint


def collate(base: Witness, witnesses: Sequence[Witness], known: Sequence[Comparison] | None = None) -> Collation:
    """Every clause of the base, and after it what a witness adds there, with what each witness has.

    A clause that a witness joined with another stands in the cells of both. Rows are in the order of the base. `known`
    are the comparisons of these very readings with each witness, where they were worked out before.
    """
    prepared = prepare(base)
    comparisons = [compare(prepared, witness) for witness in witnesses] if known is None else known
    by_clause = [_rows_by_clause(base, comparison) for comparison in comparisons]
    additions = [_additions(base, comparison) for comparison in comparisons]
    rows = _addition_rows(-1, additions)
    for index, reading in enumerate(base.readings):
        cells = tuple(_cell(rows_of.get(index)) for rows_of in by_clause)
        rows.append(CollationRow(reading.id or str(index), reading.number, reading.text, cells, find_clusters(cells)))
        rows += _addition_rows(index, additions)
    return Collation(base, tuple(witnesses), tuple(rows))


def _rows_by_clause(base: Witness, comparison: Comparison) -> dict[int, Row]:
    places = _places(base)
    return {places[id(reading)]: row for row in comparison.rows for reading in row.left}


def _additions(base: Witness, comparison: Comparison) -> dict[int, list[Reading]]:
    """What the witness adds, by the index of the base's clause before it (-1: at the very beginning)."""
    places = _places(base)
    found: dict[int, list[Reading]] = defaultdict(list)
    index = -1
    for row in comparison.rows:
        if row.left:
            index = places[id(row.left[-1])]
        else:
            found[index] += row.right
    return found


def _places(base: Witness) -> dict[int, int]:
    """The index of each reading, by identity: the same words may stand twice."""
    return {id(reading): index for index, reading in enumerate(base.readings)}


def _cell(row: Row | None) -> CollationCell:
    if row is None or not row.right:
        return CollationCell("removed", "")
    text = row.after
    if row.change == "same":
        return CollationCell("as model", text)
    return CollationCell(row.change, text, row.facts)


def _addition_rows(index: int, additions: Sequence[dict[int, list[Reading]]]) -> list[CollationRow]:
    """One row for each text added there; witnesses that add the same words stand in the same row."""
    rows: dict[tuple[str, int], tuple[Reading, int, list[CollationCell]]] = {}
    for column, found in enumerate(additions):
        times: Counter[str] = Counter()
        for reading in found.get(index, []):
            key = match_fingerprint(reading.text)
            times[key] += 1
            empty = [CollationCell("not there", "")] * len(additions)
            cells = rows.setdefault((key, times[key]), (reading, column, empty))[2]
            cells[column] = CollationCell("added", reading.text)
    return [
        CollationRow(reading.id or f"added.{column}", reading.number, "", tuple(cells), find_clusters(cells))
        for reading, column, cells in rows.values()
    ]
