"""Words on the command line <-> workflow; the only room that prints, prompts or exits."""

from policybook.cli.command import main

__all__ = ["main"]
