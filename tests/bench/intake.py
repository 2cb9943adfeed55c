"""How long reading takes: `python tests/bench/intake.py`. Prints medians in milliseconds for text, Word and PDF.

The Word and PDF files are made from the own-words twins through LibreOffice; as text the real policies are read too
where their folder lies beside the project. The long files are all twins in one text, the long PDF cut at fifteen pages.
Each file is read in turn, so that nothing is remembered from the read before. Times are those of the processor, so that
what else the machine does counts less; on a machine whose cores are shared they still rise by half or more.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from policybook.intake import read_document  # noqa: E402
from support.office import make_docx, make_pdf  # noqa: E402

REAL = ROOT.parent.parent / "shared" / "policies"
ROUNDS = {"text": 31, "docx": 7, "pdf": 7}
PAGES = 15
TARGETS = {"text": 5.0, "docx": 100.0, "pdf": 250.0}


def main() -> None:
    """Prints a table: format, files, pages of PDFs, median and slowest in milliseconds, target."""
    with tempfile.TemporaryDirectory() as folder:
        files = make_files(Path(folder))
        say("| format | file | words | median ms | slowest ms | target ms |\n|---|---|---|---|---|---|")
        for kind, paths in files.items():
            for path, (median, slowest, words) in zip(paths, measure(paths, ROUNDS[kind]), strict=True):
                say(f"| {kind} | {path.stem} | {words:,} | {median:.1f} | {slowest:.1f} | {TARGETS[kind]:.0f} |")


def make_files(folder: Path) -> dict[str, list[Path]]:
    """The twins and one long policy as text, Word and PDF, and the real policies as text."""
    texts = sorted((ROOT / "twins").glob("*.txt"))
    long_text = folder / f"{PAGES}-pages.txt"
    lines = "\n\n".join(text.read_text(encoding="utf-8") for text in texts).splitlines()
    long_text.write_text("\n".join(lines), encoding="utf-8")
    words = [make_docx(text, folder / f"{text.stem}.docx") for text in (*texts, long_text)]
    long_pdf = cut(make_pdf(words[-1], folder / "all.pdf"), folder / f"{PAGES}-pages.pdf")
    pdfs = [make_pdf(word, folder / f"{word.stem}.pdf") for word in words[:-1]]
    real = sorted(REAL.glob("*.txt")) if REAL.is_dir() else []
    return {"text": [*real, *texts, long_text], "docx": words, "pdf": [*pdfs, long_pdf]}


def cut(pdf: Path, out: Path) -> Path:
    """The first fifteen pages."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as whole, pypdfium2.PdfDocument.new() as part:
        part.import_pages(whole, list(range(min(PAGES, len(whole)))))
        part.save(out)
    return out


def measure(paths: Sequence[Path], rounds: int) -> list[tuple[float, float, int]]:
    """For each file the median and the slowest of all rounds in milliseconds, and its words."""
    times: dict[Path, list[float]] = {path: [] for path in paths}
    counted: dict[Path, int] = {}
    for _ in range(rounds + 1):
        for path in paths:
            start = time.process_time()
            document = read_document(path)
            times[path].append((time.process_time() - start) * 1_000)
            counted[path] = sum(len(clause.text.split()) for clause in document.clauses)
    return [(statistics.median(times[path][1:]), max(times[path][1:]), counted[path]) for path in paths]


def say(line: str) -> None:
    """Prints a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
