"""Whether two texts speak of the same thing in other words: for texts that were never one.

Word for word, two councils' rules on one subject have little in common. What tells them is the meanings they share
(`text.concept`), weighed by how few texts have them (tf-idf), what the sections in which they stand speak of, and what
a text is there for: a rule, an aim, an entry of a list, a declaration to sign.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import log, sqrt
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from policybook.text.concept import Concept, concepts_of

Scores = NDArray[np.float32]
Weighed = dict[Concept, float]
"""What a clause speaks of and how much each counts."""
SURROUNDINGS = 0.4
"""How much the meanings of a clause's heading, and of the words that lead into its list, count beside its own."""
LEAST_LENGTH, LEAST_WORDS_LENGTH = 2.5, 1.0
"""A text that speaks of less than this counts as that long: two that share their only word are not yet the same."""
OWN_WORDS, ONLY_ONES = 1 / 6, 1 / 6
"""How much more the words themselves count, and that two texts are the only ones with a telling meaning."""
OWN_SHARE, SECTION_SHARE = 0.2, 0.8
"""What is left where the sections of two texts have nothing in common, and what their likeness adds to it."""
LEADS_IN, OTHER_USE = 0.2, 0.4
"""What is taken off where only one of two texts leads into a list; where only one is an entry of a list of things, only
one an aim of the policy, only one a declaration, or only one binds pupils or parents."""
_THINGS = re.compile(
    r"\b(?:includ(?:e|es|ing)|examples?|defined|means?|meant|read|bear|mind|covered|such as|applies)\b", re.I
)
"""What leads into a list of things (laws, devices, policies) rather than of rules."""
_AIMS = re.compile(
    r"\b(?:purposes? of|aims? (?:of|to|is|are)|(?:exists?|intended|designed) to|will define|in order to)\b", re.I
)
"""What says what a policy is for."""
_DECLARED = re.compile(
    r"\bI (?:have|confirm|understand|agree|accept|will)\b|^\W*(?:name|signed|signature|date)\b", re.I
)
"""What somebody declares with a signature."""
_ON_PUPILS = re.compile(
    r"^\W*(?:\w+ )?(?:pupils?|students?|children|child|learners?|parents?|carers?)\b(?!['’])[^.:]{0,40}?"
    r"\b(?:must|should|shall|may|can|cannot|are|is|will|do)\b",
    re.I,
)
"""What binds pupils or their families, not the staff."""
_LEAD_LETTERS = 160


class Clause(Protocol):
    """A text and whether it is a heading."""

    @property
    def text(self) -> str:
        """Its words."""
        ...

    @property
    def is_heading(self) -> bool:
        """Whether it stands over others."""
        ...


def kinship(left: Sequence[Clause], right: Sequence[Clause]) -> Scores:
    """How much each clause of one policy speaks of what each of another does, 0 to 1; len(left) x len(right).

    Both are whole policies in reading order: headings and the words before a list tell what a clause is about. Cosine
    of tf-idf weights (Salton and Buckley 1988) of meanings and words.
    """
    sides = [[concepts_of(clause.text) for clause in side] for side in (left, right)]
    known = Counter(concept for side in sides for clause in side for concept in clause)
    count = len(left) + len(right)
    weights = {concept: log((count + 1) / (texts + 0.5)) for concept, texts in known.items()}
    in_place = [
        [_weighed(own | _faint(around, own), weights) for own, around in zip(side, _around(clauses), strict=True)]
        for side, clauses in zip(sides, (left, right), strict=True)
    ]
    of_words = {concept: weight for concept, weight in weights.items() if concept.kind == "word"}
    words = [[_weighed(own, of_words) for own in side] for side in sides]
    scores = _cosine(in_place, LEAST_LENGTH) * np.float32(1 - OWN_WORDS - ONLY_ONES)
    scores += OWN_WORDS * _cosine(words, LEAST_WORDS_LENGTH) + ONLY_ONES * _only_ones(sides)
    for is_so in (_leads_in, _are_things, _are_aims, _declare, _bind_pupils):
        share = LEADS_IN if is_so is _leads_in else OTHER_USE
        scores[np.not_equal.outer(list(is_so(left)), list(is_so(right)))] *= np.float32(1 - share)
    own = [[_weighed(concepts, weights) for concepts in side] for side in sides]
    return scores * (OWN_SHARE + SECTION_SHARE * _section_likeness((left, right), own))


