"""Zip packages (DOCX, ODT) opened with limits: size, expansion, parts, no DOCTYPE, no entities, no network."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from policybook.domain.error import UnreadableDocument

_LARGEST_UNPACKED = 120_000_000
_LARGEST_PART = 40_000_000
_LARGEST_RATIO = 300
_SMALL_PART = 1_000_000
_MOST_PARTS = 4_000
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
)  # fmt: skip


class Package:
    """A zip package that passed the limits; parts are read one by one and never written to disk."""

    def __init__(self, data: bytes, name: str) -> None:
        """Raises UnreadableDocument for a damaged or locked package, or one that would unpack to too much."""
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
            raise UnreadableDocument("the file is damaged", where=name, mend="ask for it again") from error
        self._check_limits()

    def parts(self) -> list[str]:
        """The names of all parts."""
        return self._zip.namelist()

    def read(self, part: str) -> bytes:
        """The bytes of a part; empty where there is none."""
        try:
            return self._zip.read(part)
        except KeyError:
            return b""
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
            ValueError,
            OSError,
        ) as error:
            raise UnreadableDocument(f"its part {part} is damaged", where=self.name, mend="ask for it again") from error

    def xml(self, part: str) -> etree._Element | None:
        """The root of an XML part; None where there is none. Raises UnreadableDocument for a DOCTYPE or broken XML."""
        data = self.read(part)
        if not data:
            return None
        if b"<!DOCTYPE" in data:
            raise self._has_doctype(part)
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        try:
            root = etree.fromstring(data, _parser())
        except (etree.XMLSyntaxError, ValueError) as error:
            if "huge" in str(error).lower() and "depth" not in str(error).lower():
                what = f"its part {part} holds far more in one piece than a policy does"
                raise UnreadableDocument(what, where=self.name, mend="name one policy, not a collection") from error
            raise UnreadableDocument(f"its part {part} is damaged", where=self.name, mend="ask for it again") from error
        if root.getroottree().docinfo.doctype:  # in an encoding in which the bytes above do not show it
            raise self._has_doctype(part)
        return root

    def relations(self, part: str) -> Iterator[tuple[str, str, str, bool]]:
        """Id, last word of the type, target and whether it is external, for each relation of a part."""
        folder, file = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
        for relation in root.iter(_RELATIONS) if root is not None else ():
            target = relation.get("Target", "")
            external = relation.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join(folder, target)) if target[:1] != "/" else target[1:]
            yield relation.get("Id", ""), relation.get("Type", "").rsplit("/", 1)[-1], target, external

    def _has_doctype(self, part: str) -> UnreadableDocument:
        what = f"its part {part} declares a DOCTYPE, which no word processor writes"
        return UnreadableDocument(what, where=self.name, mend="do not open it; ask the sender to save it again")

    def _check_limits(self) -> None:
        infos = self._zip.infolist()
        unpacked = sum(info.file_size for info in infos)
        swollen = any(
            info.file_size > _LARGEST_PART
            or (info.file_size > _SMALL_PART and info.file_size > _LARGEST_RATIO * max(1, info.compress_size))
            for info in infos
            if not info.filename.lower().endswith((".png", ".jpg", ".jpeg", ".emf", ".wmf", ".tif", ".tiff", ".bmp"))
        )
        if len(infos) > _MOST_PARTS or unpacked > _LARGEST_UNPACKED or swollen:
            raise UnreadableDocument(
                "it would unpack to far more than a policy holds, as a zip bomb does",
                where=self.name,
                mend="do not open it; ask the sender for a plain copy",
            )
        if any(info.flag_bits & 1 for info in infos):
            raise UnreadableDocument("it is locked with a password", where=self.name, mend="ask for a copy without one")


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True
    )
