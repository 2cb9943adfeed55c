"""What was decided and kept, read again: findings for `check`, and the edition that applied on a day."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from policybook.adopt import resolve
from policybook.check.decision import DAMAGE_WORDS, find_decision_problems
from policybook.domain.adoption import APPROVING, Adoption, Decision, PolicyRecord
from policybook.domain.edition import Edition, KeptRecord
from policybook.domain.error import Refused, UnknownReference
from policybook.domain.finding import Finding
from policybook.domain.resolved import ResolvedPolicy
from policybook.domain.workspace import Workspace
from policybook.store.edition import adoption_folder, edition_names, read_edition
from policybook.store.manifest import issued_folder, read_kept_edition
from policybook.store.memory import Memory
from policybook.store.read import read_adoption
from policybook.text.decided import exact_of
from policybook.text.fingerprint import exact_fingerprint

EDITION = "edition:"
_ADOPTION = re.compile(r"[a-z0-9-]+/[a-z0-9-]+")
DOCUMENTS = (".docx", ".pdf", ".odt", ".rtf", ".html", ".txt", ".md")
"""Endings of the documents that can be kept and read again."""


@dataclass(frozen=True, slots=True)
class PastText:
    """What applied on a day: the decision, and its edition, or the document kept where there is no edition.

    `day` is None where an edition was asked for by its name.
    """

    ref: str
    decision: Decision
    day: date | None
    edition: Edition | None = None
    document: Path | None = None


def find_kept_problems(
    root: Path, records: Workspace, *, can_resolve: bool, memory: Memory | None = None
) -> Iterator[Finding]:
    """What is wrong with the decisions and editions of a workspace; words are looked at only where they resolve."""
    models: dict[str, str] = {}
    for ref in sorted(records.adoptions):
        adoption = records.adoptions[ref]
        if not any(decision.edition or decision.exact for decision in adoption.decisions):
            continue
        kept = kept_of(root, adoption, memory)
        find = partial(_find_words_problems, records, adoption, kept, can_resolve=can_resolve)
        if memory is None:
            yield from find()
            continue
        if adoption.model_ref not in models:
            models[adoption.model_ref] = exact_fingerprint([repr(records.model_of(adoption))])
        sources = (models[adoption.model_ref], adoption, records.schools.get(adoption.school), kept, can_resolve)
        yield from memory.findings(sources, find)
    for ref in sorted(records.home_grown):
        yield from find_decision_problems(records.home_grown[ref], None, kept_of(root, records.home_grown[ref]))


def _find_words_problems(
    records: Workspace, adoption: Adoption, kept: dict[str, KeptRecord], *, can_resolve: bool
) -> Iterator[Finding]:
    policy = resolve_adoption(records, adoption) if can_resolve else None
    return find_decision_problems(adoption, policy, kept)


def kept_of(root: Path, adoption: PolicyRecord, memory: Memory | None = None) -> dict[str, KeptRecord]:
    """What stands on disk for each edition that a decision of the adoption names."""
    names = dict.fromkeys(decision.edition for decision in adoption.decisions if decision.edition)
    return {name: read_kept_edition(root, adoption.ref, name, memory) for name in names}


def resolve_adoption(records: Workspace, adoption: Adoption) -> ResolvedPolicy | None:
    """The adoption's text as it stands now, or None where its model or school is not there."""
    model, school = records.model_of(adoption), records.schools.get(adoption.school)
    return resolve(model, adoption, school) if model and school else None


def past_text(root: Path, ref: str) -> PastText | None:
    """The text that `school/policy@DATE` or `school/policy@edition:NAME` names; None for a REF of another kind.

    Reads nothing but this adoption's own folder, so that it answers whatever became of the rest. Raises
    UnknownReference where nothing applied on that day, saying what did before and after.
    """
    name, _, when = ref.partition("@")
    if not when or not _ADOPTION.fullmatch(name) or not (adoption_folder(root, name) / "adoption.yaml").is_file():
        return None
    adoption = read_adoption(root, name)
    if when.startswith(EDITION):
        return _by_name(root, adoption, when.removeprefix(EDITION))
    try:
        day = date.fromisoformat(when)
    except ValueError:
        return _by_name(root, adoption, when)
    return _on_day(root, adoption, day)


