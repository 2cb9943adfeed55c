"""Three-way merge of words: what two people made of one text, put together where they did not meet.

    base ──model──▶ theirs        merge(base, ours, theirs)
      └──school──▶ ours

Sentences first: a sentence that only one side touched is taken from that side. Where both touched the same sentences,
words: edits of the two that keep at least one untouched word between them are both applied. Everything else is a clash.
For a clash, diff-match-patch's fuzzy patching (Neil Fraser) makes a second try, which is only ever a suggestion.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from diff_match_patch import diff_match_patch
from rapidfuzz.distance import Indel

from policybook.text.edit import word_edits
from policybook.text.placeholder import find_placeholders
from policybook.text.sentence import split_sentences
from policybook.text.similar import WordCode, similarity
from policybook.text.word import normalise, words_of

How = Literal["same", "ours", "theirs", "sentences", "words", "fuzzy", "clash"]
MERGE_BAR = 0.5
"""Share of common words below which a text is a new one, whose few agreements with the old are chance."""
LARGEST_STRETCH = 10_000
"""Pairs of sentences compared in one stretch at most; in a longer one nothing answers anything, which is a clash."""
_TOKEN = re.compile(r"\w+(?:['’]\w+)*|\s+|\*\*|[^\w\s]")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Merge:
    """The outcome of a merge.

    `how` says where the text comes from: `same` (both say the same), `ours` or `theirs` (only that side changed
    anything), `sentences` or `words` (both changed, apart from each other), `fuzzy` (a suggestion: both changed the
    same words) or `clash`, whose `text` is empty.
    """

    text: str
    how: How

    @property
    def is_clean(self) -> bool:
        """Whether the two never touched the same words. A suggestion is not clean."""
        return self.how not in ("fuzzy", "clash")


@dataclass(frozen=True, slots=True)
class _Edit:
    """Tokens from `start` up to `end` of the base are replaced by `words`."""

    start: int
    end: int
    words: tuple[str, ...]


def merge_texts(base: str, ours: str, theirs: str) -> Merge:
    """Both changes of one text put together, or a suggestion, or a clash. Spaces and line breaks become one space.

    Blanks such as `{{ headteacher }}` are never taken apart, and a result whose markup does not close is a clash.
    """
    guard = _Guard(base, ours, theirs)
    old, mine, new = (guard.hide(_tidy(text)) for text in (base, ours, theirs))
    merged = _merge_sentences(old, mine, new)
    if merged.how == "clash":
        merged = _patch(old, mine, new)
    if merged.how in ("sentences", "words", "fuzzy") and not _is_closed(merged.text):
        merged = Merge("", "clash")
    return Merge(guard.show(merged.text), merged.how)


def says_the_same(left: str, right: str) -> bool:
    """Whether two texts differ at most in spaces and in the kind of quotation marks and dashes."""
    return normalise(left) == normalise(right)


def _merge_sentences(old: str, mine: str, new: str) -> Merge:
    trivial = _one_sided(old, mine, new)
    if trivial:
        return trivial
    base = split_sentences(old)
    mine_edits, new_edits = _sentence_edits(base, mine), _sentence_edits(base, new)
    settled = _settle_shared(base, mine_edits, new_edits)
    if settled is None:
        return Merge("", "clash")
    how: How = "words" if settled else "sentences"
    shared = [edit for edit, _ in settled]
    left, right = ([edit for edit in side if not _covers(shared, edit)] for side in (mine_edits, new_edits))
    merged = [_Edit(edit.start, edit.end, words) for edit, words in settled]
    joined = _join_edits(base, [*left, *merged], [*right, *merged], gap=0)
    return Merge(_spaced(joined), how) if joined is not None else Merge("", "clash")


def _settle_shared(base: list[str], mine: list[_Edit], new: list[_Edit]) -> list[tuple[_Edit, tuple[str, ...]]] | None:
    """The sentences that both sides changed, each with its merged words; None where one of them is a clash."""
    settled: list[tuple[_Edit, tuple[str, ...]]] = []
    for edit in mine:
        other = next((entry for entry in new if (entry.start, entry.end) == (edit.start, edit.end)), None)
        if other is None or other == edit or edit.start == edit.end:
            continue
        texts = ["".join(words) for words in (base[edit.start : edit.end], edit.words, other.words)]
        merged = _one_sided(*texts) or _merge_words(*texts)
        if merged.how == "clash":
            return None
        settled.append((edit, (merged.text,)))
    return settled


def _covers(shared: list[_Edit], edit: _Edit) -> bool:
    """Whether both sides changed the sentences of an edit, so that it is settled with them."""
    return edit.start < edit.end and any((one.start, one.end) == (edit.start, edit.end) for one in shared)


def _one_sided(old: str, mine: str, new: str) -> Merge | None:
    """The answer where at most one side changed anything, or both the same."""
    if says_the_same(mine, new):
        return Merge(mine, "same")
    if says_the_same(old, mine):
        return Merge(new, "theirs")
    if says_the_same(old, new):
        return Merge(mine, "ours")
    return None


def _merge_words(old: str, mine: str, new: str) -> Merge:
    if min(_likeness(old, mine), _likeness(old, new)) < MERGE_BAR:
        return Merge("", "clash")
    base = _TOKEN.findall(old)
    joined = _join_edits(base, _word_edits(old, mine), _word_edits(old, new), gap=1)
    return Merge("".join(joined), "words") if joined is not None else Merge("", "clash")


def _join_edits(base: Sequence[str], mine: list[_Edit], new: list[_Edit], *, gap: int) -> list[str] | None:
    """The base with the edits of both, or None where two of them meet; one made by both is made once."""
    edits = sorted({*mine, *new}, key=lambda edit: (edit.start, edit.end))
    result: list[str] = []
    position = 0
    last: _Edit | None = None
    for edit in edits:
        if last and _meet(base, last, edit, gap if (last in mine) != (edit in mine) else -1):
            return None
        result += [*base[position : edit.start], *edit.words]
        position, last = edit.end, edit
    return [*result, *base[position:]]


def _meet(base: Sequence[str], first: _Edit, second: _Edit, gap: int) -> bool:
    if gap < 0:  # two edits of one side never meet: the alignment keeps them apart
        return second.start < first.end
    if second.start < first.end or (first.start, first.end) == (second.start, second.end):
        return True
    between = base[first.end : second.start]
    return sum(1 for token in between if not token.isspace()) < gap


def _sentence_edits(base: list[str], text: str) -> list[_Edit]:
    """What became of each sentence: the same, another one in its place, gone, or one that came between."""
    other = split_sentences(text)
    code = WordCode()
    left, right = (code.encode(normalise(piece) for piece in side) for side in (base, other))
    edits: list[_Edit] = []
    for block in _blocks(left, right):
        edits += _pair_sentences(base, other, block)
    return edits


def _pair_sentences(base: list[str], other: list[str], block: _Block) -> list[_Edit]:
    """Within a stretch that differs: sentences that are much alike answer each other, in order; the rest came or went.

    Without it, a sentence put before one that was changed as well would count as one change of both.
    """
    edits: list[_Edit] = []
    left, right = block.src_start, block.dest_start
    for old, new in [*_alike(base, other, block), (block.src_end, block.dest_end)]:
        edits += [_Edit(index, index + 1, ()) for index in range(left, old)]
        if right < new:
            edits.append(_Edit(old, old, tuple(other[right:new])))
        if old < block.src_end:
            edits.append(_Edit(old, old + 1, (other[new],)))
        left, right = old + 1, new + 1
    return edits


def _alike(base: list[str], other: list[str], block: _Block) -> list[tuple[int, int]]:
    """The in-order pairs of sentences of a stretch that have most in common (dynamic programming)."""
    rows, columns = range(block.src_start, block.src_end), range(block.dest_start, block.dest_end)
    if len(rows) * len(columns) > LARGEST_STRETCH:
        return []
    best: dict[tuple[int, int], tuple[float, list[tuple[int, int]]]] = {}
    for row in reversed(rows):
        for column in reversed(columns):
            candidates = [best.get((row + 1, column), (0.0, [])), best.get((row, column + 1), (0.0, []))]
            likeness = _likeness(base[row], other[column])
            if likeness >= MERGE_BAR:
                score, pairs = best.get((row + 1, column + 1), (0.0, []))
                candidates.append((score + likeness, [(row, column), *pairs]))
            best[row, column] = max(candidates, key=lambda entry: entry[0])
    return best.get((rows.start, columns.start), (0.0, []))[1]


@dataclass(frozen=True, slots=True)
class _Block:
    src_start: int
    src_end: int
    dest_start: int
    dest_end: int


def _blocks(left: str, right: str) -> list[_Block]:
    """The stretches that differ; neighbouring deletions and insertions are one stretch."""
    blocks: list[_Block] = []
    opcodes = list(Indel.opcodes(left, right))
    for is_kept, run in groupby(opcodes, key=lambda code: code.tag == "equal"):
        if not is_kept:
            codes = list(run)
            blocks.append(_Block(codes[0].src_start, codes[-1].src_end, codes[0].dest_start, codes[-1].dest_end))
    return blocks


def _word_edits(before: str, after: str) -> list[_Edit]:
    """Edits in tokens of `before`, small agreements between changes folded into them."""
    edits: list[_Edit] = []
    position = 0
    for is_kept, run in groupby(word_edits(before, after), key=lambda edit: edit[0] == "keep"):
        pieces = list(run)
        size = sum(len(_TOKEN.findall(text)) for operation, text in pieces if operation != "insert")
        if not is_kept:
            words = "".join(text for operation, text in pieces if operation == "insert")
            edits.append(_Edit(position, position + size, tuple(_TOKEN.findall(words))))
        position += size
    return edits


def _patch(old: str, mine: str, new: str) -> Merge:
    """Second try: the model's change as patches on the school's words, one character a word so that none is cut."""
    if _likeness(old, mine) < MERGE_BAR:
        return Merge("", "clash")
    tokens = [_TOKEN.findall(text) for text in (old, mine, new)]
    code = WordCode()
    coded = [code.encode(side) for side in tokens]
    words = dict(zip("".join(coded), [token for side in tokens for token in side], strict=True))
    patcher = diff_match_patch()
    patched, applied = patcher.patch_apply(patcher.patch_make(coded[0], coded[2]), coded[1])
    # The patcher pads texts with characters of its own; one that stayed has no word.
    if not all(applied) or any(character not in words for character in patched):
        return Merge("", "clash")
    text = "".join(words[character] for character in patched)
    return Merge(text, "fuzzy") if _has_all(old, mine, new, text) and text not in (mine, new) else Merge("", "clash")


def _has_all(old: str, mine: str, new: str, merged: str) -> bool:
    """Whether the words that either side added are all there: a patch that overwrote some is no suggestion."""
    have, before = Counter(words_of(merged)), Counter(words_of(old))
    return all(not ((Counter(words_of(side)) - before) - have) for side in (mine, new))


def _likeness(left: str, right: str) -> float:
    code = WordCode()
    return similarity(code.encode(_TOKEN.findall(left)), code.encode(_TOKEN.findall(right)))


def _is_closed(text: str) -> bool:
    stars = text.count("**")
    return (
        stars % 2 == 0
        and (text.count("*") - 2 * stars) % 2 == 0
        and text.count("[") == text.count("]")
        and text.count("(") == text.count(")")
    )


def _tidy(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _spaced(pieces: Sequence[str]) -> str:
    """Sentences in one line: the last of a text has no space after it, and may now stand before another."""
    return _tidy(" ".join(pieces))


class _Guard:
    """Hides each blank behind one character that none of the texts holds, so that a blank is one word."""

    def __init__(self, *texts: str) -> None:
        taken = set("".join(texts))
        free = (character for character in map(chr, range(0xE000, 0xF8FF)) if character not in taken)
        names = dict.fromkeys(_tidy(blank.source) for text in texts for blank in find_placeholders(text))
        self._signs = dict(zip(names, free, strict=False))

    def hide(self, text: str) -> str:
        for source, sign in self._signs.items():
            text = text.replace(source, sign)
        return text

    def show(self, text: str) -> str:
        for source, sign in self._signs.items():
            text = text.replace(sign, source)
        return text
