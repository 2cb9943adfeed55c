"""The front of a document: its title block and the tables of facts under it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from policybook.intake.block import Block
from policybook.intake.heading import DATE
from policybook.intake.label import canonical_name, is_known_label
from policybook.intake.table import Fact, read_table

_POLICY = re.compile(
    r"\b(?:polic(?:y|ies)|procedures?|code|guid(?:ance|elines|e)|agreement|strategy|statement|handbook|protocol|"
    r"charter|scheme|plan)\b",
    re.IGNORECASE,
)
_BODY = r"school|academy|academies|trust|federation|college|nursery|partnership|service|council"
_ORGANISATION = re.compile(rf"(?:[\w'’.&()-]+ ){{1,8}}(?:{_BODY})(?: \([A-Z]{{2,8}}\))?", re.IGNORECASE)
_TITLE_LINES = 6
_LONGEST_TITLE = 25


@dataclass(frozen=True, slots=True)
class TitleBlock:
    """The blocks, by index, that name the policy and whose it is."""

    title: int | None = None
    organisation: int | None = None


def read_front(blocks: Sequence[Block]) -> list[Block | Fact]:
    """The blocks with tables of facts read.

    Above a table of facts the title and the organisation's name are facts too. Where there is no such table they stay
    clauses, since nothing tells how far the front goes; `metadata` finds them there.
    """
    pieces: list[Block | Fact] = []
    in_front = True
    for block in blocks:
        if block.shape == "table":
            found = list(read_table(block, in_front=in_front))
            if in_front and any(isinstance(piece, Fact) for piece in found):
                pieces = _title_as_facts(pieces)
            pieces += found
        elif in_front and _is_label_alone(block, pieces):
            pieces.append(replace(block, shape="aside", why="a label without a value"))
        else:
            in_front = in_front and not _ends_front(block)
            pieces.append(block)
    return pieces


def find_title_block(blocks: Sequence[Block]) -> TitleBlock:
    """Which of a document's first blocks are its title and its organisation; a styled title goes before a plain one."""
    lines = [index for index, block in enumerate(blocks) if block.shape in ("text", "heading") and block.number is None]
    lines = [index for index in lines[:_TITLE_LINES] if len(blocks[index].text.split()) <= _LONGEST_TITLE]
    names = [index for index in lines if is_organisation(blocks[index].text)]
    lines = [index for index in lines if not blocks[index].text.endswith(".")]
    others = [i for i in lines if i not in names and not DATE.fullmatch(blocks[i].text) and ":" not in blocks[i].text]
    about = [index for index in others if _POLICY.search(blocks[index].text)]
    styled = [index for index in about if blocks[index].shape == "heading"]
    title = next(iter(styled[:1] or about[:1] or others[:1]), None)
    return TitleBlock(title, names[0] if names else None)


def is_organisation(text: str) -> bool:
    """Whether a line is the name of a school, a trust or the like, and nothing else."""
    return bool(_ORGANISATION.fullmatch(text)) and (text.istitle() or text.isupper() or _capitals(text))


def _capitals(text: str) -> bool:
    return all(word[0].isupper() or not word[0].isalpha() for word in text.split() if len(word) > 3)


def _ends_front(block: Block) -> bool:
    """Whether a block is a clause, so that the front is over."""
    sentence = block.shape == "text" and len(block.text.split()) > _LONGEST_TITLE
    return block.shape in ("item", "note", "form") or block.number is not None or sentence


def _title_as_facts(pieces: list[Block | Fact]) -> list[Block | Fact]:
    blocks = [piece for piece in pieces if isinstance(piece, Block)]
    if len(blocks) != len(pieces) or any(block.text.endswith(".") for block in blocks):
        return pieces
    found = find_title_block(blocks)
    named = {found.title: "title", found.organisation: "organisation"}
    return [
        Fact(named[index], block.text, block.place) if index in named else block for index, block in enumerate(blocks)
    ]


def _is_label_alone(block: Block, pieces: Iterable[Block | Fact]) -> bool:
    """Whether a line only repeats labels (`Version Number / Date`), as an unfilled footer does."""
    labels = [label.strip() for label in block.text.rstrip(":").split("/")]
    return (
        block.shape == "text"
        and all(canonical_name(label) or label.lower() == "date" for label in labels)
        and all(map(is_known_label, labels))
        and any(isinstance(piece, Fact) for piece in pieces)
    )
