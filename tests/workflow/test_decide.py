from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from policybook.domain.error import BrokenWorkspace, Refused, UnknownReference, UnreadableDocument, WorkspaceError
from policybook.store.edition import read_edition
from policybook.store.meeting import read_meeting
from policybook.store.read import read_adoption
from policybook.workflow.decide import DecisionRequest, plan_decisions, plan_minute, record_decisions
from policybook.workflow.past import find_past, past_page
from policybook.workflow.show import compare_texts, show_text
from record_sample import ADOPTION, MODEL, OAK, PART, TODAY, decide, edit, request, snapshot, write_sample

EDITION = "clauses/adoptions/oak/mail/editions/2026-10-01.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_sample(tmp_path)


def words(page: object) -> str:
    return repr(page)


def test_a_decision_freezes_the_words_and_keeps_the_documents(root: Path) -> None:
    before = snapshot(root)
    (planned,) = decide(root, request(minute="FGB 26/1", effective=date(2026, 11, 1), next_review="Autumn 2028"))
    new = {name: content for name, content in snapshot(root).items() if before.get(name) != content}
    folder = "clauses/adoptions/oak/mail"
    assert {name for name, content in new.items() if content != b"folder"} == {
        f"{folder}/adoption.yaml",
        f"{folder}/editions/2026-10-01.yaml",
        f"{folder}/issued/2026-10-01/manifest.yaml",
        f"{folder}/issued/2026-10-01/oak-mail-2026-10-01.docx",
        f"{folder}/issued/2026-10-01/oak-mail-2026-10-01.pdf",
    }
    adoption = read_adoption(root, OAK)
    assert adoption.decisions == (planned.decision,)
    assert adoption.next_review == "Autumn 2028"
    edition = read_edition(root, OAK, "2026-10-01")
    assert edition.decision == planned.decision
    assert edition.values["age_limit"] == 19
    assert edition.school.roles == {"head": "principal"}
    assert [clause.text for clause in edition.clauses][2] == "No contact under nineteen."


def test_the_adoption_keeps_its_comments_and_order(root: Path) -> None:
    before = (root / ADOPTION).read_text(encoding="utf-8").splitlines()
    decide(root)
    after = (root / ADOPTION).read_text(encoding="utf-8").splitlines()
    assert [line for line in after if line not in before] == ["decisions:", after[8]]
    assert [line for line in before if line not in after] == ["decisions: []"]


def test_the_issued_document_says_that_it_is_adopted_and_when(root: Path) -> None:
    decide(root, request(minute="FGB 26/1"))
    document = next(root.rglob("*.docx")).read_bytes()
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        text = package.read("word/document.xml").decode()
    for said in ("Adopted", "1 October 2026", "FGB 26/1", "principal"):
        assert said in text


