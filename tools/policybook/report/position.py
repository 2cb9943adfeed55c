"""The table of positions: what each school says on each topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from policybook.domain.comparison import Position, PositionTable
from policybook.domain.inline import Run
from policybook.domain.judgement import Confirmed
from policybook.domain.model import Topic
from policybook.domain.page import Block, Cell, Heading, Page, Table
from policybook.report.word import NOT_STATED, bullet, cell, count, paragraph, print_date, runs

FOUND_WORDS = {
    "parameter": "a value of the policy, or its record",
    "topic": "the section on this topic",
    "cue": "found by its words; please check",
    "nothing": "",
}
MANY_SCHOOLS = 40
"""With more texts than this, a picture of the answers says more than a table of them."""
FEW_SCHOOLS = 3
"""No more schools than this are named beside the answer that they share."""


def positions_page(table: PositionTable, topics: Mapping[str, Topic], *, has_charts: bool = False) -> Page:
    """The topics that ask for a figure as one table, then every topic with the words that say so.

    With `has_charts`, the answers to each topic that asks for a figure are drawn as well. Where the schools are too
    many to read one by one, the table comes last, and what they say stands by answer, the rarest first.
    """
    lead = (
        "What each policy says on the questions that governors ask most. "
        "Each answer is followed, further down, by the words that it rests on."
    )
    blocks: list[Block] = [paragraph(lead)] if table.topics and table.columns else [paragraph(_nothing(table))]
    figures = with_figures(table, topics)
    overview: list[Block] = [positions_table(figures)] if figures.topics else []
    is_long = has_charts and len(table.columns) > MANY_SCHOOLS
    blocks += [] if is_long else overview
    for topic, label in table.topics:
        blocks += _topic_blocks(table, topics[topic], label, has_charts=has_charts)
    if is_long and overview:
        blocks += [Heading(runs("School by school"), 1, anchor="schools"), *overview]
    return Page("Positions", tuple(blocks), subject="What each school says, topic by topic", landscape=True)


def _nothing(table: PositionTable) -> str:
    """Why the page has no answers."""
    if table.topics:
        return "No school has adopted a policy yet."
    return "No topics yet: the questions to ask of every policy are written in clauses/topics.yaml."


def positions_table(table: PositionTable) -> Table:
    """Schools down, topics across; "not stated" is an answer of its own."""
    rows = tuple(
        (
            cell(_title(table, ref, title), heading=True),
            *(_answer_cell(table.positions[topic, ref]) for topic, _ in table.topics),
        )
        for ref, title in table.columns
    )
    share = 0.76 / max(len(table.topics), 1)
    widths = (0.24, *(share for _ in table.topics))
    return Table("Positions by school and topic", ("School", *(label for _, label in table.topics)), rows, widths)


def with_figures(table: PositionTable, topics: Mapping[str, Topic]) -> PositionTable:
    """Only the topics that ask for a figure: an age, hours, a period."""
    kept = tuple((topic, label) for topic, label in table.topics if topics[topic].answer != "text")
    return PositionTable(kept, table.columns, table.positions, table.schools)


def count_answers(table: PositionTable, topic: str) -> Counter[str]:
    """How many schools give each short answer to a topic: a text counts once for every school that it serves."""
    found: Counter[str] = Counter()
    for ref, _ in table.columns:
        found[short_answer(table.positions[topic, ref])] += table.schools.get(ref, 1)
    return found


def answers_chart(table: PositionTable, topic: str, label: str) -> Table:
    """How many schools give each answer, the most common first and "not stated" last, and who the few are."""
    counts = count_answers(table, topic)
    order = sorted(counts.items(), key=lambda entry: (entry[0] == NOT_STATED, -entry[1], entry[0]))
    rows = tuple(
        (cell(answer, heading=True), cell(str(number)), cell(_who(table, topic, answer, number, counts.total())))
        for answer, number in order
    )
    return Table(f"{label}: answers", ("Answer", "Schools", "Who"), rows, (0.3, 0.3, 0.4), layout="bars")


def _who(table: PositionTable, topic: str, answer: str, number: int, total: int) -> str:
    """The schools behind an answer where they are few; one that stands alone among several is told so."""
    if number > FEW_SCHOOLS:
        return ""
    names = [_title(table, ref, title) for ref, title in table.columns if _answers(table, topic, ref) == answer]
    alone = number == 1 and total > FEW_SCHOOLS and answer != NOT_STATED
    return f"{'; '.join(names)}, alone in this" if alone else "; ".join(names)


def _answers(table: PositionTable, topic: str, ref: str) -> str:
    return short_answer(table.positions[topic, ref])


def short_answer(position: Position) -> str:
    """The answer in a few words: a person's where there is one."""
    if position.said is None:
        return NOT_STATED
    return _first_words(position.words) if position.said == "stated" else position.said


