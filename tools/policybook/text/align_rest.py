"""Pairs among what all other passes left over: a heading by what stands under it, a sentence by the words it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from policybook.text.spelling import folded_words

UNDER_SHARE = 0.5
"""How much of what stands under two headings answers each other at least, for them to be one under another name."""
HELD_BAR = 0.64
"""Share of words that two texts hold, in any order and form, to be the same rule turned round."""
LEAST_HELD = 4
"""Such words at least: two short texts hold the same few by chance."""
NEAR = 2
"""How far from the answers of its neighbours a text may stand."""
MOST_COMPARED = 10_000
"""Texts left over on one side times those on the other; with more of them nothing is known by what is left."""
_SMALL = frozenset(
    "a an the of to in on by for with and or is are be been it its that which this as at from not".split()
)
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ed", "es", "s", "e")


def heading_answers(
    is_heading: tuple[Sequence[bool], Sequence[bool]],
    answers: Mapping[int, int],
    free: tuple[Sequence[int], Sequence[int]],
) -> Iterator[tuple[int, int, float]]:
    """Headings left over (left, right, share) under which the first text, or most of what stands there, is paired."""
    rights = set(free[1])
    if not rights or not free[0]:
        return
    over = _heading_over(is_heading[1])
    counts = Counter(over)
    for left in free[0]:
        under = list(_under(is_heading[0], left))
        beside = answers.get(left + 1, 0) - 1
        if beside in rights:
            rights.discard(beside)
            yield left, beside, UNDER_SHARE
            continue
        votes = Counter(over[answers[index]] for index in under if index in answers)
        for right, votes_for in votes.most_common(1):
            share = votes_for / max(len(under), counts[right] - 1)
            if right in rights and share >= UNDER_SHARE:
                rights.discard(right)
                yield left, right, share


def turned_answers(
    texts: tuple[Sequence[str], Sequence[str]], answers: Mapping[int, int], free: tuple[Sequence[int], Sequence[int]]
) -> Iterator[tuple[int, int, float]]:
    """Texts left over (left, right, share) that hold the same words in another order, near where they stood."""
    if len(free[0]) * len(free[1]) > MOST_COMPARED:
        return
    rights = set(free[1])
    for left in free[0]:
        near = [answers[index] for index in range(left - NEAR, left + NEAR + 1) if index in answers]
        held = stems(texts[0][left])
        if not near or len(held) < LEAST_HELD:
            continue
        found = [
            (_share(held, stems(texts[1][right])), -right)
            for right in sorted(rights)
            if any(abs(right - place) <= NEAR for place in near)
        ]
        share, negative = max(found, default=(0.0, 0))
        if share >= HELD_BAR:
            rights.discard(-negative)
            yield left, -negative, share


@lru_cache(maxsize=4_096)
def stems(text: str) -> frozenset[str]:
    """The words of a text that mean something, without the endings of their forms."""
    return frozenset(_stem(word) for word in folded_words(text) if word not in _SMALL)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 2:
            return word[: -len(ending)]
    return word


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    common = len(one & other)
    return 2 * common / (len(one) + len(other)) if common >= LEAST_HELD else 0.0


def _heading_over(is_heading: Sequence[bool]) -> list[int]:
    """For each text the heading that it stands under, itself where it is one; -1 before the first."""
    over, last = [], -1
    for index, heading in enumerate(is_heading):
        last = index if heading else last
        over.append(last)
    return over


def _under(is_heading: Sequence[bool], heading: int) -> Iterator[int]:
    for index in range(heading + 1, len(is_heading)):
        if is_heading[index]:
            return
        yield index
