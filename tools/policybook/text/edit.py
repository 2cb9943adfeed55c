"""Word-level edits between two texts, readable and the same whichever way round."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from diff_match_patch import diff_match_patch

from policybook.domain.comparison import Edit, Operation, Row
from policybook.text.similar import MOST_DISTINCT, characters_for, differences

LONGEST_TIDIED = 40_000
"""Words, spaces and marks of two texts together; the clean-up of longer ones would take more than a second."""
_TOKEN = re.compile(r"\w+(?:['’]\w+)*|\s+|[^\w\s]")
_MIRROR: dict[Operation, Operation] = {"keep": "keep", "delete": "insert", "insert": "delete"}
_OPERATIONS: dict[int, Operation] = {-1: "delete", 0: "keep", 1: "insert"}
_SIGN = {operation: sign for sign, operation in _OPERATIONS.items()}


def row_edits(row: Row) -> tuple[Edit, ...]:
    """The edits of one row of a comparison. They are made when they are shown: most comparisons of many are counted."""
    if not row.left:
        return (("insert", row.after),)
    return word_edits(row.before, row.after) if row.right else (("delete", row.before),)


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
    left, right = _tokens(before), _tokens(after)
    if len(left) + len(right) > MOST_DISTINCT:
        return tuple(_changes(before, after))
    if before <= after:  # one fixed direction, so that both ways round agree
        return _deletions_first(_in_words(_tidied(left, right), left, right))
    turned = [(_MIRROR[operation], text) for operation, text in _tidied(right, left)]
    return _deletions_first(_in_words(turned, left, right))


def _tidied(left: Sequence[str], right: Sequence[str]) -> list[Edit]:
    """The edits between two texts with one character for each of their words, spaces and marks."""
    distinct = dict.fromkeys((*left, *right))
    code = dict(zip(distinct, characters_for(len(distinct)), strict=True))
    coded = _operations("".join([code[token] for token in left]), "".join([code[token] for token in right]))
    if len(left) + len(right) > LONGEST_TIDIED or _is_one_exchange(coded):
        return coded
    diffs = [(_SIGN[operation], text) for operation, text in coded]
    _tidier().diff_cleanupSemantic(diffs)
    return [(_OPERATIONS[sign], text) for sign, text in diffs]


def _in_words(coded: Iterable[Edit], left: Sequence[str], right: Sequence[str]) -> Iterator[Edit]:
    """Edits in the words of the texts: each takes the next ones of its side, as many as it has characters."""
    place = place2 = 0
    for operation, text in coded:
        count = len(text)
        if operation == "insert":
            yield operation, "".join(right[place2 : place2 + count])
        else:
            yield operation, "".join(left[place : place + count])
            place += count
        if operation != "delete":
            place2 += count


@lru_cache(maxsize=2_048)
def _tokens(text: str) -> tuple[str, ...]:
    """Kept, because one text is held against many."""
    return tuple(_TOKEN.findall(text))


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


def _is_one_exchange(coded: Sequence[Edit]) -> bool:
    """Whether some words stand for others in one place only, or come or go at an end: nothing there can be tidied."""
    places = [place for place, (operation, _) in enumerate(coded) if operation != "keep"]
    is_at_an_end = places[0] == 0 or places[-1] == len(coded) - 1
    return places[-1] - places[0] == len(places) - 1 and (len(places) == 2 or is_at_an_end)


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