def confirmation_words(confirmed: Confirmed) -> str:
    """What a person said: `“until 19” confirmed by the Clerk on 22 November 2026: “see 6.2”.`"""
    note = f": “{confirmed.note.rstrip('.')}”" if confirmed.note else ""
    return f"“{confirmed.answer or NOT_STATED}”, {_confirmed_by(confirmed)}{note}."


def _answer_cell(position: Position) -> Cell:
    answer = short_answer(position)
    return cell(Run(answer, bold=position.said not in (None, "stated"), italic=position.said is None))


def _topic_blocks(table: PositionTable, topic: Topic, label: str, *, has_charts: bool) -> Iterator[Block]:
    yield Heading(runs(label), 1, anchor=f"topic-{topic.id}")
    yield paragraph(Run(topic.question, italic=True))
    found = [(_title(table, ref, title), table.positions[topic.id, ref]) for ref, title in table.columns]
    if topic.answer != "text":
        counts = count_answers(table, topic.id)
        yield paragraph(
            Run("In short: ", bold=True), " · ".join(f"{answer} ({number})" for answer, number in counts.most_common())
        )
        if has_charts:
            yield answers_chart(table, topic.id, label)
        if has_charts and len(found) > MANY_SCHOOLS:
            yield from _by_answer(found, counts)
            return
    for title, position in found:
        yield bullet(*_evidence(title, position))


def _by_answer(found: Sequence[tuple[str, Position]], counts: Counter[str]) -> Iterator[Block]:
    """What the schools say, under their answers: the rarest first, since those are looked for."""
    for answer, number in sorted(counts.items(), key=lambda entry: (entry[1], entry[0])):
        yield Heading(runs(f"{answer}: {count(number, 'school')}"), 2)
        for title, position in found:
            if short_answer(position) == answer:
                yield bullet(*_evidence(title, position))


def _evidence(title: str, position: Position) -> Iterator[Run]:
    yield Run(f"{title}: ", bold=True)
    if position.confirmed:
        yield Run(f"{confirmation_words(position.confirmed)} ")
        if position.confirmed.answer != position.answer:
            yield Run(f"The program had found: {position.answer or NOT_STATED}. ")
    elif position.answer is None:
        yield Run(f"{NOT_STATED}.", italic=True)
    elif position.answer != "stated":
        yield Run(f"{position.answer}. ")
    if position.words:
        number = f"section {position.number}, " if position.number else ""
        found = FOUND_WORDS["topic" if position.confirmed else position.found_by]
        yield Run(f"“{position.words}” ({number}{found})")
    if position.lapsed:
        yield Run(f" {_lapsed_words(position.lapsed)}")


def _lapsed_words(confirmed: Confirmed) -> str:
    said = f"“{confirmed.answer or NOT_STATED}” was {_confirmed_by(confirmed)}"
    return f"{said}, but the words have changed since: please confirm again."


def _confirmed_by(confirmed: Confirmed) -> str:
    return f"confirmed by {confirmed.by} on {print_date(confirmed.on)}"


def _title(table: PositionTable, ref: str, title: str) -> str:
    """Whose text it is, and how many schools it serves besides."""
    others = table.schools.get(ref, 1) - 1
    return f"{title} (and {others} more)" if others else title


def _first_words(words: str, longest: int = 90) -> str:
    return words if len(words) <= longest else f"{words[:longest].rsplit(' ', 1)[0]} …"
