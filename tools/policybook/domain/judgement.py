"""What people say of a change or of a position, kept beside the program's own judgement and never in its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Judged:
    """A person's word on one change: of substance or not.

    `refs` are the two texts, without versions; `clause` is how people name the section (its id, number or first words).
    `words` are fingerprints of the words on either side: the judgement holds for these words and lapses with them.
    """

    refs: tuple[str, str]
    clause: str
    words: tuple[str, str]
    of_substance: bool
    by: str
    on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A person's answer to what a text says on a topic; `answer` is None for "not stated".

    `words` is the fingerprint of the section that says so, or of the whole text where nothing does.
    """

    topic: str
    ref: str
    answer: str | None
    words: str
    by: str
    on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Judgements:
    """All that people said, oldest first: of two on the same words the later holds."""

    changes: tuple[Judged, ...] = ()
    positions: tuple[Confirmed, ...] = ()


def without_version(ref: str) -> str:
    """A REF without its version, edition or day: a judgement of words outlives the version that they stood in."""
    return ref.partition("@")[0]
