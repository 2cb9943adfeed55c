"""Keeping a person's word on a change, and a person's answer on a topic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from policybook.compare.judged import fingerprint, name_of_row, words_of_row
from policybook.domain.comparison import Comparison, Position, Reading, Row, Witness
from policybook.domain.error import Refused, UnknownReference, WorkspaceError
from policybook.domain.judgement import Confirmed, Judged, Judgements, without_version
from policybook.store import find_workspace
from policybook.store.judgement import read_judgements

MOST_LISTED = 5
"""Sections that a refusal names."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who says so, when, and what they add."""

    by: str
    on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person says of a topic: where none `is_given`, what the program found; `said` is None for "not stated"."""

    said: str | None = None
    section: str | None = None
    is_given: bool = False


def judgements_near(start: Path) -> Judgements:
    """What people said in the workspace at or above `start`; nothing where there is none. Raises BrokenWorkspace."""
    try:
        root = find_workspace(start)
    except WorkspaceError:  # a comparison of two files needs no workspace
        return Judgements()
    return read_judgements(root)


def judge_change(comparison: Comparison, section: str, signature: Signature, *, of_substance: bool) -> Judged:
    """A person's word on the change of one section, named by its id, its number or words that it holds.

    Raises UnknownReference where no section or more than one is meant, Refused where its words are the same.
    """
    row = _find_row(comparison, section)
    if row.change == "same":
        mend = "name a section that differs; `policybook compare` lists them"
        raise Refused("the words of this section are the same in both texts", where=section, mend=mend)
    refs = without_version(comparison.left.ref), without_version(comparison.right.ref)
    by, on, note = signature.by, signature.on, signature.note
    return Judged(refs, name_of_row(row), words_of_row(row), of_substance, by, on, note)


def confirm_position(position: Position, witness: Witness, answer: Answer, signature: Signature) -> Confirmed:
    """A person's answer to what a text says on a topic; bound to the section that says so, else to the whole text.

    Raises UnknownReference where no section or more than one is meant.
    """
    if answer.section:
        words = fingerprint([_find_reading(witness.readings, answer.section).text])
    elif position.words and (answer.said or not answer.is_given):
        words = fingerprint([position.words])
    else:
        words = fingerprint(reading.text for reading in witness.readings)
    said = answer.said if answer.is_given else position.answer
    ref = without_version(witness.ref)
    return Confirmed(position.topic, ref, said, words, signature.by, signature.on, signature.note)


def _find_row(comparison: Comparison, section: str) -> Row:
    named = [row for row in comparison.rows if any(_is_named(entry, section) for entry in (*row.left, *row.right))]
    held = [row for row in comparison.rows if any(_holds(entry, section) for entry in (*row.left, *row.right))]
    found = named or held
    if (
        len(found) > 1
    ):  # a number that both texts print on different sections, or a phrase in several: those that differ
        found = [row for row in found if row.change != "same"] or found
    if len(found) != 1:
        raise _not_one(section, [name_of_row(row) for row in found])
    return found[0]


def _find_reading(readings: Sequence[Reading], section: str) -> Reading:
    found = [entry for entry in readings if _is_named(entry, section)]
    found = found or [entry for entry in readings if _holds(entry, section)]
    if len(found) != 1:
        raise _not_one(section, [entry.id or entry.number or entry.text[:60] for entry in found])
    return found[0]


def _is_named(reading: Reading, section: str) -> bool:
    return section in (reading.id, reading.number)


def _holds(reading: Reading, section: str) -> bool:
    return " ".join(section.lower().split()) in " ".join(reading.text.lower().split())


def _not_one(section: str, found: Sequence[str]) -> UnknownReference:
    what = "several sections are meant" if found else "there is no such section"
    named = "; ".join(f"\u201c{name}\u201d" for name in found[:MOST_LISTED])
    mend = "name it by its id, its printed number, or a few words that only it holds"
    return UnknownReference(what, where=section, mend=f"{mend}: {named}" if named else mend)
