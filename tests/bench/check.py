"""Writes an invented workspace of many adoptions, and measures `check` on it with and without what it remembers.

`python tests/bench/check.py FOLDER [ADOPTIONS]`. The workspace has four models of about 90 clauses, a trust in every
fifty schools whose academies adopt its edition, schools with values of their own, a home-grown policy in every tenth
school, and a decision on every adoption, its edition and documents kept.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import sys
import time
from datetime import date
from pathlib import Path

from site_workspace import MODELS, write, write_workspace

from policybook.domain.adoption import Decision
from policybook.workflow import decide
from policybook.workflow.decide import DecisionRequest, plan_decisions, record_decisions
from policybook.workflow.workspace import check_workspace

DAY = date(2026, 11, 22)
DOCUMENT = 40_000
"""Bytes of a kept document: what is in it is not read, only hashed."""


def write_decided(root: Path, adoptions: int) -> None:
    """The workspace of `site_workspace`, each adoption decided on; trusts, values and home-grown policies added."""
    schools = adoptions // MODELS
    write_workspace(root, schools)
    for file in sorted((root / "clauses" / "adoptions").glob("*/*/adoption.yaml")):
        text = file.read_text(encoding="utf-8")
        file.write_text(text[: text.index("decisions:")] + "decisions: []\n", encoding="utf-8")
    for school in range(0, schools, 10):
        folder = root / "clauses" / "adoptions" / f"s{school}" / "well-being"
        write(folder / "policy.txt", f"Well-being at school number {school}\n")
        write(folder / "adoption.yaml", f"schema: 1\nschool: s{school}\nmodel: none\nfile: policy.txt\nowner: Office\n")
        own = root / "clauses" / "schools" / f"s{school}.yaml"
        own.write_text(own.read_text(encoding="utf-8") + "values: {past-pupils: 19}\n", encoding="utf-8")
    _decide_all(root)
    _join_trusts(root, schools)


def _decide_all(root: Path) -> None:
    """As `policybook decide`, but the documents are only so many bytes: making 2,000 of them would take an hour."""
    chance = random.Random(2)  # noqa: S311 - nothing is kept secret with it
    content = chance.randbytes(DOCUMENT)
    decide._documents = lambda _root, policy, name: {f"{policy.ref.replace('/', '-')}-{name}.docx": content}  # type: ignore[attr-defined]
    files = sorted((root / "clauses" / "adoptions").glob("s*/policy-*/adoption.yaml"))
    refs = ["/".join(file.parts[-3:-1]) for file in files]
    taken = Decision("approved", "Full Governing Board", date(2024, 11, 21), "24/117")
    record_decisions(plan_decisions(root, [DecisionRequest(ref, taken, "2027-01-15") for ref in refs], DAY))


def _join_trusts(root: Path, schools: int) -> None:
    """In every fifty schools the first is a trust's, and the next four adopt its first policy as it decided on it."""
    for trust in range(0, schools - 5, 50):
        for academy in range(trust + 1, trust + 5):
            folder = root / "clauses" / "adoptions" / f"s{academy}" / "policy-0"
            shutil.rmtree(folder)
            write(folder / "adoption.yaml", f"schema: 1\nschool: s{academy}\nmodel: s{trust}/policy-0@2024-11-21\n")


def measure(root: Path, **options: bool) -> str:
    """Seconds of processor and of clock, and how many findings."""
    started, clock = time.process_time(), time.perf_counter()
    findings = check_workspace(root, DAY, **options)
    spent, waited = time.process_time() - started, time.perf_counter() - clock
    digest = hashlib.sha256(repr(findings).encode()).hexdigest()[:12]
    return f"{spent:6.2f} s processor, {waited:6.2f} s clock, {len(findings)} findings ({digest})"


def main(root: Path, adoptions: int) -> None:
    if not (root / "clauses").is_dir():
        write_decided(root, adoptions)
    shutil.rmtree(root / "build", ignore_errors=True)
    sys.stdout.write(f"without anything kept  {measure(root, is_remembering=True)}\n")
    sys.stdout.write(f"nothing changed        {measure(root, is_remembering=True)}\n")
    file = root / "clauses" / "adoptions" / "s7" / "policy-1" / "adoption.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "# looked at again\n", encoding="utf-8")
    sys.stdout.write(f"one adoption changed   {measure(root, is_remembering=True)}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
