"""Positions: what each text says on each topic, with the words that say so. "Not stated" is an answer of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from policybook.compare.measure import measures_of
from policybook.compare.thesaurus import loose_patterns
from policybook.domain.adoption import APPROVING, Decision
from policybook.domain.comparison import FactKind, Position, PositionTable, Reading, Witness
from policybook.domain.model import Topic
from policybook.domain.resolved import ResolvedClause, ResolvedPolicy
from policybook.text.sentence import split_sentences
from policybook.text.value import print_value
from policybook.text.word import normalise

APPROVAL = "approval"
"""The topic of who approves a policy."""
_MEASURED: dict[str, FactKind] = {"age": "age", "time-range": "time", "duration": "duration"}
IN_WORDS = "stated, no figure"
"""The answer where a topic asks for a figure and the text answers it in words only."""
_WHO = re.compile(
    r"\b(?:FGB|LGB|(?:full |local |the )?(?:governing (?:body|board)|board of (?:directors|trustees|governors)"
    r"|trust board|academy (?:council|committee)|management committee|governors|trustees|directors|head ?teacher"
    r"|principal|chief executive)(?: committee)?)\b",
    re.I,
)
_SHORT_FOR = {"fgb": "Full Governing Body", "lgb": "Local Governing Board"}
_BINDING = re.compile(r"\b(?:must|may|should|shall|will|cannot|not|never|no|only|permit|allow|expect|forbid)", re.I)
_UNCLEAR = re.compile(r"\bbi-?(?:annual|month|week)(?:ly)?\b", re.I)
"""Twice a year or every second year: people mean either, so it is no figure."""
_OF_POLICY = re.compile(r"\b(?:policy|procedure|document)\b|^(?:date )?(?:\w+ed|signed off)(?: by)?\b", re.I)
"""A sentence about the whole policy: it names it, or is a line such as `Approved: full governing body, March 2024`."""
_TELLING_WORDS = {"age": 2, "time-range": 2, "duration": 2, "who": 1}
"""Telling words that a cue has at least to be looked for in other words: fewer where a figure stands beside them."""
_LONGEST_SENTENCE = 2_000
"""Characters of a sentence that are looked at, so that a clause of a megabyte takes no longer than it must."""
_SURE_OF_NOTHING = 0.8
"""How sure "not stated" is of a text in which no cue is found: other words may say it."""


@dataclass(frozen=True, slots=True)
class _Mention:
    """A sentence with a cue: `rank` is the cue's place in the topic's list, the most telling first."""

    rank: int
    sentence: str
    reading: Reading


def find_positions(topics: Iterable[Topic], policies: Sequence[ResolvedPolicy]) -> PositionTable:
    """The table of topics x policies. Parameters answer first, then clauses of the topic, then its cue words."""
    topics = list(topics)
    found = {(topic.id, policy.ref): position_of_policy(topic, policy) for topic in topics for policy in policies}
    columns = tuple((policy.ref, policy.owner) for policy in policies)
    served = {entry.ref: len(entry.adoption.schools) for entry in policies if entry.adoption and entry.adoption.covers}
    return PositionTable(tuple((topic.id, topic.label) for topic in topics), columns, found, served)


def position_of_policy(topic: Topic, policy: ResolvedPolicy) -> Position:
    """What a resolved policy says on a topic; who approves it is what its record says, where a body has."""
    approved = _approval(policy) if topic.id == APPROVAL else None
    if approved:
        return Position(topic.id, policy.ref, _say(topic, approved.body), _in_words(approved), found_by="parameter")
    for clause in policy.clauses:
        answer = _parameter_answer(topic, policy, clause)
        if answer:
            return Position(topic.id, policy.ref, answer, clause.text, clause.id, clause.number, "parameter", 1.0)
    on_topic = [clause for clause in policy.clauses if topic.id in clause.topics]
    for clause in on_topic:
        answer = _figure(topic, clause.text)
        if answer:
            return Position(topic.id, policy.ref, answer, clause.text, clause.id, clause.number, "topic", 0.9)
    if on_topic:
        first = on_topic[0]
        return Position(topic.id, policy.ref, _without_figure(topic), first.text, first.id, first.number, "topic", 0.9)
    readings = [Reading(clause.text, clause.id, clause.number, clause.kind) for clause in policy.clauses]
    return _positions_by_cues([topic], policy.ref, readings)[0]


def _approval(policy: ResolvedPolicy) -> Decision | None:
    """The last decision by which a body approved an adopted policy."""
    decisions = policy.adoption.decisions if policy.adoption else ()
    approving = [decision for decision in decisions if decision.outcome in APPROVING]
    return max(reversed(approving), key=lambda decision: decision.on, default=None)


def _in_words(decision: Decision) -> str:
    return f"Approved by {decision.body} on {decision.on.day} {decision.on:%B %Y}"


def position_of_witness(topic: Topic, witness: Witness) -> Position:
    """What a text that nobody has modelled says on a topic, found by the topic's cue words.

    What the document says of itself on its front page counts too, after its clauses.
    """
    return positions_of_witness([topic], witness)[0]


def positions_of_witness(topics: Sequence[Topic], witness: Witness) -> tuple[Position, ...]:
    """The same for several topics, in their order; each clause is looked at once for all of them."""
    front = [Reading(line, kind="front") for line in witness.front]
    return _positions_by_cues(topics, witness.ref, [*witness.readings, *front])


def _parameter_answer(topic: Topic, policy: ResolvedPolicy, clause: ResolvedClause) -> str | None:
    for run in clause.runs:
        parameter = policy.model.parameters.get(run.parameter or "")
        value = policy.values.get(run.parameter or "")
        if parameter and parameter.topic == topic.id and value is not None:
            return _say(topic, print_value(parameter.type, value))
    return None


def _positions_by_cues(topics: Sequence[Topic], ref: str, readings: Sequence[Reading]) -> tuple[Position, ...]:
    hits_in = _finder(tuple(topic.cues for topic in topics))
    mentions: list[list[_Mention]] = [[] for _ in topics]
    for reading in readings:
        for place, rank, sentence in hits_in(reading.text) if reading.kind != "heading" else ():
            mentions[place].append(_Mention(rank, sentence, reading))
    return tuple(_position(topic, ref, found, readings) for topic, found in zip(topics, mentions, strict=True))


def _position(topic: Topic, ref: str, mentions: list[_Mention], readings: Sequence[Reading]) -> Position:
    """A figure in a sentence with a cue, else one elsewhere in its clause, else the clause of the most telling cue."""
    mentions.sort(key=lambda mention: mention.rank)
    for place, confidence in (("sentence", 0.8), ("clause", 0.6)):
        for mention in mentions:
            answer = _figure(topic, mention.sentence if place == "sentence" else mention.reading.text)
            if answer:
                return _told(topic, ref, answer, mention.reading, confidence)
    if not mentions or topic.answer == "who":
        return _position_in_other_words(topic, ref, readings)
    telling = [mention for mention in mentions if mention.rank == mentions[0].rank]
    rule = next((mention for mention in telling if _BINDING.search(mention.sentence)), telling[0])
    return _told(topic, ref, _without_figure(topic), rule.reading, 0.5)


def _position_in_other_words(topic: Topic, ref: str, readings: Sequence[Reading]) -> Position:
    """A sentence that says what a cue says in other words; where a figure is asked for, only one that states it."""
    answers_in = _loose_finder(topic)
    found = [
        (rank, answer, entry)
        for entry in readings
        if entry.kind != "heading"
        for rank, answer in answers_in(entry.text)
    ]
    if found:
        _, answer, reading = min(found, key=lambda entry: entry[0])
        return _told(topic, ref, answer, reading, 0.4)
    return Position(topic.id, ref, None, confidence=_SURE_OF_NOTHING if topic.cues else 0.0)


def _loose_answer(topic: Topic, sentence: str) -> str | None:
    if topic.answer in _MEASURED:
        return _figure(topic, sentence)
    if topic.answer != "who":
        return _without_figure(topic)
    found = _WHO.search(sentence) if _OF_POLICY.search(sentence) else None
    return _say(topic, _body(found[0])) if found else None


def _told(topic: Topic, ref: str, answer: str, reading: Reading, confidence: float) -> Position:
    return Position(topic.id, ref, answer, reading.text, reading.id, reading.number, "cue", confidence)


@lru_cache(maxsize=64)
def _finder(cues: tuple[tuple[str, ...], ...]) -> Callable[[str], tuple[tuple[int, int, str], ...]]:
    """Finds the hits of several topics' cues in a text, each with the topic's place.

    Answers are kept, because many schools say the same.
    """

    @lru_cache(maxsize=4_096)
    def find(text: str) -> tuple[tuple[int, int, str], ...]:
        return tuple((place, *hit) for place, each in enumerate(cues) for hit in _hits(each, text))

    return find


def _hits(cues: tuple[str, ...], text: str) -> Iterator[tuple[int, str]]:
    """The sentences with a cue, each with the most telling one's rank."""
    # Most sentences do not even hold the first word of a cue, which is quicker to see than that the cue is not there.
    sought = [(cue.split()[0].rstrip(".…").lower(), _pattern(cue)) for cue in cues if cue.strip()]
    for sentence in _sentences(text) if sought else ():
        words = sentence.lower()
        told = (rank for rank, (word, pattern) in enumerate(sought) if word in words and pattern.search(sentence))
        rank = next(told, None)
        if rank is not None:
            yield rank, sentence


