"""The command that takes an edited copy back."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policybook.cli.command import DONE, FOUND
from policybook.cli.output import page_writers, print_findings, to_json, write_result
from policybook.domain.error import Refused

if TYPE_CHECKING:
    from policybook.workflow.take import TakePlan
    from policybook.workflow.take_draft import DraftPlan

_FORMATS = ("text", "json", "html", "docx")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--for", "owner", default="", metavar="SCHOOL[/POLICY]", help="Whose it is, where FILE does not say.")
@click.option("--reason", "reasons", multiple=True, metavar="[CLAUSE=]TEXT", help="Why, for changes without a comment.")
@click.option("--not-recorded", is_flag=True, help="Reasons that nobody gives are “not recorded (inherited)”.")
@click.option("--write", is_flag=True, help="Record the changes; without it nothing is written.")
@click.option("--dry-run", is_flag=True, help="Only say what would be written (as without --write).")
@click.option("--to", "to", type=click.Choice(_FORMATS), default="text", show_default=True, help="Format.")
@click.option("-o", "output", type=click.Path(path_type=Path), help="Write to this file.")
@click.pass_obj
def take(
    workspace: Path,
    file: Path,
    owner: str,
    reasons: tuple[str, ...],
    not_recorded: bool,
    write: bool,
    dry_run: bool,
    to: str,
    output: Path | None,
) -> None:
    """Read FILE, an edited copy of a document that policybook made, and propose what to record.

    Of a school's copy: values, choices, changed, added, moved and removed sections, and comments as reasons. Of a
    model's draft: all that its drafter changed. Exit code 1 where a reason is
    missing, a value will not do, or something could not be taken; every such thing is listed.
    """
    from policybook.workflow.take import plan_take, write_take
    from policybook.workflow.take_draft import is_draft_copy, plan_take_draft, write_take_draft

    if write and dry_run:
        raise Refused("--write and --dry-run together say two things", mend="leave one out")
    if is_draft_copy(file):
        if owner or reasons or not_recorded:
            mend = "leave --for, --reason and --not-recorded out"
            raise Refused("this is a copy of a model's draft, which belongs to no school", where=file.name, mend=mend)
        draft = plan_take_draft(file, workspace)
        _report(draft, write_take_draft(draft) if write and draft.is_change else (), workspace, to, output)
        raise SystemExit(DONE if not draft.unplaced else FOUND)
    plan = plan_take(file, workspace, owner, reasons, is_inherited=not_recorded)
    if sys.stdin.isatty() and to == "text" and (asked := _ask(plan)):
        plan = plan_take(file, workspace, owner, (*reasons, *asked), is_inherited=not_recorded)
    written = write_take(plan) if write and plan.is_good and plan.is_change else ()
    _report(plan, written, workspace, to, output)
    raise SystemExit(DONE if plan.is_good and not plan.unplaced else FOUND)


def _report(plan: TakePlan | DraftPlan, written: Sequence[Path], workspace: Path, to: str, output: Path | None) -> None:
    from policybook.report.take import take_data, take_page

    report = plan.report(written)
    write_result({**page_writers(take_page(report), workspace), "json": lambda: to_json(take_data(report))}, to, output)
    if to == "text":
        print_findings([entry for entry in plan.findings if entry.code != "take.unplaced"])


def _ask(plan: TakePlan) -> list[str]:
    """Asks why, change by change; an empty answer leaves the reason open."""
    answers = []
    for change in plan.changes:
        if change.reason is None:
            shown = change.after or change.before
            words = click.prompt(f"{change.number} {change.kind} “{shown[:70]}”: why?", default="", show_default=False)
            answers += [f"{change.clause}={words}"] if words.strip() else []
    return answers


COMMANDS = (take,)
"""Registered on the group in `policybook.cli`."""
