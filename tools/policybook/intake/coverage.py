"""Whether every word of a source was found again: counted and in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import LCSseq

from policybook.domain.source import SetAside, SourceClause
from policybook.intake.label import CANONICAL
from policybook.intake.letter import counted_words
from policybook.intake.table import Fact

_SHOWN = 12


def measure_coverage(
    words: Sequence[str], pieces: Iterable[SourceClause | SetAside | Fact]
) -> tuple[float, tuple[str, ...]]:
    """The share of the source's words found again, from 0 to 1, and each stretch that was not, with the word before.

    Clauses and facts must keep the order of the source. Two things may not: what was set aside may have stood in the
    middle of a sentence (a page number), and a row of a table that a page break cuts is read cell by cell.
    """
    pieces = list(pieces)
    if list(words) == counted_words("\n".join(map(_standing, pieces))):
        return 1.0, ()  # nearly always; to look for the longest common order costs far more
    found: list[str] = []
    free: list[bool] = []
    for piece in pieces:
        said = counted_words(_printed(piece))
        found += said
        free += [isinstance(piece, SetAside) or (isinstance(piece, SourceClause) and piece.kind == "table")] * len(said)
    gaps = _missing(words, found, free)
    if gaps:  # the longest common order may have given up a clause for what was set aside in it: ask for clauses first
        firm = [word for word, is_free in zip(found, free, strict=True) if not is_free]
        loose = Counter(word for word, is_free in zip(found, free, strict=True) if is_free)
        gaps = min(gaps, _without(words, _missing(words, firm, [False] * len(firm)), loose), key=len)
    share = 1 - len(gaps) / len(words) if words else 1.0
    return share, tuple(_stretches(words, gaps))


def _standing(piece: SourceClause | SetAside | Fact) -> str:
    """What of a piece stands in the document: the label of a title that only its place told is ours."""
    return piece.value if isinstance(piece, Fact) and piece.label in CANONICAL else _printed(piece)


def _printed(piece: SourceClause | SetAside | Fact) -> str:
    number = piece.number if isinstance(piece, SourceClause) else None
    return f"{number} {piece.text}" if number else piece.text


def _missing(words: Sequence[str], found: Sequence[str], free: Sequence[bool]) -> list[int]:
    """The places of words that do not stand in `found`: in order, or anywhere among those that are free of order."""
    gaps: list[int] = []
    spare: Counter[str] = Counter()
    for code in LCSseq.opcodes(words, found):
        if code.tag != "equal":
            gaps += range(code.src_start, code.src_end)
            spare.update(found[place] for place in range(code.dest_start, code.dest_end) if free[place])
    return _without(words, gaps, spare)


def _without(words: Sequence[str], gaps: Iterable[int], spare: Counter[str]) -> list[int]:
    """The gaps left when each spare word has filled one."""
    spare = spare.copy()
    left: list[int] = []
    for place in gaps:
        if spare[words[place]] > 0:
            spare[words[place]] -= 1
        else:
            left.append(place)
    return left


def _stretches(words: Sequence[str], places: Sequence[int]) -> Iterable[str]:
    """Each run of missing words as a text, with the word before it for finding the place."""
    start = 0
    for index in range(1, len(places) + 1):
        if index == len(places) or places[index] != places[index - 1] + 1:
            first, last = places[start], places[index - 1]
            text = " ".join(words[first : min(last + 1, first + _SHOWN)])
            yield f"after {words[first - 1]!r}: {text}" if first else text
            start = index
