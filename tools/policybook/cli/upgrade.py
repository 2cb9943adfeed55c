"""The commands that move adoptions to a newer model version."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from policybook.cli.command import DONE, FOUND
from policybook.cli.output import page_writers, print_findings, to_json, write_result
from policybook.domain.error import Refused
from policybook.domain.upgrade import ClauseOutcome, Settlement, Take

if TYPE_CHECKING:
    from policybook.workflow.settle import Settling

FORMATS = ("text", "json", "html", "docx", "pdf", "xlsx")


@click.command()
@click.argument("schools", metavar="[SCHOOL]...", nargs=-1)
@click.option(
    "--model",
    "-m",
    "models",
    multiple=True,
    required=True,
    metavar="PUBLISHER/POLICY@V",
    help="The version to move to (may be given again).",
)
@click.option("--to", "to", type=click.Choice(FORMATS), default="text", show_default=True, help="Format.")
@click.option("-o", "output", type=click.Path(path_type=Path), help="Write to this file.")
@click.pass_obj
def upgrade(workspace: Path, schools: tuple[str, ...], models: tuple[str, ...], to: str, output: Path | None) -> None:
    """Plan the move to a newer model version, for the schools named or for all: a plan, and nothing else.

    Exit code 0 where all applies cleanly, 1 where something waits for a person.
    """
    from policybook.report.upgrade import upgrade_page, upgrade_sheet_page, without_marks
    from policybook.report.upgrade_data import upgrade_data
    from policybook.workflow.upgrade import plan_upgrades

    triage = plan_upgrades(schools, models, workspace)
    page = upgrade_page(triage)
    writers = {
        **page_writers(page, workspace),
        "text": page_writers(without_marks(page), workspace)["text"],
        "xlsx": lambda: page_writers(upgrade_sheet_page(triage), workspace)["xlsx"](),
        "json": lambda: to_json(upgrade_data(triage)),
    }
    write_result(writers, to, output)
    raise SystemExit(FOUND if triage.is_open() else DONE)


@click.command()
@click.argument("ref", metavar="[SCHOOL/POLICY]", required=False)
@click.argument("clauses", metavar="[CLAUSE]...", nargs=-1)
@click.option("--model", "-m", metavar="PUBLISHER/POLICY@V", help="To which version; not needed once a plan is begun.")
@click.option("--take", type=click.Choice(("new", "ours", "merged")), help="The answer for the clauses named.")
@click.option("--reason", default="", help="Why, where the answer makes a departure.")
@click.option("--plan", type=click.Path(path_type=Path), help="Take decisions from this YAML file, too.")
@click.option("--sheet", type=click.Path(path_type=Path), help="Take the decisions of a sheet of `upgrade --to xlsx`.")
@click.option("--write", is_flag=True, help="Write the adoption, once everything is decided.")
@click.option("--dry-run", is_flag=True, help="Write nothing, only say what would be.")
@click.pass_obj
def settle(
    workspace: Path,
    ref: str | None,
    clauses: tuple[str, ...],
    model: str | None,
    take: Take | None,
    reason: str,
    plan: Path | None,
    sheet: Path | None,
    write: bool,
    dry_run: bool,
) -> None:
    """Decide what an upgrade left open, one section or several at a time; --write moves the adoption when all is done.

    Until then the decisions are kept in plan.yaml beside the adoption. Exit code 1 while something waits. A --sheet may
    hold the decisions of many schools: SCHOOL/POLICY can be left out then.
    """
    from policybook.workflow.settle import keep_half_done, take_decisions, write_settled

    if sheet and not (clauses or take or plan or model):
        _settle_sheet(workspace, sheet, ref, write=write, dry_run=dry_run)
    if ref is None or sheet:
        mend = "name SCHOOL/POLICY, or give --sheet FILE.xlsx and no other answers"
        raise Refused("which upgrade?", where=ref or "", mend=mend)
    if bool(clauses) != bool(take):
        raise Refused("an answer needs the sections it is for", where=ref, mend="say --take new CLAUSE..., or neither")
    decisions = [Settlement(clause, take, reason) for clause in clauses] if take else []
    settling = take_decisions(ref, model, decisions, plan, workspace)
    _print_settling(settling)
    if dry_run:
        click.echo("nothing was written")
    elif write:
        click.echo(f"wrote {_place(settling, write_settled(settling))}")
    elif decisions or plan:
        keep_half_done(settling)
        click.echo(f"kept in {_place(settling, settling.file)}; the adoption is as it was")
    raise SystemExit(FOUND if settling.waiting else DONE)


def _settle_sheet(workspace: Path, sheet: Path, ref: str | None, *, write: bool, dry_run: bool) -> NoReturn:
    from policybook.workflow.settle import keep_half_done, write_all
    from policybook.workflow.settle_sheet import read_settle_sheet

    read = read_settle_sheet(sheet, workspace, ref)
    if read.findings:
        print_findings(read.findings)
        click.echo("nothing was written: mend what is listed first")
        raise SystemExit(FOUND)
    for settling in read.settlings:
        click.echo(f"{settling.plan.ref}:")
        _print_settling(settling)
    if read.empty:
        click.echo(f"rows without a decision: {read.empty}")
    if dry_run:
        click.echo("nothing was written")
    elif write:
        for settling, file in zip(read.settlings, write_all(read.settlings), strict=True):
            click.echo(f"wrote {_place(settling, file)}")
    else:
        keep_half_done(*read.settlings)
        for settling in read.settlings:
            click.echo(f"kept in {_place(settling, settling.file)}; the adoption is as it was")
    raise SystemExit(FOUND if read.empty or any(entry.waiting for entry in read.settlings) else DONE)


def _print_settling(settling: Settling) -> None:
    from policybook.report.upgrade import section_name

    for entry in settling.settlements:
        click.echo(f"decided: {entry.clause}: {entry.take}")
    for outcome in settling.waiting:
        click.echo(f"waits:   {outcome.clause}: {' or '.join(outcome.takes())}")
        click.echo(f"         {section_name(outcome)}")
        click.echo(f"         {_asks(outcome)}")


def _place(settling: Settling, file: Path) -> str:
    return f"clauses/adoptions/{settling.plan.ref}/{file.name}"


def _asks(outcome: ClauseOutcome) -> str:
    return " ".join(step.why for step in outcome.steps if step.is_open)


COMMANDS = (upgrade, settle)
