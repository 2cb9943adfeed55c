"""The move of schools to a newer version: the example of the how-to, what is refused, and the JSON contract."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import ROOT
from policybook.cli import main
from policybook.domain.error import Refused, UnknownReference
from policybook.domain.upgrade import TRIAGES
from policybook.store import read_workspace
from policybook.store.adopted import print_lock
from policybook.text.base import base_words
from policybook.workflow.upgrade import plan_upgrades

TARGET = "luton-hr/social-media-internet@2024-10"
ADOPTION = """\
schema: 1
school: oakfield-primary
model: luton-hr/social-media-internet
version: "2022-09"
values: {sign_off_keeper: school business manager}
tailorings:
  # agreed with the office in 2022
  - substitute: email.purpose
    text: >-
      Each member of staff and each governor has a school e-mail account. They use it when they write about school
      matters.
    reason: Our governors have school accounts.
  - {omit: email.private-messages, reason: Nobody asked for it.}
"""
SCHOOL = """\
schema: 1
id: oakfield-primary
name: Oakfield Primary School
kind: school
"""


@pytest.fixture
def workspace(example: Path) -> Path:
    return with_oakfield(example)


def with_oakfield(example: Path) -> Path:
    """The example workspace with one more school, which is on the older version and reworded an e-mail clause.

    Models that play no part are left out: reading them is most of the time that these tests take.
    """
    for name in ("models/example-trust", "models/three-rivers", "adoptions/example-trust", "adoptions/three-rivers"):
        shutil.rmtree(example / "clauses" / name)
    (example / "clauses" / "schools" / "oakfield-primary.yaml").write_text(SCHOOL, encoding="utf-8")
    folder = example / "clauses" / "adoptions" / "oakfield-primary" / "social-media-internet"
    folder.mkdir(parents=True)
    (folder / "adoption.yaml").write_text(ADOPTION, encoding="utf-8")
    return example


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def digests(folder: Path) -> dict[str, str]:
    return {str(file): hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.rglob("*") if file.is_file()}


def test_the_school_of_the_how_to_keeps_its_words_in_the_new_clause(workspace: Path) -> None:
    (plan,) = plan_upgrades(["oakfield-primary"], [TARGET], workspace).plans
    found = {outcome.clause: outcome for outcome in plan.outcomes}
    purpose = found["email.purpose"]
    assert purpose.to_review
    assert purpose.proposed.startswith("Each member of staff and each governor has a school e-mail account for prof")
    assert found["email.private-messages"].steps[0].kind == "note-dropped"
    assert found["email.professional"].triage == "decide"
    assert found["safeguarding.approve-followers"].formerly == ("safeguarding.friend-settings",)
    assert plan.proposed.version == "2024-10"
    assert [entry.clause for entry in plan.proposed.tailorings] == ["email.purpose"]


def test_planning_changes_no_byte(workspace: Path) -> None:
    before = digests(workspace)
    for to in ("text", "json", "html"):
        assert run("-w", workspace, "upgrade", "--model", TARGET, "--to", to).exit_code == 1
    assert digests(workspace) == before


def test_the_same_plan_is_the_same_bytes(workspace: Path) -> None:
    arguments = ("-w", workspace, "upgrade", "--model", TARGET, "--to", "html")
    assert run(*arguments).stdout_bytes == run(*arguments).stdout_bytes


def test_the_plan_in_words_names_the_school_and_has_no_conflict_markers(workspace: Path) -> None:
    text = run("-w", workspace, "upgrade", "--model", TARGET).output
    assert "Oakfield Primary School: Social media and internet acceptable use" in text
    assert "Applies cleanly" in text
    assert "This is a plan: nothing has been changed." in text
    for marker in ("<<<<", ">>>>", "====\n<", "[-", "{+", "email.purpose"):
        assert marker not in text


def test_the_json_keeps_its_contract(workspace: Path) -> None:
    data = json.loads(run("-w", workspace, "upgrade", "--model", TARGET, "--to", "json").stdout)
    assert set(data) == {"schema", "plans", "passed_over", "summary"}
    (plan,) = data["plans"]
    assert set(plan) == {"ref", "school", "title", "model", "from", "to", "unlabelled", "summary", "outcomes"}
    assert list(plan["summary"]) == list(TRIAGES) == list(data["summary"])
    assert sum(plan["summary"].values()) == len(plan["outcomes"])
    for outcome in plan["outcomes"]:
        assert set(outcome) == {
            "clause", "number", "part", "formerly", "now", "changes", "state", "triage", "review", "takes",
            "model_old", "model_new", "yours", "proposed", "steps",
        }  # fmt: skip
        for step in outcome["steps"]:
            assert set(step) == {"kind", "triage", "why", "options"}
            assert all(set(option) == {"take", "says", "text"} for option in step["options"])
    assert data["passed_over"] == [
        {
            "ref": "lady-zia-wernher/social-media-internet",
            "model": TARGET,
            "why": "nothing to do: it is on this version already",
        }
    ]


def test_the_workbook_has_a_sheet_for_the_triage(workspace: Path, tmp_path: Path) -> None:
    out = tmp_path / "plan.xlsx"
    assert run("-w", workspace, "upgrade", "--model", TARGET, "--to", "xlsx", "-o", out).exit_code == 1
    names = zipfile.ZipFile(out).namelist()
    assert (
        len([name for name in names if "worksheets/sheet" in name]) == 5
    )  # about, schools, sections, every section, decisions


def test_several_models_at_once_give_one_list(workspace: Path) -> None:
    triage = plan_upgrades([], [TARGET, "ghes/staff-ict-social-media@2018-01"], workspace)
    assert [plan.ref for plan in triage.plans] == ["oakfield-primary/social-media-internet"]
    assert len(triage.passed_over) == 3


def test_the_same_version_is_nothing_to_do(workspace: Path) -> None:
    result = run("-w", workspace, "upgrade", "lady-zia-wernher", "--model", TARGET)
    assert result.exit_code == 0
    assert "nothing to do" in result.output


def test_a_school_is_never_moved_back(workspace: Path) -> None:
    with pytest.raises(Refused, match="never moved back"):
        plan_upgrades(["lady-zia-wernher"], ["luton-hr/social-media-internet@2022-09"], workspace)
    triage = plan_upgrades([], ["luton-hr/social-media-internet@2022-09"], workspace)
    assert "never moved back" in triage.passed_over[0].why


REFUSED = [
    (["oakfield-primary"], "luton-hr/social-media-internet@2030-01", "no version '2030-01'", "2022-09, 2024-10"),
    (["oakfield-primary"], "luton-hr/social-media-internet", "which version", "2024-10"),
    (["oakfield-primary"], "luton-hr/social-media@2024-10", "no model", TARGET),
    (["oakfield"], TARGET, "no school 'oakfield'", "oakfield-primary"),
    (["severn-valley"], TARGET, "has not adopted", "another model"),
]


@pytest.mark.parametrize(("schools", "model", "what", "mend"), REFUSED, ids=[row[2] for row in REFUSED])
def test_what_is_not_there_is_refused_with_the_reason(
    workspace: Path, schools: list[str], model: str, what: str, mend: str
) -> None:
    with pytest.raises(UnknownReference) as refused:
        plan_upgrades(schools, [model], workspace)
    assert what in refused.value.what
    assert mend in refused.value.mend
    assert run("-w", workspace, "upgrade", *schools, "--model", model).exit_code == 2


def test_a_version_that_no_chain_leads_to_is_refused(workspace: Path) -> None:
    file = workspace / "clauses" / "models" / "luton-hr" / "social-media-internet" / "2024-10" / "policy.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace('supersedes: "2022-09"\n', ""), encoding="utf-8")
    with pytest.raises(Refused, match="does not follow from"):
        plan_upgrades(["oakfield-primary"], [TARGET], workspace)


def test_the_how_to_tells_the_plan_as_it_is(workspace: Path) -> None:
    page = (ROOT / "docs" / "how-to" / "upgrade.md").read_text(encoding="utf-8")
    (plan,) = plan_upgrades(["oakfield-primary"], [TARGET], workspace).plans
    counts = plan.summary()
    said = f"{counts['decide']} sections wait for a person, {counts['applies']} apply cleanly and {counts['none']} stay"
    assert said in " ".join(page.split())
    assert ADOPTION.split("\n", 3)[3] in page
    proposed = next(outcome.proposed for outcome in plan.outcomes if outcome.clause == "email.purpose")
    assert f"| It would read | {proposed} |" in page.replace("*", "")


def test_a_school_on_an_unlabelled_wording_is_placed_on_the_nearest_known_one_and_it_says_so(workspace: Path) -> None:
    file = workspace / "clauses/adoptions/oakfield-primary/social-media-internet/adoption.yaml"
    file.write_text(ADOPTION.replace('"2022-09"', '"2021-spring"'), encoding="utf-8")
    result = run("-w", workspace, "upgrade", "oakfield-primary", "--model", TARGET)
    assert result.exit_code == 1
    said = " ".join(result.output.split())
    assert "From 2021-spring (whose words are not known here; the nearest known version is 2022-09) to 2024-10" in said
    (plan,) = plan_upgrades(["oakfield-primary"], [TARGET], workspace).plans
    (purpose,) = [entry for entry in plan.outcomes if entry.clause == "email.purpose"]
    assert "nearest to version 2022-09 of the model" in purpose.steps[0].why
    assert purpose.to_review
    assert "each governor" in purpose.proposed
    assert plan.unlabelled == "2021-spring"


def test_an_edited_lock_is_refused_with_the_reason(workspace: Path) -> None:
    lock = keep_lock(workspace)
    text = lock.read_text(encoding="utf-8")
    for edited in (
        text.replace("account", "mailbox"),
        text.replace("Each member", "each member"),
        "schema: 1\nclauses: 3\n",
    ):
        lock.write_text(edited, encoding="utf-8")
        before = digests(workspace)
        with pytest.raises(Refused, match="changed by hand"):
            plan_upgrades(["oakfield-primary"], [TARGET], workspace)
        triage = plan_upgrades([], [TARGET], workspace)
        assert "changed by hand" in triage.passed_over[-1].why
        assert digests(workspace) == before


def test_the_words_kept_in_the_lock_are_the_base_where_the_models_file_says_something_else(workspace: Path) -> None:
    keep_lock(workspace, lambda words: words.replace("Each member of staff", "Every colleague"))
    (plan,) = plan_upgrades(["oakfield-primary"], [TARGET], workspace).plans
    (purpose,) = [entry for entry in plan.outcomes if entry.clause == "email.purpose"]
    assert purpose.model_old.startswith("Every colleague")
    assert "made against older words, which your record keeps" in purpose.steps[0].why
    assert purpose.is_open  # both changed the beginning of the sentence


def keep_lock(workspace: Path, change: Callable[[str], str] = str) -> Path:
    records = read_workspace(workspace)[0]
    adoption = records.adoptions["oakfield-primary/social-media-internet"]
    words = base_words(records.models[adoption.model_ref])
    bases = {entry.clause: change(words[entry.clause]) for entry in adoption.tailorings}
    file = workspace / "clauses/adoptions/oakfield-primary/social-media-internet/lock.yaml"
    file.write_bytes(print_lock(adoption, bases))
    return file
