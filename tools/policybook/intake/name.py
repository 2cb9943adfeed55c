"""Readable ids made from words: the same words always give the same id."""

from __future__ import annotations

import re
import unicodedata

_COMMON = frozenset(
    "a an the and or of to in on at by for from with as is are be been being was were will shall would should may "
    "might must can could do does not no any all every each this that these those it its their they them there he she "
    "his her you your we our us who whom which what when where how if than then so such other also into out up about "
    "over under only own have has had but nor both either same more most very".split()
)
_WORD = re.compile(r"[a-z0-9]+")
_PART_WORDS = 4
_CLAUSE_WORDS = 3
_LONGEST = 60


def words_of_name(text: str) -> list[str]:
    """The telling words of a text as an id may hold them; all of its words where none tells."""
    flat = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", "")).encode("ascii", "ignore").decode()
    words = _WORD.findall(flat.lower())
    return [word for word in words if word not in _COMMON] or words


def name_part(heading: str, taken: set[str]) -> str:
    """An id for a part; it is added to `taken`."""
    return _free("", words_of_name(heading) or ["part"], _PART_WORDS, taken)


def name_clause(part: str, text: str, taken: set[str]) -> str:
    """An id for a clause, `part.words-of-it`, longer where the short one is taken; it is added to `taken`."""
    words = words_of_name(text[:400]) or ["clause"]
    return _free(f"{part}.", words, _CLAUSE_WORDS, taken)


def name_parameter(words: str, kind: str, taken: set[str]) -> str:
    """A parameter's name from the words that it stands among, with its kind; it is added to `taken`."""
    telling = [word for word in words_of_name(words) if not word.isdigit() and word not in _COMMON][-2:]
    name = "_".join([*telling, *([] if kind in telling else [kind])])[:50].strip("_") or kind
    if not name[0].isalpha():
        name = f"{kind}_{name}"
    count, free = 1, name
    while free in taken:
        count += 1
        free = f"{name}_{count}"
    taken.add(free)
    return free


def _free(prefix: str, words: list[str], length: int, taken: set[str]) -> str:
    name = prefix + _joined(words[:length])
    for more in range(length + 1, length + 4):
        if name not in taken or more > len(words):
            break
        name = prefix + _joined(words[:more])
    count, free = 1, name
    while free in taken:
        count += 1
        free = f"{name}-{count}"
    taken.add(free)
    return free


def _joined(words: list[str]) -> str:
    return "-".join(word[:24] for word in words)[:_LONGEST].strip("-")