@lru_cache(maxsize=64)
def _loose_finder(topic: Topic) -> Callable[[str], tuple[tuple[int, str], ...]]:
    """Finds what sentences of a text answer that say in other words what a cue says, each with the cue's rank."""
    least = _TELLING_WORDS.get(topic.answer, 3)
    sought = [(rank, patterns) for rank, cue in enumerate(topic.cues) if len(patterns := loose_patterns(cue)) >= least]

    @lru_cache(maxsize=4_096)
    def find(text: str) -> tuple[tuple[int, str], ...]:
        return tuple(
            (rank, answer)
            for rank, patterns in sought
            for sentence in _sentences(text)
            if all(pattern.search(sentence) for pattern in patterns) and (answer := _loose_answer(topic, sentence))
        )

    return find


@lru_cache(maxsize=4_096)
def _sentences(text: str) -> tuple[str, ...]:
    """The sentences, what stands before a colon with what comes after it: `Review cycle: every two years`."""
    found, lead = [], ""
    for piece in split_sentences(normalise(text)):
        lead += piece
        if not piece.rstrip().endswith(":"):
            found.append(lead[:_LONGEST_SENTENCE])
            lead = ""
    return (*found, lead[:_LONGEST_SENTENCE]) if lead else tuple(found)


@lru_cache(maxsize=512)
def _pattern(cue: str) -> re.Pattern[str]:
    """A cue's words in this order; `...` stands for any words between them."""
    pieces = [r"\W+".join(map(re.escape, piece.split())) for piece in re.split(r"…|\.\.\.", cue)]
    return re.compile(".*".join(rf"\b{piece}" for piece in pieces if piece), re.I | re.S)


