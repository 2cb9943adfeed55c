"""An edited clause as clause YAML: its words with their markup, blanks that nobody touched still blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from policybook.domain.inline import Run, plain
from policybook.text.edit import word_edits
from policybook.text.inline import parse_inline
from policybook.text.placeholder import Placeholder, split_placeholders

_SIGN = re.compile(r"([\\*_\[\]])")


@dataclass(frozen=True, slots=True)
class _Blank:
    """A placeholder, and where its words stand: characters of a text, the end left out."""

    source: str
    start: int
    end: int


def write_clause(runs: Sequence[Run], template: str, printed: Sequence[Run]) -> str:
    """The words of `runs` as clause YAML.

    `template` are the words of the record and `printed` its runs as they were filled in: a placeholder whose words
    stand untouched in the edited text is written as a placeholder again, so that the value keeps following the record.
    """
    kept = list(_kept_blanks(template, printed, plain(runs)))
    marked = "".join(_pieces(runs, kept))
    return marked if _reads_back(marked, runs, kept) else escaped(" ".join(plain(runs).split()))


def _kept_blanks(template: str, printed: Sequence[Run], after: str) -> Iterator[_Blank]:
    """The placeholders of the template whose words are in the edited text as they were, and stand there now."""
    pieces = [piece for run in parse_inline(template) for piece in split_placeholders(run.text)]
    if len(pieces) != len(printed):
        return
    before = plain(printed)
    position = 0
    for piece, run in zip(pieces, printed, strict=True):
        if isinstance(piece, Placeholder):
            start = _kept_at(before, after, position, position + len(run.text))
            if start is not None:
                yield _Blank(piece.source, start, start + len(run.text))
        position += len(run.text)


def _kept_at(before: str, after: str, start: int, end: int) -> int | None:
    """Where a stretch of the text before stands in the text after; None where it was touched."""
    left = right = 0
    for operation, text in word_edits(before, after):
        if operation == "keep" and left <= start and end <= left + len(text):
            return right + start - left
        left += len(text) if operation != "insert" else 0
        right += len(text) if operation != "delete" else 0
    return None


def _pieces(runs: Sequence[Run], blanks: Sequence[_Blank]) -> Iterator[str]:
    position = 0
    for run in runs:
        end = position + len(run.text)
        words, at = "", position
        for blank in blanks:
            if position <= blank.start < end:
                words += escaped(run.text[max(at - position, 0) : blank.start - position]) + blank.source
                at = blank.end
            elif blank.start < position < blank.end:
                at = max(at, blank.end)  # its words go on from the run before
        yield styled(run, words + escaped(run.text[max(at - position, 0) :]))
        position = end


def styled(run: Run, words: str) -> str:
    """The words, marked up as the run is."""
    if not words.strip():
        return words
    lead, core, tail = _around(words)
    if run.bold or run.italic:
        signs = "*" * (2 * run.bold + run.italic)
        core = f"{signs}{core}{signs}"
    return f"{lead}[{core}]({run.link}){tail}" if run.link and run.link[:1] != "#" else f"{lead}{core}{tail}"


def _around(words: str) -> tuple[str, str, str]:
    """The space before the words, the words, and the space after them: markup closes only after a word."""
    core = words.strip()
    start = words.index(core)
    return words[:start], core, words[start + len(core) :]


def _reads_back(marked: str, runs: Sequence[Run], blanks: Sequence[_Blank]) -> bool:
    """Whether the markup gives the same words, the placeholders standing for what they print."""
    words = plain(runs)
    for blank in sorted(blanks, key=lambda one: -one.start):
        words = f"{words[: blank.start]}{blank.source}{words[blank.end :]}"
    return " ".join(plain(parse_inline(marked)).split()) == " ".join(words.split())


def escaped(words: str) -> str:
    """The words, so that none of their signs is markup."""
    return _SIGN.sub(r"\\\1", words)


def unstyled(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs without bold and italic: a heading is bold because it is a heading."""
    return tuple(replace(run, bold=False, italic=False) for run in runs)
