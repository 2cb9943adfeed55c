"""Where texts that are otherwise the same differ in a few words: the slots of their common words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from policybook.text.similar import Difference, WordCode, differences, similarity
from policybook.text.spelling import folded_words

MOST_WORDS = 6
"""In one slot."""
FEWEST_COMMON = 5
"""Words that the texts must share."""
LARGEST_SHARE = 0.4
"""Of a text in slots: beyond that it is another text."""
_TOKEN = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")
_VALUE = re.compile(r"\w|\w[\w ’'.,&/+-]*\w")
_RULES = frozenset(
    "not no never none must may shall should can cannot could might will would only always unless except without all "
    "any every".split()
)
"""Words that make a rule: a difference in one of them is a departure, never a value."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of the common text (`start` to `end` in characters) and what stands there, by text."""

    start: int
    end: int
    fillers: dict[int, str]


def middle_of(texts: Sequence[str]) -> int:
    """The index of the text that is most like the others; of equals the first."""
    code = WordCode()
    coded = [code.encode(text.split()) for text in texts]
    return max(range(len(texts)), key=lambda index: (sum(similarity(coded[index], other) for other in coded), -index))


def find_slots(texts: Sequence[str], common: int) -> list[Slot]:
    """The slots of `texts[common]`, in order.

    A text that differs in anything but a few words here and there, or in words that make a rule, is passed over: it is
    a departure. A slot holds the same text's own words for each text that is left.
    """
    places = [list(_TOKEN.finditer(text)) for text in texts]
    code = WordCode()
    coded = [code.encode([match[0] for match in found]) for found in places]
    changes = {
        index: spans
        for index in range(len(texts))
        if (spans := _joined(differences(coded[common], coded[index]))) and _are_values(spans, places, common, index)
    }
    merged = _merged([(start, end) for spans in changes.values() for start, end, _, _ in spans])
    same = [index for index in range(len(texts)) if coded[index] == coded[common]]
    slots = []
    for start, end in merged:
        fillers = {index: _words(texts[common], places[common], start, end) for index in same}
        for index, spans in changes.items():
            fillers[index] = _words(
                texts[index], places[index], _across(spans, start), _across(spans, end, is_end=True)
            )
        if all(_is_value(words) for words in fillers.values()) and _differ(fillers.values()):
            slots.append(Slot(places[common][start].start(), places[common][end - 1].end(), fillers))
    return slots


def _is_value(words: str) -> bool:
    """A few words that begin and end with a letter or digit, with no bracket or quotation mark opened or closed."""
    return 0 < len(words.split()) <= MOST_WORDS and bool(_VALUE.fullmatch(words))


def _differ(fillers: Iterable[str]) -> bool:
    """Whether they are not only spelt in different ways."""
    return len({tuple(folded_words(words)) for words in fillers}) > 1


def _joined(differing: Iterable[Difference]) -> list[Difference]:
    """Differences, those that touch on both sides as one: words left out and words put in are words replaced."""
    spans: list[Difference] = []
    for start, end, start2, end2 in differing:
        if spans and spans[-1][1] == start and spans[-1][3] == start2:
            start, _, start2, _ = spans.pop()
        spans.append((start, end, start2, end2))
    return spans


def _are_values(
    spans: Sequence[Difference], places: Sequence[Sequence[re.Match[str]]], common: int, other: int
) -> bool:
    replaced = sum(end - start for start, end, _, _ in spans)
    length = len(places[common])
    if length - replaced < FEWEST_COMMON or replaced > LARGEST_SHARE * length:
        return False
    for start, end, start2, end2 in spans:
        words = {match[0].casefold() for match in (*places[common][start:end], *places[other][start2:end2])}
        if start == end or start2 == end2 or words & _RULES or not any(word[0].isalnum() for word in words):
            return False
    return True


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _across(spans: Sequence[Difference], place: int, *, is_end: bool = False) -> int:
    """Where a place of the common text lies in the other; an end of a slot lies behind what is replaced there."""
    shift = 0
    for start, end, start2, end2 in spans:
        if start < place < end:  # a slot is the union of all spans, so it never ends inside one
            return end2 if is_end else start2
        if end <= place and start != place:
            shift = end2 - end
    return place + shift


def _words(text: str, places: Sequence[re.Match[str]], start: int, end: int) -> str:
    return text[places[start].start() : places[end - 1].end()] if start < end <= len(places) else ""


def parts_between(text: str, slots: Sequence[Slot]) -> list[str]:
    """The common words around the slots, one more than there are slots."""
    edges = [0, *(edge for slot in slots for edge in (slot.start, slot.end)), len(text)]
    return [text[start:end] for start, end in list(pairwise(edges))[::2]]
