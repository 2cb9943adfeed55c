"""How far words bind: "must not" more than "should avoid", "must" more than "should"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from policybook.compare.hunk import Hunk
from policybook.compare.telling import became
from policybook.compare.vocabulary import MODALS
from policybook.domain.comparison import Direction, Fact

_MODALS = tuple((re.compile(rf"\b(?:{pattern})\b", re.I), strength, scale) for pattern, strength, scale in MODALS)
_ANY = re.compile("|".join(rf"\b(?:{pattern})\b" for pattern, _, _ in MODALS), re.I)


@dataclass(frozen=True, slots=True)
class _Modal:
    words: str
    strength: int
    scale: str


def binds(text: str) -> bool:
    """Whether the text asks or forbids something, rather than only tells or allows."""
    return any(modal.scale != "permission" for modal in _modals_of(text))


def find_modal_facts(before: str, after: str, hunks: Sequence[Hunk]) -> Iterator[Fact]:
    """Where other words bind than before, place by place; only where both sides have some."""
    for hunk in hunks:
        old, new = _modals_near(hunk, hunk.before, before), _modals_near(hunk, hunk.after, after)
        if not old or not new or {entry.words for entry in old} == {entry.words for entry in new}:
            continue
        left, right = max(old, key=_rank), max(new, key=_rank)
        if left.words != right.words:
            direction = _direction(left, right)
            why = became(left.words, right.words, direction, "How far it binds")
            yield Fact("modal", left.words, right.words, why, direction)


def _direction(old: _Modal, new: _Modal) -> Direction:
    if old.scale == new.scale and old.scale != "permission":
        if old.strength == new.strength:
            return "unclear"
        return "stricter" if new.strength > old.strength else "weaker"
    if "permission" in (old.scale, new.scale) and old.scale != new.scale:
        # "may" for "must" frees; "must" for "may" binds, and so does "must not" for "may".
        return "weaker" if new.scale == "permission" else "stricter"
    return "unclear"


def _modals_near(hunk: Hunk, words: Sequence[str], text: str) -> tuple[_Modal, ...]:
    """The binding words of one side of a place, read with the words around it: "must" kept and "not" inserted."""
    phrase = " ".join(words)
    widened = f"{hunk.context[0]} {phrase} {hunk.context[1]}".strip()
    return _modals_of(widened if widened.casefold() in text.casefold() else phrase)


@lru_cache(maxsize=4_096)
def _modals_of(text: str) -> tuple[_Modal, ...]:
    found: list[_Modal] = []
    if not _ANY.search(text):
        return ()
    for pattern, strength, scale in _MODALS:
        found += [_Modal(match[0].lower(), strength, scale) for match in pattern.finditer(text)]
        text = pattern.sub(" ", text)
    return tuple(found)


def _rank(modal: _Modal) -> tuple[int, int]:
    return modal.strength, len(modal.words)
