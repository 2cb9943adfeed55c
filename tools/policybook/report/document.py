"""A received document as a page: what was read of it, and what was set aside."""

from __future__ import annotations

from collections.abc import Iterator

from policybook.domain.page import Block, Heading, Page, Paragraph, Table
from policybook.domain.source import SourceClause, SourceDocument
from policybook.report.word import bullet, cell, count, paragraph, runs


def document_page(document: SourceDocument) -> Page:
    """Metadata, clauses with their place in the source, what was set aside and why, and whether a word is missing."""
    blocks: list[Block] = [paragraph(_coverage(document))]
    blocks += [bullet(f"Missing: {words}") for words in document.missing]
    if document.metadata:
        facts = tuple((cell(name, heading=True), cell(said)) for name, said in document.metadata.items())
        blocks.append(Table("What the document says of itself", (), facts, (0.3, 0.7), layout="control"))
    blocks += _clauses(document.clauses)
    blocks += _open_ends(document)
    if document.set_aside:
        blocks.append(Heading(runs("Set aside"), 1))
        blocks += (bullet(f"{entry.why} ({entry.place}): {entry.text}") for entry in document.set_aside)
    if document.repairs:
        blocks.append(Heading(runs("Mended while reading"), 1))
        blocks += (bullet(repair) for repair in document.repairs)
    return Page(document.metadata.get("title") or document.name, tuple(blocks), subject=document.name)


def _coverage(document: SourceDocument) -> str:
    found = f"{count(len(document.clauses), 'clause')} found. "
    if document.coverage >= 1.0:
        return f"{found}Every word of the document is accounted for."
    share = min(document.coverage, 0.999)  # one word of 2,000 is not nothing
    return f"{found}{share:.1%} of the words are accounted for; the others are listed here."


def _open_ends(document: SourceDocument) -> Iterator[Block]:
    """What the text leaves open: blanks and choices, proposed changes, and what only a person can answer."""
    if document.proposals:
        yield Heading(runs("Blanks and choices left in the text"), 1)
    for found in document.proposals:
        sure = f"{found.confidence:.0%} sure"
        yield bullet(f"{found.kind} ({found.place}): {found.text}: {found.label}; {found.type}, {sure}; {found.why}")
    if document.changes:
        yield Heading(runs("Changes proposed and not decided"), 1)
    for change in document.changes:
        on = f" on {change.on}" if change.on else ""
        yield bullet(f"{change.kind} by {change.by}{on} ({change.place}): {change.text}")
    if questions := [entry for entry in document.questions if not entry.code.endswith(".left")]:
        yield Heading(runs("To be asked"), 1)
        yield from (bullet(f"{entry.message}: {entry.mend}") for entry in questions)


def _clauses(clauses: tuple[SourceClause, ...]) -> Iterator[Block]:
    for clause in clauses:
        if clause.kind == "heading":
            yield Heading(runs(clause.text), clause.level, clause.number)
        else:
            is_bullet = clause.kind == "item" and not clause.number
            words = runs(clause.text.replace("\n", " / "))
            depth = max(clause.level - 2, 0)
            yield Paragraph(words, "bullet" if is_bullet else "none", clause.number, depth, aside=clause.place)