def _section_likeness(clauses: Sequence[Sequence[Clause]], weighed: Sequence[Sequence[Weighed]]) -> Scores:
    """How much the sections in which two clauses stand speak of the same; what is said often counts by its root."""
    places = [list(accumulate(int(clause.is_heading) for clause in side)) for side in clauses]
    sections = []
    for side, own in zip(places, weighed, strict=True):
        sums = [Counter[Concept]() for _ in range(side[-1] + 1)] if side else []
        for place, clause in zip(side, own, strict=True):
            sums[place].update(clause)
        sections.append([{concept: sqrt(amount) for concept, amount in one.items()} for one in sums])
    return _cosine(sections, LEAST_WORDS_LENGTH)[np.ix_(*places)]


def _weighed(clause: Weighed, weights: Weighed) -> Weighed:
    return {concept: amount * weights[concept] for concept, amount in clause.items() if concept in weights}


def _cosine(sides: Sequence[Sequence[Weighed]], least: float) -> Scores:
    """Of each clause of one side with each of the other; a clause counts as at least that long."""
    shared = set().union(*sides[0]) & set().union(*sides[1])
    places = {concept: place for place, concept in enumerate(sorted(shared, key=lambda one: (one.kind, one.name)))}
    tables = [np.zeros((len(side), len(places)), dtype=np.float32) for side in sides]
    for table, side in zip(tables, sides, strict=True):
        for row, clause in enumerate(side):
            length = max(sqrt(sum(amount * amount for amount in clause.values())), least)
            for concept, amount in clause.items():
                if concept in shared:
                    table[row, places[concept]] = amount / length
    return np.asarray(tables[0] @ tables[1].T, dtype=np.float32)


def _only_ones(sides: Sequence[Sequence[Weighed]]) -> Scores:
    """1 where each is the only clause of its policy with some telling meaning, less the more others have it."""
    scores = np.zeros((len(sides[0]), len(sides[1])), dtype=np.float32)
    having: tuple[dict[Concept, list[int]], dict[Concept, list[int]]] = ({}, {})
    for found, side in zip(having, sides, strict=True):
        for index, clause in enumerate(side):
            for concept in clause:
                if concept.is_telling:
                    found.setdefault(concept, []).append(index)
    for concept, rows in having[0].items():
        columns = having[1].get(concept, [])
        if columns:
            cells = np.ix_(rows, columns)
            scores[cells] = np.maximum(scores[cells], (len(rows) * len(columns)) ** -0.5)
    return scores


def _faint(around: str, own: Weighed) -> Weighed:
    return {
        concept: max(SURROUNDINGS * amount, own.get(concept, 0.0)) for concept, amount in concepts_of(around).items()
    }


def _around(side: Sequence[Clause]) -> Iterator[str]:
    """The heading over each clause, and what leads into the list it is in; nothing for a heading."""
    heading = ""
    for clause, lead in zip(side, _leads(side), strict=True):
        heading = clause.text if clause.is_heading else heading
        yield "" if clause.is_heading else f"{heading} {lead}"


def _leads(side: Sequence[Clause]) -> Iterator[str]:
    """What leads into the list that each clause is in; a list ends with its first entry that ends in a full stop."""
    lead = ""
    for clause in side:
        yield "" if clause.is_heading else lead
        words = clause.text.rstrip()
        if clause.is_heading:
            lead = ""
        elif words.endswith(":"):
            lead = words
        elif words.endswith("."):
            lead = ""


def _leads_in(side: Sequence[Clause]) -> Iterator[bool]:
    return (clause.text.rstrip().endswith(":") for clause in side)


def _are_aims(side: Sequence[Clause]) -> Iterator[bool]:
    return (
        bool(_AIMS.search(clause.text) or _AIMS.search(lead)) for clause, lead in zip(side, _leads(side), strict=True)
    )


def _declare(side: Sequence[Clause]) -> Iterator[bool]:
    return (bool(_DECLARED.search(clause.text)) for clause in side)


def _bind_pupils(side: Sequence[Clause]) -> Iterator[bool]:
    return (bool(_ON_PUPILS.search(clause.text)) for clause in side)


def _are_things(side: Sequence[Clause]) -> Iterator[bool]:
    return (bool(_THINGS.search(lead[-_LEAD_LETTERS:])) for lead in _leads(side))
