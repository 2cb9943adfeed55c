"""How far a build has come: a bar on a terminal, a line a file in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@contextmanager
def show_building() -> Iterator[Callable[[str, int], None]]:
    """What a build tells each file to as it is made, with how many are left."""
    if not sys.stderr.isatty():
        yield lambda output, _left: click.echo(f"made build/{output}")
        return
    with click.progressbar(length=1, label="reading the workspace", file=sys.stderr) as bar:

        def show(_output: str, left: int) -> None:
            total = max(bar.length or 0, left + 1)
            bar.length, bar.label = total, "documents" if left else "the site"
            bar.update(total - left - bar.pos)

        yield show
