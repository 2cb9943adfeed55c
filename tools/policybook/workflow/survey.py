"""A survey: every document of a folder held against one model; tables, a workbook and pages come out."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from policybook.adopt import resolve_model
from policybook.compare import witness_of_policy
from policybook.domain.error import Refused, UnknownReference, WorkspaceError
from policybook.domain.model import ModelVersion
from policybook.domain.survey import ClauseCounts, SurveyFailure, SurveySummary
from policybook.domain.workspace import Workspace
from policybook.jobs import HERE, Cache, Limits, Workers
from policybook.render.html import write_standalone_html
from policybook.render.xlsx import write_xlsx
from policybook.report.survey import schools_page, survey_pages, survey_workbook
from policybook.site.audience import COUNCIL, PUBLIC, SiteAudience
from policybook.store import find_template, find_workspace, write_atomically
from policybook.store.survey import FAILED, FOLLOWS, SurveyTables
from policybook.workflow.survey_adopt import AdoptedReport, adopt_documents
from policybook.workflow.survey_public import public_summary
from policybook.workflow.survey_stream import Arrival, Worker, documents_answered
from policybook.workflow.survey_task import SurveyModel, survey_document
from policybook.workflow.workspace import open_workspace, program_key

CACHE = "build/.survey.sqlite"
"""What was found in documents before; safe to delete."""
SHARED_SHOWN = 5
"""Shared changes told of one section, at most."""
LIMITS = Limits()
"""What one document may take, unless asked otherwise."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class SurveyReport:
    """A survey in counts, the files it wrote into `folder`, and how many documents were known from an earlier run.

    `adopted` tells of the adoptions proposed, where they were asked for.
    """

    summary: SurveySummary
    folder: Path
    files: tuple[str, ...]
    known: int
    adopted: AdoptedReport | None = None


def survey_folder(
    folder: Path,
    model: str,
    start: Path,
    output: Path,
    *,
    audience: SiteAudience = COUNCIL,
    workers: Workers = HERE,
    limits: Limits = LIMITS,
    adoptions: Path | None = None,
    on_done: Progress = lambda _done, _total: None,
) -> SurveyReport:
    """Surveys every document in a folder and below, and writes what it found into `output`.

    `model` is `publisher/policy` (its newest version) or `publisher/policy@version`. A document that cannot be read
    within the limits stops no other. What was found in a document before, with this model and program, is not looked
    for again. With `adoptions`, a folder, an adoption of the model is proposed there for each document that follows it.
    Raises UnknownReference, WorkspaceError, BrokenWorkspace, Refused, or TaskError where a cluster cannot be
    used.
    """
    root = find_workspace(start)
    records = open_workspace(root).records
    version = _version(records, model)
    _check(folder, output, audience, version)
    documents = find_documents(folder)
    surveyed = _survey_model(records, version)
    with tempfile.TemporaryDirectory(prefix="policybook-survey-") as work, SurveyTables(Path(work)) as tables:
        following: dict[str, str] = {}
        with Cache(root / CACHE) as cache:
            worker = Worker(partial(survey_document, surveyed), surveyed.key, cache, workers, limits)
            for done, arrival in enumerate(
                documents_answered(worker, folder, {path: _place(path) for path in documents}), 1
            ):
                following |= _keep(tables, arrival)
                on_done(done, len(documents))
            known = cache.hits
            adopted = adopt_documents(worker, version, root, folder, following, adoptions) if adoptions else None
        summary = _summary(tables, surveyed, version)
        files = _write(tables, summary, surveyed, root, output, Path(work), audience)
    return SurveyReport(summary if audience == COUNCIL else public_summary(summary), output, files, known, adopted)


def find_documents(folder: Path) -> list[str]:
    """The paths, with `/`, of the files in a folder and below, in order; hidden ones and Office's locks left out."""
    found: list[str] = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        inside = Path(place).relative_to(folder)
        found += [(inside / name).as_posix() for name in names if not name.startswith((".", "~$"))]
    return sorted(found)


def _version(records: Workspace, ref: str) -> ModelVersion:
    name, _, wanted = ref.partition("@")
    versions = [entry for entry in records.versions_of(name) if not wanted or entry.version == wanted]
    if not versions:
        mend = f"models here: {', '.join(sorted(records.models)) or 'none'}"
        raise UnknownReference(f"there is no model '{ref}'", where=ref, mend=mend)
    return versions[-1]


