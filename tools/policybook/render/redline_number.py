"""One numbering for two texts: lists that both can count with, so that each keeps its own numbers."""

from __future__ import annotations

from dataclasses import replace

from policybook.domain.page import Block, Page
from policybook.domain.redline import Redline
from policybook.render.docx_numbering import Definition, Label, ListInstance, NumberPlan, plan_numbers


def plan_redline(redline: Redline) -> tuple[NumberPlan, list[Label | None], list[Label | None]]:
    """The joint plan, and for each block its label in the earlier and in the later text (None where it has none).

    Lists that count alike in both texts are one, so that a number that only follows from its place is no change.
    """
    entries = list(enumerate(zip(redline.page.blocks, redline.revisions, strict=True)))
    earlier = [(place, revision.before or block) for place, (block, revision) in entries if revision.is_earlier]
    later = [(place, block) for place, (block, revision) in entries if revision.is_later]
    old, new = _plan(redline.page, earlier), _plan(redline.page, later)
    count = len(redline.revisions)
    labels, new_labels = _spread(earlier, old.labels, count), _spread(later, new.labels, count)
    lists = _joint_lists(old, new, [(one, two) for one, two in zip(labels, new_labels, strict=True) if one and two])
    return new, [_moved(label, lists) for label in labels], new_labels


def _plan(page: Page, blocks: list[tuple[int, Block]]) -> NumberPlan:
    return plan_numbers(replace(page, blocks=tuple(block for _, block in blocks)))


def _spread(blocks: list[tuple[int, Block]], labels: list[Label | None], count: int) -> list[Label | None]:
    spread: list[Label | None] = [None] * count
    for (place, _), label in zip(blocks, labels, strict=True):
        spread[place] = label
    return spread


def _moved(label: Label | None, lists: dict[int, int]) -> Label | None:
    return replace(label, list_id=lists[label.list_id]) if label and label.list_id else label


def _joint_lists(old: NumberPlan, new: NumberPlan, kept: list[tuple[Label, Label]]) -> dict[int, int]:
    """The old plan's list ids as ids of the new plan, to which all is added that it lacks.

    A list of each may be one if both start alike over one definition. Of several such, those are joined that number a
    block which stands in both texts: each list may restart once only, so no two old ones become one.
    """
    definitions = _joint_definitions(old, new)
    wanted = {number: ListInstance(definitions[one.definition], one.starts) for number, one in enumerate(old.lists, 1)}
    joint: dict[int, int] = {}
    firsts = {(one.definition, one.starts): number for number, one in enumerate(new.lists, 1) if not one.starts}
    pairs = [(number, firsts.get((one.definition, one.starts), 0)) for number, one in wanted.items()]
    for before, after in [*pairs, *((one.list_id, two.list_id) for one, two in kept)]:
        is_free = before and after and before not in joint and after not in joint.values()
        if is_free and wanted[before] == new.lists[after - 1]:
            joint[before] = after
    for number, one in wanted.items():
        if number not in joint:
            new.lists.append(one)
            joint[number] = len(new.lists)
    return joint


def _joint_definitions(old: NumberPlan, new: NumberPlan) -> list[int]:
    """For each definition of the old plan its index in the new one, to which it is added if none there agrees."""
    own, taken = list(new.definitions), list[int]()
    for wanted in old.definitions:
        agreeing = (index for index, one in enumerate(own) if index not in taken and _agree(one, wanted))
        index = next(agreeing, len(new.definitions))
        if index == len(new.definitions):
            new.definitions.append(wanted)
        else:
            own[index].patterns.update(wanted.patterns)
        taken.append(index)
    return taken


def _agree(one: Definition, other: Definition) -> bool:
    common = one.patterns.keys() & other.patterns.keys()
    return (one.base, one.first) == (other.base, other.first) and all(
        one.patterns[level] == other.patterns[level] for level in common
    )
