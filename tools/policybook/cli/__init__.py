"""Words on the command line <-> workflow; the only room that prints, prompts or exits."""

from policybook.cli import adoption, intake, judgement, migrate, pack, record, sheet, survey, take, upgrade
from policybook.cli.command import main

__all__ = ["main"]

_ROOMS = (migrate, intake, sheet, adoption, take, pack, record, judgement, upgrade, survey)

for _command in (command for room in _ROOMS for command in room.COMMANDS):
    main.add_command(_command)
