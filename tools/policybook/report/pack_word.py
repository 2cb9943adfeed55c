"""The words of a governors' pack: what is asked, how a meeting resolves it, and how it is minuted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from policybook.domain.comparison import ChangeKind, Comparison
from policybook.domain.inline import Run
from policybook.domain.meeting import Agenda, Pack, PackItem
from policybook.report.word import count, print_date

MATTERING: tuple[ChangeKind, ...] = ("substantive", "added", "removed")
"""Kinds of change that a governor should see with both wordings."""
CHANGING = ("reworded", "substantive", "removed")
"""What another school did with a section where it did not keep the model's words."""
NOT_CALLED = "the governing body"


def body_of(agenda: Agenda) -> str:
    """Who decides; "the governing body" where no meeting is called."""
    return agenda.body or NOT_CALLED


def meeting_words(agenda: Agenda) -> str:
    """`Full Governing Board, 26 November 2026`."""
    body = body_of(agenda)
    return f"{body}, {print_date(agenda.on)}" if agenda.on else body[0].upper() + body[1:]


def name_of(item: PackItem) -> str:
    """What to call an item: its title, under its number on the agenda where it has one."""
    title = item.policy.model.title
    return f"Item {item.agenda.item}: {title}" if item.agenda.item else title


def ask_of(item: PackItem) -> str:
    """What the meeting is asked to do, in the clerk's words or in ours."""
    if item.agenda.ask:
        return item.agenda.ask
    return "Adopt this policy." if item.is_first else "Approve the changed words."


def why_of(item: PackItem) -> str:
    """Why it is discussed, or why it need not be."""
    counts = item.comparison.summary()
    matter = sum(counts[kind] for kind in MATTERING)
    reasons = []
    if item.is_first:
        reasons.append("No earlier decision on its words is kept.")
    if matter:
        beside = ", beside the model" if item.is_first else ""
        reasons.append(f"{_counted(counts)}{beside}.")
    elif counts["reworded"]:
        reasons.append(f"{count(counts['reworded'], 'section')} in other words, none in substance.")
    else:
        reasons.append("Only names, details or spelling differ." if _differs(item.comparison) else "No words differ.")
    return " ".join((*reasons, *item.not_ready))


def _counted(counts: Mapping[ChangeKind, int]) -> str:
    """`10 sections change in substance, 5 are added, 3 are left out`; kinds without any are not named."""
    said = {"substantive": ("changes in substance", "change in substance"), "added": ("is added", "are added"),
            "removed": ("is left out", "are left out")}  # fmt: skip
    told = [(counts[kind], said[kind][counts[kind] != 1]) for kind in MATTERING if counts[kind]]
    first = count(told[0][0], "section")
    return ", ".join([f"{first} {told[0][1]}", *(f"{number} {words}" for number, words in told[1:])])


def resolution_of(item: PackItem, *, names_school: bool = False) -> str:
    """A draft resolution, in the clerk's words or in ours; the school is named where a pack has several."""
    if item.agenda.resolution:
        return item.agenda.resolution
    school = f" for {item.policy.owner}" if names_school else ""
    verb = "adopt" if item.is_first else "approve"
    effective = print_date(item.agenda.effective) if item.agenda.effective else "[date]"
    review = _day_words(item.agenda.review) or "[date or term]"
    words = f"To {verb} “{item.policy.model.title}”{school} in the words of the clean copy"
    return f"{words}, in force from {effective}, next review {review}."


def minutes_of(pack: Pack) -> Iterator[tuple[Run, ...]]:
    """Draft wording for the minutes, a paragraph each; what only the meeting can say stands in brackets."""
    body = body_of(pack.agenda).removeprefix("the ").removeprefix("The ")
    yield (Run(f"The {body} had received the changes and both copies of each policy before the meeting."),)
    together = []
    for number, item in enumerate(pack.items, 1):
        if item.agenda.minute:
            yield (Run(item.agenda.minute),)
        elif item.take == "together":
            together.append((number, item))
        else:
            yield (Run(f"{name_of(item)}. Members discussed [points raised]. "), *_resolved([number]))
    if together:
        names = "; ".join(name_of(item) for _, item in together)
        how = "They were taken together. " if len(together) > 1 else "It was taken without discussion. "
        yield (Run(f"{names}. {how}"), *_resolved([number for number, _ in together]))


def _resolved(numbers: Sequence[int]) -> Iterator[Run]:
    yield Run("RESOLVED", bold=True)
    noun = "resolution" if len(numbers) == 1 else "resolutions"
    told = " and ".join(filter(None, (", ".join(map(str, numbers[:-1])), str(numbers[-1]))))
    yield Run(f" as in draft {noun} {told} [or: with these amendments; or: to defer, because …].")


def _differs(comparison: Comparison) -> bool:
    return any(row.change != "same" for row in comparison.rows)


def _day_words(words: str) -> str:
    try:
        return print_date(date.fromisoformat(words))
    except ValueError:
        return words
