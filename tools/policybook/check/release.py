"""Checks of a draft that is to be released: is every change owned, and does every clause have its lineage."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from policybook.domain.finding import Finding
from policybook.domain.model import ModelVersion

TO_EDIT = "To edit: "
"""How a drafted summary begins, until the drafter has put it into words for schools."""


def find_release_problems(
    draft: ModelVersion, before: ModelVersion | None, version: str, changed: Collection[str]
) -> Iterator[Finding]:
    """Why a draft cannot be released as `version`. `changed` are the ids of clauses that differ from `before`."""
    if before is not None:
        yield from find_lineage_problems(draft, before, version)
    yield from _find_change_problems(draft, changed)


def find_lineage_problems(draft: ModelVersion, before: ModelVersion, version: str) -> Iterator[Finding]:
    """Clauses that vanished, came back under an old id, or follow one that never was."""
    clauses = {clause.id: clause for clause in draft.walk()}
    earlier = {clause.id: clause for clause in before.walk()}
    followed = {name for clause in clauses.values() for name in clause.supersedes}
    for name, clause in earlier.items():
        now = clauses.get(name)
        if now is None and name not in followed and clause.withdrawn is None:
            message = f"clause '{name}' of version {before.version} has vanished"
            mend = f'keep it as `withdrawn: "{version}"`, or name it in `supersedes:` of what took its place'
            yield Finding("error", "lineage.vanished", draft.place, message, mend)
        elif now is not None and clause.withdrawn is None and now.withdrawn not in (None, version):
            message = f"clause '{name}' is withdrawn since '{now.withdrawn}', but it was there in {before.version}"
            yield Finding("error", "lineage.withdrawn-when", now.place, message, f'write `withdrawn: "{version}"`')
        elif now is not None and clause.withdrawn is not None and now.withdrawn is None:
            message = f"clause id '{name}' was withdrawn in {clause.withdrawn} and is used again"
            yield Finding("error", "lineage.reused", now.place, message, "give the clause an id of its own")
    for clause in clauses.values():
        for name in clause.supersedes:
            if name not in earlier and clause.id not in earlier:
                message = f"'{clause.id}' supersedes '{name}', which version {before.version} does not have"
                yield Finding("error", "lineage.unknown", clause.place, message, "name a clause of that version")


def _find_change_problems(draft: ModelVersion, changed: Collection[str]) -> Iterator[Finding]:
    named = {name for entry in draft.changes for name in entry.clauses}
    missing = [name for name in changed if name not in named]
    if missing:
        message = f"`changes:` does not say what became of {', '.join(missing)}"
        mend = f"`policybook release {draft.id}@draft --draft-changes` drafts what is missing; then edit the words"
        yield Finding("error", "amendment.missing", draft.place, message, mend)
    for entry in draft.changes:
        what = f"the change of {', '.join(entry.clauses) or 'the whole'}"
        if entry.summary.startswith(TO_EDIT.strip()):
            mend = f"say in a sentence what it means for a school, without “{TO_EDIT.strip()}”"
            yield Finding("error", "amendment.not-edited", draft.place, f"{what} has only its drafted words", mend)
        if entry.substance is None or entry.sign_again is None:
            mend = "write `substance:` and `sign_again:` with true or false (are the rules other; do staff sign again)"
            yield Finding("error", "amendment.unconfirmed", draft.place, f"{what} is not confirmed", mend)
