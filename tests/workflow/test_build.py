from __future__ import annotations

import json
from pathlib import Path

import pytest

from policybook.domain.error import BrokenWorkspace
from policybook.workflow.build import build_workspace, planned_outputs


def modified(folder: Path) -> dict[str, int]:
    return {str(file.relative_to(folder)): file.stat().st_mtime_ns for file in folder.rglob("*") if file.is_file()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example workspace, built once."""
    import shutil

    from conftest import ROOT

    workspace = tmp_path_factory.mktemp("built")
    for name in ("clauses", "templates"):
        shutil.copytree(ROOT / name, workspace / name)
    shutil.copyfile(ROOT / "mkdocs.yml", workspace / "mkdocs.yml")
    report = build_workspace(workspace)
    assert not report.failures
    return workspace


def test_every_adoption_has_its_word_and_pdf_documents_and_its_comparison(built: Path) -> None:
    documents = built / "build" / "documents"
    adoptions = [file.parent for file in (built / "clauses" / "adoptions").glob("*/*/adoption.yaml")]
    assert len(adoptions) == 7
    for adoption in adoptions:
        folder = documents / adoption.parent.name / adoption.name
        endings = {"".join(file.suffixes[-1:]) for file in folder.iterdir()}
        assert {".docx", ".pdf", ".html", ".json"} <= endings


def test_the_table_of_positions_says_18_19_and_not_stated(built: Path) -> None:
    data = json.loads((built / "build" / "documents" / "positions.json").read_text(encoding="utf-8"))
    past = {entry["ref"]: entry["answer"] for entry in data["positions"] if entry["topic"] == "past-pupils"}
    assert past == {
        "lady-zia-wernher/social-media-internet": "until 19",
        "severn-valley/staff-ict-social-media": "until 18",
        "gloucestershire-2018/staff-ict-social-media": None,
        "example-trust/social-media-ict": None,
        "three-rivers/acceptable-use": None,
        "fennimore-trust/pupil-messages": "until 19",
        "fennimore-brook/pupil-messages": "until 19",
    }


def test_the_matrix_of_a_model_has_all_its_adopters(built: Path) -> None:
    file = built / "build" / "documents" / "models" / "ghes" / "staff-ict-social-media" / "2018-01-adoptions.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    assert len(data["witnesses"]) == 2
    (hours,) = [row for row in data["rows"] if row["clause"] == "mobile-phones.hours"]
    states = [cell["state"] for cell in hours["cells"]]
    assert sorted(states) == ["as model", "substantive"]


def test_the_site_holds_every_policy_and_works_from_a_folder(built: Path) -> None:
    site = built / "build" / "site"
    home = (site / "index.html").read_text(encoding="utf-8")
    for school in ("Lady Zia Wernher School", "Severn Valley School", "Three Rivers Federation"):
        assert school in home
    assert (site / "schools" / "severn-valley" / "staff-ict-social-media.html").is_file()
    assert list((site / "documents").rglob("*.docx"))


def test_a_second_run_with_nothing_changed_does_nothing(built: Path) -> None:
    before = modified(built / "build")
    report = build_workspace(built)
    assert report.made == ()
    assert report.kept > 0
    assert modified(built / "build") == before


def test_only_what_a_change_touches_is_made_again(example: Path) -> None:
    build_workspace(example)
    adoption = example / "clauses" / "adoptions" / "severn-valley" / "staff-ict-social-media" / "adoption.yaml"
    adoption.write_text(adoption.read_text(encoding="utf-8").replace("Smoothwall", "Filterwell"), encoding="utf-8")
    planned = planned_outputs(example)
    assert any("severn-valley" in output and output.endswith(".docx") for output in planned)
    assert not any("lady-zia-wernher" in output for output in planned)
    report = build_workspace(example)
    assert [output for output in report.made if output.startswith("documents/")] == list(planned)


def test_an_adoption_that_goes_takes_its_documents_with_it(example: Path) -> None:
    build_workspace(example)
    (example / "clauses" / "adoptions" / "three-rivers" / "acceptable-use" / "adoption.yaml").unlink()
    report = build_workspace(example)
    assert any("three-rivers" in output for output in report.removed)
    assert not list((example / "build" / "documents").rglob("three-rivers*.docx"))


def test_a_workspace_with_errors_is_refused_and_nothing_is_written(example: Path) -> None:
    adoption = example / "clauses" / "adoptions" / "severn-valley" / "staff-ict-social-media" / "adoption.yaml"
    text = adoption.read_text(encoding="utf-8").replace("values:", "values:\n  no_such_parameter: 1")
    adoption.write_text(text, encoding="utf-8")
    with pytest.raises(BrokenWorkspace) as refused:
        build_workspace(example)
    assert [finding.code for finding in refused.value.findings if finding.severity == "error"] == ["value.unknown"]
    assert not (example / "build").exists()


def test_same_input_same_bytes(example: Path, built: Path) -> None:
    build_workspace(example)
    for file in sorted((built / "build" / "documents").rglob("*")):
        if file.is_file():
            twin = example / "build" / file.relative_to(built / "build")
            assert twin.read_bytes() == file.read_bytes(), file.name
