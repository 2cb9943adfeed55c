"""One document of a survey: read, held against the model, judged, and asked for its positions.

It runs in other processes and on other machines, so that all it needs goes in and all it found comes out as bytes.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from policybook.compare import compare, position_of_witness, witness_of_document
from policybook.compare.compare import Prepared, joined_text, prepare
from policybook.domain.comparison import Row, Witness
from policybook.domain.model import Topic
from policybook.domain.source import SourceDocument
from policybook.intake import read_content
from policybook.text.fingerprint import match_fingerprint
from policybook.text.word import comparable_words

FOLLOWS = 0.2
"""Share of runs of words in common (of both texts, geometric mean) from which a document follows a model."""
_LEAD = 0.005
"""How much nearer one version must be than the next, to be told from it."""
_RUN = 5

_Runs = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class SurveyModel:
    """What documents are held against: the version that they are compared with, all versions' texts, the topics."""

    base: Witness
    versions: tuple[tuple[str, tuple[str, ...]], ...]
    topics: tuple[Topic, ...]


def survey_document(model: SurveyModel, content: bytes) -> bytes:
    """What a document says beside the model, as JSON; the same for the same bytes. Raises UnreadableDocument.

    `clauses` are lists of clause, number, the clause before it, kind of change, whether it moved, how it changed, what
    tells shared changes apart, and the words where they are not the model's; `positions` of topic, answer and words.
    """
    document = read_content(content, "document")
    witness = witness_of_document("B", "document", document)
    version, likeness = _nearest(model, document)
    positions = [position_of_witness(topic, witness) for topic in model.topics]
    found: dict[str, Any] = {
        "organisation": document.metadata.get("organisation", ""),
        "title": document.metadata.get("title", ""),
        "follows": likeness >= FOLLOWS,
        "version": version if likeness >= FOLLOWS else "",
        "likeness": likeness,
        "coverage": round(document.coverage, 4),
        "sections": len(witness.readings),
        "clauses": list(_clauses(model.base, witness)) if likeness >= FOLLOWS else [],
        "positions": [[entry.topic, entry.answer, entry.words] for entry in positions],
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def _nearest(model: SurveyModel, document: SourceDocument) -> tuple[str, float]:
    """The version that shares the most runs of words ("" where two share as many), and how near it is, from 0 to 1."""
    counts = [_shared_runs(clause.text, model.versions) for clause in document.clauses]
    total, *shared = (
        (sum(column) for column in zip(*counts, strict=True)) if counts else (0, *[0] * len(model.versions))
    )
    scores = [
        (min(1.0, found / math.sqrt(max(1, total * len(_runs_of_version(texts))))), version)
        for found, (version, texts) in zip(shared, model.versions, strict=True)
    ]
    scores.sort(key=lambda entry: -entry[0])
    is_told = len(scores) < 2 or scores[0][0] - scores[1][0] > _LEAD
    return (scores[0][1] if is_told else ""), round(scores[0][0], 3)


@lru_cache(maxsize=16_384)
def _shared_runs(text: str, versions: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[int, ...]:
    """How many runs of words a clause has, and how many of them each version has; kept, for schools say much alike."""
    runs = _runs(text)
    return len(runs), *(len(runs & _runs_of_version(texts)) for _, texts in versions)


@lru_cache(maxsize=64)
def _runs_of_version(texts: tuple[str, ...]) -> _Runs:
    return frozenset().union(*map(_runs, texts))


def _runs(text: str) -> _Runs:
    """Every five words of a clause that stand in a row."""
    words = comparable_words(text)
    return frozenset(zip(*(words[start:] for start in range(_RUN)), strict=False))


def _clauses(base: Witness, witness: Witness) -> Iterator[list[Any]]:
    """One entry for each clause of the model, and one for each text that the document adds."""
    after = ""
    for row in compare(_prepared(base), witness).rows:
        words = joined_text(row.right) if row.right and row.change != "same" else ""
        how = " ".join(fact.why for fact in row.facts)
        told = [row.change, row.moved, how, _kinship(row, how, words), words]
        for reading in row.left:
            yield [reading.id or "", reading.number, after, *told]
            after = reading.id or after
        if not row.left:
            yield ["", None, after, *told]


@lru_cache(maxsize=8)
def _prepared(base: Witness) -> Prepared:
    return prepare(base)


def _kinship(row: Row, how: str, words: str) -> str:
    """The same for changes that count as one: the same evidence, or without evidence the same words."""
    if row.change == "substantive":
        return how
    return match_fingerprint(words) if row.change in ("reworded", "added") else ""
