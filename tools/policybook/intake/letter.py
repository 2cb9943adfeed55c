"""Letters that no reader may let through: what turns text round or hides, and what only a machine uses."""

from __future__ import annotations

import re
from itertools import groupby

from policybook.text.word import words_of

TURNED = "hidden letters that turn text round were taken out; read the words as they stand here"
_TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_HIDDEN = re.compile(r"[\u200b\u2060\ufeff\u00ad]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_SPACED = {ord(sign): " " for sign in map(chr, range(128)) if not sign.isalnum() and sign != "'"}
_LIGATURE = re.compile("[" + "".join(_LIGATURES) + "]")
_STRANGE = re.compile("[" + "".join(each.pattern[1:-1] for each in (_TURNING, _HIDDEN, _CONTROL, _LIGATURE)) + "]")


def clean_letters(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without control letters, and what was taken out that a person should know of.

    Letters that turn the direction of text round can make words read otherwise than they are stored (U+202E).
    """
    if not _STRANGE.search(text):  # nearly always
        return text, ()
    repairs: tuple[str, ...] = ()
    if _TURNING.search(text):
        text = _TURNING.sub("", text)
        repairs = (TURNED,)
    text = _HIDDEN.sub("", text)
    text = _LIGATURE.sub(lambda found: _LIGATURES[found[0]], text)
    return _CONTROL.sub("", text), repairs


def counted_words(text: str) -> list[str]:
    """The words of a text in lower case, as coverage counts them on both sides.

    The same as `words_of`: most lines hold no other letters than ASCII, and there it can be had for less.
    """
    words: list[str] = []
    for is_plain, lines in groupby(text.split("\n"), key=_is_plain):
        together = "\n".join(lines)
        words += _plain_words(together) if is_plain else words_of(together.casefold())
    return words


def _is_plain(line: str) -> bool:
    return line.isascii() and "''" not in line


def _plain_words(text: str) -> list[str]:
    spaced = f" {text.lower().translate(_SPACED)} "
    if "'" in spaced:  # kept inside a word only
        spaced = spaced.replace("' ", " ").replace(" '", " ")
    return spaced.split()
