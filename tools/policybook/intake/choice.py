"""Whole clauses offered side by side, of which the adopter keeps one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from policybook.domain.inline import Run, plain
from policybook.domain.source import Proposal, SourceClause
from policybook.intake.block import trim, without_prefix

_OR = re.compile(r"\W*(?:OR|or|Or)\W*")
_BOX = re.compile(r"(?:\[\s?\]|☐|□)\s*(?=\S)")
_LEAD = re.compile(r"(?:(?:EITHER|Either)\b:?|OR\b:?)\s*(?=\S)")
_GOES_ON = re.compile(r"OR\b:?\s+\S")
_OPTION = re.compile(r"\(?(?:option|alternative) (?:\d|[A-D])\)?\s*[:.–-]\s*(?=\S)", re.IGNORECASE)
_SPLIT = re.compile(r"\s+OR:?\s+(?=(?:\[\s?\]|☐|□)\s*\S)")
_LONGEST_OR = 12
_MARKED, _UNMARKED = 0.95, 0.85


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Clauses from `first` to before `end` (indices) that are one choice: the words of each, and how sure that is."""

    first: int
    end: int
    options: tuple[SourceClause, ...]
    confidence: float
    why: str

    def proposal(self) -> Proposal:
        """The choice as it is proposed, all its alternatives in one line; it stands for whole clauses."""
        texts = tuple(option.text for option in self.options)
        said, place, sure = " OR ".join(texts), self.options[0].place, self.confidence
        return Proposal("choice", said, "Which of these applies", "choice", 0, len(said), sure, self.why, place, texts)


def find_alternatives(clauses: Sequence[SourceClause]) -> Iterator[Alternatives]:
    """The choices between whole clauses, in reading order.

    They are known by a line with nothing but OR between two clauses, or by a clause that begins with OR after one with
    a box (`[ ]`), with EITHER or with a number of its own (`Option 1:`). A heading or a table is never an alternative.
    """
    texts = [plain(clause.runs) for clause in clauses]
    if not any("OR" in text or _is_or(text) for text in texts):
        return
    index = 0
    while index < len(clauses):
        found = _inside(clauses, index) or _in_a_row(clauses, index)
        if found:
            yield found
        index = found.end if found else index + 1


def _inside(clauses: Sequence[SourceClause], index: int) -> Alternatives | None:
    """One clause that holds its alternatives, each behind a box: `[ ] At lunch. OR [ ] Never.`"""
    clause = clauses[index]
    if " OR" not in clause.text or not _BOX.match(clause.text):
        return None
    starts = [0, *(found.end() for found in _SPLIT.finditer(clause.text))]
    ends = [*(found.start() for found in _SPLIT.finditer(clause.text)), len(clause.text)]
    if len(starts) < 2:
        return None
    pieces = [replace(clause, runs=_cut(clause, *piece)) for piece in zip(starts, ends, strict=True)]
    return Alternatives(index, index + 1, tuple(map(_bare, pieces)), _MARKED, "each alternative stands behind a box")


def _in_a_row(clauses: Sequence[SourceClause], index: int) -> Alternatives | None:
    held = [clauses[index]]
    end = index + 1
    while end < len(clauses):
        step = 2 if end + 1 < len(clauses) and is_or(clauses[end]) else 1
        after = clauses[end + step - 1]
        if not _is_beside(held[0], after) or (step == 1 and not _GOES_ON.match(after.text)):
            break
        held.append(after)
        end += step
    if len(held) < 2 or not _is_beside(held[0], held[0]):
        return None
    marked = all(map(_is_marked, held)) or end - index == len(held)
    why = "each alternative is marked" if marked else "a line with nothing but OR stands between the clauses"
    return Alternatives(index, end, tuple(map(_bare, held)), _MARKED if marked else _UNMARKED, why)


def is_or(clause: SourceClause) -> bool:
    """Whether a line holds the word OR and nothing else."""
    return _is_or(clause.text)


def _is_or(text: str) -> bool:
    return len(text) <= _LONGEST_OR and "or" in text.lower() and bool(_OR.fullmatch(text))


def _is_beside(first: SourceClause, other: SourceClause) -> bool:
    ticked = other.kind == "form" and len(other.fields) == 1 and other.fields[0].type == "tick"
    return (other.kind in ("paragraph", "item") or ticked) and abs(other.level - first.level) <= 1 and not is_or(other)


def _is_marked(clause: SourceClause) -> bool:
    text = _LEAD.sub("", clause.text, count=1)
    return clause.kind == "form" or bool(_BOX.match(text) or _OPTION.match(text)) or _is_wrapped(text)


def _bare(clause: SourceClause) -> SourceClause:
    """An alternative without its box, its OR, its number or the brackets round all of it."""
    if clause.kind == "form":
        return replace(clause, kind="paragraph", fields=(), runs=(Run(clause.fields[0].label),))
    for sign in (_LEAD, _BOX, _OPTION):
        if found := sign.match(clause.text):
            clause = replace(clause, runs=without_prefix(clause.runs, found.end()))
    if _is_wrapped(clause.text):
        clause = replace(clause, runs=_cut(clause, 1, len(clause.text) - 1))
    return clause


def _cut(clause: SourceClause, start: int, end: int) -> tuple[Run, ...]:
    """The runs from one letter of the text to before another."""
    kept, length = [], end - start
    for run in without_prefix(clause.runs, start):
        kept.append(replace(run, text=run.text[:length]))
        length -= len(kept[-1].text)
    return trim(kept)


def _is_wrapped(text: str) -> bool:
    """Whether one pair of square brackets holds all of a text."""
    if not (text.startswith("[") and text.endswith("]")):
        return False
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "[") - (sign == "]")
        if depth == 0:
            return place == len(text) - 1 and place > 2
    return False
