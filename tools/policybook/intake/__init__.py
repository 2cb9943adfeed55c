"""A foreign document in, a `SourceDocument` out, every word accounted for."""

from __future__ import annotations

from pathlib import Path

from policybook.domain.source import ChangeReading, SetAside, SourceClause, SourceDocument
from policybook.intake.blank import find_blanks
from policybook.intake.block import MOST_BLOCKS, Received, too_long
from policybook.intake.coverage import measure_coverage
from policybook.intake.detect import blocks_of, read_blocks, read_bytes
from policybook.intake.metadata import read_metadata
from policybook.intake.question import find_questions
from policybook.intake.structure import read_structure
from policybook.intake.table import Fact

__all__ = ["read_bytes", "read_content", "read_document"]


def read_document(path: Path, changes: ChangeReading = "accept") -> SourceDocument:
    """The document in a file: plain text, Markdown, DOCX, PDF, and ODT, RTF or HTML through pandoc.

    The format is found by content, never by the file's name. Nothing in the file is run or followed, and the file is
    not changed. `changes` says how the tracked changes of a Word file are read. Raises UnreadableDocument where the
    file is missing, empty, broken, locked, too large to be a policy, or of another format.
    """
    return _structured(read_blocks(path, changes), path.name)


def read_content(data: bytes, name: str) -> SourceDocument:
    """The same for a file's bytes, `name` being what to call it, so that a document can be read on another machine."""
    return _structured(blocks_of(data, name), name)


def _structured(received: Received, name: str) -> SourceDocument:
    if len(received.blocks) > MOST_BLOCKS:
        raise too_long(name)
    pieces, repairs = read_structure(received.blocks)
    clauses = tuple(piece for piece in pieces if isinstance(piece, SourceClause))
    metadata, inferred = read_metadata([piece for piece in pieces if isinstance(piece, Fact)], clauses)
    proposals = tuple(find_blanks(clauses))
    coverage, missing = measure_coverage(received.words, pieces)
    return SourceDocument(
        name=name,
        clauses=clauses,
        metadata=metadata,
        set_aside=tuple(piece for piece in pieces if isinstance(piece, SetAside)),
        coverage=coverage,
        missing=missing,
        repairs=(*received.repairs, *repairs, *inferred),
        proposals=proposals,
        questions=tuple(find_questions(name, metadata, proposals)),
        changes=received.changes,
    )
