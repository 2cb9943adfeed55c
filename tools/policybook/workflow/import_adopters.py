"""Documents of several adopters become the draft of the model that they share, and an adoption for each."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from policybook.domain.adoption import School
from policybook.domain.draft import DerivedAdoption, DerivedModel, ModelDraft
from policybook.domain.error import Refused
from policybook.domain.finding import Finding
from policybook.domain.model import ModelVersion
from policybook.domain.source import ChangeReading, SourceDocument
from policybook.domain.workspace import Workspace
from policybook.intake import read_document
from policybook.intake.draft_name import names_in
from policybook.store import find_workspace
from policybook.store.draft import print_draft, print_source
from policybook.store.school_file import print_school
from policybook.store.together import FileWrite, write_together
from policybook.text.slug import slug_of
from policybook.workflow.adopt import adoption_writes, infer_from
from policybook.workflow.chain import read_records
from policybook.workflow.derive import derive_model
from policybook.workflow.import_draft import check_draft, ending_of, publisher_of, require_free, require_names
from policybook.workflow.school_columns import read_kind

FEWEST = 2


def import_adopters(
    files: Sequence[Path], model: str, version: str, start: Path, *, changes: ChangeReading = "accept",
    is_dry: bool = False, on: date | None = None,
) -> DerivedModel:  # fmt: skip
    """Makes the draft of `publisher/policy` that the documents share, and an adoption of the draft for each.

    A document is of the school that it names; one that the workspace does not have yet gets a record. Resolving an
    adoption gives its document's clauses back, in their words and order. The documents are kept as they are. Raises
    Refused where the names, the place or a document will not do, UnreadableDocument; then nothing was written.
    """
    require_names(model, version)
    root = find_workspace(start)
    records, _ = read_records(root)
    draft_folder = root / "clauses" / "models" / model / "draft"
    require_free(records, draft_folder, model, version, is_replaced=False)
    documents = [_read(file, changes) for file in _require_several(files)]
    schools = _schools(records, files, documents)
    draft = _with_next_step(derive_model(documents, model, version, publisher_of(records, model)))
    printed, findings = _printed(draft, model)
    adoptions = tuple(
        _adoption(draft.model, document, school, file, is_new=school.id not in records.schools)
        for document, school, file in zip(documents, schools, files, strict=True)
    )
    writes = [FileWrite(draft_folder / name, content) for name, content in printed.items()]
    for file, document, entry in zip(files, documents, adoptions, strict=True):
        writes += _writes(root, file, document, entry, draft.model, on or date.today())
    if not is_dry:
        write_together(writes)
    names = tuple(write.file.relative_to(root).as_posix() for write in writes)
    return DerivedModel(draft, adoptions, names, findings, written=not is_dry)


def _require_several(files: Sequence[Path]) -> Sequence[Path]:
    if len(files) < FEWEST:
        raise Refused("one document shares nothing", mend="name the documents of two schools or more")
    return files


def _read(file: Path, changes: ChangeReading) -> SourceDocument:
    document = read_document(file, changes)
    if document.coverage < 1.0:
        mend = f"see `policybook read {file.name}` for what is missing"
        raise Refused("not every word of the document was understood", where=file.name, mend=mend)
    return document


def _schools(records: Workspace, files: Sequence[Path], documents: Sequence[SourceDocument]) -> list[School]:
    """The school of each document, by the name in it, else by the file's name."""
    known = {slug_of(name): school for school in records.schools.values() for name in (school.name, *school.aliases)}
    schools: list[School] = []
    for file, document in zip(files, documents, strict=True):
        said = names_in(document)
        name = said.school or file.stem.replace("-", " ").title()
        kind = read_kind(name) or "school"
        made = School(slug_of(name) or f"school-{len(schools) + 1}", name, kind, said.short or name)
        schools.append(known.get(slug_of(name), records.schools.get(made.id, made)))
    doubled = [name for name, count in Counter(school.id for school in schools).items() if count > 1]
    if doubled:
        mend = "name one document of each school; a file is taken for a school by the name in it, else by its own"
        raise Refused(f"more than one document is of {', '.join(doubled)}", mend=mend)
    return schools


def _printed(draft: ModelDraft, model: str) -> tuple[dict[str, bytes], tuple[Finding, ...]]:
    if not draft.model.parts:
        raise Refused("the documents share no clauses", where=model, mend="see `policybook compare A B`")
    printed = print_draft(draft.model)
    findings = check_draft(printed, model)
    if errors := [entry for entry in findings if entry.severity == "error"]:
        mend = "import one of the documents, and adopt it with --from for the others"
        raise Refused(f"the draft would have an error: {errors[0].message}", where=model, mend=mend)
    return printed, findings


def _with_next_step(draft: ModelDraft) -> ModelDraft:
    release = f"policybook release {draft.model.id}@draft --version {draft.model.version}"
    remark = (
        f"the adoptions are of the draft, and of the version once it is released: look it through, then `{release}`"
    )
    return replace(draft, remarks=(*draft.remarks, remark))


def _adoption(
    model: ModelVersion, document: SourceDocument, school: School, file: Path, *, is_new: bool
) -> DerivedAdoption:
    inferred = infer_from(document, model, school, "")
    adoption = replace(inferred.adoption, version="draft")  # as a draft is known in the workspace, until its release
    return DerivedAdoption(file.name, school, is_new, adoption, inferred.confidence, inferred.differences)


def _writes(
    root: Path, file: Path, document: SourceDocument, entry: DerivedAdoption, model: ModelVersion, on: date
) -> Iterator[FileWrite]:
    content = file.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    folder = root / "source_policies" / f"{entry.adoption.school}-{entry.adoption.policy}-{digest[:8]}"
    facts = {
        "schema": 1,
        "file": file.name,
        "sha256": digest,
        "bytes": len(content),
        "received": on,
        "school": entry.school.id,
        "policy": entry.adoption.policy,
        "metadata": dict(document.metadata),
    }
    if not folder.exists():
        yield FileWrite(folder / f"original{ending_of(file, content)}", content)
        yield FileWrite(folder / "source.yaml", print_source(facts))
    if entry.is_new:
        yield FileWrite(root / "clauses" / "schools" / f"{entry.school.id}.yaml", print_school(entry.school))
    yield from adoption_writes(root, model, entry.adoption)
