"""What a document that we built says of itself, held against the record: whose, which version, what was altered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from policybook.domain.adoption import Adoption
from policybook.domain.identity import AlterationKind, Identity
from policybook.domain.resolved import ResolvedPolicy
from policybook.domain.source import SourceClause, SourceDocument
from policybook.intake.alteration import AlteredText, PrintedClause, find_alterations
from policybook.intake.mark import Mark
from policybook.store.edition import read_edition
from policybook.text.decided import exact_of
from policybook.text.fingerprint import match_fingerprint
from policybook.text.word import comparable_words
from policybook.workflow.register import versions_behind
from policybook.workflow.workspace import OpenWorkspace

_BELIEVED = 0.25
"""Share of the clauses printed that must be found in some form; else the file was emptied and used for another text."""
_SAID: dict[AlterationKind, str] = {"reworded": "reworded", "moved": "moved", "gone": "taken out", "added": "added"}


@dataclass(frozen=True, slots=True)
class _Record:
    """What the workspace has for a mark: the text of today, and every text it may have been printed from."""

    today: ResolvedPolicy
    texts: tuple[ResolvedPolicy, ...]
    adoption: Adoption | None


def identify_built(
    identity: Identity, mark: Mark, workspace: OpenWorkspace, document: SourceDocument
) -> Identity | None:
    """The answer for a file that we built; None where the workspace has no such policy, or the words are others."""
    record = _record(mark, workspace)
    if record is None:
        return None
    printed = _printed(mark, record)
    by_clause = find_alterations if mark.keeps_paragraphs else _find_altered_words
    altered = by_clause(printed, document.clauses)
    gone = sum(entry.kind == "gone" for entry in altered.alterations)
    if printed and len(printed) - gone < _BELIEVED * len(printed):
        return None
    return _identity(identity, mark, workspace, record, printed, altered)


def _record(mark: Mark, workspace: OpenWorkspace) -> _Record | None:
    ref, model_ref = mark.told.get("policy", ""), mark.told.get("model", "")
    models = workspace.records.models
    today = workspace.policies.get(ref) or (workspace.model(ref) if ref in models else None)
    if today is None:
        return None
    adoption = workspace.records.adoptions.get(ref)
    texts = [today, *_editions(mark, workspace, adoption)]
    if model_ref in models:
        texts.append(workspace.model(model_ref))
    return _Record(today, tuple(texts), adoption)


def _editions(mark: Mark, workspace: OpenWorkspace, adoption: Adoption | None) -> Iterator[ResolvedPolicy]:
    """The kept words that have the fingerprint which the file carries."""
    exact = mark.told.get("exact")
    if adoption is None or not exact:
        return
    for decision in adoption.decisions:
        if decision.edition and decision.exact == exact:
            yield read_edition(workspace.root, adoption.ref, decision.edition).resolved()


def _printed(mark: Mark, record: _Record) -> tuple[PrintedClause, ...]:
    """The clauses as they were printed: from the file where it names them, else from the text it was printed from."""
    words = {match_fingerprint(clause.text): clause.text for text in record.texts[::-1] for clause in text.clauses}
    if mark.clauses:
        return tuple(PrintedClause(one.id, one.match, one.bookmark, words.get(one.match, "")) for one in mark.clauses)
    exact = mark.told.get("exact")
    same = next((text for text in record.texts if exact_of(text) == exact), None)
    if same is None and exact is None and record.today.model.version == mark.told.get("version"):
        same = record.today
    clauses = same.clauses if same else ()
    return tuple(PrintedClause(one.id, match_fingerprint(one.text), one.id, one.text) for one in clauses if one.text)


def _find_altered_words(printed: Sequence[PrintedClause], clauses: Sequence[SourceClause]) -> AlteredText:
    """For a format that keeps no paragraphs apart: a clause is there if its words stand somewhere, line by line."""
    words = f" {' '.join(_plain(clause.text) for clause in clauses)} "
    missing = [entry for entry in printed if not all(f" {_plain(line)} " in words for line in entry.words.splitlines())]
    found = find_alterations(missing, clauses).alterations
    kept = tuple(entry for entry in found if entry.kind in ("reworded", "gone"))
    return AlteredText(kept, len(printed) - len(missing))


def _identity(
    identity: Identity,
    mark: Mark,
    workspace: OpenWorkspace,
    record: _Record,
    printed: tuple[PrintedClause, ...],
    altered: AlteredText,
) -> Identity:
    today, told = record.today, mark.told
    version = told.get("version") or today.model.version
    numbers = {clause.id: clause.number or "" for text in record.texts[::-1] for clause in text.clauses}
    alterations = tuple(replace(one, number=numbers.get(one.clause or "", "")) for one in altered.alterations)
    is_altered = bool(alterations) if printed else None
    said = {True: ", altered by hand", False: ", not altered", None: ""}[is_altered]
    newer, since = _since(mark, workspace, record)
    return replace(
        identity,
        verdict=f"It follows {today.model.id}, version {version} ({today.owner}){said}.",
        confidence=0.99 if not alterations else 0.95,
        model=today.model.id,
        version=version,
        adoption=today.ref if record.adoption else None,
        altered=is_altered,
        reasons=(f"the file says of itself that it was built from {today.ref}, version {version}",
                 *_said_of_words(printed, altered), *since),
        alterations=alterations,
        superseded_by=newer,
    )  # fmt: skip


def _said_of_words(printed: tuple[PrintedClause, ...], altered: AlteredText) -> Iterator[str]:
    if not printed:
        yield "the words that it was printed from are not kept, so it cannot be told what was altered"
        return
    yield f"{altered.same} of {len(printed)} clauses read as they were printed"
    kinds = [entry.kind for entry in altered.alterations]
    counted = [f"{kinds.count(kind)} {said}" for kind, said in _SAID.items() if kind in kinds]
    if counted:
        yield f"altered by hand: {', '.join(counted)}"


def _since(mark: Mark, workspace: OpenWorkspace, record: _Record) -> tuple[str | None, list[str]]:
    """The version that took its place, and what a reader is told of how old the file is."""
    version, today = mark.told.get("version", ""), record.today
    newest = _newest(workspace, today, version)
    if record.adoption and version != today.model.version:
        return today.model.version, [f"superseded: {today.owner} follows version {today.model.version} today"]
    if newest:
        return newest, [f"superseded: the publisher has issued version {newest} since"]
    if (exact := mark.told.get("exact")) and exact != exact_of(today):
        return None, ["the record was changed after the file was built; its words are not those of today"]
    return None, ["no newer version is known"]


def _newest(workspace: OpenWorkspace, today: ResolvedPolicy, version: str) -> str | None:
    """The publisher's newest version, where it is not the file's."""
    adoption = today.adoption
    if adoption is not None:
        newest, steps = versions_behind(workspace.records, adoption)
        return newest if steps and newest != version else None
    versions = [entry.version for entry in workspace.records.versions_of(today.model.id)]
    return versions[-1] if version in versions and versions[-1] not in (version, "draft") else None


def _plain(text: str) -> str:
    return " ".join(comparable_words(text))
