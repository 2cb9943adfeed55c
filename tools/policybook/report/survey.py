"""What a survey says: pages, a workbook, and lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from policybook.domain.comparison import CHANGE_WORDS, ChangeKind
from policybook.domain.inline import Run
from policybook.domain.model import Topic
from policybook.domain.page import Block, Cell, Heading, Page, Table
from policybook.domain.survey import ClauseCounts, Count, SharedChange, SurveySummary, TopicCounts
from policybook.report.word import NOT_STATED, cell, count, lines_cell, paragraph, runs

MOST_CHANGED = 20
MOST_LISTED = 1_000
FEW = "fewer than 5, or left out to keep those unknown"
UNTOLD = "cannot be told from the words"
_KINDS: tuple[ChangeKind, ...] = ("same", "value", "editorial", "reworded", "substantive", "removed")
_HEADS = ("As the model", *(CHANGE_WORDS[kind] for kind in _KINDS[1:]))
_DEPARTURES: tuple[ChangeKind, ...] = ("substantive", "removed", "reworded")


def survey_pages(summary: SurveySummary) -> dict[str, Page]:
    """The pages by name: `index` for what most people ask, `sections` for every section of the model."""
    return {"index": _index_page(summary), "sections": _sections_page(summary)}


def survey_workbook(summary: SurveySummary) -> Page:
    """All tables of a survey, for one worksheet each."""
    tables = [_versions(summary), _positions(summary), _matrix(summary), _shared(summary)]
    tables += [table for table in (_additions(summary), _failures(summary)) if table]
    return Page(f"Survey: {summary.title}", (paragraph(_lead(summary)), *tables), subject=summary.model)


def schools_page(rows: Sequence[tuple[Any, ...]], topics: Sequence[Topic], model: str) -> Page:
    """A row a document: whose it is, what it follows, and its answers to the topics that ask for a figure."""
    head = ("School", "Document", "Follows", "Changes of substance", *(topic.label for topic in topics))
    told = tuple(
        (cell(school, heading=True), cell(document), cell(_follows(status, version)), cell(_number(substantive)),
         *(cell(answer or (NOT_STATED if status != "could not be read" else "")) for answer in answers))
        for document, school, status, version, substantive, *answers in rows
    )  # fmt: skip
    return Page("Survey: schools", (Table("Schools", head, told),), subject=model)


def survey_text(summary: SurveySummary) -> str:
    """The survey in lines: how many, which versions, what they say, and what could not be read."""
    lines = [_lead(summary), ""]
    lines += [f"  {_version(name)}: {_told(number)}" for name, number in summary.versions]
    for topic in _with_figures(summary):
        said = ", ".join(f"{answer.answer or NOT_STATED} ({_told(answer.count)})" for answer in topic.answers[:8])
        lines.append(f"{topic.label}: {said}")
    for failure in summary.failures:
        lines += [f"not read: {failure.document}: {failure.reason}", f"    {failure.mend}"]
    return "".join(f"{line}\n" for line in lines)


def survey_data(summary: SurveySummary) -> dict[str, Any]:
    """The survey as plain data; a count that is not told is null."""
    data = asdict(summary)
    data["versions"] = [{"version": name, "count": number} for name, number in summary.versions]
    return {"schema": 1, **data}


def _index_page(summary: SurveySummary) -> Page:
    blocks: list[Block] = [
        paragraph(_lead(summary)),
        paragraph("Every section of the model: ", Run("sections.html"), " beside this page; all tables: survey.xlsx."),
        Heading(runs("What they say"), 1),
        *(_answers(topic) for topic in _with_figures(summary)),
        Heading(runs("Which version they follow"), 1),
        _versions(summary),
        Heading(runs("What they change most"), 1),
        _most_changed(summary),
    ]
    others = [topic for topic in summary.topics if topic not in _with_figures(summary)]
    if others:
        blocks += [Heading(runs("What they speak of"), 1), *(_answers(topic) for topic in others)]
    failures = _failures(summary)
    if failures:
        blocks += [Heading(runs("What could not be read"), 1), failures]
    return Page(f"Survey: {summary.title}", tuple(blocks), subject=f"Beside {summary.model}", landscape=True)


def _sections_page(summary: SurveySummary) -> Page:
    blocks: list[Block] = [paragraph(_lead(summary)), _matrix(summary), _shared(summary)]
    additions = _additions(summary)
    return Page(
        f"Survey: {summary.title}, section by section",
        (*blocks, *([additions] if additions else [])),
        subject=f"Beside {summary.model}",
        landscape=True,
    )


def _lead(summary: SurveySummary) -> str:
    failed = f"; {_told(summary.failed)} could not be read" if summary.failed != 0 else ""
    return (
        f"{count(summary.documents, 'document')}{failed}. {summary.following} of the {summary.read} that were read "
        f"follow {summary.model.partition('@')[0]} and are compared with {summary.model}."
    )


def _with_figures(summary: SurveySummary) -> list[TopicCounts]:
    """The topics that some document answers with more than that it speaks of them."""
    return [topic for topic in summary.topics if any(entry.answer not in (None, "stated") for entry in topic.answers)]


def _answers(topic: TopicCounts) -> Table:
    rows = tuple((cell(entry.answer or NOT_STATED), cell(_told(entry.count))) for entry in topic.answers)
    return Table(topic.question, ("Answer", "Documents"), rows, (0.7, 0.3))


def _versions(summary: SurveySummary) -> Table:
    rows = tuple((cell(_version(name)), cell(_told(number))) for name, number in summary.versions)
    return Table("Which version they follow", ("Version", "Documents"), rows, (0.6, 0.4))


def _positions(summary: SurveySummary) -> Table:
    rows = tuple(
        (cell(topic.label, heading=True), cell(answer.answer or NOT_STATED), cell(_told(answer.count)))
        for topic in summary.topics
        for answer in topic.answers
    )
    return Table("What they say", ("Topic", "Answer", "Documents"), rows, (0.4, 0.4, 0.2))


def _most_changed(summary: SurveySummary) -> Table:
    ranked = sorted(summary.clauses, key=lambda entry: -_departures(entry))[:MOST_CHANGED]
    rows = tuple(
        (cell(str(_departures(entry)), heading=True), cell(_section(entry)), _shared_cell(entry.shared))
        for entry in ranked
        if _departures(entry)
    )
    head = ("Documents", "Section", "How, the most common first")
    return Table("Which sections are most often changed", head, rows, (0.1, 0.4, 0.5))


def _matrix(summary: SurveySummary) -> Table:
    rows = tuple(
        (cell(_section(entry)), *(cell(_told(entry.counts.get(kind, 0))) for kind in _KINDS))
        for entry in summary.clauses
    )
    return Table("Section by section", ("Section", *_HEADS), rows, (0.4, *[0.1] * len(_KINDS)))


def _shared(summary: SurveySummary) -> Table:
    found = [(entry, change) for entry in summary.clauses for change in entry.shared]
    found.sort(key=lambda pair: -(pair[1].count or 0))
    rows = tuple(
        (cell(_told(change.count), heading=True), cell(_section(entry)), cell(CHANGE_WORDS[change.change]),
         cell(change.how), cell(change.words))
        for entry, change in found
    )  # fmt: skip
    head = ("Documents", "Section", "Change", "How", "In the words of one of them")
    return Table("Who changed the same thing", head, rows, (0.08, 0.27, 0.1, 0.25, 0.3))


def _additions(summary: SurveySummary) -> Table | None:
    rows = tuple((cell(_told(entry.count), heading=True), cell(entry.words)) for entry in summary.additions)
    return Table("What they add", ("Documents", "Words"), rows, (0.1, 0.9)) if rows else None


def _failures(summary: SurveySummary) -> Table | None:
    rows = tuple(
        (cell(entry.document, heading=True), cell(entry.reason), cell(entry.mend))
        for entry in summary.failures[:MOST_LISTED]
    )
    head = ("Document", "Why", "What to do")
    return Table("What could not be read", head, rows, (0.3, 0.35, 0.35)) if rows else None


def _shared_cell(changes: Sequence[SharedChange]) -> Cell:
    return lines_cell(tuple(_shared_line(change)) for change in changes)


def _shared_line(change: SharedChange) -> Iterator[Run]:
    yield Run(f"{_told(change.count)}: ", bold=True)
    yield Run(change.how or CHANGE_WORDS[change.change])
    if change.words and not change.how:
        yield Run(f": “{change.words}”")


def _departures(entry: ClauseCounts) -> int:
    return sum(entry.counts.get(kind) or 0 for kind in _DEPARTURES)


def _section(entry: ClauseCounts) -> str:
    is_numbered = entry.number and entry.number[0].isdigit()
    return f"{entry.number} {entry.text}" if is_numbered else entry.text


def _told(number: Count) -> str:
    return FEW if number is None else str(number)


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _version(name: str) -> str:
    return f"version {name}" if name else UNTOLD


def _follows(status: str, version: str | None) -> str:
    return _version(version or "") if status == "follows" else status
