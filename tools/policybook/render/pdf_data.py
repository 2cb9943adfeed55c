"""What the PDF template is given: the page tree as plain data, every word printable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any

from policybook.domain.inline import Run, plain
from policybook.domain.page import Block, Callout, Cell, Contents, Form, Heading, Page, PageBreak, Paragraph, Table
from policybook.render.paper import (
    LEGEND,
    TONES,
    anchors_of,
    column_shares,
    has_changes,
    label_of,
    leads_on,
    readable,
    row_anchor,
    row_tone,
    table_rows,
    titled,
    web_target,
    with_signs,
)
from policybook.render.pdf_font import printable

IDENTITY = ("policy", "model", "version", "status", "exact")
"""Properties that become keywords ("policy: school/policy"), for lack of fields of their own in a PDF."""

_STEP = 39.7
_INNER_STEP = 28.4
_DIGIT = 6.4
"""Points: where the words after a number begin (1.4 cm, 1 cm), and the width of one of its characters at 12 pt."""

_LONG_LABEL = 34
"""Characters of a form's label beyond which its line begins after it, not in the column of the others."""

_FITS = 18
_SMALL_TABLE = 10
"""Lines that are kept on one page: of a row or callout, of a whole table. typst sets what is kept together and higher
than a page beyond its edge, where nobody sees it, so anything longer may break."""

_LINE = 75
"""Characters of the narrowest print on a line as wide as an upright page, at the least."""

_LONG_WORD = re.compile(r"[^\W_]{22,}|\S{30,}")
"""A word that may be longer than its column (an address, a Welsh place name): it would run into the next column."""

Data = dict[str, Any]


def pdf_data(page: Page) -> Data:
    """The page as `policy.typ` reads it. Raises RenderError if the page has no title."""
    language, *subtags = page.language.split("-")
    return {
        "title": printable(titled(page)),
        "subject": printable(page.subject),
        "header": printable(page.header),
        "footer": printable(page.footer),
        "author": [printable(value) for name, value in page.properties if name == "author"],
        "keywords": [f"{name}: {printable(value)}" for name, value in page.properties if name in IDENTITY],
        "language": language.lower() or "en",
        "region": next((one.upper() for one in subtags if len(one) == 2), ""),
        "landscape": page.landscape,
        "blocks": list(_Gatherer(anchors_of(page)).blocks(page.blocks)),
    }


