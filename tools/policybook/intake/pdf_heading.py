"""Headings of a PDF: by its outline where it has one, else by the size of the letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from policybook.intake.number import find_number
from policybook.intake.pdf_page import Line
from policybook.text.word import comparable_words

_LARGER = 1.06
_SAME = 0.04
_LONGEST = 30
_LARGEST_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Headings:
    """How headings look in one document."""

    body: float
    sizes: tuple[float, ...] = ()
    outline: dict[tuple[str, ...], int] = field(default_factory=dict)

    @classmethod
    def of(cls, outline: Sequence[tuple[str, int]], lines: Sequence[Line]) -> Headings:
        """The look of headings, from the outline's titles with their levels and from all lines."""
        letters: Counter[float] = Counter()
        for line in lines:
            letters[round(line.size, 1)] += len(line.text)
        body = letters.most_common(1)[0][0] if letters else 0.0
        total = sum(letters.values())
        larger = [size for size, count in letters.items() if size > body * _LARGER and count < _LARGEST_SHARE * total]
        sizes: list[float] = []
        for size in sorted(larger, reverse=True):
            if not sizes or size < sizes[-1] * (1 - _SAME):
                sizes.append(size)
        if len(sizes) > 1 and sum(abs(line.size - sizes[0]) < _SAME * sizes[0] for line in lines) == 1:
            sizes = sizes[1:]  # the title alone is larger than all headings; it counts as their first level
        titles = {tuple(comparable_words(_bare(title))): level for title, level in outline}
        return cls(body, tuple(sizes), titles)

    def level(self, lines: Sequence[Line]) -> int:
        """The level of a heading from 1, or 0 where the lines are none."""
        text = " ".join(line.text for line in lines)
        if level := self.outline.get(tuple(comparable_words(_bare(text)))):
            return level
        if len(text.split()) > _LONGEST or self.outline or lines[0].size <= self.body * _LARGER:
            return 0
        return self.level_of_size(lines[0].size)

    def level_of_size(self, size: float) -> int:
        """The level that a size of letters stands for; 0 where no heading has it."""
        return next((i for i, known in enumerate(self.sizes, 1) if size > known * (1 - _SAME)), 0)


def _bare(text: str) -> str:
    typed = find_number(text)
    return text[typed.length :] if typed else text
