"""What the commands print: findings, errors, and results in the format asked for."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from policybook.domain.error import BrokenWorkspace, PolicybookError, Refused, WorkspaceError
from policybook.domain.finding import SEVERITIES, Finding
from policybook.domain.page import Page
from policybook.text.visible import visible

MOST_ALIKE = 10
"""Warnings or notes that are mended alike, of which each is shown; of more only these, and how many there are."""
BINARY = ("docx", "pdf", "xlsx", "redline", "word-form")
ENDINGS = {
    ".docx": ("docx", "redline", "word-form"), ".pdf": ("pdf",), ".xlsx": ("xlsx",), ".html": ("html",),
    ".json": ("json",), ".ics": ("ics",),
}  # fmt: skip
"""What may go into a file of each ending; the first is what the ending means where no format is named."""


def prepare_process() -> None:
    """Makes this process speak UTF-8 whatever the machine's code page, and those it starts import nothing from here.

    Words of schools hold signs that a Windows code page does not have. A workspace may come from a stranger: a file
    `multiprocessing.py` in it must not be taken for Python's own.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    os.environ["PYTHONSAFEPATH"] = "1"


def write_result(writers: Mapping[str, Callable[[], str | bytes]], format_name: str, output: Path | None) -> None:
    """The result in one format, to a file or to standard output. Without `--to`, the file's ending names the format."""
    format_name = _format_for(output, format_name)
    content: str | bytes = writers[format_name]()
    data = content.encode(errors="backslashreplace") if isinstance(content, str) else content
    if output is None and format_name in BINARY:
        mend = f"say where to write it: -o FILE.{'docx' if format_name in ('redline', 'word-form') else format_name}"
        raise WorkspaceError(f"{format_name} is not for a terminal", mend=mend)
    if output is None:
        sys.stdout.buffer.write(data)
        return
    from policybook.store import write_atomically

    write_atomically(output, data)
    click.echo(f"wrote {output}", err=True)


def _format_for(output: Path | None, format_name: str) -> str:
    """The format to write. Raises Refused where the file's ending promises another one than was asked for."""
    meant = ENDINGS.get(output.suffix.lower(), ()) if output else ()
    context = click.get_current_context(silent=True)
    if context is None or not meant or format_name in meant:
        return format_name
    offered = [str(name) for param in context.command.params if param.name == "to" for name in _choices(param.type)]
    if meant[0] in offered and context.get_parameter_source("to") is ParameterSource.DEFAULT:
        return meant[0]
    mend = f"say --to {meant[0]}" if meant[0] in offered else f"this command makes {', '.join(offered) or format_name}"
    raise Refused(
        f"{format_name} does not belong in such a file", where=str(output), mend=f"{mend}; or name the file otherwise"
    )


def _choices(kind: click.ParamType[Any]) -> Sequence[object]:
    return kind.choices if isinstance(kind, click.Choice) else ()


def page_writers(
    page: Page, start: Path | None = None, template: Path | None = None
) -> dict[str, Callable[[], str | bytes]]:
    """A page in every format that a command may offer; nothing is made before it is asked for.

    `template` is the folder of a school's own look; without it, that of the workspace at or above `start`.
    """
    return {
        "text": lambda: _call("text", "write_text", page),
        "html": lambda: _call("html", "write_standalone_html", page, template_of(start) / "html"),
        "docx": lambda: _call("docx", "write_docx", page, template or template_of(start)),
        "pdf": lambda: _call("pdf", "write_pdf", page, template or template_of(start)),
        "xlsx": lambda: _call("xlsx", "write_xlsx", page),
    }


def to_json(data: dict[str, Any]) -> str:
    """Plain data as JSON that a person can read too."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _call(module: str, function: str, *arguments: object) -> str | bytes:
    """Calls a writer of the room `render`, imported only now: the libraries behind some of them are slow to load."""
    write: Callable[..., str | bytes] = getattr(import_module(f"policybook.render.{module}"), function)
    return write(*arguments)


def template_of(start: Path | None) -> Path:
    """The template folder of the workspace at or above `start`, else the one that comes with the package."""
    from policybook.store import find_template, find_workspace

    try:
        return find_template(find_workspace(start or Path()))
    except WorkspaceError:  # a comparison of two files needs no workspace
        return find_template(None)


def findings_text(findings: Sequence[Finding]) -> str:
    """The findings, those that are mended alike together, and how many there are of each severity."""
    counts = Counter(finding.severity for finding in findings)
    told = ", ".join(f"{counts[kind]} {kind}{'' if counts[kind] == 1 else 's'}" for kind in SEVERITIES)
    alike: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        alike.setdefault((finding.severity, finding.code, finding.mend), []).append(finding)
    lines = (line for group in alike.values() for line in _group_lines(group))
    return "".join(f"{line}\n" for line in (*lines, told))


def print_findings(findings: Sequence[Finding], *, err: bool = False) -> None:
    """Each finding in two lines: place, what and its code; then how to mend it."""
    for line in _finding_lines(findings):
        click.echo(line, err=err)


def print_error(error: PolicybookError) -> None:
    """An error as what, where and how to mend, on standard error."""
    if isinstance(error, BrokenWorkspace):
        print_findings([finding for finding in error.findings if finding.severity == "error"], err=True)
    click.echo(visible(f"policybook: {error}"), err=True)
    if error.mend:
        click.echo(visible(f"    {error.mend}"), err=True)


def _group_lines(alike: Sequence[Finding]) -> Iterator[str]:
    """Findings of one cause, a line each, and once how to mend them; of many that are no errors only the first."""
    shown = alike if alike[0].severity == "error" else alike[:MOST_ALIKE]
    yield from (visible(_first_line(finding)) for finding in shown)
    if len(shown) < len(alike):
        yield f"    … and {len(alike) - len(shown)} more [{alike[0].code}]; `policybook check --to json` lists them all"
    yield visible(f"    {alike[0].mend}")


def _first_line(finding: Finding) -> str:
    return f"{finding.severity}: {finding.place}  {finding.message}  [{finding.code}]"


def _finding_lines(findings: Sequence[Finding]) -> Iterator[str]:
    for finding in findings:
        yield visible(_first_line(finding))
        yield visible(f"    {finding.mend}")
