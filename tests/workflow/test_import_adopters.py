"""The model that adopters share: common words, differing values as parameters, departures as adoptions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adopt.generated import Draw, as_document, texts_of
from policybook.adopt import resolve
from policybook.adopt.infer import infer_adoption
from policybook.cli import main
from policybook.domain.error import Refused
from policybook.domain.model import Publisher
from policybook.domain.source import SourceDocument
from policybook.intake import read_document
from policybook.store import read_workspace
from policybook.workflow.derive import derive_model
from policybook.workflow.import_adopters import import_adopters
from policybook.workflow.workspace import check_workspace
from store.small import write_workspace

TEXT = """\
# {name}

{name} has adopted this policy.

# Use

Staff of {name} use school e-mail for school matters only and write as they would on paper.

Photographs are kept by the {keeper} in a locked cabinet until the end of the year.

Staff do not contact past pupils under {age}. They tell the {keeper} about links with pupils.

{more}# Review

The {keeper} reviews this policy every {period} with the governors and reports to parents.
"""
ADOPTERS = (
    ("Oaklands School", "bursar and clerk", "nineteen", "two years", ""),
    ("Ash Academy", "office team", "eighteen", "two years", "Bees are kept behind the hall by the caretaker.\n\n"),
    ("Larch Primary School", "bursar and clerk", "nineteen", "three years", ""),
)
MODEL = "our-council/email"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_workspace(tmp_path / "workspace")


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    written = []
    for index, (name, keeper, age, period, more) in enumerate(ADOPTERS):
        file = tmp_path / f"policy-{index}.md"
        text = TEXT.format(name=name, keeper=keeper, age=age, period=period, more=more)
        file.write_text(text, encoding="utf-8")
        written.append(file)
    return written


def files_of(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def assert_round_trip(root: Path, files: list[Path]) -> None:
    """Resolving each adoption gives its document's clauses back, word for word and in order."""
    made = import_adopters(files, MODEL, "2026-10", root)
    records, _ = read_workspace(root)
    for file, entry in zip(files, made.adoptions, strict=True):
        assert entry.differences == ()
        adoption = records.adoptions[entry.adoption.ref]
        model, school = records.model_of(adoption), records.schools[adoption.school]
        assert model
        printed = [" ".join(clause.text.split()) for clause in resolve(model, adoption, school).clauses]
        words = [" ".join(clause.text.split()) for clause in read_document(file).clauses if clause.text.strip()]
        assert printed == words[len(words) - len(printed) :]
        assert len(words) - len(printed) <= 2  # a title or notice that is the model's stands above the text


def test_each_adoption_gives_its_document_back(root: Path, files: list[Path]) -> None:
    assert_round_trip(root, files)
    assert [entry for entry in check_workspace(root) if entry.severity == "error"] == []


def test_differing_values_are_parameters_and_the_rest_is_a_departure(root: Path, files: list[Path]) -> None:
    made = import_adopters(files, MODEL, "2026-10", root, is_dry=True)
    found = {parameter.default: parameter.type for parameter in made.draft.model.parameters.values()}
    assert (found[19], found["2 years"], found["bursar and clerk"]) == ("age", "duration", "text")
    oak, ash, larch = (entry.adoption for entry in made.adoptions)
    assert (oak.values, oak.tailorings) == ({}, ())
    assert set(ash.values.values()) == {18, "office team"}
    assert [entry.kind for entry in ash.tailorings] == ["insert"]
    assert list(larch.values.values()) == ["3 years"]


def test_schools_are_found_or_made_and_the_documents_are_kept(root: Path, files: list[Path]) -> None:
    made = import_adopters(files, MODEL, "2026-10", root)
    schools = read_workspace(root)[0].schools
    assert [(entry.school.id, entry.is_new) for entry in made.adoptions] == [
        ("oaklands-school", True),
        ("ash-academy", True),
        ("larch-primary-school", True),
    ]
    assert (schools["ash-academy"].name, schools["ash-academy"].kind) == ("Ash Academy", "academy")
    kept = {file.read_bytes() for file in (root / "source_policies").rglob("original.*")}
    assert kept == {file.read_bytes() for file in files}


def test_the_adoptions_follow_the_draft_when_it_is_released(root: Path, files: list[Path]) -> None:
    made = import_adopters(files, MODEL, "2026-10", root)
    assert {entry.adoption.version for entry in made.adoptions} == {"draft"}
    assert any("policybook release our-council/email@draft --version 2026-10" in said for said in made.draft.remarks)
    result = CliRunner().invoke(main, ["-w", str(root), "release", f"{MODEL}@draft", "--version", "2026-10"])
    assert result.exit_code == 0
    assert "ash-academy/email was of the draft, and is now of version 2026-10" in result.output
    records, findings = read_workspace(root)
    assert {records.adoptions[entry.adoption.ref].version for entry in made.adoptions} == {"2026-10"}
    assert [one for one in (*findings, *check_workspace(root)) if one.severity == "error"] == []


def test_a_dry_run_and_a_refusal_write_nothing(root: Path, files: list[Path]) -> None:
    before = files_of(root)
    import_adopters(files, MODEL, "2026-10", root, is_dry=True)
    for wrong in (files[:1], [files[0], files[0]]):
        with pytest.raises(Refused):
            import_adopters(wrong, MODEL, "2026-10", root)
    with pytest.raises(Refused):
        import_adopters(files, "Council", "2026-10", root)
    assert files_of(root) == before
    import_adopters(files, MODEL, "2026-10", root)
    with pytest.raises(Refused, match="draft already"):
        import_adopters(files, MODEL, "2026-10", root)


@pytest.mark.parametrize("pair", [("severn-valley", "gloucestershire-2018"), ("three-rivers", "academy-trust")])
def test_documents_in_other_words_come_back_whole(root: Path, twins: Path, pair: tuple[str, str]) -> None:
    assert_round_trip(root, [twins / f"{name}.txt" for name in pair])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32))
def test_generated_adopters_of_one_model_come_back_whole(seed: int) -> None:
    draw = Draw(seed)
    adoptions = [draw.adoption, Draw(seed).adoption, draw._adoption()]
    policies = [resolve(draw.model, adoption, draw.school) for adoption in adoptions]
    documents = [SourceDocument("x", as_document(policy)) for policy in policies if len(policy.clauses) > 1]
    if len(documents) < 2:
        return
    model = derive_model(documents, "hr/mail", "2", Publisher("hr", "HR", "council-hr")).model
    if not model.parts:
        return
    for document in documents:
        inferred = infer_adoption(model, document.clauses, draw.school)
        printed = texts_of(resolve(model, inferred.adoption, draw.school))
        assert [*inferred.front, *printed] == [" ".join(clause.text.split()) for clause in document.clauses]


def run(root: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["-w", str(root), "import", *(str(entry) for entry in arguments)])


def test_the_command_tells_what_it_would_write(root: Path, files: list[Path]) -> None:
    more = ("--model", MODEL, "--version", "2026-10", "--dry-run")
    said = run(root, "--from-adopters", *files, *more)
    assert said.exit_code == 0, said.output
    assert "office team" in said.output
    data = json.loads(run(root, "--from-adopters", *files, *more, "--to", "json").stdout)
    assert set(data["adoptions"][0]) == {"file", "school", "is_new", "values", "departures", "not_recorded"}
    assert data["written"] is False
    assert run(root, *files, *more).exit_code == 2
    assert run(root, "--from-adopters", *files, *more, "--replace").exit_code == 2
