"""Word-level edits between two texts, readable and the same whichever way round."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from diff_match_patch import diff_match_patch

from policybook.domain.comparison import Edit, Operation
from policybook.text.similar import MOST_DISTINCT, WordCode, differences

LONGEST_TIDIED = 40_000
"""Words, spaces and marks of two texts together; the clean-up of longer ones would take more than a second."""
_TOKEN = re.compile(r"\w+(?:['’]\w+)*|\s+|[^\w\s]")
_MIRROR: dict[Operation, Operation] = {"keep": "keep", "delete": "insert", "insert": "delete"}
_OPERATIONS: dict[int, Operation] = {-1: "delete", 0: "keep", 1: "insert"}
_SIGN = {operation: sign for sign, operation in _OPERATIONS.items()}


def word_edits(before: str, after: str) -> tuple[Edit, ...]:
    """Edits that turn `before` into `after`, in whole words; a deletion stands before the insertion in its place.

    Small agreements between changes are folded into them (semantic clean-up of diff-match-patch, Neil Fraser), so that
    a reader sees phrases rather than confetti. `word_edits(b, a)` is always the mirror of `word_edits(a, b)`.
    """
    if before == after:
        return (("keep", before),) if before else ()
    return _changed_edits(before, after)


@lru_cache(maxsize=4_096)
def _changed_edits(before: str, after: str) -> tuple[Edit, ...]:
    if before > after:  # one fixed direction, so that both ways round agree
        return _deletions_first((_MIRROR[operation], text) for operation, text in word_edits(after, before))
    left, right = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(left) + len(right) > MOST_DISTINCT:
        return tuple(_changes(before, after))
    code = WordCode()
    coded_left, coded_right = code.encode(left), code.encode(right)
    words = dict(zip(coded_left + coded_right, left + right, strict=True))
    diffs = [(_SIGN[operation], text) for operation, text in _operations(coded_left, coded_right)]
    if len(left) + len(right) <= LONGEST_TIDIED:
        _tidier().diff_cleanupSemantic(diffs)
    return _deletions_first(
        (_OPERATIONS[sign], "".join(words[character] for character in text)) for sign, text in diffs
    )


def apply_edits(edits: Iterable[Edit], side: Operation) -> str:
    """The text before (`side` "delete") or after (`side` "insert") the edits."""
    return "".join(text for operation, text in edits if operation in ("keep", side))


def _operations(left: str, right: str) -> list[Edit]:
    edits: list[Edit] = []
    place = 0
    for start, end, start2, end2 in differences(left, right):
        pieces: tuple[Edit, ...] = (
            ("keep", left[place:start]), ("delete", left[start:end]), ("insert", right[start2:end2]),
        )  # fmt: skip
        edits += [piece for piece in pieces if piece[1]]
        place = end
    return [*edits, ("keep", left[place:])] if place < len(left) else edits


def _deletions_first(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Neighbouring edits of one kind joined, and between two agreements the deletions before the insertions."""
    tidy: list[Edit] = []
    deleted = inserted = ""
    for operation, text in edits:
        if operation == "delete":
            deleted += text
        elif operation == "insert":
            inserted += text
        elif text:
            tidy += _changes(deleted, inserted)
            deleted = inserted = ""
            if tidy and tidy[-1][0] == "keep":
                text = tidy.pop()[1] + text
            tidy.append(("keep", text))
    return (*tidy, *_changes(deleted, inserted))


def _changes(deleted: str, inserted: str) -> list[Edit]:
    edits: list[Edit] = [("delete", deleted), ("insert", inserted)]
    return [edit for edit in edits if edit[1]]


@cache
def _tidier() -> diff_match_patch:
    return diff_match_patch()
