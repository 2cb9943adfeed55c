"""The table of positions: what each school says on each topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from policybook.domain.comparison import Position, PositionTable
from policybook.domain.inline import Run
from policybook.domain.model import Topic
from policybook.domain.page import Block, Cell, Heading, Page, Table
from policybook.report.word import NOT_STATED, bullet, cell, paragraph, runs

FOUND_WORDS = {
    "parameter": "a value of the policy",
    "topic": "the section on this topic",
    "cue": "found by its words; please check",
    "nothing": "",
}


def positions_page(table: PositionTable, topics: Mapping[str, Topic]) -> Page:
    """The topics that ask for a figure as one table, then every topic with the words that say so."""
    lead = (
        "What each policy says on the questions that governors ask most. "
        "Each answer is followed, further down, by the words that it rests on."
    )
    blocks: list[Block] = [paragraph(lead)]
    figures = with_figures(table, topics)
    if figures.topics:
        blocks.append(positions_table(figures))
    for topic, label in table.topics:
        blocks += _topic_blocks(table, topics[topic], label)
    return Page("Positions", tuple(blocks), subject="What each school says, topic by topic", landscape=True)


def positions_table(table: PositionTable) -> Table:
    """Schools down, topics across; "not stated" is an answer of its own."""
    rows = tuple(
        (cell(title, heading=True), *(_answer_cell(table.positions[topic, ref]) for topic, _ in table.topics))
        for ref, title in table.columns
    )
    share = 0.76 / max(len(table.topics), 1)
    widths = (0.24, *(share for _ in table.topics))
    return Table("Positions by school and topic", ("School", *(label for _, label in table.topics)), rows, widths)


def with_figures(table: PositionTable, topics: Mapping[str, Topic]) -> PositionTable:
    """Only the topics that ask for a figure: an age, hours, a period."""
    kept = tuple((topic, label) for topic, label in table.topics if topics[topic].answer != "text")
    return PositionTable(kept, table.columns, table.positions)


def short_answer(position: Position) -> str:
    """The answer in a few words."""
    if position.answer is None:
        return NOT_STATED
    return _first_words(position.words) if position.answer == "stated" else position.answer


def _answer_cell(position: Position) -> Cell:
    answer = short_answer(position)
    return cell(Run(answer, bold=position.answer not in (None, "stated"), italic=position.answer is None))


def _topic_blocks(table: PositionTable, topic: Topic, label: str) -> Iterator[Block]:
    yield Heading(runs(label), 1, anchor=f"topic-{topic.id}")
    yield paragraph(Run(topic.question, italic=True))
    found = [(title, table.positions[topic.id, ref]) for ref, title in table.columns]
    if topic.answer != "text":
        counts = Counter(short_answer(position) for _, position in found)
        yield paragraph(
            Run("In short: ", bold=True), " · ".join(f"{answer} ({number})" for answer, number in counts.most_common())
        )
    for title, position in found:
        yield bullet(*_evidence(title, position))


def _evidence(title: str, position: Position) -> Iterator[Run]:
    yield Run(f"{title}: ", bold=True)
    if position.answer is None:
        yield Run(f"{NOT_STATED}.", italic=True)
        return
    if position.answer != "stated":
        yield Run(f"{position.answer}. ")
    number = f"section {position.number}, " if position.number else ""
    yield Run(f"“{position.words}” ({number}{FOUND_WORDS[position.found_by]})")


def _first_words(words: str, longest: int = 90) -> str:
    return words if len(words) <= longest else f"{words[:longest].rsplit(' ', 1)[0]} …"
