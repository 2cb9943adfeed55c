"""What one place where two documents differ may tell of the names in them; many places together decide."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from policybook.compare.hunk import Hunk
from policybook.compare.people import ROLE_WORDS, title_of
from policybook.compare.vocabulary import FUNCTION_WORDS, PARTY_WORDS, PEOPLE
from policybook.text.spelling import fold

Words = tuple[str, ...]
_ACRONYM = re.compile(r"[A-Z]{2,6}s?")
LONGEST_NAME = 5
LONGEST_SCHOOL_NAME = 16
LONGEST_GROUP = 4
"""Words that carry meaning in a name, and in the name of a group of people."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Of some places, most of them telling nothing.

    `acronyms` (side 0 or 1, the word as written); `swapped_acronyms` stand where the other side has a word for the
    school or is silent; `school_names` are capitalised words in the place of a word for the school or before one;
    `answers` a short capitalised name and what stands in its place; `groups` people added or dropped; `roles` titles
    that stand for one another.
    """

    acronyms: tuple[tuple[int, str], ...] = ()
    swapped_acronyms: Words = ()
    school_names: tuple[Words, ...] = ()
    answers: tuple[tuple[Words, frozenset[str]], ...] = ()
    groups: tuple[Words, ...] = ()
    roles: tuple[tuple[Words, Words], ...] = ()


NOTHING = Evidence()


def gather_evidence(hunks: Sequence[Hunk]) -> Evidence:
    """What the places tell together."""
    found = [evidence for hunk in hunks for evidence in _find_evidence(hunk)]
    if len(found) < 2:
        return found[0] if found else NOTHING
    return Evidence(
        tuple([entry for one in found for entry in one.acronyms]),
        tuple([entry for one in found for entry in one.swapped_acronyms]),
        tuple([entry for one in found for entry in one.school_names]),
        tuple([entry for one in found for entry in one.answers]),
        tuple([entry for one in found for entry in one.groups]),
        tuple([entry for one in found for entry in one.roles]),
    )


def _find_evidence(hunk: Hunk) -> Iterator[Evidence]:
    for words, others in ((hunk.content_before, hunk.content_after), (hunk.content_after, hunk.content_before)):
        if not others and len(words) <= LONGEST_GROUP and not PEOPLE.isdisjoint(words):
            yield Evidence(groups=(words,))
    if hunk.words and (hunk.words <= ROLE_WORDS or _exchanges_titles(hunk)):
        yield Evidence(roles=((hunk.content_before, hunk.content_after),))
    if hunk.has_capital:
        sides = (hunk.before, hunk.after, hunk.content_after), (hunk.after, hunk.before, hunk.content_before)
        for side, (words, others, other_content) in enumerate(sides):
            if any(word[0].isupper() for word in words):
                yield _of_side(side, words, others, other_content, hunk.context[1])


def _exchanges_titles(hunk: Hunk) -> bool:
    """Whether a title stands for a title ("network manager", "computing lead"), or one proper name for another."""
    if not hunk.content_before or not hunk.content_after:
        return False
    return hunk.is_proper or bool(title_of(hunk, hunk.content_before) and title_of(hunk, hunk.content_after))


def _of_side(side: int, words: Words, others: Words, other_content: Words, following: str) -> Evidence:
    """What one side tells, some words of which have a capital."""
    content, is_capitalised, acronyms = _naming(words)
    if not is_capitalised and not acronyms:
        return NOTHING
    is_short = len(words) <= LONGEST_GROUP and (not other_content or not PARTY_WORDS.isdisjoint(other_content))
    # "the school" -> "Marsh Lane School": only "Marsh Lane" is new, and "School" follows it.
    is_party = bool(other_content) or not PARTY_WORDS.isdisjoint((*content, fold(following)))
    is_name = is_capitalised and is_party and _is_of_length(content) and PARTY_WORDS.issuperset(other_content)
    answer = frozenset(map(fold, others)) - FUNCTION_WORDS
    return Evidence(
        tuple([(side, word) for word in acronyms]),
        tuple(map(fold, acronyms)) if is_short else (),
        (content,) if is_name else (),
        ((content, answer),) if is_capitalised and len(content) <= 2 and answer else (),
    )


def _is_of_length(content: Words) -> bool:
    """A school's name is longer than a person's ("St Mary and St John Church of England Primary School")."""
    return len(content) <= (LONGEST_NAME if PARTY_WORDS.isdisjoint(content) else LONGEST_SCHOOL_NAME)


class _Naming(NamedTuple):
    """The words of one side of a place that mean something (folded), and whether they may be a name."""

    content: Words
    is_capitalised: bool
    acronyms: Words


def _naming(words: Words) -> _Naming:
    named = [(word, folded) for word in words if (folded := fold(word)) not in FUNCTION_WORDS]
    is_capitalised = bool(named) and all(word[0].isupper() for word, _ in named)
    acronyms = tuple([word for word in words if word[0].isupper() and _ACRONYM.fullmatch(word)])
    return _Naming(tuple([folded for _, folded in named]), is_capitalised, acronyms)
