"""Headings that no style marks, known by their look and by what follows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from policybook.domain.inline import Run
from policybook.intake.block import Block, join_runs
from policybook.intake.number import is_decimal, number_depth

_LONGEST = 12
_LONGEST_DECIMAL = 8
_LONGEST_STYLED = 25
_LONGEST_RUN = 3
_ANNEX = re.compile(r"(?:appendix|annex|schedule|section|part|chapter)\s+(?:\d{1,2}|[A-Z]|[ivx]+)\b", re.IGNORECASE)
_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|autumn|spring|summer"
DATE = re.compile(
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?:{_MONTH})[a-z]*\.?\s*\d{{2,4}}|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}", re.I
)
_SENTENCE = re.compile(r"\b(?:is|are|was|were|will|must|should|shall|may|can|have|has|please|Please|I|we|We|you)\b")
_ASKING = re.compile(r"(?:what|how|who|when|where|why|which)\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)")
_ENDS_OTHERWISE = (".", ";", ",", "!", ":-", "-", "&")
_STYLED_ENOUGH = 3
_JOINING = ("OR", "AND", "EITHER", "AND/OR")


def mark_headings(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with every heading marked and levelled; a styled heading that is a whole clause becomes text."""
    blocks = [_unstyled(block) for block in blocks]
    strict = sum(block.shape == "heading" for block in blocks) >= _STYLED_ENOUGH
    kinds = [_kind(block, blocks, index, strict) for index, block in enumerate(blocks)]
    chosen = set(_choose(kinds))
    marked: list[Block] = []
    styled = 0
    for index, block in enumerate(blocks):
        if block.shape == "heading":
            styled = block.level
        elif index in chosen:
            level = number_depth(block.number) if block.number and kinds[index] == "numbered" else 1
            block = replace(block, shape="heading", level=max(level, styled + 1 if strict else level))
        elif block.shape == "text" and block.number is not None and block.marker == "none":
            block = replace(block, runs=join_runs((Run(block.number),), block.runs), number=None)
        marked.append(block)
    return marked


def _unstyled(block: Block) -> Block:
    """A whole sentence in a heading's style is a clause: some offices number every paragraph with heading styles."""
    if block.shape != "heading":
        return block
    words = block.text.split()
    sentence = block.text.endswith((".", ";")) and len(words) > _LONGEST_DECIMAL
    if (sentence or len(words) > _LONGEST_STYLED) and is_decimal(block.number):
        return replace(block, shape="text", level=0)
    return block


def _kind(block: Block, blocks: Sequence[Block], index: int, strict: bool) -> str:
    """What a block may be: a heading by style, by number, by look, or none; asides and rules do not part a run."""
    if block.shape in ("heading", "aside", "rule"):
        return block.shape
    if block.shape != "text" or not block.runs:
        return "body"
    before, after = _neighbour(blocks, index, -1), _neighbour(blocks, index, 1)
    if block.number is not None:
        return "numbered" if _is_numbered(block, after) else "body"
    if before and before.shape != "heading" and before.text.endswith((":", ":-")):
        return "body"
    return "look" if _looks(block.text) and not _all_italic(block) and (not strict or _stands_out(block)) else "body"


def _choose(kinds: Sequence[str]) -> Iterator[int]:
    """The indices of headings: of a run of lines that look like headings, those that something stands under.

    At the end of a document, or before another heading, only the first of several can be one: the rest is its list.
    """
    run: list[int] = []
    for index, kind in enumerate([*kinds, "end"]):
        if kind == "look":
            run.append(index)
        elif kind not in ("aside", "rule"):
            if kind == "body":
                yield from run if len(run) <= _LONGEST_RUN else (run[0], run[-1])
            elif len(run) > 1:
                yield run[0]
            run = []
        if kind == "numbered":
            yield index


def _is_numbered(block: Block, after: Block | None) -> bool:
    """Whether a numbered line is a heading: few words, no stop, and not one of a numbered list."""
    words = block.text.split()
    if len(words) > _LONGEST or block.text.endswith((*_ENDS_OTHERWISE, ":", "?")) or not block.text[:1].isupper():
        return False
    if block.marker == "letter" or block.number is None or after is None:
        return False
    if is_decimal(block.number):
        return len(words) <= _LONGEST_DECIMAL and _stands_out(block)
    listed = block.marker == after.marker and after.number is not None and not is_decimal(after.number)
    return not (listed and after.shape == block.shape and "." not in block.number)


@lru_cache(maxsize=4_096)  # many schools say the same
def _looks(text: str) -> bool:
    bare = _BRACKETS.sub("", text)
    words = text.split()
    if text.strip(" .:()*").upper() in _JOINING:
        return False
    if not 0 < len(bare.split()) <= _LONGEST or not text[0].isupper() or text.endswith(_ENDS_OTHERWISE):
        return False
    if len(words) > _LONGEST_STYLED or "@" in text or "://" in text or "\n" in text or DATE.fullmatch(text):
        return False
    if _ANNEX.match(text):
        return True
    if text.endswith(":"):
        return ":" not in text[:-1] and all(word[0].isupper() for word in words if len(word) > 3 and word[0].isalpha())
    if ":" in bare or "_" in bare or (_SENTENCE.search(bare) and not _ASKING.match(bare) and not text.isupper()):
        return False
    return not text.endswith("?") or bool(_ASKING.match(text))


def _stands_out(block: Block) -> bool:
    """Whether a line differs from the text around it without a heading's style."""
    return all(run.bold for run in block.runs) or block.text.isupper() or bool(_ANNEX.match(block.text))


def _all_italic(block: Block) -> bool:
    return all(run.italic for run in block.runs)


def _neighbour(blocks: Sequence[Block], index: int, step: int) -> Block | None:
    index += step
    while 0 <= index < len(blocks):
        if blocks[index].shape not in ("aside", "rule"):
            return blocks[index]
        index += step
    return None
