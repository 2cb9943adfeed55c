"""Positions: what each text says on each topic, with the words that say so. "Not stated" is an answer of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from policybook.compare.measure import measures_of
from policybook.domain.comparison import FactKind, Position, PositionTable, Reading, Witness
from policybook.domain.model import Topic
from policybook.domain.resolved import ResolvedClause, ResolvedPolicy
from policybook.text.value import print_value

_MEASURED: dict[str, FactKind] = {"age": "age", "time-range": "time", "duration": "duration"}
IN_WORDS = "stated, no figure"
"""The answer where a topic asks for a figure and the text answers it in words only."""


def find_positions(topics: Iterable[Topic], policies: Sequence[ResolvedPolicy]) -> PositionTable:
    """The table of topics x policies. Parameters answer first, then clauses of the topic, then its cue words."""
    topics = list(topics)
    found = {(topic.id, policy.ref): position_of_policy(topic, policy) for topic in topics for policy in policies}
    columns = tuple((policy.ref, policy.owner) for policy in policies)
    return PositionTable(tuple((topic.id, topic.label) for topic in topics), columns, found)


def position_of_policy(topic: Topic, policy: ResolvedPolicy) -> Position:
    """What a resolved policy says on a topic."""
    for clause in policy.clauses:
        answer = _parameter_answer(topic, policy, clause)
        if answer:
            return Position(topic.id, policy.ref, answer, clause.text, clause.id, clause.number, "parameter", 1.0)
    on_topic = [clause for clause in policy.clauses if topic.id in clause.topics]
    for clause in on_topic:
        answer = _measured_answer(topic, clause.text)
        if answer:
            return Position(topic.id, policy.ref, answer, clause.text, clause.id, clause.number, "topic", 0.9)
    if on_topic:
        first = on_topic[0]
        answer = IN_WORDS if topic.answer in _MEASURED else "stated"
        return Position(topic.id, policy.ref, answer, first.text, first.id, first.number, "topic", 0.9)
    readings = [Reading(clause.text, clause.id, clause.number, clause.kind) for clause in policy.clauses]
    return _position_by_cues(topic, policy.ref, readings)


def position_of_witness(topic: Topic, witness: Witness) -> Position:
    """What a text that nobody has modelled says on a topic, found by the topic's cue words."""
    return _position_by_cues(topic, witness.ref, witness.readings)


def _parameter_answer(topic: Topic, policy: ResolvedPolicy, clause: ResolvedClause) -> str | None:
    for run in clause.runs:
        parameter = policy.model.parameters.get(run.parameter or "")
        value = policy.values.get(run.parameter or "")
        if parameter and parameter.topic == topic.id and value is not None:
            return _say(topic, print_value(parameter.type, value))
    return None


def _measured_answer(topic: Topic, text: str) -> str | None:
    kind = _MEASURED.get(topic.answer)
    stated = [measure.value for measure in measures_of(text) if measure.kind == kind]
    return _say(topic, stated[0]) if stated else None


def _position_by_cues(topic: Topic, ref: str, readings: Sequence[Reading]) -> Position:
    """The first clause with a cue and a figure of the right kind; for a topic without figures, the first with a cue."""
    if not topic.cues:
        return Position(topic.id, ref, None)
    cue = re.compile("|".join(rf"\b{re.escape(words)}" for words in topic.cues), re.I)
    marked = [reading for reading in readings if reading.kind != "heading" and cue.search(reading.text)]
    for reading in marked:
        answer = _measured_answer(topic, reading.text)
        if answer:
            return Position(topic.id, ref, answer, reading.text, reading.id, reading.number, "cue", 0.7)
    if marked and topic.answer not in _MEASURED:
        first = marked[0]
        return Position(topic.id, ref, "stated", first.text, first.id, first.number, "cue", 0.5)
    return Position(topic.id, ref, None)


def _say(topic: Topic, value: str) -> str:
    said = re.sub(r"\{\{\s*value\s*\}\}", lambda _: value, topic.says)
    return re.sub(r"\bevery 1 (?=day|week|month|year)", "every ", said)
