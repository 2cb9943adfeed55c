"""The command that brings an old workspace up to date."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say what would be written.")
@click.pass_obj
def migrate(workspace: Path, dry_run: bool) -> None:
    """Bring the files of an older workspace up to date: all of them, or none."""
    from policybook.workflow.migrate import plan_migration, write_migration

    migration = plan_migration(workspace)
    if not dry_run:
        write_migration(migration)
    for name in migration.names():
        click.echo(f"{'would write' if dry_run else 'wrote'} {name}")
    for name in migration.left:
        click.echo(f"left as it is, because it was decided on, issued or released: {name}")
    if not migration.writes:
        click.echo(f"nothing to do: {migration.files - len(migration.left)} files are up to date")


COMMANDS = (migrate,)
"""Registered on the group in `policybook.cli`."""
