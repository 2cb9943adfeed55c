"""The commands that read spreadsheets and make them: schools, values."""

from __future__ import annotations

from pathlib import Path

import click

from policybook.cli.command import DONE, FOUND
from policybook.cli.output import print_findings, to_json, write_result
from policybook.domain.error import Refused
from policybook.domain.model import SchoolKind

_dry = click.option("--dry-run", is_flag=True, help="Only say what would be written.")
_output = click.option("-o", "output", type=click.Path(path_type=Path), help="Write to this file.")


@click.group()
def schools() -> None:
    """The schools of the workspace."""


@schools.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--kind",
    type=click.Choice(("school", "academy", "trust", "federation", "service")),
    help="What the schools are of which FILE does not say it.",
)
@_dry
@click.option("--to", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Format.")
@_output
@click.pass_obj
def import_schools(
    workspace: Path, file: Path, kind: SchoolKind | None, dry_run: bool, to: str, output: Path | None
) -> None:
    """Take schools, names, roles, kinds and values from FILE (.xlsx or .csv), as HR has it already.

    All schools are written or none: exit code 1 where a row has a mistake, and every one is listed.
    """
    from policybook.report.sheet import schools_data, schools_text
    from policybook.workflow.schools import plan_schools, write_schools

    plan = plan_schools(file, workspace, kind)
    written = plan.is_good and not dry_run
    if written:
        write_schools(plan)
    writers = {
        "text": lambda: schools_text(plan.rows, written=written, is_good=plan.is_good),
        "json": lambda: to_json(schools_data(plan.rows, plan.findings, written=written)),
    }
    write_result(writers, to, output)
    if to == "text":
        print_findings(plan.findings)
    raise SystemExit(DONE if plan.is_good else FOUND)


@click.command()
@click.argument("refs", metavar="[SCHOOL/POLICY]...", nargs=-1)
@click.option("--from", "file", type=click.Path(path_type=Path), help="A sheet that came back filled in.")
@_dry
@click.option("--to", type=click.Choice(["text", "xlsx", "json"]), default="text", show_default=True, help="Format.")
@_output
@click.pass_obj
def values(
    workspace: Path, refs: tuple[str, ...], file: Path | None, dry_run: bool, to: str, output: Path | None
) -> None:
    """List what schools are asked for, make a sheet of it to send (--to xlsx), or read one back (--from).

    SCHOOL alone means all its policies. With --from, exit code 1 where an answer will not do; then nothing is written.
    """
    if bool(refs) == bool(file):
        raise Refused("say either which policies to ask about, or --from FILE", mend="see `policybook values --help`")
    if file:
        _read_back(workspace, file, to, output, dry_run=dry_run)
    from policybook.report.sheet import questions_data, questions_text
    from policybook.workflow.values import ask_values

    questions = ask_values(refs, workspace)

    def sheet() -> bytes:
        from policybook.render.answer_sheet import write_answer_sheet

        return write_answer_sheet(questions)

    data = {"json": lambda: to_json(questions_data(questions)), "text": lambda: questions_text(questions)}
    if dry_run and to == "xlsx":
        click.echo(f"nothing was written; would write {output} with {len(questions)} questions")
    else:
        write_result({**data, "xlsx": sheet}, to, output)


def _read_back(workspace: Path, file: Path, to: str, output: Path | None, *, dry_run: bool) -> None:
    from policybook.report.sheet import answers_data, answers_text
    from policybook.workflow.values import plan_values, write_values

    if to == "xlsx":
        raise Refused("what a sheet says is told as text or json", mend="leave --to xlsx out")
    plan = plan_values(file, workspace)
    written = plan.is_good and not dry_run
    if written:
        write_values(plan)
    writers = {
        "text": lambda: answers_text(plan.answers, written=written, is_good=plan.is_good),
        "json": lambda: to_json(answers_data(plan.answers, plan.findings, written=written)),
    }
    write_result(writers, to, output)
    if to == "text":
        print_findings(plan.findings)
    raise SystemExit(DONE if plan.is_good else FOUND)


COMMANDS = (schools, values)
"""Registered on the group in `policybook.cli`."""
