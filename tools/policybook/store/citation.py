"""The dated list of citations: what comes with the package, and a workspace's own entries over it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from policybook.domain.citation import DatedCitation
from policybook.domain.finding import Finding
from policybook.store.resource import citations_file
from policybook.store.schema import CitationRecord, CitationsFile
from policybook.store.validate import read_record

OWN_LIST = "clauses/citations.yaml"


def read_citations(root: Path) -> tuple[tuple[DatedCitation, ...], list[Finding]]:
    """The entries in force for a workspace, in the order of the lists, and what is wrong with the workspace's own.

    An entry of the workspace replaces the one of the same id that comes with the package.
    """
    file = root / OWN_LIST
    if not file.is_file():
        return tuple(_packaged().values()), []
    own, findings = _read(file, root)
    return tuple((_packaged() | own).values()), findings


@cache
def _packaged() -> dict[str, DatedCitation]:
    file = citations_file()
    return _read(file, file.parent)[0]


def _read(file: Path, root: Path) -> tuple[dict[str, DatedCitation], list[Finding]]:
    record, yaml = read_record(file, root, CitationsFile)
    entries = record.citations if record else {}
    return {name: _to_citation(name, entry) for name, entry in entries.items()}, yaml.findings


def _to_citation(name: str, record: CitationRecord) -> DatedCitation:
    return DatedCitation(
        id=name,
        kind=record.kind,
        cited=tuple(record.cited),
        today=" ".join(record.today.split()),
        source=record.source,
        checked=record.checked,
        verified=record.verified,
        unless=tuple(record.unless),
        edition=record.edition,
        doubtful_from=record.doubtful_from,
    )
