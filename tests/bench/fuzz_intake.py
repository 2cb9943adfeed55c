"""Fuzzing of intake: documents of every format, damaged, then read, made a draft of, and printed as `read` does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pypandoc
from hypothesis import strategies as st

from bench.fuzz_target import PIECES, Case, Target, damaged_bytes, damaged_packages
from policybook.domain.error import UnreadableDocument
from policybook.domain.model import Publisher
from policybook.intake import read_document
from policybook.intake.draft import draft_model
from policybook.render.docx import write_docx
from policybook.render.pdf import write_pdf
from policybook.report.policy import policy_page
from policybook.store import find_template
from policybook.workflow.workspace import open_workspace
from support.office import make_docx, make_pdf
from support.pdf import print_pdf

ROOT = Path(__file__).resolve().parent.parent
_TWINS = ("severn-valley", "three-rivers")
Strategy = st.SearchStrategy[bytes]


def intake_target(kind: str, folder: Path) -> Target:
    """The target for one format; its files are made in `folder`."""
    path = folder / f"case.{kind}"

    def run(case: Case) -> None:
        path.write_bytes(case.content)
        for changes in ("accept", "reject", "keep") if kind == "docx" else ("accept",):
            document = read_document(path, changes)
            assert 0 <= document.coverage <= 1
            assert all(clause.level > 0 for clause in document.clauses)
        draft_model(document, "a/b", "1", Publisher("a", "A", "other"))

    return Target(_strategy(kind, folder).map(Case), run, (UnreadableDocument,))


def _strategy(kind: str, folder: Path) -> Strategy:
    if kind == "text":
        scraps = st.lists(st.sampled_from([*PIECES, "word ", "The staff ", "\n"]), max_size=400)
        return damaged_bytes(_texts()) | scraps.map(lambda pieces: "".join(pieces).encode())
    seeds = _SEEDS[kind](folder)
    return damaged_packages(seeds) if kind in ("docx", "odt") else damaged_bytes(seeds)


def _texts() -> list[bytes]:
    return [path.read_bytes() for path in sorted((ROOT / "twins").glob("*.txt"))]


def _markdown(_folder: Path) -> list[bytes]:
    text = (ROOT / "twins" / "lady-zia-wernher.txt").read_text(encoding="utf-8")
    lines = [f"## {line}" if line.istitle() and len(line) < 50 else line for line in text.splitlines()]
    table = "| Version | <b>Date</b> |\n|---|---|\n| 1\\.0 | 3 May 2024<br>again |\n"
    return ["\n".join(lines[:60]).encode(), f"# Policy\n\n{table}\n1\\. *Staff* \\- [x](y)\n".encode()]


def _word(folder: Path) -> list[bytes]:
    made = [make_docx(ROOT / "twins" / f"{name}.txt", folder / f"{name}.docx").read_bytes() for name in _TWINS]
    return [*made, write_docx(policy_page(_policy()), find_template(ROOT.parent))]


def _pdf(folder: Path) -> list[bytes]:
    """LibreOffice's, ours, and one whose page contents are not packed, so that damage reaches them."""
    word = make_docx(ROOT / "twins" / "severn-valley.txt", folder / "seed.docx")
    office = make_pdf(word, folder / "seed.pdf").read_bytes()
    lines = (ROOT / "twins" / "severn-valley.txt").read_text(encoding="utf-8").splitlines()
    return [office, write_pdf(policy_page(_policy()), find_template(ROOT.parent)), print_pdf(lines[:90])]


def _converted(form: str, folder: Path) -> list[bytes]:
    text = "\n\n".join(_texts()[3].decode().splitlines()[:80])
    out = folder / f"seed.{form}"
    pypandoc.convert_text(text, form, "markdown", outputfile=str(out), extra_args=["--standalone"])
    return [out.read_bytes()]


def _policy():
    return open_workspace(ROOT.parent).policies["three-rivers/acceptable-use"]


_SEEDS: dict[str, Callable[[Path], Sequence[bytes]]] = {
    "markdown": _markdown,
    "docx": _word,
    "pdf": _pdf,
    "html": partial(_converted, "html"),
    "rtf": partial(_converted, "rtf"),
    "odt": partial(_converted, "odt"),
}
TARGETS: dict[str, Callable[[Path], Target]] = {
    kind: partial(intake_target, kind) for kind in ("text", "markdown", "html", "docx", "pdf", "rtf", "odt")
}
