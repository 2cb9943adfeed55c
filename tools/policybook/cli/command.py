"""The commands. Each imports what it needs when it runs, so that `--help` answers at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from policybook import __version__
from policybook.cli.output import (
    findings_text,
    page_writers,
    prepare_process,
    print_error,
    print_findings,
    template_of,
    to_json,
    write_result,
)
from policybook.cli.progress import show_building
from policybook.domain.error import PolicybookError
from policybook.domain.source import ChangeReading

if TYPE_CHECKING:
    from policybook.workflow.build import BuildReport

DONE, FOUND, COULD_NOT = 0, 1, 2
"""Exit codes: done (no difference); findings or differences; could not do it."""


_Command = TypeVar("_Command", bound=Callable[..., Any])


class Commands(click.Group):
    """The group of commands; an error that means "cannot go on" becomes words and exit code 2, never a traceback."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Runs the words of a command line."""
        prepare_process()
        return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs a command; a bug keeps its traceback."""
        try:
            return super().invoke(ctx)
        except click.MissingParameter as error:
            message = error.message or _how_to_write(error)
            raise click.MissingParameter(message, error.ctx, error.param, error.param_hint) from error
        except PolicybookError as error:
            print_error(error)
            ctx.exit(COULD_NOT)
        except (KeyboardInterrupt, click.Abort):
            click.echo("\npolicybook: stopped before it was done\n    what was finished stays; run it again", err=True)
            ctx.exit(COULD_NOT)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was named; where there is none, the error names the nearest one."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from policybook.text.near import did_you_mean

            message = f"{error.message} {did_you_mean(args[0], self.commands).capitalize()}".strip()
            raise click.UsageError(message, error.ctx) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Each command with its whole first sentence, on as many lines as it takes."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.get_short_help_str(400)) for name, command in self.commands.items()])

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The commands in the order of the work, as they are written below."""
        return list(self.commands)


def _how_to_write(error: click.MissingParameter) -> str:
    """How to write the option that is missing, and what it is for; nothing for an argument: the usage line has it."""
    if not isinstance(error.param, click.Option) or error.ctx is None:
        return ""
    return f"Write {error.param.opts[0]} {error.param.make_metavar(error.ctx)}: {error.param.help}"


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="policybook")
@click.option("--workspace", "-w", type=click.Path(path_type=Path), default=Path(), help="A folder in the workspace.")
@click.pass_context
def main(ctx: click.Context, workspace: Path) -> None:
    """Model policies for schools: adopt, tailor, compare and keep up to date, clause by clause.

    A text is named by a file's path, by school/policy, or by publisher/policy@version.
    """
    ctx.obj = workspace


def _to(*formats: str) -> Callable[[_Command], _Command]:
    return click.option("--to", "to", type=click.Choice(formats), default=formats[0], show_default=True, help="Format.")


_output = click.option("-o", "output", type=click.Path(path_type=Path), help="Write to this file.")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would be made.")
def init(folder: Path, dry_run: bool) -> None:
    """Make a new, empty workspace in FOLDER."""
    from policybook.workflow.start import new_workspace, planned_workspace

    for name in planned_workspace(folder) if dry_run else new_workspace(folder):
        click.echo(f"{'would make' if dry_run else 'made'} {folder / name}")
    if not dry_run:
        click.echo(f"Go into {folder}. There, `policybook import` makes a document the draft of a model,")
        click.echo("and `policybook schools import` takes in your schools from a spreadsheet.")


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--changes",
    type=click.Choice(["accept", "reject", "keep"]),
    default="accept",
    show_default=True,
    help="Tracked changes of a Word file: read as accepted, as rejected, or accepted and listed.",
)
@_to("text", "json", "html")
@_output
def read(file: Path, changes: ChangeReading, to: str, output: Path | None) -> None:
    """Show what is understood of FILE (Word, PDF, text): its clauses, and what was set aside.

    Writes nothing. Exit code 1 where a word of the document is not accounted for.
    """
    from policybook.report.data import document_data
    from policybook.report.document import document_page
    from policybook.workflow.show import read_source

    document = read_source(file, changes)
    writers = {**page_writers(document_page(document)), "json": lambda: to_json(document_data(document))}
    write_result(writers, to, output)
    _exit(found=document.coverage < 1.0)


