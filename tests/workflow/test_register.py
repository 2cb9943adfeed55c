from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import icalendar
import pytest

from policybook.domain.error import BrokenWorkspace
from policybook.domain.register import RegisterEntry
from policybook.render.text import write_text
from policybook.report.register import register_data, register_page
from policybook.text.term import review_period
from policybook.workflow.register import calendar_of, read_register, review_of
from policybook.workflow.workspace import open_workspace
from record_sample import ADOPTION, MODEL, OAK, PART, TODAY, decide, edit, request, write_sample

TERMS = [
    ("Autumn 2026", (date(2026, 9, 1), date(2026, 12, 31))),
    ("Autumn term 2026", (date(2026, 9, 1), date(2026, 12, 31))),
    ("Spring 2027", (date(2027, 1, 1), date(2027, 3, 31))),
    ("Summer 2027", (date(2027, 4, 1), date(2027, 8, 31))),
    ("2026-11-21", (date(2026, 11, 21), date(2026, 11, 21))),
    ("every two years", None),
    ("Winter 2026", None),
    ("Autumn 0000", None),
    ("", None),
]


@pytest.mark.parametrize(("words", "period"), TERMS)
def test_a_review_is_due_on_a_day_or_in_a_term(words: str, period: tuple[date, date] | None) -> None:
    assert review_period(words) == period


STATES = [
    ("Autumn 2026", date(2026, 8, 31), "ahead"),
    ("Autumn 2026", date(2026, 9, 1), "due"),
    ("Autumn 2026", date(2026, 12, 31), "due"),
    ("Autumn 2026", date(2027, 1, 1), "overdue"),
    ("2026-11-21", date(2026, 8, 22), "ahead"),
    ("2026-11-21", date(2026, 8, 23), "due"),
    ("2026-11-21", date(2026, 11, 21), "due"),
    ("2026-11-21", date(2026, 11, 22), "overdue"),
    ("every year", date(2026, 11, 22), "unclear"),
    ("", date(2026, 11, 22), "not recorded"),
]


@pytest.mark.parametrize(("words", "day", "state"), STATES)
def test_a_review_is_ahead_due_or_overdue_on_the_day_asked_about(words: str, day: date, state: str) -> None:
    assert review_of(words, day, None).state == state


def test_a_review_before_the_decision_is_unclear_rather_than_overdue() -> None:
    assert review_of("2026-10-31", TODAY, date(2026, 11, 1)).state == "unclear"
    assert review_of("2026-10-31", TODAY, date(2026, 10, 31)).state == "overdue"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_sample(tmp_path)


def oak(root: Path, day: date = TODAY) -> RegisterEntry:
    return next(entry for entry in read_register(root, day).entries if entry.ref == OAK)


def waits(root: Path, day: date = TODAY) -> list[str]:
    return [f"{wait.who}: {wait.what}" for wait in oak(root, day).waits]


def test_the_register_says_who_adopted_what_and_when(root: Path) -> None:
    decide(root, request(minute="FGB 1", next_review="Autumn 2028"))
    entry = oak(root)
    assert (entry.school, entry.title, entry.version, entry.approval) == ("Oak School", "E-mail", "1", "approved")
    assert entry.decision is not None
    assert entry.decision.minute == "FGB 1"
    assert entry.days_to_decide == 30
    assert entry.behind == 0
    assert entry.waits == ()


def test_what_was_never_decided_waits_for_the_governing_body(root: Path) -> None:
    assert oak(root).approval == "none"
    assert waits(root) == ["Governing body: first decision", "Governing body: review due: Autumn 2026"]


def test_a_changed_rule_waits_for_the_body_that_approved(root: Path) -> None:
    decide(root, request(minute="1", next_review="Autumn 2028"))
    edit(root, PART, "No contact", "No messages")
    assert oak(root).approval == "void"
    assert oak(root).days_to_decide is None
    assert waits(root) == ["Governing Body: decides on words that changed since 1 October 2026"]


def test_a_changed_detail_waits_to_be_recorded_and_then_to_be_reported(root: Path) -> None:
    decide(root, request(minute="1", next_review="Autumn 2028"))
    edit(root, ADOPTION, "01234 5678", "01234 9999")
    assert oak(root).approval == "approved"
    assert waits(root) == ["School: records that names or details changed (administrative)"]
    decide(root, request(outcome="administrative", on="2026-10-05", body="Headteacher"))
    assert waits(root) == ["Governing Body, next meeting: hears that details were brought up to date on 5 October 2026"]


def test_a_proposal_put_off_does_not_count_as_a_detail(root: Path) -> None:
    decide(root, request(minute="1", next_review="Autumn 2028"))
    edit(root, PART, "No contact", "No messages")
    decide(root, request(outcome="deferred", on="2026-10-02", minute="2"))
    edit(root, PART, "No messages", "No contact")
    assert waits(root) == ["Governing Body: decision deferred on 2 October 2026"]


def test_minutes_deferrals_rejections_and_withdrawals_are_told(root: Path) -> None:
    decide(root, request(outcome="rejected", next_review="Autumn 2028"))
    assert "School: new proposal after the rejection of 1 October 2026" in waits(root)
    assert "Clerk: minute number of the decision of 1 October 2026 (Governing Body)" in waits(root)
    decide(root, request(outcome="deferred", on="2026-10-02", minute="2"))
    assert "Governing Body: decision deferred on 2 October 2026" in waits(root)
    decide(root, request(outcome="withdrawn", on="2026-10-03", minute="3"))
    assert oak(root).approval == "withdrawn"
    assert waits(root) == []


