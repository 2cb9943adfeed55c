from __future__ import annotations

import inspect

from policybook.domain import error
from policybook.domain.error import BrokenWorkspace, PolicybookError, UnreadableDocument
from policybook.domain.finding import Finding, Place


def test_the_tree_of_errors_is_drawn_in_the_docstring() -> None:
    classes = [entry for _, entry in inspect.getmembers(error, inspect.isclass) if issubclass(entry, PolicybookError)]
    drawn = error.__doc__ or ""
    for entry in classes:
        assert entry.__name__ in drawn


def test_an_error_says_what_and_where() -> None:
    said = UnreadableDocument("is empty", where="policy.docx", mend="send it again")
    assert str(said) == "policy.docx: is empty"
    assert said.mend == "send it again"


def test_a_broken_workspace_counts_errors_only() -> None:
    place = Place("a.yaml", 3)
    findings = (Finding("error", "x.y", place, "m", "n"), Finding("warning", "x.z", place, "m", "n"))
    assert "1 error;" in str(BrokenWorkspace(findings))
    assert str(place) == "a.yaml:3"
