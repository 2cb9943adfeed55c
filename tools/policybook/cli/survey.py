"""The command that surveys thousands of documents at once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policybook.cli.command import DONE, FOUND
from policybook.cli.output import to_json

if TYPE_CHECKING:
    from policybook.workflow.survey import SurveyReport


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--model", required=True, metavar="PUBLISHER/POLICY[@V]", help="What the documents are compared with.")
@click.option("--jobs", "-j", type=click.IntRange(1, 61), default=1, show_default=True, help="Processes.")
@click.option("--cluster", default="", metavar="ADDRESS", help="Work on a Dask cluster, such as tcp://scheduler:8786.")
@click.option("--time-limit", type=click.FloatRange(0.1), default=10.0, show_default=True, help="Seconds a document.")
@click.option(
    "--memory-limit", type=click.IntRange(100), default=1000, show_default=True, help="MB a document (Linux)."
)
@click.option(
    "--audience",
    type=click.Choice(["council", "public"]),
    default="council",
    show_default=True,
    help="public: counts alone, and none below five.",
)
@click.option("--dry-run", is_flag=True, help="Only say how many documents there are.")
@click.option("--adoptions", type=click.Path(path_type=Path), help="Also propose an adoption for each, in this folder.")
@click.option("--to", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Format.")
@click.option("-o", "output", type=click.Path(path_type=Path), help="The folder to write to. Else build/survey.")
@click.pass_obj
def survey(
    workspace: Path,
    folder: Path,
    model: str,
    jobs: int,
    cluster: str,
    time_limit: float,
    memory_limit: int,
    audience: str,
    dry_run: bool,
    adoptions: Path | None,
    to: str,
    output: Path | None,
) -> None:
    """Survey every document in FOLDER beside a model: who follows it, what they say, what they change.

    Writes pages, spreadsheets and tables (Parquet). Exit code 1 where a document could not be read; each is listed.
    """
    from policybook.jobs import Limits, Workers
    from policybook.report.survey import survey_data, survey_text
    from policybook.site.audience import parse_audience
    from policybook.store import find_workspace
    from policybook.workflow.survey import find_documents, survey_folder

    target = output or find_workspace(workspace) / "build" / "survey"
    if dry_run:
        click.echo(f"would survey {len(find_documents(folder))} documents and write to {target}")
        return
    with click.progressbar(length=1, label="documents", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def show(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        report = survey_folder(
            folder,
            model,
            workspace,
            target,
            audience=parse_audience(audience),
            workers=Workers(jobs, cluster),
            limits=Limits(time_limit, memory_limit),
            adoptions=adoptions,
            on_done=show,
        )
    click.echo(to_json(survey_data(report.summary)) if to == "json" else survey_text(report.summary), nl=False)
    _tell_aside(report)
    raise SystemExit(FOUND if report.summary.failed else DONE)


def _tell_aside(report: SurveyReport) -> None:
    """What was known, proposed and written, beside the answer itself."""
    click.echo(f"{report.known} documents were known from before", err=True)
    if report.adopted:
        told = report.adopted
        click.echo(f"proposed {told.written} adoptions in {told.folder}; {told.kept} stood there already", err=True)
        for failure in told.failures:
            click.echo(f"not adopted: {failure.document}: {failure.reason}\n  {failure.mend}", err=True)
    click.echo(f"wrote {report.folder}: {', '.join(report.files)}", err=True)


COMMANDS = (survey,)
"""Registered on the group in `policybook.cli`."""
