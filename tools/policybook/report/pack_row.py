"""One changed section in a governors' pack: what it means, why it changes, and both wordings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import dropwhile, takewhile

from policybook.domain.comparison import CHANGE_WORDS, Reading, Row
from policybook.domain.inline import Mark, Run
from policybook.domain.meeting import PackItem
from policybook.domain.page import Cell
from policybook.report.side_by_side import judgement_words, lapsed_words, marked
from policybook.report.word import cell, lines_cell
from policybook.text.edit import row_edits

_KIND_OF_LAW = re.compile(r"\b(?:Acts?|Regulations|Order|Measure)(?: \([^()]{1,40}\))? \d{4}\b|\b(?:UK )?GDPR\b")
_LONGEST_NAME = 16
_LINKS = frozenset("a and as at by etc. for from if in of on see since that the this to under with".split())
"""Small words inside the name of a law; before its first capital they are the sentence's own."""
_CELLS = " | "

Words = tuple[Run, ...]


def what_it_means(row: Row, name: str, place: str) -> Iterator[Words]:
    """The section's name and kind of change, the evidence in sentences, and what a person said of it, as theirs."""
    reading = (row.right or row.left)[0]
    link = f"#{place}.{reading.id}" if row.right and reading.id else None
    yield (Run(f"{name}: {CHANGE_WORDS[row.change].lower()}" if name else CHANGE_WORDS[row.change], True, link=link),)
    if row.change not in ("added", "removed"):
        yield from ((Run(fact.why.replace(_CELLS, ", ")),) for fact in row.facts)
    if row.moved:
        yield (Run("It also moved to another place."),)
    if row.found_by == "split":
        yield (Run("Split or joined."),)
    if row.judged:
        yield (Run(judgement_words(row.judged), italic=True),)
    if row.lapsed:
        yield (Run(lapsed_words(row.lapsed), italic=True),)


def reasons_of(item: PackItem, row: Row) -> Iterator[str]:
    """The school's own recorded reason for a section, or what the publisher said of it, with the law it names."""
    ids = {reading.id for reading in (*row.left, *row.right) if reading.id}
    adoption = item.policy.adoption
    own = [entry for entry in adoption.tailorings if entry.clause in ids] if adoption else []
    yield from dict.fromkeys(f"{entry.reason} (ours)" for entry in own)
    if own:
        return
    for _, change in item.amendments:
        if ids & {*change.clauses}:
            law = f" Because of {change.law.strip()}." if change.law else ""
            yield f"{change.summary.strip()}{law} (publisher)"


def laws_of(row: Row) -> Iterator[str]:
    """Laws that only one of the wordings names. That a law is named is no claim that it asks for the change."""
    before, after = (_laws(readings) for readings in (row.left, row.right))
    if new := [law for law in after if law not in before]:
        yield f"Now names the {' and the '.join(new)}."
    if gone := [law for law in before if law not in after]:
        yield f"No longer names the {' and the '.join(gone)}."


def side_of(readings: Sequence[Reading], row: Row, side: Mark) -> Cell:
    """The words of one side (`deleted` the earlier, `inserted` the later) with what the other has not marked."""
    if not readings:
        return cell(Run("not there", italic=True))
    if any(reading.kind == "table" for reading in readings):
        return lines_cell(_table_lines(readings, row.right if side == "deleted" else row.left, side))
    if row.change in ("added", "removed"):
        return lines_cell((Run(reading.text, bold=reading.kind == "heading"),) for reading in readings)
    return lines_cell((marked(row_edits(row), "delete" if side == "deleted" else "insert"),))


def _table_lines(readings: Iterable[Reading], others: Iterable[Reading], side: Mark) -> Iterator[Words]:
    """A table's first line and the rows that the other side has not; of the rest, only that it is as before."""
    known = {line for reading in others for line in reading.text.split("\n")}
    for reading in readings:
        first, *lines = reading.text.split("\n")
        yield (Run(_as_row(first), bold=True),)
        changed = [line for line in lines if line not in known]
        yield from ((Run(f"Row: {_as_row(line)}", mark=side if known else "none"),) for line in changed)
        if len(changed) < len(lines):
            yield (Run("The other rows are the same." if changed else "The rows are the same.", italic=True),)


def _as_row(line: str) -> str:
    return line.replace(_CELLS, "; ")


def _laws(readings: Iterable[Reading]) -> list[str]:
    return list(dict.fromkeys(law for reading in readings for law in find_laws(reading.text)))


def find_laws(text: str) -> Iterator[str]:
    """Laws by name and year, as drafters cite them (`Data Protection Act 2018`), and the UK GDPR, in order."""
    for found in _KIND_OF_LAW.finditer(text):
        name: list[str] = []
        if "GDPR" not in found[0]:
            before = text[: found.start()].rpartition(" the ")[2].split()[-_LONGEST_NAME:]
            name = list(takewhile(_is_of_name, reversed(before)))[::-1]
            name = list(dropwhile(lambda word: word.lower() in _LINKS, name))
        yield " ".join((*name, found[0]))


def _is_of_name(word: str) -> bool:
    return word in _LINKS or word.lstrip("(")[:1].isupper()
