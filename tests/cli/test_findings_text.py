"""What `check` prints: one cause once, every error, and the counts at the end."""

from __future__ import annotations

from policybook.cli.output import MOST_ALIKE, findings_text
from policybook.domain.finding import Finding, Place, Severity


def alike(severity: Severity, count: int) -> list[Finding]:
    return [
        Finding(severity, "review.overdue", Place("a.yaml", n), f"due {n}", "put it on") for n in range(1, count + 1)
    ]


def test_findings_that_are_mended_alike_say_once_how() -> None:
    lines = findings_text(alike("warning", 2)).splitlines()
    assert lines[0] == "warning: a.yaml:1  due 1  [review.overdue]"
    assert lines[2:] == ["    put it on", "0 errors, 2 warnings, 0 notes"]


def test_of_many_that_are_alike_the_first_are_shown_but_of_errors_all() -> None:
    many = MOST_ALIKE + 5
    assert "… and 5 more [review.overdue]" in findings_text(alike("warning", many))
    assert findings_text(alike("error", many)).count("due ") == many