def test_the_same_decision_gives_the_same_bytes(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    twin = write_sample(tmp_path_factory.mktemp("twin"))
    decide(root)
    decide(twin)
    assert snapshot(root) == snapshot(twin)


def test_a_plan_writes_nothing(root: Path) -> None:
    before = snapshot(root)
    planned = plan_decisions(root, [request()], TODAY)
    assert len(planned[0].writes) == 5
    assert snapshot(root) == before


@pytest.mark.parametrize("outcome", ["deferred", "rejected", "withdrawn"])
def test_what_is_not_approved_is_frozen_but_not_issued(root: Path, outcome: str) -> None:
    decide(root, request(outcome=outcome))  # type: ignore[arg-type]
    assert (root / EDITION).is_file()
    assert not list(root.rglob("*.pdf"))


def test_details_change_by_an_administrative_decision_and_the_approval_stands(root: Path) -> None:
    decide(root)
    edit(root, ADOPTION, "01234 5678", "01234 9999")
    decide(root, request(outcome="administrative", on="2026-10-05", body="Headteacher"))
    past = read_edition(root, OAK, "2026-10-05")
    assert past.approval is not None
    assert past.approval.body == "Governing Body"
    assert past.exact == read_edition(root, OAK, "2026-10-01").exact
    assert "01234 9999" in words(show_text(f"{OAK}@2026-10-05", root))
    assert "01234 5678" in words(show_text(f"{OAK}@2026-10-04", root))


def test_details_do_not_bring_an_approval_into_force_early(root: Path) -> None:
    decide(root, request(effective=date(2026, 11, 1)))
    edit(root, ADOPTION, "01234 5678", "01234 9999")
    decide(root, request(outcome="administrative", on="2026-10-05"))
    with pytest.raises(UnknownReference, match="in force on 2026-10-31"):
        show_text(f"{OAK}@2026-10-31", root)
    assert "01234 9999" in words(show_text(f"{OAK}@2026-11-01", root))


def test_two_decisions_of_one_day_have_an_edition_each(root: Path) -> None:
    decide(root, request(outcome="deferred", body="Committee"))
    decide(root, request())
    assert [entry.edition for entry in read_adoption(root, OAK).decisions] == ["2026-10-01", "2026-10-01-2"]
    assert find_past(f"{OAK}@2026-10-01-2", root) is not None


def test_the_minute_number_may_follow_later_once(root: Path) -> None:
    decide(root)
    frozen = (root / EDITION).read_bytes()
    record_decisions([plan_minute(root, OAK, date(2026, 10, 1), "FGB 26/1")])
    assert read_adoption(root, OAK).decisions[0].minute == "FGB 26/1"
    assert (root / EDITION).read_bytes() == frozen
    with pytest.raises(Refused, match="waits for a minute number"):
        plan_minute(root, OAK, date(2026, 10, 1), "FGB 26/2")


def two_at_once(root: Path) -> None:
    first, second = (plan_decisions(root, [request(body=body)], TODAY) for body in ("Board", "Committee"))
    record_decisions(first)
    before = snapshot(root)
    try:
        record_decisions(second)
    finally:
        assert snapshot(root) == before


def decided(root: Path) -> None:
    decide(root)


REFUSED: list[tuple[str, Callable[[Path], object], DecisionRequest, type[Exception], str]] = [
    ("an unknown policy", lambda root: None, request("oak/male"), UnknownReference, "no text 'oak/male'"),
    ("a model", lambda root: None, request("hr/mail@1"), UnknownReference, "not a school's policy"),
    ("a day before the model", lambda root: None, request(on="2026-08-31"), Refused, "issued on 2026-09-01"),
    ("a day to come", lambda root: None, request(on="2026-11-22"), Refused, "still to come"),
    ("the same decision twice", decided, request(), Refused, "recorded already"),
    ("a day before a later decision", decided, request(on="2026-09-30"), Refused, "a later decision"),
    ("an edited edition", lambda root: (decide(root), edit(root, EDITION, "nineteen", "eighteen")),
     request(on="2026-10-02"), BrokenWorkspace, "1 error"),
    ("a lost edition", lambda root: (decide(root), (root / EDITION).unlink()),
     request(on="2026-10-02"), BrokenWorkspace, "1 error"),
    ("a lost document", lambda root: (decide(root), next(root.rglob("*.pdf")).unlink()),
     request(on="2026-10-02"), Refused, "not as it was kept: clauses/adoptions/oak/mail/issued/2026-10-01/oak-mail"),
    ("a half settled upgrade", lambda root: (root / "clauses/adoptions/oak/mail/plan.yaml").write_text("schema: 1\n"),
     request(), Refused, "half settled"),
    ("a rule changed as a detail", lambda root: (decide(root), edit(root, PART, "No contact", "No messages")),
     request(outcome="administrative", on="2026-10-02"), Refused, "more than details"),
    ("details without an approval", lambda root: None, request(outcome="administrative"), Refused, "no approval"),
    ("a review on no day", lambda root: None, request(next_review="some day"), Refused, "no date of review"),
    ("a body without a name", lambda root: None, request(body="  "), Refused, "somebody who took it"),
    ("a body of endless words", lambda root: None, request(body="x" * 2000), Refused, "would not be readable"),
    ("a document that cannot be read again", lambda root: None, request(document=Path("old.zip")), Refused, "this kind"),
    ("a document that is not there", lambda root: None, request(document=Path("gone.docx")), UnreadableDocument, "read"),
    ("a folder that cannot be written", lambda root: (root / "clauses/adoptions/oak/mail/issued").write_text("a file"),
     request(), WorkspaceError, "cannot be"),
    ("a broken workspace", lambda root: edit(root, MODEL, "parts: [use]", "parts: [us]"), request(), BrokenWorkspace, ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("prepare", "asked", "error", "said"), [entry[1:] for entry in REFUSED], ids=[entry[0] for entry in REFUSED]
)
def test_it_is_refused_with_the_reason_and_nothing_is_written(
    root: Path, prepare: Callable[[Path], object], asked: DecisionRequest, error: type[Exception], said: str
) -> None:
    prepare(root)
    before = snapshot(root)
    with pytest.raises(error) as refused:
        decide(root, asked)
    assert said in str(refused.value)
    assert getattr(refused.value, "mend", "")
    assert snapshot(root) == before


def test_two_people_deciding_at_once_do_not_spoil_each_other(root: Path) -> None:
    with pytest.raises(Refused):
        two_at_once(root)


def test_words_on_several_lines_and_odd_signs_are_recorded_on_one(root: Path) -> None:
    decide(root, request(body="Full: Board,\n {#1} & 'others'", minute='"FGB"\n\t[1]'))
    decision = read_adoption(root, OAK).decisions[0]
    assert (decision.body, decision.minute) == ("Full: Board, {#1} & 'others'", '"FGB" [1]')
    assert read_edition(root, OAK, "2026-10-01").decision == decision


def test_an_edition_outside_the_workspace_is_not_read(root: Path) -> None:
    decide(root)
    edit(root, ADOPTION, 'edition: "2026-10-01"', 'edition: "../../../../secret"')
    with pytest.raises(BrokenWorkspace):
        show_text(f"{OAK}@2026-10-15", root)


def test_a_whole_meeting_is_recorded_from_one_file_or_not_at_all(root: Path) -> None:
    meeting = root / "meeting.yaml"
    meeting.write_text(
        "schema: 1\nbody: Governing Body\non: 2026-10-01\ndecisions:\n"
        "  - {policy: oak/mail, outcome: approved, minute: FGB 1, review: 2028-10-01}\n"
        "  - {policy: ash/mail, outcome: deferred}\n"
    )
    requests = [DecisionRequest(entry.policy, entry.decision, entry.next_review) for entry in read_meeting(meeting)]
    decide(root, *requests)
    assert read_adoption(root, OAK).next_review == "2028-10-01"
    assert read_adoption(root, "ash/mail").decisions[0].outcome == "deferred"
    before = snapshot(root)
    with pytest.raises(Refused):
        decide(root, request(on="2026-11-01"), request("ash/mail", outcome="deferred"))
    assert snapshot(root) == before
    with pytest.raises(Refused, match="stands twice"):
        decide(root, request(on="2026-11-01"), request(on="2026-11-01", body="Other"))


def test_a_meeting_file_with_mistakes_lists_them_all(tmp_path: Path) -> None:
    meeting = tmp_path / "meeting.yaml"
    meeting.write_text("schema: 1\nbdy: X\non: soon\ndecisions: []\n")
    with pytest.raises(BrokenWorkspace) as broken:
        read_meeting(meeting)
    assert len(broken.value.findings) >= 3


def test_the_past_is_answered_from_the_edition_whatever_became_of_the_rest(root: Path) -> None:
    decide(root, request(next_review="Autumn 2026"))
    edit(root, PART, "No contact under", "No messages under")
    shown = words(show_text(f"{OAK}@2026-10-15", root))
    assert "No contact under" in shown
    assert "reads differently now" in shown
    assert "No messages under" in shown
    (root / MODEL).unlink()
    (root / "clauses/schools/oak.yaml").unlink()
    assert "Staff of " in words(show_text(f"{OAK}@2026-10-15", root))


def test_a_review_overdue_on_that_day_is_told(root: Path) -> None:
    decide(root, request(next_review="2026-10-31"))
    assert "overdue on that day" not in words(show_text(f"{OAK}@2026-10-31", root))
    assert "overdue on that day" in words(show_text(f"{OAK}@2026-11-01", root))


def test_two_days_can_be_compared(root: Path) -> None:
    decide(root)
    edit(root, ADOPTION, "values: {", "values: {age_limit: 18, ")
    decide(root, request(on="2026-11-01"))
    comparison = compare_texts(f"{OAK}@2026-10-31", f"{OAK}@2026-11-01", root)
    changed = [row for row in comparison.rows if row.change != "same"]
    assert [(fact.before, fact.after) for row in changed for fact in row.facts] == [("19", "18")]
    assert comparison.left.ref == f"{OAK}@2026-10-31"
    same = compare_texts(f"{OAK}@2026-11-01", OAK, root)
    assert same.summary()["same"] == len(same.rows)


NO_ANSWER = [
    ("2026-09-30", "in force on 2026-09-30"),
    ("2026-11-20", "in force on 2026-11-20"),
    ("2026-10-0", "no edition '2026-10-0'"),
    ("edition:2025-01-01", "no edition '2025-01-01'"),
]


@pytest.mark.parametrize(("day", "said"), NO_ANSWER)
def test_a_day_on_which_nothing_applied_is_an_error_that_says_what_there_is(root: Path, day: str, said: str) -> None:
    decide(root)
    decide(root, request(outcome="withdrawn", on="2026-11-10"))
    with pytest.raises(UnknownReference, match=said) as unknown:
        show_text(f"{OAK}@{day}", root)
    assert "2026-1" in unknown.value.mend


def test_a_touched_edition_is_not_shown_as_what_applied(root: Path) -> None:
    decide(root)
    edit(root, EDITION, "nineteen", "eighteen")
    with pytest.raises(Refused, match="not as it was kept"):
        show_text(f"{OAK}@2026-10-15", root)


def test_a_policy_older_than_the_tool_is_answered_from_its_paper(root: Path) -> None:
    paper = root / "old.txt"
    paper.write_text("E-mail policy\n\n1. Staff use the old system only.\n\n2. Nobody else may.\n", encoding="utf-8")
    decide(root, request(on="2019-05-01", document=paper))
    decide(root)
    paper.unlink()
    past = find_past(f"{OAK}@2020-01-01", root)
    assert past is not None
    shown = words(past_page(past, root))
    assert "old system only" in shown
    assert "Only the document was kept" in shown
    comparison = compare_texts(f"{OAK}@2020-01-01", f"{OAK}@2026-10-01", root)
    assert any("old system" in reading.text for row in comparison.rows for reading in row.left)
