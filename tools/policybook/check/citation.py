"""Laws, guidance, titles and platforms that are cited in a form that is out of date, by a dated list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from policybook.check.passage import Passage, named
from policybook.domain.citation import CitationKind, DatedCitation
from policybook.domain.finding import Finding, Severity
from policybook.text.word import comparable_words

YEAR_WITHIN = 4
"""Words after a title among which the year of its edition is looked for: "(KCSIE), September 2024"."""
CODES: Mapping[CitationKind, tuple[str, Severity, str]] = {
    "law": ("citation.outdated", "warning", "is out of date, or not all of the law"),
    "guidance": ("citation.outdated", "warning", "is out of date"),
    "title": ("citation.mistitled", "warning", "is not the title of any law"),
    "platform": ("citation.platform", "note", "is a dated name"),
}
"""The code, severity and words for each kind of entry; an entry that is not verified is a note."""
BY_PASSAGE = ("platform", "title")
"""Kinds of which each mention must be right on its own; a law may be put right by another clause of the text."""
CitationIndex = Mapping[str, Sequence[tuple[tuple[str, ...], str, DatedCitation]]]
"""By its first word, each phrase word by word, as it is written in the list, and its entry; longest phrase first."""


def index_citations(citations: Iterable[DatedCitation]) -> CitationIndex:
    """The list, ready for looking phrases up."""
    index: dict[str, list[tuple[tuple[str, ...], str, DatedCitation]]] = defaultdict(list)
    for entry in citations:
        for phrase in entry.cited:
            words = tuple(comparable_words(phrase))
            if words:
                index[words[0]].append((words, phrase, entry))
    for phrases in index.values():
        phrases.sort(key=lambda found: -len(found[0]))
    return index


def find_citation_problems(passages: Iterable[Passage], index: CitationIndex, day: date | None) -> Iterator[Finding]:
    """One finding for each entry of the list that a text cites, at the first place; `day` is the day of the check."""
    cited: dict[str, _Cited] = {}
    said: list[str] = []
    for passage in passages:
        words = comparable_words(passage.words)
        said.append(_padded(words))
        for phrase, entry, year in _citations_in(words, index):
            if entry.kind in BY_PASSAGE and _is_right(entry, said[-1:]):
                continue
            cited.setdefault(entry.id, _Cited(entry)).add(passage, phrase, year)
    for found in cited.values():
        if found.entry.kind in BY_PASSAGE or not _is_right(found.entry, said):
            yield from found.findings(day)


@dataclass(slots=True)
class _Cited:
    """Where one entry is cited: each passage with the phrase, and the year beside it, None for none."""

    entry: DatedCitation
    places: list[tuple[Passage, str, int | None]] = field(default_factory=list)

    def add(self, passage: Passage, phrase: str, year: int | None) -> None:
        self.places.append((passage, phrase, year))

    def findings(self, day: date | None) -> Iterator[Finding]:
        edition = self.entry.edition
        code, severity, what = CODES[self.entry.kind]
        if edition is None:
            yield self._finding(self.places, severity, code, what)
            return
        earlier = [place for place in self.places if place[2] and place[2] < edition]
        if earlier:
            yield self._finding(earlier, severity, code, f"is cited in an edition before {edition}")
        in_force = [place for place in self.places if place[2] and place[2] >= edition]
        if in_force and self._is_doubtful(day):
            yield self._finding(in_force, "note", "citation.edition", "may have a later edition by now")
        if not earlier and not in_force:
            yield self._finding(self.places, "note", "citation.edition", "is cited without its year")

    def _finding(
        self, places: Sequence[tuple[Passage, str, int | None]], severity: Severity, code: str, what: str
    ) -> Finding:
        passage, phrase, _ = places[0]
        where = named(place[0] for place in places)
        what = what if self.entry.verified else "may not be up to date"
        checked = self.entry.checked.isoformat()
        state = f"verified {checked}" if self.entry.verified else f"NOT verified, looked at {checked}"
        mend = f"today: {self.entry.today}. Source: {self.entry.source} ({state})"
        shown = severity if self.entry.verified else "note"
        return Finding(shown, code, passage.place, f"“{phrase}” {what} ({where})", mend)

    def _is_doubtful(self, day: date | None) -> bool:
        return bool(day and self.entry.doubtful_from and day >= self.entry.doubtful_from)


def _citations_in(words: Sequence[str], index: CitationIndex) -> Iterator[tuple[str, DatedCitation, int | None]]:
    position = 0
    while position < len(words):
        for phrase, shown, entry in index.get(words[position], ()):
            end = position + len(phrase)
            if tuple(words[position:end]) == phrase:
                yield shown, entry, _year_in(words[end : end + YEAR_WITHIN])
                position = end - 1
                break
        position += 1


def _year_in(words: Iterable[str]) -> int | None:
    years = (int(word) for word in words if word.isascii() and word.isdigit() and len(word) == 4)
    return next((year for year in years if 1900 <= year <= 2100), None)


def _is_right(entry: DatedCitation, texts: Iterable[str]) -> bool:
    """Whether one of the texts has words that put the citation right."""
    rights = [_padded(comparable_words(phrase)) for phrase in entry.unless]
    return any(right in text for right in rights for text in texts)


def _padded(words: Sequence[str]) -> str:
    return f" {' '.join(words)} "