def _check(folder: Path, output: Path, audience: SiteAudience, version: ModelVersion) -> None:
    if not folder.is_dir():
        raise WorkspaceError("there is no such folder", where=str(folder), mend="name the folder with the documents")
    if output.resolve().is_relative_to(folder.resolve()):
        mend = "choose a folder outside: -o DIR"
        raise Refused("the results would stand among the documents to survey", where=str(output), mend=mend)
    if audience not in (COUNCIL, PUBLIC):
        raise Refused("a survey is for the council or the public", mend="write --audience council or public")
    if audience == PUBLIC and version.publish != "public":
        mend = "mark the model `publish: public`, or make the survey for the council"
        raise Refused("the model is internal, and a survey tells its words", where=version.ref, mend=mend)


def _survey_model(records: Workspace, version: ModelVersion) -> SurveyModel:
    versions = tuple(
        (entry.version, tuple(clause.text for clause in resolve_model(entry).clauses))
        for entry in records.versions_of(version.id)
    )
    base = witness_of_policy("A", resolve_model(version))
    topics = tuple(records.topics.values())
    key = hashlib.sha256(f"{program_key()}\n{base!r}\n{versions!r}\n{topics!r}".encode()).hexdigest()
    return SurveyModel(key, base, versions, topics)


def _place(document: str) -> str:
    """Whose a document is by its place: the first folder that it stands in, else its name."""
    path = Path(document)
    return path.parts[0] if len(path.parts) > 1 else path.stem


def _keep(tables: SurveyTables, arrival: Arrival) -> dict[str, str]:
    """Puts a document into the tables; where it follows the model, it comes back with its school's name."""
    if arrival.failure:
        failure = SurveyFailure(arrival.document, arrival.failure.what, arrival.failure.mend)
        tables.add_failure(arrival.document, arrival.school, arrival.sha256, failure)
        return {}
    found: dict[str, Any] = json.loads(arrival.answer)
    school: str = found["organisation"] or arrival.school
    tables.add(arrival.document, school, arrival.sha256 or "", found)
    return {arrival.document: school} if found["follows"] else {}


def _summary(tables: SurveyTables, model: SurveyModel, version: ModelVersion) -> SurveySummary:
    statuses, changes, shared = tables.count_documents(), tables.count_changes(), tables.shared_changes(SHARED_SHOWN)
    total, failed = sum(statuses.values()), statuses.get(FAILED, 0)
    return SurveySummary(
        model=version.ref,
        title=version.title,
        documents=total,
        read=total - failed,
        following=statuses.get(FOLLOWS, 0),
        failed=failed,
        versions=tables.count_versions(),
        topics=tables.count_answers(model.topics),
        clauses=tuple(
            ClauseCounts(
                reading.id or "",
                reading.number,
                reading.text,
                {**changes.get(reading.id or "", {})},
                shared.get(reading.id or "", ()),
            )
            for reading in model.base.readings
        ),
        additions=shared.get("", ()),
        failures=tables.failures(),
    )


def _write(
    tables: SurveyTables,
    summary: SurveySummary,
    model: SurveyModel,
    root: Path,
    output: Path,
    work: Path,
    audience: SiteAudience,
) -> tuple[str, ...]:
    """The files of an audience: what tells of single schools is for the council alone."""
    told = summary if audience == COUNCIL else public_summary(summary)
    template = find_template(root) / "html"
    files = {
        f"{name}.html": write_standalone_html(page, template).encode() for name, page in survey_pages(told).items()
    }
    files["survey.xlsx"] = write_xlsx(survey_workbook(told))
    tables_written: tuple[str, ...] = ()
    if audience == COUNCIL:
        figures = [topic for topic in model.topics if topic.answer != "text"]
        files["schools.xlsx"] = write_xlsx(schools_page(tables.list_schools(figures), figures, summary.model))
        tables_written = tables.write(work)
    for name, content in files.items():
        write_atomically(output / name, content)
    for name in tables_written:
        _move(work / name, output / name)
    return (*files, *tables_written)


def _move(file: Path, target: Path) -> None:
    """Puts a file in its place in one step, from another disk too; too large to be read into memory for it."""
    temporary = target.with_name(f".writing-{target.name}")
    try:
        shutil.copyfile(file, temporary)
        temporary.replace(target)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        mend = "make room, close the file elsewhere, or choose another folder"
        raise WorkspaceError(f"cannot be written: {error.strerror or error}", where=str(target), mend=mend) from error
