"""A resolved policy as a document, clean or with the school's own words marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from policybook.domain.inline import Run
from policybook.domain.page import Block, Callout, Cell, Contents, Form, Heading, Page, PageBreak, Paragraph, Table
from policybook.domain.resolved import ResolvedClause, ResolvedPolicy
from policybook.report.word import (
    ORIGIN_WORDS,
    OUTCOME_WORDS,
    cell,
    last_decision,
    lines_cell,
    next_review,
    print_date,
    runs,
)
from policybook.text.decided import exact_of, is_void, standing_approval
from policybook.text.fingerprint import match_fingerprint


def policy_page(policy: ResolvedPolicy) -> Page:
    """The clean copy: title, control table, what the publisher changed, contents, parts and schedules."""
    return replace(policy_frame(policy), blocks=(*front_matter(policy), Contents(), *policy_body(policy.clauses)))


def policy_frame(policy: ResolvedPolicy) -> Page:
    """The clean copy without a block: title, header, footer, properties, and the clauses that it will hold."""
    return Page(
        title=policy.model.title,
        subject=policy.owner,
        blocks=(),
        language=policy.model.language,
        header=f"{policy.owner} · {policy.model.title}",
        footer=f"{version_line(policy)} · {status_of(policy)}",
        properties=(
            ("policy", policy.ref),
            ("model", policy.model.ref),
            ("version", policy.model.version),
            ("status", status_of(policy)),
            *_exact(policy),
        ),
        clauses=tuple((clause.id, match_fingerprint(clause.text)) for clause in policy.clauses),
    )


def status_of(policy: ResolvedPolicy) -> str:
    """`Adopted`, `Changed since it was approved`, `Withdrawn`, `Draft, not yet approved`, or `Model policy`."""
    if policy.adoption is None:
        return "Model policy"
    if standing_approval(policy.adoption) is None:
        decision = last_decision(policy.adoption)
        return "Withdrawn" if decision and decision.outcome == "withdrawn" else "Draft, not yet approved"
    return "Changed since it was approved" if is_void(policy) else "Adopted"


def version_line(policy: ResolvedPolicy) -> str:
    """Which words these are, for the foot of a page."""
    return f"Version {policy.model.version}"


def front_matter(policy: ResolvedPolicy) -> Iterator[Block]:
    """The notice, the control table and the table of what the publisher changed."""
    if policy.model.notice:
        yield Callout("About this text", runs(policy.model.notice))
    yield Table("About this policy", (), tuple(_control_rows(policy)), (0.32, 0.68), layout="control")
    if policy.model.changes:
        summaries = tuple((cell(change.summary),) for change in policy.model.changes)
        yield Table(f"What changed in version {policy.model.version}", ("Main changes",), summaries, (1.0,))


def _exact(policy: ResolvedPolicy) -> Iterator[tuple[str, str]]:
    """The fingerprint of the words: worked out where the model is whole, else as the approval of an edition has it.

    A policy published to everybody has only its words, and so none.
    """
    approval = standing_approval(policy.adoption) if policy.adoption else None
    exact = exact_of(policy) if policy.model.parts else approval.exact if approval else ""
    if exact:
        yield "exact", exact


def policy_body(clauses: Sequence[ResolvedClause], *, marks_origin: bool = False) -> Iterator[Block]:
    """The parts and clauses; with `marks_origin` each clause in the school's own words says so beside it."""
    for blocks in clause_blocks(clauses, marks_origin=marks_origin):
        yield from blocks


def clause_blocks(clauses: Sequence[ResolvedClause], *, marks_origin: bool = False) -> Iterator[tuple[Block, ...]]:
    """The blocks of each clause, one tuple a clause, as `policy_body` prints them."""
    source = ""
    numbered = {clause.id for clause in clauses if clause.number}
    for clause in clauses:
        blocks: list[Block] = []
        if clause.depth == 0 and (clause.number or "").startswith("Appendix"):
            blocks.append(PageBreak())
        if clause.source and clause.source != source:  # told once, not beside every paragraph of an attachment
            blocks.append(Callout("Source", runs(clause.source)))
        source = clause.source
        is_under = not clause.number and clause.id.removesuffix(".closing") in numbered
        yield (*blocks, *_clause_blocks(clause, _aside(clause) if marks_origin else "", is_under=is_under))


def _control_rows(policy: ResolvedPolicy) -> Iterator[tuple[Cell, Cell]]:
    adoption, model = policy.adoption, policy.model
    facts = [("Model policy", f"{model.title}, {model.publisher.name}, version {model.version}")]
    if model.rests_on:
        facts.append(("Which rests on", model.rests_on))
    if model.issued:
        facts.append(("Model issued", print_date(model.issued)))
    if adoption:
        decision = standing_approval(adoption) or last_decision(adoption)
        facts.insert(0, ("School", policy.owner))
        if policy.serves:
            facts.insert(1, ("Also for", ", ".join(policy.serves)))
        facts.append(("Status", status_of(policy)))
        if decision:
            minute = f" (minute {decision.minute})" if decision.minute and "not recorded" not in decision.minute else ""
            facts.append((OUTCOME_WORDS[decision.outcome], f"{decision.body}, {print_date(decision.on)}{minute}"))
            if decision.effective:
                facts.append(("In force from", print_date(decision.effective)))
        facts.append(("Next review", next_review(adoption)))
        facts.append(("On the website", "Yes" if adoption.publish == "public" else "No"))
    elif model.review:
        facts.append(("Review", f"Every {model.review}"))
    return ((cell(label, heading=True), cell(said)) for label, said in facts)


def _clause_blocks(clause: ResolvedClause, aside: str, *, is_under: bool) -> Iterator[Block]:
    """The blocks of a clause; `is_under` where it closes a numbered clause, under whose words it then stands."""
    if clause.kind == "heading":
        yield Heading(clause.runs, clause.depth + 1, clause.number, clause.id)
    elif clause.kind == "table":
        yield _table(clause)
    elif clause.kind == "form":
        if clause.runs:
            yield _paragraph(clause, aside)
        yield Form(clause.fields, None if clause.runs else clause.id)
    elif clause.kind == "note":
        yield Callout("Note" if not clause.defines else "Definition", clause.runs, clause.id)
    else:
        words = _paragraph(clause, aside)
        yield replace(words, depth=words.depth + 1) if is_under else words


def _paragraph(clause: ResolvedClause, aside: str) -> Paragraph:
    return Paragraph(clause.runs, clause.marker, clause.number, max(clause.depth - 1, 0), clause.id, aside)


def _table(clause: ResolvedClause) -> Table:
    caption = "".join(run.text for run in clause.runs)
    head = tuple("".join(run.text for run in words) for words in clause.head)
    rows = tuple(
        tuple(lines_cell((words,), heading=index == 0) for index, words in enumerate(row)) for row in clause.rows
    )
    return Table(caption, head, rows, anchors=(clause.id, *(None for _ in rows[1:])) if rows else ())


def _aside(clause: ResolvedClause) -> str:
    """Whose words these are and why, in the users' words; nothing where they are the model's."""
    said = ORIGIN_WORDS.get(clause.origin, "")
    reason = clause.tailoring.reason if clause.tailoring else ""
    return f"{said}: {reason}" if said and reason else said


def blank_count(policy: ResolvedPolicy) -> int:
    """How many blanks the text still has."""
    cells: list[Run] = [
        run for clause in policy.clauses for row in (clause.head, *clause.rows) for c in row for run in c
    ]
    return sum(run.blank for run in (*cells, *(run for clause in policy.clauses for run in clause.runs)))
