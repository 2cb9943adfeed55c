"""A survey as people outside the council may read it: counts alone, and none that could point at a school."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from policybook.domain.error import Refused
from policybook.domain.survey import AnswerCount, ClauseCounts, Count, SharedChange, SurveySummary, TopicCounts
from policybook.site.audience import FEWEST_SHOWN


def public_summary(summary: SurveySummary) -> SurveySummary:
    """The survey without any school's words or documents, and without counts from one to four.

    Where a few are left out, so is the smallest count beside them: a total minus the rest must not give them away.
    Raises Refused where fewer than five documents follow the model at all.
    """
    if summary.following < FEWEST_SHOWN:
        mend = "make it for the council: --audience council"
        raise Refused(f"a survey of fewer than {FEWEST_SHOWN} documents points at schools", mend=mend)
    return replace(
        summary,
        failed=_told([summary.failed or 0])[0],
        versions=_pairs_told(summary.versions),
        topics=tuple(_topic_told(entry) for entry in summary.topics),
        clauses=tuple(_clause_told(entry) for entry in summary.clauses),
        additions=(),
        failures=(),
    )


def _told(counts: Sequence[Count]) -> list[Count]:
    """The counts, None in place of those that are not told."""
    small = {place for place, number in enumerate(counts) if number and number < FEWEST_SHOWN}
    others = [place for place, number in enumerate(counts) if number and place not in small]
    if small and others and sum(counts[place] or 0 for place in small) < FEWEST_SHOWN:
        small.add(min(others, key=lambda place: counts[place] or 0))
    return [None if place in small else number for place, number in enumerate(counts)]


def _pairs_told(pairs: Sequence[tuple[str, Count]]) -> tuple[tuple[str, Count], ...]:
    counts = _told([number for _, number in pairs])
    return tuple((name, number) for (name, _), number in zip(pairs, counts, strict=True))


def _topic_told(entry: TopicCounts) -> TopicCounts:
    """An answer that few give is not even named; how many they are together follows from the rest only if five do."""
    counts = _told([answer.count for answer in entry.answers])
    told = [(answer.answer, number) for answer, number in zip(entry.answers, counts, strict=True)]
    return replace(entry, answers=tuple(AnswerCount(answer, number) for answer, number in told if number is not None))


def _clause_told(entry: ClauseCounts) -> ClauseCounts:
    counts = dict(zip(entry.counts, _told(list(entry.counts.values())), strict=True))
    hidden = {kind for kind, number in counts.items() if number is None}
    shared = tuple(
        SharedChange(change.change, change.how, "", change.count)
        for change in entry.shared
        if change.count and change.count >= FEWEST_SHOWN and change.how and change.change not in hidden
    )
    return replace(entry, counts=counts, shared=shared)
