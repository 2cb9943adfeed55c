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
    from policybook.workflow.adopt import PlannedAdoption


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
    if not given and not file and sys.stdin.isatty():
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
    answers = {}
    for row in planned.values:
        if row.is_needed:
            note = "" if row.parameter.required else " (empty: leave blank)"
            words = click.prompt(f"{row.parameter.label}{note}", default="", show_default=False)
            if words.strip():
                answers[row.parameter.name] = words
    return answers


def _print_plan(planned: PlannedAdoption) -> None:
    click.echo(f"{planned.school.name} adopts {planned.model.title}, version {planned.model.version}")
    if planned.is_new_school:
        school = planned.school
        click.echo(
            f"new school, from the document: {school.name} ({school.id}, {school.kind}); look whether that is right"
        )
    width = max((len(row.parameter.label) for row in planned.values), default=0)
    for row in planned.values:
        model = "the same as the model" if row.schools == row.models else f"the model: {row.models}"
        click.echo(f"  {row.parameter.label:<{width}}  {row.schools}  ({model})")
    for entry in planned.adoption.tailorings:
        sure = planned.inference.confidence.get((entry.kind, entry.clause)) if planned.inference else None
        click.echo(f"  {entry.kind} {entry.clause}{f'  ({sure:.0%} sure)' if sure is not None else ''}")
    click.echo(planned.consultation())
    if planned.inference:
        for name, words in planned.inference.names.items():
            if words not in (planned.school.name, planned.school.short_name):
                click.echo(f"the document has another {name.replace('_', ' ')}: {words}")
        for words in planned.inference.differences:
            click.echo(f"not recorded, because a policy needs more than a heading: {words[:200]}")
    print_findings(planned.findings)


COMMANDS = (adopt,)
