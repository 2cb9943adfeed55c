"""The commands that record and look after what was decided: decide, signoff, register, release, verify."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from policybook.cli.command import DONE, FOUND
from policybook.cli.output import page_writers, print_findings, to_json, write_result
from policybook.domain.adoption import Decision, Outcome
from policybook.domain.error import Refused

if TYPE_CHECKING:
    from policybook.workflow.decide import DecisionRequest, PlannedDecision

OUTCOMES = get_args(Outcome)
MEETING_FILES, MEETING_SHEETS = (".yaml", ".yml"), (".xlsx", ".csv")


class Day(click.ParamType[date]):
    """A day written as 2024-11-21."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a usage error in words."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"'{value}' is no date; write it as 2024-11-21", param, ctx)


@click.command()
@click.argument("ref", metavar="REF|MEETING.yaml|MEETING.xlsx")
@click.option("--outcome", type=click.Choice(OUTCOMES), help="What was decided.")
@click.option("--body", help="Who decided.")
@click.option("--on", type=Day(), help="The day of the decision, as 2024-11-21.")
@click.option("--minute", default="", help="Number of the minute; may follow later.")
@click.option("--published", type=Day(), help="When it was made known; goes with --on of a decision recorded before.")
@click.option("--effective", type=Day(), help="In force from this day (else from the day of the decision).")
@click.option("--delegation", default="", help="Under which scheme of delegation the body decided.")
@click.option("--review", default="", help="Next review: a date, or a term such as 'Autumn 2026'.")
@click.option("--document", type=click.Path(path_type=Path), help="The paper as issued, for a decision of the past.")
@click.option("--to", "to", type=click.Choice(("xlsx",)), help="Record nothing: make MEETING.yaml a sheet to fill in.")
@click.option("-o", "output", type=click.Path(path_type=Path), help="Write the sheet to this file.")
@click.option("--dry-run", is_flag=True, help="Only say what would be written.")
@click.pass_obj
def decide(
    workspace: Path,
    ref: str,
    outcome: Outcome | None,
    body: str | None,
    on: date | None,
    minute: str,
    published: date | None,
    effective: date | None,
    delegation: str,
    review: str,
    document: Path | None,
    to: str | None,
    output: Path | None,
    dry_run: bool,
) -> None:
    """Record a decision on REF, freeze its words, and keep the documents as issued.

    A MEETING.yaml or a spreadsheet records a whole meeting at once. With --on and --minute alone, or --on and
    --published, that is added to a decision recorded before.
    """
    from policybook.store import find_workspace
    from policybook.workflow.decide import DecisionRequest, plan_decisions, record_decisions

    if to:
        _write_meeting_sheet(workspace, Path(ref), output)
        return
    root = find_workspace(workspace)
    if Path(ref).suffix.lower() in (*MEETING_FILES, *MEETING_SHEETS):
        planned = plan_decisions(root, _requests_of_meeting(Path(ref)), _today())
    elif on and not outcome and not body:
        planned = (_plan_addition(root, ref, on, minute, published),)
    elif outcome and body and on:
        decision = Decision(outcome, body, on, minute, effective, delegation=delegation, published=published)
        planned = plan_decisions(root, [DecisionRequest(ref, decision, review, document)], _today())
    else:
        raise _incomplete(ref)
    if not dry_run:
        record_decisions(planned)
    _print_planned(planned, root, "would write" if dry_run else "wrote")


def _plan_addition(root: Path, ref: str, on: date, minute: str, published: date | None) -> PlannedDecision:
    """What follows a decision later: its minute number, or the day of publication; one at a time."""
    from policybook.workflow.decide import plan_minute, plan_publication

    if published and not minute:
        return plan_publication(root, ref, on, published)
    if minute and not published:
        return plan_minute(root, ref, on, minute)
    raise _incomplete(ref)


def _incomplete(ref: str) -> Refused:
    mend = "say --outcome, --body and --on; or --on and --minute, or --on and --published, to add one of them"
    return Refused("a decision needs what was decided, by whom, and on which day", where=ref, mend=mend)


@click.command()
@click.option("--to", "to", type=click.Choice(("text", "json", "html", "xlsx", "ics")), default="text", help="Format.")
@click.option("-o", "output", type=click.Path(path_type=Path), help="Write to this file.")
@click.option("--on", type=Day(), help="As of this day (else today).")
@click.pass_obj
def register(workspace: Path, to: str, output: Path | None, on: date | None) -> None:
    """Who has adopted what and when, how far behind they are, what is due, and what waits for whom."""
    from policybook.report.register import register_data, register_page
    from policybook.store import find_workspace
    from policybook.workflow.register import calendar_of, read_register

    book = read_register(find_workspace(workspace), on or _today())
    writers = {
        **page_writers(register_page(book), workspace),
        "json": lambda: to_json(register_data(book)),
        "ics": lambda: calendar_of(book, _epoch_day()),
    }
    write_result(writers, to, output)


