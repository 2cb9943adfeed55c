"""How many clauses intake parts where a person parted them, against lists made by reading before intake was run.

A list (`twins/lines_*.json`) holds facts only: for each clause its kind, its printed number and the lines that it stands
on, counted from 1. The words come from the document itself, so that a list of a real policy holds none of them.
"""

from __future__ import annotations

import json
import re
from difflib import SequenceMatcher
from pathlib import Path

from policybook.domain.source import SourceDocument
from policybook.text.word import comparable_words

Boundary = tuple[str, str | None, tuple[str, ...]]
_NUMBER = re.compile(r"\s*(?:[-•]\s+)?(\d+(?:\.\d+)*)\.?\s+")


def boundaries_by_hand(listed: Path, text: Path) -> list[Boundary]:
    """The clauses of a hand-made list with their words, taken from the lines of the text."""
    lines = text.read_text(encoding="utf-8").split("\n")
    entries = json.loads(listed.read_text(encoding="utf-8"))
    return [(entry["kind"], entry["number"], _words(entry, lines)) for entry in entries]


def boundaries_found(document: SourceDocument) -> list[Boundary]:
    """The clauses as intake parted them."""
    return [(clause.kind, clause.number, tuple(comparable_words(clause.text))) for clause in document.clauses]


def score_boundaries(wanted: list[Boundary], found: list[Boundary]) -> float:
    """The share, from 0 to 1, of clauses that are the same in kind, number and words, of the longer of both lists."""
    blocks = SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / max(len(wanted), len(found))


def _words(entry: dict[str, object], lines: list[str]) -> tuple[str, ...]:
    numbers = entry["lines"]
    assert isinstance(numbers, list)
    kept = [lines[number - 1] for number in numbers]
    if entry["number"]:
        kept[0] = _NUMBER.sub("", kept[0], count=1)
    source = re.sub(r"<[^>]*>", " ", "\n".join(kept)).replace("](#)", "").replace("\\", "").replace("_", " ")
    return tuple(comparable_words(source))
