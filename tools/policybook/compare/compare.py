"""Two witnesses, aligned and judged."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from policybook.compare.classify import judge
from policybook.compare.definition import add_consequences
from policybook.compare.hunk import Hunk, find_hunks
from policybook.compare.substitution import NameTable, build_name_table, find_substitutions
from policybook.domain.comparison import Comparison, Edit, Pair, Reading, Row, Witness
from policybook.text.align import Passage, align
from policybook.text.edit import word_edits


def compare(left: Witness, right: Witness) -> Comparison:
    """Which clause answers which, what changed, and which changes matter.

    Clauses of one model are paired by id, all others by their words. Every clause of either side stands in exactly
    one row, in the order of the left.
    """
    pairs = align(_passages(left, right), _passages(right, left))
    hunks = {
        index: found
        for index, pair in enumerate(pairs)
        if pair.left and pair.right and (found := _hunks(left, right, pair)) is not None
    }
    table = build_name_table(
        list(chain.from_iterable(hunks.values())), _whole(left), _whole(right), (*left.names, *right.names)
    )
    rows = [_row(left, right, pair, hunks.get(index), table) for index, pair in enumerate(pairs)]
    substitutions = find_substitutions(chain.from_iterable(hunks.values()), table)
    return Comparison(left, right, tuple(add_consequences(rows)), substitutions)


def joined_text(readings: Sequence[Reading]) -> str:
    """The words of a split or joined clause as one text."""
    return readings[0].text if len(readings) == 1 else " ".join(reading.text for reading in readings)


def _passages(witness: Witness, other: Witness) -> list[Passage]:
    """The readings with ids only where both texts are of one model: another model's ids mean nothing here."""
    shares_ids = witness.model is not None and witness.model == other.model
    known = {reading.id for reading in other.readings} if shares_ids else set()
    return [
        Passage(reading.text, _shared_id(reading, known) if shares_ids else None, reading.kind == "heading")
        for reading in witness.readings
    ]


def _shared_id(reading: Reading, known: set[str | None]) -> str | None:
    """The clause's id, or the earlier one by which the other text knows it."""
    if reading.id in known:
        return reading.id
    return next((former for former in reading.formerly if former in known), reading.id)


def _hunks(left: Witness, right: Witness, pair: Pair) -> tuple[Hunk, ...] | None:
    """Where the two sides differ; None where they are the same to the letter."""
    before, after = _texts(left, right, pair)
    return None if before == after else find_hunks(before, after)


def _texts(left: Witness, right: Witness, pair: Pair) -> tuple[str, str]:
    return (
        joined_text([left.readings[index] for index in pair.left]),
        joined_text([right.readings[index] for index in pair.right]),
    )


def _whole(witness: Witness) -> str:
    return "\n".join(reading.text for reading in witness.readings)


def _row(left: Witness, right: Witness, pair: Pair, hunks: Sequence[Hunk] | None, table: NameTable) -> Row:
    lefts = tuple(left.readings[index] for index in pair.left)
    rights = tuple(right.readings[index] for index in pair.right)
    before, after = _texts(left, right, pair)
    if not lefts or not rights:
        edits: tuple[Edit, ...] = (("delete", before),) if lefts else (("insert", after),)
        return Row(lefts, rights, "removed" if lefts else "added", pair.confidence, pair.found_by, edits=edits)
    if hunks is None:
        same: tuple[Edit, ...] = (("keep", before),) if before else ()
        return Row(lefts, rights, "same", pair.confidence, pair.found_by, pair.moved, (), same)
    judgement = judge(before, after, hunks, table)
    edits = word_edits(before, after)
    return Row(
        lefts, rights, judgement.change, pair.confidence, pair.found_by, pair.moved, judgement.facts, edits
    )  # fmt: skip
