"""What was issued and released, hashed again; nothing is rebuilt and nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from policybook.check.decision import find_damage_problems
from policybook.domain.adoption import PolicyRecord
from policybook.domain.edition import KeptRecord
from policybook.domain.error import BrokenWorkspace
from policybook.domain.finding import Finding, Place
from policybook.domain.register import Verification
from policybook.store.edition import adoption_folder, edition_names, edition_path, read_edition
from policybook.store.manifest import find_unlisted_documents, read_kept_edition, read_kept_version
from policybook.store.read import read_adoption
from policybook.text.decided import exact_of, shown_of


def verify_workspace(root: Path) -> Verification:
    """Every edition, issued document and released version, compared with what was noted when it was kept.

    Reads files and hashes; resolves no model and makes no document, so that it holds whatever became of the rest.
    """
    findings: list[Finding] = []
    editions = [entry for ref in _adoption_refs(root) for entry in _verify_adoption(root, ref, findings)]
    versions = [read_kept_version(root, file.parent) for file in _version_files(root)]
    released = [entry for entry in versions if entry.manifest or entry.damages]
    for entry in released:
        findings += find_damage_problems(entry.damages, "version")
    files = sum(entry.files for entry in (*editions, *released))
    return Verification(tuple(findings), len(editions), len(released), files, len(versions) - len(released))


def _adoption_refs(root: Path) -> list[str]:
    files = sorted((root / "clauses" / "adoptions").glob("*/*/adoption.yaml"))
    return ["/".join(file.parts[-3:-1]) for file in files]


def _version_files(root: Path) -> list[Path]:
    files = sorted((root / "clauses" / "models").glob("*/*/*/policy.yaml"))
    return [file for file in files if file.parent.name != "draft"]


def _verify_adoption(root: Path, ref: str, findings: list[Finding]) -> list[KeptRecord]:
    try:
        adoption = read_adoption(root, ref)
    except BrokenWorkspace as error:
        findings += error.findings
        return []
    decided = [entry.edition for entry in adoption.decisions if entry.edition]
    issued = adoption_folder(root, ref) / "issued"
    folders = sorted(entry.name for entry in issued.iterdir() if entry.is_dir()) if issued.is_dir() else []
    others = [name for name in dict.fromkeys((*edition_names(root, ref), *folders)) if name not in decided]
    findings += (_unknown(adoption, name) for name in others)
    kept = [read_kept_edition(root, ref, name) for name in dict.fromkeys(decided)]
    for record in kept:
        findings += find_damage_problems((*record.damages, *find_unlisted_documents(root, ref, record)))
        if not record.damages:
            findings += _find_other_words(root, adoption, record)
    return kept


def _find_other_words(root: Path, adoption: PolicyRecord, record: KeptRecord) -> Iterator[Finding]:
    """Whether the words still have the fingerprints that the decision and the manifest hold.

    This finds what hashes of files cannot: an edition and its manifest changed together.
    """
    file = adoption_folder(root, adoption.ref) / edition_path(record.name)
    if record.manifest is None or not record.manifest.exact:
        return  # a document of the past, kept without its words clause by clause
    decision = next(entry for entry in adoption.decisions if entry.edition == record.name)
    place = Place(file.relative_to(root).as_posix())
    try:
        policy = read_edition(root, adoption.ref, record.name).resolved()
    except BrokenWorkspace as error:
        yield from error.findings
        return
    exacts = {decision.exact, record.manifest.exact, exact_of(policy)}
    if len(exacts) > 1 or record.manifest.shown != shown_of(policy):
        message = f"edition {record.name} does not hold the words that were decided"
        yield Finding("error", "edition.other-words", place, message, "put it back from a copy")


def _unknown(adoption: PolicyRecord, name: str) -> Finding:
    message = f"{adoption.ref} keeps '{name}', which no decision names"
    mend = "put the decision back into adoption.yaml from a copy"
    return Finding("warning", "edition.no-decision", adoption.place, message, mend)
