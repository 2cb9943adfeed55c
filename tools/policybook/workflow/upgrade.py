"""Planning upgrades: the adoptions named, moved to newer model versions on paper only. Nothing here writes."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path

from policybook.adopt.lineage import ModelDifference, compare_versions
from policybook.adopt.upgrade import plan_school
from policybook.domain.adoption import Adoption
from policybook.domain.error import Refused, UnknownReference
from policybook.domain.model import ModelVersion
from policybook.domain.upgrade import PassedOver, UpgradePlan, UpgradeTriage
from policybook.domain.workspace import Workspace
from policybook.store import find_workspace
from policybook.workflow.workspace import open_workspace

SAME = "nothing to do: it is on this version already"


def plan_upgrades(schools: Sequence[str], models: Sequence[str], start: Path) -> UpgradeTriage:
    """The plan of every adoption of the models, or of those of the schools named; every plan leads to a version named.

    `models` are `publisher/policy@version`. An adoption that is there already, or that cannot be moved there, is told
    with the reason. Raises UnknownReference for a school or version that is not in the workspace, Refused for a school
    that was named and cannot be moved, BrokenWorkspace where the workspace has errors.
    """
    return plan_in_workspace(schools, models, open_workspace(find_workspace(start)).records)


def plan_in_workspace(schools: Sequence[str], models: Sequence[str], records: Workspace) -> UpgradeTriage:
    """The same for a workspace that is read already."""
    targets = [_target(records, ref) for ref in dict.fromkeys(models)]
    _check_schools(records, schools, targets)
    plans: list[UpgradePlan] = []
    passed_over: list[PassedOver] = []
    for target in targets:
        differences: dict[str, ModelDifference] = {}
        for adoption in _adopters(records, target, schools):
            chain = _chain(records, adoption, target)
            if adoption.version == target.version:
                passed_over.append(PassedOver(adoption.ref, target.ref, SAME))
            elif chain:
                if adoption.version not in differences:
                    differences[adoption.version] = compare_versions(chain)
                school = records.schools[adoption.school]
                plans.append(plan_school(differences[adoption.version], adoption, school))
            else:
                passed_over.append(_cannot(records, adoption, target, is_named=adoption.school in schools))
    return UpgradeTriage(tuple(sorted(plans, key=lambda plan: (plan.ref, plan.model_ref))), tuple(passed_over))


def _target(records: Workspace, ref: str) -> ModelVersion:
    if ref in records.models:
        return records.models[ref]
    name, _, version = ref.partition("@")
    known = [model.version for model in records.versions_of(name)]
    if known and not version:
        raise UnknownReference(
            "which version?", where=ref, mend=f"name one of {', '.join(known)}, as {name}@{known[-1]}"
        )
    if known:
        what = f"model {name} has no version '{version}'"
        raise UnknownReference(what, where=ref, mend=f"its versions are {', '.join(known)}")
    near = difflib.get_close_matches(ref, list(records.models), n=1, cutoff=0.4)
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


def _chain(records: Workspace, adoption: Adoption, target: ModelVersion) -> list[ModelVersion]:
    """The versions from the one pinned to the target, each superseding the one before; empty where there is no way."""
    chain = [target]
    while chain[0].version != adoption.version:
        before = records.models.get(f"{target.id}@{chain[0].supersedes}")
        if before is None or before in chain:
            return []
        chain.insert(0, before)
    return chain


def _cannot(records: Workspace, adoption: Adoption, target: ModelVersion, *, is_named: bool) -> PassedOver:
    pinned = records.model_of(adoption)
    own = Adoption("", "", target.id, target.version)
    if pinned and _chain(records, own, pinned):
        why = f"it is on {adoption.version}, which is newer: a policy is never moved back to an older version"
    else:
        why = f"{target.version} does not follow from {adoption.version}: no `supersedes:` leads from one to the other"
    if is_named:
        mend = "name a newer version; what applied in the past is shown by `policybook show REF@DATE`"
        raise Refused(why, where=f"{adoption.ref} to {target.ref}", mend=mend)
    return PassedOver(adoption.ref, target.ref, why)
