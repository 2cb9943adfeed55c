"""Plain text and Markdown as blocks."""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from policybook.domain.error import UnreadableDocument
from policybook.domain.inline import Run, plain
from policybook.domain.model import Marker
from policybook.intake.block import Block, Received, Shape, trim
from policybook.intake.letter import clean_letters, counted_words
from policybook.text.inline import parse_inline

_TAG = re.compile(
    r"</?(p|b|i|u|a|em|strong|ul|ol|li|br|hr|span|div|sup|sub|table|thead|tbody|tr|td|th|font)(?:\s[^<>]*)?/?>", re.I
)
_INLINE_TAGS = {"b", "i", "u", "a", "em", "strong", "span", "sup", "sub", "font"}
_DEAD_LINK = re.compile(r"\[([^\[\]]*)\]\(#[^()\s]*\)")
_LIVE_LINK = re.compile(r"\[([^\[\]]*)\]\((?:https?:|mailto:)[^()\s]*\)", re.I)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6});")
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
_RULE = re.compile(r"\s*(?:-\s*){3,}$|\s*(?:\*\s*){3,}$")
_ITEM = re.compile(r"(\s*)([-*+•▪◦‣·–\uf0b7])\s+(\S.*)$")
_NUMBERED = re.compile(r"\s*(?:\d{1,3}(?:\.\d{1,3})+\.?|\d{1,2}[.)]|\([a-z]{1,4}\)|[a-z]\))\s+\S")
_PIPES = re.compile(r"\s*\|.*\|\s*$")
_UNDER_HEAD = re.compile(r"\s*\|?[\s:|-]*-{2,}[\s:|-]*$")
_BREAK = "\ue000"  # a private character that stands for a line break while the markup is read


def read_plain_text(data: bytes, name: str) -> Received:
    """The blocks of a text file; places are lines counted from 1. Raises UnreadableDocument for another encoding."""
    text, repairs = _decode(data, name)
    lines = text.split("\n")
    blocks = tuple(_read_blocks(lines))
    if _TAG.search(text):
        repairs += ("HTML tags were read as layout; their words are kept",)
    return Received(blocks, tuple(_source_words(lines)), repairs)


def _decode(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    repairs: tuple[str, ...] = ()
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        if wide:
            raise UnreadableDocument("the text is damaged", where=name, mend="save it again as UTF-8") from error
        text = data.decode("cp1252", errors="replace")
        repairs = ("the text is not UTF-8; it was read as Windows-1252, so look at quotation marks and dashes",)
    text, removed = clean_letters(text.replace("\r\n", "\n").replace("\r", "\n"))
    return text, repairs + removed


@dataclass(slots=True)
class _Paragraph:
    """Lines gathered for one block: what it will be, and the lines."""

    shape: Shape
    place: str
    lines: list[str]
    level: int = 0
    marker: Marker = "none"


def _read_blocks(lines: list[str]) -> Iterator[Block]:
    held: _Paragraph | None = None
    index = 0
    while index < len(lines):
        line, place = lines[index], f"line {index + 1}"
        length = _table_length(lines, index)
        alone = None if length else _read_line(line, place, held is not None)
        if held and (length or alone or not line.strip()):
            yield from _finish(held)
            held = None
        if length:
            yield Block("table", place, rows=tuple(_read_rows(lines[index : index + length])))
        elif alone and alone.shape in ("heading", "rule"):
            yield from _finish(alone)
        elif alone:
            held = alone
        elif held:
            held.lines.append(line)
        index += length or 1
    if held:
        yield from _finish(held)


def _read_line(line: str, place: str, is_open: bool) -> _Paragraph | None:
    """The paragraph that this line begins, or None where it goes on with the one before or is blank."""
    if not (bare := line.strip()):
        return None
    if bare[0].isalpha():  # most lines, and none of the marks below
        begins = not is_open or _NUMBERED.match(line)
        return _Paragraph("text", place, [line]) if begins else None
    if bare[0] == "#" and (heading := _HEADING.match(line)):
        return _Paragraph("heading", place, [heading[2]], len(heading[1]))
    if bare[0] in "-*" and _RULE.match(line):
        return _Paragraph("rule", place, [])
    if item := _ITEM.match(line):
        depth = len(item[1].expandtabs(4)) // 2
        return _Paragraph("item", place, [item[3]], depth, "bullet")
    if is_open and not _NUMBERED.match(line):
        return None
    return _Paragraph("text", place, [line])


def _finish(paragraph: _Paragraph) -> Iterator[Block]:
    runs = read_inline("\n".join(paragraph.lines))
    if runs or paragraph.shape == "rule":
        yield Block(paragraph.shape, paragraph.place, runs, paragraph.level, paragraph.marker)


@lru_cache(maxsize=4_096)
def read_inline(text: str) -> tuple[Run, ...]:
    """The runs of Markdown words; line breaks stay, tags that only lay out are left out, dead links are words.

    Kept, because many schools say the same.
    """
    marked = _without_tags(text).replace(_BREAK, "")
    if "\n" in marked:
        marked = f" {_BREAK} ".join(line.strip() for line in marked.split("\n"))
    runs = parse_inline(_DEAD_LINK.sub(r"\1", marked) if "](#" in marked else marked)
    if _BREAK in marked:
        runs = tuple(replace(run, text=re.sub(f" ?{_BREAK} ?", "\n", run.text)) for run in runs)
    return trim(runs)


def _without_tags(text: str) -> str:
    """The words without layout tags; a tag that is no known layout (`<insert name>`) is words."""
    if "<" in text:
        text = _TAG.sub(lambda tag: "" if tag[1].lower() in _INLINE_TAGS else "\n" if tag[1] == "br" else " ", text)
    return html.unescape(text) if "&" in text and _ENTITY.search(text) else text


def _table_length(lines: list[str], index: int) -> int:
    """How many lines from here are one table, with pipes or with tabs; 0 where there is none."""
    if "|" not in lines[index] and "\t" not in lines[index]:
        return 0
    end = index
    while end < len(lines) and _is_pipe_row(lines[end]):
        end += 1
    if end - index > 1:
        return end - index
    end = index
    while end < len(lines) and "\t" in lines[end] and lines[end].strip():
        end += 1
    return end - index if any(map(_is_tab_row, lines[index:end])) else 0


def _is_pipe_row(line: str) -> bool:
    return bool(_PIPES.match(line))


def _is_tab_row(line: str) -> bool:
    """Whether the line has cells parted by tabs; a tab after a number or bullet mark only sets the words apart."""
    cells = [cell.strip() for cell in line.strip().split("\t")]
    marked = len(cells) == 2 and (_ITEM.match(f"{cells[0]} x") or _NUMBERED.match(f"{cells[0]} x"))
    return len(cells) > 1 and not marked


def _read_rows(lines: list[str]) -> Iterator[tuple[str, ...]]:
    for line in lines:
        if _is_pipe_row(line):
            cells = line.strip().strip("|").split("|") if not _UNDER_HEAD.match(line) else []
        else:
            cells = line.split("\t")
        if cells:
            yield tuple(map(_read_cell, cells))


def _read_cell(cell: str) -> str:
    return " ".join(plain(read_inline(cell)).split())


def _source_words(lines: list[str]) -> list[str]:
    """The words of the source, counted without looking at how the blocks were made."""
    text = _without_tags("\n".join(lines))
    text = _LIVE_LINK.sub(r"\1", _DEAD_LINK.sub(r"\1", text))
    return counted_words(re.sub(r"\\(?=[^\w\s])", "", text).replace("_", " "))
