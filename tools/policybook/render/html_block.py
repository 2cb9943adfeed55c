"""Blocks of a page as HTML, except tables: lists that are lists, printed numbers, margin notes, forms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count, groupby

from policybook.domain.model import FormField
from policybook.domain.page import Block, Callout, Contents, Form, Heading, Page, PageBreak, Paragraph, Table
from policybook.render.html_anchor import find_anchors, heading_ids
from policybook.render.html_table import print_table
from policybook.render.html_words import Inline, LinkResolver, escape_attribute, escape_words, hidden_words, print_runs

_DEEPEST = 8


def print_pieces(page: Page, resolve_link: LinkResolver) -> Iterator[Heading | str]:
    """The page in reading order: headings as they are, and the HTML of all blocks between two headings as one piece.

    Every piece is one line. Raises RenderError where ids of the page are unsafe or doubled.
    """
    inline = page_inline(page, resolve_link)
    names = (f"pb-table-{index}" for index in count(1))
    for is_heading, blocks in groupby(page.blocks, key=lambda block: isinstance(block, Heading)):
        if is_heading:
            yield from (block for block in blocks if isinstance(block, Heading))
        elif inner := "".join(_print_group(list(blocks), page, inline, names)):
            yield inner


def page_inline(page: Page, resolve_link: LinkResolver) -> Inline:
    """How the runs of this page are printed."""
    return Inline(resolve_link, find_anchors(page))


def print_heading_words(heading: Heading, inline: Inline) -> str:
    """What stands inside a heading: its number, then its words; empty where it has neither."""
    number = f'<span class="pb-number">{inline.escape(heading.number)}</span> ' if heading.number else ""
    return (number + print_runs(heading.runs, inline)).strip()


def page_classes(page: Page) -> str:
    """The classes of the page's root (or of each of its pieces), which style sheets go by."""
    asides = any(isinstance(block, Paragraph) and block.aside for block in page.blocks)
    return " ".join(["pb", *(["pb-asides"] if asides else []), *(["pb-wide"] if page.landscape else [])])


def heading_level(heading: Heading) -> int:
    """1 is the page's title, so a part is 2; HTML knows six."""
    return min(max(heading.level, 1) + 1, 6)


def _print_group(blocks: list[Block], page: Page, inline: Inline, names: Iterator[str]) -> Iterator[str]:
    """Neighbouring paragraphs go together, since lists are made of several."""
    for is_paragraph, group in groupby(blocks, key=lambda block: isinstance(block, Paragraph)):
        if is_paragraph:
            yield from _print_paragraphs([block for block in group if isinstance(block, Paragraph)], inline)
        else:
            yield from (_print_block(block, page, inline, names) for block in group)


def _print_block(block: Block, page: Page, inline: Inline, names: Iterator[str]) -> str:
    match block:
        case Table():
            return print_table(block, inline, next(names))
        case Form():
            return _print_form(block)
        case Callout():
            return (
                f'<div class="pb-callout" role="note"{_id(block.anchor)}><p class="pb-callout-label">'
                f"{escape_words(block.label)}</p><p>{print_runs(block.runs, inline)}</p></div>"
            )
        case Contents():
            return _print_contents(block, page)
        case PageBreak():
            return '<div class="pb-break"></div>'
        case Heading() | Paragraph():
            raise TypeError("headings and paragraphs are printed in groups")


def _print_contents(block: Contents, page: Page) -> str:
    ids = heading_ids(page)
    unlinked = Inline(_no_link, frozenset())
    headings = [found for found in page.blocks if isinstance(found, Heading)]
    lines = "".join(
        f'<li><a href="#{escape_attribute(name)}">{print_heading_words(heading, unlinked)}</a></li>'
        for heading, name in zip(headings, ids, strict=True)
        if heading.level == 1
    )
    title = escape_attribute(block.title)
    return (
        f'<nav class="pb-contents" aria-label="{title}"><p class="pb-contents-title">{title}</p>'
        f'<ol role="list">{lines}</ol></nav>'
    )


