"""What a document says about itself: its title, whose it is, its version, its approval and its next review."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from policybook.domain.inline import plain
from policybook.domain.source import SourceClause
from policybook.intake.block import Block
from policybook.intake.front import find_title_block, is_organisation
from policybook.intake.heading import DATE
from policybook.intake.label import CANONICAL, canonical_name
from policybook.intake.table import Fact

_KINDS = ("School", "Academy", "Trust", "Federation", "College")
_CAPITAL = r"(?:St\.|[A-Z][\w'’-]+)"
_NAME = re.compile(rf"\b({_CAPITAL} (?:(?:{_CAPITAL}|of|and|&|the) ){{0,5}}(?:{'|'.join(_KINDS)}))\b(?!['’]s? [a-z])")
_COMMON = frozenset(
    "The This Our Your Their All Any Every Each County Full Whole Primary Secondary High Infant Junior Head In At For "
    "On When If While Although As And Or To By With From Use Using Of Local Community Wider Other Another Maintained "
    "Special State Academy School Trust Staff Your Whilst Within What Where Who That These".split()
)
_WRITTEN_BY = re.compile(
    r"(?:(?:originally|first|initially) )?(?:written|produced|drafted|prepared) by (?:the )?(.{3,90}?)\.?$",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"([A-Z][^:]{2,60}):\s+(\S.{0,80})$")
_OF_DOCUMENT = {"approved": "date of approval", "next_review": "date of review"}
_LEAST_MENTIONS = 2
_FRONT = 8


def read_metadata(facts: Sequence[Fact], clauses: Sequence[SourceClause]) -> tuple[dict[str, str], list[str]]:
    """The metadata of a document, canonical names first, and a sentence for every value that was inferred.

    Canonical names are `title, organisation, version, approved, next_review`; labels of control tables keep their own
    wording after them. Values are as printed. A name that the document does not give is not there.
    """
    values: dict[str, list[str]] = {}
    for said in [*(part for fact in facts for part in _parts(fact)), *_labelled(clauses)]:
        name = canonical_name(said.label) or (said.label if said.label in CANONICAL else None)
        if name and said.value:
            values.setdefault(name, []).append(said.value)
    found = {name: _best(name, values[name]) for name in CANONICAL if name in values}
    repairs = _fill_in(found, facts, clauses)
    metadata = {name: found[name] for name in CANONICAL if name in found}
    for fact in facts:
        if fact.label not in CANONICAL:
            kept = metadata.get(fact.label)
            metadata[fact.label] = f"{kept}; {fact.value}" if kept else fact.value
    return metadata, repairs


def said_of_document(clause: SourceClause) -> str:
    """What a line such as `Date approved: January 2022` says of its document in words; empty for any other clause."""
    found = next(iter(_labelled([clause])), None)
    return _OF_DOCUMENT.get(canonical_name(found.label) or "", "") if found else ""


def _parts(fact: Fact) -> list[Fact]:
    """A label and a value that both name two things (`Review cycle/ Next review`) as two facts."""
    labels, values = fact.label.split("/"), fact.value.split("/")
    if len(labels) == len(values) > 1 and not DATE.fullmatch(fact.value):
        return [Fact(label.strip(), value.strip(), fact.place) for label, value in zip(labels, values, strict=True)]
    return [fact]


def _labelled(clauses: Iterable[SourceClause]) -> Iterator[Fact]:
    """Short lines such as `Date approved: January 2022`; they stay clauses."""
    for clause in clauses:
        if clause.kind == "paragraph" and clause.number is None and (found := _LABELLED.match(clause.text)):
            yield Fact(found[1], found[2], clause.place)


def _best(name: str, values: list[str]) -> str:
    """The first value, for an approval the first that holds a date, since a label may also ask who approved."""
    dated = [value for value in values if DATE.search(value)]
    return (dated if name == "approved" and dated else values)[0]


def _fill_in(found: dict[str, str], facts: Sequence[Fact], clauses: Sequence[SourceClause]) -> list[str]:
    """Puts in what no label gives but the text shows; says what was inferred and from where."""
    repairs: list[str] = []
    top = clauses[:_FRONT]
    blocks = [Block("heading" if c.kind == "heading" else "text", c.place, c.runs, number=c.number) for c in top]
    front = find_title_block(blocks) if "title" not in found else None
    if front and front.title is not None:
        found["title"] = blocks[front.title].text
    if "organisation" not in found and (name := _organisation(blocks, clauses, repairs)):
        found["organisation"] = name
    found.update({"organisation": _as_in_text(found["organisation"], clauses)} if "organisation" in found else {})
    if "approved" not in found and (dated := _date_of_document(facts, blocks)):
        found["approved"] = dated.value
        repairs.append(f"{dated.place}: no date of approval is given; the document's own date was taken")
    return repairs


def _organisation(front: Sequence[Block], clauses: Sequence[SourceClause], repairs: list[str]) -> str | None:
    """The name in the title block, else the one that the text mentions most, else who is said to have written it."""
    for block in front:
        if is_organisation(block.text):
            return block.text
    texts = [plain(clause.runs) for clause in clauses]
    naming = [text for text in texts if any(kind in text for kind in _KINDS)]
    mentions = Counter(name for text in naming for found in _NAME.findall(text) if (name := _proper_name(found)))
    for name, count in mentions.most_common(1):
        if count >= _LEAST_MENTIONS:
            repairs.append(f"the organisation is not named on the front; {name!r} stands {count} times in the text")
            return name
    for clause, text in zip(clauses, texts, strict=True):
        if clause.number is None and (written := _WRITTEN_BY.match(text)):
            repairs.append(f"{clause.place}: the organisation is not named; the one that wrote the document was taken")
            return written[1]
    return None


def _proper_name(found: str) -> str | None:
    """The name without common words before it; None where nothing but such words stands there."""
    words = found.split()
    while words and (words[0] in _COMMON or words[0].islower()):
        words.pop(0)
    return " ".join(words) if len(words) > 1 else None


def _as_in_text(name: str, clauses: Iterable[SourceClause]) -> str:
    """A name printed in capitals as the text spells it, where it does."""
    if name.isupper():
        pattern = re.compile(re.escape(name), re.IGNORECASE)
        for clause in clauses:
            if (found := pattern.search(clause.text)) and not found[0].isupper():
                return found[0]
    return name


def _date_of_document(facts: Iterable[Fact], blocks: Sequence[Block]) -> Fact | None:
    """The date in a control table or alone under the title."""
    for fact in facts:
        if fact.label.lower() == "date" and fact.value:
            return fact
    for block in blocks:
        if block.shape == "text" and DATE.fullmatch(block.text):
            return Fact("date", block.text, block.place)
    return None
