"""What the commands print: findings, errors, and results in the format asked for."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from policybook.domain.error import BrokenWorkspace, PolicybookError, WorkspaceError
from policybook.domain.finding import SEVERITIES, Finding
from policybook.domain.page import Page
from policybook.text.visible import visible

BINARY = ("docx", "pdf", "xlsx", "redline", "word-form")


def write_result(writers: Mapping[str, Callable[[], str | bytes]], format_name: str, output: Path | None) -> None:
    """The result in one format, to a file or to standard output."""
    content: str | bytes = writers[format_name]()
    data = content.encode() if isinstance(content, str) else content
    if output is None and format_name in BINARY:
        mend = f"say where to write it: -o FILE.{'docx' if format_name in ('redline', 'word-form') else format_name}"
        raise WorkspaceError(f"{format_name} is not for a terminal", mend=mend)
    if output is None:
        sys.stdout.buffer.write(data)
        return
    from policybook.store import write_atomically

    write_atomically(output, data)
    click.echo(f"wrote {output}", err=True)


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
    """All findings, each in two lines, and how many there are of each severity."""
    counts = Counter(finding.severity for finding in findings)
    told = ", ".join(f"{counts[kind]} {kind}{'' if counts[kind] == 1 else 's'}" for kind in SEVERITIES)
    return "".join(f"{line}\n" for line in (*_finding_lines(findings), told))


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


def _finding_lines(findings: Sequence[Finding]) -> Iterator[str]:
    for finding in findings:
        yield visible(f"{finding.severity}: {finding.place}  {finding.message}  [{finding.code}]")
        yield visible(f"    {finding.mend}")
