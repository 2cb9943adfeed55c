"""Against which words of the model a school's own wording was made: its base in a merge, and how that is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from policybook.domain.adoption import INHERITED, Adoption, Tailoring
from policybook.domain.model import ModelVersion
from policybook.text.base import base_words
from policybook.text.merge import says_the_same
from policybook.text.similar import code_text, similarity

CLEARLY_NEARER = 0.05
"""By how much more alike (0 to 1) another version must be before it, and not the pinned one, is taken for the base."""


@dataclass(frozen=True, slots=True)
class Base:
    """Words other than those of the pinned version, and a sentence on where they are from.

    `is_placed`: nobody recorded them; they are those of the known version that is nearest, which a person confirms.
    """

    words: str
    says: str
    is_placed: bool = False


def find_bases(
    adoption: Adoption, pinned: ModelVersion, known: Sequence[ModelVersion], locked: Mapping[str, str]
) -> dict[str, Base]:
    """By clause id, the bases of a school's own wordings that are not the pinned version's words.

    `locked` are the words that the lock keeps, `known` all versions, oldest first. Words in the lock count before all
    else; where they were inferred from a school's document (or there are none for a version that nobody knows), the
    nearest known wording does: of a version that nobody knows, whatever it is.
    """
    words = {version.version: base_words(version) for version in known}
    now = base_words(pinned)
    plain = {clause.id for clause in pinned.walk() if not clause.choices} | {part.id for part in pinned.parts}
    found: dict[str, Base] = {}
    for entry in adoption.tailorings:
        if entry.kind != "substitute" or entry.clause not in plain:
            continue
        kept = locked.get(entry.clause)
        if kept is not None and not says_the_same(kept, now[entry.clause]):
            found[entry.clause] = Base(kept, "Your wording was made against older words, which your record keeps.")
        elif kept is None and adoption.version not in words:
            found |= dict(_placed(entry, words))
        elif entry.reason == INHERITED:
            found |= dict(_placed(entry, words, pinned.version))
    return found


def nearest_version(adoption: Adoption, known: Sequence[ModelVersion], locked: Mapping[str, str]) -> ModelVersion:
    """The version that an adoption of unlabelled words stands nearest to; the oldest of those equally near.

    Measured on the words that the lock keeps and on the school's own wordings, clause by clause.
    """
    own = {entry.clause: entry.text for entry in adoption.tailorings if entry.kind == "substitute"}
    evidence = own | dict(locked)
    words = {version.version: base_words(version) for version in known}

    def likeness(version: ModelVersion) -> float:
        return sum(_likeness(text, words[version.version].get(name, "")) for name, text in evidence.items())

    return max(known, key=likeness)


def _placed(
    entry: Tailoring, words: Mapping[str, Mapping[str, str]], pinned: str | None = None
) -> Iterator[tuple[str, Base]]:
    """The nearest known wording as the base; with a pinned version, only where it is clearly nearer than that."""
    likeness = {name: _likeness(entry.text, said[entry.clause]) for name, said in words.items() if entry.clause in said}
    if not likeness:
        return
    nearest = max(reversed(likeness), key=likeness.__getitem__)
    if pinned is None or likeness[nearest] > likeness.get(pinned, 0) + CLEARLY_NEARER:
        says = f"Your wording is nearest to version {nearest} of the model, and was compared with that one."
        yield entry.clause, Base(words[nearest][entry.clause], says, is_placed=True)


def _likeness(left: str, right: str) -> float:
    return similarity(code_text(left), code_text(right))
