"""The commands that take in documents of others: import, identify."""

from __future__ import annotations

from pathlib import Path

import click

from policybook.cli.command import DONE, FOUND
from policybook.cli.output import page_writers, to_json, write_result
from policybook.domain.error import Refused
from policybook.domain.source import ChangeReading

_changes = click.option(
    "--changes",
    type=click.Choice(["accept", "reject", "keep"]),
    default="accept",
    show_default=True,
    help="Tracked changes of a Word file: read as accepted, as rejected, or accepted and listed.",
)
_to = click.option("--to", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Format.")
_output = click.option("-o", "output", type=click.Path(path_type=Path), help="Write to this file.")


@click.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--from-adopters", is_flag=True, help="FILEs are of several adopters: derive the model that they share.")
@click.option("--model", required=True, metavar="PUBLISHER/POLICY", help="What the model is called.")
@click.option("--version", required=True, help="Which version of it this document is, such as 2024-10.")
@click.option("--replace", is_flag=True, help="Write over a draft that is there.")
@click.option("--dry-run", is_flag=True, help="Only say what would be written.")
@_changes
@_to
@_output
@click.pass_obj
def import_(
    workspace: Path,
    files: tuple[Path, ...],
    from_adopters: bool,
    model: str,
    version: str,
    replace: bool,
    dry_run: bool,
    changes: ChangeReading,
    to: str,
    output: Path | None,
) -> None:
    """Make the draft of a model from FILE (Word, PDF, text), and keep FILE as it was received.

    Proposes parameters for what schools differ in. A newer edition of the same model keeps the ids of clauses that are
    still there, and is told what moved, split, went and came.

    With --from-adopters, the draft holds what more than half of the FILEs share, and each becomes an adoption of it.
    """
    if from_adopters:
        _import_adopters(workspace, files, model, version, changes, to, output, is_dry=dry_run, is_replaced=replace)
        return
    if len(files) > 1:
        raise Refused("a draft is made from one document", mend="name one, or say --from-adopters")
    file = files[0]
    from policybook.report.intake import import_data, import_page
    from policybook.workflow.import_policy import import_policy

    made = import_policy(file, model, version, workspace, changes=changes, is_replaced=replace, is_dry=dry_run)
    page = import_page(made.draft, made.findings, made.files, written=made.written)
    data = import_data(made.draft, made.findings, made.files, written=made.written)
    write_result({**page_writers(page), "json": lambda: to_json(data)}, to, output)


def _import_adopters(
    workspace: Path,
    files: tuple[Path, ...],
    model: str,
    version: str,
    changes: ChangeReading,
    to: str,
    output: Path | None,
    *,
    is_dry: bool,
    is_replaced: bool,
) -> None:
    from policybook.report.adopter import adopters_data, adopters_page
    from policybook.workflow.import_adopters import import_adopters

    if is_replaced:
        mend = "move the draft and the adoptions away first"
        raise Refused("a draft that schools adopted is not written over", where=model, mend=mend)
    made = import_adopters(files, model, version, workspace, changes=changes, is_dry=is_dry)
    write_result({**page_writers(adopters_page(made)), "json": lambda: to_json(adopters_data(made))}, to, output)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@_to
@_output
@click.pass_obj
def identify(workspace: Path, file: Path, to: str, output: Path | None) -> None:
    """Say which model and version FILE follows, whose it is, and whether it was altered by hand.

    Exit code 1 where it follows none of the models in the workspace.
    """
    from policybook.report.intake import identity_data, identity_page
    from policybook.workflow.identify import identify_document

    identity = identify_document(file, workspace)
    writers = {**page_writers(identity_page(identity)), "json": lambda: to_json(identity_data(identity))}
    write_result(writers, to, output)
    raise SystemExit(DONE if identity.model else FOUND)


COMMANDS = (import_, identify)
"""Registered on the group in `policybook.cli`."""
