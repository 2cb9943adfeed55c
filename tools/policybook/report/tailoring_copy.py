"""The tailoring copy: a policy to be edited in Word and taken back, with its values and choices in tables before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policybook.adopt.fill import Filler
from policybook.domain.inline import Run
from policybook.domain.model import Clause, Parameter, Tailorable
from policybook.domain.page import Block, Callout, Cell, Page, Paragraph, Table
from policybook.domain.resolved import ResolvedClause, ResolvedPolicy
from policybook.domain.taken import CHOICES_HEAD, CLASS_WORDS, GUIDE_SIGN, VALUES_HEAD, sent_mark
from policybook.report.policy import clause_blocks, policy_page
from policybook.report.word import cell, lines_cell, runs
from policybook.text.answer import describe_allowed, print_answer
from policybook.text.value import print_value

_CLASS_ADVICE: dict[Tailorable, str] = {
    "fixed": "Leave as it is. A change needs consultation first.",
    "fill-in": "Change the values in the table; other words only after consultation.",
    "choice": "Choose in the table of choices.",
    "free": "",
}
_LEAD = (
    "Change what you need and send the file back: values and choices in the two tables, words in the text, with "
    f"tracked changes or without. Say why in a comment on the section. Lines that begin with {GUIDE_SIGN} explain the "
    "section below them and are not part of the policy."
)


def tailoring_page(policy: ResolvedPolicy) -> Page:
    """The copy of an adoption, or of a model on its own, in which a school says what it wants."""
    page = policy_page(policy)
    values, choices = tuple(_value_rows(policy)), tuple(_choice_rows(policy))
    blocks: list[Block] = [Callout("To edit", runs(_LEAD))]
    if values:
        sent = [sent_mark(label, shown_value(one, policy)) for label, one in value_labels(policy).items()]
        blocks.append(Table("Values", VALUES_HEAD, values, (0.3, 0.2, 0.25, 0.25), tuple(sent)))
    if choices:
        sent = [sent_mark(label, shown_choice(one, policy)) for label, one in choice_labels(policy).items()]
        blocks.append(Table("Choices", CHOICES_HEAD, choices, (0.22, 0.66, 0.12), tuple(sent)))
    properties = tuple((name, "Copy to edit" if name == "status" else value) for name, value in page.properties)
    footer = f"Version {policy.model.version} · copy to edit"
    return replace(page, blocks=(*blocks, *_body(policy)), footer=footer, properties=properties)


def value_labels(policy: ResolvedPolicy) -> dict[str, Parameter]:
    """The parameters by what the table calls them: their label, with the name where two have the same."""
    parameters = policy.model.parameters.values()
    labels = [one.label for one in parameters]
    return {one.label if labels.count(one.label) == 1 else f"{one.label} ({one.name})": one for one in parameters}


def choice_labels(policy: ResolvedPolicy) -> dict[str, Clause]:
    """The clauses with choices by what the table calls them: their number, or the beginning of their words."""
    clauses = {clause.id: clause for clause in policy.model.walk() if clause.choices}
    recorded = policy.adoption.tailorings if policy.adoption else ()
    own = {entry.clause for entry in recorded if entry.kind == "substitute"}
    printed = [clause for clause in policy.clauses if clause.id in clauses and clause.id not in own]
    found: dict[str, Clause] = {}
    for clause, name in zip(printed, _names(policy, printed), strict=True):
        found[name if name not in found else f"{name} ({clause.id})"] = clauses[clause.id]
    return found


def choice_letter(index: int) -> str:
    """`A` for the first of the choices."""
    return chr(ord("A") + index)


def shown_value(parameter: Parameter, policy: ResolvedPolicy) -> str:
    """What the column "Ours" holds when the copy is made; a model on its own leaves it empty."""
    value = policy.values.get(parameter.name)
    if value is None or policy.adoption is None:
        return ""
    answer = print_answer(parameter, value)
    return answer if isinstance(answer, str) else print_value(parameter.type, value)


def shown_choice(clause: Clause, policy: ResolvedPolicy) -> str:
    """The letter in the column "Ours" when the copy is made; a model on its own leaves it empty."""
    if policy.adoption is None:
        return ""
    chosen = policy.adoption.choices.get(clause.id)
    return choice_letter(next((index for index, one in enumerate(clause.choices) if one.id == chosen), 0))


def _names(policy: ResolvedPolicy, clauses: list[ResolvedClause]) -> Iterator[str]:
    under: dict[str, str] = {}
    number = ""
    for clause in policy.clauses:
        number = clause.number if clause.number and not clause.number.startswith("(") else number
        under[clause.id] = number
    for clause in clauses:
        yield (
            clause.number
            if clause.number and clause.number == under[clause.id]
            else (f"under {under[clause.id]}" if under[clause.id] else " ".join(clause.text.split()[:6]))
        )


def _value_rows(policy: ResolvedPolicy) -> Iterator[tuple[Cell, ...]]:
    for label, parameter in value_labels(policy).items():
        default = parameter.default
        models = "nothing yet" if default is None else print_value(parameter.type, default)
        allowed = describe_allowed(parameter).partition(", with ")[0]  # what follows is for spreadsheets
        ours = cell(shown_value(parameter, policy))
        yield cell(label, heading=True), cell(models), ours, cell("it is fixed" if parameter.fixed else allowed)


def _choice_rows(policy: ResolvedPolicy) -> Iterator[tuple[Cell, ...]]:
    for label, clause in choice_labels(policy).items():
        lines = [
            (Run(f"{choice_letter(index)}  ", bold=True), *_filled(one.text, policy))
            for index, one in enumerate(clause.choices)
        ]
        yield cell(label, heading=True), lines_cell(lines), cell(shown_choice(clause, policy))


def _filled(text: str, policy: ResolvedPolicy) -> tuple[Run, ...]:
    numbers = {clause.id: clause.number or "" for clause in policy.clauses}
    return Filler(policy.model.parameters, policy.values, numbers).fill(text)


def _body(policy: ResolvedPolicy) -> Iterator[Block]:
    classes = {clause.id: clause.tailoring for clause in policy.model.walk()}
    for clause, blocks in zip(policy.clauses, clause_blocks(policy.clauses), strict=True):
        yield from _guidance(clause, classes.get(clause.id, "free"))
        yield from (replace(one, aside="") if isinstance(one, Paragraph) else one for one in blocks)


def _guidance(clause: ResolvedClause, tailorable: Tailorable) -> Iterator[Callout]:
    if tailorable != "free":
        words = CLASS_WORDS[tailorable]
        yield Callout(f"{GUIDE_SIGN} {words}", runs(_CLASS_ADVICE[tailorable]), tone=tailorable)
    if clause.note:
        yield Callout(f"{GUIDE_SIGN} Note to schools", runs(clause.note), tone="note")
