"""Which model and version a document follows, whose it is, and whether it was altered by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from policybook.domain.identity import Identity, Likeness
from policybook.domain.resolved import ResolvedPolicy
from policybook.domain.source import SourceDocument
from policybook.intake import read_document
from policybook.intake.likeness import KnownText, find_likenesses, passages_of
from policybook.intake.mark import read_mark
from policybook.store import find_workspace
from policybook.text.align import Passage
from policybook.text.word import comparable_words
from policybook.workflow.workspace import OpenWorkspace, open_workspace

FOLLOWS = 0.35
"""Share of words in common (of the document times of the text, square root) from which a document follows a model."""
_LEAST_CLAUSES = 3
_NEAR_MISS = 0.15


def identify_document(file: Path, start: Path) -> Identity:
    """What a document follows.

    Raises UnreadableDocument, WorkspaceError, or BrokenWorkspace where the workspace has errors.
    """
    document = read_document(file)
    workspace = open_workspace(find_workspace(start))
    models = {ref: workspace.model(ref) for ref in workspace.records.models}
    texts = [_known(ref, policy) for ref, policy in (*models.items(), *workspace.policies.items())]
    likenesses = find_likenesses(document, texts)
    mark = read_mark(file)
    organisation = " ".join(document.metadata.get("organisation", "").split())
    identity = Identity(file.name, "", 0.0, organisation=organisation, marked=tuple(sorted(mark.items())))
    identity = replace(identity, likenesses=tuple(likenesses[:5]))
    if marked := _marked(identity, mark, workspace, models, document):
        return marked
    best = next(iter(likenesses), None)
    if best is None or best.score < FOLLOWS or best.found < _LEAST_CLAUSES:
        return _none(identity, best)
    return _follows(identity, best, workspace, models)


def _known(ref: str, policy: ResolvedPolicy) -> KnownText:
    passages = tuple(Passage(clause.text, is_heading=clause.kind == "heading") for clause in policy.clauses)
    return KnownText(ref, policy.model.id, passages)


def _marked(
    identity: Identity,
    mark: dict[str, str],
    workspace: OpenWorkspace,
    models: dict[str, ResolvedPolicy],
    document: SourceDocument,
) -> Identity | None:
    """The answer for a file that we built, where the workspace still has what it was built from."""
    ref = mark.get("policy", "")
    policy = workspace.policies.get(ref) or models.get(ref)
    if policy is None:
        return None
    changed = _changed(document, policy)
    same_version = mark.get("version") == policy.model.version
    reasons = [f"the file says of itself that it was built from {ref}, version {mark.get('version', 'not given')}"]
    if not same_version:
        reasons.append(f"today {ref} stands at version {policy.model.version}, so it cannot be told what was altered")
    elif changed:
        reasons.append(f"{changed} clauses do not read as they do there: altered by hand, or the values changed since")
    else:
        reasons.append("every clause reads as it does there")
    version = mark.get("version") or policy.model.version
    altered = bool(changed) if same_version else None
    told = {True: ", altered since", False: ", not altered", None: ""}[altered]
    return replace(
        identity,
        verdict=f"It follows {policy.model.id}, version {version} ({policy.owner}){told}.",
        confidence=0.99 if not changed else 0.9,
        model=policy.model.id,
        version=version,
        adoption=ref if ref in workspace.policies else None,
        altered=altered,
        reasons=tuple(reasons),
    )


def _changed(document: SourceDocument, policy: ResolvedPolicy) -> int:
    """How many clauses of a policy do not stand in a document word for word."""
    there = [" ".join(comparable_words(passage.text)) for passage in passages_of(document)]
    words = f" {' '.join(there)} "
    printed = (" ".join(comparable_words(clause.text)) for clause in policy.clauses)
    return sum(f" {text} " not in words for text in printed if text)


def _none(identity: Identity, best: Likeness | None) -> Identity:
    reasons = []
    if best and best.score >= _NEAR_MISS:
        reasons.append(f"nearest is {best.ref}, but only {best.of_document:.0%} of the words stand in its clauses")
    elif best:
        reasons.append(
            "no text of the workspace has a telling share of its words; sentences in common do not prove a model"
        )
    else:
        reasons.append("the workspace has no model")
    sure = max(round(1 - (best.score / FOLLOWS) / 2, 2), 0.5) if best else 1.0
    verdict = "It follows none of the models in this workspace."
    return replace(identity, verdict=verdict, confidence=sure, reasons=tuple(reasons))


def _follows(
    identity: Identity, best: Likeness, workspace: OpenWorkspace, models: dict[str, ResolvedPolicy]
) -> Identity:
    adoption = workspace.policies.get(best.ref)
    model = (adoption or models[best.ref]).model
    versions = _versions(identity, model.id, models)
    told = len(versions) == 1 or versions[0].exact > versions[1].exact or versions[0].score > versions[1].score + 0.01
    version = (models[versions[0].ref].model.version if versions else model.version) if told else None
    rivals = [entry.score for entry in identity.likenesses if _model_of(entry, workspace, models) != model.id]
    margin = best.score - max(rivals, default=0.0)
    confidence = round(min(0.98, 0.5 + 0.3 * best.score + 0.4 * max(margin, 0.0)), 2)
    said = f"version {version}" if version else "a version that cannot be told from its words"
    owner = f" It reads like the policy of {adoption.owner}." if adoption else ""
    return replace(
        identity,
        verdict=f"It follows {model.id}, {said}.{owner}",
        confidence=confidence,
        model=model.id,
        version=version,
        adoption=best.ref if adoption else None,
        altered=best.exact < best.clauses,
        reasons=tuple(_reasons(best, rivals)),
    )


def _versions(identity: Identity, model: str, models: dict[str, ResolvedPolicy]) -> list[Likeness]:
    """The versions of one model among the nearest texts, best first."""
    found = [entry for entry in identity.likenesses if entry.ref in models and models[entry.ref].model.id == model]
    return sorted(found, key=lambda entry: (-entry.exact, -entry.score))


def _model_of(entry: Likeness, workspace: OpenWorkspace, models: dict[str, ResolvedPolicy]) -> str:
    return (workspace.policies.get(entry.ref) or models[entry.ref]).model.id


def _reasons(best: Likeness, rivals: list[float]) -> Iterator[str]:
    yield f"{best.found} of {best.clauses} clauses of {best.ref} stand in it, {best.exact} of them word for word"
    yield f"they hold {best.of_document:.0%} of the document's words and {best.of_text:.0%} of that text's"
    rival = max(rivals, default=0.0)
    yield f"the nearest text of another model has a likeness of {rival:.2f}, this one of {best.score:.2f}"
    if best.telling:
        yield f"{len(best.telling)} long sentences (or more) stand in no other model"
