"""What the words of a text stand for: `pupil` and `young people` are one meaning, whatever a policy calls them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from policybook.text.sentence import split_sentences
from policybook.text.spelling import folded_words

Part = Literal["tells", "is of", "says little", "rules", "cues"]
WEIGHTS: dict[Part, float] = {"tells": 1.0, "is of": 0.75, "says little": 0.25, "rules": 1.2}
"""How much a meaning of each part counts, before it is asked how many texts have it."""
OTHER_WORD, KNOWN_WORD = 0.45, 0.25
"""How much a word itself counts: one that has no meaning in the list, one that has."""
LONG = 40
"""Words from which a text is looked through for rules sentence by sentence."""
_SMALL = frozenset(
    "a about above after again all also an and any anybody anything are as at be because been before being "
    "between both but by can cannot could did do does done during each eg either else etc even for from "
    "further had has have having he her here him his how however i ie if in into is it its itself just made "
    "make may might more most must my need neither never no nobody nor not of off on once one onto or other "
    "others otherwise our out over own put same shall she should so some somebody someone such take than that "
    "the their them themselves then there therefore these they this those through to too under unless until up "
    "upon us via was way we well were what whatever when where whether which whichever while who whoever whom "
    "whose why will with within without would you your".split()
)
"""Words that tell nothing, by themselves."""
_BETWEEN = frozenset("a an the of their your his its are is be to".split())
"""Words that may stand between two words of a phrase (`record of the messages`)."""


@dataclass(frozen=True, slots=True)
class Concept:
    """Something that a text speaks of; `kind` is `word`, or the part of the list that its meaning or rule is in."""

    kind: Part | Literal["word"]
    name: str

    @property
    def is_telling(self) -> bool:
        """Whether it says what a rule is about."""
        return self.kind in ("tells", "rules")


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """Meanings by the stem of a word and by the stems of a phrase, and what stands together in each rule."""

    words: Mapping[str, tuple[Concept, ...]]
    phrases: Mapping[tuple[str, ...], tuple[Concept, ...]]
    rules: Mapping[Concept, tuple[frozenset[str], ...]]

    def longest_phrase(self) -> int:
        return max(map(len, self.phrases))


@lru_cache(maxsize=4_096)
def concepts_of(text: str) -> dict[Concept, float]:
    """What a text speaks of and how much each counts: meanings, rules, and the stems of the words themselves."""
    found = {concept: WEIGHTS[concept.kind] for concept in _meanings(text) if concept.kind != "word"}
    lexicon = _lexicon()
    for sentence in split_sentences(text) if len(folded_words(text)) > LONG else (text,):
        names = {concept.name for concept in _meanings(sentence)}
        stated = (rule for rule, ways in lexicon.rules.items() if any(way <= names for way in ways))
        found |= dict.fromkeys(stated, WEIGHTS["rules"])
    for word in folded_words(text):
        if word not in _SMALL and (len(word) > 2 or word.isdigit()):
            stem = stem_of(word)
            found[Concept("word", stem)] = KNOWN_WORD if stem in lexicon.words else OTHER_WORD
    return found


@lru_cache(maxsize=20_000)
def stem_of(word: str) -> str:
    """What all forms of an English word have in common (Porter's second stemmer, Snowball 2001)."""
    return str(_stemmer().stemWord(word))


@cache
def cue_words() -> tuple[tuple[str, ...], ...]:
    """The groups of beginnings of words that may stand for one another in a topic's cue."""
    return tuple(entries for part, _, entries in _lines() if part == "cues")


@cache
def _stemmer() -> Any:
    from snowballstemmer import stemmer  # slow to load, and only for texts that were never one

    return stemmer("english")


def _meanings(text: str) -> frozenset[Concept]:
    lexicon = _lexicon()
    words = folded_words(text)
    found = {concept for word in words for concept in lexicon.words.get(stem_of(word), ())}
    stems = [stem_of(word) for word in words if word not in _BETWEEN]
    for length in range(2, lexicon.longest_phrase() + 1):
        for start in range(len(stems) - length + 1):
            found.update(lexicon.phrases.get(tuple(stems[start : start + length]), ()))
    return frozenset(found)


@cache
def _lexicon() -> _Lexicon:
    words: dict[str, list[Concept]] = defaultdict(list)
    phrases: dict[tuple[str, ...], list[Concept]] = defaultdict(list)
    rules: dict[Concept, tuple[frozenset[str], ...]] = {}
    for part, name, entries in _lines():
        concept = Concept(part, name)
        if part == "rules":
            rules[concept] = tuple(frozenset(entry.split()) for entry in entries)
        elif part != "cues":
            for stems in (tuple(map(stem_of, folded_words(entry))) for entry in entries):
                phrases[stems].append(concept) if len(stems) > 1 else words[stems[0]].append(concept)
    return _Lexicon({k: tuple(v) for k, v in words.items()}, {k: tuple(v) for k, v in phrases.items()}, rules)


@cache
def _lines() -> tuple[tuple[Part, str, tuple[str, ...]], ...]:
    """The lines of `concepts.yaml`: the part each is in, its name, its entries."""
    return tuple(_parsed(Path(__file__).with_name("concepts.yaml").read_text(encoding="utf-8")))


def _parsed(text: str) -> Iterator[tuple[Part, str, tuple[str, ...]]]:
    """A part's name stands at the beginning of a line, its entries are indented: no more of YAML is used."""
    parts: dict[str, Part] = {f"{part}:": part for part in (*WEIGHTS, "cues")}
    part: Part = "tells"
    for line in text.splitlines():
        if line in parts:
            part = parts[line]
        elif line.startswith("  "):
            name, _, entries = line.strip().partition(":")
            yield part, name, tuple(entry.strip() for entry in entries.split(","))
