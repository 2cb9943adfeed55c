"""The documents of a survey that follow its model, as proposed adoptions of it in a workspace of their own."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path, PurePosixPath

from policybook.domain.adoption import School
from policybook.domain.error import Refused
from policybook.domain.model import ModelVersion
from policybook.domain.survey import SurveyFailure
from policybook.intake import read_content
from policybook.store.school_file import print_school
from policybook.store.together import FileWrite, write_together
from policybook.text.slug import slug_of
from policybook.workflow.adopt import adoption_writes, infer_from
from policybook.workflow.school_columns import read_kind
from policybook.workflow.start import new_workspace
from policybook.workflow.survey_stream import Item, Worker, documents_answered


@dataclass(frozen=True, slots=True)
class AdoptedReport:
    """The adoptions proposed in `folder`: how many were written, how many stood there, and for whom there is none."""

    folder: Path
    written: int
    kept: int
    failures: tuple[SurveyFailure, ...]


@dataclass(frozen=True, slots=True)
class _Adopted:
    """The model that is adopted; those of one `key` are the same."""

    key: str
    model: ModelVersion = field(compare=False, repr=False)


def adopt_documents(
    worker: Worker, version: ModelVersion, root: Path, folder: Path, schools: Mapping[str, str], target: Path
) -> AdoptedReport:
    """Proposes an adoption for each document, in a new workspace `target` that holds the model and its schools.

    `schools` are the schools' names by path in the folder. Run again it goes on where it was: a record that stands
    there is left as it is. Raises Refused where the folder holds another form of the model, WorkspaceError where it
    holds something else or cannot be written to.
    """
    _open_target(root, version, target)
    written = kept = 0
    failures: list[SurveyFailure] = []
    key = hashlib.sha256(f"adoptions {worker.key}".encode()).hexdigest()
    asked = worker.asked(partial(propose_adoption, _Adopted(key, version)), key, by_school=True)
    for arrival in documents_answered(asked, folder, _ids(schools)):
        if arrival.failure:
            failures.append(SurveyFailure(arrival.document, arrival.failure.what, arrival.failure.mend))
        elif _write(target, json.loads(arrival.answer)):
            written += 1
        else:
            kept += 1
    return AdoptedReport(target, written, kept, tuple(failures))


def _ids(schools: Mapping[str, str]) -> dict[str, str]:
    """An id for each document's school; a name that several bear (there are many a St Mary's) gets its place added."""
    taken: set[str] = set()
    ids: dict[str, str] = {}
    for document, name in schools.items():
        place = PurePosixPath(document).with_suffix("").as_posix().replace("/", " ")
        wanted = [slug_of(words) for words in (name, f"{name} {place}", f"school {len(ids) + 1}")]
        ids[document] = next(entry for entry in wanted if entry and entry not in taken)
        taken.add(ids[document])
    return ids


def propose_adoption(adopted: _Adopted, item: Item) -> bytes:
    """The adoption that a document is, as JSON: its files by path in the workspace.

    Raises UnreadableDocument, or Refused where words of the document would be lost.
    """
    school_id, content = item
    model = _ready(adopted)
    document = read_content(content, school_id)
    if document.coverage < 1.0:
        raise Refused("not every word of the document was understood", mend="see `policybook read` for what is missing")
    name = " ".join(document.metadata.get("organisation", "").split()) or school_id.replace("-", " ").title()
    school = School(school_id, name, read_kind(name) or "school", name)
    inferred = infer_from(document, model, school, PurePosixPath(model.id).name)
    if inferred.differences:
        mend = "adopt it by hand: `policybook adopt` shows what differs"
        raise Refused("the adoption would not give the document's words back", mend=mend)
    writes = [FileWrite(Path("clauses", "schools", f"{school.id}.yaml"), print_school(school))]
    writes += adoption_writes(Path(), model, inferred.adoption)
    files = {write.file.as_posix(): (write.content or b"").decode() for write in writes}
    return json.dumps(files, ensure_ascii=False).encode()


@lru_cache(maxsize=4)
def _ready(adopted: _Adopted) -> ModelVersion:
    """The first copy of a model that this process got: what is worked out for it once is found again."""
    return adopted.model


def _open_target(root: Path, version: ModelVersion, target: Path) -> None:
    """Makes the workspace, or sees that it is one that an earlier run made for the same model."""
    models = Path("clauses", "models", *PurePosixPath(version.id).parts)
    if (target / models).is_dir():
        for file in (root / models / version.version).rglob("*.yaml"):
            there = target / file.relative_to(root)
            if not there.is_file() or there.read_bytes() != file.read_bytes():
                mend = "name another folder, or an empty one"
                raise Refused("the folder holds another form of this model", where=str(there), mend=mend)
        return
    new_workspace(target)
    shutil.copyfile(root / "clauses" / "topics.yaml", target / "clauses" / "topics.yaml")
    shutil.copytree(root / models, target / models)


def _write(target: Path, files: dict[str, str]) -> bool:
    """Writes the records of one school in one step; False where its adoption stands there already."""
    if all((target / name).exists() for name in files):
        return False
    writes = [FileWrite(target / name, content.encode()) for name, content in files.items()]
    write_together([write for write in writes if not write.file.exists()])
    return True
