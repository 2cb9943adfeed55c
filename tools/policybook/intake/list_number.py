"""Numbers and letters of lists that position gives again, and those that must be kept as words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from policybook.domain.inline import Run
from policybook.domain.source import SourceClause
from policybook.intake.number import is_decimal


def with_kept_numbers(
    siblings: Sequence[SourceClause], numbering: Literal["decimal", "none"]
) -> Iterator[SourceClause]:
    """The clauses under one clause; a number that would not be printed again as it stands becomes words.

    Numbers are worked out from position (`adopt.number`): a list counts 1, 2, 3 or (a), (b), (c). A list that begins at
    4, leaves one out, or counts (i), (ii) would come out otherwise, and what it says of "step 4" would be wrong.
    """
    counted = lettered = 0
    for clause in siblings:
        if clause.number is None or clause.kind not in ("item", "paragraph", "heading"):
            counted = 0
            yield clause
        elif clause.marker == "letter":
            fits = clause.number.strip("().").lower() == _letter(lettered)
            lettered, counted = lettered + fits, 0
            yield clause if fits else _as_words(clause)
        elif numbering == "decimal":
            yield clause
        else:
            fits = clause.kind == "item" and not is_decimal(clause.number) and clause.number == str(counted + 1)
            counted = counted + 1 if fits else 0
            yield clause if fits else _as_words(clause)


def _letter(index: int) -> str:
    return chr(ord("a") + index) if index < 26 else ""


def _as_words(clause: SourceClause) -> SourceClause:
    number = clause.number or ""
    said = number if is_decimal(number) or number.endswith(")") else f"{number}."
    return replace(clause, number=None, marker="none", runs=(Run(f"{said} "), *clause.runs))