def _figure(topic: Topic, text: str) -> str | None:
    """The figure, or the body, that a text answers with."""
    if topic.answer == "who":
        return _who(topic, text)
    kind = _MEASURED.get(topic.answer)
    stated = [measure.value for measure in measures_of(_UNCLEAR.sub(" ", text)) if measure.kind == kind]
    return _say(topic, _limit(stated[0])) if stated else None


def _limit(value: str) -> str:
    """ "18 or under" is "under 19"."""
    inclusive = re.fullmatch(r"(\d+) or under", value)
    return str(int(inclusive[1]) + 1) if inclusive else value


def _who(topic: Topic, text: str) -> str | None:
    """The body or person that follows a cue."""
    for cue in topic.cues:
        after = _pattern(cue).search(text)
        found = _WHO.search(text, after.start()) if after else None
        if found:
            return _say(topic, _body(found[0]))
    return None


def _body(words: str) -> str:
    words = re.sub(r"^the ", "", words, flags=re.I)
    return _SHORT_FOR.get(words.lower(), words)


def _without_figure(topic: Topic) -> str:
    return IN_WORDS if topic.answer in _MEASURED else "stated"


def _say(topic: Topic, value: str) -> str:
    said = re.sub(r"\{\{\s*value\s*\}\}", lambda _: value, topic.says)
    return re.sub(r"\bevery 1 (?=day|week|month|year)", "every ", said)
