"""Patterns that are searched for only where a text has letters without which they cannot match."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern (in any case) and pieces, in lower case, of which every text that it matches has one.

    Most places of most clauses hold none of them, and to see that is many times cheaper than to search.
    """

    pieces: tuple[str, ...]
    pattern: re.Pattern[str]

    def search(self, text: str) -> re.Match[str] | None:
        """The first match, or None."""
        folded = text.lower()
        for piece in self.pieces:
            if piece in folded:
                return self.pattern.search(text)
        return None


def cue_of(pieces: str, alternatives: tuple[str, ...]) -> Cue:
    """A cue for whole words in any case; the pieces are parted by commas."""
    return Cue(tuple(pieces.split(",")), re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.I))
