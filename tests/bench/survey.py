# ruff: noqa: T201 - a command: it prints
"""The survey bench: `python tests/bench/survey.py FOLDER [COUNT ...]`, from the root of the project.

Makes that many schools' documents (1000, 6000 and 24000 where nothing is said) of the example's largest model in FOLDER
(as text, and a tenth of the first count as Word), each with edits of its own, and surveys them with two processes, twice:
the second time from the cache; the first count and the Word files also with one process, and on a Dask cluster of one and
two workers. Then it measures the share of each stage on one process, and what programs a user would pick take for their
part of the work. What it prints at the end is the Markdown that docs/dev/benchmarks.md keeps.
"""

from __future__ import annotations

import difflib
import json
import resource
import shutil
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools")]

from bench.synthetic import Piece, adopt  # noqa: E402
from policybook.compare import compare, positions_of_witness, prepare, witness_of_document, witness_of_policy  # noqa: E402
from policybook.compare.compare import Prepared  # noqa: E402
from policybook.domain.comparison import Witness  # noqa: E402
from policybook.domain.survey import SurveySummary  # noqa: E402
from policybook.intake import read_content  # noqa: E402
from policybook.jobs import Workers  # noqa: E402
from policybook.store.survey import SurveyTables  # noqa: E402
from policybook.workflow.survey import _survey_model, survey_folder  # noqa: E402
from policybook.workflow.survey_task import survey_document  # noqa: E402
from policybook.workflow.workspace import OpenWorkspace, open_workspace  # noqa: E402

MODEL = "luton-hr/social-media-internet@2024-10"
SAMPLE = 300
PEERS = 40
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def main() -> None:
    """Makes the documents, measures each count in a process of its own, and prints the tables."""
    if sys.argv[1] == "--one":
        _survey(Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4])
        return
    folder, counts = Path(sys.argv[1]), [int(count) for count in sys.argv[2:]] or [1_000, 6_000, 24_000]
    workspace = open_workspace(ROOT)
    base = witness_of_policy("A", workspace.model(MODEL))
    for count in counts:
        make_documents(base, folder / str(count), count)
    make_documents(base, folder / "word", counts[0] // 10, write_word, ".docx")
    runs: list[dict[str, Any]] = []
    for name in (str(counts[0]), "word", *map(str, counts[1:])):
        for workers in ("2",) if name not in ("word", str(counts[0])) else ("1", "2", "cluster of 1", "cluster of 2"):
            runs += _measure(folder, name, workers)
    print("\n".join([
        *_runs_table(runs), "", *_stages_table(workspace, base, folder, str(counts[0])), "",
        *_peers(base, folder / str(counts[0])), _on_paper(runs, str(counts[-1])),
    ]))  # fmt: skip


def make_documents(
    base: Witness,
    folder: Path,
    count: int,
    write: Callable[[tuple[Piece, ...]], bytes] | None = None,
    ending: str = ".txt",
) -> None:
    """So many schools' copies of the base, a thousand a folder; what stands there already is left."""
    for seed in range(count):
        file = folder / f"{seed // 1_000:02}" / f"school-{seed:05}{ending}"
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes((write or write_text)(adopt(base, seed, 1).pieces))


def write_text(pieces: tuple[Piece, ...]) -> bytes:
    """A paragraph a clause, items with a bullet."""
    return "\n\n".join(f"{'• ' if piece.kind == 'item' else ''}{piece.text}" for piece in pieces).encode()


def write_word(pieces: tuple[Piece, ...]) -> bytes:
    """A paragraph a clause, as the least that Word opens."""
    from io import BytesIO

    lines = "".join(f"<w:p><w:r><w:t>{escape(piece.text)}</w:t></w:r></w:p>" for piece in pieces)
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _LINKS)
        package.writestr("word/document.xml", f'<w:document xmlns:w="{_WORD}"><w:body>{lines}</w:body></w:document>')
    return stream.getvalue()