def _no_link(_: str) -> None:
    """Words inside a link hold no second link."""
    return


def _print_paragraphs(paragraphs: Sequence[Paragraph], inline: Inline) -> Iterator[str]:
    for is_listed, group in groupby(paragraphs, key=lambda paragraph: paragraph.marker != "none"):
        if is_listed:
            yield from _print_lists(list(group), inline)
        else:
            yield from (_print_plain(paragraph, inline) for paragraph in group)


def _print_plain(paragraph: Paragraph, inline: Inline) -> str:
    inner = _print_aside(paragraph) + _print_number(paragraph) + print_runs(paragraph.runs, inline)
    return f'<p class="pb-clause{_depth_class(paragraph)}"{_id(paragraph.anchor)}>{inner}</p>'


def _print_lists(items: list[Paragraph], inline: Inline, *, inner: bool = False) -> Iterator[str]:
    """Lists of listed paragraphs; deeper ones go inside the one before them. A list ends where bullets turn to numbers.

    An item less deep than the first cannot stand in the first one's list, so a new list begins there.
    """
    while items:
        depth = _depth(items[0])
        end = next((place for place, item in enumerate(items) if _depth(item) < depth), len(items))
        indent = "" if inner else _depth_class(items[0])
        entries = _split_entries(items[:end], depth)
        for is_bullet, group in groupby(entries, key=lambda entry: entry[0].marker == "bullet"):
            lines = "".join(_print_entry(entry, inline) for entry in group)
            yield _print_list(lines, indent, is_bullet=is_bullet)
        items = items[end:]


def _print_list(lines: str, indent: str, *, is_bullet: bool) -> str:
    if is_bullet:
        return f'<ul class="pb-bullets{indent}">{lines}</ul>'
    # The role is not redundant: without a list style, Safari stops telling its users that this is a list.
    return f'<ol class="pb-numbered{indent}" role="list">{lines}</ol>'


def _split_entries(items: list[Paragraph], depth: int) -> list[tuple[Paragraph, list[Paragraph]]]:
    entries: list[tuple[Paragraph, list[Paragraph]]] = []
    for item in items:
        if _depth(item) == depth or not entries:
            entries.append((item, []))
        else:
            entries[-1][1].append(item)
    return entries


def _print_entry(entry: tuple[Paragraph, list[Paragraph]], inline: Inline) -> str:
    item, below = entry
    words = _print_aside(item) + _print_number(item) + print_runs(item.runs, inline)
    return f'<li class="pb-clause"{_id(item.anchor)}>{words}{"".join(_print_lists(below, inline, inner=True))}</li>'


def _print_number(paragraph: Paragraph) -> str:
    if not paragraph.number or paragraph.marker == "bullet":
        return ""
    # The space is for copies and screen readers; inside the box, it does not push the first line out of line.
    return f'<span class="pb-number">{escape_words(paragraph.number)} </span>'


def _print_aside(paragraph: Paragraph) -> str:
    """Before the words, so that it stands level with their first line in the margin."""
    if not paragraph.aside:
        return ""
    return f'<span class="pb-aside">{escape_words(paragraph.aside)}{hidden_words(": ")}</span>'


def _print_form(form: Form) -> str:
    lines = "".join(_print_field(field) for field in form.fields)
    return f'<ul class="pb-form" role="list"{_id(form.anchor)}>{lines}</ul>'


def _print_field(field: FormField) -> str:
    label = escape_words(field.label)
    if field.type == "tick":
        return f'<li class="pb-field-tick"><span aria-hidden="true">☐</span> {label}</li>'
    return f'<li class="pb-field-{field.type}"><span class="pb-label">{label}</span><span class="pb-line"></span></li>'


def _depth(paragraph: Paragraph) -> int:
    return min(max(paragraph.depth, 0), _DEEPEST)


def _depth_class(paragraph: Paragraph) -> str:
    depth = _depth(paragraph)
    return f" pb-depth-{depth}" if depth else ""


def _id(anchor: str | None) -> str:
    return f' id="{escape_attribute(anchor)}"' if anchor else ""
