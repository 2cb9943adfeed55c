"""How much a document has in common with texts that are known; sentences that several models share prove nothing."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from policybook.domain.identity import Likeness
from policybook.domain.source import SourceDocument
from policybook.text.align import Passage, align
from policybook.text.sentence import split_sentences
from policybook.text.word import comparable_words

NEAR = 0.75
"""How alike two clauses are at least to count as the same clause in nearly the same words."""
MOST_ALIGNED = 8
_SHINGLE = 5
_LEAST_WORDS = 5
_TELLING_WORDS = 8
_MOST_TELLING = 5


@dataclass(frozen=True, slots=True)
class KnownText:
    """A text to hold a document against: its ref, the model that it comes from, its clauses' words."""

    ref: str
    model: str
    passages: tuple[Passage, ...]


def passages_of(document: SourceDocument) -> tuple[Passage, ...]:
    """A document's clauses as they are aligned."""
    return tuple(Passage(clause.text, is_heading=clause.kind == "heading") for clause in document.clauses)


def find_likenesses(document: SourceDocument, texts: Sequence[KnownText]) -> list[Likeness]:
    """The nearest texts, best first; of many only those that share the most runs of words are aligned."""
    passages = passages_of(document)
    shared = _shared_sentences(texts)
    own = set(_shingles(passages))
    ranked = sorted(texts, key=lambda text: (-len(own & set(_shingles(text.passages))), text.ref))
    found = [_likeness(passages, text, shared) for text in ranked[:MOST_ALIGNED]]
    return sorted(found, key=lambda entry: (-round(entry.score, 2), -entry.exact, entry.ref))


def _likeness(passages: Sequence[Passage], text: KnownText, shared: Mapping[str, Collection[str]]) -> Likeness:
    counted = [index for index, passage in enumerate(passages) if _counts(passage, shared)]
    theirs = [index for index, passage in enumerate(text.passages) if _counts(passage, shared)]
    found: set[int] = set()
    found_theirs: set[int] = set()
    exact = 0
    for pair in align(passages, text.passages):
        if pair.left and pair.right and pair.confidence >= NEAR:
            found.update(pair.left)
            found_theirs.update(pair.right)
            exact += pair.found_by == "exact" and _counts(passages[pair.left[0]], shared)
    of_document = _share(passages, found, counted)
    of_text = _share(text.passages, found_theirs, theirs)
    return Likeness(
        ref=text.ref,
        clauses=len(theirs),
        found=len(found_theirs & set(theirs)),
        exact=exact,
        of_document=round(of_document, 3),
        of_text=round(of_text, 3),
        score=round(math.sqrt(of_document * of_text), 3),
        telling=tuple(_telling(passages, text, shared)),
    )


def _counts(passage: Passage, shared: Mapping[str, Collection[str]]) -> bool:
    """Whether a clause can tell anything: long enough, no heading, and not made of sentences that many models have."""
    if passage.is_heading or len(comparable_words(passage.text)) < _LEAST_WORDS:
        return False
    return not all(len(shared.get(sentence, ())) > 1 for sentence in _sentences(passage.text))


def _share(passages: Sequence[Passage], found: Collection[int], counted: Sequence[int]) -> float:
    sizes = {index: len(passages[index].text.split()) for index in counted}
    total = sum(sizes.values())
    return sum(size for index, size in sizes.items() if index in found) / total if total else 0.0


def _telling(passages: Sequence[Passage], text: KnownText, shared: Mapping[str, Collection[str]]) -> Iterator[str]:
    """Long sentences of the document that this model has and no other, at most five."""
    given = 0
    for passage in passages:
        for sentence in split_sentences(passage.text):
            words = " ".join(comparable_words(sentence))
            if words.count(" ") >= _TELLING_WORDS - 1 and set(shared.get(words, ())) == {text.model}:
                given += 1
                yield " ".join(sentence.split())
                if given == _MOST_TELLING:
                    return


def _shared_sentences(texts: Sequence[KnownText]) -> dict[str, set[str]]:
    """For each sentence of the known texts, the models that have it."""
    models: dict[str, set[str]] = defaultdict(set)
    for text in texts:
        for passage in text.passages:
            for sentence in _sentences(passage.text):
                models[sentence].add(text.model)
    return models


def _sentences(text: str) -> list[str]:
    return [words for sentence in split_sentences(text) if (words := " ".join(comparable_words(sentence)))]


def _shingles(passages: Sequence[Passage]) -> Iterator[tuple[str, ...]]:
    """Every run of five words of a clause."""
    for passage in passages:
        words = comparable_words(passage.text)
        for start in range(max(1, len(words) - _SHINGLE + 1)):
            yield tuple(words[start : start + _SHINGLE])
