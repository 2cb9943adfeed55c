"""One document of a survey: read, held against the model, judged, and asked for its positions.

It runs in other processes and on other machines, so that all it needs goes in and all it found comes out as bytes.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from policybook.compare import compare, positions_of_witness, prepare, witness_of_document
from policybook.compare.compare import Prepared
from policybook.domain.comparison import Row, Witness
from policybook.domain.model import Topic
from policybook.domain.source import SourceDocument
from policybook.intake import read_content
from policybook.text.fingerprint import match_fingerprint
from policybook.text.word import comparable_words
from policybook.workflow.survey_stream import Item

FOLLOWS = 0.2
"""Share of runs of words in common (of both texts, geometric mean) from which a document follows a model."""
_LEAD = 0.005
"""How much nearer one version must be than the next, to be told from it."""
_RUN = 5


@dataclass(frozen=True, slots=True)
class SurveyModel:
    """What documents are held against: the version that they are compared with, all versions' texts, the topics.

    Models of one `key`, a fingerprint of all the rest, are the same: each process makes one ready once.
    """

    key: str
    base: Witness = field(compare=False, repr=False)
    versions: tuple[tuple[str, tuple[str, ...]], ...] = field(compare=False, repr=False)
    topics: tuple[Topic, ...] = field(compare=False, repr=False)


class _Ready:
    """A model made ready: its clauses as they are aligned, and the runs of words of each of its versions."""

    def __init__(self, model: SurveyModel) -> None:
        self.base = prepare(model.base)
        self.versions = [
            (version, frozenset[tuple[str, ...]]().union(*map(_runs, texts))) for version, texts in model.versions
        ]
        # Kept, for schools say much alike.
        self.shared_runs = lru_cache(maxsize=16_384)(self._shared_runs)

    def _shared_runs(self, text: str) -> tuple[int, ...]:
        """How many runs of words a clause has, and how many of them each version has."""
        runs = _runs(text)
        return len(runs), *(len(runs & others) for _, others in self.versions)

    def nearest(self, document: SourceDocument) -> tuple[str, float]:
        """The version that shares the most runs of words ("" where two share as many), and how near it is, 0 to 1."""
        counts = [self.shared_runs(clause.text) for clause in document.clauses]
        total, *shared = map(sum, zip(*counts, strict=True)) if counts else [0] * (len(self.versions) + 1)
        scores = [
            (min(1.0, found / math.sqrt(max(1, total * len(runs)))), version)
            for found, (version, runs) in zip(shared, self.versions, strict=True)
        ]
        scores.sort(key=lambda entry: -entry[0])
        is_told = len(scores) < 2 or scores[0][0] - scores[1][0] > _LEAD
        return (scores[0][1] if is_told else ""), round(scores[0][0], 3)


@lru_cache(maxsize=4)
def _ready(model: SurveyModel) -> _Ready:
    return _Ready(model)


def survey_document(model: SurveyModel, item: Item) -> bytes:
    """What a document says beside the model, as JSON; the same for the same bytes. Raises UnreadableDocument.

    `clauses` are lists of clause, number, the clause before it, kind of change, whether it moved, how it changed, what
    tells shared changes apart, and the words where they are not the model's; `positions` of topic, answer and words.
    """
    document = read_content(item[1], "document")
    witness = witness_of_document("B", "document", document)
    ready = _ready(model)
    version, likeness = ready.nearest(document)
    positions = positions_of_witness(model.topics, witness)
    found: dict[str, Any] = {
        "organisation": document.metadata.get("organisation", ""),
        "title": document.metadata.get("title", ""),
        "follows": likeness >= FOLLOWS,
        "version": version if likeness >= FOLLOWS else "",
        "likeness": likeness,
        "coverage": round(document.coverage, 4),
        "sections": len(witness.readings),
        "clauses": list(_clauses(ready.base, witness)) if likeness >= FOLLOWS else [],
        "positions": [[entry.topic, entry.answer, entry.words] for entry in positions],
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    """Every five words of a clause that stand in a row."""
    words = comparable_words(text)
    return frozenset(zip(*(words[start:] for start in range(_RUN)), strict=False))


def _clauses(base: Prepared, witness: Witness) -> Iterator[list[Any]]:
    """One entry for each clause of the model, and one for each text that the document adds."""
    after = ""
    for row in compare(base, witness).rows:
        words = row.after if row.change != "same" else ""
        how = " ".join(fact.why for fact in row.facts)
        told = [row.change, row.moved, how, _kinship(row, how, words), words]
        for reading in row.left:
            yield [reading.id or "", reading.number, after, *told]
            after = reading.id or after
        if not row.left:
            yield ["", None, after, *told]


def _kinship(row: Row, how: str, words: str) -> str:
    """The same for changes that count as one: the same evidence, or without evidence the same words."""
    if row.change == "substantive":
        return how
    return match_fingerprint(words) if row.change in ("reworded", "added") else ""
