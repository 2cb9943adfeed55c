"""Synthetic adoptions of a policy, with truth by construction: what was done to which clause is known, not guessed.

`adopt` drops, adds, moves (single clauses and whole parts), splits, joins, rewords and cuts clauses at a page break,
puts a school's own names in, spells as Americans do, and changes rules. Strength 2 does all of it twice as often.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from policybook.domain.comparison import Reading, Witness


@dataclass(frozen=True)
class Piece:
    """One clause of the adoption: which clauses of the base it was made from, and what was done to it."""

    text: str
    kind: str
    origins: tuple[int, ...]
    done: frozenset[str] = frozenset()

    def after(self, text: str, done: str) -> Piece:
        """The clause with other words."""
        return replace(self, text=text, done=self.done | {done})


@dataclass(frozen=True)
class Adoption:
    """A base, a school's copy of it, and the truth about how they answer each other."""

    base: Witness
    copy: Witness
    pieces: tuple[Piece, ...]

    @property
    def pairs(self) -> set[tuple[int, int]]:
        """Indices (base, copy) that answer each other."""
        return {(origin, place) for place, piece in enumerate(self.pieces) for origin in piece.origins}

    def pairs_done(self, done: str) -> set[tuple[int, int]]:
        """The pairs to which something was done ("move", "split", "join", "substance", "reword")."""
        return {(left, right) for left, right in self.pairs if done in self.pieces[right].done}


Operation = Callable[[list[Piece], random.Random], None]

REWORDINGS = (
    ("such as", "for example"), ("in order to", "to"), ("ensure", "make sure"), ("immediately", "at once"),
    ("regarding", "about"), ("inform", "tell"), ("purchase", "buy"), ("assist", "help"), ("obtain", "get"),
    ("appropriate", "suitable"), ("prior to", "before"), ("permission", "consent"), ("additional", "further"),
    ("however", "but"), ("therefore", "so"), ("sufficient", "enough"), ("commence", "begin"), ("utilise", "use"),
    ("in relation to", "about"), ("in accordance with", "in line with"), ("take place", "happen"),
    ("colleagues", "staff"), ("guidance", "advice"), ("at all times", "always"), ("devices", "equipment"),
    ("comments", "remarks"), ("aware", "mindful"), ("material", "content"), ("publish", "post"), ("setting up", "opening"),
    ("photographs", "pictures"), ("vulnerable", "exposed"), ("personal", "private"), ("society", "the community"),
)  # fmt: skip
SUBSTANCE = (
    (r"\bmust not\b", "should avoid"), (r"\bmust not\b", "may"), (r"\bshould not\b", "may"), (r"\bmust\b(?! not)", "should"),
    (r"\bshould\b(?! not| avoid)", "must"), (r"\bwill\b(?! not)", "will not"), (r"\bmay\b(?! not)", "must not"),
    (r"\ball staff\b", "some staff"), (r"\bany\b", "no"), (r"\bonly\b ", ""), (r"\bdismissal\b", "a warning"),
    (r"\bdisciplinary action\b", "a conversation with the headteacher"), (r"\b18\b", "16"), (r"\bstaff\b", "staff and volunteers"),
    (r"\bparents\b", "governors"), (r"\.$", " unless the headteacher has agreed in writing beforehand."),
    (r"\.$", ". A breach is treated as gross misconduct."), (r"\.$", " between 8am and 5pm."), (r"\.$", " within ten working days."),
)  # fmt: skip
NEW_CLAUSES = (
    "Lanyards with the school's crest are worn on the site and handed in at the office when a contract ends.",
    "The site team keeps a log of the keys that are lent and checks it on the last Friday of each half term.",
    "Mileage for training outside the county is claimed on the blue form with the receipts pinned behind it.",
    "Lost property is kept for one half term beside reception and then given to the summer fair.",
    "Minibus drivers hold the county's certificate and carry it with them on every journey.",
    "Drinks are carried along corridors in lidded cups so that the new flooring stays dry.",
    "The caretaker opens the east gate for deliveries and no lorry reverses while children are outside.",
    "Plants in the atrium are watered by the gardening club and not by the cleaning contractor.",
)
NAMES = ("Thistledown Academy", "St Osmund's School", "Marsh Lane Primary School", "The Larches Federation")
AMERICAN = (("organis", "organiz"), ("recognis", "recogniz"), ("behaviour", "behavior"), ("centre", "center"))
FURNITURE_LONG = 12
"""Words that a clause has at least, to be cut in two or to move on its own and be told from others."""


def adopt(base: Witness, seed: int, strength: int) -> Adoption:
    """A school's copy of the base; the same seed and strength give the same copy."""
    chance = random.Random(f"{base.ref}/{seed}/{strength}")  # noqa: S311 - repeatable, not secret
    texts = Counter(reading.text for reading in base.readings)
    pieces = [
        Piece(reading.text, reading.kind, (index,), frozenset({"twin"} if texts[reading.text] > 1 else ()))
        for index, reading in enumerate(base.readings)
    ]
    for _ in range(strength):
        for operation in (_reword, _change_substance, _drop, _move_part, _move, _join, _split, _break_page, _add):
            operation(pieces, chance)
    _name_school(pieces, chance)
    _spell(pieces, chance)
    readings = tuple(Reading(piece.text, kind=piece.kind) for piece in pieces)
    return Adoption(base, Witness("B", f"copy-{seed}", "A copy", readings), tuple(pieces))


