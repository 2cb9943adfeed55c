"""Documents in bulk: milliseconds of the processor for each kind, many adoptions on two processes, nothing to do.

`python tests/bench/documents.py FOLDER [ADOPTIONS]` writes the workspace of `site_workspace` into FOLDER (four models of
91 clauses in ten parts, about 4,600 words each; about six departures an adoption), makes of each adoption the policy as
Word and as PDF and its redline, and prints Markdown. Nothing of the site is made. In the first table every document is
another; the "fresh texts" do not even share a sentence, since typst remembers what it set before.
"""

from __future__ import annotations

import random
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from site_workspace import MODELS, sentence, write_workspace

from policybook.domain.inline import Run
from policybook.domain.page import Block, Page, Paragraph
from policybook.jobs import HERE, Ledger, Task, Workers, run_tasks
from policybook.render.docx import write_docx
from policybook.render.pdf import write_pdf
from policybook.render.text import write_text
from policybook.report.policy import policy_page
from policybook.store import find_template
from policybook.workflow.book import read_book
from policybook.workflow.document import document_tasks
from policybook.workflow.later import Later
from policybook.workflow.workspace import OpenWorkspace, open_workspace

WARM, TIMED, PANDOC = 10, 60, 5


def policy_tasks(workspace: OpenWorkspace) -> list[Task]:
    """The clean copies and redlines of all adoptions."""
    beside = ("-beside-model.pdf", "-beside-model.html", ".json")
    tasks = document_tasks(read_book(workspace), "bench")
    return [one for one in tasks if "/s" in one.output and not one.output.endswith(beside)]


def measure_each(root: Path, workspace: OpenWorkspace) -> None:
    """Milliseconds a document, one kind after another in this process."""
    sys.stdout.write("| document | median ms | fastest | slowest | kB |\n|---|---|---|---|---|\n")
    tasks = policy_tasks(workspace)
    for name, ending in (("Word", "1.0.docx"), ("PDF", "1.0.pdf"), ("redline", "redline.docx")):
        chosen = [task for task in tasks if task.output.endswith(ending)][: WARM + TIMED]
        _print_row(f"{name}, adoptions of four models", [_made(task) for task in chosen])
    template, chance = find_template(root), random.Random(3)  # noqa: S311 - nothing is kept secret with it
    policy = next(iter(workspace.policies.values()))
    pages = [_in_other_words(policy_page(policy), chance) for _ in range(WARM + TIMED)]
    _print_row("Word, fresh texts", [_written(write_docx, page, template) for page in pages])
    _print_row("PDF, fresh texts", [_written(write_pdf, page, template) for page in pages])
    _print_row("Word by one pandoc process each", [_by_pandoc(page) for page in pages[:PANDOC]], warm=0)


def measure_bulk(root: Path, jobs: int) -> None:
    """All documents of all adoptions by so many processes, opening the workspace included."""
    shutil.rmtree(root / "build", ignore_errors=True)
    started, before = time.perf_counter(), _processor()
    tasks = policy_tasks(open_workspace(root))
    ledger = Ledger(root / "build")
    prepared, waited = _processor() - before, time.perf_counter() - started
    done = run_tasks(tasks, ledger, workers=Workers(jobs) if jobs > 1 else HERE)
    clock, spent = time.perf_counter() - started, _processor() - before
    sys.stdout.write(
        f"\n{len(done.made)} documents by {jobs} processes: {spent:.1f} s of the processor ({prepared:.1f} s of it to read, "
        f"resolve and compare), {clock:.1f} s by the clock ({waited:.1f} s); at most {_memory()} \n"
    )
    ledger.write()
    started, before = time.perf_counter(), _processor()
    kept = run_tasks(tasks, Ledger.read(root / "build")).kept
    sys.stdout.write(f"again: {len(kept)} stand as they were, {_processor() - before:.2f} s of the processor\n")


def _made(task: Task) -> Callable[[], bytes]:
    """The task, what it tells of worked out before."""
    for argument in task.arguments:
        if isinstance(argument, Later):
            argument()
    return lambda: task.make(*task.arguments)


def _written(write: Callable[[Page, Path], bytes], page: Page, template: Path) -> Callable[[], bytes]:
    return lambda: write(page, template)


def _by_pandoc(page: Page) -> Callable[[], bytes]:
    import pypandoc

    text, program = write_text(page).encode(), pypandoc.get_pandoc_path()
    command = [program, "--sandbox", "-f", "commonmark_x", "-t", "docx", "-o", "-"]
    return lambda: subprocess.run(command, input=text, capture_output=True, check=True).stdout


def _in_other_words(page: Page, chance: random.Random) -> Page:
    """The page with every clause in words of its own, as long as before."""
    return replace(page, blocks=tuple(_reworded(block, chance) for block in page.blocks))


def _reworded(block: Block, chance: random.Random) -> Block:
    if not isinstance(block, Paragraph):
        return block
    count = sum(len(run.text.split()) for run in block.runs)
    return replace(block, runs=(Run(sentence(chance, count, count)),))


def _print_row(name: str, calls: Iterable[Callable[[], bytes]], warm: int = WARM) -> None:
    times, sizes = [], []
    for call in calls:
        before = _processor()
        sizes.append(len(call()))
        times.append((_processor() - before) * 1000)
    times = times[warm:]
    middle, size = statistics.median(times), statistics.mean(sizes) / 1000
    sys.stdout.write(f"| {name} | {middle:.1f} | {min(times):.1f} | {max(times):.1f} | {size:.0f} |\n")


def _processor() -> float:
    """Seconds of the processor of this process and of those that it started and that have ended."""
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + others.ru_utime + others.ru_stime


def _memory() -> str:
    own, others = (resource.getrusage(who).ru_maxrss / 1000 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return f"{own:.0f} MB in the asking process, {others:.0f} MB in a worker"


def main(root: Path, adoptions: int) -> None:
    if not (root / "clauses").is_dir():
        write_workspace(root, adoptions // MODELS)
    if "--bulk" not in sys.argv:
        measure_each(root, open_workspace(root))
    measure_bulk(root, 2)


if __name__ == "__main__":
    counts = [int(word) for word in sys.argv[2:] if word.isdigit()]
    main(Path(sys.argv[1]), counts[0] if counts else 1000)
