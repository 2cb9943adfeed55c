"""Surveys: whole folders in, tables, workbooks and pages out."""

from __future__ import annotations

import io
import json
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import openpyxl
import pytest
from click.testing import CliRunner

from policybook.cli import main
from policybook.domain.comparison import CHANGE_KINDS
from policybook.domain.error import PolicybookError, Refused
from policybook.domain.survey import AnswerCount, ClauseCounts, SharedChange, SurveySummary, TopicCounts
from policybook.jobs import Limits, Workers
from policybook.report.survey import survey_text
from policybook.site.audience import PUBLIC
from policybook.store.read import read_workspace
from policybook.store.survey import TABLES
from policybook.workflow.survey import SurveyReport, find_documents, survey_folder
from policybook.workflow.survey_public import public_summary
from survey_sample import SURVEY_MODEL, hang_on_marked, write_documents

COUNT = 12


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twelve documents, and four that cannot be read or follow another model."""
    documents = write_documents(tmp_path / "documents", COUNT)
    (documents / "broken.docx").write_bytes(b"PK\x03\x04 no zip")
    (documents / "empty.txt").write_text(" ")
    (documents / "other.txt").write_text("Lost property is kept beside reception.\n\nIt is given to the summer fair.")
    (documents / ".hidden.txt").write_text("not looked at")
    (documents / "~$policy.docx").write_text("a lock of Word")
    return documents


@pytest.fixture
def workspace(example: Path) -> Path:
    return example


def survey(folder: Path, workspace: Path, output: Path, **options: object) -> SurveyReport:
    return survey_folder(folder, SURVEY_MODEL, workspace, output, **options)  # type: ignore[arg-type]


def rows(output: Path, query: str) -> list[tuple[object, ...]]:
    return duckdb.sql(query.format(**{name: f"'{(output / name).as_posix()}.parquet'" for name in TABLES})).fetchall()


def test_every_document_is_in_the_tables_with_its_status(folder: Path, workspace: Path, tmp_path: Path) -> None:
    report = survey(folder, workspace, tmp_path / "out")
    told = rows(tmp_path / "out", "SELECT document, school, status, reason FROM {documents}")
    assert [entry[0] for entry in told] == find_documents(folder)
    assert {entry[0]: entry[2:] for entry in told if entry[2] != "follows"} == {
        "broken.docx": ("could not be read", "the file is damaged"),
        "empty.txt": ("could not be read", "the file is empty"),
        "other.txt": ("follows no version", None),
    }
    assert {school for _, school, status, _ in told if status == "could not be read"} == {"broken", "empty"}
    summary = report.summary
    assert (summary.documents, summary.read, summary.following, summary.failed) == (COUNT + 3, COUNT + 1, COUNT, 2)
    assert summary.versions == (("2024-10", COUNT),)


def test_every_section_of_the_model_is_told_once_for_every_document(
    folder: Path, workspace: Path, tmp_path: Path
) -> None:
    report = survey(folder, workspace, tmp_path / "out")
    counts = rows(tmp_path / "out", "SELECT clause, count(*) FROM {clauses} WHERE clause <> '' GROUP BY clause")
    assert set(counts) == {(entry.clause, COUNT) for entry in report.summary.clauses}
    for entry in report.summary.clauses:
        assert sum(number or 0 for number in entry.counts.values()) == COUNT
    for topic in report.summary.topics:
        assert sum(answer.count or 0 for answer in topic.answers) == COUNT + 1


def test_the_same_documents_give_the_same_bytes_however_many_processes_work(
    folder: Path, workspace: Path, tmp_path: Path
) -> None:
    survey(folder, workspace, tmp_path / "one")
    shutil.rmtree(workspace / "build")
    survey(folder, workspace, tmp_path / "two", workers=Workers(2))
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes(), file.name


def test_nothing_is_read_twice_and_a_new_document_is(folder: Path, workspace: Path, tmp_path: Path) -> None:
    first = survey(folder, workspace, tmp_path / "out")
    assert first.known == 0
    again = survey(folder, workspace, tmp_path / "out")
    assert again.known == COUNT + 1
    assert again.summary == first.summary
    shutil.copyfile(folder / "other.txt", folder / "copy.txt")
    (folder / "school-0" / "policy.txt").write_text("Other words now.")
    changed = survey(folder, workspace, tmp_path / "out")
    assert (changed.known, changed.summary.following) == (COUNT + 1, COUNT - 1)


def test_a_survey_that_is_ended_goes_on_where_it_was(folder: Path, workspace: Path, tmp_path: Path) -> None:
    def stop(done: int, _total: int) -> None:
        if done == 9:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        survey(folder, workspace, tmp_path / "out", on_done=stop)
    assert not (tmp_path / "out").exists()
    assert survey(folder, workspace, tmp_path / "out").known >= 7


def test_a_document_that_never_ends_is_listed_and_stops_no_other(
    folder: Path, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policybook.workflow.survey.survey_document", hang_on_marked)
    (folder / "endless.txt").write_text("THIS NEVER ENDS.")
    report = survey(folder, workspace, tmp_path / "out", limits=Limits(seconds=4))
    assert report.summary.read == COUNT + 1
    assert ("endless.txt", "it took longer than 4 seconds") in [
        (entry.document, entry.reason) for entry in report.summary.failures
    ]


def test_each_document_that_follows_the_model_becomes_a_proposed_adoption_once(
    folder: Path, workspace: Path, tmp_path: Path
) -> None:
    target = tmp_path / "adoptions"
    told = survey(folder, workspace, tmp_path / "out", adoptions=target).adopted
    assert told is not None
    assert (told.written, told.kept, told.failures) == (COUNT, 0, ())
    records, _ = read_workspace(target)
    assert len(records.adoptions) == len(records.schools) == COUNT
    schools = {school for (school,) in rows(tmp_path / "out", "SELECT school FROM {documents} WHERE status='follows'")}
    assert {school.name for school in records.schools.values()} == schools
    (changed, *_) = target.glob("clauses/adoptions/*/*/adoption.yaml")
    changed.write_text(changed.read_text(encoding="utf-8") + "# looked at\n", encoding="utf-8")
    again = survey(folder, workspace, tmp_path / "out", adoptions=target).adopted
    assert again is not None
    assert (again.written, again.kept) == (0, COUNT)
    assert changed.read_text(encoding="utf-8").endswith("# looked at\n")


def test_adoptions_are_not_proposed_into_a_folder_with_another_form_of_the_model(
    folder: Path, workspace: Path, tmp_path: Path
) -> None:
    target = tmp_path / "adoptions"
    shutil.copytree(workspace, target)
    part = next((target / "clauses" / "models" / SURVEY_MODEL / "2024-10").glob("01-*.yaml"))
    part.write_text(part.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(Refused, match="another form of this model"):
        survey(folder, workspace, tmp_path / "out", adoptions=target)


def test_a_link_is_not_followed(folder: Path, workspace: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the planted secret")
    (folder / "link.txt").symlink_to(secret)
    (folder / "linked").symlink_to(tmp_path)
    report = survey(folder, workspace, tmp_path / "out")
    assert [entry.document for entry in report.summary.failures if "link" in entry.reason] == ["link.txt"]
    assert all(b"planted" not in file.read_bytes() for file in (tmp_path / "out").iterdir())


def test_the_public_reads_counts_alone(folder: Path, workspace: Path, tmp_path: Path) -> None:
    policy = workspace / "clauses" / "models" / "luton-hr" / "social-media-internet" / "2024-10" / "policy.yaml"
    policy.write_text(
        policy.read_text(encoding="utf-8").replace("publish: internal", "publish: public"), encoding="utf-8"
    )
    assert "publish: public" in policy.read_text(encoding="utf-8")
    (folder / "school-1" / "policy.txt").write_bytes(
        (folder / "school-1" / "policy.txt").read_bytes() + b"\n\nThe planted secret must not be told.\n"
    )
    survey(folder, workspace, tmp_path / "out", audience=PUBLIC)
    assert {file.name for file in (tmp_path / "out").iterdir()} == {"index.html", "sections.html", "survey.xlsx"}
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "out" / "survey.xlsx").read_bytes()))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    pages = "".join((tmp_path / "out" / f"{name}.html").read_text(encoding="utf-8") for name in ("index", "sections"))
    for word in ("planted", "broken.docx", "school-1"):
        assert word not in pages
        assert not any(word in value for value in cells)
    assert not {"1", "2", "3", "4"} & set(cells)


def summary_of(counts: dict[str, int], following: int = 20) -> SurveySummary:
    clause = ClauseCounts(
        "a.b",
        "1",
        "Words.",
        {kind: counts.get(kind, 0) for kind in CHANGE_KINDS},
        (SharedChange("substantive", "18 became 19", "one school's words", 3),),
    )
    topic = TopicCounts(
        "t", "T", "Until when?", (AnswerCount("until 18", 12), AnswerCount(None, 7), AnswerCount("until 21", 1))
    )
    return SurveySummary("m/p@1", "P", following, following, following, 0, (("1", following),), (topic,), (clause,), ())


def test_no_small_count_can_be_worked_out_from_the_rest() -> None:
    told = public_summary(summary_of({"same": 12, "reworded": 6, "substantive": 2}))
    counts = told.clauses[0].counts
    assert (counts["same"], counts["reworded"], counts["substantive"]) == (12, None, None)
    assert told.clauses[0].shared == ()
    assert told.topics[0].answers == (AnswerCount("until 18", 12),)


def test_a_survey_of_few_documents_is_not_for_the_public() -> None:
    with pytest.raises(PolicybookError, match="points at schools"):
        public_summary(summary_of({"same": 4}, following=4))


@pytest.mark.parametrize(
    ("model", "output", "said"),
    [
        ("luton-hr/other", "out", "there is no model"),
        (f"{SURVEY_MODEL}@1999-01", "out", "there is no model"),
        (SURVEY_MODEL, "documents/out", "among the documents"),
    ],
)
def test_what_cannot_be_surveyed_is_refused(
    folder: Path, workspace: Path, tmp_path: Path, model: str, output: str, said: str
) -> None:
    with pytest.raises(PolicybookError, match=said):
        survey_folder(folder, model, workspace, tmp_path / output)


def test_an_internal_model_is_not_told_to_the_public(folder: Path, workspace: Path, tmp_path: Path) -> None:
    with pytest.raises(PolicybookError, match="internal"):
        survey(folder, workspace, tmp_path / "out", audience=PUBLIC)


def test_the_command_says_what_it_found_and_what_it_could_not_read(
    folder: Path, workspace: Path, tmp_path: Path
) -> None:
    arguments = ["-w", str(workspace), "survey", str(folder), "--model", SURVEY_MODEL, "-o", str(tmp_path / "out")]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 1, result.output
    assert "Past pupils: until 19" in result.stdout
    assert "not read: broken.docx: the file is damaged" in result.stdout
    data = json.loads(CliRunner().invoke(main, [*arguments, "--to", "json"]).stdout)
    assert (data["schema"], data["documents"], data["following"]) == (1, COUNT + 3, COUNT)
    planned = CliRunner().invoke(main, [*arguments, "--dry-run"])
    assert planned.stdout.startswith(f"would survey {COUNT + 3} documents")


def test_a_count_that_is_not_told_is_said_in_words() -> None:
    told = survey_text(replace(summary_of({"same": 20}), versions=(("1", None),)))
    assert "version 1: fewer than 5" in told


def test_every_column_is_in_the_manual() -> None:
    from conftest import ROOT

    manual = (ROOT / "docs" / "how-to" / "survey.md").read_text(encoding="utf-8")
    for name, columns in TABLES.items():
        assert f"`{name}.parquet`" in manual
        for column in columns:
            assert f"`{column}`" in manual, column
