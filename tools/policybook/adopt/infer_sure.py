"""How sure an inferred departure is, from 0 to 1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from policybook.domain.adoption import Tailoring, TailoringKind
from policybook.text.similar import WordCode, similarities, similarity
from policybook.text.word import comparable_words

Confidence = dict[tuple[TailoringKind, str], float]
"""By kind and clause of a departure."""


def confidences(
    tailorings: Sequence[Tailoring], models: Mapping[str, str], own: Mapping[str, str], found: Mapping[str, float]
) -> Confidence:
    """Of a substitute or move, how alike the words are; of an insert or omission, how unlike all that is left over.

    `models` are the model's words and `own` those of the document by clause, `found` the likeness where it is known.
    A clause left out that has much the same words as an insert may be a rewording, so neither is sure.
    """
    code = WordCode()
    coded = {name: code.encode(comparable_words(words)) for name, words in models.items()}
    gone = [entry.clause for entry in tailorings if entry.kind == "omit"]
    added = [entry.clause for entry in tailorings if entry.kind == "insert"]
    sure: Confidence = {}
    if gone and added:
        mine = [code.encode(comparable_words(own[name])) for name in added]
        alike = similarities([coded[name] for name in gone], mine)
        sure |= {("omit", name): _unlike(alike[row].max()) for row, name in enumerate(gone)}
        sure |= {("insert", name): _unlike(alike[:, column].max()) for column, name in enumerate(added)}
    for entry in tailorings:
        if entry.kind in ("substitute", "move"):
            known = found.get(entry.clause)
            mine_now = code.encode(comparable_words(own[entry.clause]))
            score = similarity(coded[entry.clause], mine_now) if known is None else known
            sure[entry.kind, entry.clause] = round(score, 3)
        else:
            sure.setdefault((entry.kind, entry.clause), 1.0)
    return sure


def _unlike(alike: float) -> float:
    return round(1.0 - float(alike), 3)
