"""Ids made from names: the same name gives the same id on every machine."""

from __future__ import annotations

import re
import unicodedata

from policybook.text.person import without_persons

LONGEST = 60
LONGEST_OF_WORDS = 40
_NOT_ALLOWED = re.compile(r"[^a-z0-9]+")
_APOSTROPHE = re.compile(r"['’‘`´]")
_DEVICES = {"con", "prn", "aux", "nul", *(f"{kind}{number}" for kind in ("com", "lpt") for number in range(10))}
"""Names that no file on Windows may have, whatever its ending."""


def slug_of(name: str, *more: str) -> str:
    """An id in lower-case letters, digits and single hyphens, at most 60 characters; empty where nothing is left.

    `St Mary's & All Saints` is `st-marys-and-all-saints`; `more` is added at the end, whole. A name that Windows keeps
    for itself (`con`, `aux`) gets `-school`.
    """
    tail = "-".join(filter(None, (_folded(words) for words in more)))
    head = _folded(name)[: LONGEST - len(tail) - bool(tail)].strip("-")
    slug = "-".join(filter(None, (head, tail)))
    return f"{slug}-school" if is_device(slug) else slug


def slug_of_words(text: str, words: int = 4) -> str:
    """An id from the first words of a text, at most 40 characters; empty where nothing is left.

    The names of persons are left out: an id stands in public addresses, and it stays when the person leaves.
    """
    return slug_of(" ".join(without_persons(text).split()[:words]))[:LONGEST_OF_WORDS].strip("-")


def is_device(name: str) -> bool:
    """Whether Windows keeps a file's name for itself, whatever its ending: `con`, `nul.txt`, `COM1`."""
    return name.partition(".")[0].rstrip().casefold() in _DEVICES


def _folded(words: str) -> str:
    plain = unicodedata.normalize("NFKD", _APOSTROPHE.sub("", words).casefold().replace("&", " and "))
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _NOT_ALLOWED.sub("-", letters).strip("-")
