"""Review copies: a policy with its values and blanks marked, for somebody to check."""

from __future__ import annotations

from pathlib import Path

from policybook.domain.page import Page
from policybook.report.review import review_page
from policybook.workflow.reference import find_policy


def review_text(ref: str, start: Path) -> Page:
    """The review copy of a school's policy or of a model as they stand. Raises UnknownReference for any other text."""
    return review_page(find_policy(ref, start))
