"""A received document as the draft of a model: ids from its words, parameters where schools differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from policybook.domain.draft import LineageChange, ModelDraft
from policybook.domain.model import Clause, ModelVersion, Part, Publisher
from policybook.domain.source import SourceClause, SourceDocument
from policybook.intake.choice import Alternatives, find_alternatives
from policybook.intake.definition import calls_of, defined_term
from policybook.intake.draft_clause import ClauseWriter, Numbering
from policybook.intake.draft_name import SaidNames, names_in
from policybook.intake.lineage import Lineage, changes_of, follow
from policybook.intake.list_number import with_kept_numbers
from policybook.intake.metadata import said_of_document
from policybook.intake.name import name_clause, name_part
from policybook.intake.number import is_decimal
from policybook.intake.outline import PartOutline, outline
from policybook.intake.review import understand_review
from policybook.text.align import Passage

_NUMBERED_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Edition:
    """The edition before: the model, and the words of its parts' headings and its clauses by id, in reading order.

    `is_released` is false for a draft that is replaced: nothing supersedes a draft.
    """

    model: ModelVersion
    words: tuple[tuple[str, str, bool], ...]
    is_released: bool = True


@dataclass(slots=True)
class _Entry:
    """A clause on its way into the draft: where it stands, the words that name it, and its id once it is known."""

    part: int
    depth: int
    clause: SourceClause
    named: str = ""
    choice: Alternatives | None = None
    id: str = ""
    supersedes: tuple[str, ...] = ()
    before: Clause | None = None
    is_same: bool = False
    children: list[_Entry] = field(default_factory=list)


def draft_model(
    document: SourceDocument, model_id: str, version: str, publisher: Publisher, base: Edition | None = None
) -> ModelDraft:
    """The draft of `publisher/policy` from a document, with proposals and remarks.

    With the edition before, clauses that are still there keep their ids, and those whose words did not change keep all
    that was said of them; a clause that went stays as withdrawn, so that its id is never used again.
    """
    notice, parts = _split_front(outline(document))
    entries = [entry for index, part in enumerate(parts) for entry in _entries(index, part)]
    numbering = _numbering(parts, entries)
    roots = [_tree([entry for entry in entries if entry.part == index], numbering) for index in range(len(parts))]
    lineage = _lineage(base, parts, entries)
    said = names_in(document)
    part_ids = _name_all(base, lineage, parts, entries, said)
    writer = ClauseWriter(said, numbering, base.model if base else None)
    made = [
        Part(
            id=part_ids[index],
            heading=writer.heading(part, part_ids[index]),
            kind="schedule" if part.is_schedule else "part",
            clauses=tuple(_clause(entry, part, writer) for entry in roots[index]),
        )
        for index, part in enumerate(parts)
    ]
    changes = _changes(base, lineage, part_ids, entries)
    model = replace(_model(document, model_id, version, publisher, base), notice=notice)
    made = _with_withdrawn(made, base, version)
    return ModelDraft(
        model=replace(model, parts=tuple(made), parameters=writer.used_parameters(), numbering=numbering),
        proposals=tuple(writer.proposals),
        lineage=changes,
        remarks=(*_remarks(parts, notice), *said.remarks(), *_definitions(entries)),
        base=base.model.version if base else "",
    )


def _model(
    document: SourceDocument, model_id: str, version: str, publisher: Publisher, base: Edition | None
) -> ModelVersion:
    said = " ".join(value for label, value in document.metadata.items() if "review" in label.lower())
    title = document.metadata.get("title") or (base.model.title if base else document.name)
    return ModelVersion(
        id=model_id,
        version=version,
        title=" ".join(title.split()),
        publisher=publisher,
        issued=None,
        parts=(),
        supersedes=_superseded(base),
        review=understand_review(said).every or (base.model.review if base else ""),
    )


def _superseded(base: Edition | None) -> str | None:
    if base is None:
        return None
    return base.model.version if base.is_released else base.model.supersedes


def _lineage(base: Edition | None, parts: Sequence[PartOutline], entries: Sequence[_Entry]) -> Lineage | None:
    if base is None:
        return None
    old = [(name, Passage(words, is_heading=is_heading)) for name, words, is_heading in base.words]
    new = [Passage(part.title, is_heading=True) for part in parts]
    new += [Passage(entry.clause.text, is_heading=entry.clause.kind == "heading") for entry in entries]
    return follow(old, _in_order(new, parts, entries))


def _positions(parts: Sequence[PartOutline], entries: Sequence[_Entry]) -> tuple[list[int], list[int]]:
    """Where the headings of parts and where the clauses stand in reading order."""
    part_places: list[int] = []
    entry_places: list[int] = []
    place = 0
    for index in range(len(parts)):
        part_places.append(place)
        count = sum(entry.part == index for entry in entries)
        entry_places += range(place + 1, place + 1 + count)
        place += 1 + count
    return part_places, entry_places


def _in_order(passages: list[Passage], parts: Sequence[PartOutline], entries: Sequence[_Entry]) -> list[Passage]:
    part_places, entry_places = _positions(parts, entries)
    placed = dict(zip([*part_places, *entry_places], passages, strict=True))
    return [placed[index] for index in range(len(passages))]


def _name_all(
    base: Edition | None,
    lineage: Lineage | None,
    parts: Sequence[PartOutline],
    entries: Sequence[_Entry],
    said: SaidNames,
) -> list[str]:
    """Gives every entry its id; returns those of the parts. A school's name is kept out of the ids of a model."""
    old_parts = {part.id for part in base.model.parts} if base else set()
    old_clauses = {clause.id: clause for clause in base.model.walk()} if base else {}
    part_places, entry_places = _positions(parts, entries)
    kept = [lineage.ids[place] if lineage else None for place in part_places]
    if lineage:
        kept = _kept_parts(kept, lineage, old_parts, entries, entry_places)
    taken_parts = old_parts | {name for name in kept if name}
    part_ids = [
        name if name in old_parts else name_part(said.without(part.title), taken_parts)
        for name, part in zip(kept, parts, strict=True)
    ]
    taken = set(old_clauses)
    for entry, place in zip(entries, entry_places, strict=True):
        part = part_ids[entry.part]
        before = lineage.ids[place] if lineage else None
        merged = lineage.merged[place] if lineage else ()
        if before in old_clauses and before.startswith(f"{part}."):
            entry.id, entry.supersedes = before, tuple(name for name in merged if name in old_clauses)
            entry.before = old_clauses[before]
            entry.is_same = lineage is not None and place in lineage.same
        else:
            entry.id = name_clause(part, said.without(entry.named), taken)
            formerly = (before, *merged) if before else merged
            entry.supersedes = tuple(name for name in formerly if name in old_clauses)
    return part_ids


