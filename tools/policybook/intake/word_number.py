"""Word's automatic numbering: the numbers and bullets that stand nowhere in the text but in `numbering.xml`.

Rules: ECMA-376 part 1, 17.9. A level's counter rises with each paragraph on it and falls back to its start when a
paragraph stands on a higher level; lists of one abstract numbering share their counters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from policybook.domain.model import Marker
from policybook.intake.word_style import W, value

_PLACE = re.compile(r"%([1-9])")
_FIGURES = re.compile(r"[\d.]+\)")
_LETTERS = 26
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LETTERED = ("lowerLetter", "upperLetter", "lowerRoman", "upperRoman")
_LARGEST = 5_000


@dataclass(frozen=True, slots=True)
class _Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1
    legal: bool = False


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, _Level]
    restarts: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Label:
    """What Word prints before a paragraph: a number without its final stop, or a bullet (`number` None)."""

    marker: Marker
    number: str | None = None


class Numbering:
    """Gives each paragraph its label; paragraphs must be asked for in reading order."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, dict[int, int]] = {}
        if root is not None:
            self._read(root)

    def label(self, number_id: str, level: int) -> Label | None:
        """The label of the next paragraph of this list on this level (from 0), or None where it has none."""
        found = self._lists.get(number_id)
        if found is None or number_id == "0":
            return None
        counters = self._count(found, level)
        format_ = found.levels.get(level, _Level())
        if format_.form == "bullet":
            return Label("bullet")
        number = _PLACE.sub(lambda place: self._print(found, counters, int(place[1]) - 1, format_), format_.text)
        number = number.strip().rstrip(".:").strip()
        number = number.removesuffix(")") if _FIGURES.fullmatch(number) else number
        return Label("letter" if format_.form in _LETTERED else "number", number) if number else None

    def _count(self, found: _List, level: int) -> dict[int, int]:
        counters = self._counters.setdefault(found.abstract, {})
        for restarted, start in found.restarts.items():
            counters[restarted] = start - 1
        found.restarts.clear()
        for above in range(level):
            counters.setdefault(above, found.levels.get(above, _Level()).start)
        counters[level] = counters.get(level, found.levels.get(level, _Level()).start - 1) + 1
        for below in [key for key in counters if key > level]:
            del counters[below]
        return counters

    @staticmethod
    def _print(found: _List, counters: dict[int, int], level: int, asked: _Level) -> str:
        format_ = found.levels.get(level, _Level())
        return _print_number(counters.get(level, format_.start), "decimal" if asked.legal else format_.form)

    def _read(self, root: etree._Element) -> None:
        abstracts = {
            abstract.get(f"{W}abstractNumId", ""): dict(map(_read_level, abstract.findall(f"{W}lvl")))
            for abstract in root.findall(f"{W}abstractNum")
        }
        for number in root.findall(f"{W}num"):
            abstract = value(number.find(f"{W}abstractNumId")) or ""
            found = _List(abstract, dict(abstracts.get(abstract, {})))
            for override in number.findall(f"{W}lvlOverride"):
                index = _whole(override.get(f"{W}ilvl"), 0)
                if (level := override.find(f"{W}lvl")) is not None:
                    found.levels[index] = _read_level(level)[1]
                if (start := value(override.find(f"{W}startOverride"))) is not None:
                    found.restarts[index] = _whole(start, 1)
            self._lists[number.get(f"{W}numId", "")] = found


def _read_level(element: etree._Element) -> tuple[int, _Level]:
    index = _whole(element.get(f"{W}ilvl"), 0)
    form = value(element.find(f"{W}numFmt")) or "decimal"
    text = value(element.find(f"{W}lvlText")) or ""
    start = _whole(value(element.find(f"{W}start")), 1)
    return index, _Level(form, text, start, element.find(f"{W}isLgl") is not None)


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else otherwise


def _print_number(number: int, form: str) -> str:
    """A number in one of Word's forms; forms that policies do not use come out as figures."""
    if form in ("lowerLetter", "upperLetter") and 0 < number <= _LARGEST:
        letters = chr(ord("a") + (number - 1) % _LETTERS) * ((number - 1) // _LETTERS + 1)
        return letters if form == "lowerLetter" else letters.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < number <= _LARGEST:
        printed = ""
        for size, letters in _ROMAN:
            printed += letters * (number // size)
            number %= size
        return printed if form == "lowerRoman" else printed.upper()
    if form == "none":
        return ""
    return f"{number:02d}" if form == "decimalZero" else str(number)
