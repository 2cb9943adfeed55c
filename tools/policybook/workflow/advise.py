"""Advice on a workspace: the checks of words, reviews and departures, with what they need from the disk."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from policybook.check import Known, find_advice
from policybook.domain.finding import Finding
from policybook.domain.workspace import Workspace
from policybook.intake.blank import find_blanks_of
from policybook.store.citation import read_citations
from policybook.store.lock import read_lock
from policybook.store.yaml_file import Memory


def advise(root: Path, records: Workspace, day: date | None, memory: Memory | None = None) -> list[Finding]:
    """What a careful reader would say on `day`, and what is wrong with the files that only advice needs."""
    citations, findings = read_citations(root)
    locks: dict[str, dict[str, str]] = {}
    for ref in records.adoptions:
        locks[ref], wrong = read_lock(root, ref, memory)
        findings += wrong
    return [*findings, *find_advice(records, Known(day, citations, find_blanks_of, locks))]
