"""OpenDocument, RTF and HTML, turned into DOCX by pandoc in its sandbox and then read as such."""

from __future__ import annotations

import subprocess  # nosec: pandoc from the wheel, fixed arguments, no shell
from dataclasses import replace

import pypandoc

from policybook.domain.error import UnreadableDocument
from policybook.intake.block import Received
from policybook.intake.package import Package
from policybook.intake.word import read_word

_SECONDS = 7
_LARGEST = 10_000_000
_NAMES = {"odt": "OpenDocument", "rtf": "RTF", "html": "HTML"}
_MEND = "save it in Word as .docx and read that"


def read_converted(data: bytes, form: str, name: str) -> Received:
    """The blocks of an ODT, RTF or HTML file; places are paragraphs. Raises UnreadableDocument.

    pandoc may read no other file and no address (`--sandbox`), and has 320 MB and 7 seconds: a hostile file can make
    it take all memory otherwise.
    """
    if form == "odt":
        Package(data, name)
    if len(data) > _LARGEST:
        raise UnreadableDocument(f"it is larger than {_LARGEST // 1_000_000} MB", where=name, mend=_MEND)
    command = [pypandoc.get_pandoc_path(), "+RTS", "-M320m", "-RTS", "--sandbox", "-f", form, "-t", "docx", "-o", "-"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_SECONDS, check=True)  # noqa: S603
    except (subprocess.SubprocessError, OSError) as error:
        raise UnreadableDocument(f"this {_NAMES[form]} file cannot be read", where=name, mend=_MEND) from error
    received = read_word(done.stdout, name)
    said = f"this {_NAMES[form]} file was turned into Word's format first; headers and footers are not read"
    return replace(received, repairs=(said, *received.repairs))
