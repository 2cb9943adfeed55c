"""Records in, findings out."""

from __future__ import annotations

from collections.abc import Iterator

from policybook.check.adoption import find_adoption_problems
from policybook.check.advice import Known, find_advice
from policybook.check.chain import find_chain_problems
from policybook.check.hidden import find_hidden_references
from policybook.check.index import ModelIndex, index_model
from policybook.check.lineage import find_reused_ids
from policybook.check.model import find_model_problems
from policybook.check.school_value import find_school_value_problems
from policybook.check.structure import find_lost_references
from policybook.domain.finding import Finding
from policybook.domain.workspace import Workspace

__all__ = ["Known", "find_advice", "find_problems"]


def find_problems(workspace: Workspace) -> Iterator[Finding]:
    """Everything wrong in the records of a workspace, model by model, then adoption by adoption.

    What the files themselves have wrong was found while reading. Nothing is said of a model that could not be read in
    full, nor of its adoptions: it would be an after-effect. What a careful reader would add is `find_advice`.
    """
    for ref in sorted(workspace.models.keys() - workspace.broken):
        yield from find_model_problems(workspace.models[ref], workspace)
        yield from find_reused_ids(workspace.models[ref], workspace)
    indices: dict[str, ModelIndex] = {}
    for ref in sorted(workspace.adoptions):
        adoption = workspace.adoptions[ref]
        yield from find_adoption_problems(adoption, workspace)
        model = workspace.model_of(adoption)
        if model and model.ref not in workspace.broken:
            if model.ref not in indices:
                indices[model.ref] = index_model(model)
            school = workspace.schools.get(adoption.school)
            yield from find_lost_references(adoption, indices[model.ref])
            yield from find_hidden_references(adoption, model, school, indices[model.ref])
    yield from find_chain_problems(workspace)
    yield from find_school_value_problems(workspace)
