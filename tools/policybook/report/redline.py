"""One text with all its changes from another, in the layout of its clean copy, for Word's tracked changes."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from policybook.domain.comparison import Comparison, Reading, Witness
from policybook.domain.page import Block, Callout, Cell, Heading, Page, PageBreak, Paragraph, Table
from policybook.domain.redline import Redline
from policybook.domain.resolved import ResolvedPolicy
from policybook.report.policy import clause_blocks, front_matter, policy_frame
from policybook.report.redline_block import (
    Revised,
    Worded,
    is_one_style,
    merge_blocks,
    merge_paragraphs,
    moved_block,
    whole_block,
)
from policybook.report.redline_order import Match, Step, order
from policybook.report.redline_run import merge_runs
from policybook.report.word import runs
from policybook.text.edit import row_edits

Blocks = tuple[Block, ...]


def redline_of(
    comparison: Comparison, left: ResolvedPolicy | None = None, right: ResolvedPolicy | None = None
) -> Redline:
    """The right text with what the left one had: accepted it is the right, rejected the left, both without contents.

    `left` and `right` are the policies behind the witnesses, where there are any: they give tables, forms, markers and
    bold words, and, where both are given, the tables at the front. Without them the readings are all there is.
    """
    front_left, front_right = (_front(left), _front(right)) if left and right else ({}, {})
    olds, news = _bodies(comparison.left, left), _bodies(comparison.right, right)
    revised = [*_revise_front(front_left, front_right), *_revise_body(comparison, olds, news)]
    page = _frame(comparison, right)
    title, subject = (left.model.title, left.owner) if left else (comparison.left.title, "")
    return Redline(
        page=replace(page, blocks=tuple(block for block, _ in revised)),
        revisions=tuple(revision for _, revision in revised),
        title=merge_runs(runs(title), runs(page.title)),
        subject=merge_runs(runs(subject), runs(page.subject)),
    )


def _frame(comparison: Comparison, policy: ResolvedPolicy | None) -> Page:
    """Title, header, footer and properties as on the clean copy, and what it was compared with."""
    witness, other = comparison.right, comparison.left
    page = policy_frame(policy) if policy else Page(witness.title, (), header=witness.title)
    footer = " · ".join(filter(None, (page.footer, "changes marked")))
    return replace(page, blocks=(), footer=footer, properties=(*page.properties, ("compared-with", other.ref)))


def _front(policy: ResolvedPolicy) -> dict[str, Block]:
    """The blocks before the contents by what they are, in order."""
    return {_front_name(block): block for block in front_matter(policy)}


def _front_name(block: Block) -> str:
    return f"table {block.layout}" if isinstance(block, Table) else type(block).__name__


def _revise_front(left: dict[str, Block], right: dict[str, Block]) -> Iterator[Revised]:
    for name in dict.fromkeys((*left, *right)):
        was, now = ([side[name]] if name in side else [] for side in (left, right))
        yield from merge_blocks(was, now)


def _bodies(witness: Witness, policy: ResolvedPolicy | None) -> list[Blocks]:
    """The blocks of each clause, one tuple a reading."""
    return list(clause_blocks(policy.clauses)) if policy else [_blocks_of(one) for one in witness.readings]


def _blocks_of(reading: Reading) -> Blocks:
    """A clause that was never modelled; the cells of its table are parted as intake parts them."""
    if reading.kind == "heading":
        return (Heading(runs(reading.text), reading.level, reading.number),)
    rows = [line.split(" | ") for line in reading.text.split("\n")]
    if reading.kind == "table" and len(rows[-1]) > 1 and len({len(row) for row in rows}) == 1:
        cells = tuple(tuple(Cell((runs(words),)) for words in row) for row in rows)
        return (Table("", (), cells),)
    is_bullet = reading.kind == "item" and not reading.number
    depth = max(reading.level - 2, 0)
    return (Paragraph(runs(reading.text), "bullet" if is_bullet else "none", reading.number, depth),)


def _revise_body(comparison: Comparison, olds: Sequence[Blocks], news: Sequence[Blocks]) -> Iterator[Revised]:
    reviser = _Reviser(olds, news)
    for step in order(_matches(comparison), len(olds), len(news)):
        yield from reviser.revise(step)


def _matches(comparison: Comparison) -> Iterator[Match]:
    """The rows as places in the two lists of readings. Of equal readings any may stand for any other."""
    lefts, rights = _places(comparison.left.readings), _places(comparison.right.readings)
    for row in comparison.rows:
        old = tuple(sorted(lefts[reading].popleft() for reading in row.left))
        new = tuple(sorted(rights[reading].popleft() for reading in row.right))
        yield Match(old, new, row_edits(row))


def _places(readings: Sequence[Reading]) -> dict[Reading, deque[int]]:
    places: dict[Reading, deque[int]] = defaultdict(deque)
    for place, reading in enumerate(readings):
        places[reading].append(place)
    return places


@dataclass(frozen=True, slots=True)
class _Reviser:
    olds: Sequence[Blocks]
    news: Sequence[Blocks]

    def revise(self, step: Step) -> Iterator[Revised]:
        old = [block for place in step.old for block in self.olds[place]]
        new = [block for place in step.new for block in self.news[place]]
        if step.move:
            yield from self._moved(step, old or new)
        elif len(step.old) > 1 or len(step.new) > 1:
            yield from self._split(old, new)
        else:
            yield from merge_blocks(old, new, step.edits) if old and new else _alone(old, new)

    def _moved(self, step: Step, blocks: Sequence[Block]) -> Iterator[Revised]:
        """A paragraph is shown as moved; a table or form, which Word cannot show so, as taken out and put in."""
        others = self.news[step.other] if step.old else self.olds[step.other]
        mine, others_only = _only_paragraph(blocks), _only_paragraph(others)
        for block in blocks:
            if block is mine and others_only and type(mine) is type(others_only):
                yield moved_block(mine, others_only, step.edits, step.move, "deleted" if step.old else "inserted")
            else:
                yield whole_block(block, "deleted" if step.old else "inserted")

    def _split(self, old: Sequence[Block], new: Sequence[Block]) -> Iterator[Revised]:
        paragraphs = [block for block in (*old, *new) if isinstance(block, Paragraph)]
        if is_one_style([*old, *new]):
            yield from merge_paragraphs(paragraphs[: len(old)], paragraphs[len(old) :])
        else:
            yield from _alone(old, new)


def _alone(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Revised]:
    yield from (whole_block(block, "deleted") for block in old)
    yield from (whole_block(block, "inserted") for block in new)


def _only_paragraph(blocks: Sequence[Block]) -> Worded | None:
    """The one paragraph that a clause is, if it is one."""
    words = [block for block in blocks if not isinstance(block, PageBreak)]
    return words[0] if len(words) == 1 and isinstance(words[0], Heading | Paragraph | Callout) else None
