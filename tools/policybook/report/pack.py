"""The governors' pack: first what is asked, then for each policy what changes and why, the marked and clean copies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from policybook.domain.inline import Run
from policybook.domain.meeting import Pack, PackItem, Take
from policybook.domain.page import Block, Contents, Heading, Page, PageBreak, Paragraph, Table
from policybook.report.pack_copy import clean_copy, marked_copy
from policybook.report.pack_item import item_blocks
from policybook.report.pack_word import MATTERING, ask_of, meeting_words, minutes_of, name_of, resolution_of, why_of
from policybook.report.word import cell, count, lines_cell, paragraph, runs

TITLE = "Policies for decision"
_HEADS: dict[Take, str] = {"discuss": "To discuss", "together": "To take together"}


def pack_page(pack: Pack) -> Page:
    """The pack as one document. Each policy's clauses keep their ids, under a name of its own for each policy."""
    owners = " and ".join(dict.fromkeys(item.policy.owner for item in pack.items))
    blocks: list[Block] = [*_first_page(pack), Contents("In this pack")]
    for number, item in enumerate(pack.items, 1):
        place = place_of(number)
        blocks += [PageBreak(), Heading(runs(name_of(item)), 1, anchor=place), *item_blocks(item, place)]
        blocks += [PageBreak(), *marked_copy(item, place), PageBreak(), *clean_copy(item, place)]
    meeting = meeting_words(pack.agenda)
    return Page(
        title=TITLE,
        subject=f"{owners}: {meeting}",
        blocks=tuple(blocks),
        language=pack.items[0].policy.model.language if pack.items else "en-GB",
        header=f"{owners} · {TITLE}",
        footer=f"{meeting} · drafts until decided",
        properties=(
            ("policy", ", ".join(item.policy.ref for item in pack.items)),
            ("version", ", ".join(dict.fromkeys(item.policy.model.version for item in pack.items))),
            ("status", f"Put before {meeting}"),
        ),
    )


def place_of(number: int) -> str:
    """What the anchors of the policy with this number (from 1) begin with."""
    return f"policy-{number}"


def pack_data(pack: Pack) -> dict[str, Any]:
    """The first page and the counts as plain data."""
    agenda = pack.agenda
    return {
        "schema": 1,
        "body": agenda.body,
        "on": agenda.on.isoformat() if agenda.on else None,
        "items": [_item_data(item) for item in pack.items],
    }


def _item_data(item: PackItem) -> dict[str, Any]:
    signing = item.sign_again
    return {
        "policy": item.policy.ref,
        "item": item.agenda.item,
        "take": item.take,
        "ask": ask_of(item),
        "why": why_of(item),
        "resolution": resolution_of(item),
        "compared_with": item.known,
        "first": item.is_first,
        "changes": item.comparison.summary(),
        "matter": [
            (reading.id or reading.number or reading.text[:60])
            for row in item.comparison.rows
            if row.change in MATTERING
            for reading in (row.right or row.left)[:1]
        ],
        "sign_again": {"answer": signing.answer, "judged_by": signing.judged_by, "clauses": list(signing.clauses)},
        "needs_consultation": list(item.beyond),
        "not_ready": list(item.not_ready),
    }


def _first_page(pack: Pack) -> Iterator[Block]:
    numbered = list(enumerate(pack.items, 1))
    yield paragraph(_in_one_line(pack))
    yield Heading(runs("What you are asked to decide"), 1, anchor="decide")
    for take, head in _HEADS.items():
        rows = [(number, item) for number, item in numbered if item.take == take]
        if rows:
            yield Heading(runs(head), 2, anchor=take)
            yield _agenda_table(take, rows)
    yield Heading(runs("Draft resolutions"), 2, anchor="resolutions")
    several = len({item.policy.owner for item in pack.items}) > 1
    for number, item in numbered:
        yield Paragraph(runs(resolution_of(item, names_school=several)), "number", f"{number}.")
    yield Heading(runs("Draft wording for the minutes"), 2, anchor="minutes")
    yield from (Paragraph(words) for words in minutes_of(pack))


def _in_one_line(pack: Pack) -> str:
    discuss = sum(item.take == "discuss" for item in pack.items)
    together = len(pack.items) - discuss
    kinds = [f"{discuss} to discuss" if discuss else "", f"{together} to take together" if together else ""]
    told = " and ".join(filter(None, kinds)) if len(pack.items) > 1 else ("to discuss" if discuss else "to decide on")
    said = f"{count(len(pack.items), 'policy', 'policies')}{':' if len(pack.items) > 1 else ''} {told}. "
    return said + "For each: what changes and why, then the copy with the changes marked, then the clean copy."


def _agenda_table(take: Take, items: Sequence[tuple[int, PackItem]]) -> Table:
    rows = tuple(
        (
            lines_cell(_policy_lines(item, place_of(number)), heading=True),
            cell(ask_of(item)),
            cell(why_of(item)),
        )
        for number, item in items
    )
    why = "Why it is discussed" if take == "discuss" else "What changes"
    return Table("", ("Policy", "What is asked", why), rows, (0.34, 0.33, 0.33))


def _policy_lines(item: PackItem, place: str) -> Iterator[tuple[Run, ...]]:
    yield (Run(name_of(item), link=f"#{place}"),)