@main.command()
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Reviews overdue on this day (else today).")
@_to("text", "json")
@_output
@click.pass_obj
def check(workspace: Path, on: datetime | None, to: str, output: Path | None) -> None:
    """List all that is wrong or unusual in the workspace. Exit code 1 if any of it is an error."""
    from policybook.report.data import findings_data
    from policybook.store import find_workspace
    from policybook.workflow.workspace import check_workspace

    findings = check_workspace(find_workspace(workspace), (on or datetime.now()).date(), is_remembering=True)
    writers = {"text": lambda: findings_text(findings), "json": lambda: to_json(findings_data(findings))}
    write_result(writers, to, output)
    _exit(found=any(finding.severity == "error" for finding in findings))


@main.command()
@click.argument("ref")
@click.option("--review", is_flag=True, help="A copy for checking: values filled in and blanks left are marked.")
@_to("text", "html", "docx", "pdf", "word-form")
@_output
@click.pass_obj
def show(workspace: Path, ref: str, review: bool, to: str, output: Path | None) -> None:
    """Show the text of REF as it is in force.

    `--to word-form -o FILE.docx` is a copy to edit in Word and send back: `policybook take` reads it.
    """
    from policybook.workflow.look import template_of_text
    from policybook.workflow.review import review_text
    from policybook.workflow.show import show_text

    if to == "word-form":
        from policybook.workflow.take import copy_to_edit

        page = copy_to_edit(ref, workspace)
    else:
        page = review_text(ref, workspace) if review else show_text(ref, workspace)
    writers = page_writers(page, workspace, template_of_text(ref, workspace))
    write_result({**writers, "word-form": writers["docx"]}, to, output)


@main.command()
@click.argument("left", metavar="A")
@click.argument("right", metavar="B")
@_to("text", "json", "html", "pdf", "docx", "redline", "xlsx")
@_output
@click.pass_obj
def compare(workspace: Path, left: str, right: str, to: str, output: Path | None) -> None:
    """Compare two texts: which section answers which, what changed, and which changes matter.

    `--to redline -o FILE.docx` is B as a Word document with every change from A tracked.
    Exit code 0 where nothing differs, 1 where something does.
    """
    from policybook.report.data import comparison_data
    from policybook.report.side_by_side import side_by_side_page
    from policybook.workflow.look import template_of_texts
    from policybook.workflow.redline import write_comparison_redline
    from policybook.workflow.reference import is_file_reference
    from policybook.workflow.show import compare_texts

    comparison = compare_texts(left, right, workspace)
    refs = [ref for ref in (right, left) if not is_file_reference(ref)]
    template = template_of_texts(refs, workspace) or template_of(workspace)
    pages = page_writers(side_by_side_page(comparison), workspace, template)
    data = {"json": lambda: to_json(comparison_data(comparison))}
    redline = {"redline": lambda: write_comparison_redline(comparison, left, right, workspace, template)}
    write_result({**pages, **data, **redline}, to, output)
    _exit(found=any(row.change != "same" for row in comparison.rows))


@main.command()
@click.argument("refs", metavar="REF...", nargs=-1, required=True)
@_to("text", "json", "html", "xlsx")
@_output
@click.pass_obj
def collate(workspace: Path, refs: tuple[str, ...], to: str, output: Path | None) -> None:
    """Set many texts beside the first. One model version alone: beside it, all schools that adopted it."""
    from policybook.report.data import collation_data
    from policybook.report.matrix import matrix_page
    from policybook.workflow.show import collate_texts

    collation = collate_texts(refs, workspace)
    pages = page_writers(matrix_page(collation, "All texts, section by section"), workspace)
    write_result({**pages, "json": lambda: to_json(collation_data(collation))}, to, output)


