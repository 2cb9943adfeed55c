"""A review copy: the policy with every value that was filled in, and every blank that was not, plain to see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policybook.domain.adoption import Adoption
from policybook.domain.inline import Run
from policybook.domain.page import Block, Callout, Cell, Heading, Page, Paragraph, Table
from policybook.domain.resolved import ResolvedPolicy
from policybook.report.policy import blank_count, policy_page
from policybook.report.word import cell, count, runs
from policybook.text.value import print_value

SIGNS = ("‹", "›")
"""Set about every value that was filled in: who sees no bold still reads where one begins and ends."""


def review_page(policy: ResolvedPolicy) -> Page:
    """The clean copy with its values in signs, under a table of all of them; nothing in it is for signing."""
    page = policy_page(policy)
    blanks = blank_count(policy)
    left = f"{count(blanks, 'blank')} still to fill in." if blanks else "No blank is left."
    lead = f"Words in ‹ and › were filled in; [not filled in: …] says what is missing. {left} Not for signing."
    body = tuple(_reviewed(block, policy) for block in page.blocks)
    properties = tuple((name, "Review copy" if name == "status" else value) for name, value in page.properties)
    return replace(
        page,
        blocks=(Callout("Review copy", runs(lead)), *_values_table(policy), *body),
        footer=f"{page.footer} · review copy",
        properties=properties,
        clauses=(),  # with the signs in them they are not the words of the clauses
    )


def _values_table(policy: ResolvedPolicy) -> Iterator[Table]:
    """Every blank of the model: what it asks, what is filled in, by whom, and where it is printed."""
    rows = [
        (
            cell(parameter.label, heading=True),
            _value_cell(policy, name),
            cell(_whose(policy, name)),
            _places(policy, name),
        )
        for name, parameter in policy.model.parameters.items()
    ]
    if rows:
        head = ("What is asked", "Filled in", "By whom", "Sections")
        yield Table("Values and blanks", head, tuple(rows), (0.38, 0.26, 0.16, 0.2))


def _value_cell(policy: ResolvedPolicy, name: str) -> Cell:
    value = policy.values.get(name)
    if value is None:
        return cell(Run("[not filled in]", bold=True))
    return cell(print_value(policy.model.parameters[name].type, value))


def _whose(policy: ResolvedPolicy, name: str) -> str:
    if policy.values.get(name) is None:
        return "nobody yet"
    own: Adoption | None = policy.adoption
    default = policy.model.parameters[name].default
    if own is not None and (name in own.values or policy.values[name] != default):
        return "us"
    return "the model"


def _places(policy: ResolvedPolicy, name: str) -> Cell:
    """The numbers of the sections that print the value; a bullet counts as the section that it stands under."""
    found: dict[str, str] = {}
    under = under_id = ""
    for clause in policy.clauses:
        if clause.number:
            under, under_id = clause.number, clause.id
        words = (clause.runs, *(one for row in (clause.head, *clause.rows) for one in row))
        if under and any(run.parameter == name for runs_of in words for run in runs_of):
            found.setdefault(under, under_id)
    pieces: list[Run | str] = []
    for number, clause_id in found.items():
        pieces += [", "] if pieces else []
        pieces.append(Run(number, link=f"#{clause_id}"))
    return cell(*pieces) if pieces else cell("not printed")


def _reviewed(block: Block, policy: ResolvedPolicy) -> Block:
    match block:
        case Heading() | Paragraph() | Callout():
            return replace(block, runs=_signed(block.runs, policy))
        case Table():
            rows = tuple(tuple(_signed_cell(entry, policy) for entry in row) for row in block.rows)
            return replace(block, rows=rows)
    return block


def _signed_cell(entry: Cell, policy: ResolvedPolicy) -> Cell:
    return replace(entry, paragraphs=tuple(_signed(words, policy) for words in entry.paragraphs))


def _signed(words: tuple[Run, ...], policy: ResolvedPolicy) -> tuple[Run, ...]:
    return tuple(piece for run in words for piece in _pieces(run, policy))


def _pieces(run: Run, policy: ResolvedPolicy) -> Iterator[Run]:
    if run.blank:
        parameter = policy.model.parameters.get(run.parameter or "")
        yield replace(run, text=f"[not filled in: {parameter.label if parameter else run.text.strip('[]')}]")
    elif run.parameter and run.text:
        yield Run(SIGNS[0], bold=True)
        yield replace(run, bold=True)
        yield Run(SIGNS[1], bold=True)
    else:
        yield run
