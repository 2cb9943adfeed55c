"""Whether a piece of a text that was split, or one of two that were joined, belongs to what the other side has."""

from __future__ import annotations

from policybook.text.similar import Coded, similarity

SHORT_WORDS = 4
"""Words below which a text is known only by where it stands."""
SPLIT_GAIN = 0.05
SPLIT_SHARE = 0.70


def stands_in(piece: Coded, whole: Coded) -> bool:
    """Whether a piece stands word for word in the other side; if it is short, at its beginning or end."""
    if len(piece) >= SHORT_WORDS:
        return piece in whole
    return whole.startswith(piece) or whole.endswith(piece)


def contained(piece: Coded, whole: Coded) -> float:
    """The share of a piece's words (0 to 1) that stand, in order, in another text; 0 for an empty piece."""
    return similarity(piece, whole) * (len(piece) + len(whole)) / 2 / len(piece) if piece else 0.0


def fits(piece: Coded, share: float, gain: float) -> bool:
    """Whether a piece that was edited as well belongs to the other side, which has that share of its words.

    `gain` is how much more alike (0 to 1) the two sides are with it than without.
    """
    if len(piece) < SHORT_WORDS or gain < SPLIT_GAIN / 3:
        return False
    return share >= (SPLIT_SHARE if gain >= SPLIT_GAIN else SPLIT_SHARE + 0.15)
