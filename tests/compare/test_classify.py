from __future__ import annotations

import pytest

from policybook.compare import compare
from policybook.domain.comparison import ChangeKind, Direction, FactKind, Reading, Row, Witness


def witness(siglum: str, text: str) -> Witness:
    """A text of one clause that both sides know by the same id."""
    return Witness(siglum, siglum, siglum, (Reading(text, "use.one"),), model="hr/use")


def row_of(before: str, after: str) -> Row:
    (row,) = compare(witness("A", before), witness("B", after)).rows
    return row


# before, after, the kind of change, and (kind, before, after, direction) of each fact
TABLE: tuple[tuple[str, str, ChangeKind, tuple[tuple[FactKind, str, str, Direction], ...]], ...] = (
    ("Staff lock their screens.", "Staff lock their screens.", "same", ()),
    ("Staff lock  their ‘own’ screens.", "Staff lock their 'own' screens.", "same", ()),
    ("Staff organise the web space.", "Staff organize the webspace!", "editorial", ()),
    ("Staff lock their screens when they leave.", "Staff lock the screens when leaving them.", "reworded", ()),
    ("Staff inform the office about visitors.", "Staff tell the office about visitors.", "reworded", ()),
    ("All employees lock their screens.", "All staff lock their screens.", "reworded", ()),
    (
        "Staff do not contact past pupils under 18.", "Staff do not contact past pupils under 19.",
        "substantive", (("age", "18", "19", "stricter"),),
    ),
    (
        "Staff do not contact past pupils aged 18 or under.", "Staff do not contact past pupils aged 18.",
        "substantive", (("age", "18 or under", "18", "weaker"),),
    ),
    (
        "Calls are made between 8.00am and 6.00pm.", "Calls are made between 08:00 and 17:00.",
        "substantive", (("time", "8am to 6pm", "8am to 5pm", "unclear"),),
    ),
    ("Calls are made between 8.00am and 6.00pm.", "Calls are made between 08:00 and 18:00.", "editorial", ()),
    (
        "Records are kept for three years after that.", "Records are kept for 6 years after that.",
        "substantive", (("duration", "3 years", "6 years", "unclear"),),
    ),
    (
        "This was agreed on 1 May 2024 by governors.", "This was agreed on 2 May 2024 by governors.",
        "substantive", (("date", "1 may 2024", "2 may 2024", "unclear"),),
    ),
    (
        "Two keys are kept at reception.", "Three keys are kept at reception.",
        "substantive", (("number", "2", "3", "unclear"),),
    ),
    (
        "Staff must not post pictures of pupils.", "Staff should avoid posting pictures of pupils.",
        "substantive", (("modal", "must not", "should avoid", "weaker"),),
    ),
    (
        "Staff should keep a copy of each form.", "Staff must keep a copy of each form.",
        "substantive", (("modal", "should", "must", "stricter"),),
    ),
    (
        "Staff must keep a copy of each form.", "Staff may keep a copy of each form.",
        "substantive", (("modal", "must", "may", "weaker"),),
    ),
    (
        "Private calls are not made in lessons.", "Private calls are not made in lessons unless the head agrees.",
        "substantive", (("negation", "", "unless the head agrees", "weaker"),),
    ),
    (
        "Private calls are not made in lessons except in an emergency.", "Private calls are not made in lessons.",
        "substantive", (("negation", "except in an emergency", "", "stricter"),),
    ),
    (
        "All messages must be kept in the log.", "Some messages must be kept in the log.",
        "substantive", (("scope", "All", "Some", "weaker"),),
    ),
    (
        "Forms go to the governors on Friday.", "Forms go to the parents on Friday.",
        "substantive", (("who", "governors", "parents", "unclear"),),
    ),
    (
        "A breach may lead to a talk with the head.", "A breach may lead to dismissal after a talk with the head.",
        "substantive", (("sanction", "", "dismissal", "stricter"),),
    ),
    (
        "Data is handled under the Data Protection Act 1998.", "Data is handled under the Data Protection Act 2018.",
        "substantive", (("authority", "Data Protection Act 1998", "Data Protection Act 2018", "unclear"),),
    ),
    (
        "Staff lock their screens.", "Staff lock their screens. Keys must be handed in at reception each evening.",
        "substantive", (("added-text", "", "Keys must be handed in at reception each evening", "stricter"),),
    ),
)  # fmt: skip


@pytest.mark.parametrize(("before", "after", "change", "facts"), TABLE)
def test_a_change_is_judged_with_its_evidence(
    before: str, after: str, change: ChangeKind, facts: tuple[tuple[FactKind, str, str, Direction], ...]
) -> None:
    row = row_of(before, after)
    assert row.change == change
    assert tuple((fact.kind, fact.before, fact.after, fact.direction) for fact in row.facts) == facts


TEXT_KINDS = {"added-text": "dropped-text", "dropped-text": "added-text"}
OPPOSITE: dict[Direction, Direction] = {"stricter": "weaker", "weaker": "stricter", "unclear": "unclear"}


@pytest.mark.parametrize(("before", "after", "change", "facts"), TABLE)
def test_the_other_way_round_is_the_mirror(before: str, after: str, change: str, facts: tuple[object, ...]) -> None:
    there, back = row_of(before, after), row_of(after, before)
    assert back.change == change

    mirrored = [
        (TEXT_KINDS.get(fact.kind, fact.kind), fact.after, fact.before, OPPOSITE[fact.direction]) for fact in back.facts
    ]
    assert mirrored == [(fact.kind, fact.before, fact.after, fact.direction) for fact in there.facts]


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("No past pupils under 18.", "No past pupils under 19.", "The age: “18” became “19”: stricter."),
        ("Staff must not post.", "Staff should avoid posting.", "How far it binds: “must not” became “should avoid”: weaker."),
        ("Forms go to the head.", "Forms go to the head unless it is a Friday.", "A new exception: “unless it is a Friday”: weaker."),
        ("It may lead to a talk.", "It may lead to a talk or dismissal.", "“dismissal” is named now as what may follow: stricter."),
        ("Messages go to staff.", "Messages go to staff and volunteers.", "“volunteers” are now named."),
        ("Kept under the guidelines.", "Kept.", "“guidelines” is no longer cited."),
    ],
)  # fmt: skip
def test_the_reason_is_a_sentence_that_a_governor_understands(before: str, after: str, why: str) -> None:
    assert why in [fact.why for fact in row_of(before, after).facts]


def test_one_place_tells_its_tale_once() -> None:
    row = row_of(
        "Staff lock screens.", "Staff lock screens. Nobody may share any password with all pupils unless asked."
    )
    assert len(row.facts) == len({fact.why for fact in row.facts}) <= 2
