"""Planning upgrades: the adoptions named, moved to newer model versions on paper only. Nothing here writes."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from policybook.adopt.base import find_bases, nearest_version
from policybook.adopt.lineage import ModelDifference, compare_versions
from policybook.adopt.upgrade import plan_school
from policybook.domain.adoption import Adoption
from policybook.domain.error import Refused, UnknownReference
from policybook.domain.model import ModelVersion
from policybook.domain.upgrade import PassedOver, UpgradePlan, UpgradeTriage
from policybook.domain.workspace import Workspace
from policybook.store import find_workspace
from policybook.store.lock import read_base_words
from policybook.workflow.workspace import read_sound_records

UNLABELLED = ("model.unknown",)
"""A version that nobody knows stops documents, but not the move to one that is known."""
SAME = "nothing to do: it is on this version already"


def plan_upgrades(schools: Sequence[str], models: Sequence[str], start: Path) -> UpgradeTriage:
    """The plan of every adoption of the models, or of those of the schools named; every plan leads to a version named.

    `models` are `publisher/policy@version`. An adoption that is there already, or that cannot be moved there, is told
    with the reason. Raises UnknownReference for a school or version that is not in the workspace, Refused for a school
    that was named and cannot be moved, BrokenWorkspace where the workspace has errors.
    """
    root = find_workspace(start)
    return plan_in_workspace(schools, models, read_sound_records(root, UNLABELLED), root)


def plan_in_workspace(schools: Sequence[str], models: Sequence[str], records: Workspace, root: Path) -> UpgradeTriage:
    """The same for a workspace that is read already."""
    targets = [_target(records, ref) for ref in dict.fromkeys(models)]
    _check_schools(records, schools, targets)
    plans: list[UpgradePlan] = []
    passed_over: list[PassedOver] = []
    for target in targets:
        planner = _Planner(records, root, target, _history(records, target))
        for adoption in _adopters(records, target, schools):
            if adoption.version == target.version:
                passed_over.append(PassedOver(adoption.ref, target.ref, SAME))
                continue
            try:
                plans.append(planner.plan(adoption))
            except Refused as error:
                if adoption.school in schools:
                    raise
                passed_over.append(PassedOver(adoption.ref, target.ref, error.what))
    return UpgradeTriage(tuple(sorted(plans, key=lambda plan: (plan.ref, plan.model_ref))), tuple(passed_over))


@dataclass(slots=True)
class _Planner:
    """Plans the move of many adoptions to one version; what lies between two versions is worked out once."""

    records: Workspace
    root: Path
    target: ModelVersion
    known: list[ModelVersion]
    differences: dict[str, ModelDifference] = field(default_factory=dict)

    def plan(self, adoption: Adoption) -> UpgradePlan:
        """The plan of one adoption. Raises Refused with the reason where it cannot be moved."""
        locked = read_base_words(self.root, adoption.ref)
        is_unlabelled = self.records.model_of(adoption) is None
        old = nearest_version(adoption, self.known, locked).version if is_unlabelled else adoption.version
        chain = _chain(self.known, old)
        if not chain:
            raise _cannot(self.records, adoption, self.target)
        if old not in self.differences:
            self.differences[old] = compare_versions(chain)
        bases = find_bases(adoption, chain[0], self.known, locked)
        school = self.records.schools[adoption.school]
        plan = plan_school(self.differences[old], replace(adoption, version=old), school, bases)
        return replace(plan, unlabelled=adoption.version) if is_unlabelled else plan


def _target(records: Workspace, ref: str) -> ModelVersion:
    if ref in records.adoptable:
        return records.adoptable[ref]
    name, _, version = ref.partition("@")
    known = [model.version for model in records.versions_of(name)]
    if known and not version:
        raise UnknownReference(
            "which version?", where=ref, mend=f"name one of {', '.join(known)}, as {name}@{known[-1]}"
        )
    if known:
        what = f"model {name} has no version '{version}'"
        raise UnknownReference(what, where=ref, mend=f"its versions are {', '.join(known)}")
    near = difflib.get_close_matches(ref, list(records.adoptable), n=1, cutoff=0.4)
    mend = f"did you mean {near[0]}?" if near else "write it as publisher/policy@version"
    raise UnknownReference(f"there is no model '{name}'", where=ref, mend=mend)


def _check_schools(records: Workspace, schools: Sequence[str], targets: Sequence[ModelVersion]) -> None:
    for school in schools:
        if school not in records.schools:
            near = difflib.get_close_matches(school, list(records.schools), n=1, cutoff=0.4)
            mend = f"did you mean {near[0]}?" if near else "name a file of clauses/schools, without .yaml"
            raise UnknownReference(f"there is no school '{school}'", where=school, mend=mend)
        if not any(True for target in targets for _ in _adopters(records, target, [school])):
            names = " or ".join(target.id for target in targets)
            mend = "name a school that has adopted it, or another model"
            raise UnknownReference(f"{school} has not adopted {names}", where=school, mend=mend)


def _adopters(records: Workspace, target: ModelVersion, schools: Sequence[str]) -> Iterator[Adoption]:
    return (adoption for adoption in records.adopters_of(target.id) if not schools or adoption.school in schools)


def _history(records: Workspace, target: ModelVersion) -> list[ModelVersion]:
    """The versions that lead to the target, each superseding the one before, and the target."""
    adoptable, chain = records.adoptable, [target]
    while (before := adoptable.get(f"{target.id}@{chain[0].supersedes}")) and before not in chain:
        chain.insert(0, before)
    return chain


def _chain(history: list[ModelVersion], version: str) -> list[ModelVersion]:
    """The history from one version on; empty where that is not in it."""
    place = next((index for index, entry in enumerate(history) if entry.version == version), len(history))
    return history[place:]


def _cannot(records: Workspace, adoption: Adoption, target: ModelVersion) -> Refused:
    pinned = records.model_of(adoption)
    if pinned and _chain(_history(records, pinned), target.version):
        why = f"it is on {adoption.version}, which is newer: a policy is never moved back to an older version"
    else:
        why = f"{target.version} does not follow from {adoption.version}: no `supersedes:` leads from one to the other"
    mend = "name a newer version; what applied in the past is shown by `policybook show REF@DATE`"
    return Refused(why, where=f"{adoption.ref} to {target.ref}", mend=mend)
