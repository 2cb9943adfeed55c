"""The two copies of a policy inside a pack: one with every change marked, one clean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policybook.domain.inline import Run
from policybook.domain.meeting import PackItem
from policybook.domain.model import FormField
from policybook.domain.page import Block, Callout, Cell, Form, Heading, Paragraph, Table
from policybook.domain.redline import Revision
from policybook.report.policy import front_matter, policy_body
from policybook.report.redline_run import mark_runs
from policybook.report.word import paragraph, runs
from policybook.text.decided import exact_of

_FIELD_SIGNS = {"inserted": "[+{}]", "deleted": "[−{}]"}


def marked_copy(item: PackItem, place: str) -> Iterator[Block]:
    """The proposed text with all that the words compared with had; links lead to the clean copy.

    The tables at the front are left out: who approved which version is told above, and no rule.
    """
    yield Heading(runs(f"Marked copy: {item.policy.model.title}"), 1, anchor=f"{place}.marked")
    yield paragraph(f"What was added to {item.known}, and what was taken out.")
    known = {clause.id for clause in item.policy.clauses}
    is_front = True
    for block, revision in zip(item.redline.page.blocks, item.redline.revisions, strict=True):
        is_front = is_front and isinstance(block, Table | Callout)
        if not (is_front and isinstance(block, Table)):
            yield _inside(_marked(block, revision), f"{place}.", known, anchored=False)


def clean_copy(item: PackItem, place: str) -> Iterator[Block]:
    """The text as it would be adopted, with the fingerprint that a decision binds."""
    yield Heading(runs(f"Clean copy: {item.policy.model.title}"), 1, anchor=f"{place}.clean")
    yield paragraph(f"The words to be decided on. Their fingerprint is {exact_of(item.policy)}.")
    known = {clause.id for clause in item.policy.clauses}
    for block in (*front_matter(item.policy), *policy_body(item.policy.clauses)):
        yield _inside(block, f"{place}.", known, anchored=True)


def _inside(block: Block, prefix: str, known: set[str], *, anchored: bool) -> Block:
    """A block of a policy as it stands inside a pack: one heading lower, its anchors and links the policy's own."""
    match block:
        case Heading():
            words = _linked(block.runs, prefix, known)
            return replace(
                block, runs=words, level=block.level + 1, anchor=_anchor(block.anchor, prefix, anchored=anchored)
            )
        case Paragraph() | Callout():
            words = _linked(block.runs, prefix, known)
            return replace(block, runs=words, anchor=_anchor(block.anchor, prefix, anchored=anchored))
        case Form():
            return replace(block, anchor=_anchor(block.anchor, prefix, anchored=anchored))
        case Table():
            rows = tuple(tuple(_linked_cell(entry, prefix, known) for entry in row) for row in block.rows)
            anchors = tuple(_anchor(anchor, prefix, anchored=anchored) for anchor in block.anchors)
            return replace(block, rows=rows, anchors=anchors)
    return block


def _anchor(anchor: str | None, prefix: str, *, anchored: bool) -> str | None:
    return f"{prefix}{anchor}" if anchor and anchored else None


def _linked_cell(entry: Cell, prefix: str, known: set[str]) -> Cell:
    return replace(entry, paragraphs=tuple(_linked(words, prefix, known) for words in entry.paragraphs))


def _linked(words: tuple[Run, ...], prefix: str, known: set[str]) -> tuple[Run, ...]:
    """A link to a clause leads to it in the clean copy; to one that is gone, nowhere."""
    return tuple(
        replace(run, link=f"#{prefix}{run.link[1:]}" if run.link[1:] in known else None)
        if run.link and run.link.startswith("#")
        else run
        for run in words
    )


def _marked(block: Block, revision: Revision) -> Block:
    """What the page tree of a redline leaves to Word's tracked changes, in words and marks: moves, joins, fields."""
    match block:
        case Form() if revision.rows or revision.mark != "none":
            marks = revision.rows or (revision.mark,) * len(block.fields)
            fields = (
                FormField(_FIELD_SIGNS.get(mark, "{}").format(one.label), one.type)
                for one, mark in zip(block.fields, marks, strict=True)
            )
            return replace(block, fields=tuple(fields))
        case Paragraph() if revision.move and revision.mark == "deleted":
            return replace(block, runs=mark_runs(block.runs, "deleted"), aside="moved from here")
        case Paragraph() if revision.move:
            return replace(block, aside="moved to here")
        case Heading() if revision.move and revision.mark == "deleted":
            return replace(block, runs=(*mark_runs(block.runs, "deleted"), Run(" (moved from here)")))
        case Heading() if revision.move:
            return replace(block, runs=(*block.runs, Run(" (moved to here)")))
        case Paragraph() if revision.end == "deleted":
            return replace(block, aside="joined with the next")
        case Paragraph() if revision.end == "inserted":
            return replace(block, aside="now ends here")
    return block