def _measure(folder: Path, name: str, workers: str) -> list[dict[str, Any]]:
    """What a survey took, and what it took again from its cache; the project's own cache is kept out of it."""
    cache = ROOT / "build" / ".survey.sqlite"
    runs: list[dict[str, Any]] = []
    with TemporaryDirectory() as kept:
        if cache.exists():
            shutil.move(cache, Path(kept) / "cache")
        try:
            for run in ("first", "again") if workers == "2" else ("first",):
                command = [sys.executable, __file__, "--one", folder / name, folder / "out" / name, workers]
                start = time.perf_counter()
                out = subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout
                told = json.loads(out) | {
                    "wall_s": time.perf_counter() - start,
                    "name": name,
                    "run": run,
                    "workers": workers,
                }
                runs.append(told | {"cache_mb": cache.stat().st_size // 1_000_000})
                print(f"… {name}, {workers}: {told['wall_s']:.0f} s", file=sys.stderr, flush=True)
        finally:
            cache.unlink(missing_ok=True)
            if (Path(kept) / "cache").exists():
                shutil.move(Path(kept) / "cache", cache)
    return runs


def _runs_table(runs: list[dict[str, Any]]) -> Iterator[str]:
    yield "| documents | workers | wall | processor: asking process | processor: workers | ms a document | MB: asking process | MB: a worker | known |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for run in runs:
        kind = "Word" if run["name"] == "word" else "text"
        again = ", again" if run["run"] == "again" else ""
        workers = (
            run["workers"] if "cluster" in run["workers"] else {"1": "1 process", "2": "2 processes"}[run["workers"]]
        )
        spent = run["cpu_s"] + run["cpu_workers_s"]
        yield (
            f"| {run['documents']:,} {kind}{again} | {workers} | {run['wall_s']:.1f} s | {run['cpu_s']:.1f} s |"
            f" {run['cpu_workers_s']:.1f} s | {1000 * spent / run['documents']:.1f} | {run['mb']} | {run['mb_worker']} |"
            f" {run['known']:,} |"
        )
    last = max(runs, key=lambda run: run["documents"])
    yield ""
    yield f"The cache took {last['cache_mb']} MB for {last['documents']:,} documents, what was written {last['mb_written']} MB."


def _on_paper(runs: list[dict[str, Any]], name: str) -> str:
    run = next(entry for entry in runs if (entry["name"], entry["workers"]) == (name, "2"))
    asking, workers = run["cpu_s"], run["cpu_workers_s"]
    told = ", ".join(f"{max(workers / (2 * k), asking):.0f} s with {k}" for k in (1, 2, 4, 8))
    return (
        f"On paper, k machines of two cores take about max({workers:.0f} / 2k, {asking:.0f}) seconds for"
        f" {run['documents']:,} documents: {told}."
    )


def _survey(folder: Path, output: Path, workers: str) -> None:
    """One survey by so many processes, or by a Dask cluster of so many workers; prints what it took."""
    if workers.startswith("cluster"):
        from distributed import LocalCluster

        size = int(workers.split()[-1])
        with LocalCluster(n_workers=size, threads_per_worker=1, dashboard_address=":0", host="127.0.0.1") as cluster:
            report = survey_folder(folder, MODEL, ROOT, output, workers=Workers(cluster=cluster.scheduler_address))
    else:
        report = survey_folder(folder, MODEL, ROOT, output, workers=Workers(int(workers)))
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    summary: SurveySummary = report.summary
    print(json.dumps({
        "documents": summary.documents, "following": summary.following, "known": report.known,
        "cpu_s": round(own.ru_utime + own.ru_stime, 1), "cpu_workers_s": round(others.ru_utime + others.ru_stime, 1),
        "mb": own.ru_maxrss // 1024, "mb_worker": others.ru_maxrss // 1024,
        "mb_written": sum(file.stat().st_size for file in output.iterdir()) // 1_000_000,
    }))  # fmt: skip


def _stages_table(workspace: OpenWorkspace, base: Witness, folder: Path, texts: str) -> Iterator[str]:
    """Milliseconds of the processor a document, on one process, after as many documents to warm up; and shares."""
    yield "| documents | read | align and classify | positions | the rest of the task | the whole task | into the tables |"
    yield "|---|---|---|---|---|---|---|"
    for name in (texts, "word"):
        spent = _spent(workspace, base, folder / name)
        whole = spent["whole"]
        shares = [
            f"{spent[stage]:.1f} ({spent[stage] / whole:.0%})" for stage in ("read", "compare", "positions", "rest")
        ]
        kind = "Word" if name == "word" else "text"
        yield f"| {kind} | {' | '.join(shares)} | {whole:.1f} | {spent['tables']:.1f} |"


def _spent(workspace: OpenWorkspace, base: Witness, folder: Path) -> dict[str, float]:
    model = _survey_model(workspace.records, workspace.records.models[MODEL])
    prepared = prepare(base)
    files = sorted(file for file in folder.rglob("*") if file.is_file())[: 2 * SAMPLE]
    spent: Counter[str] = Counter()
    half = len(files) // 2
    with TemporaryDirectory() as work, SurveyTables(Path(work)) as tables:
        for place, file in enumerate(files):
            for stage, seconds in _stages(model, prepared, file, tables):
                spent[stage] += 1000 * seconds / half if place >= half else 0
    spent["whole"] = spent["read"] + spent["compare"] + spent["positions"] + spent["rest"]
    return spent


def _stages(model: Any, base: Prepared, file: Path, tables: SurveyTables) -> Iterator[tuple[str, float]]:
    content = file.read_bytes()
    start = time.process_time()
    document = read_content(content, file.name)
    read = time.process_time() - start
    witness = witness_of_document("B", file.name, document)
    start = time.process_time()
    compare(base, witness)
    compared = time.process_time() - start
    start = time.process_time()
    positions_of_witness(model.topics, witness)
    placed = time.process_time() - start
    yield from (("read", read), ("compare", compared), ("positions", placed))
    # Once more as a whole; what is then known of the document is known at each stage alike.
    start = time.process_time()
    answer = survey_document(model, ("", content))
    again = time.process_time() - start
    start = time.process_time()
    again_document = read_content(content, file.name)
    compare(base, witness_of_document("B", file.name, again_document))
    positions_of_witness(model.topics, witness)
    yield "rest", again - (time.process_time() - start)
    start = time.process_time()
    tables.add(file.name, file.stem, "", json.loads(answer))
    yield "tables", time.process_time() - start


def _peers(base: Witness, folder: Path) -> Iterator[str]:
    """What a user would put together: difflib over words, and pandoc to read Word."""
    old = " ".join(entry.text for entry in base.readings).split()
    texts = [file.read_text(encoding="utf-8").split() for file in sorted(folder.rglob("*.txt"))[:PEERS]]
    start = time.process_time()
    for text in texts:
        difflib.SequenceMatcher(None, old, text, autojunk=False).get_opcodes()
    yield f"difflib over words, no judgement: {1000 * (time.process_time() - start) / len(texts):.1f} ms a document."
    import pypandoc

    files = sorted((folder.parent / "word").rglob("*.docx"))[:PEERS]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for file in files:
        pypandoc.convert_file(str(file), "plain")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    yield f"pandoc, Word to text: {1000 * spent / len(files):.1f} ms a document."


if __name__ == "__main__":
    main()
