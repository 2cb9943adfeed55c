"""A model derived from its adopters' documents: the draft, and what each adoption departs in."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from policybook.domain.draft import DerivedAdoption, DerivedModel
from policybook.domain.page import Page, Table
from policybook.report.intake import import_data, import_page
from policybook.report.word import cell
from policybook.text.value import print_value


def adopters_page(made: DerivedModel) -> Page:
    """What an import would write or has written, and one row for each adopter."""
    page = import_page(made.draft, made.findings, made.files, written=made.written)
    head = ("Document", "School", "Its values", "Departures", "Not recorded")
    rows = tuple(
        (
            cell(entry.file, heading=True),
            cell(f"{entry.school.name} ({'new: ' if entry.is_new else ''}{entry.school.id}, {entry.school.kind})"),
            cell(_values(made, entry) or "as the draft"),
            cell(_departures(entry) or "none"),
            cell("; ".join(words[:80] for words in entry.differences) or "–"),
        )
        for entry in made.adoptions
    )
    table = Table("Whose documents they are", head, rows, (0.18, 0.22, 0.3, 0.18, 0.12))
    return replace(page, blocks=(*page.blocks, table))


def adopters_data(made: DerivedModel) -> dict[str, Any]:
    """The same as plain data: that of an import, with `adoptions`."""
    adoptions = [
        {
            "file": entry.file,
            "school": entry.school.id,
            "is_new": entry.is_new,
            "values": {name: _plain(value) for name, value in entry.adoption.values.items()},
            "departures": [
                {"kind": one.kind, "clause": one.clause, "confidence": entry.confidence.get((one.kind, one.clause))}
                for one in entry.adoption.tailorings
            ],
            "not_recorded": list(entry.differences),
        }
        for entry in made.adoptions
    ]
    return {**import_data(made.draft, made.findings, made.files, written=made.written), "adoptions": adoptions}


def _values(made: DerivedModel, entry: DerivedAdoption) -> str:
    parameters = made.draft.model.parameters
    shown = (
        f"{name}: {'–' if value is None else print_value(parameters[name].type, value)}"
        for name, value in entry.adoption.values.items()
    )
    return "; ".join(shown)


def _departures(entry: DerivedAdoption) -> str:
    counts = Counter(one.kind for one in entry.adoption.tailorings)
    return ", ".join(f"{number} {kind}" for kind, number in counts.items())


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else str(value) if not isinstance(value, int | str) else value
