"""What was altered by hand in a document that we built, clause by clause: its words against those that were printed.

A clause is looked for by its fingerprint first, wherever it now stands; what is left by the bookmark in its paragraph,
which survives editing in Word and LibreOffice; and the rest by likeness to the words that were printed, where they are
known. `docs/dev/analysis/identify.md` tells the rules.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from policybook.domain.identity import Alteration
from policybook.domain.source import SourceClause
from policybook.text.align import Passage, align
from policybook.text.fingerprint import match_fingerprint
from policybook.text.similar import longest_increasing

_LONGEST_SPAN = 3
_ALIKE = 0.5
_COPY = re.compile(r"_Copy_\d+$")  # what LibreOffice makes of the name when a paragraph is copied
_LABEL = re.compile(r"(?:Note|Definition)\. ")
_CREDIT = re.compile(r"Source\. ")


@dataclass(frozen=True, slots=True)
class PrintedClause:
    """A clause as it was printed: the fingerprint of its words, its bookmark, and the words where they are known."""

    id: str
    match: str
    bookmark: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class AlteredText:
    """How a document differs from what was printed: each alteration, and how many clauses read as they did.

    `places` tell, by clause id, at which clauses of the document each one that was found now stands.
    """

    alterations: tuple[Alteration, ...]
    same: int
    places: tuple[tuple[str, range], ...] = ()


def find_alterations(printed: Sequence[PrintedClause], clauses: Sequence[SourceClause]) -> AlteredText:
    """What was reworded, moved, taken out and added by hand, in the order of the document; what is gone comes last.

    What stands before the first clause that is found (title, control table, contents) is not looked at.
    """
    finder = _Finder(printed, clauses)
    same = finder.find_whole() + finder.find_joined()
    finder.find_by_bookmark()
    finder.find_by_words()
    return AlteredText(tuple(finder.alterations()), same, finder.places())


class _Finder:
    """Where each printed clause now stands: `places` are its first clause of the document and how many it takes."""

    def __init__(self, printed: Sequence[PrintedClause], clauses: Sequence[SourceClause]) -> None:
        self._printed = printed
        self._clauses = clauses
        self._places: dict[int, range] = {}
        self._reworded: set[int] = set()
        self._used: set[int] = set()
        self._holders: dict[str, list[int]] = defaultdict(list)
        for index, clause in enumerate(clauses):
            for name in clause.bookmarks:
                self._holders[_COPY.sub("", name)].append(index)

    def find_whole(self) -> int:
        """Clauses that read as they were printed, as one clause of the document or as up to three in a row."""
        spans: dict[str, list[range]] = defaultdict(list)
        for start in range(len(self._clauses)):
            for end in range(start + 1, min(start + _LONGEST_SPAN, len(self._clauses)) + 1):
                for text in self._readings(range(start, end)):
                    spans[match_fingerprint(text)].append(range(start, end))
        after = 0
        for index, entry in enumerate(self._printed):
            free = [span for span in spans.get(entry.match, ()) if self._used.isdisjoint(span)]
            if free:
                held = self._holders.get(entry.bookmark, [])
                span = min(
                    free, key=lambda span: (not set(held) & set(span), span.start < after, span.start, len(span))
                )
                self._place(index, span)
                after = span.stop
        return len(self._places)

    def find_joined(self) -> int:
        """Printed clauses that follow each other and now stand in one paragraph, no word changed."""
        found = 0
        for first in range(len(self._printed)):
            for last in range(first + 2, min(first + _LONGEST_SPAN, len(self._printed)) + 1):
                group = range(first, last)
                if not all(self._printed[index].words and index not in self._places for index in group):
                    break
                joined = match_fingerprint(" ".join(self._printed[index].words for index in group))
                for place in self._free():
                    if match_fingerprint(self._clauses[place].text) == joined:
                        self._used.add(place)
                        self._places.update(dict.fromkeys(group, range(place, place + 1)))
                        found += len(group)
                        break
        return found

    def find_by_bookmark(self) -> None:
        """Clauses whose bookmark stands in words that are not those that were printed."""
        for index, entry in enumerate(self._printed):
            held = [place for place in self._holders.get(entry.bookmark, ()) if place not in self._used]
            if index not in self._places and held:
                self._place(
                    index, range(held[0], held[-1] + 1) if self._are_free(held) else range(held[0], held[0] + 1)
                )
                self._reworded.add(index)

    def find_by_words(self) -> None:
        """Clauses without their bookmark whose printed words are known and near to words of the document."""
        waiting = [i for i, entry in enumerate(self._printed) if i not in self._places and entry.words]
        free = self._free()
        pairs = align(
            [Passage(self._printed[i].words) for i in waiting], [Passage(self._clauses[i].text) for i in free]
        )
        for pair in pairs:
            if pair.left and pair.right and pair.confidence >= _ALIKE:
                places = [free[right] for right in pair.right]
                for left in pair.left:
                    self._place(waiting[left], range(places[0], places[-1] + 1))
                    self._reworded.add(waiting[left])

    def places(self) -> tuple[tuple[str, range], ...]:
        """At which clauses of the document each printed one stands, in the order in which they were printed."""
        return tuple((self._printed[index].id, span) for index, span in sorted(self._places.items()))

    def alterations(self) -> Iterator[Alteration]:
        """What was altered, as the reader of the document meets it."""
        moved = set(self._moved())
        told: list[tuple[int, Alteration]] = []
        for index, span in self._places.items():
            entry, now = self._printed[index], self._text(span)
            place = self._clauses[span.start].place
            if index in self._reworded:
                told.append((span.start, Alteration("reworded", entry.id, entry.words, now, place)))
            if index in moved:
                told.append((span.start, Alteration("moved", entry.id, entry.words, now, place)))
        for index in self._added():
            clause = self._clauses[index]
            told.append((index, Alteration("added", None, "", clause.text, clause.place)))
        yield from (alteration for _, alteration in sorted(told, key=lambda pair: pair[0]))
        for index, entry in enumerate(self._printed):
            if index not in self._places:
                yield Alteration("gone", entry.id, entry.words, "")

    def _added(self) -> Iterator[int]:
        first = min((span.start for span in self._places.values()), default=len(self._clauses))
        return (i for i in self._free() if i > first and not _CREDIT.match(self._clauses[i].text))

    def _moved(self) -> Iterable[int]:
        places = [(index, span.start) for index, span in self._places.items()]
        kept = {index for index, _ in longest_increasing(places)}
        together = {span for index, span in self._places.items() if index in kept}  # joined clauses share their place
        return (index for index, span in self._places.items() if index not in kept and span not in together)

    def _readings(self, span: range) -> Iterator[str]:
        """The words of some clauses, and once more without the label that is printed before a note."""
        text = self._text(span)
        yield text
        if label := _LABEL.match(text):
            yield text[label.end() :]

    def _text(self, span: range) -> str:
        return "\n".join(self._clauses[index].text for index in span)

    def _free(self) -> list[int]:
        return [index for index in range(len(self._clauses)) if index not in self._used]

    def _are_free(self, held: Sequence[int]) -> bool:
        return self._used.isdisjoint(range(held[0], held[-1] + 1))

    def _place(self, index: int, span: range) -> None:
        self._places[index] = span
        self._used.update(span)