class _Gatherer:
    """Turns blocks into data; each anchor is set once, as a link to a place that is there twice cannot be made."""

    def __init__(self, anchors: Iterable[str]) -> None:
        self._anchors = frozenset(anchor for anchor in anchors if anchor)
        self._set: set[str] = set()
        self._level = 0

    def blocks(self, blocks: Iterable[Block]) -> Iterator[Data]:
        legend = True
        for depth, group in groupby(blocks, key=_list_depth):
            for neighbours in [tuple(group)] if depth is not None else ((block,) for block in group):
                if legend and any(map(has_changes, neighbours)):
                    legend = False
                    yield {"type": "legend", "runs": self._runs(LEGEND)}
                yield self._block(neighbours[0]) if depth is None else self._bullets(neighbours, depth)

    def _bullets(self, neighbours: tuple[Block, ...], depth: int) -> Data:
        items = [self._words(block) for block in neighbours if isinstance(block, Paragraph)]
        return {"type": "bullets", "depth": depth, "items": items}

    def _block(self, block: Block) -> Data:
        match block:
            case Heading():
                return self._heading(block)
            case Paragraph():
                return self._clause(block)
            case Table():
                return self._table(block)
            case Form():
                return self._form(block)
            case Callout():
                return self._callout(block)
            case Contents():
                return {"type": "contents", "title": printable(block.title)}
            case PageBreak():
                return {"type": "break"}

    def _heading(self, heading: Heading) -> Data:
        """PDF/UA-1 (7.4.2) allows no level to be skipped on the way down, whatever the page tree says."""
        self._level = min(max(heading.level, 1), self._level + 1)
        number, anchor = printable(heading.number or ""), self._anchor(heading.anchor)
        words = tuple(replace(run, text=" ".join(run.text.split("\n"))) for run in heading.runs)
        runs = self._runs(words) or [{"s": "–"}]
        return {"type": "heading", "level": self._level, "number": number, "anchor": anchor, "runs": runs}

    def _clause(self, clause: Paragraph) -> Data:
        number = printable(clause.number or "")
        hang = max(_INNER_STEP if clause.depth else _STEP, len(number) * _DIGIT + 6)
        return {
            "type": "clause", "number": number, "hang": hang, "depth": min(max(clause.depth, 0), 8),
            "sticky": leads_on(clause.runs), **self._words(clause),
        }  # fmt: skip

    def _callout(self, callout: Callout) -> Data:
        words = {"label": printable(label_of(callout)), "runs": self._runs(callout.runs)}
        fits = _lines(callout.runs, 1) <= _FITS
        return {"type": "callout", "anchor": self._anchor(callout.anchor), "together": fits, **words}

    def _words(self, clause: Paragraph) -> Data:
        anchor = self._anchor(clause.anchor)
        return {"runs": self._runs(clause.runs), "aside": printable(clause.aside), "anchor": anchor}

    def _table(self, table: Table) -> Data:
        shares = column_shares(table)
        is_control = table.layout == "control"
        head = [_breakable(printable(words)) for words in table.head] if not is_control else []
        rows = [self._row(table, place, row, shares) for place, row in enumerate(table_rows(table))]
        return {
            "type": "table",
            "caption": printable(table.caption),
            "control": is_control,
            "shares": shares,
            "head": head + [""] * (len(shares) - len(head)) if head else [],
            "rows": rows,
            "together": sum(row["lines"] for row in rows) <= _SMALL_TABLE,
        }

    def _row(self, table: Table, place: int, row: tuple[Cell, ...], shares: tuple[float, ...]) -> Data:
        lines = max(
            sum(_lines(runs, share) for runs in cell.paragraphs) for cell, share in zip(row, shares, strict=True)
        )
        tone, is_control = row_tone(table, place), table.layout == "control"
        cells = [
            {
                "paragraphs": [[_in_column(run) for run in self._runs(runs)] for runs in cell.paragraphs],
                "fill": TONES.get(cell.tone, tone),
                "heading": cell.heading or (is_control and column == 0),
            }
            for column, cell in enumerate(row)
        ]
        anchor = self._anchor(row_anchor(table, place))
        return {"anchor": anchor, "cells": cells, "lines": lines, "together": lines <= _FITS}

    def _form(self, form: Form) -> Data:
        labels = [printable(one.label) for one in form.fields]
        fields = [
            {"label": label, "type": one.type, "long": len(label) > _LONG_LABEL}
            for label, one in zip(labels, form.fields, strict=True)
        ]
        column = max((len(label) for label in labels if len(label) <= _LONG_LABEL), default=0) * 5.7 + 12
        data = {"type": "form", "fields": fields, "column": column, "together": len(fields) <= _SMALL_TABLE}
        return data | {"anchor": self._anchor(form.anchor)}

    def _anchor(self, anchor: str | None) -> str:
        if not anchor or anchor in self._set:
            return ""
        self._set.add(anchor)
        return _label(anchor)

    def _runs(self, runs: tuple[Run, ...]) -> list[Data]:
        return [self._run(run) for run in with_signs(runs) if run.text or run.blank]

    def _run(self, run: Run) -> Data:
        data: Data = {"s": printable(run.text or f"[{run.parameter or 'not filled in'}]")}
        data |= {key: True for key, wanted in (("b", run.bold), ("i", run.italic), ("blank", run.blank)) if wanted}
        if run.mark != "none":
            data["mark"] = run.mark
        if run.link and run.link.startswith("#") and run.link[1:] in self._anchors:
            data["to"] = _label(run.link[1:])
        elif target := web_target(run.link):
            data["url"] = target
        return data


def _lines(runs: tuple[Run, ...], share: float) -> int:
    """Lines that the words take in a column with this share of the page, rather too many than too few."""
    words = readable(plain(runs))
    return 1 + words.count("\n") + int(len(words) / (share * _LINE))


def _in_column(run: Data) -> Data:
    return run | {"s": _breakable(run["s"])}


def _breakable(words: str) -> str:
    """The words with an unseen place to break after each letter of those that are very long."""
    return _LONG_WORD.sub(lambda found: "\u200b".join(found[0]), words)


def _label(anchor: str) -> str:
    """The name of a place inside the PDF; any text will do, as long as it can stand in JSON."""
    return "at:" + anchor.encode("utf-8", "backslashreplace").decode()


def _list_depth(block: Block) -> int | None:
    """The depth of a bullet, None for anything else: neighbours of one depth become one list."""
    is_bullet = isinstance(block, Paragraph) and block.marker == "bullet"
    return min(max(block.depth, 0), 8) if is_bullet and isinstance(block, Paragraph) else None
