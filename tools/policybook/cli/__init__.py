"""Words on the command line <-> workflow; the only room that prints, prompts or exits."""

from policybook.cli import adoption, intake, record, upgrade
from policybook.cli.command import main

__all__ = ["main"]

for _command in (*intake.COMMANDS, *adoption.COMMANDS, *record.COMMANDS, *upgrade.COMMANDS):
    main.add_command(_command)
