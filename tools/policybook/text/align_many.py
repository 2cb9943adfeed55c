"""Alignment of three or more lists of texts: which answer which over all of them."""

from __future__ import annotations

from collections.abc import Sequence

from policybook.text.align import Passage, align

Row = dict[int, int]
"""Of the texts that have a row (by their place in the list), which of their passages it is."""


def align_many(texts: Sequence[Sequence[Passage]]) -> list[Row]:
    """Rows in reading order; every passage of every text stands in exactly one.

    Progressive: the text that answers most of the others' comes first, and each other one is aligned with the rows so
    far. A row that only a later text has stands after the row before it in that text. Of a split or join the longest
    piece answers, the others have rows of their own.
    """
    if not texts:
        return []
    first = max(range(len(texts)), key=lambda index: (_answered(texts, index), -index))
    rows: list[Row] = [{first: place} for place in range(len(texts[first]))]
    for index in (index for index in range(len(texts)) if index != first):
        _add(rows, texts, index)
    return rows


def _answered(texts: Sequence[Sequence[Passage]], index: int) -> int:
    others = (other for place, other in enumerate(texts) if place != index)
    return sum(bool(pair.left and pair.right) for other in others for pair in align(texts[index], other))


def _add(rows: list[Row], texts: Sequence[Sequence[Passage]], index: int) -> None:
    own = texts[index]
    known = [texts[text][place] for row in rows for text, place in list(row.items())[:1]]
    row_of: dict[int, Row] = {}
    for pair in align(known, own):
        if pair.left and pair.right:
            place = max(pair.right, key=lambda entry: len(own[entry].text))
            row_of[place] = rows[max(pair.left, key=lambda entry: len(known[entry].text))]
    for place, row in row_of.items():
        row[index] = place
    before: Row | None = None
    for place in range(len(own)):
        if place not in row_of:
            at = next((at for at, row in enumerate(rows) if row is before), -1)
            row_of[place] = {index: place}
            rows.insert(at + 1, row_of[place])
        before = row_of[place]
