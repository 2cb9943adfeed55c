"""Which format a file has, by its content; what cannot be read is refused with a reason."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from policybook.domain.error import UnreadableDocument
from policybook.domain.source import ChangeReading
from policybook.intake.block import Received
from policybook.intake.plain_text import read_plain_text

_LARGEST = 40_000_000
_LARGEST_TEXT = 5_000_000
_READABLE = "policybook reads Word (.docx), PDF, plain text and Markdown, and OpenDocument, RTF and HTML"
_ODT = b"application/vnd.oasis.opendocument.text"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MESSAGE = "__substg1.0_".encode("utf-16-le")
"""Begins the names of the parts of an Outlook message (MS-OXMSG 2.2)."""
_LETTER_HEAD = re.compile(rb"(?:[A-Za-z][A-Za-z-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)*MIME-Version:", re.IGNORECASE)
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"II*\x00", b"MM\x00*", b"GIF8")
_HEAD = 2_048
_CONTROL = bytes(byte for byte in range(32) if byte not in b"\t\n\r\x0c\x1b")
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_blocks(path: Path, changes: ChangeReading = "accept") -> Received:
    """The blocks of the file, tracked changes of Word taken as asked.

    Raises UnreadableDocument saying what is wrong and what can be read.
    """
    return blocks_of(read_bytes(path), path.name, changes)


def blocks_of(data: bytes, name: str, changes: ChangeReading = "accept") -> Received:
    """The same for the bytes of a file, `name` being what to call it. Raises UnreadableDocument."""
    if not data.strip(b"\x00\xef\xbb\xbf \t\r\n"):
        raise UnreadableDocument("the file is empty", where=name, mend="ask for it again")
    head = data[:_HEAD]
    if b"%PDF-" in head[:1_024]:
        from policybook.intake.pdf import read_pdf

        return read_pdf(data, name)
    if head.startswith(b"PK"):
        return _read_zip(data, name, changes)
    if head.startswith(_OLE):
        raise _refuse_old_word(data, name)
    if head.startswith(b"{\\rtf"):
        return _convert(data, "rtf", name)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html")):
        return _convert(data, "html", name)
    return _read_text(data, name)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file that may be a policy. Raises UnreadableDocument where it is none, too large, or locked."""
    try:
        if path.is_dir():
            raise UnreadableDocument("this is a folder", where=str(path), mend="name one document in it")
        if not path.exists():
            raise UnreadableDocument("there is no such file", where=str(path), mend="look at the spelling of the path")
        if not path.is_file():
            raise UnreadableDocument("this is no ordinary file", where=str(path), mend=_READABLE)
        if path.stat().st_size > _LARGEST:
            raise UnreadableDocument(
                f"it is larger than {_LARGEST // 1_000_000} MB",
                where=path.name,
                mend="save it without its pictures",
            )
        return path.read_bytes()
    except OSError as error:
        raise UnreadableDocument(
            f"it cannot be opened ({error.strerror})", where=str(path), mend="close it elsewhere, or ask for access"
        ) from error


def _read_zip(data: bytes, name: str, changes: ChangeReading) -> Received:
    from policybook.intake.package import Package
    from policybook.intake.word import read_word

    package = Package(data, name)
    parts = package.parts()
    if "[Content_Types].xml" in parts and any(part.startswith("word/") for part in parts):
        return read_word(data, name, changes)
    if "mimetype" in parts and package.read("mimetype").strip() == _ODT:
        return _convert(data, "odt", name)
    kinds = {"xl/": "a spreadsheet", "ppt/": "a slide show"}
    kind = next(
        (said for folder, said in kinds.items() if any(part.startswith(folder) for part in parts)), "a zip file"
    )
    raise UnreadableDocument(f"this is {kind}, not a text document", where=name, mend=_READABLE)


def _refuse_old_word(data: bytes, name: str) -> UnreadableDocument:
    if _LOCKED in data:
        return UnreadableDocument("it is locked with a password", where=name, mend="ask for a copy without one")
    if _MESSAGE in data:
        return _refuse_message(name)
    return UnreadableDocument(
        "this is an old Office file (.doc, .xls or the like)",
        where=name,
        mend="open it in the program it is of, and save it anew: a text as .docx, a sheet as .xlsx",
    )


def _refuse_message(name: str) -> UnreadableDocument:
    mend = "open it in your mail program and save what is attached"
    return UnreadableDocument("this is an e-mail, not the document in it", where=name, mend=mend)


def _convert(data: bytes, form: str, name: str) -> Received:
    from policybook.intake.convert import read_converted

    return read_converted(data, form, name)


def _read_text(data: bytes, name: str) -> Received:
    if data.startswith(_PICTURES):
        mend = "ask for the document it was taken of, or make it text with a program for scanned pages (OCR)"
        raise UnreadableDocument("this is a picture, without words that can be read", where=name, mend=mend)
    if _LETTER_HEAD.match(data):
        raise _refuse_message(name)
    if not data.startswith(_WIDE) and b"\x00" in data:
        raise UnreadableDocument("this is no text document", where=name, mend=_READABLE)
    if not data.startswith(_WIDE) and _mostly_control(data[:_HEAD]):
        raise UnreadableDocument("this is no text document", where=name, mend=_READABLE)
    if len(data) > _LARGEST_TEXT:
        raise UnreadableDocument(
            f"it holds more than {_LARGEST_TEXT // 1_000_000} MB of text", where=name, mend="name one policy, not a log"
        )
    return read_plain_text(data, name)


def _mostly_control(head: bytes) -> bool:
    """Whether the first bytes hold more control letters than any text does."""
    control = len(head) - len(head.translate(None, _CONTROL))
    return control > max(8, len(head) // 50)