def newer(root: Path, version: str, supersedes: str) -> None:
    for name in (MODEL, PART):
        file = root / name.replace("/1/", f"/{version}/")
        file.parent.mkdir(parents=True, exist_ok=True)
        text = (root / name).read_text(encoding="utf-8")
        file.write_text(
            text.replace('version: "1"', f'version: "{version}"\nsupersedes: "{supersedes}"'), encoding="utf-8"
        )


def test_versions_behind_are_counted_along_the_chain_and_a_draft_is_none(root: Path) -> None:
    decide(root, request(minute="1", next_review="Autumn 2028"))
    newer(root, "10", "1")
    newer(root, "9", "10")
    newer(root, "draft", "9")
    assert (oak(root).newest, oak(root).behind) == ("9", 2)
    assert waits(root) == ["School: takes up version 9"]


def test_a_review_overdue_is_told_with_its_day(root: Path) -> None:
    decide(root, request(minute="1", next_review="2026-11-01"))
    assert waits(root) == ["Governing Body: review overdue since 1 November 2026, not replaced"]


def test_the_register_as_data_keeps_its_contract(root: Path) -> None:
    decide(root)
    data = json.loads(json.dumps(register_data(read_register(root, TODAY))))
    assert set(data) == {"schema", "on", "policies"}
    assert set(data["policies"][0]) == {
        "ref", "school", "covers", "title", "model", "version", "newest", "behind", "publisher", "approval", "decision",
        "days_to_decide", "departures", "review", "waits", "served", "consultation", "document",
    }  # fmt: skip
    assert data["policies"][1]["decision"]["on"] == "2026-10-01"
    assert data["policies"][0]["decision"] is None


CONSULT = "tailorings:\n  - {omit: use.form, reason: We sign on paper.CONSULTED}\n"


def test_hr_reads_what_to_consult_on_though_documents_wait_for_it(root: Path) -> None:
    edit(root, PART, "kind: form, text", "kind: form, tailoring: fixed, text")
    edit(root, ADOPTION, "tailorings: []\n", CONSULT.replace("CONSULTED", ""))
    with pytest.raises(BrokenWorkspace):
        open_workspace(root)
    register = read_register(root, TODAY)
    consultation = register_data(register)["policies"][1]["consultation"]
    assert consultation["words"] == "1 value, 0 choices, 1 departure: consult before adopting"
    assert consultation["consult"] == [
        {"clause": "use.form", "kind": "omit", "allowed": "fixed", "reason": "We sign on paper.", "consulted": None}
    ]
    assert "HR: consultation on departures that the model does not allow" in waits(root)
    assert "not yet: consult before adopting" in write_text(register_page(register))


def test_a_consultation_that_is_recorded_waits_for_nobody(root: Path) -> None:
    edit(root, PART, "kind: form, text", "kind: form, tailoring: fixed, text")
    consulted = ", consulted: {with: staff unions, on: 2026-09-20}"
    edit(root, ADOPTION, "tailorings: []\n", CONSULT.replace("CONSULTED", consulted))
    consultation = register_data(read_register(root, TODAY))["policies"][1]["consultation"]
    assert consultation["words"] == "1 value, 0 choices, 1 departure: consulted"
    assert consultation["consult"][0]["consulted"] == {"with": "staff unions", "on": "2026-09-20"}
    assert not any(entry.startswith("HR") for entry in waits(root))


def test_what_the_model_allows_needs_no_consultation(root: Path) -> None:
    edit(root, ADOPTION, "tailorings: []\n", CONSULT.replace("CONSULTED", ""))
    consultation = register_data(read_register(root, TODAY))["policies"][1]["consultation"]
    assert (consultation["words"], consultation["consult"]) == ("1 value, 0 choices, 1 departure", [])


def test_the_register_as_text_uses_no_code_words(root: Path) -> None:
    decide(root)
    text = write_text(register_page(read_register(root, TODAY)))
    assert "Approved: Governing Body, 1 October 2026; 30 days after release" in text
    assert "void" not in text


def events(content: bytes) -> dict[str, icalendar.Event]:
    return {str(event["uid"]): event for event in icalendar.Calendar.from_ical(content).walk("VEVENT")}  # type: ignore[misc]


def test_the_calendar_holds_terms_and_days_with_the_end_left_out(root: Path) -> None:
    decide(root, request(next_review="Autumn 2028", effective=date(2026, 12, 1)))
    found = events(calendar_of(read_register(root, TODAY), None))
    review = found["review/oak/mail@policybook"]
    assert (review["dtstart"].dt, review["dtend"].dt) == (date(2028, 9, 1), date(2029, 1, 1))
    assert review["dtstamp"].dt.date() == date(2026, 10, 1)
    assert "in-force/oak/mail/2026-12-01@policybook" in found


def test_the_calendar_is_the_same_each_time_and_whatever_the_day(root: Path) -> None:
    decide(root, request(next_review="Autumn 2028"))
    first = calendar_of(read_register(root, TODAY), None)
    assert calendar_of(read_register(root, date(2026, 11, 1)), None) == first
    assert b"DTSTAMP:20261001T000000Z" in first


def test_an_event_without_a_decision_is_stamped_with_the_day_given(root: Path) -> None:
    found = events(calendar_of(read_register(root, TODAY), date(2026, 5, 5)))
    assert found["review/oak/mail@policybook"]["dtstamp"].dt.date() == date(2026, 5, 5)


def test_a_hostile_title_adds_nothing_to_the_calendar(root: Path) -> None:
    edit(root, MODEL, "title: E-mail", 'title: "E-mail\\r\\nEND:VEVENT\\r\\nATTACH:http://x.example"')
    content = calendar_of(read_register(root, TODAY), None)
    assert content.count(b"END:VEVENT") == content.count(b"BEGIN:VEVENT") + 1  # once as words within a summary
    assert not any(line.startswith(b"ATTACH") for line in content.splitlines())
    assert len(events(content)) == 1
