"""A small workspace in which nothing is wrong, for tests that break one thing at a time."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from policybook.check import find_problems
from policybook.domain.finding import Finding
from policybook.store import read_workspace

TOPICS = "clauses/topics.yaml"
POLICY = "clauses/models/hr/mail/2/policy.yaml"
PART = "clauses/models/hr/mail/2/01-use.yaml"
SCHEDULE = "clauses/models/hr/mail/2/02-form.yaml"
SCHOOL = "clauses/schools/oak.yaml"
ADOPTION = "clauses/adoptions/oak/mail/adoption.yaml"

FILES = {
    TOPICS: """\
schema: 1
topics:
  past-pupils: {label: Past pupils, question: Until what age?, answer: age}
""",
    "clauses/models/hr/mail/1/policy.yaml": """\
schema: 1
id: hr/mail
version: "1"
title: E-mail
publisher: {name: HR Service, kind: council-hr}
parts: [use]
""",
    "clauses/models/hr/mail/1/01-use.yaml": """\
schema: 1
id: use
heading: Use
clauses:
  - {id: use.old, text: Staff use school e-mail.}
""",
    POLICY: """\
schema: 1
id: hr/mail
version: "2"
title: E-mail
publisher: {name: HR Service, kind: council-hr}
supersedes: "1"
changes:
  - {clauses: [use.age], summary: The age is new.}
parameters:
  age_limit: {type: age, label: Age limit, default: 19, minimum: 18, topic: past-pupils}
  keeper: {type: role, label: Keeper of forms}
parts: [use, form]
""",
    PART: """\
schema: 1
id: use
heading: Use
clauses:
  - {id: use.scope, text: "Staff of {{ school_name }} use school e-mail, as {{ clause:use.age }} says.", supersedes: [use.old]}
  - {id: use.age, text: "No contact under {{ age_limit | words }}.", tailoring: fill-in, topics: [past-pupils]}
  - {id: use.fixed, text: The law stands., tailoring: fixed}
  - id: use.hours
    tailoring: choice
    choices:
      - {id: short, text: In breaks only.}
      - {id: long, text: At any time.}
  - {id: use.table, kind: table, text: Who does what., head: [Who, What], rows: [[All, Care]]}
  - {id: use.gone, withdrawn: "2"}
""",
    SCHEDULE: """\
schema: 1
id: form
heading: Form
kind: schedule
clauses:
  - {id: form.keep, text: "The {{ keeper }} keeps the form."}
""",
    SCHOOL: """\
schema: 1
id: oak
name: Oak School
kind: school
""",
    "clauses/schools/elm.yaml": """\
schema: 1
id: elm
name: Elm Road School
kind: academy
""",
    ADOPTION: """\
schema: 1
school: oak
model: hr/mail
version: "2"
values: {keeper: bursar}
choices: {use.hours: long}
tailorings:
  - {omit: use.table, reason: Nobody needs it.}
  - {insert: oak.news, after: use.age, text: The office writes the newsletter., reason: Local practice.}
  - {move: form.keep, after: use.scope, reason: Reads better.}
decisions:
  - {outcome: approved, body: Governing Board, on: 2024-11-21}
""",
}

Change = tuple[str, str, str]
"""A file, words in it, and what stands there instead; without words the text is added at the end of the file."""


def write_workspace(root: Path, *changes: Change) -> Path:
    """Writes the small workspace with some words changed."""
    files = dict(FILES)
    for name, old, new in changes:
        text = files.get(name, "")
        assert not old or text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        files[name] = text.replace(old, new) if old else text + new
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root


def findings_of(root: Path) -> list[Finding]:
    """All that reading and checking find in a workspace."""
    records, findings = read_workspace(root)
    return [*findings, *find_problems(records)]


def codes_of(findings: Iterable[Finding]) -> list[str]:
    return [finding.code for finding in findings]
