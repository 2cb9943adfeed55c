"""Which automatic list prints each number of a page, so that Word shows exactly what the page tree says.

Word keeps one counter a level for all lists (`w:num`) over one definition (`w:abstractNum`); a list's `startOverride`
sets it when the list is first met at that level. A printed number is therefore met in one of three ways:

- it is the next one: the list of its sister or of its parent goes on;
- it is not (a gap, a restart), but what stands before its last part is what the counters hold: a new list over the
  same definition with a start override at that one level;
- what stands before its last part is not what the counters hold (6.2 where no 6 was printed), or it is no number that
  a list can make ("1bis", "A1/3"), or its level already prints another pattern: literal text. An override of a level
  that no paragraph has reached is read differently by Word and LibreOffice, so none is written.

Held by `tests/render/test_docx.py`, which prints the numbers through LibreOffice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from policybook.domain.page import Block, Heading, Page, Paragraph

Base = Literal["clauses", "appendices", "letters", "romans", "capitals", "steps", "bullets"]
"""The definitions that a template's `numbering.xml` offers, by their `w:name`."""

FirstFormat = Literal["decimal", "upperLetter", ""]
"""How the outermost level of a definition counts; "" as in the template."""

MAX_LEVEL = 8
_MAX_NUMBER = 32_767
_COUNT = "(?:0|[1-9][0-9]{0,4})"  # as a list prints it: "01" is none
_DECIMAL = re.compile(rf"(?P<values>{_COUNT}(?:\.{_COUNT}){{0,8}})(?P<end>[.:]?)")
_APPENDIX = re.compile(rf"(?P<word>[^\W\d_]{{2,}}) (?P<value>[A-Z]|{_COUNT})(?P<end>[.:]?)")
_UNDER_APPENDIX = re.compile(rf"(?P<first>[A-Z])(?P<rest>(?:\.?{_COUNT}){{0,8}})(?P<end>[.:]?)")
_FLAT = re.compile(rf"(?P<before>\(?)(?P<value>[a-z]|[ivxlc]{{2,7}}|[A-Z]|{_COUNT})(?P<after>[.)]{{0,2}})")
_ROMAN = re.compile(r"(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_ROMAN_VALUES = (("xc", 90), ("l", 50), ("xl", 40), ("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1))


@dataclass(frozen=True, slots=True)
class Label:
    """How one block gets its number: from `list_id` at `level` (0 is the outermost), or as `literal` words."""

    list_id: int = 0
    level: int = 0
    base: Base = "clauses"
    literal: str = ""


@dataclass(slots=True)
class Definition:
    """One `w:abstractNum`: a copy of the template's `base` whose levels print `patterns` ("%1.%2", "(%1)")."""

    base: Base
    first: FirstFormat = ""
    patterns: dict[int, str] = field(default_factory=dict)
    _counters: dict[int, tuple[int, int]] = field(default_factory=dict)

    def holds(self, values: tuple[int, ...]) -> bool:
        """Whether the counters above the last of these values stand at them."""
        return all(
            level in self._counters and self._counters[level][0] == value for level, value in enumerate(values[:-1])
        )

    def next_list(self, level: int, value: int, above: int) -> int | None:
        """The list that prints `value` next at this level by itself, or None; `above` is the parent's list."""
        last, list_id = self._counters.get(level, (0, above))
        return list_id if value == last + 1 else None

    def list_above(self, level: int, otherwise: int) -> int:
        """The list of the nearest number above this level."""
        lists = [list_id for upper, (_, list_id) in sorted(self._counters.items()) if upper < level]
        return lists[-1] if lists else otherwise

    def count(self, level: int, value: int, list_id: int) -> None:
        """Notes what was printed; deeper levels begin again."""
        self._counters = {upper: held for upper, held in self._counters.items() if upper < level}
        self._counters[level] = (value, list_id)


@dataclass(frozen=True, slots=True)
class ListInstance:
    """One `w:num`: over the definition with this index, with (level, value) start overrides. Ids count from 1."""

    definition: int
    starts: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class NumberPlan:
    """The labels of a page's blocks (None: no number) and the lists and definitions behind them."""

    labels: list[Label | None] = field(default_factory=list)
    definitions: list[Definition] = field(default_factory=list)
    lists: list[ListInstance] = field(default_factory=list)


def plan_numbers(page: Page) -> NumberPlan:
    """The label of every block of the page, in order, with the lists that print them."""
    parts_are_counted = any(
        isinstance(block, Heading) and _DECIMAL.fullmatch(block.number or "") is not None for block in page.blocks
    )
    planner = _Planner(NumberPlan(), parts_are_counted)
    for block in page.blocks:
        planner.plan.labels.append(planner.label(block))
    return planner.plan


@dataclass(frozen=True, slots=True)
class _Number:
    """A printed number as a list could make it: the values down to `level`, and the pattern of that level."""

    base: Base
    values: tuple[int, ...]
    level: int
    pattern: str
    family: str = ""
    first: FirstFormat = ""


