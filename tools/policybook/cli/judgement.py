"""The commands that keep what people say: judge a change, confirm a position."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from policybook.cli.record import Day


@click.command()
@click.argument("left", metavar="A")
@click.argument("right", metavar="B")
@click.argument("section")
@click.option("--substance", type=click.Choice(("yes", "no")), required=True, help="Is the change one of substance?")
@click.option("--by", required=True, help="Who says so; better a role than a name (Clerk to the governors).")
@click.option("--on", type=Day(), help="On which day (else today).")
@click.option("--note", default="", help="Why, in a sentence.")
@click.option("--dry-run", is_flag=True, help="Only say what would be kept.")
@click.pass_obj
def judge(
    workspace: Path,
    left: str,
    right: str,
    section: str,
    substance: str,
    by: str,
    on: date | None,
    note: str,
    dry_run: bool,
) -> None:
    """Keep a person's word on a change between A and B: of substance or not.

    SECTION is a section's id, its printed number, or a few words that it holds. Comparisons show the word beside the
    program's own judgement, until the words of the section change.
    """
    from policybook.report.side_by_side import judgement_words
    from policybook.store import find_workspace
    from policybook.store.judgement import FILE, write_judged
    from policybook.workflow.judgement import Signature, judge_change
    from policybook.workflow.show import compare_texts

    root = find_workspace(workspace)
    signature = Signature(by, on or _today(), note)
    judged = judge_change(compare_texts(left, right, workspace), section, signature, of_substance=substance == "yes")
    if not dry_run:
        write_judged(root, judged)
    click.echo(f"{judged.clause}: {judgement_words(judged)}")
    click.echo(f"{'would write' if dry_run else 'wrote'} {FILE.as_posix()}")


@click.command()
@click.argument("ref")
@click.argument("topic")
@click.option("--by", required=True, help="Who says so; better a role than a name (Clerk to the governors).")
@click.option("--says", help="What the text says, where the program found something else.")
@click.option("--not-stated", is_flag=True, help="The text says nothing on it.")
@click.option("--section", help="The section that says so: its id, its printed number, or a few words that it holds.")
@click.option("--on", type=Day(), help="On which day (else today).")
@click.option("--note", default="", help="Why, in a sentence.")
@click.option("--dry-run", is_flag=True, help="Only say what would be kept.")
@click.pass_obj
def confirm(
    workspace: Path,
    ref: str,
    topic: str,
    by: str,
    says: str | None,
    not_stated: bool,
    section: str | None,
    on: date | None,
    note: str,
    dry_run: bool,
) -> None:
    """Keep a person's answer to what REF says on TOPIC: the one that was found, or another.

    Without --says and --not-stated, what `policybook positions` found is confirmed. The answer holds until the words of
    the section change; for "not stated", until any word of the text does.
    """
    from policybook.report.position import confirmation_words
    from policybook.store import find_workspace
    from policybook.store.judgement import FILE, write_confirmed
    from policybook.workflow.judgement import Answer, Signature
    from policybook.workflow.show import confirm_answer

    if says and not_stated:
        raise click.UsageError("say --says or --not-stated, not both")
    root = find_workspace(workspace)
    answer = Answer(says, section, is_given=bool(says) or not_stated)
    confirmed = confirm_answer(ref, topic, answer, Signature(by, on or _today(), note), workspace)
    if not dry_run:
        write_confirmed(root, confirmed)
    click.echo(f"{ref}, {topic}: {confirmation_words(confirmed)}")
    click.echo(f"{'would write' if dry_run else 'wrote'} {FILE.as_posix()}")


COMMANDS = (judge, confirm)
"""For the group of commands."""


def _today() -> date:
    return date.today()  # the only clock: inside, the day is always given
