"""What an import made of a document, and which model a document follows: as pages and as plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from textwrap import shorten
from typing import Any

from policybook.domain.draft import LineageChange, LineageKind, ModelDraft, ProposedParameter
from policybook.domain.finding import Finding
from policybook.domain.identity import AlterationKind, Identity, Likeness
from policybook.domain.page import Block, Heading, Page, Paragraph, Table
from policybook.report.data import SCHEMA, findings_data
from policybook.report.word import bullet, cell, count, paragraph, runs

_LINEAGE: dict[LineageKind, str] = {
    "kept": "as they were",
    "reworded": "reworded",
    "moved": "moved",
    "renamed": "went into another part, under a new id",
    "split": "split",
    "joined": "joined",
    "came": "new",
    "went": "gone",
}
_ALTERED: dict[AlterationKind, str] = {
    "reworded": "Reworded", "moved": "Moved", "gone": "Taken out", "added": "Added",
}  # fmt: skip


def import_page(draft: ModelDraft, findings: Sequence[Finding], files: Sequence[str], *, written: bool) -> Page:
    """The files, what was proposed and how sure it is, what became of the earlier clauses, and what to look at."""
    model = draft.model
    clauses = count(sum(clause.withdrawn is None for clause in model.walk()), "clause")
    parts = count(len(model.parts), "part")
    blocks: list[Block] = [paragraph(f"{parts}, {clauses}, {count(len(model.parameters), 'parameter')}.")]
    blocks.append(Heading(runs("Written" if written else "Would be written"), 1))
    blocks += (bullet(file) for file in files)
    blocks += _proposals(draft)
    blocks += _lineage(draft)
    if remarks := [*draft.remarks, *(f"{entry.message}: {entry.mend}" for entry in findings)]:
        blocks.append(Heading(runs("To look at"), 1))
        blocks += (bullet(remark) for remark in remarks)
    return Page(f"{model.title}: draft of {model.id}, version {model.version}", tuple(blocks), subject=model.id)


def import_data(
    draft: ModelDraft, findings: Sequence[Finding], files: Sequence[str], *, written: bool
) -> dict[str, Any]:
    """`import FILE --to json`."""
    return {
        "schema": SCHEMA,
        "model": draft.model.id,
        "version": draft.model.version,
        "written": written,
        "files": list(files),
        "parts": [{"id": part.id, "kind": part.kind} for part in draft.model.parts],
        "clauses": [clause.id for clause in draft.model.walk() if clause.withdrawn is None],
        "proposals": [
            {
                "kind": entry.proposal.kind, "text": entry.proposal.text, "type": entry.proposal.type,
                "label": entry.proposal.label, "clause": entry.clause, "parameter": entry.name,
                "confidence": entry.proposal.confidence, "why": entry.proposal.why,
            }
            for entry in draft.proposals
        ],
        "edition_before": draft.base or None,
        "lineage": [{"kind": entry.kind, "old": list(entry.old), "new": list(entry.new)} for entry in draft.lineage],
        "remarks": list(draft.remarks),
        "findings": findings_data(findings)["findings"],
    }  # fmt: skip


def identity_page(identity: Identity) -> Page:
    """What a document follows, or that it follows none, with the evidence for each model that was looked at."""
    blocks: list[Block] = [Paragraph(runs(identity.verdict))]
    blocks += (bullet(said) for said in identity.reasons)
    blocks += _alterations(identity)
    if identity.likenesses:
        head = ("Text", "Clauses found again", "Word for word", "Share of the document", "Share of the text")
        rows = tuple(
            (
                cell(entry.ref, heading=True), cell(f"{entry.found} of {entry.clauses}"), cell(str(entry.exact)),
                cell(f"{entry.of_document:.0%}"), cell(f"{entry.of_text:.0%}"),
            )
            for entry in identity.likenesses
        )  # fmt: skip
        blocks.append(Table("Texts that it was held against", head, rows, (0.32, 0.17, 0.17, 0.17, 0.17)))
    if identity.likenesses and identity.likenesses[0].telling:
        blocks.append(Heading(runs(f"Sentences that only {identity.likenesses[0].ref} has too"), 1))
        blocks += (bullet(sentence) for sentence in identity.likenesses[0].telling)
    return Page(f"What {identity.name} follows", tuple(blocks), subject=identity.name)


def identity_data(identity: Identity) -> dict[str, Any]:
    """`identify FILE --to json`."""
    return {
        "schema": SCHEMA,
        "file": identity.name,
        "model": identity.model,
        "version": identity.version,
        "adoption": identity.adoption,
        "organisation": identity.organisation or None,
        "confidence": identity.confidence,
        "altered": identity.altered,
        "marked": dict(identity.marked),
        "verdict": identity.verdict,
        "reasons": list(identity.reasons),
        "superseded_by": identity.superseded_by,
        "alterations": [
            {
                "kind": entry.kind, "clause": entry.clause, "number": entry.number or None,
                "before": entry.before, "after": entry.after, "place": entry.place or None,
            }
            for entry in identity.alterations
        ],
        "candidates": [_likeness(entry) for entry in identity.likenesses],
    }  # fmt: skip


def _alterations(identity: Identity) -> Iterator[Block]:
    if not identity.alterations:
        return
    head = ("Section", "What was done", "As it was printed", "As it stands in the file")
    rows = tuple(
        (
            cell(entry.number or entry.place or entry.clause or "–", heading=True),
            cell(_ALTERED[entry.kind]),
            cell(" ".join(entry.before.split()) or ("–" if entry.kind == "added" else "(no longer kept)")),
            cell(" ".join(entry.after.split()) or "–"),
        )
        for entry in identity.alterations
    )
    yield Table("What was altered by hand", head, rows, (0.12, 0.14, 0.37, 0.37))


def _likeness(entry: Likeness) -> dict[str, Any]:
    return {
        "ref": entry.ref, "clauses": entry.clauses, "found": entry.found, "exact": entry.exact,
        "of_document": entry.of_document, "of_text": entry.of_text, "telling": list(entry.telling),
    }  # fmt: skip


def _proposals(draft: ModelDraft) -> Iterator[Block]:
    if not draft.proposals:
        return
    groups: dict[tuple[str, str, str], list[ProposedParameter]] = {}
    for entry in draft.proposals:
        words = "" if entry.name else " ".join(entry.proposal.text.split())
        groups.setdefault((entry.name or "", entry.proposal.type, words), []).append(entry)
    yield Heading(runs("Proposed: to be confirmed by the drafter"), 1)
    yield from (bullet(_proposed(entries)) for (name, _, _), entries in groups.items() if name)
    if left := [entries for (name, _, _), entries in groups.items() if not name]:
        yield Heading(runs("Left as words: might become a parameter too"), 1)
        yield from (bullet(_proposed(entries)) for entries in left)


def _proposed(entries: Sequence[ProposedParameter]) -> str:
    """One parameter in one line: its name, kind and words, the least sure of its places, and where the first is."""
    first = entries[0]
    spellings = list(dict.fromkeys(" ".join(entry.proposal.text.split()) for entry in entries))
    words = f"“{shorten(spellings[0], 60, placeholder='…')}”" + (
        f" and {len(spellings) - 1} more" if len(spellings) > 1 else ""
    )
    named = f"{first.name}: {words}" if first.name else words
    places = list(dict.fromkeys(entry.clause for entry in entries))
    where = places[0] if len(places) == 1 else f"{len(places)} sections, first {places[0]}"
    return f"{named} ({first.proposal.type}, {min(entry.proposal.confidence for entry in entries):.0%} sure), {where}"


def _lineage(draft: ModelDraft) -> Iterator[Block]:
    if not draft.lineage:
        return
    yield Heading(runs(f"Since version {draft.base}"), 1)
    counts = Counter(entry.kind for entry in draft.lineage)
    yield paragraph("; ".join(f"{counts[kind]} {said}" for kind, said in _LINEAGE.items() if counts[kind]) + ".")
    yield from (bullet(_said(entry)) for entry in draft.lineage if entry.kind != "kept")


def _said(entry: LineageChange) -> str:
    old, new = ", ".join(entry.old), ", ".join(entry.new)
    if entry.kind in ("reworded", "moved"):
        return f"{_LINEAGE[entry.kind]}: {new}"
    arrow = " -> " if old and new else ""
    return f"{_LINEAGE[entry.kind]}: {old}{arrow}{new}"
