"""How far words bind: "must not" more than "should avoid", "must" more than "should"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from policybook.compare.hunk import Hunk
from policybook.compare.telling import became, came, shortened, went
from policybook.compare.vocabulary import MODALS
from policybook.domain.comparison import Direction, Fact, FactKind

_MODALS = tuple(
    (re.compile(rf"\b(?:{pattern})\b"), strength, scale, tuple(cues.split()))
    for pattern, strength, scale, cues in MODALS
)
"""In lower case, as is what they are searched in: that takes half as long as `re.IGNORECASE`."""
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


def text_fact(kind: FactKind, words: str) -> Fact:
    """That words came (`added-text`) or went (`dropped-text`); the direction is known where they ask or forbid."""
    direction: Direction = "unclear"
    if binds(words):
        direction = "stricter" if kind == "added-text" else "weaker"
    shown = shortened(words)
    if kind == "dropped-text":
        return Fact(kind, shown, "", went(f"“{shown}” is", "there", direction), direction)
    return Fact(kind, "", shown, came(f"“{shown}” is", "there", direction), direction)


def levels_of(text: str) -> frozenset[tuple[str, int]]:
    """How far a text binds in all its places: each scale and strength that it has."""
    return frozenset((modal.scale, modal.strength) for modal in _modals_of(text))


def find_level_facts(before: str, after: str) -> Iterator[Fact]:
    """The strength that one text as a whole has in the place of another on the same scale."""
    sides = _modals_of(before), _modals_of(after)
    levels = levels_of(before), levels_of(after)
    asked, allowed = (
        [sum(modal.scale == scale for modal in side) for side in sides] for scale in ("duty", "permission")
    )
    if (asked[0] > asked[1] == 0 and allowed[0] < allowed[1]) or (asked[1] > asked[0] == 0 and allowed[1] < allowed[0]):
        yield _level_fact(max(sides[0], key=_rank), max(sides[1], key=_rank))
        return
    gone = [modal for modal in sides[0] if (modal.scale, modal.strength) not in levels[1]]
    come = [modal for modal in sides[1] if (modal.scale, modal.strength) not in levels[0]]
    if gone and come:
        left, right = max(gone, key=_rank), max(come, key=_rank)
        if left.scale == right.scale:
            yield _level_fact(left, right)


def binds_alike(hunk: Hunk) -> bool:
    """Whether other words on both sides of a place bind as much ("are prohibited from", "must not")."""
    old, new = _modals_near(hunk, hunk.before), _modals_near(hunk, hunk.after)
    if not old or not new:
        return False
    left, right = max(old, key=_rank), max(new, key=_rank)
    return left.words != right.words and (left.strength, left.scale) == (right.strength, right.scale)


def forbids_on_one_side(hunk: Hunk) -> bool:
    """Whether one side of a place forbids and the other allows or asks ("must not", "may")."""
    old, new = _modals_near(hunk, hunk.before), _modals_near(hunk, hunk.after)
    scales = {max(side, key=_rank).scale if side else "" for side in (old, new)}
    return "prohibition" in scales and len(scales) > 1


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
            yield _level_fact(left, right)


def _plain_facts(hunk: Hunk) -> Iterator[Fact]:
    """What simply is done ("is investigated") binds; what may or should be done leaves room ("may be investigated")."""
    for plain, other, is_weaker in ((hunk.before, hunk.after, True), (hunk.after, hunk.before, False)):
        words = " ".join(other).lower()
        if _PLAIN.fullmatch(" ".join(plain).lower()) and _ROOM.fullmatch(words):
            direction: Direction = "weaker" if is_weaker else "stricter"
            why = became(hunk.said_before, hunk.said_after, direction, "How far it binds")
            yield Fact("modal", hunk.said_before, hunk.said_after, why, direction)


def _level_fact(left: _Modal, right: _Modal) -> Fact:
    direction = _direction(left, right)
    why = became(left.words, right.words, direction, "How far it binds")
    return Fact("modal", left.words, right.words, why, direction)


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
        met = pattern.findall(folded)
        if met:
            found += [_Modal(words, strength, scale) for words in met]
            folded = pattern.sub(" ", folded)
    return tuple(found)


def _rank(modal: _Modal) -> tuple[int, int]:
    return modal.strength, len(modal.words)
