"""Two texts side by side, what matters first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policybook.domain.comparison import CHANGE_WORDS, Comparison, Edit, Reading, Row
from policybook.domain.inline import Run
from policybook.domain.judgement import Judged
from policybook.domain.page import Block, Cell, Heading, Page, Table
from policybook.report.word import bullet, cell, count, lines_cell, paragraph, print_date, runs
from policybook.text.edit import row_edits

WIDTHS = (0.09, 0.35, 0.35, 0.21)
WIDTHS_UNNUMBERED = (0.38, 0.38, 0.24)


def side_by_side_page(comparison: Comparison) -> Page:
    """Summary, the changes that matter with their evidence, names replaced throughout, then every section."""
    left, right = column_titles(comparison)
    return Page(
        title="Side by side",
        subject=f"{left} and {right}",
        blocks=(*overview(comparison), *side_by_side_table(comparison)),
        header=f"{left} · {right}",
        footer="Side by side",
        landscape=True,
    )


def overview(comparison: Comparison) -> Iterator[Block]:
    """How many sections differ and how, the changes that matter, and the names replaced throughout."""
    yield paragraph(_summary(comparison))
    yield from (paragraph(note) for note in comparison.notes)
    yield Heading(runs("Changes of substance"), 1)
    told = list(_changes_that_matter(comparison))
    yield from told or [
        paragraph("No change of substance was found. Sections in other words are listed below all the same.")
    ]
    if comparison.substitutions:
        yield Heading(runs("Replaced throughout"), 1)
        head = ("Words", "Replaced by", "How often", "What it means")
        rows = tuple(
            (
                cell(f"“{entry.before}”"),
                cell(f"“{entry.after}”" if entry.after else "nothing"),
                cell(str(entry.count)),
                cell(entry.why),
            )
            for entry in comparison.substitutions
        )
        yield Table("Words replaced throughout", head, rows, (0.25, 0.25, 0.12, 0.38))


def side_by_side_table(comparison: Comparison) -> Iterator[Block]:
    """Every section of both, in the order of the left; each row says in words what kind of change it is."""
    yield Heading(runs("Every section"), 1)
    readings = [reading for row in comparison.rows for reading in (*row.left, *row.right)]
    is_numbered = any(reading.number and reading.number[0].isdigit() for reading in readings)
    rows = tuple((*_number_cell(row, is_numbered), *_table_row(row)) for row in comparison.rows)
    tones = tuple(row.change for row in comparison.rows)
    anchors = tuple(f"row-{index}" for index in range(1, len(rows) + 1))
    head = (*column_titles(comparison), "What changed")
    if is_numbered:
        yield Table("Every section of both texts", ("Section", *head), rows, WIDTHS, anchors, tones)
    else:
        yield Table("Every section of both texts", head, rows, WIDTHS_UNNUMBERED, anchors, tones)


def column_titles(comparison: Comparison) -> tuple[str, str]:
    """What the two columns are called. Two copies of one policy have the same title: then each says what file it is."""
    left, right = comparison.left, comparison.right
    if left.title != right.title:
        return left.title, right.title
    names = [one.ref.replace("\\", "/").rpartition("/")[2] for one in (left, right)]
    first, second = names if names[0] != names[1] else ("the first", "the second")
    return f"{left.title} ({first})", f"{right.title} ({second})"


def fact_line(row: Row) -> str:
    """All evidence of a change in one line."""
    return " ".join(fact.why for fact in row.facts)


def judgement_words(judged: Judged) -> str:
    """What a person said of a change: `Judged not of substance by the Clerk on 22 November 2026: “as agreed”.`"""
    note = f": “{judged.note.rstrip('.')}”" if judged.note else ""
    return f"{_judgement(judged)}{note}."


def lapsed_words(judged: Judged) -> str:
    """That what a person said no longer holds."""
    return f"{_judgement(judged)}, but the words have changed since: please judge again."


def _judgement(judged: Judged) -> str:
    kind = "of substance" if judged.of_substance else "not of substance"
    return f"Judged {kind} by {judged.by} on {print_date(judged.on)}"


def marked(edits: Sequence[Edit], side: str) -> tuple[Run, ...]:
    """The words of one side, with those that the other side has not marked."""
    return tuple(
        Run(text, mark="none" if operation == "keep" else "deleted" if operation == "delete" else "inserted")
        for operation, text in edits
        if operation in ("keep", side)
    )


def _summary(comparison: Comparison) -> str:
    counts = comparison.summary()
    slight = "in names, details or spelling only"
    told = [
        (counts["substantive"], "differs in substance", "differ in substance"),
        (counts["reworded"], "is put in other words", "are put in other words"),
        (counts["removed"], "is left out", "are left out"),
        (counts["added"], "is added", "are added"),
        (counts["value"] + counts["editorial"], f"differs {slight}", f"differ {slight}"),
        (counts["same"], "is the same", "are the same"),
    ]
    said = ", ".join(f"{number} {one if number == 1 else many}" for number, one, many in told if number)
    moved = sum(row.moved for row in comparison.rows)
    return f"Of {count(len(comparison.rows), 'section')}: {said}." + (
        f" {count(moved, 'section')} moved." if moved else ""
    )


def _changes_that_matter(comparison: Comparison) -> Iterator[Block]:
    for index, row in enumerate(comparison.rows, 1):
        if row.change == "substantive" or (row.judged and row.judged.of_substance):
            where = Run(_name(row), bold=True, link=f"#row-{index}")
            told = [fact_line(row) or f"{CHANGE_WORDS[row.change]}."]
            told += [judgement_words(row.judged)] if row.judged else []
            yield bullet(where, f": {' '.join(told)}")


def _name(row: Row) -> str:
    """What to call a row: its number, or its first words."""
    reading = (row.left or row.right)[0]
    words = " ".join(reading.text.split()[:8])
    first = f"{words} …" if len(reading.text.split()) > 8 else words
    return f"{reading.number} {first}" if reading.number else first


def _table_row(row: Row) -> tuple[Cell, ...]:
    return (
        _side(row.left, row, "delete"),
        _side(row.right, row, "insert"),
        lines_cell(_what_changed(row), tone=row.change),
    )


def _number_cell(row: Row, is_numbered: bool) -> tuple[Cell, ...]:
    """The number that heads a row; no cell at all where neither text has numbers."""
    number = next((reading.number for reading in (*row.left, *row.right) if reading.number), "")
    return (cell(number or "", heading=True),) if is_numbered else ()


def _side(readings: tuple[Reading, ...], row: Row, side: str) -> Cell:
    if not readings:
        return cell(Run("not there", italic=True))
    if row.change == "same":
        return lines_cell((Run(reading.text, bold=reading.kind == "heading"),) for reading in readings)
    return lines_cell((marked(row_edits(row), side),))


def _what_changed(row: Row) -> Iterator[tuple[Run, ...]]:
    yield (Run(CHANGE_WORDS[row.change], bold=True),)
    for fact in row.facts:
        yield (Run(fact.why),)
    if row.judged:
        yield (Run(judgement_words(row.judged), bold=True),)
    if row.lapsed:
        yield (Run(lapsed_words(row.lapsed)),)
    if row.moved:
        yield (Run("Moved to another place."),)
    if row.found_by == "split":
        yield (Run("Split or joined."),)
    if row.left and row.right and row.confidence < 0.6:
        yield (Run(f"Please check: the two were matched with {row.confidence:.0%} certainty.", italic=True),)
