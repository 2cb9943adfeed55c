"""A school's policy on the site: its words, whose they are and why, decisions and files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policybook.domain.adoption import Adoption, PolicyRecord
from policybook.domain.comparison import Comparison
from policybook.domain.consultation import consultation_of
from policybook.domain.inline import Run
from policybook.domain.model import ModelVersion, Parameter, Value
from policybook.domain.page import Block, Callout, Heading, Page, PageBreak, Table
from policybook.domain.resolved import ResolvedPolicy
from policybook.report.address import (
    file_link,
    model_page_path,
    page_link,
    policy_file_stem,
    redline_stem,
    school_upgrade_path,
    side_by_side_path,
    side_by_side_stem,
)
from policybook.report.policy import blank_count, front_matter, policy_body, status_of
from policybook.report.word import OUTCOME_WORDS, bullet, cell, count, paragraph, print_date, runs
from policybook.text.decided import standing_approval
from policybook.text.value import print_value


def adoption_page(
    policy: ResolvedPolicy, adoption: Adoption, comparison: Comparison, newer: ModelVersion | None = None
) -> Page:
    """The policy in force with the school's own words marked beside them, then departures and decisions.

    `newer` is the version that has taken the place of the one adopted.
    """
    blocks: list[Block] = [_moved_on(newer, adoption)] if newer else []
    blocks += [paragraph(_in_one_line(policy, adoption, comparison)), paragraph(*_files(adoption))]
    blocks += front_matter(policy)
    body = policy_body(policy.clauses, marks_origin=True)
    blocks += (block for block in body if not isinstance(block, PageBreak))
    blocks += _values(policy, adoption)
    blocks += _departures(policy, adoption, comparison)
    blocks += decision_blocks(adoption)
    return Page(policy.model.title, tuple(blocks), policy.model.language, subject=policy.owner)


def _moved_on(newer: ModelVersion, adoption: Adoption) -> Block:
    link = page_link(model_page_path(newer), f"version {newer.version}")
    said = f"The model has moved on: this policy follows version {adoption.version}, and "
    what_next = page_link(school_upgrade_path(adoption), "What it would mean here")
    return Callout("Newer model", (*runs(said), link, *runs(" has taken its place. "), what_next))


def _in_one_line(policy: ResolvedPolicy, adoption: Adoption, comparison: Comparison) -> str:
    matters = comparison.summary()["substantive"]
    consultation = consultation_of(policy.model, adoption).in_words()
    pieces = [f"{status_of(policy)}. {consultation}. {count(matters, 'change')} of substance."]
    blanks = blank_count(policy)
    if blanks:
        pieces.append(f"{count(blanks, 'blank')} still to fill in.")
    return " ".join(pieces)


def _files(adoption: Adoption) -> Sequence[Run | str]:
    stem = policy_file_stem(adoption)
    return (
        page_link(side_by_side_path(adoption), "Beside the model"), " · ",
        Run("Where we depart from it, and why", link="#departures"), " · ",
        file_link(f"{stem}.docx", "Word document"), " · ",
        file_link(f"{stem}.pdf", "PDF document"), " · ",
        file_link(f"{redline_stem(adoption)}.docx", "Changes from the model (Word, tracked)"), " · ",
        file_link(f"{side_by_side_stem(adoption)}.pdf", "Beside the model (PDF)"),
    )  # fmt: skip


def _values(policy: ResolvedPolicy, adoption: Adoption) -> Iterator[Block]:
    """What the school filled in, what the model offers for it, where it stands, and who decided on it."""
    filled = [
        (name, parameter)
        for name, parameter in policy.model.parameters.items()
        if name in adoption.values and not parameter.detail
    ]
    if not filled:
        return
    yield Heading(runs(f"What {policy.owner} decided for itself"), 1, anchor="values")
    approval = standing_approval(adoption)
    by = f" {approval.body} approved them on {print_date(approval.on)}." if approval else " They are not approved yet."
    yield paragraph(f"The model leaves these answers to each school, so a school gives no reason for them.{by}")
    rows = tuple(
        (
            cell(parameter.label or name, heading=True),
            cell(_value(parameter, adoption.values[name])),
            cell(_value(parameter, parameter.default)),
            cell(*_printed_in(policy, name)),
        )
        for name, parameter in filled
    )
    head = ("What the model asks", "Our answer", "What the model offers", "Section")
    yield Table("Answers that the model leaves to the school", head, rows, (0.4, 0.23, 0.23, 0.14))


def _value(parameter: Parameter, value: Value) -> str:
    return "nothing" if value is None else print_value(parameter.type, value)


def _printed_in(policy: ResolvedPolicy, name: str) -> Iterator[Run | str]:
    """Links to the sections that print a value."""
    found = [clause for clause in policy.clauses if any(run.parameter == name for run in clause.runs)]
    for index, clause in enumerate(found):
        if index:
            yield ", "
        number = clause.number if clause.number and clause.number[0].isalnum() else "see there"
        yield Run(number, link=f"#{clause.id}")


def _departures(policy: ResolvedPolicy, adoption: Adoption, comparison: Comparison) -> Iterator[Block]:
    yield Heading(runs("Where we depart from the model"), 1, anchor="departures")
    if not adoption.tailorings:
        yield paragraph("Nowhere: only values are filled in.")
        return
    done = {"substitute": "in our words", "omit": "left out", "insert": "added", "move": "moved"}
    there = {clause.id: clause.text for clause in policy.clauses}
    words = {reading.id: reading.text for reading in comparison.left.readings} | there
    rows = []
    for entry in adoption.tailorings:
        name = Run(
            _first_words(words.get(entry.clause, "")), link=f"#{entry.clause}" if entry.clause in there else None
        )
        consulted = f"{entry.consulted.with_whom}, {print_date(entry.consulted.on)}" if entry.consulted else "–"
        rows.append((cell(name), cell(done[entry.kind]), cell(entry.reason), cell(consulted)))
    head = ("The section", "What we did", "Why", "Consulted")
    yield Table("Departures from the model, with the reason for each", head, tuple(rows), (0.42, 0.13, 0.27, 0.18))


def decision_blocks(adoption: PolicyRecord) -> Iterator[Block]:
    """A heading and the decisions, the newest first."""
    yield Heading(runs("Decisions"), 1, anchor="decisions")
    if not adoption.decisions:
        yield paragraph("None is recorded yet.")
    for decision in sorted(adoption.decisions, key=lambda entry: entry.on, reverse=True):
        minute = f", minute {decision.minute}" if decision.minute else ""
        effective = f"; in force from {print_date(decision.effective)}" if decision.effective else ""
        outcome = Run(OUTCOME_WORDS[decision.outcome], bold=True)
        yield bullet(outcome, f": {decision.body}, {print_date(decision.on)}{minute}{effective}")


def _first_words(text: str, longest: int = 12) -> str:
    words = text.split()
    return " ".join(words[:longest]) + (" …" if len(words) > longest else "")
