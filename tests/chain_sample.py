"""A small workspace with a chain: a council's model, a trust that adopts and decides on it, and two academies."""

from __future__ import annotations

from pathlib import Path

from record_sample import decide, request

MODEL = "clauses/models/hr/mail/1/policy.yaml"
PART = "clauses/models/hr/mail/1/01-use.yaml"
TRUST = "clauses/adoptions/wold/mail/adoption.yaml"
ACADEMY = "clauses/adoptions/beck/mail/adoption.yaml"
EDITION = "2026-10-01"

FILES = {
    "clauses/topics.yaml": """\
schema: 1
topics:
  past-pupils: {label: Past pupils, question: Until what age?, answer: age, says: "until {{ value }}"}
""",
    MODEL: """\
schema: 1
id: hr/mail
version: "1"
title: E-mail
publisher: {name: HR Service, kind: council-hr}
issued: 2026-09-01
parameters:
  age_limit: {type: age, label: Age limit, default: 18, minimum: 18, topic: past-pupils}
  hours: {type: time-range, label: Hours, default: "08:00-16:00"}
  head: {type: role, label: Head, default: headteacher, detail: true}
parts: [use, care]
""",
    PART: """\
schema: 1
id: use
heading: Use
clauses:
  - {id: use.scope, text: "Staff of {{ school_name }} use school e-mail."}
  - {id: use.age, text: "No contact under {{ age_limit | words }}.", tailoring: fill-in, topics: [past-pupils]}
  - {id: use.law, text: The law stands., tailoring: fixed}
  - {id: use.hours, text: "Staff answer between {{ hours }}."}
  - {id: use.academy, text: The trust may ask for reports., when: {school: [academy]}}
  - id: use.phones
    tailoring: choice
    choices:
      - {id: never, text: Telephones stay off.}
      - {id: breaks, text: Telephones are used in breaks.}
  - {id: use.old, text: Faxes are kept.}
""",
    "clauses/models/hr/mail/1/02-care.yaml": """\
schema: 1
id: care
heading: Care
clauses:
  - {id: care.ask, text: "Anyone in doubt asks the {{ head }}, as {{ clause:use.age }} says."}
""",
    "clauses/schools/wold.yaml": "schema: 1\nid: wold\nname: Wold Trust\nkind: trust\nroles: {head: chief executive}\n",
    "clauses/schools/beck.yaml": "schema: 1\nid: beck\nname: Beck Academy\nkind: academy\nroles: {head: principal}\n",
    "clauses/schools/dale.yaml": "schema: 1\nid: dale\nname: Dale Academy\nkind: academy\n",
    TRUST: """\
schema: 1
school: wold
model: hr/mail
version: "1"
values: {age_limit: 19}
choices: {use.phones: breaks}
tailorings:
  - {omit: use.old, reason: No fax is left.}
  - {substitute: use.scope, text: "Everybody at {{ school_name }} uses the trust's e-mail.", reason: One system.}
  - {insert: wold.devices, after: use.hours, text: The trust lends every teacher a laptop., reason: Ours.}
tighten: {wold.devices: fixed, use.hours: fill-in}
fixed_values: [age_limit]
decisions: []
review: {next: Autumn 2028}
""",
    ACADEMY: """\
schema: 1
school: beck
model: wold/mail@2026-10-01
values: {hours: "08:00-15:00"}
decisions: []
""",
}


def write_chain(root: Path, *, is_decided: bool = True) -> Path:
    """The workspace; the trust's policy is decided on, so that the academy's record has something to rest on."""
    for name, text in FILES.items():
        if name != ACADEMY:
            write(root, name, text)
    if is_decided:
        decide(root, request("wold/mail", on=EDITION, body="Trust Board", minute="TB 1"))
    write(root, ACADEMY, FILES[ACADEMY])
    return root


def write(root: Path, name: str, text: str) -> None:
    """Writes one file of the workspace."""
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