def _kept_parts(
    kept: list[str | None], lineage: Lineage, old_parts: set[str], entries: Sequence[_Entry], places: Sequence[int]
) -> list[str | None]:
    """The old id of each part: by its heading, else of the old part that more than half of its clauses come from."""
    sure = [name if name in old_parts else None for name in kept]
    for index, name in enumerate(sure):
        froms = [lineage.ids[place] for entry, place in zip(entries, places, strict=True) if entry.part == index]
        counts = Counter(old.partition(".")[0] for old in froms if old)
        if name is None and counts:
            ((old, count),) = counts.most_common(1)
            sure[index] = old if old not in sure and count * 2 > len(froms) else None
    return sure


def _numbering(parts: Sequence[PartOutline], entries: Sequence[_Entry]) -> Numbering:
    """Decimal where the document numbers its parts or a good share of its paragraphs so."""
    numbered = sum(bool(part.heading and part.heading.number) for part in parts)
    paragraphs = [entry.clause for entry in entries if entry.clause.kind == "paragraph"]
    decimal = sum(is_decimal(clause.number) for clause in paragraphs)
    return "decimal" if numbered * 2 > len(parts) or decimal > len(paragraphs) * _NUMBERED_SHARE else "none"


def _entries(index: int, part: PartOutline) -> Iterator[_Entry]:
    """The clauses of one part; those that are alternatives to each other as one, unless they are words of others."""
    clauses = [clause for _, clause in part.clauses]
    found = {choice.first: choice for choice in find_alternatives(clauses)} if not part.outsider else {}
    end = 0
    for place, (depth, clause) in enumerate(part.clauses):
        choice = found.get(place)
        if choice and (choice.end == len(clauses) or part.clauses[choice.end][0] <= depth):
            end = choice.end
            yield _Entry(index, depth, choice.options[0], choice.options[0].text, choice)
        elif place >= end:
            yield _Entry(index, depth, clause, clause.text)


def _tree(entries: Sequence[_Entry], numbering: Numbering) -> list[_Entry]:
    """The entries at the top of one part, each with those under it; numbers that position would lose are words."""
    roots: list[_Entry] = []
    stack: list[_Entry] = []
    for entry in entries:
        del stack[entry.depth - 1 :]
        (stack[-1].children if stack else roots).append(entry)
        stack.append(entry)
    for siblings in (roots, *(entry.children for entry in entries)):
        for entry, clause in zip(siblings, with_kept_numbers([e.clause for e in siblings], numbering), strict=True):
            entry.clause = clause
    return roots


