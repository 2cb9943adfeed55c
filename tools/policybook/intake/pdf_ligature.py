"""Ligatures that a PDF lost: a letter without a name where `fi` or `ffi` was printed, put back and reported."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from policybook.intake.pdf_page import UNKNOWN, Line, Page

_LIGATURES = ("fi", "ff", "fl", "ffi", "ffl", "ti", "tt", "ft")
_NO_FIT = (0, 0)
_DAMAGED = re.compile(rf"[^\W\d_]*[{UNKNOWN}][^\W\d_]*")
_WORDS = re.compile(r"[^\W\d_]+")
_STEMS = frozenset(
    "confidential confidence specific identif offic staff first defin definition final finan find firm fit five field "
    "fire firewall satisf notif notification certif benefit conflict significan sufficien efficien profile qualif "
    "qualification modif affect effect offen offer offline differen difficult traffic suffer affair effort flexib "
    "reflect influenc flag verif verification clarif ratif justif fingerprint filter figure fight finish fixed "
    "infringe classif classification artifici identification specification sheriff tariff leaflet scientific".split()
)


def restore_ligatures(pages: Sequence[Page]) -> tuple[list[Page], int]:
    """The pages with lost ligatures put back where exactly one makes a word, and how many words were mended.

    A word is one that stands whole elsewhere in the document, or begins as a usual word with a ligature in it does.
    """
    text = "\n".join(page.text for page in pages)
    if not any(letter in text for letter in UNKNOWN):
        return list(pages), 0
    known = frozenset(word.lower() for word in _WORDS.findall(_DAMAGED.sub(" ", text)))
    mended = sum(restore_word(damaged, known) != damaged for damaged in _DAMAGED.findall(text))
    return [_restored(page, known) for page in pages], mended


def restore_word(damaged: str, known: frozenset[str]) -> str:
    """The word with its one lost ligature put back; as it is where none or several fit as well."""
    if sum(map(damaged.count, UNKNOWN)) != 1:
        return damaged
    before, after = re.split(f"[{UNKNOWN}]", damaged)
    whole = [before + ligature + after for ligature in _LIGATURES]
    fits = {word: _fit(word.lower(), known) for word in whole}
    best = [word for word in whole if fits[word] > _NO_FIT and fits[word] == max(fits.values())]
    return best[0] if len(best) == 1 else damaged


def _fit(word: str, known: frozenset[str]) -> tuple[int, int]:
    """How well a word fits: best where the document has it whole, else by how much of it is a usual beginning."""
    if word in known:
        return len(word) + 1, 0
    usual = max((end for end in range(len(word), 2, -1) if word[:end] in _STEMS), default=0)
    return (usual, -len(word)) if usual else _NO_FIT


def _restored(page: Page, known: frozenset[str]) -> Page:
    def mend(text: str) -> str:
        return _DAMAGED.sub(lambda found: restore_word(found[0], known), text)

    lines: list[Line] = []
    for line in page.lines:
        words = tuple(replace(word, text=mend(word.text)) for word in line.words)
        lines.append(replace(line, words=words))
    return replace(page, text=mend(page.text), lines=tuple(lines))
