"""Two texts that differ, and all that can be said of them before the rest of their documents is known."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from policybook.compare.hunk import Hunk, find_hunks
from policybook.compare.naming import Evidence, gather_evidence
from policybook.text.word import normalise


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """Two unlike texts: where they differ, and what their places tell of the names of their documents.

    `is_layout` where only spacing or the kind of marks differ. Kept between comparisons, because many schools make the
    same change of the same clause; two are the same only if they are one object.
    """

    before: str
    after: str
    hunks: tuple[Hunk, ...]
    evidence: Evidence
    is_layout: bool


@lru_cache(maxsize=4_096)
def difference_of(before: str, after: str) -> Difference:
    """What two unlike texts differ in."""
    hunks = find_hunks(before, after)
    is_layout = not hunks and normalise(before) == normalise(after)
    return Difference(before, after, hunks, gather_evidence(hunks), is_layout)
