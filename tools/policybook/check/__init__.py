"""Records in, findings out."""

from __future__ import annotations

from collections.abc import Iterator

from policybook.check.adoption import find_adoption_problems
from policybook.check.model import find_model_problems
from policybook.check.words import find_foreign_names, index_names
from policybook.domain.finding import Finding
from policybook.domain.workspace import Workspace

__all__ = ["find_problems"]


def find_problems(workspace: Workspace) -> Iterator[Finding]:
    """Everything wrong or unusual in the records of a workspace, model by model, then adoption by adoption.

    What the files themselves have wrong was found while reading. Nothing is said of a model that could not be read in
    full, nor of its adoptions: it would be an after-effect.
    """
    for ref in sorted(workspace.models.keys() - workspace.broken):
        yield from find_model_problems(workspace.models[ref], workspace)
    names = index_names(workspace.schools.values())
    for ref in sorted(workspace.adoptions):
        adoption = workspace.adoptions[ref]
        yield from find_adoption_problems(adoption, workspace)
        yield from find_foreign_names(adoption, names, workspace.schools.get(adoption.school))
