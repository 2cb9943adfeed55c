"""The command by which a school adopts a model."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policybook.cli.command import FOUND
from policybook.cli.output import print_findings
from policybook.domain.error import Refused

if TYPE_CHECKING:
    from policybook.workflow.adopt import AdoptedValue, PlannedAdoption


@click.command()
@click.argument("school")
@click.argument("model", metavar="MODEL[@V]")
@click.option("--from", "file", type=click.Path(path_type=Path), help="Infer it from the school's own document.")
@click.option("--set", "given", multiple=True, metavar="NAME=VALUE", help="A value (may be given again); asks nothing.")
@click.option("--reason", "reasons", multiple=True, metavar="[CLAUSE=]TEXT", help="Why, for departures found in FILE.")
@click.option("--dry-run", is_flag=True, help="Only say what would be written.")
@click.pass_obj
def adopt(
    workspace: Path,
    school: str,
    model: str,
    file: Path | None,
    given: tuple[str, ...],
    reasons: tuple[str, ...],
    dry_run: bool,
) -> None:
    """Record that SCHOOL adopts MODEL (publisher/policy), in its newest version or the one named.

    Asks only for what the model needs and has no value for. With --from, values and departures are read out of the
    school's document. Exit code 1 where something must be mended before the policy can be built.
    """
    from policybook.workflow.adopt import plan_adoption, write_adoption

    values = _given(given)
    planned = plan_adoption(school, model, workspace, values, file, reasons)
    if not given and not file and _is_somebody_there():
        values |= _ask(planned)
        planned = plan_adoption(school, model, workspace, values, file, reasons)
    _print_plan(planned)
    if dry_run:
        click.echo(f"nothing was written; would write the adoption {planned.adoption.ref}")
    else:
        for path in write_adoption(planned):
            click.echo(f"wrote {path.relative_to(planned.root).as_posix()}")
    if any(finding.severity == "error" for finding in planned.findings):
        raise SystemExit(FOUND)


def _is_somebody_there() -> bool:
    return sys.stdin.isatty()


def _given(given: tuple[str, ...]) -> dict[str, str]:
    values = {}
    for entry in given:
        name, sign, words = entry.partition("=")
        if not sign:
            raise Refused(f"'{entry}' names no value", mend="write --set NAME=VALUE")
        values[name.strip()] = words
    return values


def _ask(planned: PlannedAdoption) -> Mapping[str, str]:
    """Asks for the values that neither the model nor the school's record has; an empty answer leaves a blank."""
    needed = [row for row in planned.values if row.is_needed]
    answers = {}
    if needed:
        count = "one value" if len(needed) == 1 else f"{len(needed)} values"
        click.echo(f"{planned.model.title} leaves {count} to {planned.school.name}. Press Enter to leave one blank.")
    for row in needed:
        words = _answer(row)
        if words.strip():
            answers[row.parameter.name] = words
    click.echo()
    return answers


def _answer(row: AdoptedValue) -> str:
    """One answer that will do, asked for until it does."""
    from policybook.text.answer import describe_allowed
    from policybook.workflow.adopt import read_answer

    allowed = describe_allowed(row.parameter)
    click.echo(f"\n{row.parameter.label} ({allowed})")
    click.echo(f"  It stands in: {row.used_in}" if row.used_in else "  No section prints it today.")
    if row.parameter.required:
        click.echo("  The policy cannot be built without it.")
    while True:
        words: str = click.prompt("  Yours", default="", show_default=False)
        try:
            read_answer(row.parameter, words)
        except Refused:
            click.echo(f"  That will not do; please give {allowed}.")
            continue
        return words


def _print_plan(planned: PlannedAdoption) -> None:
    click.echo(f"{planned.school.name} adopts {planned.model.title}, version {planned.model.version}")
    if planned.is_new_school:
        school = planned.school
        click.echo(
            f"new school, from the document: {school.name} ({school.id}, {school.kind}); look whether that is right"
        )
    width = max((len(row.parameter.label) for row in planned.values), default=0)
    for row in planned.values:
        same = "nor has the model one" if row.schools == "–" else "the same as the model"
        model = same if row.schools == row.models else f"the model: {row.models}"
        is_unsaid = planned.inference is not None and row.parameter.name not in planned.inference.found
        unsaid = "; not found in the document" if is_unsaid else ""
        click.echo(f"  {row.parameter.label:<{width}}  {row.schools}  ({model}{unsaid})")
    for entry in planned.adoption.tailorings:
        sure = planned.inference.confidence.get((entry.kind, entry.clause)) if planned.inference else None
        click.echo(f"  {entry.kind} {entry.clause}{f'  ({sure:.0%} sure)' if sure is not None else ''}")
    click.echo(planned.consultation())
    sections, departures = sum(1 for _ in planned.model.walk()), len(planned.adoption.tailorings)
    if planned.inference and departures > sections / 2:
        click.echo(
            f"the document has little in common with this model: {departures} departures, from {sections} sections"
        )
        click.echo("    `policybook identify FILE` says which model it follows")
    if planned.inference:
        for name, words in planned.inference.names.items():
            if words not in (planned.school.name, planned.school.short_name):
                click.echo(f"the document has another {name.replace('_', ' ')}: {words}")
        for words in planned.inference.differences:
            click.echo(f"not recorded, because a policy needs more than a heading: {words[:200]}")
    print_findings(planned.findings)


COMMANDS = (adopt,)
