"""Damage for fuzzing: what is done to a document, drawn by Hypothesis so that a failing case can be made smaller."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st
from lxml import etree

PIECES = ["[", "]", "(", "{{ x }}", "{{", "|", "\t", "\n\n", "# ", "1.1 ", "1.1.1.1.1.1 ", "(a) ", "- ", "____", "\u202e",
          "\x00", "*", "**", "OR", "Appendix A", "under 19", "Autumn 2026", "<b>", "</td>", "&amp;", "&#0;", "\ue000", "é",
          "𝔸", "\r", "…", "\\", "{", "}", "-1", "999999999999", "\u2028", "\ud7ff", "²", "٣", " " * 500]  # fmt: skip
_EDIT = st.tuples(
    st.integers(0, 5), st.integers(0, 1 << 22), st.integers(1, 400), st.sampled_from(PIECES) | st.text(max_size=8)
)
_MOST_DOUBLED = 300
Edit = tuple[int, int, int, str]
"""What is done, where (taken modulo the length), how far it reaches, and words to put in."""
edits = st.lists(_EDIT, min_size=1, max_size=6)


@dataclass(frozen=True, slots=True)
class Case:
    """One case: its bytes, as kept in a file, and whatever else the target needs to run it."""

    content: bytes = field(repr=False)
    data: Any = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Target:
    """What is fuzzed: `run` must end in order or in one of `refusals`."""

    cases: st.SearchStrategy[Case]
    run: Callable[[Case], None]
    refusals: tuple[type[Exception], ...] = ()


def damaged_bytes(seeds: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """One of the documents with a few changes to its bytes."""
    return st.tuples(_one_of(seeds), edits).map(lambda drawn: damage(*drawn))


def damaged_packages(seeds: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """One of the zip packages with changes in the elements of one part (mostly the text itself), or in its bytes."""
    part = st.integers(0, 400).map(lambda drawn: -1 if drawn < 300 else drawn - 300)
    inside = st.tuples(_one_of(seeds), part, edits, st.booleans()).map(lambda drawn: _damage_part(*drawn))
    return inside | inside | inside | damaged_bytes(seeds)


def _one_of(seeds: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """One of the documents, drawn by its place: Hypothesis prints what it draws from."""
    return st.integers(0, len(seeds) - 1).map(lambda index: seeds[index])


def damage(data: bytes, changes: Sequence[Edit]) -> bytes:
    """The bytes with pieces put in, cut out, changed, doubled or exchanged."""
    changed = bytearray(data)
    for kind, where, size, piece in changes:
        place = where % (len(changed) + 1)
        if kind == 0:
            changed[place:place] = piece.encode("utf-8", "replace")
        elif kind == 1:
            del changed[place : place + size]
        elif kind == 2:
            changed[place : place + 1] = bytes([size % 256])
        elif kind == 3:
            changed[place:place] = changed[place : place + size] * (size % 20)
        elif kind == 4:
            changed[place : place + size], changed[:size] = changed[:size], changed[place : place + size]
        elif size > 350:
            del changed[place:]
    return bytes(changed)


def _damage_part(data: bytes, part: int, changes: Sequence[Edit], as_bytes: bool) -> bytes:
    """The package with one part damaged: the body of the text where `part` is -1."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        bodies = [name for name in names if name.endswith(("document.xml", "content.xml"))]
        chosen = bodies[0] if part < 0 else names[part % len(names)]
        for name in names:
            content = old.read(name)
            if name == chosen:
                is_xml = name.endswith((".xml", ".rels")) and not (as_bytes and part % 3 == 0)
                content = damage_tree(content, changes) if is_xml else damage(content, changes)
            new.writestr(name, content)
    return stream.getvalue()


def damage_tree(content: bytes, changes: Sequence[Edit]) -> bytes:
    """Well-formed XML with elements taken out, doubled, moved, nested, and attributes and words changed."""
    root = etree.fromstring(content)
    for kind, where, size, piece in changes:
        elements = [element for element in root.iter() if isinstance(element.tag, str)]
        one, other = elements[where % len(elements)], elements[(where + size) % len(elements)]
        _change(one, other, kind, size, "".join(letter for letter in piece if letter.isprintable()))
    return etree.tostring(root)


def _change(one: etree._Element, other: etree._Element, kind: int, size: int, words: str) -> None:
    parent = one.getparent()
    if kind == 0 and one.attrib:
        one.set(sorted(map(str, one.attrib))[size % len(one.attrib)], words)
    elif kind == 1 and parent is not None:
        parent.remove(one)
    elif kind == 2:
        one.text = words * (size % 40)
    elif kind == 3 and parent is not None and sum(1 for _ in one.iter()) < _MOST_DOUBLED:
        for _ in range(size % 5):
            one.addnext(etree.fromstring(etree.tostring(one, with_tail=False)))
    elif one not in other.iterancestors() and one is not other and one.getparent() is not None:
        (other.append if kind == 4 else other.addnext if other.getparent() is not None else other.append)(one)
