"""Every job that writes into a workspace: a small workspace for it, and how a person does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from policybook.domain.adoption import School
from policybook.domain.upgrade import Settlement
from policybook.store.school_file import print_school
from policybook.store.together import FileWrite, write_together
from policybook.workflow.adopt import plan_adoption, write_adoption
from policybook.workflow.decide import plan_decisions, record_decisions
from policybook.workflow.import_policy import import_policy
from policybook.workflow.migrate import plan_migration, write_migration
from policybook.workflow.release import carry_out, plan_release
from policybook.workflow.settle import keep_half_done, take_decisions, write_settled
from record_sample import edit, request, write_sample
from store import small

DAY = date(2026, 11, 21)
DRAFT = "clauses/models/hr/mail/draft"
POLICY = "# Conduct policy\n\n# Aims\n\nStaff are kind.\n\n# Rules\n\nStaff keep records for {} years.\n"


Write = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Job:
    """`prepare` makes a workspace, `plan` works out what to write in it, and what it gives back writes that."""

    prepare: Callable[[Path], object]
    plan: Callable[[Path], Write]


def _sample_with_draft(root: Path) -> None:
    write_sample(root)
    text = (root / "clauses/models/hr/mail/1/policy.yaml").read_text(encoding="utf-8")
    text = text.replace('version: "1"\n', 'version: "draft"\n').replace("issued: 2026-09-01", 'supersedes: "1"')
    words = (root / "clauses/models/hr/mail/1/01-use.yaml").read_text(encoding="utf-8")
    folder = root / DRAFT
    folder.mkdir()
    (folder / "policy.yaml").write_text(text, encoding="utf-8")
    (folder / "01-use.yaml").write_text(words, encoding="utf-8")


def _adopt(root: Path) -> Write:
    planned = plan_adoption("elm", "hr/mail@2", root, {"keeper": "bursar"})
    return lambda: write_adoption(planned)


def _decide(root: Path) -> Write:
    planned = plan_decisions(root, [request(next_review="Autumn 2027"), request("ash/mail")], DAY)
    return lambda: record_decisions(planned)


def _import_again(root: Path) -> Write:
    (root.parent / "newer.md").write_text(POLICY.format("nine") + "\n# Review\n\nYearly.\n", encoding="utf-8")
    return lambda: import_policy(root.parent / "newer.md", "council/conduct", "2", root, is_replaced=True, on=DAY)


def _import(root: Path) -> Write:
    (root.parent / "policy.md").write_text(POLICY.format("six"), encoding="utf-8")
    return lambda: import_policy(root.parent / "policy.md", "council/conduct", "1", root, on=DAY)


def _sample_with_import(root: Path) -> None:
    write_sample(root)
    _import(root)()


def _release(root: Path) -> Write:
    planned = plan_release(root, "hr/mail@draft", "2", DAY)
    return lambda: carry_out(planned)


def _two_versions(root: Path) -> None:
    _sample_with_draft(root)
    _release(root)()
    edit(root, "clauses/models/hr/mail/2/01-use.yaml", "No contact", "No contact at all")


def _half_settle(root: Path) -> Write:
    settling = take_decisions("ash/mail", "hr/mail@2", (), None, root)
    return lambda: keep_half_done(settling)


def _two_versions_half_settled(root: Path) -> None:
    _two_versions(root)
    _half_settle(root)()


def _settle(root: Path) -> Write:
    waiting = take_decisions("ash/mail", "hr/mail@2", (), None, root).waiting
    settling = take_decisions(
        "ash/mail", "hr/mail@2", [Settlement(entry.clause, "new") for entry in waiting], None, root
    )
    return lambda: write_settled(settling)


def _old_workspace(root: Path) -> None:
    write_sample(root)
    for name in ("clauses/schools/oak.yaml", "clauses/schools/ash.yaml", "clauses/adoptions/ash/mail/adoption.yaml"):
        edit(root, name, "schema: 1\n", "")


def _migrate(root: Path) -> Write:
    planned = plan_migration(root)
    return lambda: write_migration(planned)


def _schools(root: Path) -> Write:
    file = root / "clauses/schools/oak.yaml"
    changed = FileWrite(file, print_school(School("oak", "Oak Tree School", "school")), file.read_bytes())
    new = [
        FileWrite(file.with_name(f"{name}.yaml"), print_school(School(name, f"{name.title()} School", "school")))
        for name in ("beech", "cedar")
    ]
    return lambda: write_together([changed, *new])


JOBS = {
    "adopt": Job(small.write_workspace, _adopt),
    "decide": Job(write_sample, _decide),
    "import": Job(write_sample, _import),
    "import again": Job(_sample_with_import, _import_again),
    "release": Job(_sample_with_draft, _release),
    "keep half settled": Job(_two_versions, _half_settle),
    "settle": Job(_two_versions_half_settled, _settle),
    "migrate": Job(_old_workspace, _migrate),
    "schools": Job(write_sample, _schools),
}
