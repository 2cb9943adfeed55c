"""Errors that mean "cannot go on". Mistakes in people's files are findings instead (`domain.finding`).

PolicybookError
+-- UnreadableDocument     a foreign document cannot be read: missing, empty, broken, refused, of no known format
+-- UnknownReference       a REF names nothing in the workspace and no file
+-- WorkspaceError         the folder is not a workspace, or cannot be written
+-- BrokenWorkspace        the workspace's files hold errors; carries the findings
+-- RenderError            a document could not be made
+-- TaskError              one of many tasks ended without an answer, or nobody answers who could do it
+-- Refused                what was asked would make a record untrue or spoil one; nothing was written
"""

from __future__ import annotations

from policybook.domain.finding import Finding


class PolicybookError(Exception):
    """What happened, where, and how to mend it; the command line prints exactly these three and no traceback."""

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.mend = mend

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.what}"


class UnreadableDocument(PolicybookError):
    """A foreign document cannot be read."""


class UnknownReference(PolicybookError):
    """A REF names nothing."""


class WorkspaceError(PolicybookError):
    """The folder is not a workspace, or cannot be written."""


class BrokenWorkspace(PolicybookError):
    """The workspace's files hold errors that must be mended first."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        errors = sum(finding.severity == "error" for finding in findings)
        noun = "error" if errors == 1 else "errors"
        super().__init__(f"the workspace has {errors} {noun}; nothing was written", mend="mend what is listed above")
        self.findings = findings


class RenderError(PolicybookError):
    """A document could not be made."""


class TaskError(PolicybookError):
    """One of many tasks ended without an answer, or nobody answers who could do it."""


class Refused(PolicybookError):
    """What was asked would make a record untrue or spoil one; nothing was written."""
