"""Page numbers and running lines that stand in the text itself, as in text taken from a PDF."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from policybook.intake.block import Block

_PAGE_NUMBER = re.compile(
    r"[-–\s]*(?:page\s+)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?[-–\s]*|page\s*\|?\s*\d{1,3}", re.IGNORECASE
)
_WITH_PAGE = re.compile(r"\bpage\s*\|?\s*#", re.IGNORECASE)
_PAGE_COUNT = re.compile(r"\bpage \d{1,3} of \d{1,3}\b", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_LONGEST = 20
_LONGEST_LINE = 400


def is_page_number(text: str) -> bool:
    """Whether a line is a page number and nothing else: `7`, `- 7 -`, `Page 7 of 16`."""
    return bool(_PAGE_NUMBER.fullmatch(text))


def has_page_count(text: str) -> bool:
    """Whether a short line counts the pages (`Page 1 of 9`), as only running lines do."""
    return bool(_PAGE_COUNT.search(text)) and len(text.split()) <= _LONGEST


def mask_digits(text: str) -> str:
    """The text with its numbers masked, so that the running lines of all pages are alike."""
    return _DIGITS.sub("#", text.lower())


def set_furniture_aside(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks with page numbers set aside, and lines with a page number in them that come more than once."""
    masks = {index: mask_digits(block.text) for index, block in enumerate(blocks) if _may_be_furniture(block)}
    counts = Counter(masks.values())
    for index, block in enumerate(blocks):
        mask = masks.get(index)
        if mask is None:
            yield block
        elif block.number is None and is_page_number(block.text):
            yield replace(block, shape="aside", why="page number")
        elif counts[mask] > 1 and _WITH_PAGE.search(mask):
            yield replace(block, shape="aside", why="header or footer on every page")
        else:
            yield block


def _may_be_furniture(block: Block) -> bool:
    """A short line with a number in it: nothing else can be, and most of a policy is not."""
    text = block.text
    short = block.shape == "text" and len(text) <= _LONGEST_LINE and len(text.split()) <= _LONGEST
    return short and bool(_DIGITS.search(text))
