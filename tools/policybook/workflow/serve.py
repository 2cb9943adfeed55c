"""Serving a site while its workspace is being written: pages follow the files, and say so where a file is broken."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from policybook.domain.error import BrokenWorkspace, PolicybookError
from policybook.domain.finding import Finding
from policybook.jobs import Ledger
from policybook.render.markdown import write_markdown
from policybook.report.problem import problem_page
from policybook.site.audience import SiteAudience
from policybook.store import write_atomically
from policybook.workflow.build import build_day, build_workspace, lay_out
from policybook.workflow.mkdocs import start_server
from policybook.workflow.site_place import SitePlace, site_place

LOOK_SECONDS = 1.0
_HOME = "site_src/index.md"


def serve_site(root: Path, audience: SiteAudience, address: str, *, on_change: Callable[[str], None]) -> None:
    """Serves the site until Ctrl+C. Raises as `build_workspace` does where the workspace is broken at the start."""
    build_workspace(root, audience=audience)
    place = site_place(root, audience)
    server = start_server(place.work, address)
    try:
        _follow(root, audience, place, server, on_change)
    except KeyboardInterrupt:
        on_change("stopped")
    finally:
        server.terminate()
        server.wait()


def refresh_pages(root: Path, audience: SiteAudience) -> str:
    """Lays the pages out anew and returns what to tell; a broken workspace gives a first page that lists what is wrong.

    The finished site under `build/` is not touched: it stays the last good one.
    """
    place = site_place(root, audience)
    ledger = Ledger.read(place.work)
    try:
        report = lay_out(root, audience, build_day(), ledger)
        said = f"{len(report.made)} files made anew" if not report.failures else str(report.failures[0].error)
    except PolicybookError as error:
        findings = error.findings if isinstance(error, BrokenWorkspace) else ()
        _show_problems(place, ledger, error, tuple(findings))
        said = f"could not: {error}"
    ledger.write()
    return said


def _show_problems(place: SitePlace, ledger: Ledger, error: PolicybookError, findings: tuple[Finding, ...]) -> None:
    # Forgotten, so that the real first page is written again once the workspace is mended.
    ledger.entries.pop(_HOME, None)
    ledger.marks.pop("whole", None)
    page = problem_page(str(error), findings)
    write_atomically(place.work / _HOME, write_markdown(page, lambda _: None, searchable=False).encode())


def _follow(
    root: Path,
    audience: SiteAudience,
    place: SitePlace,
    server: subprocess.Popen[bytes],
    on_change: Callable[[str], None],
) -> None:
    seen = _stamps(root)
    while server.poll() is None:
        time.sleep(LOOK_SECONDS)
        now = _stamps(root)
        if now != seen:
            seen = now
            on_change(refresh_pages(root, audience))
    on_change(f"the server for {place.work.name} has stopped: is the address in use?")


def _stamps(root: Path) -> dict[str, tuple[int, int]]:
    """Size and time of every file that pages are made from."""
    files = (file for folder in ("clauses", "templates") for file in (root / folder).rglob("*") if file.is_file())
    return {file.as_posix(): (stat.st_mtime_ns, stat.st_size) for file in files if (stat := file.stat())}
