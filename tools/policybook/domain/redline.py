"""A redline: two texts as one page, each block knowing how it stands in the earlier and in the later text."""

from __future__ import annotations

from dataclasses import dataclass

from policybook.domain.inline import Mark, Run
from policybook.domain.page import Block, Page


@dataclass(frozen=True, slots=True)
class Revision:
    """What happened to one block of a redline.

    `mark` is of the block as a whole: "deleted" stands in the earlier text only, "inserted" in the later only; one that
    stands in both has "none", and marked runs inside. `end` is the same of the end of a paragraph alone: "deleted"
    joins it to the next, "inserted" splits it off. `before` is a block of both texts as the earlier one has it, where
    the two differ at all (its words, number, marker, depth). `rows` are the marks of a table's rows or a form's fields.
    `move` is above 0 for a block that stands elsewhere in the other text; both its places carry the same number, and
    its unmarked runs are those that moved.
    """

    mark: Mark = "none"
    end: Mark = "none"
    before: Block | None = None
    rows: tuple[Mark, ...] = ()
    move: int = 0

    @property
    def is_earlier(self) -> bool:
        """Whether the block stands in the earlier text."""
        return "inserted" not in (self.mark, self.end)

    @property
    def is_later(self) -> bool:
        """Whether the block stands in the later text."""
        return "deleted" not in (self.mark, self.end)


@dataclass(frozen=True, slots=True)
class Redline:
    """The later text with all that the earlier one had: `revisions` has one entry for each of the page's blocks.

    With everything accepted it is the later text, with everything rejected the earlier one. `title` and `subject` are
    those of the page with their changes marked.
    """

    page: Page
    revisions: tuple[Revision, ...]
    title: tuple[Run, ...]
    subject: tuple[Run, ...] = ()
