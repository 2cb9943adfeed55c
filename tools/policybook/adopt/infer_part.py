"""Which clauses of a document head the parts of a model, where the words of the headings do not say so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from policybook.adopt.infer_place import Skeleton, kept_in_order
from policybook.domain.source import SourceClause


def find_heads(
    document: Sequence[SourceClause], matched: Mapping[int, str], skeleton: Skeleton, order: Sequence[str]
) -> dict[int, str]:
    """The parts by the index of the clause that heads them; `order` are the model's parts in their order.

    A part is taken where its heading was found, in the model's order and with something under it. Of the others one is
    taken whose clauses stand under a heading that answers none of the model's: the school called it otherwise. A text
    in force begins with a part, so the first clause of a document always heads one.
    """
    heads = _found_heads(matched, skeleton, order, len(document))
    for start, end in pairwise(sorted([-1, *heads, len(document)])):
        free = _between(order, heads.get(start), heads.get(end))
        heads |= _called_otherwise(document, matched, free, range(start + 1, end))
    if len(document) > 1 and order and 0 not in heads:
        heads = _with_a_first(heads, matched, order)
    return {index: heads[index] for index in sorted(heads)}


def _found_heads(matched: Mapping[int, str], skeleton: Skeleton, order: Sequence[str], length: int) -> dict[int, str]:
    places = {part: place for place, part in enumerate(order)}
    found = sorted(index for index, name in matched.items() if name in skeleton.parts)
    kept = [found[place] for place in kept_in_order([places[matched[index]] for index in found])]
    return {index: matched[index] for index, after in pairwise([*kept, length]) if after > index + 1}


def _between(order: Sequence[str], before: str | None, after: str | None) -> list[str]:
    start = order.index(before) + 1 if before else 0
    return list(order[start : order.index(after) if after else len(order)])


def _called_otherwise(
    document: Sequence[SourceClause], matched: Mapping[int, str], free: Sequence[str], stretch: range
) -> dict[int, str]:
    """Parts under other headings in one stretch of the document, in the model's order."""
    heads: dict[int, str] = {}
    start = stretch.start
    for part in free:
        native = [index for index in range(start, stretch.stop) if _part_of(matched, index) == part]
        above = range(start, native[0]) if native else ()
        unknown = [index for index in above if document[index].kind == "heading" and index not in matched]
        if unknown:
            heads[unknown[-1]] = part
            start = native[-1] + 1
    return heads


def _with_a_first(heads: dict[int, str], matched: Mapping[int, str], order: Sequence[str]) -> dict[int, str]:
    """The first clause as the heading of the part that most of what follows comes from.

    Where no part is free, or nothing would stand under it, it heads the part that was found first: that one's own
    heading becomes words of the school further down.
    """
    first = min(heads, default=None)
    free = _between(order, None, heads[first] if first is not None else None)
    if first is not None and (not free or first == 1):
        return {0: heads[first], **{index: part for index, part in heads.items() if index != first}}
    stretch = range(1, first) if first is not None else sorted(matched)
    counts = Counter(_part_of(matched, index) for index in stretch)
    return {0: max(free, key=lambda part: counts[part]), **heads}


def _part_of(matched: Mapping[int, str], index: int) -> str:
    return matched.get(index, "").partition(".")[0]
