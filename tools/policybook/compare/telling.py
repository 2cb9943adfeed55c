"""The sentences in which a governor is told of a change."""

from __future__ import annotations

from policybook.domain.comparison import Direction

LONGEST_SHOWN = 160
"""Characters of a clause that one sentence repeats."""


def became(old: str, new: str, direction: Direction, noun: str) -> str:
    """`The age: “18” became “19”: stricter.`"""
    return f"{noun}: “{old}” became “{new}”{_tail(direction)}"


def went(subject: str, what: str, direction: Direction) -> str:
    """`The age “18” is no longer stated: weaker.`"""
    return f"{subject} no longer {what}{_tail(direction)}"


def came(subject: str, what: str, direction: Direction) -> str:
    """`The age “18” is now stated: stricter.`"""
    return f"{subject} now {what}{_tail(direction)}"


def shortened(words: str) -> str:
    """The words, cut at a space with a mark of omission where they are too long to repeat."""
    return words if len(words) <= LONGEST_SHOWN else f"{words[:LONGEST_SHOWN].rsplit(' ', 1)[0]} …"


def _tail(direction: Direction) -> str:
    return f": {direction}." if direction != "unclear" else "."
