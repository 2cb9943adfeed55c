"""Which model and version a document follows, whose it is, and whether it was altered by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from policybook.domain.identity import Identity, Likeness
from policybook.domain.resolved import ResolvedPolicy
from policybook.domain.source import SourceDocument
from policybook.intake import read_document
from policybook.intake.likeness import KnownText, find_likenesses
from policybook.intake.mark import read_mark
from policybook.store import find_workspace
from policybook.text.align import Passage
from policybook.workflow.built import identify_built
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
    mark = read_mark(file)
    organisation = " ".join(document.metadata.get("organisation", "").split())
    identity = Identity(file.name, "", 0.0, organisation=organisation, marked=tuple(sorted(mark.told.items())))
    if mark.told:
        if built := identify_built(identity, mark, workspace, document):
            return built
        said = (
            f"the file says that it was built from {mark.told['policy']}, but these are not the words of that text here"
        )
        identity = replace(identity, reasons=(said,))
    return _identify_by_words(identity, document, workspace)


def _identify_by_words(identity: Identity, document: SourceDocument, workspace: OpenWorkspace) -> Identity:
    models = {ref: workspace.model(ref) for ref in workspace.records.models}
    texts = [_known(ref, policy) for ref, policy in (*models.items(), *workspace.policies.items())]
    likenesses = find_likenesses(document, texts)
    identity = replace(identity, likenesses=tuple(likenesses[:5]))
    best = next(iter(likenesses), None)
    if best is None or best.score < FOLLOWS or best.found < _LEAST_CLAUSES:
        return _none(identity, best)
    return _follows(identity, best, workspace, models)


def _known(ref: str, policy: ResolvedPolicy) -> KnownText:
    passages = tuple(Passage(clause.text, is_heading=clause.kind == "heading") for clause in policy.clauses)
    return KnownText(ref, policy.model.id, passages)


def _none(identity: Identity, best: Likeness | None) -> Identity:
    reasons = list(identity.reasons)
    if best and best.score >= _NEAR_MISS:
        reasons.append(f"nearest is {best.ref}, but only {best.of_document:.0%} of the words stand in its clauses")
    elif best:
        reasons.append(
            "no text of the workspace has a telling share of its words; sentences in common do not prove a model"
        )
    else:
        reasons.append("the workspace has no model yet: `policybook import` makes one of a document")
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
        reasons=(*identity.reasons, *_reasons(best, rivals)),
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
