"""Two witnesses, aligned and judged."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from policybook.compare.classify import judge
from policybook.compare.definition import add_consequences
from policybook.compare.difference import Difference, difference_of
from policybook.compare.hunk import Hunk
from policybook.compare.substitution import NameTable, Sort, build_name_table, find_substitutions
from policybook.domain.comparison import Comparison, Pair, Reading, Row, Witness, joined_text
from policybook.text.align import Passage, align_kindred
from policybook.text.align_kindred import was_left_out

TOO_LONG = (
    "These texts are too long to look for the same rule in other words: sections are matched by their words only, and "
    "one that is called added or left out may be said in other words. Compare them part by part to be sure."
)
FACTS_OF_HEADINGS = frozenset(("age", "time", "duration", "date", "number"))
"""What a heading can state; it names a section, and asks or forbids nothing."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """The left of many comparisons, made ready once: its clauses as they are aligned, with their ids and without."""

    witness: Witness
    with_ids: tuple[Passage, ...]
    without_ids: tuple[Passage, ...]
    ids: frozenset[str | None]
    has_former_ids: bool


def prepare(witness: Witness) -> Prepared:
    """A text made ready to be compared with many."""
    readings = witness.readings
    ids = frozenset(reading.id for reading in readings)
    has_former_ids = any(reading.formerly for reading in readings)
    return Prepared(witness, tuple(_passages(readings, ids)), tuple(_plain(readings)), ids, has_former_ids)


def compare(left: Witness | Prepared, right: Witness) -> Comparison:
    """Which clause answers which, what changed, and which changes matter.

    Clauses of one model are paired by id, all others by their words. Every clause of either side stands in exactly
    one row, in the order of the left. A left that is compared with many is best prepared (`prepare`) once.
    """
    base = left if isinstance(left, Prepared) else prepare(left)
    pairs = _align(base, right)
    drafts = [_draft(base.witness.readings, right.readings, pair) for pair in pairs]
    changed = [draft for draft in drafts if isinstance(draft, _Changed)]
    names = (*base.witness.names, *right.names)
    table = build_name_table([draft.difference for draft in changed], base.witness.readings, right.readings, names)
    sorts: list[tuple[Hunk, Sort]] = []
    rows = [draft.judged(table, sorts) if isinstance(draft, _Changed) else draft for draft in drafts]
    notes = (TOO_LONG,) if was_left_out(pairs, len(base.witness.readings), len(right.readings)) else ()
    return Comparison(base.witness, right, tuple(add_consequences(rows)), find_substitutions(sorts), notes)


def _align(base: Prepared, right: Witness) -> tuple[Pair, ...]:
    """With ids only where both texts are of one model: another model's ids mean nothing here."""
    left = base.witness
    if left.model is None or left.model != right.model:
        return align_kindred(base.without_ids, _plain(right.readings))
    passages: Sequence[Passage] = base.with_ids
    if base.has_former_ids:
        passages = _passages(left.readings, {reading.id for reading in right.readings})
    return align_kindred(passages, _passages(right.readings, base.ids))


def _plain(readings: Sequence[Reading]) -> list[Passage]:
    return [Passage(entry.text, None, entry.kind == "heading") for entry in readings]


def _passages(readings: Sequence[Reading], known: Container[str | None]) -> list[Passage]:
    """With the id of each clause, or the earlier one by which the other text knows it."""
    return [
        Passage(entry.text, _shared_id(entry, known) if entry.formerly else entry.id, entry.kind == "heading")
        for entry in readings
    ]


def _shared_id(reading: Reading, known: Container[str | None]) -> str | None:
    if reading.id in known:
        return reading.id
    return next((former for former in reading.formerly if former in known), reading.id)


@dataclass(frozen=True, slots=True)
class _Changed:
    """Clauses that answer each other in other words, before they are judged."""

    left: tuple[Reading, ...]
    right: tuple[Reading, ...]
    pair: Pair
    difference: Difference

    def judged(self, table: NameTable, sorts: list[tuple[Hunk, Sort]]) -> Row:
        """The row, the names and habits of the two documents known; adds the sort of each of its places."""
        judgement, found = judge(self.difference, table)
        sorts += zip(self.difference.hunks, found, strict=True)
        change, facts = judgement.change, judgement.facts
        if facts and len(self.left) == len(self.right) == 1 and "heading" in (self.left[0].kind, self.right[0].kind):
            facts = tuple(fact for fact in facts if fact.kind in FACTS_OF_HEADINGS)
            change = "substantive" if facts else "reworded"
        pair = self.pair
        return Row(self.left, self.right, change, pair.confidence, pair.found_by, pair.moved, facts)


def _draft(lefts: Sequence[Reading], rights: Sequence[Reading], pair: Pair) -> Row | _Changed:
    left, right = _chosen(lefts, pair.left), _chosen(rights, pair.right)
    if not left:
        return Row(left, right, "added", pair.confidence, pair.found_by, pair.moved)
    if not right:
        return Row(left, right, "removed", pair.confidence, pair.found_by, pair.moved)
    before, after = joined_text(left), joined_text(right)
    if before == after:
        return Row(left, right, "same", pair.confidence, pair.found_by, pair.moved)
    return _Changed(left, right, pair, difference_of(before, after))


def _chosen(readings: Sequence[Reading], indices: tuple[int, ...]) -> tuple[Reading, ...]:
    if len(indices) == 1:
        return (readings[indices[0]],)
    return tuple([readings[index] for index in indices])
