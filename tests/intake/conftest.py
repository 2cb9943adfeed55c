"""The documents that intake is tried on: own-words twins of real policies, and the real ones where they are at hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from policybook.domain.source import SourceDocument
from policybook.intake import read_document
from support.office import make_docx, make_pdf, save_as

_ROOT = Path(__file__).resolve().parent.parent
_REAL = _ROOT.parent.parent / "shared" / "policies"

Read = Callable[[str], SourceDocument]


def every_document() -> list[Path]:
    """The five twins, and the real policies too where their folder lies beside the project."""
    return sorted((_ROOT / "twins").glob("*.txt")) + (sorted(_REAL.glob("*.txt")) if _REAL.is_dir() else [])


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "document_path" in metafunc.fixturenames:
        metafunc.parametrize("document_path", every_document(), ids=lambda path: path.stem)


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a text as if it were a file."""

    def read_text(text: str) -> SourceDocument:
        path = tmp_path / "policy.txt"
        path.write_text(text, encoding="utf-8")
        return read_document(path)

    return read_text


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, str], Path]:
    """Makes the twin of a text once in a session: `docx`, `pdf`, or `resaved`, a Word file that LibreOffice wrote."""
    folder = tmp_path_factory.mktemp("office")

    def make(text: Path, kind: str) -> Path:
        docx, pdf = folder / f"{text.stem}.docx", folder / f"{text.stem}.pdf"
        resaved = folder / f"{text.stem}.resaved.docx"
        if not docx.exists():
            make_docx(text, docx)
        if kind == "pdf" and not pdf.exists():
            make_pdf(docx, pdf)
        if kind == "resaved" and not resaved.exists():
            save_as(docx, resaved)
        return {"docx": docx, "pdf": pdf, "resaved": resaved}[kind]

    return make
