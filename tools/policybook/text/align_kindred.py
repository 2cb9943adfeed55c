"""The same rule in other words, between policies of different models: which pairs are worth showing to a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from policybook.domain.comparison import Pair
from policybook.text.align_matrix import Scores, clear_matches
from policybook.text.kinship import Clause, kinship

KINDRED_BAR = 0.16
"""By `kinship`; below it most such pairs are false (tests/bench/same_rule.py)."""
HEADING_SHARE = 0.5
"""What the score counts between a heading and a text that is none."""
MOST_KINDRED = 0.59
"""How sure such a pair is at most: it is shown with the request to check it."""
SURE_FOR_SCORE = 2.5
"""How sure a pair is for its score."""
MOST_COMPARED = 1_000_000
"""Pairs of clauses among which such rules are sought; what is longer is left out, and that is to be said."""


def is_of_another_model(paired: int, left: int, right: int) -> bool:
    """Whether two texts were never one: fewer than half the clauses of the shorter were paired by their words."""
    return 2 * paired < min(left, right)


def is_too_long(left: int, right: int) -> bool:
    """Whether two texts of so many clauses have too many pairs to look through for the same rule in other words."""
    return left * right > MOST_COMPARED


def was_left_out(pairs: Sequence[Pair], left: int, right: int) -> bool:
    """Whether the same rule in other words was not sought, because two texts have too many clauses for that."""
    if not is_too_long(left, right):
        return False
    return is_of_another_model(sum(bool(pair.left and pair.right) for pair in pairs), left, right)


def kindred_scores(left: Sequence[Clause], right: Sequence[Clause]) -> Scores:
    """How likely each clause of one policy says the rule of each of the other; len(left) x len(right)."""
    scores = kinship(left, right)
    heads = [[clause.is_heading for clause in side] for side in (left, right)]
    scores[np.not_equal.outer(*heads)] *= np.float32(HEADING_SHARE)
    return scores


def find_kindred(scores: Scores, lefts: Sequence[int], rights: Sequence[int]) -> Iterator[tuple[int, int, float]]:
    """Of the clauses named, those that are each other's best match, and how sure that is (at most `MOST_KINDRED`)."""
    if not lefts or not rights:
        return
    for row, column, score in clear_matches(scores[np.ix_(lefts, rights)], KINDRED_BAR, 0.0):
        yield lefts[row], rights[column], round(min(SURE_FOR_SCORE * score, MOST_KINDRED), 3)


def is_by_chance(pair: Pair, scores: Scores) -> bool:
    """Whether two clauses of different models share words but no subject (`Breaches of the policy`, `Scope of the
    policy`)."""
    return (
        pair.found_by in ("words", "split")
        and pair.confidence < 1.0
        and bool(scores[np.ix_(pair.left, pair.right)].max() < KINDRED_BAR)
    )