@dataclass(slots=True)
class _Planner:
    plan: NumberPlan
    parts_are_counted: bool
    families: dict[tuple[str, str], int] = field(default_factory=dict)
    appendix: str = ""

    def label(self, block: Block) -> Label | None:
        if isinstance(block, Paragraph) and block.marker == "bullet":
            return self._bullet(min(block.depth, MAX_LEVEL))
        if not isinstance(block, Heading | Paragraph) or not block.number:
            return None
        for number in self._readings(block):
            label = self._automatic(number)
            if label:
                return label
        return Label(literal=block.number)

    def _readings(self, block: Heading | Paragraph) -> list[_Number]:
        """What the number may be, likeliest first. One alone is a part's; inside the text it is a step of a list."""
        number = block.number or ""
        decimal = _DECIMAL.fullmatch(number)
        if decimal and (isinstance(block, Heading) or "." in decimal["values"] or self._is_clause(block)):
            return [_decimal(decimal, isinstance(block, Heading) and block.level == 1)]
        if isinstance(block, Heading):
            return self._appendix(number)
        return self._flat(number, min(block.depth, MAX_LEVEL)) or self._appendix(number)

    def _is_clause(self, paragraph: Paragraph) -> bool:
        return paragraph.depth == 0 and not self.parts_are_counted

    def _appendix(self, number: str) -> list[_Number]:
        if found := _APPENDIX.fullmatch(number):
            is_letter = found["value"].isalpha()
            value = ord(found["value"]) - 64 if is_letter else int(found["value"])
            first: FirstFormat = "upperLetter" if is_letter else "decimal"
            self.appendix = f"{found['word']} {first}"
            return [_Number("appendices", (value,), 0, f"{found['word']} %1{found['end']}", self.appendix, first)]
        if found := _UNDER_APPENDIX.fullmatch(number):
            rest = re.findall(r"(\.?)(\d+)", found["rest"])
            values = (ord(found["first"]) - 64, *(int(value) for _, value in rest))
            pattern = "%1" + "".join(f"{dot}%{place}" for place, (dot, _) in enumerate(rest, 2)) + found["end"]
            return [
                _Number("appendices", values, len(values) - 1, pattern, self.appendix if rest else "", "upperLetter")
            ]
        return []

    def _flat(self, number: str, level: int) -> list[_Number]:
        """(a), i., 3): one counter, whose level is the depth of the paragraph."""
        found = _FLAT.fullmatch(number)
        if not found:
            return []
        value, pattern = found["value"], f"{found['before']}%{level + 1}{found['after']}"
        family = f"{found['before']}{found['after']}"
        if value.isdigit():
            return [_Number("steps", (int(value),), level, pattern, family)]
        if value.isupper():
            return [] if number == value else [_Number("capitals", (ord(value) - 64,), level, pattern, family)]
        roman = _Number("romans", (_roman(value),), level, pattern, family)
        if len(value) > 1:
            return [roman] if roman.values[0] else []
        letter = _Number("letters", (ord(value) - 96,), level, pattern, family)
        return [roman] if roman.values[0] and self._is_roman(roman, letter) else [letter]

    def _is_roman(self, roman: _Number, letter: _Number) -> bool:
        """(i) after (h) is a letter, otherwise a roman one; (v) is roman after (iv) only."""
        return not self._goes_on(letter) and (roman.values[0] == 1 or self._goes_on(roman))

    def _goes_on(self, number: _Number) -> bool:
        index = self.families.get((number.base, number.family))
        if index is None or number.values[-1] == 1:
            return False
        return self.plan.definitions[index].next_list(number.level, number.values[-1], 1) is not None

    def _automatic(self, number: _Number) -> Label | None:
        if max(number.values) > _MAX_NUMBER or number.level > MAX_LEVEL:
            return None
        index = self._definition(number)
        definition, value, level = self.plan.definitions[index], number.values[-1], number.level
        is_outline = number.base in {"clauses", "appendices"}
        if definition.patterns.get(level, number.pattern) != number.pattern or (
            is_outline and not definition.holds(number.values)
        ):
            return None
        definition.patterns[level] = number.pattern
        list_id = definition.next_list(level, value, definition.list_above(level, self._first_list(index)))
        if list_id is None:
            list_id = self._new_list(index, ((level, value),))
        definition.count(level, value, list_id)
        return Label(list_id, level, number.base)

    def _bullet(self, level: int) -> Label:
        index = self._definition(_Number("bullets", (1,), level, ""))
        return Label(self._first_list(index), level, "bullets")

    def _definition(self, number: _Number) -> int:
        key = (number.base, number.family)
        if key not in self.families:
            self.families[key] = len(self.plan.definitions)
            self.plan.definitions.append(Definition(number.base, number.first))
            self._new_list(self.families[key], ())
        return self.families[key]

    def _first_list(self, index: int) -> int:
        return next(place for place, one in enumerate(self.plan.lists, 1) if one.definition == index)

    def _new_list(self, definition: int, starts: tuple[tuple[int, int], ...]) -> int:
        self.plan.lists.append(ListInstance(definition, starts))
        return len(self.plan.lists)


def _decimal(found: re.Match[str], is_part: bool) -> _Number:
    """6.2 stands at level 1; a part's "6.0" is its 6, printed with ".0"."""
    texts = found["values"].split(".")
    zero = ".0" if is_part and len(texts) == 2 and texts[1] == "0" else ""
    values = tuple(int(text) for text in (texts[:1] if zero else texts))
    pattern = ".".join(f"%{place}" for place in range(1, len(values) + 1)) + zero + found["end"]
    return _Number("clauses", values, len(values) - 1, pattern)


def _roman(text: str) -> int:
    """The value of a lower-case roman number up to 99; 0 if it is none."""
    if not text or not _ROMAN.fullmatch(text):
        return 0
    value, rest = 0, text
    for sign, worth in _ROMAN_VALUES:
        while rest.startswith(sign):
            value, rest = value + worth, rest[len(sign) :]
    return value