@click.command()
@click.argument("ref", metavar="PUBLISHER/POLICY@draft")
@click.option("--version", "version", help="The name of the new version, such as 2026-09.")
@click.option("--issued", type=Day(), help="The day it is issued (else today).")
@click.option("--draft-changes", is_flag=True, help="Only write the table of changes into the draft, for you to edit.")
@click.option("--dry-run", is_flag=True, help="Only say what would be written.")
@click.pass_obj
def release(
    workspace: Path, ref: str, version: str | None, issued: date | None, draft_changes: bool, dry_run: bool
) -> None:
    """Freeze a model's draft as a version that schools can adopt.

    First --draft-changes: it writes what changed since the version before into the draft's policy.yaml. Edit the words
    and confirm each change; then release with --version.
    """
    from policybook.store import find_workspace
    from policybook.workflow.release import carry_out, plan_changes, plan_release

    root = find_workspace(workspace)
    if draft_changes:
        planned = plan_changes(root, ref)
    elif version:
        planned = plan_release(root, ref, version, issued or _today())
    else:
        raise Refused("a version needs a name", where=ref, mend="say --version, or --draft-changes to prepare it")
    if not dry_run:
        carry_out(planned)
    for path in planned.paths:
        click.echo(f"{'would write' if dry_run else 'wrote'} {path}")
    for note in planned.notes:
        click.echo(note)


@click.command()
@click.option("--to", "to", type=click.Choice(("text", "json")), default="text", show_default=True, help="Format.")
@click.option("-o", "output", type=click.Path(path_type=Path), help="Write to this file.")
@click.pass_obj
def verify(workspace: Path, to: str, output: Path | None) -> None:
    """Hash what was issued and released again, and compare; nothing is rebuilt or written.

    Exit code 1 where anything is missing or not as it was kept.
    """
    from policybook.report.register import verification_data
    from policybook.store import find_workspace
    from policybook.workflow.verify import verify_workspace

    result = verify_workspace(find_workspace(workspace))
    if to == "json" or output:
        said = "\n".join(f"{entry.place}  {entry.message}" for entry in result.findings) + "\n"
        write_result({"json": lambda: to_json(verification_data(result)), "text": lambda: said}, to, output)
    else:
        print_findings(result.findings)
        click.echo(result.in_words())
    if result.is_damaged:
        raise SystemExit(FOUND)


@click.command()
@click.argument("ref", metavar="SCHOOL/POLICY")
@click.option("--since", default="", metavar="REF", help="The words that staff signed; else those approved before.")
@click.option("--lines", type=click.IntRange(1, 500), default=20, show_default=True, help="Lines to sign on.")
@click.option("--to", "to", type=click.Choice(("text", "docx", "pdf", "html")), default="text", show_default=True)
@click.option("-o", "output", type=click.Path(path_type=Path), help="Write to this file.")
@click.pass_obj
def signoff(workspace: Path, ref: str, since: str, lines: int, to: str, output: Path | None) -> None:
    """Whether staff sign a policy again, the sections that say why, and a sheet to print and sign.

    Exit code 1 where they sign again, 0 where what they signed still holds.
    """
    from policybook.report.signoff import signoff_page
    from policybook.workflow.look import template_of_text
    from policybook.workflow.signoff import signing_of

    item = signing_of(ref, workspace, since)
    page = signoff_page(item, lines)
    write_result(page_writers(page, workspace, template_of_text(ref, workspace)), to, output)
    is_signed = item.sign_again.answer is not None and (item.sign_again.answer or item.is_first)
    raise SystemExit(FOUND if is_signed else DONE)


COMMANDS = (decide, signoff, register, release, verify)
"""For the group of commands, in the order of the work."""


def _write_meeting_sheet(workspace: Path, agenda: Path, output: Path | None) -> None:
    from policybook.report.meeting import meeting_sheet_page
    from policybook.store.meeting import read_agenda

    write_result(page_writers(meeting_sheet_page(read_agenda(agenda)), workspace), "xlsx", output)


def _requests_of_meeting(file: Path) -> list[DecisionRequest]:
    from policybook.store.meeting import read_meeting
    from policybook.workflow.decide import DecisionRequest
    from policybook.workflow.meeting_sheet import read_meeting_sheet

    read = read_meeting if file.suffix.lower() in MEETING_FILES else read_meeting_sheet
    return [
        DecisionRequest(entry.policy, entry.decision, entry.next_review, amendments=entry.amendments)
        for entry in read(file)
    ]


def _print_planned(planned: tuple[PlannedDecision, ...], root: Path, verb: str) -> None:
    for entry in planned:
        click.echo(f"{entry.ref}: {entry.decision.outcome}, {entry.decision.body}, {entry.decision.on.isoformat()}")
        if entry.warning:
            click.echo(f"    note: {entry.warning}")
        for write in entry.writes:
            click.echo(f"    {verb} {write.file.relative_to(root).as_posix()}")


def _today() -> date:
    return date.today()  # the only clock: inside, the day is always given


def _epoch_day() -> date | None:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdigit() else None
