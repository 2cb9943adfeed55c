"""Adopting a model: what is written, what is refused, what a school's own document gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import ROOT
from policybook.adopt import resolve
from policybook.adopt.infer import infer_adoption
from policybook.cli import main
from policybook.domain.adoption import INHERITED
from policybook.domain.error import Refused, UnknownReference
from policybook.intake import read_document
from policybook.store import read_workspace
from policybook.workflow.adopt import plan_adoption, write_adoption
from store.small import ADOPTION, POLICY, write_workspace

DOCUMENT = """\
# Use

1.1 Staff of Oak School use school e-mail, as 1.2 says.

1.2 No contact under twenty-one.

1.3 The law stands.

1.4 The office writes the weekly newsletter to all parents.

# Form

The bursar keeps the form.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small workspace before its school has adopted anything."""
    root = write_workspace(tmp_path / "workspace")
    (root / ADOPTION).unlink()
    return root


def test_an_adoption_is_written_with_its_lock_and_reads_back(root: Path) -> None:
    planned = plan_adoption("oak", "hr/mail", root, {"keeper": "bursar", "age_limit": "21"})
    write_adoption(planned)
    records, findings = read_workspace(root)
    assert findings == []
    written = records.adoptions["oak/mail"]
    assert (written.version, written.values) == ("2", {"keeper": "bursar", "age_limit": 21})
    assert (root / ADOPTION).with_name("lock.yaml").is_file()


def test_a_version_can_be_named(root: Path) -> None:
    assert plan_adoption("oak", "hr/mail@1", root, {}).model.version == "1"


def test_the_values_of_the_model_stand_beside_those_of_the_school(root: Path) -> None:
    age, keeper = plan_adoption("oak", "hr/mail", root, {"age_limit": "twenty-one"}).values
    assert (age.models, age.schools, age.is_needed) == ("19", "21", False)
    assert (keeper.schools, keeper.is_needed) == ("–", True)


@pytest.mark.parametrize(
    ("school", "model", "given", "error"),
    [
        ("ash", "hr/mail", {}, UnknownReference),
        ("../oak", "hr/mail", {}, UnknownReference),
        ("oak", "hr/mails", {}, UnknownReference),
        ("oak", "hr/mail@9", {}, UnknownReference),
        ("oak", "hr/mail", {"keepers": "x"}, UnknownReference),
        ("oak", "hr/mail", {"age_limit": "17"}, Refused),
        ("oak", "hr/mail", {"age_limit": "old"}, Refused),
    ],
)
def test_what_will_not_do_is_refused_in_words(
    school: str, model: str, given: dict[str, str], error: type[Exception], root: Path
) -> None:
    with pytest.raises(error):
        plan_adoption(school, model, root, given)


def test_a_policy_is_adopted_once(root: Path) -> None:
    write_adoption(plan_adoption("oak", "hr/mail", root, {}))
    with pytest.raises(Refused, match="already"):
        plan_adoption("oak", "hr/mail", root, {})


def test_a_document_gives_values_and_departures(root: Path) -> None:
    file = root / "ours.txt"
    file.write_text(DOCUMENT, encoding="utf-8")
    planned = plan_adoption("oak", "hr/mail", root, {}, file)
    assert planned.adoption.values == {"age_limit": 21, "keeper": "bursar"}
    departures = {(entry.kind, entry.clause) for entry in planned.adoption.tailorings}
    assert ("omit", "use.table") in departures
    assert ("insert", "oak.the-office-writes-the") in departures
    write_adoption(planned)
    assert "Who does what." in (root / ADOPTION).with_name("lock.yaml").read_text(encoding="utf-8")
    assert read_workspace(root)[0].adoptions["oak/mail"].tailorings


def test_the_command_asks_nothing_in_a_pipe_and_a_dry_run_writes_nothing(root: Path) -> None:
    result = CliRunner().invoke(main, ["-w", str(root), "adopt", "oak", "hr/mail", "--dry-run"])
    assert result.exit_code == 0, result.output
    assert "nothing was written" in result.output
    assert "value.missing" in result.output
    assert not (root / ADOPTION).exists()


def test_at_a_terminal_only_what_is_open_is_asked_until_the_answer_will_do(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policybook.cli.adoption._is_somebody_there", lambda: True)
    (root / POLICY).write_text(
        (root / POLICY)
        .read_text(encoding="utf-8")
        .replace("type: role, label: Keeper of forms", "type: age, label: Age"),
        encoding="utf-8",
    )
    result = CliRunner().invoke(main, ["-w", str(root), "adopt", "oak", "hr/mail"], input="old\ntwelve\n")
    assert result.exit_code == 0, result.output
    asked, _, told = result.output.partition("Oak School adopts")
    assert "leaves one value to Oak School" in asked
    assert "It stands in: The [Age] keeps the form." in asked
    assert "That will not do; please give an age in years." in asked
    assert "Age limit" not in asked  # the model has a value
    assert "12  (the model: –)" in told


def test_the_command_writes_what_is_set(root: Path) -> None:
    result = CliRunner().invoke(main, ["-w", str(root), "adopt", "oak", "hr/mail", "--set", "keeper=clerk"])
    assert result.exit_code == 0, result.output
    assert "1 value, 0 choices, 0 departures" in result.output
    assert (root / ADOPTION).is_file()


def test_a_value_without_a_name_is_an_error_in_words(root: Path) -> None:
    result = CliRunner().invoke(main, ["-w", str(root), "adopt", "oak", "hr/mail", "--set", "clerk"])
    assert result.exit_code == 2
    assert "names no value" in result.output


@pytest.mark.parametrize(
    ("twin", "model"),
    [
        ("severn-valley", "ghes/staff-ict-social-media@2018-01"),
        ("gloucestershire-2018", "ghes/staff-ict-social-media@2018-01"),
        ("lady-zia-wernher", "luton-hr/social-media-internet@2024-10"),
    ],
)
def test_a_document_in_other_words_comes_back_whole(twin: str, model: str, twins: Path) -> None:
    records, _ = read_workspace(ROOT)
    document = read_document(twins / f"{twin}.txt").clauses
    school = records.schools[twin]
    inferred = infer_adoption(records.models[model], document, school)
    printed = [
        " ".join(entry.text.split()) for entry in resolve(records.models[model], inferred.adoption, school).clauses
    ]
    assert [*inferred.front, *printed] == [" ".join(entry.text.split()) for entry in document]
    assert inferred.differences == ()


def from_document(root: Path, tmp_path: Path, *more: str, school: str = "oak") -> tuple[int, str]:
    file = tmp_path / "policy.md"
    file.write_text(
        DOCUMENT.replace("weekly newsletter", "newsletter") + "\nA bee keeper is named.\n", encoding="utf-8"
    )
    words = ["-w", str(root), "adopt", school, "hr/mail", "--from", str(file), *more]
    result = CliRunner().invoke(main, words)
    return result.exit_code, result.output


def test_one_reason_covers_a_group_and_one_clause_may_have_its_own(root: Path, tmp_path: Path) -> None:
    _, said = from_document(root, tmp_path, "--reason", "Agreed by the governors in 2019.", "--dry-run")
    assert "would write" in said
    clauses = [line.split()[1] for line in said.splitlines() if line.startswith(("  insert ", "  omit "))]
    assert len(clauses) > 2
    from_document(
        root, tmp_path, "--reason", "Agreed by the governors in 2019.", "--reason", f"{clauses[0]}=Ours alone."
    )
    reasons = [entry.reason for entry in read_workspace(root)[0].adoptions["oak/mail"].tailorings]
    assert sorted(set(reasons)) == ["Agreed by the governors in 2019.", "Ours alone."]
    assert reasons.count("Ours alone.") == 1
    text = (root / ADOPTION).read_text(encoding="utf-8")
    assert text.count("Agreed by the governors in 2019.") == 1
    assert "reasons:\n  agreed-by-the-governors: Agreed" in text


@pytest.mark.parametrize("reason", ["use.nowhere=Why not.", "  ", "use.scope="])
def test_a_reason_for_nothing_is_refused(root: Path, tmp_path: Path, reason: str) -> None:
    code, _ = from_document(root, tmp_path, "--reason", reason)
    assert (code, (root / ADOPTION).exists()) == (2, False)


def test_without_a_reason_the_honest_one_stays(root: Path, tmp_path: Path) -> None:
    from_document(root, tmp_path)
    assert {entry.reason for entry in read_workspace(root)[0].adoptions["oak/mail"].tailorings} == {INHERITED}


def test_a_school_without_a_record_gets_one_from_its_document(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "policy.md"
    file.write_text(f"# Rowan Academy\n\nRowan Academy has adopted this policy.\n\n{DOCUMENT}", encoding="utf-8")
    words = ["-w", str(root), "adopt", "rowan-academy", "hr/mail", "--from", str(file)]
    said = CliRunner().invoke(main, [*words, "--dry-run"]).output
    assert "new school, from the document: Rowan Academy (rowan-academy, academy)" in said
    assert "rowan-academy" not in read_workspace(root)[0].schools
    CliRunner().invoke(main, words)
    made = read_workspace(root)[0].schools["rowan-academy"]
    assert (made.name, made.kind) == ("Rowan Academy", "academy")
    assert CliRunner().invoke(main, ["-w", str(root), "adopt", "../rowan", *words[4:]]).exit_code == 2
