"""A workspace in which every field that a public reader, or another school, must not see holds a secret word."""

from __future__ import annotations

import shutil
from pathlib import Path
from textwrap import dedent

from conftest import ROOT
from policybook.text.decided import exact_of
from policybook.workflow.workspace import open_workspace

SECRET = "zzsecret"  # noqa: S105 - a word to look for, not a password
"""Begins every word that is not for everybody; a word after it says where it was planted."""
OTHERS = "zzother"
"""Begins every word of another school."""


def plant(workspace: Path) -> Path:
    """Writes the workspace: a school with a public and an internal policy, and six others with internal ones."""
    shutil.copytree(ROOT / "templates", workspace / "templates")
    shutil.copyfile(ROOT / "mkdocs.yml", workspace / "mkdocs.yml")
    write(workspace, "clauses/topics.yaml", TOPICS)
    for version, supersedes in (("1.0", ""), ("2.0", 'supersedes: "1.0"\n')):
        folder = f"clauses/models/hr/conduct/{version}"
        write(workspace, f"{folder}/policy.yaml", MODEL.replace("VERSION", version).replace("SUPERSEDES\n", supersedes))
        write(workspace, f"{folder}/01-scope.yaml", SCOPE)
    secret_model = (
        MODEL.replace("hr/conduct", "hr/zzsecret-model").replace("VERSION", "1.0").replace("SUPERSEDES\n", "")
    )
    write(workspace, "clauses/models/hr/zzsecret-model/1.0/policy.yaml", secret_model)
    write(workspace, "clauses/models/hr/zzsecret-model/1.0/01-scope.yaml", SCOPE)
    write(workspace, "clauses/schools/oakfield.yaml", SCHOOL)
    write(workspace, "clauses/adoptions/oakfield/conduct/adoption.yaml", PUBLIC)
    for policy in ("zzsecret-internal", "zzsecret-draft"):
        publish = "internal" if policy.endswith("internal") else "public"
        text = INTERNAL.replace("PUBLISH", publish)
        write(workspace, f"clauses/adoptions/oakfield/{policy}/adoption.yaml", text)
    for index in range(1, 7):
        name = f"{OTHERS}{index}"
        write(workspace, f"clauses/schools/{name}.yaml", OTHER_SCHOOL.replace("NAME", name))
        age = 21 if index == 1 else 19
        text = OTHER_ADOPTION.replace("NAME", name).replace("AGE", str(age))
        write(workspace, f"clauses/adoptions/{name}/conduct/adoption.yaml", text)
    bind_approval(workspace)
    return workspace


def bind_approval(workspace: Path) -> None:
    """Writes the fingerprint of the words as they are into the public policy's approval."""
    policy = open_workspace(workspace).policies["oakfield/conduct"]
    record = workspace / "clauses/adoptions/oakfield/conduct/adoption.yaml"
    record.write_text(record.read_text(encoding="utf-8").replace("EXACT", exact_of(policy)), encoding="utf-8")


def write(workspace: Path, name: str, text: str) -> None:
    path = workspace / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dedent(text), encoding="utf-8")


TOPICS = """\
schema: 1
topics:
  past-pupils:
    label: Past pupils
    question: Until what age is contact barred?
    answer: age
    says: "until {{ value }}"
    cues: [zzsecret-cue]
"""
MODEL = """\
schema: 1
id: hr/conduct
version: "VERSION"
title: Staff conduct
publisher: {name: County HR, kind: council-hr}
issued: 2024-10-01
SUPERSEDES
review: {every: 2 years}
publish: internal
changes:
  - {clauses: [scope.all], summary: zzsecret-amendment for adopters.}
parameters:
  age_limit: {type: age, label: zzsecret-label, default: 18, topic: past-pupils}
  unprinted: {type: text, label: zzsecret-unused-label, default: zzsecret-default, detail: true}
parts: [scope]
"""
SCOPE = """\
schema: 1
id: scope
heading: Scope
clauses:
  - {id: scope.all, text: This policy binds all staff., note: zzsecret-guidance of the publisher., topics: []}
  - {id: scope.age, text: "Staff do not contact past pupils under {{ age_limit }}.", topics: [past-pupils]}
  - {id: scope.gone, text: zzsecret-omitted words of the model.}
  - {id: scope.swap, text: zzsecret-replaced words of the model.}
"""
SCHOOL = """\
schema: 1
id: oakfield
name: Oakfield School
short_name: zzsecret-short
kind: school
aliases: [zzsecret-alias]
roles: {headteacher: zzsecret-role}
"""
PUBLIC = """\
schema: 1
school: oakfield
model: hr/conduct
version: "1.0"
publish: public
values: {age_limit: 18, unprinted: zzsecret-value}
tailorings:
  - {omit: scope.gone, reason: zzsecret-reason of the omission, consulted: {with: zzsecret-union, on: 2024-11-05}}
  - {substitute: scope.swap, text: Our own printed words., reason: zzsecret-reason}
  - {insert: oakfield.more, after: scope.age, text: Our printed addition., reason: zzsecret-inserted}
decisions:
  - {outcome: deferred, body: zzsecret-committee, on: 2024-10-21, minute: zzsecret-deferral}
  - {outcome: approved, body: Full Governing Board, on: 2024-11-21, minute: zzsecret-minute, exact: "EXACT"}
review: {next: 2026-11-21}
"""
INTERNAL = """\
schema: 1
school: oakfield
model: hr/zzsecret-model
version: "1.0"
publish: PUBLISH
values: {age_limit: 18}
tailorings: []
decisions: []
"""
OTHER_SCHOOL = """\
schema: 1
id: NAME
name: NAME school
short_name: NAME-short
kind: school
aliases: [NAME-alias]
roles: {headteacher: NAME-role}
"""
OTHER_ADOPTION = """\
schema: 1
school: NAME
model: hr/conduct
version: "1.0"
publish: internal
values: {age_limit: AGE, unprinted: NAME-value}
tailorings:
  - {substitute: scope.all, text: NAME words., reason: NAME reason, consulted: {with: NAME union, on: 2024-11-05}}
decisions:
  - {outcome: approved, body: NAME board, on: 2024-11-21, minute: NAME minute}
review: {next: 2026-11-21}
"""
