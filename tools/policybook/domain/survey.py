"""Surveys: what many schools' documents say beside one model, as counts."""

from __future__ import annotations

from dataclasses import dataclass

from policybook.domain.comparison import ChangeKind

Count = int | None
"""How many documents; None where it is not told, because it is small enough to point at a school."""


@dataclass(frozen=True, slots=True)
class SurveyFailure:
    """A document that could not be surveyed: its path in the folder, why, and how to mend it."""

    document: str
    reason: str
    mend: str


@dataclass(frozen=True, slots=True)
class AnswerCount:
    """How many documents give one answer; `answer` is None for "not stated"."""

    answer: str | None
    count: Count


@dataclass(frozen=True, slots=True)
class TopicCounts:
    """The answers to one topic, the most common first; they add up to all documents that were read."""

    topic: str
    label: str
    question: str
    answers: tuple[AnswerCount, ...]


@dataclass(frozen=True, slots=True)
class SharedChange:
    """One departure that documents share. `how` tells it; `words` are those of one of them, empty where none remain."""

    change: ChangeKind
    how: str
    words: str
    count: Count


@dataclass(frozen=True, slots=True)
class ClauseCounts:
    """What becomes of one clause of the model: documents by kind of change, and the departures most often shared."""

    clause: str
    number: str | None
    text: str
    counts: dict[ChangeKind, Count]
    shared: tuple[SharedChange, ...] = ()


@dataclass(frozen=True, slots=True)
class SurveySummary:
    """A survey in counts. `following` of the documents `read` follow the model, and only they count by clause.

    `versions` are (version, count); "" is one that cannot be told from the words. `additions` stand in no version.
    `failures` are listed for the council alone; `failed` counts them.
    """

    model: str
    title: str
    documents: int
    read: int
    following: int
    failed: Count
    versions: tuple[tuple[str, Count], ...]
    topics: tuple[TopicCounts, ...]
    clauses: tuple[ClauseCounts, ...]
    additions: tuple[SharedChange, ...]
    failures: tuple[SurveyFailure, ...] = ()