def _clause(entry: _Entry, part: PartOutline, writer: ClauseWriter) -> Clause:
    if entry.choice:
        clause = writer.choice(entry.choice, entry.id)
    else:
        clause = writer.clause(entry.clause, entry.id, part.outsider, entry.before if entry.is_same else None)
    if entry.before and (entry.choice or not entry.is_same):
        clause = _with_notes(clause, entry.before)
    children = tuple(_clause(child, part, writer) for child in entry.children)
    return replace(clause, clauses=children, supersedes=entry.supersedes)


def _with_notes(clause: Clause, before: Clause) -> Clause:
    """A reworded clause with what the drafter said of it before: topics, guidance, how far it may be tailored."""
    said = " ".join((clause.text, *(choice.text for choice in clause.choices))).lower()
    when = before.when if before.when and not before.when.parameter else None
    return replace(
        clause,
        topics=before.topics,
        defines=clause.defines or tuple(term for term in before.defines if term.lower() in said),
        note=clause.note or before.note,
        tailoring=clause.tailoring if "choice" in (clause.tailoring, before.tailoring) else before.tailoring,
        when=when,
    )


def _changes(
    base: Edition | None, lineage: Lineage | None, part_ids: Sequence[str], entries: Sequence[_Entry]
) -> tuple[LineageChange, ...]:
    if base is None or lineage is None:
        return ()
    ids = [""] * (len(part_ids) + len(entries))
    place = 0
    for index, part in enumerate(part_ids):
        for name in (part, *(entry.id for entry in entries if entry.part == index)):
            ids[place] = name
            place += 1
    return _with_kept_headings(changes_of(lineage, [name for name, _, _ in base.words], ids))


def _with_kept_headings(changes: tuple[LineageChange, ...]) -> tuple[LineageChange, ...]:
    """A part known by its clauses, under quite another heading, neither went nor came: its heading is reworded."""
    both = {change.old for change in changes if change.kind == "went"}
    both &= {change.new for change in changes if change.kind == "came"}
    return tuple(
        replace(change, kind="reworded", old=change.new) if change.kind == "came" and change.new in both else change
        for change in changes
        if change.kind != "went" or change.old not in both
    )


def _with_withdrawn(parts: list[Part], base: Edition | None, version: str) -> list[Part]:
    """The parts with what went kept as withdrawn at the end of its part; a part that went stays with nothing else.

    So no id is ever used again. Ids that only a draft had were never anybody's: they go.
    """
    there = {clause.id for part in parts for top in part.clauses for clause in top.walk()}
    made = {part.id: part for part in parts}
    for old in base.model.parts if base else ():
        gone = tuple(
            replace(clause, clauses=(), withdrawn=clause.withdrawn or version)
            for top in old.clauses
            for clause in top.walk()
            if clause.id not in there and (clause.withdrawn or (base and base.is_released))
        )
        if gone:
            kept = made.get(old.id, replace(old, clauses=()))
            made[old.id] = replace(kept, clauses=(*kept.clauses, *gone))
    return list(made.values())


def _split_front(parts: list[PartOutline]) -> tuple[str, list[PartOutline]]:
    """What stands above a numbered first part as the notice: as a part it would take number 1 from that one."""
    is_numbered = len(parts) > 1 and parts[0].is_front and parts[1].heading and parts[1].heading.number
    if not is_numbered or any(clause.rows or clause.fields for _, clause in parts[0].clauses):
        return "", parts
    front = parts[0]
    texts = [front.title if front.heading else "", *(clause.text for _, clause in front.clauses)]
    return " ".join(" ".join(texts).split()), parts[1:]


def _definitions(entries: Sequence[_Entry]) -> Iterator[str]:
    """What is said of every note that defines a word: where it stands, and which clauses call it."""
    named = [(entry.id, entry.clause) for entry in entries]
    for entry in entries:
        if term := defined_term(entry.clause):
            calls = calls_of(entry.clause, named)
            count = "1 clause rests" if len(calls) == 1 else f"{len(calls)} clauses rest"
            said = f"{count} on it: {', '.join(calls)}" if calls else "no clause calls it by its sign"
            yield f"“{term}” is defined in the note {entry.id}; {said}"


def _remarks(parts: Sequence[PartOutline], notice: str) -> Iterator[str]:
    if notice:
        yield "what stands above the first numbered section became the notice; look whether it belongs there"
    for part in parts:
        if part.heading is None:
            yield f"the document begins without a heading; the first part was called “{part.title}”"
        for _, clause in part.clauses if part.clauses and not part.is_schedule else ():
            if label := said_of_document(clause):
                yield f"“{clause.text}” is said of the document received; a model gives no {label}, so take it out"
        if part.outsider:
            said = (
                f"“{part.title}” holds words of others ({part.outsider}); they are attachments that no school tailors"
            )
            yield f"{said}, and permission to reprint them is not recorded"
