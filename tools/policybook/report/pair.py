"""The page on which any two texts of one model are picked and compared in the browser."""

from __future__ import annotations

from policybook.domain.page import Callout, Page
from policybook.report.address import HOME, page_link
from policybook.report.word import paragraph, runs

PLACE = "any-two"
"""The id of the block whose place the script gives to the choices and the comparison."""


def compare_page() -> Page:
    """The page as it reads without the script, which puts the choices in its place."""
    lead = (
        "Pick two texts of one model: two versions of it, two schools, or a school and a version. "
        "Sections are matched by the model’s own sections, and the words are compared here, in this browser."
    )
    without = (
        *runs("Choosing two texts needs JavaScript. Every school’s policy beside its model is linked from the "),
        page_link(HOME, "first page"),
        *runs("."),
    )
    return Page(
        "Compare any two", (paragraph(lead), Callout("Without a script", without, anchor=PLACE)), landscape=True
    )