def in_force_from(decision: Decision, adoption: PolicyRecord) -> date:
    """The day from which a decision applies: the one it names, else the day it was taken.

    Details brought up to date apply no sooner than the approval whose words they stand in.
    """
    own = decision.effective or decision.on
    if decision.outcome != "administrative" or decision.exact is None:
        return own
    approvals = [entry for entry in adoption.decisions if entry.outcome in APPROVING and entry.exact == decision.exact]
    return max([own, *(entry.effective or entry.on for entry in approvals[-1:])])


def _by_name(root: Path, adoption: PolicyRecord, name: str) -> PastText:
    for decision in adoption.decisions:
        if decision.edition == name:
            return _past(root, adoption, decision, None)
    known = edition_names(root, adoption.ref)
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"did you mean {near[0]}? " if near else ""
    mend = f"{hint}name a day as YYYY-MM-DD, or an edition: {', '.join(known) or 'there is none'}"
    raise UnknownReference(f"{adoption.ref} has no edition '{name}'", where=f"{adoption.ref}@{name}", mend=mend)


def _on_day(root: Path, adoption: PolicyRecord, day: date) -> PastText:
    applying = [entry for entry in adoption.decisions if entry.outcome in (*APPROVING, "administrative", "withdrawn")]
    since = {entry: in_force_from(entry, adoption) for entry in applying}
    past = sorted((entry for entry in applying if since[entry] <= day), key=lambda entry: (since[entry], entry.on))
    if not past or past[-1].outcome == "withdrawn":
        raise UnknownReference(
            f"no {adoption.policy} of {adoption.school} was in force on {day.isoformat()}",
            where=f"{adoption.ref}@{day.isoformat()}",
            mend=_what_there_is(adoption, applying, past),
        )
    return _past(root, adoption, past[-1], day)


def _past(root: Path, adoption: PolicyRecord, decision: Decision, day: date | None) -> PastText:
    name = decision.edition
    if name:
        _require_as_kept(root, adoption, name)
    if name and name in edition_names(root, adoption.ref):
        edition = read_edition(root, adoption.ref, name)
        _require_words(edition, decision)
        return PastText(adoption.ref, decision, day, edition=edition)
    documents = _kept_documents(root, adoption.ref, name) if name else []
    if documents:
        return PastText(adoption.ref, decision, day, document=documents[0])
    mend = (
        "keep the document as it was issued: `policybook decide … --document FILE`, or put the edition back from a copy"
    )
    what = f"the words decided on {decision.on.isoformat()} were not kept"
    raise UnknownReference(what, where=f"{adoption.ref}@{day or name}", mend=mend)


def _kept_documents(root: Path, ref: str, name: str) -> list[Path]:
    """The documents that the manifest names and that are as they were kept, the most readable kind first."""
    kept = read_kept_edition(root, ref, name)
    if kept.manifest is None or kept.damages:
        return []
    folder = issued_folder(root, ref, name)
    paths = [entry.path for entry in kept.manifest.files]
    return [folder / path for ending in DOCUMENTS for path in paths if path.endswith(ending)]


def _require_as_kept(root: Path, adoption: PolicyRecord, name: str) -> None:
    """Evidence that was touched is no evidence: a changed edition or document is not shown as what applied."""
    for damage in read_kept_edition(root, adoption.ref, name).damages:
        if damage.kind != "missing" or damage.path.endswith(".yaml"):
            mend = "put it back from a copy; `policybook verify` lists all"
            raise Refused(f"edition {name} {DAMAGE_WORDS[damage.kind]}", where=damage.path, mend=mend)


def _require_words(edition: Edition, decision: Decision) -> None:
    if decision.exact and decision.exact != exact_of(edition.resolved()):
        what = f"edition {edition.name} does not hold the words that were decided"
        raise Refused(what, where=edition.ref, mend="put it back from a copy; `policybook verify` lists all")


def _what_there_is(adoption: PolicyRecord, applying: list[Decision], past: list[Decision]) -> str:
    if past:
        return f"it was withdrawn on {past[-1].on.isoformat()} ({past[-1].body}); name an earlier day"
    later = [entry for entry in applying if entry.edition]
    if later:
        first = min(later, key=lambda entry: in_force_from(entry, adoption))
        see = f"{adoption.ref}@{EDITION}{first.edition}"
        return f"the first kept decision is in force from {in_force_from(first, adoption).isoformat()}; see {see}"
    return "no decision of it is recorded yet"
