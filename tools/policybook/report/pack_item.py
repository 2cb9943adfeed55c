"""One policy in a governors' pack: what changes and why, what is unusual about us, consultation, signing again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policybook.domain.adoption import Adoption, Tailoring
from policybook.domain.comparison import ChangeKind, Row
from policybook.domain.inline import Run
from policybook.domain.meeting import OthersCount, PackItem
from policybook.domain.page import Block, Callout, Cell, Heading, Table
from policybook.domain.resolved import ResolvedPolicy
from policybook.report.pack_row import laws_of, reasons_of, side_of, what_it_means
from policybook.report.pack_word import MATTERING, ask_of
from policybook.report.policy import status_of
from policybook.report.word import (
    NOT_STATED,
    OUTCOME_WORDS,
    bullet,
    cell,
    count,
    last_decision,
    lines_cell,
    next_review,
    paragraph,
    print_date,
    runs,
)

DONE_WORDS = {"substitute": "in our words", "omit": "left out", "insert": "added", "move": "moved"}
NO_REASON = "not recorded"


def item_blocks(item: PackItem, place: str) -> Iterator[Block]:
    """Everything about one policy before its two copies; `place` begins the anchors of its clean copy."""
    yield _facts(item)
    if item.not_ready:
        yield Callout("Before the meeting", runs(" ".join(item.not_ready)))
    yield from _what_changes(item, place)
    yield from _unusual(item, place)
    yield from _consultation(item, place)
    yield from _signing(item, place)
    yield from _wordings(item, place)


def _facts(item: PackItem) -> Table:
    policy, adoption = item.policy, _adoption(item)
    decision = last_decision(adoption)
    facts = [("School", policy.owner), ("What is asked", ask_of(item)), ("Compared with", f"{item.known}")]
    facts.append(("Model policy", f"{policy.model.title}, {policy.model.publisher.name}, {policy.model.version}"))
    facts.append(("Status now", status_of(policy)))
    if decision:
        facts.append(
            ("Last decision", f"{OUTCOME_WORDS[decision.outcome]}, {decision.body}, {print_date(decision.on)}")
        )
    facts.append(("Review due until now", next_review(adoption)))
    rows = tuple((cell(label, heading=True), cell(said[0].upper() + said[1:])) for label, said in facts)
    return Table("About this item", (), rows, (0.28, 0.72), layout="control")


def _what_changes(item: PackItem, place: str) -> Iterator[Block]:
    yield Heading(runs("What changes, and why"), 2)
    if item.is_first:
        yield paragraph(
            "No decision on the words of this policy is kept, so the marked copy shows how it differs from the "
            "publisher’s model."
        )
    yield paragraph(_summary(item))
    if item.amendments:
        yield paragraph("The publisher says of its model:")
        for version, change in item.amendments:
            sections = _section_links(item, change.clauses, place)
            law = f" Because of {change.law.strip()}." if change.law else ""
            yield bullet(f"Version {version}: {change.summary.strip()}{law}", *sections)
    elif not item.is_first:
        yield paragraph("The publisher’s model has not changed since: the changes are the school’s own.")
    reasons = _own_reasons(item)
    if reasons:
        yield paragraph(reasons)


def _summary(item: PackItem) -> str:
    counts = item.comparison.summary()
    told: list[tuple[ChangeKind, str, str]] = [
        ("substantive", "changes in substance", "change in substance"),
        ("added", "is added", "are added"),
        ("removed", "is left out", "are left out"),
        ("reworded", "is put in other words", "are put in other words"),
    ]
    said = [f"{counts[kind]} {one if counts[kind] == 1 else many}" for kind, one, many in told if counts[kind]]
    slight = counts["value"] + counts["editorial"]
    if slight:
        said.append(f"{slight} {'differs' if slight == 1 else 'differ'} in names, details or spelling only")
    if counts["same"]:
        said.append(f"{counts['same']} {'stays as it is' if counts['same'] == 1 else 'stay as they are'}")
    return f"Of {count(len(item.comparison.rows), 'section')}, {', '.join(said)}."


def _own_reasons(item: PackItem) -> str:
    entries = _adoption(item).tailorings
    given = sum(not entry.reason.startswith(NO_REASON) for entry in entries)
    if not entries:
        return "The school departs from the model nowhere: it only fills in values."
    told = f"The school departs from the model in {count(len(entries), 'place')}. "
    if given == len(entries):
        return f"{told}Its reason stands beside each."
    without = len(entries) - given
    return f"{told}A reason is recorded for {given}; for {without} none is: the school may wish to give it."


def _section_links(item: PackItem, clauses: Sequence[str], place: str) -> Iterator[Run | str]:
    """` (sections 9.1 and 9.3)`, each a link to the clean copy; nothing where no clause has a number."""
    numbers = {clause.id: clause.number for clause in item.policy.clauses if clause.number}
    there = [clause for clause in clauses if clause in numbers]
    if not there:
        return
    yield " (section " if len(there) == 1 else " (sections "
    for index, clause in enumerate(there):
        if index:
            yield " and " if index == len(there) - 1 else ", "
        yield Run(numbers[clause] or "", link=f"#{place}.{clause}")
    yield ")"


def _unusual(item: PackItem, place: str) -> Iterator[Block]:
    yield Heading(runs("What is unusual about us"), 2)
    others, adoption = item.others, _adoption(item)
    if others.adopters:
        yield paragraph(
            f"{others.adopters} other schools here follow this version of the model. Only counts are shown."
        )
    else:
        yield paragraph("Fewer than five other schools here follow this version of the model, so none are counted.")
    for label, ours, answers in others.answers:
        told = ", ".join(f"{answer or NOT_STATED}: {number}" for answer, number in answers)
        yield bullet(Run(f"{label}: ours is {ours}. ", bold=ours != answers[0][0]), f"Of other schools, {told}.")
    if adoption.tailorings:
        yield _departures(item, place)


def _departures(item: PackItem, place: str) -> Table:
    rows = []
    for entry in _adoption(item).tailorings:
        row = [_name_cell(item, entry, place), cell(DONE_WORDS[entry.kind]), cell(entry.reason)]
        rows.append((*row, cell(_others_words(item.others, entry))) if item.others.adopters else tuple(row))
    head: tuple[str, ...] = ("Section", "What we do", "Why")
    widths: tuple[float, ...] = (0.48, 0.16, 0.36)
    if item.others.adopters:
        head, widths = (*head, "Other schools"), (0.38, 0.14, 0.28, 0.2)
    return Table("Where we depart from the model", head, tuple(rows), widths)


def _others_words(others: OthersCount, entry: Tailoring) -> str:
    if entry.kind == "insert":
        return "only ours"
    changed = others.changed.get(entry.clause)
    if changed is None:
        return "fewer than five changed it"
    return f"{changed} of {others.adopters} changed it" if changed >= 0 else "fewer than five kept it"


def _consultation(item: PackItem, place: str) -> Iterator[Block]:
    yield Heading(runs("Consultation"), 2)
    entries = [entry for entry in _adoption(item).tailorings if entry.consulted or entry.clause in item.beyond]
    if not entries:
        yield paragraph("No departure here needs consultation: the model leaves all of them to the school.")
        return
    rows = []
    for entry in entries:
        who = entry.consulted
        said = f"{who.with_whom}, {print_date(who.on)}" if who else "Nobody yet: consult before it is adopted"
        need = "Yes" if entry.clause in item.beyond else "No"
        rows.append((_name_cell(item, entry, place), cell(need), cell(said)))
    head = ("Section", "Needed", "Consulted")
    yield Table("Departures that were consulted on, or must be", head, tuple(rows), (0.5, 0.14, 0.36))


def _signing(item: PackItem, place: str) -> Iterator[Block]:
    yield Heading(runs("Do staff sign again?"), 2)
    signing = item.sign_again
    if signing.answer is None:
        yield paragraph("The policy has no form for staff to sign.")
        return
    if item.is_first:
        yield paragraph("Proposed: yes. Staff sign a policy when it is first adopted.")
        return
    by = "the publisher says so" if signing.judged_by == "publisher" else "the words of a duty change"
    if not signing.answer:
        yield paragraph("Proposed: no. No duty of staff changes; the forms signed before still hold.")
        return
    sections = list(_section_links(item, signing.clauses, place))
    gone = "" if sections else "; what staff were asked to do is left out"
    yield paragraph(f"Proposed: yes, because {by}", *sections, f"{gone}. The form stands at the end of the clean copy.")


def _wordings(item: PackItem, place: str) -> Iterator[Block]:
    rows = item.comparison.rows
    yield Heading(runs("The changes that matter"), 2)
    mattering = [row for row in rows if row.change in MATTERING]
    if mattering:
        yield _wording_table("Changes of substance, both wordings", item, mattering, place)
    else:
        yield paragraph("None was found. Sections in other words are listed below all the same.")
    reworded = [row for row in rows if row.change == "reworded"]
    yield Heading(runs("In other words"), 2)
    if reworded:
        yield paragraph(
            "No change of substance was found here, but other words stand there. Please judge for yourself."
        )
        yield _wording_table("Sections in other words", item, reworded, place)
    else:
        yield paragraph("No section is only reworded.")
    yield from _slight(item)


def _slight(item: PackItem) -> Iterator[Block]:
    counts = item.comparison.summary()
    yield Heading(runs("Names, details and spelling"), 2)
    names = count(counts["value"], "section differs", "sections differ")
    spelling = count(counts["editorial"], "section differs", "sections differ")
    moved = sum(row.moved for row in item.comparison.rows)
    told = f"{names} in names or details only, {spelling} in spelling or layout only."
    if not counts["value"] + counts["editorial"]:
        told = "No section differs in these alone."
    yield paragraph(f"{told} {count(moved, 'section')} moved." if moved else told)
    for entry in item.comparison.substitutions:
        after = f"“{entry.after}”" if entry.after else "nothing"
        yield bullet(f"Throughout: “{entry.before}” becomes {after} ({count(entry.count, 'time')}).")


def _wording_table(caption: str, item: PackItem, rows: Sequence[Row], place: str) -> Table:
    names = _section_names(item)
    told: tuple[str, ...] = ()
    table = []
    for row in rows:
        reasons = tuple(reasons_of(item, row))
        said = ("as above",) if reasons and reasons == told else reasons
        told = reasons
        lines = [*what_it_means(row, names.get(id((row.right or row.left)[0])) or "", place)]
        lines += [(Run("Why: ", bold=True), Run(reason)) for reason in said]
        lines += [(Run("Law: ", bold=True), Run(law)) for law in laws_of(row)]
        sides = (side_of(row.left, row, "deleted"), side_of(row.right, row, "inserted"))
        table.append((lines_cell(lines, tone=row.change), *sides))
    head = ("Section, and what it means", "Words until now" if not item.is_first else "The model", "Words proposed")
    return Table(caption, head, tuple(table), (0.34, 0.33, 0.33))


def _section_names(item: PackItem) -> dict[int, str]:
    """What to call each reading of either text (by identity): its number, or the one that it stands under."""
    names = {}
    for witness in (item.comparison.left, item.comparison.right):
        under = ""
        for reading in witness.readings:
            under = reading.number or under
            names[id(reading)] = reading.number or (f"Under {under}" if under else "")
    return names


def _name_cell(item: PackItem, entry: Tailoring, place: str) -> Cell:
    """The number and first words of a departure's section, its words taken from wherever they stand."""
    for clause in item.policy.clauses:
        if clause.id == entry.clause:
            number = f"{clause.number} " if clause.number else ""
            return cell(Run(number + _first_words(clause.text), link=f"#{place}.{clause.id}"))
    return cell(_first_words(_model_words(item.policy, entry.clause)))


def _model_words(policy: ResolvedPolicy, clause: str) -> str:
    """The model's words of a section that is left out, or its name where the model has none of that id."""
    return next((entry.text for entry in policy.model.walk() if entry.id == clause), clause)


def _first_words(text: str, longest: int = 10) -> str:
    words = text.split()
    return " ".join(words[:longest]) + (" …" if len(words) > longest else "")


def _adoption(item: PackItem) -> Adoption:
    assert item.policy.adoption is not None  # noqa: S101  a pack holds schools' policies only
    return item.policy.adoption
