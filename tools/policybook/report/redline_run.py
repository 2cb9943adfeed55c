"""The words of two runs of one paragraph as one, with marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from policybook.domain.comparison import Edit
from policybook.domain.inline import Mark, Run, plain
from policybook.text.edit import apply_edits, word_edits

Runs = tuple[Run, ...]


def merge_runs(old: Runs, new: Runs, edits: Sequence[Edit] = ()) -> Runs:
    """Runs that read as `new` without those marked deleted, as `old` without those marked inserted.

    `edits` are used if they lead from one to the other. Words that stay but look different (bold, a link) count as
    deleted and inserted: so each side keeps its own look.
    """
    old, new = shown(old), shown(new)
    before, after = plain(old), plain(new)
    if not edits or apply_edits(edits, "delete") != before or apply_edits(edits, "insert") != after:
        edits = word_edits(before, after)
    merged: list[Run] = []
    from_old, from_new = _Taker(old), _Taker(new)
    for operation, text in edits:
        if operation == "delete":
            merged += mark_runs(from_old.take(len(text)), "deleted")
        elif operation == "insert":
            merged += mark_runs(from_new.take(len(text)), "inserted")
        else:
            merged += _kept(from_old.take(len(text)), from_new.take(len(text)))
    return tuple(_deletions_first(merged))


def mark_runs(runs: Sequence[Run], mark: Mark) -> Runs:
    """The runs, all with this mark."""
    return tuple(replace(run, mark=mark) for run in runs)


def shown(runs: Runs) -> Runs:
    """The runs with words for every blank, as they are printed."""
    return tuple(
        run if run.text else replace(run, text=f"[{run.parameter or 'not filled in'}]")
        for run in runs
        if run.text or run.blank
    )


def without(runs: Runs, mark: Mark) -> Runs:
    """The runs except those with this mark."""
    return tuple(run for run in runs if run.mark != mark)


class _Taker:
    """Hands out the runs a number of characters at a time."""

    def __init__(self, runs: Runs) -> None:
        self._runs = runs
        self._at = 0
        self._inside = 0

    def take(self, length: int) -> list[Run]:
        taken: list[Run] = []
        while length and self._at < len(self._runs):
            run = self._runs[self._at]
            text = run.text[self._inside : self._inside + length]
            taken.append(run if text == run.text else replace(run, text=text))
            length -= len(text)
            self._inside += len(text)
            if self._inside == len(run.text):
                self._at, self._inside = self._at + 1, 0
        return taken


def _kept(old: Sequence[Run], new: Sequence[Run]) -> Iterator[Run]:
    """The same words of both sides: as the new one has them, but marked wherever the two look different."""
    if [_look(run) for run in old] == [_look(run) for run in new] and [r.text for r in old] == [r.text for r in new]:
        yield from new
        return
    left, right = _Taker(tuple(old)), _Taker(tuple(new))
    ends = sorted({*_ends(old), *_ends(new)})
    for start, end in zip([0, *ends], ends, strict=False):
        was, now = left.take(end - start), right.take(end - start)
        if _look(was[0]) == _look(now[0]):
            yield from now
        else:
            yield from mark_runs(was, "deleted")
            yield from mark_runs(now, "inserted")


def _deletions_first(runs: Sequence[Run]) -> Iterator[Run]:
    """Between words that stay, what was taken out before what was put in: one change, not several."""
    for is_kept, stretch in groupby(runs, key=lambda run: run.mark == "none"):
        held = list(stretch)
        yield from held if is_kept else sorted(held, key=lambda run: run.mark == "inserted")


def _ends(runs: Sequence[Run]) -> Iterator[int]:
    place = 0
    for run in runs:
        place += len(run.text)
        yield place


def _look(run: Run) -> tuple[bool, bool, str | None, bool]:
    return run.bold, run.italic, run.link, run.blank
