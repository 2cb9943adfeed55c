"""Clauses cut in two by a page break, joined again; never onto a heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from policybook.intake.block import Block, join_runs

_WEAK = frozenset(
    "a an the of and or to in on for with by from as at that which who whose their its his her our your my this these "
    "those any all each every be been being is are was were will shall must should would can could may might not no if "
    "when where while than own such other another into about between through under over it they we you he she do does "
    "has have had so but because including e.g i.e".split()
)
_LEADING_ON = frozenset("and or but nor unless except including in as".split())
_STOPS = (".", ":", ";", "!", "?", "…")
_CLOSERS = "'\"’”)]*_ "
_SENTENCE_WORDS = 8
_MOST = 0.75
_NEAR = 8
_ENOUGH = 3


def join_fragments(blocks: Sequence[Block]) -> tuple[list[Block], list[str]]:
    """The blocks with halves joined, and one sentence for each join. What was set aside between them moves behind."""
    kept: list[Block] = []
    repairs: list[str] = []
    for position, block in enumerate(blocks):
        before = _last_of_text(kept)
        if before is not None and _goes_on(kept[before], block, blocks, position):
            whole = kept[before]
            kept[before] = replace(whole, runs=join_runs(whole.runs, block.runs))
            repairs.append(f"{whole.place} and {block.place}: joined, because a page break had cut the sentence")
        else:
            kept.append(block)
    return kept, repairs


def _last_of_text(blocks: list[Block]) -> int | None:
    for index in range(len(blocks) - 1, -1, -1):
        if blocks[index].shape != "aside":
            return index
    return None


def _goes_on(left: Block, right: Block, blocks: Sequence[Block], position: int) -> bool:
    """Whether the right block is the rest of the left one's sentence."""
    if left.shape not in ("text", "item", "note") or right.shape != "text" or right.number is not None:
        return False
    if not left.runs or not right.runs or not _is_open(left.text) or not _same_style(left, right):
        return False
    words = left.text.split()
    weak = _ends_weakly(left.text)
    siblings_stop = _siblings_stop(left, blocks, position)
    if right.text[0].islower():
        leads_on = right.text.split()[0].lower() in _LEADING_ON
        return weak or siblings_stop or (len(words) >= _SENTENCE_WORDS and not leads_on)
    clause = left.shape == "item" or left.number is not None
    whole = len(words) >= _SENTENCE_WORDS and len(right.text.split()) >= _SENTENCE_WORDS - 2
    return whole and not _is_open(right.text) and (weak or (clause and siblings_stop))


def _is_open(text: str) -> bool:
    """Whether the text breaks off without a stop; closing quotation marks and brackets do not count."""
    return not text.rstrip(_CLOSERS).endswith(_STOPS)


def _ends_weakly(text: str) -> bool:
    """Whether the last word or sign cannot end a sentence."""
    last = text.rsplit(maxsplit=1)[-1]
    return last.endswith((",", "/", "(", "–")) or last.strip("'\"‘’“”").lower() in _WEAK


def _same_style(left: Block, right: Block) -> bool:
    """Whether the words on both sides of the break look alike; a tick line in italics does not run into plain text."""
    first, second = left.runs[-1], right.runs[0]
    alike = (first.italic, first.bold) == (second.italic, second.bold)
    return alike or len(left.runs) > 1 or len(right.runs) > 1


def _siblings_stop(block: Block, blocks: Sequence[Block], position: int) -> bool:
    """Whether the clauses of the same kind around it nearly all end with a stop, so that this one seems cut."""
    siblings = _alike(block, blocks[max(0, position - _NEAR) : position + _NEAR])
    if len(siblings) < _ENOUGH:
        siblings = _alike(block, blocks)
    stopped = sum(not _is_open(sibling.text) for sibling in siblings)
    return bool(siblings) and stopped >= _MOST * len(siblings)


def _alike(block: Block, blocks: Sequence[Block]) -> list[Block]:
    """The other blocks of its shape, numbered as it is or not."""
    numbered = block.number is not None
    return [
        other
        for other in blocks
        if other.shape == block.shape and (other.number is not None) == numbered and other.place != block.place
    ]
