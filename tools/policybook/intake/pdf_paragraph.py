"""Lines of a PDF into paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from policybook.domain.inline import Run, plain
from policybook.intake.block import Block, join_runs
from policybook.intake.number import find_number
from policybook.intake.pdf_heading import Headings
from policybook.intake.pdf_page import Line

_BULLETS = frozenset("•▪◦‣·●○■□➢➤✓\uf0b7\uf0a7\uf0d8o-–")
_HYPHEN = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]$")
_CUT = re.compile(r"([^\W\d_]+)(?:[-\u2010\u00ad] ?\r?\n|[\x02\ufffe]\s*)([a-z]+)")
_NOTE = re.compile(r"(?:\*{1,3}|†|‡) ?['\"‘“]?\w")
_ENTRY = re.compile(r"(?:[.…] ?){4,}\d{1,3}$")  # a line of a contents list, with its leaders and page
_GAP = 1.25
_SMALL_GAP = 1.1  # one that a line which ends early, or with a stop, need not be taken on over
_INDENT = 4.0
_SPACE = 0.28
_SIZE_CHANGE = 0.06
_OFTEN_CUT = 0.02
_FEW_GAPS = 3


@dataclass(frozen=True, slots=True)
class Hyphens:
    """Whether a hyphen at the end of a line belongs to the word; `words` are all words of the document."""

    words: frozenset[str]
    cuts_words: bool

    @classmethod
    def of(cls, text: str) -> Hyphens:
        """What the document's own words tell: one that is full of cut words was hyphenated by a machine."""
        lines = max(1, text.count("\n"))
        words = frozenset(re.findall(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*", re.sub(r"\S+[\x02\ufffe]", "", text.lower())))
        return cls(words, len(_CUT.findall(text)) > _OFTEN_CUT * lines)

    def join_text(self, text: str) -> str:
        """The text with words joined that stand on two lines."""
        return _CUT.sub(lambda cut: self._whole(cut[1], cut[2]), text)

    def count_joined(self, text: str) -> int:
        """How many words stand on two lines and lose their hyphen when they are joined."""
        return sum("-" not in self._whole(cut[1], cut[2]) for cut in _CUT.finditer(text))

    def join_runs(self, lines: Sequence[tuple[Run, ...]], breaks: Sequence[bool]) -> tuple[Run, ...]:
        """The lines as one stretch; `breaks` says before which lines a line break stays."""
        joined: tuple[Run, ...] = ()
        for line, is_break in zip(lines, breaks, strict=True):
            left, right = plain(joined), plain(line)
            cut = _HYPHEN.search(left)
            if cut and right[:1].islower() and not is_break:
                rest = re.match(r"[^\W\d_]*", right)
                whole = self._whole(cut[1], rest[0] if rest else "")
                hyphen = "-" if "-" in whole else ""
                joined = join_runs((*joined[:-1], replace(joined[-1], text=joined[-1].text[:-1] + hyphen)), line, "")
            else:
                glued = left.endswith("/") and not left.endswith(" /")
                joined = join_runs(joined, line, "\n" if is_break else "" if glued else " ")
        return joined

    def _whole(self, left: str, right: str) -> str:
        glued, hyphened = f"{left}{right}", f"{left}-{right}"
        if glued.lower() in self.words or hyphened.lower() in self.words:
            return glued if glued.lower() in self.words else hyphened
        return glued if self.cuts_words else hyphened


@dataclass(slots=True)
class Paragraph:
    """Lines of one paragraph, `left` its outermost place; `breaks` says before which a line break was meant."""

    lines: list[Line]
    breaks: list[bool] = field(default_factory=lambda: [False])
    bullet: str | None = None
    depth: int = 0
    left: float = 0.0


def build_paragraphs(elements: Sequence[Line | Block], headings: Headings) -> Iterator[Paragraph | Block]:
    """The elements with lines gathered into paragraphs; a paragraph may go on over a page break."""
    layout = _Layout.of([element for element in elements if isinstance(element, Line)], headings)
    held: Paragraph | None = None
    for element in elements:
        if isinstance(element, Line) and held and layout.goes_on(held, element):
            held.breaks.append(layout.is_short(held.lines[-1], element) or bool(_NOTE.match(element.text)))
            held.lines.append(element)
            continue
        if held:
            yield held
        held = layout.begin(element) if isinstance(element, Line) else None
        if isinstance(element, Block):
            yield element
    if held:
        yield held


@dataclass(frozen=True, slots=True)
class _Layout:
    """What is usual in a document: its right margin, how far lines are apart, whether paragraphs have space between."""

    right: float
    pitch: dict[float, float]
    has_gaps: bool
    bullets: tuple[float, ...]
    headings: Headings

    @classmethod
    def of(cls, lines: Sequence[Line], headings: Headings) -> _Layout:
        rights = sorted(line.right for line in lines)
        apart: dict[float, Counter[float]] = {}
        for one, two in pairwise(lines):
            if one.page == two.page and one.base > two.base and _same_size(one, two):
                apart.setdefault(round(one.size), Counter())[round(one.base - two.base, 1)] += 1
        pitch = {size: _usual(counts) for size, counts in apart.items()}
        gaps = sum(
            count
            for size, counts in apart.items()
            for distance, count in counts.items()
            if pitch[size] * _GAP < distance < pitch[size] * 4
        )
        places = sorted({round(line.left) for line in lines if _bullet(line)})
        bullets = [place for i, place in enumerate(places) if i == 0 or place - places[i - 1] > _INDENT]
        margin = rights[int(len(rights) * 0.98)] if rights else 0.0
        return cls(margin, pitch, gaps > _FEW_GAPS, tuple(map(float, bullets)), headings)

    def begin(self, line: Line) -> Paragraph:
        """A paragraph that starts with this line."""
        mark = _bullet(line)
        if mark is None:
            return Paragraph([line], left=line.left)
        depth = sum(place <= line.left + _INDENT / 2 for place in self.bullets) - 1
        words = Line(line.page, line.words[1:], line.base, line.size)
        return Paragraph([words], bullet=mark, depth=max(0, depth), left=line.left)

    def is_short(self, line: Line, after: Line) -> bool:
        """Whether the next line's first word would have fitted on this one, so that the line ended on purpose."""
        word = after.words[0]
        return line.right + _SPACE * line.size + (word.right - word.left) < self.right - 1

    def goes_on(self, paragraph: Paragraph, line: Line) -> bool:
        """Whether a line belongs to the paragraph before it."""
        last = paragraph.lines[-1]
        short = self.is_short(last, line)
        if _bullet(line) is not None or not _same_size(last, line) or _ENTRY.search(last.text):
            return False
        if last.page != line.page or line.base > last.base:
            may_follow = self._may_follow(paragraph, line) and _same_style(paragraph, line)
            return not short and may_follow and not self._is_heading(paragraph)
        gap = (last.base - line.base) / self.pitch.get(round(last.size), last.size)
        if gap > _GAP or (gap > _SMALL_GAP and (short or last.text.endswith("."))):
            return False
        if short and (not self.has_gaps or self._is_heading(paragraph)):
            return False
        return self._may_follow(paragraph, line)

    def _may_follow(self, paragraph: Paragraph, line: Line) -> bool:
        """Whether indent and first word fit a line that goes on."""
        last = paragraph.lines[-1]
        typed = find_number(line.text)
        outdented = line.left <= paragraph.left + _INDENT / 2
        if (
            typed
            and not typed.is_bare
            and outdented
            and (last.left > line.left + _INDENT / 2 or self.is_short(last, line))
        ):
            return False
        if line.left < paragraph.left - _INDENT:
            return False
        return len(paragraph.lines) == 1 or abs(line.left - last.left) <= _INDENT * 2 or line.page != last.page

    def _is_heading(self, paragraph: Paragraph) -> bool:
        return bool(self.headings.level(paragraph.lines))


def _usual(counts: Counter[float]) -> float:
    """The smallest distance that is not rare: lines of one paragraph stand closer than paragraphs do."""
    total = sum(counts.values())
    return min(distance for distance, count in counts.items() if count >= max(1, 0.08 * total)) if counts else 0.0


def _bullet(line: Line) -> str | None:
    """The mark at the start of a list item, or None."""
    mark = line.words[0].text
    return mark if len(line.words) > 1 and len(mark) == 1 and mark in _BULLETS else None


def _same_size(one: Line, two: Line) -> bool:
    return abs(one.size - two.size) <= _SIZE_CHANGE * max(one.size, two.size)


def _same_style(paragraph: Paragraph, line: Line) -> bool:
    """Whether the words on both sides of a page break look alike, or either side mixes styles anyway."""
    before = {(word.bold, word.italic) for word in paragraph.lines[-1].words}
    after = {(word.bold, word.italic) for word in line.words}
    return len(before) > 1 or len(after) > 1 or before == after
