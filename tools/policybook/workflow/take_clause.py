"""The clauses of an edited copy beside those that were printed: which is which, and which words are new."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from policybook.adopt.propose import ReadClause
from policybook.domain.inline import Run, plain
from policybook.domain.page import Callout, Heading, Page, Paragraph, Table
from policybook.domain.resolved import ResolvedClause, ResolvedPolicy
from policybook.domain.source import SetAside, SourceClause
from policybook.domain.taken import Unplaced
from policybook.intake.alteration import PrintedClause, find_alterations
from policybook.intake.returned import Returned
from policybook.text.fingerprint import match_fingerprint

_LABEL = re.compile(r"(?:Note|Definition)\. ")
_PAGE = re.compile(r"\s*Page \d+ of \d+$")
_CREDIT = re.compile(r"Source\. ")


@dataclass(frozen=True, slots=True)
class Copy:
    """What an edited copy holds: `read` in its order, ids that are `gone`, the share of clauses `found`.

    `above` is what stands before the first clause or beside the text, `bookmarks` the clause ids by bookmark.
    """

    read: tuple[ReadClause, ...]
    gone: tuple[str, ...]
    found: float
    above: tuple[SourceClause | SetAside, ...]
    bookmarks: dict[str, str]

    def front(self, pages: Iterable[Page]) -> Iterator[Unplaced]:
        """The words above and beside the text that we did not print there."""
        printed = {_spaced(words) for page in pages for words in _page_words(page)}
        for piece in self.above:
            for line in piece.text.splitlines():
                words = _spaced(line)
                if words and not _is_printed(words, printed):
                    said = f"it was read as a {piece.why}" if isinstance(piece, SetAside) else "above the first section"
                    yield Unplaced(words, said, "put it into a section, or change the record", piece.place)


def find_copy(returned: Returned, policy: ResolvedPolicy, texts: Sequence[ResolvedPolicy]) -> Copy:
    """The clauses of the copy, by bookmark first, by words where that is lost; one of `texts` was printed."""
    known = {(one.id, match_fingerprint(one.text)): one for text in texts[::-1] for one in text.clauses}
    printed = _printed(returned, policy, known)
    start = _first_marked(returned.clauses, printed)
    altered = find_alterations(printed, returned.clauses[start:])
    matches = {entry.id: entry.match for entry in printed}
    today = {clause.id: clause for clause in policy.clauses}
    own = {_spaced(one.text): one.id for one in policy.clauses if one.origin == "inserted" and one.id not in matches}
    spans: dict[int, list[str]] = {}
    places = [(name, range(span.start + start, span.stop + start)) for name, span in altered.places]
    for name, span in places:
        spans.setdefault(span.start, []).append(name)
    ends = dict(places)
    first = min(spans, default=0)
    read: list[ReadClause] = []
    beside: list[SourceClause | SetAside] = [*returned.clauses[:first], *returned.aside]
    index = first
    while index < len(returned.clauses):
        names = spans.get(index, [])
        end = max((ends[name].stop for name in names), default=index + 1)
        pieces = returned.clauses[index:end]
        if len(names) == 1:
            sent = known.get((names[0], matches[names[0]]))
            read = _joined_caption(read, pieces, sent)
            read.append(
                _read(names[0], _with_caption(returned.clauses, index, pieces, sent, spans), sent, matches, today)
            )
        elif names:  # several sections run into one paragraph, no word changed
            read += [ReadClause(name, (), "", place=pieces[0].place) for name in names]
        elif _CREDIT.match(pieces[0].text):
            beside.append(pieces[0])
        else:
            read.append(_added(pieces[0], own))
        index = end
    gone = tuple(entry.id for entry in printed if entry.id not in ends)
    bookmarks = {entry.bookmark: entry.id for entry in printed if entry.bookmark}
    return Copy(tuple(read), gone, len(ends) / max(len(printed), 1), tuple(beside), bookmarks)


def _first_marked(clauses: Sequence[SourceClause], printed: Sequence[PrintedClause]) -> int:
    """Where the policy begins: at the first clause with a bookmark of ours, at the beginning where all are lost."""
    ours = {entry.bookmark for entry in printed if entry.bookmark}
    return next((index for index, clause in enumerate(clauses) if ours.intersection(clause.bookmarks)), 0)


def _printed(
    returned: Returned, policy: ResolvedPolicy, known: dict[tuple[str, str], ResolvedClause]
) -> tuple[PrintedClause, ...]:
    """The clauses as they were printed: from the file where it names them, else those of today."""
    marked = returned.mark.clauses
    if not marked:
        clauses = (one for one in policy.clauses if one.text)
        return tuple(PrintedClause(one.id, match_fingerprint(one.text), one.id, one.text) for one in clauses)
    found = ((one, known.get((one.id, one.match))) for one in marked)
    return tuple(PrintedClause(one.id, one.match, one.bookmark, text.text if text else "") for one, text in found)


def _read(
    name: str, pieces: Sequence[SourceClause], sent: ResolvedClause | None, matches: dict[str, str],
    today: dict[str, ResolvedClause],
) -> ReadClause:  # fmt: skip
    """A clause of the copy that we printed; a paragraph cut in two is one clause with the pieces in a row."""
    runs = tuple(run for piece in pieces for run in (*piece.runs, Run(" ")))[:-1]
    text = _spaced(" ".join(piece.text for piece in pieces))
    label = _LABEL.match(text)
    if label and sent is not None and sent.kind == "note":
        runs, text = _cut(runs, label.end()), text[label.end() :]
    is_same = match_fingerprint(text) == matches[name]
    if sent is not None and not sent.rows and not sent.fields:
        is_same = text == _spaced(sent.text)
    if name in today and text == _spaced(today[name].text):
        is_same = True
    kind, place = pieces[0].kind, pieces[0].place
    return ReadClause(name, runs, text, kind, pieces[0].marker, place, not is_same, sent.runs if sent else None)


def _added(clause: SourceClause, own: dict[str, str]) -> ReadClause:
    """What the school added; `own` are additions that were recorded since the copy was made, by their words."""
    text = _spaced(clause.text)
    return ReadClause(own.pop(text, None), clause.runs, text, clause.kind, clause.marker, clause.place)


def _with_caption(
    clauses: Sequence[SourceClause], index: int, pieces: Sequence[SourceClause], sent: ResolvedClause | None,
    spans: dict[int, list[str]],
) -> Sequence[SourceClause]:  # fmt: skip
    """A table that was edited, with the caption above it: the two are one clause."""
    if not _is_captioned(sent) or pieces[0].runs or len(pieces) > 1 or index == 0 or index - 1 in spans:
        return pieces
    above = clauses[index - 1]
    return (
        (replace(pieces[0], runs=above.runs),)
        if _spaced(above.text) == _spaced(plain(sent.runs if sent else ()))
        else pieces
    )


def _joined_caption(
    read: list[ReadClause], pieces: Sequence[SourceClause], sent: ResolvedClause | None
) -> list[ReadClause]:
    """What was read so far, without the caption of the table that comes next."""
    is_caption = _is_captioned(sent) and len(pieces) == 1 and not pieces[0].runs and read and read[-1].id is None
    return read[:-1] if is_caption and sent and read[-1].text == _spaced(plain(sent.runs)) else read


def _is_captioned(sent: ResolvedClause | None) -> bool:
    return sent is not None and bool(sent.rows or sent.fields) and bool(sent.runs)


def _cut(runs: Sequence[Run], left: int) -> tuple[Run, ...]:
    kept: list[Run] = []
    for run in runs:
        kept += [replace(run, text=run.text[left:])] if run.text[left:] else []
        left = max(0, left - len(run.text))
    return tuple(kept)


def _is_printed(words: str, printed: set[str]) -> bool:
    """Whether we printed these words: whole, as cells side by side, as a label with what it says, or in a footer."""
    label, _, said = words.partition(": ")
    pieces = (words.split(" | "), (label, said))
    return (
        words in printed
        or any(all(piece in printed for piece in group) for group in pieces)
        or (_PAGE.search(words) is not None and _PAGE.sub("", words).strip() in printed)
    )


def _page_words(page: Page) -> Iterator[str]:
    """The words of a page that may stand above or beside the text, as a reader of the file meets them."""
    yield from (page.title, page.subject, page.header, page.footer)
    for block in page.blocks:
        match block:
            case Heading() | Paragraph():
                yield plain(block.runs)
            case Callout():
                yield f"{block.label}. {plain(block.runs)}"
            case Table():
                yield from (block.caption, *block.head)
                cells = [cell for row in block.rows for cell in row]
                yield from (plain(runs) for cell in cells for runs in cell.paragraphs)
                yield from (" ".join(plain(runs) for runs in cell.paragraphs) for cell in cells)


def _spaced(text: str) -> str:
    return " ".join(text.split())
