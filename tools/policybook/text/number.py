"""Numbers written as English words, both ways."""

from __future__ import annotations

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_LARGEST = 999
_MOST_FIGURES = 18


def print_number(number: int) -> str:
    """The number in words, 0 to 999 ("one hundred and five"); others as figures."""
    if not 0 <= number <= _LARGEST:
        return str(number)
    if number < len(_SMALL):
        return _SMALL[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens - 2] + (f"-{_SMALL[ones]}" if ones else "")
    hundreds, rest = divmod(number, 100)
    return f"{_SMALL[hundreds]} hundred" + (f" and {print_number(rest)}" if rest else "")


_NUMBERS = {print_number(number): number for number in range(_LARGEST + 1)}
_NUMBERS |= {words.replace("-", " "): number for words, number in _NUMBERS.items() if "-" in words}


def parse_number(text: str) -> int | None:
    """The number that a word or up to 18 figures stand for, or None."""
    text = text.strip().lower()
    if text.isascii() and text.isdigit() and len(text) <= _MOST_FIGURES:
        return int(text)
    return _NUMBERS.get(text)
