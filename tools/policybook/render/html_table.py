"""Tables as HTML: facts at the top of a policy, side by side, the matrix; filters that are not needed to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from policybook.domain.comparison import CHANGE_WORDS
from policybook.domain.page import Cell, Table
from policybook.render.html_bars import print_bars
from policybook.render.html_words import Inline, escape_attribute, escape_words, print_runs

TONE_WORDS: dict[str, str] = {"as model": "As the model", **CHANGE_WORDS, "not there": "Not there"}
"""What a filter calls each tone, in its order; a tone that is not listed is called by its own name."""
_UNCHANGED = ("same", "as model")
_FEW_COLUMNS = 5
_WORTH_FILTERING = 4
_MATTERS = ("substantive", "added", "removed")
_FOLDED_FROM = 2


def print_table(table: Table, inline: Inline, name: str) -> str:
    """A table as HTML; `name` is the id of its caption, which nothing else on the page has."""
    if table.layout == "control":
        return _print_control(table, inline, name)
    if table.layout == "bars":
        return print_bars(table, inline, name)
    kinds = [_row_kinds(table, index) for index in range(len(table.rows))]
    rows = "".join(_print_row(table, index, kinds[index], inline) for index in range(len(table.rows)))
    shape = "pb-grid pb-matrix" if _is_matrix(table) else "pb-grid pb-stack"
    return (
        f'<div class="pb-tableset">{_print_filter(table, kinds, name)}'
        f'<div class="pb-scroll" role="group" tabindex="0" aria-labelledby="{name}">'
        f'<table class="{shape}">{_print_caption(table, name)}'
        f"{_print_widths(table)}{_print_head(table)}<tbody>{rows}</tbody></table></div></div>"
    )


def _print_caption(table: Table, name: str) -> str:
    """A table without a caption stands right under its heading; who hears the page is told that it is a table."""
    if not table.caption:
        return f'<caption id="{name}" class="pb-hidden">Table</caption>'
    return f'<caption id="{name}">{escape_words(table.caption)}</caption>'


def _is_matrix(table: Table) -> bool:
    """Whether it is too wide to be read as cards on a narrow page."""
    return len(table.head) > _FEW_COLUMNS


def _print_control(table: Table, inline: Inline, name: str) -> str:
    rows = []
    for index, row in enumerate(table.rows):
        cells = [_print_cell(cell, inline, "", row_head=position == 0) for position, cell in enumerate(row)]
        rows.append(f"<tr{_print_id(table, index)}>{''.join(cells)}</tr>")
    return (
        f'<table class="pb-control"><caption id="{name}" class="pb-hidden">{escape_words(table.caption) or "Facts"}'
        f"</caption><tbody>{''.join(rows)}</tbody></table>"
    )


def _print_widths(table: Table) -> str:
    """Shares of the page; a matrix is as wide as its columns need, so it has none."""
    if not table.widths or len(table.head) > _FEW_COLUMNS:
        return ""
    columns = "".join(f'<col style="width:{round(100 * width, 2):g}%">' for width in table.widths)
    return f"<colgroup>{columns}</colgroup>"


def _print_head(table: Table) -> str:
    if not any(table.head):
        return ""
    cells = "".join(f'<th scope="col">{escape_words(words)}</th>' if words else "<td></td>" for words in table.head)
    return f"<thead><tr>{cells}</tr></thead>"


def _print_row(table: Table, index: int, kinds: tuple[str, ...], inline: Inline) -> str:
    tone = table.tones[index] if index < len(table.tones) else ""
    said = "".join(
        f' data-{name}="{escape_attribute(value)}"'
        for name, value in (
            ("tone", _slug(tone)),
            ("kinds", " ".join(_slug(kind) for kind in kinds)),
            ("group", table.groups[index] if index < len(table.groups) else ""),
        )
        if value
    )
    labels = () if _is_matrix(table) else table.head
    labels = (*labels, *("" for _ in table.rows[index]))
    cells = (_print_cell(cell, inline, label) for cell, label in zip(table.rows[index], labels, strict=False))
    return f"<tr{_print_id(table, index)}{said}>{''.join(cells)}</tr>"


def _print_cell(cell: Cell, inline: Inline, label: str, *, row_head: bool = False) -> str:
    # A section without a number leaves its head empty, and an empty head is nothing to announce a row by.
    tag = 'th scope="row"' if (cell.heading or row_head) and any(cell.paragraphs) else "td"
    tone = f' data-tone="{escape_attribute(_slug(cell.tone))}"' if cell.tone else ""
    told = f' data-label="{escape_attribute(label)}"' if label else ""
    words = [print_runs(runs, inline) for runs in cell.paragraphs]
    if tone and not label and len(words) >= _FOLDED_FROM and cell.tone not in _UNCHANGED:
        # In a matrix the words would make the rows too tall to compare: the cell says its kind and opens the rest.
        rest = "".join(f"<p>{text}</p>" for text in words[1:] if text)
        return f"<{tag}{tone}><details><summary>{words[0]}</summary>{rest}</details></{tag[:2]}>"
    inner = words[0] if len(words) == 1 else "".join(f"<p>{text}</p>" for text in words if text)
    return f"<{tag}{tone}{told}>{inner}</{tag[:2]}>"


def _print_id(table: Table, index: int) -> str:
    anchor = table.anchors[index] if index < len(table.anchors) else None
    return f' id="{escape_attribute(anchor)}"' if anchor else ""


def _row_kinds(table: Table, index: int) -> tuple[str, ...]:
    """The kinds a row is filtered by: its own tone, or else those of its cells."""
    if table.tones:
        return (table.tones[index],) if index < len(table.tones) and table.tones[index] else ()
    return tuple(sorted({cell.tone for cell in table.rows[index] if cell.tone}))


def _print_filter(table: Table, kinds: list[tuple[str, ...]], name: str) -> str:
    """The filter and the buttons that step through the changes; hidden until the script that serves them runs."""
    counts = Counter(kind for row in kinds for kind in row)
    # A key has each kind once: there is nothing to filter.
    if len(counts) < 2 or len(kinds) < _WORTH_FILTERING or max(counts.values()) == 1:
        return ""
    boxes = "".join(_print_box(tone, counts[tone]) for tone in _in_order(counts))
    matters = any(tone in counts for tone in _MATTERS)
    return (
        '<form class="pb-filter" autocomplete="off" hidden>'
        f'<fieldset class="pb-kinds"><legend>Show</legend>{boxes}'
        f'<span class="pb-presets">{_print_preset("matters", "Only what matters") if matters else ""}'
        f"{_print_preset('changes', 'Changes only')}{_print_preset('all', 'Everything')}</span>"
        f"{_print_choices(table, name)}</fieldset>"
        '<div class="pb-steps"><button type="button" data-step="-1">Previous<span class="pb-roomy"> change</span>'
        '</button><button type="button" data-step="1">Next<span class="pb-roomy"> change</span></button>'
        '<p role="status"></p></div></form>'
    )


def _print_preset(which: str, words: str) -> str:
    return f'<button type="button" data-show="{which}">{words}</button> '


def _print_choices(table: Table, name: str) -> str:
    """The parts and the columns to choose from, where each cell of a row has a kind of its own."""
    if table.tones:
        return ""
    parts = dict.fromkeys(group for group in table.groups if group)
    fields = [("group", "Part", "All parts", [(part, part) for part in parts])] if len(parts) > 1 else []
    toned = [place for place, words in enumerate(table.head) if words and _has_tones(table, place)]
    if len(toned) > 1:
        fields.append(("column", "School", "All schools", [(str(place), table.head[place]) for place in toned]))
    lines = "".join(_print_choice(f"{name}-{field[0]}", *field) for field in fields)
    return f'<span class="pb-only">{lines}</span>' if lines else ""


def _has_tones(table: Table, place: int) -> bool:
    return any(cell.tone for row in table.rows for cell in row[place : place + 1])


def _print_choice(name: str, only: str, label: str, every: str, options: list[tuple[str, str]]) -> str:
    said = "".join(
        f'<option value="{escape_attribute(value)}">{escape_attribute(words)}</option>' for value, words in options
    )
    field = f'<select id="{name}" data-only="{only}"><option value="">{every}</option>{said}</select>'
    return f'<span><label for="{name}">{label}</label> {field}</span>'


def _print_box(tone: str, count: int) -> str:
    slug = escape_attribute(_slug(tone))
    unchanged = " data-unchanged" if tone in _UNCHANGED else " data-matters" if tone in _MATTERS else ""
    words = escape_words(TONE_WORDS.get(tone, tone.replace("-", " ").capitalize()))
    return (
        f'<label><input type="checkbox" value="{slug}" checked{unchanged}> {words} '
        f'<span class="pb-count">{count}</span></label>'
    )


def _in_order(tones: Iterable[str]) -> list[str]:
    known = list(TONE_WORDS)
    return sorted(tones, key=lambda tone: (known.index(tone) if tone in known else len(known), tone))


def _slug(tone: str) -> str:
    return "-".join(tone.split())
