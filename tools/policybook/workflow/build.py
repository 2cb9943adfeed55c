"""The main job: check the workspace, then documents, comparisons, matrices, positions and the site, under `build/`.

What reads, compares and draws is imported where it is used: a build that finds nothing changed needs none of it, and
would spend most of its time on importing.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from policybook import __version__
from policybook.domain.finding import Finding
from policybook.jobs import HERE, Failure, Ledger, Progress, Workers, run_tasks
from policybook.site.audience import COUNCIL, PUBLIC, SiteAudience
from policybook.store import find_site_settings, find_template
from policybook.text.fingerprint import exact_fingerprint
from policybook.workflow.building import only_builder
from policybook.workflow.mkdocs import build_site
from policybook.workflow.site_address import site_address
from policybook.workflow.site_place import shows_today, site_place


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made and took away (paths under `folder`), how much it left as it was, what failed, findings.

    `site` is the folder of the finished site.
    """

    folder: Path
    site: Path
    made: tuple[str, ...] = ()
    kept: int = 0
    removed: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()
    findings: tuple[Finding, ...] = ()


def build_workspace(
    root: Path,
    *,
    audience: SiteAudience = COUNCIL,
    today: date | None = None,
    workers: Workers = HERE,
    on_done: Progress = lambda _output, _left: None,
) -> BuildReport:
    """Builds everything derived. Raises BrokenWorkspace, before anything is written, where the workspace has errors.

    Raises Refused where an upgrade of an adoption has sections that wait for a decision.
    What was made from the same inputs before is left alone; where nothing changed at all, nothing is even resolved.
    A document that cannot be made stops neither the others nor leaves the last good one worse; the site waits for it.
    Reviews are measured by `today`: by default the day of SOURCE_DATE_EPOCH, else that of the clock.
    """
    day = today or build_day()
    place, key = site_place(root, audience), _whole_key(root, audience, day)
    ledger = Ledger.read(place.work)
    if ledger.marks.get("whole") == key and ledger.has_all() and (place.site / "index.html").is_file():
        return BuildReport(place.work, place.site, kept=len(ledger.entries))
    with only_builder(root, place):
        report = lay_out(root, audience, day, ledger, workers=workers, on_done=on_done)
        if not report.failures:
            sources = {
                path: str(entry["key"]) for path, entry in ledger.entries.items() if not path.startswith("documents/")
            }
            sources["settings"] = _hash(find_site_settings(root).read_bytes())
            if build_site(place.work, place.site, sources, has_map=audience == PUBLIC and bool(site_address(root))):
                on_done(f"{place.site.name}/index.html", 0)
            ledger.marks["whole"] = key
        ledger.write()
    return report


def lay_out(
    root: Path,
    audience: SiteAudience,
    today: date,
    ledger: Ledger,
    *,
    workers: Workers = HERE,
    on_done: Progress = lambda _output, _left: None,
) -> BuildReport:
    """Makes an audience's documents and the source of its site, not the site. Raises as `build_workspace` does.

    The ledger is left for the caller to write, and without its mark for the whole.
    """
    from policybook.workflow.audience import plan_site
    from policybook.workflow.settle import require_no_open_upgrade
    from policybook.workflow.site_memory import SiteMemory
    from policybook.workflow.site_source import site_tasks
    from policybook.workflow.workspace import open_workspace

    workspace, tool_key = open_workspace(root), _tool_key(root)
    require_no_open_upgrade(root)
    place = site_place(root, audience)
    memory = SiteMemory.read(place.work, tool_key)
    plan = plan_site(workspace, audience, tool_key, today, memory.counts)
    ledger.marks.pop("whole", None)
    findings = (*workspace.findings, *plan.findings)
    done = run_tasks(plan.tasks, ledger, workers=workers, on_done=on_done)
    if done.failures:
        return BuildReport(place.work, place.site, done.made, len(done.kept), failures=done.failures, findings=findings)
    pages = site_tasks(root, place, plan, ledger, memory)
    laid = run_tasks(pages, ledger)
    memory.write()
    removed = ledger.forget_others({task.output for task in (*plan.tasks, *pages)})
    made, kept = (*done.made, *laid.made), len(done.kept) + len(laid.kept)
    return BuildReport(place.work, place.site, made, kept, tuple(removed), findings=findings)


def build_day() -> date:
    """The day that a build counts as: that of SOURCE_DATE_EPOCH where it is set (in UTC), else that of the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdigit() else datetime.now().astimezone().date()


def planned_outputs(root: Path) -> tuple[str, ...]:
    """The documents that a build would make or make again (paths under `build/`); writes nothing."""
    from policybook.workflow.book import read_book
    from policybook.workflow.document import document_tasks
    from policybook.workflow.settle import require_no_open_upgrade
    from policybook.workflow.workspace import open_workspace

    require_no_open_upgrade(root)
    ledger = Ledger.read(root / "build")
    tasks = document_tasks(read_book(open_workspace(root)), _tool_key(root))
    return tuple(task.output for task in tasks if not ledger.has(task.output, task.key))


def _whole_key(root: Path, audience: SiteAudience, today: date) -> str:
    """Stands for all that goes into a build; the day only where a page shows it."""
    from policybook.workflow.home_grown import document_hashes

    day = today.isoformat() if shows_today(audience) else ""
    return exact_fingerprint([_tool_key(root), day, *_file_hashes(root / "clauses", "*.yaml"), *document_hashes(root)])


def _tool_key(root: Path) -> str:
    """Stands for the program, the template and the site's settings: a change of any makes everything again."""
    package = Path(__file__).parent.parent
    settings = _hash(find_site_settings(root).read_bytes())
    hashes = (*_file_hashes(package, "*.py"), *_file_hashes(find_template(root), "*"))
    hashes += tuple(_file_hashes(root / "templates", "*"))
    return exact_fingerprint([__version__, settings, *hashes])


def _file_hashes(folder: Path, pattern: str) -> Iterator[str]:
    for file in sorted(folder.rglob(pattern)):
        if file.is_file() and "__pycache__" not in file.parts:
            yield f"{file.relative_to(folder).as_posix()} {_hash(file.read_bytes())}"


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
