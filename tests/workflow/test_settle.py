"""Settling an upgrade, step by step as the how-to tells it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from policybook.cli import main
from policybook.domain.error import BrokenWorkspace, Refused
from policybook.domain.upgrade import Settlement
from policybook.store import read_workspace
from policybook.store.adopted import print_lock
from policybook.text.base import base_words
from policybook.workflow.settle import keep_half_done, take_decisions, write_settled
from workflow.test_upgrade import ADOPTION, TARGET, digests, keep_lock, with_oakfield

REF = "oakfield-primary/social-media-internet"
OPEN = ["email.professional", "email.offensive", "email.political", "email.ethos"]
PERSONAL = """\
  - substitute: email.personal
    text: Staff avoid a personal e-mail address when they write to families, or about school business.
    reason: We say families.
"""


@pytest.fixture
def workspace(example: Path) -> Path:
    return with_oakfield(example)


def adoption_file(workspace: Path) -> Path:
    return workspace / "clauses" / "adoptions" / REF / "adoption.yaml"


def plan_file(workspace: Path) -> Path:
    return adoption_file(workspace).with_name("plan.yaml")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def settle(workspace: Path, *arguments: str) -> Result:
    return run("-w", workspace, "settle", REF, *arguments)


def test_without_decisions_it_says_what_waits_and_writes_nothing(workspace: Path) -> None:
    result = settle(workspace, "--model", TARGET)
    assert result.exit_code == 1
    assert [line.split()[1].rstrip(":") for line in result.output.splitlines() if "waits" in line] == OPEN
    assert not plan_file(workspace).exists()


def test_half_settled_work_is_kept_and_taken_up_again(workspace: Path) -> None:
    assert settle(workspace, "email.professional", "email.offensive", "--model", TARGET, "--take", "new").exit_code == 1
    assert adoption_file(workspace).read_text(encoding="utf-8") == ADOPTION
    result = settle(workspace)
    assert "decided: email.professional: new" in result.output
    assert "waits:   email.political" in result.output


def test_the_adoption_is_written_only_when_told_and_all_is_decided(workspace: Path) -> None:
    settle(workspace, *OPEN[:3], "--model", TARGET, "--take", "new")
    refused = settle(workspace, "--write")
    assert refused.exit_code == 2
    assert "email.ethos" in refused.output
    settle(workspace, "email.ethos", "--take", "ours", "--reason", "We are a community school.")
    assert adoption_file(workspace).read_text(encoding="utf-8") == ADOPTION
    assert settle(workspace, "--write").exit_code == 0
    assert not plan_file(workspace).exists()
    text = adoption_file(workspace).read_text(encoding="utf-8")
    assert 'version: "2024-10"' in text
    assert "# agreed with the office in 2022" in text
    assert "each governor has a school e-mail account for professional" in " ".join(text.split())
    assert "reason: We are a community school." in text
    assert "email.private-messages" not in text
    checked = run("-w", workspace, "check")
    assert checked.exit_code == 0
    assert "tailoring.suspect" not in checked.output
    assert "nothing to do" in run("-w", workspace, "upgrade", "oakfield-primary", "--model", TARGET).output


def test_a_version_changed_by_hand_makes_departures_suspect_and_settling_does_not(workspace: Path) -> None:
    """The lock keeps the words that each departure was made against; settling brings it up to date."""
    words = read_workspace(workspace)[0].models["luton-hr/social-media-internet@2022-09"]
    file = adoption_file(workspace)
    adoption = read_workspace(workspace)[0].adoptions[REF]
    file.with_name("lock.yaml").write_bytes(print_lock(adoption, base_words(words)))
    assert "tailoring.suspect" not in run("-w", workspace, "check").output
    by_hand = ADOPTION.replace("2022-09", "2024-10").replace("  - {omit: email.private", "  # - {omit: email.private")
    file.write_text(by_hand, encoding="utf-8")
    assert "email.purpose" in run("-w", workspace, "check").output
    assert "tailoring.suspect" in run("-w", workspace, "check").output
    file.write_text(ADOPTION, encoding="utf-8")
    settle(workspace, *OPEN, "--model", TARGET, "--take", "new")
    assert settle(workspace, "--write").exit_code == 0
    assert "tailoring.suspect" not in run("-w", workspace, "check").output


def test_a_dry_run_writes_nothing(workspace: Path) -> None:
    result = settle(workspace, *OPEN, "--model", TARGET, "--take", "new", "--write", "--dry-run")
    assert "nothing was written" in result.output
    assert adoption_file(workspace).read_text(encoding="utf-8") == ADOPTION
    assert not plan_file(workspace).exists()


def test_decisions_can_come_from_a_file_that_a_person_filled_in(workspace: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "decisions.yaml"
    lines = "".join(f"  - {{clause: {name}, take: new}}\n" for name in OPEN)
    model, _, version = TARGET.partition("@")
    sheet.write_text(f'schema: 1\nmodel: {model}\nversion: "{version}"\ndecisions:\n{lines}', encoding="utf-8")
    assert settle(workspace, "--plan", str(sheet), "--write").exit_code == 0
    assert 'version: "2024-10"' in adoption_file(workspace).read_text(encoding="utf-8")


def test_a_departure_that_must_follow_cannot_be_kept_without_consultation(workspace: Path) -> None:
    adoption_file(workspace).write_text(ADOPTION + PERSONAL, encoding="utf-8")
    decisions = [Settlement(name, "new") for name in OPEN]
    kept = take_decisions(REF, TARGET, [*decisions, Settlement("email.personal", "ours")], None, workspace)
    with pytest.raises(BrokenWorkspace) as refused:
        write_settled(kept)
    assert [finding.code for finding in refused.value.findings] == ["tailoring.beyond-class"]
    assert 'version: "2022-09"' in adoption_file(workspace).read_text(encoding="utf-8")
    write_settled(take_decisions(REF, TARGET, [*decisions, Settlement("email.personal", "new")], None, workspace))
    assert "email.personal" not in adoption_file(workspace).read_text(encoding="utf-8")


def test_two_people_settling_at_once_do_not_spoil_each_other(workspace: Path) -> None:
    mine = take_decisions(REF, TARGET, [Settlement("email.ethos", "new")], None, workspace)
    theirs = take_decisions(REF, TARGET, [Settlement("email.political", "new")], None, workspace)
    keep_half_done(mine)
    before = plan_file(workspace).read_bytes()
    with pytest.raises(Refused):
        keep_half_done(theirs)
    assert plan_file(workspace).read_bytes() == before


def test_a_plan_is_refused_after_the_model_changed_again(workspace: Path) -> None:
    settle(workspace, "email.ethos", "--model", TARGET, "--take", "new")
    file = workspace / "clauses" / "models" / "luton-hr" / "social-media-internet" / "2024-10" / "09-email.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("takes sides in politics", "is party politics"), encoding="utf-8"
    )
    result = settle(workspace, "--write")
    assert result.exit_code == 2
    assert "changed since these decisions were taken" in result.output
    assert adoption_file(workspace).read_text(encoding="utf-8") == ADOPTION


REFUSED = [
    (("email.purpose", "--take", "new"), "nothing waits for a decision"),
    (("email.nowhere", "--take", "new"), "no section"),
    (("email.ethos", "--take", "merged"), "does not offer"),
    (("email.ethos",), "an answer needs"),
    (("--model", "luton-hr/social-media-internet@2022-09"), "on this version already"),
]


@pytest.mark.parametrize(("arguments", "said"), REFUSED, ids=[row[1] for row in REFUSED])
def test_what_cannot_be_settled_is_refused_with_the_reason(
    workspace: Path, arguments: tuple[str, ...], said: str
) -> None:
    model = () if "--model" in arguments else ("--model", TARGET)
    result = settle(workspace, *arguments, *model)
    assert result.exit_code == 2
    assert said in result.output


def test_a_plan_file_of_nonsense_is_told_with_its_line(workspace: Path) -> None:
    plan_file(workspace).write_text("schema: 1\nmodel: x\ndecisions: 3\n", encoding="utf-8")
    result = settle(workspace)
    assert result.exit_code == 2
    assert "plan.yaml" in result.output


def test_a_build_refuses_an_upgrade_with_open_sections_and_says_which(workspace: Path) -> None:
    settle(workspace, *OPEN[:3], "--model", TARGET, "--take", "new")
    for arguments in (("build",), ("build", "--dry-run"), ("site", "build")):
        result = run("-w", workspace, *arguments)
        assert result.exit_code == 2
        assert f"{REF}: email.ethos" in result.output
    assert not (workspace / "build").exists()
    settle(workspace, "email.ethos", "--take", "new")
    assert run("-w", workspace, "build", "--dry-run").exit_code == 0


def test_two_people_writing_at_once_do_not_spoil_each_other(workspace: Path) -> None:
    decisions = [Settlement(name, "new") for name in OPEN]
    mine = take_decisions(REF, TARGET, decisions, None, workspace)
    theirs = take_decisions(REF, TARGET, decisions, None, workspace)
    write_settled(mine)
    before = digests(workspace)
    with pytest.raises(Refused):
        write_settled(theirs)
    assert digests(workspace) == before


def test_a_school_on_an_unlabelled_wording_is_settled_like_any_other(workspace: Path) -> None:
    adoption_file(workspace).write_text(ADOPTION.replace('"2022-09"', '"2021-spring"'), encoding="utf-8")
    assert settle(workspace, *OPEN, "--model", TARGET, "--take", "new", "--write").exit_code == 0
    assert 'version: "2024-10"' in adoption_file(workspace).read_text(encoding="utf-8")
    assert run("-w", workspace, "check").exit_code == 0


@pytest.mark.parametrize("target", ["luton-hr/social-media-internet@2030-01", "luton-hr/social-media@2024-10"])
def test_a_version_that_is_not_there_is_refused_and_nothing_is_written(workspace: Path, target: str) -> None:
    before = digests(workspace)
    assert settle(workspace, "--model", target).exit_code == 2
    assert digests(workspace) == before


def test_an_edited_lock_is_refused_and_nothing_is_written(workspace: Path) -> None:
    lock = keep_lock(workspace)
    lock.write_text(lock.read_text(encoding="utf-8").replace("account", "mailbox"), encoding="utf-8")
    before = digests(workspace)
    result = settle(workspace, *OPEN, "--model", TARGET, "--take", "new", "--write")
    assert result.exit_code == 2
    assert "changed by hand" in result.output
    assert digests(workspace) == before
