"""A small workspace to decide in: one model, one draft, two schools; and short ways to do what a clerk does."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from policybook.domain.adoption import Decision, Outcome
from policybook.workflow.decide import DecisionRequest, PlannedDecision, plan_decisions, record_decisions

MODEL = "clauses/models/hr/mail/1/policy.yaml"
PART = "clauses/models/hr/mail/1/01-use.yaml"
ADOPTION = "clauses/adoptions/oak/mail/adoption.yaml"
OAK, ASH = "oak/mail", "ash/mail"
TODAY = date(2026, 11, 21)

FILES = {
    MODEL: """\
schema: 1
id: hr/mail
version: "1"
title: E-mail
publisher: {name: HR Service, kind: council-hr}
issued: 2026-09-01
parameters:
  age_limit: {type: age, label: Age limit, default: 19}
  head: {type: role, label: Head, default: headteacher, detail: true}
  telephone: {type: telephone, label: Telephone, detail: true}
parts: [use]
""",
    PART: """\
schema: 1
id: use
heading: Use
clauses:
  - {id: use.scope, text: "Staff of {{ school_name }} use **school** e-mail."}
  - {id: use.age, text: "No contact under {{ age_limit | words }}."}
  - {id: use.ask, text: "Anyone in doubt asks the {{ head }} on {{ telephone }}."}
  - {id: use.table, kind: table, text: Who does what., head: [Who, What], rows: [[All, "Ask the {{ head }}"]]}
  - {id: use.form, kind: form, text: I have read this., fields: [{label: Signature, type: signature}]}
""",
    "clauses/schools/oak.yaml": "schema: 1\nid: oak\nname: Oak School\nkind: school\nroles: {head: principal}\n",
    "clauses/schools/ash.yaml": "schema: 1\nid: ash\nname: Ash School\nkind: school\n",
    ADOPTION: """\
schema: 1
school: oak
model: hr/mail
version: "1"
values: {telephone: 01234 5678}   # the office
tailorings: []
# Nothing was decided yet.
decisions: []
review: {next: Autumn 2026}
""",
    "clauses/adoptions/ash/mail/adoption.yaml": 'schema: 1\nschool: ash\nmodel: hr/mail\nversion: "1"\n',
}


def write_sample(root: Path) -> Path:
    """The small workspace, in which nothing is wrong and nothing decided."""
    for name, text in FILES.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    return root


def edit(root: Path, name: str, old: str, new: str) -> None:
    """Changes words in a file that has them."""
    file = root / name
    text = file.read_text(encoding="utf-8")
    assert old in text, old
    file.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def request(ref: str = OAK, outcome: Outcome = "approved", on: str = "2026-10-01", **others: object) -> DecisionRequest:
    """A decision of the governing body; `others` are the fields of `Decision`, `next_review` and `document`."""
    document, review = others.pop("document", None), str(others.pop("next_review", ""))
    body = str(others.pop("body", "Governing Body"))
    decision = Decision(outcome, body, date.fromisoformat(on), **others)  # type: ignore[arg-type]
    return DecisionRequest(ref, decision, review, document)  # type: ignore[arg-type]


def decide(root: Path, *requests: DecisionRequest, today: date = TODAY) -> tuple[PlannedDecision, ...]:
    """Plans and records decisions."""
    planned = plan_decisions(root, requests or [request()], today)
    record_decisions(planned)
    return planned


def snapshot(root: Path) -> dict[str, bytes]:
    """Every file and folder below a folder, with its bytes."""
    return {
        file.relative_to(root).as_posix(): file.read_bytes() if file.is_file() else b"folder"
        for file in sorted(root.rglob("*"))
    }
