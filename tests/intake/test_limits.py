"""Hostile and broken files on the command line, as a user meets them: a clear error, soon, in little memory.

Each runs in a process of its own, whose memory and time (those of the converters too) are taken from the system.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from intake.test_refused import REFUSED, W, _package

pytest.importorskip("resource", reason="memory of a process is told by the system only on Linux and macOS")

SECONDS, MEGABYTES = 10, 500
_RUN = """
import json, resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", "policybook", "read", *sys.argv[1:]], capture_output=True, text=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
unit = 1 if sys.platform == "darwin" else 1024
seconds = used.ru_utime + used.ru_stime
print(json.dumps([done.returncode, done.stdout, done.stderr, seconds, used.ru_maxrss * unit]))
"""


def _one_paragraph(path: Path) -> None:
    path.write_bytes(b"Staff keep to it. " * 6_000_000)


def _one_word_paragraph(path: Path) -> None:
    """A hundred megabytes in one paragraph of a Word file; zipped they are hardly any."""
    text = "Staff keep to it. " * 6_000_000
    _package(path, f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>')


def _one_stored_paragraph(path: Path) -> None:
    """Just under what a part may hold, and not packed, so that no ratio tells."""
    text = "Staff keep to it. " * 2_000_000
    _package(path, f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>')
    _unpack(path)


def _unpack(path: Path) -> None:
    """Writes a package again without packing its parts."""
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as stored:
        for name, content in parts.items():
            stored.writestr(name, content)


def _many_lines(path: Path) -> None:
    path.write_bytes(b"Staff keep to this rule at any time of the day.\n\n" * 80_000)


def _many_word_paragraphs(path: Path) -> None:
    body = "<w:p><w:r><w:t>Staff keep to this rule.</w:t></w:r></w:p>" * 100_000
    _package(path, f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
    _unpack(path)


def _nested_brackets(path: Path) -> None:
    path.write_bytes(b"<html><body>" + b"<div><ul><li>" * 60_000 + b"x</body></html>")


def _nested_groups(path: Path) -> None:
    path.write_bytes(rb"{\rtf1\ansi " + b"{" * 400_000 + b"x" + b"}" * 400_000 + b"}")


def _open_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", b"<a>" * 10_000_000)


def _locked_pdf(path: Path) -> None:
    key = "<" + "5a" * 32 + ">"
    path.write_text(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
        f"4 0 obj<</Filter/Standard/V 1/R 2/P -4/O {key}/U {key}>>endobj\n"
        f"trailer<</Root 1 0 R/Encrypt 4 0 R/ID[{key}{key}]>>\n%%EOF\n"
    )


def _many_pages(path: Path) -> None:
    document = pdfium.PdfDocument.new()
    for _ in range(401):
        document.new_page(595, 842)
    document.save(str(path))


HOSTILE: dict[str, tuple[Callable[[Path], object], str]] = {
    **REFUSED,
    "100-megabytes.txt": (_one_paragraph, "larger than 40 MB"),
    "100-megabytes.docx": (_one_word_paragraph, "zip bomb"),
    "36-megabytes.docx": (_one_stored_paragraph, "far more in one piece"),
    "lines.txt": (_many_lines, "20,000 paragraphs"),
    "lines.docx": (_many_word_paragraphs, "20,000 paragraphs"),
    "nested.html": (_nested_brackets, "cannot be read"),
    "nested.rtf": (_nested_groups, "cannot be read"),
    "bomb.odt": (_open_bomb, "zip bomb"),
    "locked.pdf": (_locked_pdf, "password"),
    "pages.pdf": (_many_pages, "401 pages"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_soon_in_little_memory_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    make, reason = HOSTILE[name]
    path = tmp_path / name
    make(path)
    before = sorted(tmp_path.rglob("*"))
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", _RUN, str(path)], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    code, out, error, seconds, memory = json.loads(done.stdout)
    assert (code, out) == (2, "")
    assert reason in error
    assert "Traceback" not in error
    assert seconds < SECONDS, f"{seconds:.1f} s of the processor, {time.monotonic() - start:.1f} s by the clock"
    assert memory < MEGABYTES * 1_000_000, f"{memory / 1e6:.0f} MB"
    assert sorted(tmp_path.rglob("*")) == before


def test_a_word_file_that_points_outside_is_read_without_following(tmp_path: Path) -> None:
    """A picture, a template and a part that lie at an address: none is asked for, the words are read."""
    path = tmp_path / "outside.docx"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    pointers = "".join(
        f'<Relationship Id="{name}" Type="{kind}/{name}" Target="http://192.0.2.1/x" TargetMode="External"/>'
        for name in ("image", "attachedTemplate", "footnotes", "numbering")
    )
    _package(path, f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>Be kind.</w:t></w:r></w:p></w:body></w:document>')
    with zipfile.ZipFile(path, "a") as package:
        space = "http://schemas.openxmlformats.org/package/2006/relationships"
        package.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{space}">{pointers}</Relationships>')
    done = subprocess.run(
        [sys.executable, "-c", _RUN, str(path)], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    code, out, _, seconds, _ = json.loads(done.stdout)
    assert code == 0
    assert "Be kind." in out
    assert seconds < SECONDS
