"""The main job: check the workspace, then documents, comparisons, matrices, positions and the site, under `build/`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from policybook import __version__
from policybook.domain.finding import Finding
from policybook.jobs import Failure, Ledger, Task, run_tasks
from policybook.store import find_site_settings, find_template
from policybook.text.fingerprint import exact_fingerprint
from policybook.workflow.book import Book, read_book
from policybook.workflow.document import document_tasks
from policybook.workflow.site import run_mkdocs, site_files
from policybook.workflow.workspace import open_workspace

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made and took away (paths under `folder`), how much it left as it was, what failed, findings."""

    folder: Path
    made: tuple[str, ...] = ()
    kept: int = 0
    removed: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()
    findings: tuple[Finding, ...] = ()


def build_workspace(root: Path, *, processes: int = 1, on_done: Progress = lambda _: None) -> BuildReport:
    """Builds everything derived. Raises BrokenWorkspace, before anything is written, where the workspace has errors.

    What was made from the same inputs before is left alone; where nothing changed at all, nothing is even resolved.
    A document that cannot be made stops neither the others nor leaves the last good one worse; the site waits for it.
    """
    build, tool_key = root / "build", _tool_key(root)
    whole_key = exact_fingerprint([tool_key, *_file_hashes(root / "clauses", "*.yaml")])
    ledger = Ledger.read(build)
    if ledger.marks.get("whole") == whole_key and ledger.has_all() and (build / "site" / "index.html").is_file():
        return BuildReport(build, kept=len(ledger.entries))
    book = read_book(open_workspace(root))
    tasks = list(document_tasks(book, tool_key))
    ledger.marks.pop("whole", None)
    done = run_tasks(tasks, ledger, processes=processes, on_done=on_done)
    if done.failures:
        ledger.write()
        return BuildReport(build, done.made, len(done.kept), failures=done.failures, findings=book.workspace.findings)
    pages = _site_tasks(root, book, tasks)
    laid = run_tasks(pages, ledger)
    removed = ledger.forget_others({task.output for task in (*tasks, *pages)})
    _build_site(root, pages, ledger, on_done)
    ledger.marks["whole"] = whole_key
    ledger.write()
    made, kept = (*done.made, *laid.made), len(done.kept) + len(laid.kept)
    return BuildReport(build, made, kept, tuple(removed), findings=book.workspace.findings)


def planned_outputs(root: Path) -> tuple[str, ...]:
    """The documents that a build would make or make again (paths under `build/`); writes nothing."""
    ledger = Ledger.read(root / "build")
    tasks = document_tasks(read_book(open_workspace(root)), _tool_key(root))
    return tuple(task.output for task in tasks if not ledger.has(task.output, task.key))


def same_bytes(content: bytes) -> bytes:
    """The content as it is: a page of the site was made when its links were checked."""
    return content


def _site_tasks(root: Path, book: Book, tasks: Sequence[Task]) -> list[Task]:
    """The site's source: its pages, the documents it offers and its configuration."""
    site = site_files(book, {task.output: (root / "build" / task.output).read_bytes() for task in tasks})
    files = {f"site_src/{path}": content for path, content in site.files.items()} | {"mkdocs.yml": site.config.encode()}
    return [Task(path, _hash(content), same_bytes, (content,)) for path, content in files.items()]


def _build_site(root: Path, pages: Sequence[Task], ledger: Ledger, on_done: Progress) -> None:
    """Runs mkdocs where any of the site's source changed."""
    site_key = exact_fingerprint([_hash(find_site_settings(root).read_bytes()), *(task.key for task in pages)])
    if ledger.marks.get("site") != site_key or not (root / "build" / "site" / "index.html").is_file():
        ledger.write()
        run_mkdocs(root / "build", root)
        ledger.marks["site"] = site_key
        on_done("site/index.html")


def _tool_key(root: Path) -> str:
    """Stands for the program, the template and the site's settings: a change of any makes everything again."""
    package = Path(__file__).parent.parent
    settings = _hash(find_site_settings(root).read_bytes())
    hashes = (*_file_hashes(package, "*.py"), *_file_hashes(find_template(root), "*"))
    return exact_fingerprint([__version__, settings, *hashes])


def _file_hashes(folder: Path, pattern: str) -> Iterator[str]:
    for file in sorted(folder.rglob(pattern)):
        if file.is_file() and "__pycache__" not in file.parts:
            yield f"{file.relative_to(folder).as_posix()} {_hash(file.read_bytes())}"


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