@main.command()
@click.argument("topics", metavar="[TOPIC]...", nargs=-1)
@click.option("--of", "refs", multiple=True, help="Only this text (may be given again); a file's path will do.")
@_to("text", "json", "html", "xlsx", "pdf")
@_output
@click.pass_obj
def positions(workspace: Path, topics: tuple[str, ...], refs: tuple[str, ...], to: str, output: Path | None) -> None:
    """What each text says on each topic, with the words that say so; "not stated" is an answer."""
    from policybook.report.data import positions_data
    from policybook.report.position import positions_page
    from policybook.workflow.show import positions_of

    table, known = positions_of(topics, refs, workspace)
    pages = page_writers(positions_page(table, known), workspace)
    write_result({**pages, "json": lambda: to_json(positions_data(table))}, to, output)


_jobs = click.option("--jobs", "-j", type=click.IntRange(1, 61), default=1, show_default=True, help="Processes.")


@main.command()
@_jobs
@click.option("--cluster", default="", metavar="ADDRESS", help="Work on a Dask cluster, such as tcp://scheduler:8786.")
@click.option("--dry-run", is_flag=True, help="Only say which documents would be made.")
@click.pass_obj
def build(workspace: Path, jobs: int, cluster: str, dry_run: bool) -> None:
    """Build everything derived under build/: documents, comparisons, matrices, positions and the site."""
    from policybook.jobs import Workers
    from policybook.store import find_workspace
    from policybook.workflow.build import build_workspace, planned_outputs

    root = find_workspace(workspace)
    if dry_run:
        for output in planned_outputs(root):
            click.echo(f"would make build/{output}")
        return
    with show_building() as on_done:
        report = build_workspace(root, workers=Workers(jobs, cluster), on_done=on_done)
    _print_built(report)


def _print_built(report: BuildReport) -> None:
    """What a build found, failed at and left. Ends with COULD_NOT where a document could not be made."""
    print_findings(report.findings)
    for failure in report.failures:
        click.echo(f"could not make {report.folder.name}/{failure.output}")
        print_error(failure.error)
    if not report.made and not report.failures:
        click.echo(f"nothing has changed: {report.kept} files stand as they were")
    click.echo(f"the site: {report.site / 'index.html'}")
    click.echo(f"documents: {report.folder / 'documents'}")
    if report.failures:
        raise SystemExit(COULD_NOT)


@main.group()
def site() -> None:
    """The site that shows it all in a browser."""


_audience = click.option(
    "--audience",
    default="council",
    show_default=True,
    metavar="WHO",
    help="council (everything), public (published policies only), or school:NAME (one school's own).",
)


@site.command("build")
@_audience
@_jobs
@click.pass_obj
def site_build(workspace: Path, audience: str, jobs: int) -> None:
    """Build the site for one audience, and the documents that it offers."""
    from policybook.jobs import Workers
    from policybook.site.audience import parse_audience
    from policybook.store import find_workspace
    from policybook.workflow.build import build_workspace

    root = find_workspace(workspace)
    with show_building() as on_done:
        report = build_workspace(root, audience=parse_audience(audience), workers=Workers(jobs), on_done=on_done)
    _print_built(report)


@site.command("serve")
@_audience
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where the browser finds it.")
@click.pass_obj
def site_serve(workspace: Path, audience: str, address: str) -> None:
    """Serve the site on this machine, anew as files change, until Ctrl+C."""
    from policybook.site.audience import parse_audience
    from policybook.store import find_workspace
    from policybook.workflow.serve import serve_site

    serve_site(find_workspace(workspace), parse_audience(audience), address, on_change=click.echo)


def _exit(*, found: bool) -> None:
    raise SystemExit(FOUND if found else DONE)
