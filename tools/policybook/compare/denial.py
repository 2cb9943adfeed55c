"""Whether two texts deny the same things in other words: "nobody may smoke", "staff must not smoke"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from policybook.compare.vocabulary import FUNCTION_WORDS, PEOPLE
from policybook.text.spelling import fold

_PIECE = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[,;:.](?!\d)")
_DENIED = re.compile(
    r"un(?!til|less|der|i[oqtv])\w{4,}|anonymous\w*|dis(?:agree|allow|content|honest|like|satisf|courag|pleas)\w*"
    r"|in(?:complet|correct|appropriat|valid|eligibl|sufficient|adequat|formal)\w*|im(?:possibl|proper)\w*|(?!unless)\w{4,}less"
)
"""A word that denies by its own letters; it may stand for any denial of the other text ("unhappy", "not content")."""
_MAY_BE_PARTED = re.compile("n['’]t|cannot", re.I)
_STOPS = frozenset((",", ";", ":", ".", "but"))
"""What ends the words that a denial is about."""
REACH = 5
"""Words that carry meaning after a denial (before it, where none follows) by which it is known again."""
_DENIALS = frozenset(
    "not never no nobody none nor nothing neither without cannot fail fails failure failing unable".split()
)
_FORBIDDING = frozenset("forbidden prohibited banned barred unacceptable".split())
_MODAL = frozenset("must may shall should will can".split())
_BINDING = frozenset(
    "must may shall should will can could would might do does did one any anyone anybody somebody someone "
    "allowed permitted acceptable required need needs".split()
)
_PREFIXES = ("un", "in", "im", "ir", "il", "dis", "non")
SHORTEST_STEM = 3
"""Letters left of a word without its ending; "noted" stays, because "not" is a word of another kind."""
_ENDINGS = ("ing", "al", "ed", "es", "s", "e")
DENYING_STEMS = _DENIALS
DENYING = _DENIALS | _FORBIDDING | _BINDING
"""Words that only say whether, and how far, something is asked or forbidden."""
_EMPTY = _STOPS | FUNCTION_WORDS | _BINDING | PEOPLE | _DENIALS | _FORBIDDING
ROOT = 5
"""Letters by which a word is known in another form ("expectation", "expect")."""
LEAST_SAID, MOST_OF = 2, 0.6
"""How many of the words that a denial is about, and what share of them, the other text must have."""
Focus = frozenset[str]


def denies_alike(before: str, after: str) -> bool:
    """Whether each denial of one text answers one of the other that is about the same words, and none is left over.

    A word denied by its first letters ("unsure") is a denial where the other text has the plain word; two denials side
    by side ("not forbidden") are none.
    """
    return _unanswered(before, after) == ([], [])


def denies_what_the_other_says(before: str, after: str) -> bool:
    """Whether one text denies in words of the other, which does not ("no right of appeal", "the right of appeal")."""
    texts = before, after
    for focuses, other in zip(_unanswered(before, after), reversed(texts), strict=True):
        roots = {word[:ROOT] for word in stems(other)}
        if any(len(focus) >= LEAST_SAID and len(focus & roots) >= MOST_OF * len(focus) for focus in focuses):
            return True
    return False


def _unanswered(before: str, after: str) -> tuple[list[Focus], list[Focus]]:
    """The denials of each text that no denial of the other answers."""
    lefts, rights = stems(before), stems(after)
    old, new = _denials(lefts, frozenset(rights)), _denials(rights, frozenset(lefts))
    left_over: list[Focus] = []
    for focus in old:
        answer = next((other for other in new if other & focus or not other or not focus), None)
        if answer is None:
            left_over.append(focus)
        else:
            new.remove(answer)
    return left_over, new


@lru_cache(maxsize=4_096)
def stems(text: str) -> tuple[str, ...]:
    """The words of a text without the endings of their forms, those in which no text differs left in ("not")."""
    words: list[str] = _PIECE.findall(text)
    if _MAY_BE_PARTED.search(text):
        words = [word for part in words for word in _parted(part)]
    return tuple([stem(fold(word)) for word in words])


def _parted(word: str) -> tuple[str, ...]:
    if word.lower().endswith(("n't", "n’t")):
        return (word[:-3], "not")
    return ("not",) if word.lower() == "cannot" else (word,)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A folded word without the ending of its form: "smok" of "smoke" and "smoking"."""
    if word in _EMPTY:
        return word
    for ending in _ENDINGS:
        root = word.removesuffix(ending)
        if root != word and len(root) >= SHORTEST_STEM and root not in _EMPTY:
            return f"{root[:-1]}y" if root[-1] == "i" else root  # "carried" is of "carry"
    return word


def _denials(words: Sequence[str], others: frozenset[str]) -> list[Focus]:
    places: list[int] = []
    for place, word in enumerate(words):
        if word in _DENIALS or word in _FORBIDDING or _is_denied(word, others):
            if places and _is_beside(words, places[-1], place):
                places.pop()  # two denials make none: "not forbidden", "not uncommon"
            else:
                places.append(place)
    return [_focus(words, place, others) for place in places]


def _is_denied(word: str, others: frozenset[str]) -> bool:
    return word not in others and (_plain(word, others) != word or _DENIED.fullmatch(word) is not None)


def _is_beside(words: Sequence[str], first: int, second: int) -> bool:
    return all(word in _BINDING or word in FUNCTION_WORDS for word in words[first + 1 : second]) and second - first < 3


def _focus(words: Sequence[str], place: int, others: frozenset[str]) -> Focus:
    plain = _plain(words[place], others)
    if plain != words[place]:
        return frozenset((plain[:ROOT],))
    if _DENIED.fullmatch(words[place]):
        return frozenset()
    near = _until_stop(words[place + 1 :])
    if words[place] in _FORBIDDING or not near:
        near += _until_stop(words[:place][::-1])
    return frozenset([word[:ROOT] for word in near])


def _until_stop(words: Sequence[str]) -> list[str]:
    """The nearest words that carry meaning, up to where the sentence pauses."""
    found: list[str] = []
    for place, word in enumerate(words):
        if found and (word in _STOPS or (word in _MODAL and words[place - 1] in ("and", "or"))):
            break
        if word not in _EMPTY:
            found.append(word)
        if len(found) == REACH:
            break
    return found


def _plain(word: str, others: frozenset[str]) -> str:
    """The word without the letters that deny it, where the other text has it so; else the word."""
    if not word.startswith(_PREFIXES) or word in others:
        return word
    for prefix in _PREFIXES:
        plain = word.removeprefix(prefix)
        if plain != word and len(plain) > 2 and plain in others:
            return plain
    return word
