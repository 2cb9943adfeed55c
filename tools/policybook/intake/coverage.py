"""Whether every word of a source was found again: counted and in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz.distance import LCSseq

from policybook.domain.source import SetAside, SourceClause
from policybook.intake.table import Fact
from policybook.text.word import comparable_words

_SHOWN = 12


def measure_coverage(
    words: Sequence[str], pieces: Iterable[SourceClause | SetAside | Fact]
) -> tuple[float, tuple[str, ...]]:
    """The share of the source's words found again, from 0 to 1, and each stretch that was not, with the word before.

    What was set aside may have stood in the middle of a clause (a page number in a sentence cut by a page break), so
    what is missing at first is looked for, in its own order, among the words set aside that answered nothing yet.
    """
    found: list[str] = []
    aside: set[int] = set()
    for piece in pieces:
        start = len(found)
        found += comparable_words(_printed(piece))
        aside.update(range(start, len(found)) if isinstance(piece, SetAside) else ())
    gaps, left = _differences(words, found)
    if gaps:
        wanted, spare = [words[place] for place in gaps], [found[place] for place in left if place in aside]
        gaps = [gaps[place] for place in _differences(wanted, spare)[0]]
    share = 1 - len(gaps) / len(words) if words else 1.0
    return share, tuple(_stretches(words, gaps))


def _printed(piece: SourceClause | SetAside | Fact) -> str:
    number = piece.number if isinstance(piece, SourceClause) else None
    return f"{number} {piece.text}" if number else piece.text


def _differences(wanted: Sequence[str], found: Sequence[str]) -> tuple[list[int], list[int]]:
    """The places of words that only the one side has, in order, for both sides (longest common subsequence)."""
    missing: list[int] = []
    spare: list[int] = []
    if wanted != found:
        for code, start, end, from_, to in LCSseq.opcodes(wanted, found):
            if code != "equal":
                missing += range(start, end)
                spare += range(from_, to)
    return missing, spare


def _stretches(words: Sequence[str], places: Sequence[int]) -> Iterable[str]:
    """Each run of missing words as a text, with the word before it for finding the place."""
    start = 0
    for index in range(1, len(places) + 1):
        if index == len(places) or places[index] != places[index - 1] + 1:
            first, last = places[start], places[index - 1]
            text = " ".join(words[first : min(last + 1, first + _SHOWN)])
            yield f"after {words[first - 1]!r}: {text}" if first else text
            start = index
