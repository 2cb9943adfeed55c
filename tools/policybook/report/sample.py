"""A page with one of everything: what a school edits in Word to give its documents their look."""

from __future__ import annotations

from policybook.domain.inline import Run
from policybook.domain.model import FormField
from policybook.domain.page import Callout, Cell, Contents, Form, Heading, Page, Paragraph, Table
from policybook.report.word import bullet, cell, paragraph, runs


def sample_page() -> Page:
    """Every kind of text that a document may hold, each saying which style it is in."""
    return Page(
        title="The look of our documents",
        subject="Under the title: the style “Subtitle”",
        blocks=(
            Callout("How to use this", runs(
                "Change the styles, not these words: Home, Styles, right-click a style, Modify. Save as a Word document. "
                "Only the styles are taken; what is written here never reaches a document."
            )),
            Table("About this policy", (), (
                (cell("School", heading=True), cell("Tables are in the styles “Table text” and “Table head”.")),
                (cell("Status", heading=True), cell("Their lines and fills are those of “Policy table”.")),
            ), (0.32, 0.68), layout="control"),
            Contents("Contents: this line is in “TOC Heading”"),
            Heading(runs("Parts are in “Heading 1”"), 1, "1"),
            Paragraph(runs("Numbered paragraphs are in “Clause 1.1”, which follows “Body Text”."), "number", "1.1"),
            bullet("Bullets are in “List Bullet”."),
            Paragraph(runs("Letters are in “Clause (a)”."), "letter", "(a)", 1),
            Paragraph((Run("Links look like "), Run("this", link="https://www.example.org"), Run(".")), "number", "1.2"),
            Heading(runs("Groups inside a part are in “Heading 2”"), 2, "1.3"),
            Heading(runs("And “Heading 3” below them"), 3),
            paragraph("Text without a number is in “Body Text”. Words that are ", Run("", parameter="not filled in", blank=True), " are in “Blank to fill in”."),
            paragraph(Run("Words put in", mark="inserted"), Run("words taken out", mark="deleted"), " and the key to their signs are in “Legend”."),
            Table("The words above a table are in “Caption”", ("Who", "What"), (
                (cell("Head", heading=True), cell("Reads each report.")),
                (Cell((runs("Staff"),), heading=True), cell("Report at once.")),
            ), (0.3, 0.7)),
            Form((FormField("Name"), FormField("I have read this policy", "tick"), FormField("Signature", "signature"), FormField("Date", "date"))),
        ),
        header="Header: school and title, in “Header”",
        footer="Footer: version and status, in “Footer”",
    )  # fmt: skip
