"""The commands that move adoptions to a newer model version."""

from __future__ import annotations

from pathlib import Path

import click

from policybook.cli.command import DONE, FOUND
from policybook.cli.output import page_writers, to_json, write_result
from policybook.domain.error import Refused
from policybook.domain.upgrade import ClauseOutcome, Settlement, Take

FORMATS = ("text", "json", "html", "xlsx")


@click.command()
@click.argument("schools", metavar="[SCHOOL]...", nargs=-1)
@click.option(
    "--model", "-m", "models", multiple=True, required=True, metavar="PUBLISHER/POLICY@V", help="May be given again."
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
@click.argument("ref", metavar="SCHOOL/POLICY")
@click.argument("clauses", metavar="[CLAUSE]...", nargs=-1)
@click.option("--model", "-m", metavar="PUBLISHER/POLICY@V", help="To which version; not needed once a plan is begun.")
@click.option("--take", type=click.Choice(("new", "ours", "merged")), help="The answer for the clauses named.")
@click.option("--reason", default="", help="Why, where the answer makes a departure.")
@click.option("--plan", "sheet", type=click.Path(path_type=Path), help="Take decisions from this file, too.")
@click.option("--write", is_flag=True, help="Write the adoption, once everything is decided.")
@click.option("--dry-run", is_flag=True, help="Write nothing, only say what would be.")
@click.pass_obj
def settle(
    workspace: Path,
    ref: str,
    clauses: tuple[str, ...],
    model: str | None,
    take: Take | None,
    reason: str,
    sheet: Path | None,
    write: bool,
    dry_run: bool,
) -> None:
    """Decide what an upgrade left open, one section or several at a time; --write moves the adoption when all is done.

    Until then the decisions are kept in plan.yaml beside the adoption. Exit code 1 while something waits.
    """
    from policybook.report.upgrade import section_name
    from policybook.workflow.settle import keep_half_done, take_decisions, write_settled

    if bool(clauses) != bool(take):
        raise Refused("an answer needs the sections it is for", where=ref, mend="say --take new CLAUSE..., or neither")
    decisions = [Settlement(clause, take, reason) for clause in clauses] if take else []
    settling = take_decisions(ref, model, decisions, sheet, workspace)
    for entry in settling.settlements:
        click.echo(f"decided: {entry.clause}: {entry.take}")
    for outcome in settling.waiting:
        click.echo(f"waits:   {outcome.clause}: {' or '.join(outcome.takes())}")
        click.echo(f"         {section_name(outcome)}")
        click.echo(f"         {_asks(outcome)}")
    if dry_run:
        click.echo("nothing was written")
    elif write:
        click.echo(f"wrote {write_settled(settling)}")
    elif decisions or sheet:
        keep_half_done(settling)
        click.echo(f"kept in {settling.file}; the adoption is as it was")
    raise SystemExit(FOUND if settling.waiting else DONE)


def _asks(outcome: ClauseOutcome) -> str:
    return " ".join(step.why for step in outcome.steps if step.is_open)


COMMANDS = (upgrade, settle)
