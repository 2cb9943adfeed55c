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

_MODALS = tuple(
    (re.compile(rf"\b(?:{pattern})\b", re.I), strength, scale, tuple(cues.split()))
    for pattern, strength, scale, cues in MODALS
)
_PLAIN = re.compile("(?:is|are)(?: (?:always|then))?")
_ROOM = re.compile("(?:may|might|can|could|should) (?:then )?be")


@dataclass(frozen=True, slots=True)
class _Modal:
    words: str
    strength: int
    scale: str


def binds(text: str) -> bool:
    """Whether the text asks or forbids something, rather than only tells or allows."""
    return any(modal.scale != "permission" for modal in _modals_of(text))


def binds_alike(hunk: Hunk) -> bool:
    """Whether other words on both sides of a place bind as much ("are prohibited from", "must not")."""
    old, new = _modals_near(hunk, hunk.before), _modals_near(hunk, hunk.after)
    if not old or not new:
        return False
    left, right = max(old, key=_rank), max(new, key=_rank)
    return left.words != right.words and (left.strength, left.scale) == (right.strength, right.scale)


def permits(text: str) -> bool:
    """Whether the text allows something and neither asks nor forbids anything."""
    modals = _modals_of(text)
    return bool(modals) and all(modal.scale == "permission" for modal in modals)


def forbids(text: str) -> bool:
    """Whether the text forbids something."""
    return any(modal.scale == "prohibition" for modal in _modals_of(text))


def find_modal_facts(hunks: Sequence[Hunk]) -> Iterator[Fact]:
    """Where other words bind than before, place by place; only where both sides have some."""
    for hunk in hunks:
        old, new = _modals_near(hunk, hunk.before), _modals_near(hunk, hunk.after)
        if bool(old) != bool(new):
            yield from _plain_facts(hunk)
        if not old or not new or {entry.words for entry in old} == {entry.words for entry in new}:
            continue
        left, right = max(old, key=_rank), max(new, key=_rank)
        if (left.strength, left.scale) != (right.strength, right.scale):
            direction = _direction(left, right)
            why = became(left.words, right.words, direction, "How far it binds")
            yield Fact("modal", left.words, right.words, why, direction)


def _plain_facts(hunk: Hunk) -> Iterator[Fact]:
    """What simply is done ("is investigated") binds; what may or should be done leaves room ("may be investigated")."""
    for plain, other, is_weaker in ((hunk.before, hunk.after, True), (hunk.after, hunk.before, False)):
        words = " ".join(other).lower()
        if _PLAIN.fullmatch(" ".join(plain).lower()) and _ROOM.fullmatch(words):
            direction: Direction = "weaker" if is_weaker else "stricter"
            why = became(hunk.said_before, hunk.said_after, direction, "How far it binds")
            yield Fact("modal", hunk.said_before, hunk.said_after, why, direction)


def _direction(old: _Modal, new: _Modal) -> Direction:
    if old.scale == new.scale and old.scale != "permission":
        if old.strength == new.strength:
            return "unclear"
        return "stricter" if new.strength > old.strength else "weaker"
    if "permission" in (old.scale, new.scale) and old.scale != new.scale:
        # "may" for "must" frees; "must" for "may" binds, and so does "must not" for "may".
        return "weaker" if new.scale == "permission" else "stricter"
    return "unclear"


def _modals_near(hunk: Hunk, words: Sequence[str]) -> tuple[_Modal, ...]:
    """The binding words of one side of a place, read with the words around it: "must" kept and "not" inserted."""
    return _modals_of(" ".join(filter(None, (hunk.context[0], *words, hunk.context[1]))))


@lru_cache(maxsize=4_096)
def _modals_of(text: str) -> tuple[_Modal, ...]:
    found: list[_Modal] = []
    folded = text.lower()
    for pattern, strength, scale, cues in _MODALS:
        if cues and not any(cue in folded for cue in cues):
            continue
        met = [_Modal(match[0].lower(), strength, scale) for match in pattern.finditer(text)]
        if met:
            found += met
            text = pattern.sub(" ", text)
    return tuple(found)


def _rank(modal: _Modal) -> tuple[int, int]:
    return modal.strength, len(modal.words)
