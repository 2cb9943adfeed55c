"""Records in, findings out."""

from __future__ import annotations

from collections.abc import Iterator

from policybook.check.adoption import find_adoption_problems
from policybook.check.model import find_model_problems
from policybook.domain.finding import Finding
from policybook.domain.workspace import Workspace

__all__ = ["find_problems"]


def find_problems(workspace: Workspace) -> Iterator[Finding]:
    """Everything wrong or unusual in the records of a workspace, model by model, then adoption by adoption.

    What the files themselves have wrong was found while reading. Nothing is said of an adoption whose model could not
    be read: it would be an after-effect.
    """
    for ref in sorted(workspace.models):
        yield from find_model_problems(workspace.models[ref], workspace)
    for ref in sorted(workspace.adoptions):
        yield from find_adoption_problems(workspace.adoptions[ref], workspace)
