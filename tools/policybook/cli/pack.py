"""The commands that make the governors' pack, and a look for a school's documents."""

from __future__ import annotations

from pathlib import Path

import click

from policybook.cli.output import page_writers, to_json, write_result

FORMATS = ("text", "json", "html", "docx", "pdf")


@click.command()
@click.argument("what", metavar="MEETING.yaml|SCHOOL/POLICY")
@click.option("--to", "to", type=click.Choice(FORMATS), default="text", show_default=True, help="Format.")
@click.option("-o", "output", type=click.Path(path_type=Path), help="Write to this file.")
@click.pass_obj
def pack(workspace: Path, what: str, to: str, output: Path | None) -> None:
    """Make the governors' pack for every policy on the agenda of a meeting, or for one policy.

    First what is asked, with draft resolutions and minutes; then for each policy what changes and why, the copy with
    the changes marked, and the clean copy.
    """
    from policybook.report.pack import pack_data, pack_page
    from policybook.workflow.look import template_of_text
    from policybook.workflow.pack import make_pack

    made = make_pack(what, workspace)
    template = template_of_text(made.items[0].policy.ref, workspace)
    writers = {**page_writers(pack_page(made), workspace, template), "json": lambda: to_json(pack_data(made))}
    write_result(writers, to, output)


@click.command()
@click.argument("name")
@click.option("--dry-run", is_flag=True, help="Only say what would be written.")
@click.pass_obj
def template(workspace: Path, name: str, dry_run: bool) -> None:
    """Make templates/NAME/reference.docx, for a school to give its documents their look in Word."""
    from policybook.workflow.template import new_template, write_template

    file = new_template(name, workspace)
    if dry_run:
        click.echo(f"would write {file}")
        return
    write_template(file, workspace)
    click.echo(f"wrote {file}")
    click.echo(f"Edit its styles in Word, then write `branding: {{template: {name}}}` into the school's file.")


COMMANDS = (pack, template)