def _share(pieces: Sequence[Piece], percent: int) -> int:
    return max(1, len(pieces) * percent // 100)


def _untouched(pieces: Sequence[Piece], chance: random.Random, count: int, words: int = 6) -> list[int]:
    """Places of clauses with nothing done to them yet, long enough to be known again."""
    places = [
        place
        for place, piece in enumerate(pieces)
        if not piece.done and piece.kind != "heading" and len(piece.text.split()) >= words
    ]
    return sorted(chance.sample(places, min(count, len(places))), reverse=True)


def _drop(pieces: list[Piece], chance: random.Random) -> None:
    for place in _untouched(pieces, chance, _share(pieces, 6), words=1):
        del pieces[place]


def _add(pieces: list[Piece], chance: random.Random) -> None:
    unused = [text for text in NEW_CLAUSES if text not in {piece.text for piece in pieces}]
    for text in chance.sample(unused, min(_share(pieces, 4), len(unused))):
        pieces.insert(chance.randrange(len(pieces) + 1), Piece(text, "item", (), frozenset({"add"})))


def _move(pieces: list[Piece], chance: random.Random) -> None:
    for place in _untouched(pieces, chance, _share(pieces, 3), words=FURNITURE_LONG):
        piece = pieces.pop(place)
        away = [other for other in range(len(pieces) + 1) if abs(other - place) > 4]
        pieces.insert(chance.choice(away), piece.after(_light(piece.text, chance), "move"))


def _move_part(pieces: list[Piece], chance: random.Random) -> None:
    """A run of clauses changes its place with everything in it, edits and all."""
    length = min(6, len(pieces) // 6)
    start = chance.randrange(len(pieces) - length)
    part = [piece.after(piece.text, "part") for piece in pieces[start : start + length]]
    del pieces[start : start + length]
    place = chance.randrange(len(pieces) + 1)
    pieces[place:place] = part


def _light(text: str, chance: random.Random) -> str:
    """Now and then a moved clause is edited as well."""
    return _reworded(text) if chance.random() < 0.5 else text


def _split(pieces: list[Piece], chance: random.Random) -> None:
    for place in _untouched(pieces, chance, _share(pieces, 3), words=16):
        _cut(pieces, place, "split", lambda word: word.endswith((".", ";", ",")))


def _break_page(pieces: list[Piece], chance: random.Random) -> None:
    for place in _untouched(pieces, chance, _share(pieces, 3), words=16):
        _cut(pieces, place, "break", lambda word: True)


def _cut(pieces: list[Piece], place: int, done: str, is_end: Callable[[str], bool]) -> None:
    words = pieces[place].text.split()
    ends = [index + 1 for index, word in enumerate(words) if is_end(word) and 5 <= index + 1 <= len(words) - 5]
    if not ends:
        return
    middle = min(ends, key=lambda end: abs(end - len(words) // 2))
    halves = [" ".join(words[:middle]), " ".join(words[middle:])]
    pieces[place : place + 1] = [pieces[place].after(half, done) for half in halves]


def _join(pieces: list[Piece], chance: random.Random) -> None:
    for place in _untouched(pieces, chance, _share(pieces, 3)):
        follower = pieces[place + 1] if place + 1 < len(pieces) else None
        if follower and not follower.done and follower.kind != "heading" and len(follower.text.split()) >= 6:
            joined = Piece(
                f"{pieces[place].text} {follower.text}", pieces[place].kind, pieces[place].origins + follower.origins
            )
            pieces[place : place + 2] = [joined.after(joined.text, "join")]


def _reword(pieces: list[Piece], chance: random.Random) -> None:
    for place in _untouched(pieces, chance, _share(pieces, 10)):
        text = _reworded(pieces[place].text)
        if text != pieces[place].text:
            pieces[place] = pieces[place].after(text, "reword")


def _reworded(text: str) -> str:
    for old, new in REWORDINGS:
        text = re.sub(rf"\b{old}\b", new, text)
    return text


def _change_substance(pieces: list[Piece], chance: random.Random) -> None:
    for place in _untouched(pieces, chance, _share(pieces, 8)):
        text = pieces[place].text
        fitting = [(pattern, new) for pattern, new in SUBSTANCE if re.search(pattern, text)]
        if fitting:
            pattern, new = chance.choice(fitting)
            pieces[place] = pieces[place].after(re.sub(pattern, new, text, count=1), "substance")


def _name_school(pieces: list[Piece], chance: random.Random) -> None:
    name = chance.choice(NAMES)
    for place, piece in enumerate(pieces):
        if chance.random() < 0.9:
            pieces[place] = replace(piece, text=re.sub(r"\b[Tt]he [Ss]chool\b(?!['’])", name, piece.text))


def _spell(pieces: list[Piece], chance: random.Random) -> None:
    if chance.random() < 0.5:
        for place, piece in enumerate(pieces):
            text = piece.text.replace("’", "'")
            for british, american in AMERICAN:
                text = text.replace(british, american)
            pieces[place] = replace(piece, text=text)
