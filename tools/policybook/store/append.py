"""Small edits of YAML that people wrote: what is added is added, and every other character stays as it was.

A round trip through a YAML writer would keep comments but lay long lines out anew; here the places of the nodes are
taken from the parser and the text between them is left alone. What was added is read again before it is handed back.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from policybook.domain.error import Refused
from policybook.store.schema import AdoptionFile

Plain = str | int | bool | date | None


def append_entry(text: str, key: str, entry: Mapping[str, Plain]) -> str:
    """The text with one more entry in the list under a top-level key, which is added at the end where it is not there.

    The entry stands on one line, as `- {a: 1, b: 2}`. Raises ValueError where the key holds something else than a list.
    """
    pair = _find(_compose(text), key)
    node = pair[1] if pair else None
    if isinstance(node, SequenceNode) and node.flow_style and node.value:
        return _insert(text, node.value[-1].end_mark.index, f", {print_flow(entry)}")
    return append_lines(text, key, [print_flow(entry)])


def append_lines(text: str, key: str, lines: Sequence[str]) -> str:
    """As `append_entry`, for an entry that is YAML of several lines, comments and all; not into a list in brackets."""
    edited = _append_lines(text, key, lines)
    before, after = parse_plain(text), parse_plain(edited)
    if after.pop(key)[:-1] != (before.pop(key, None) or []) or after != before:
        raise ValueError(f"'{key}' is laid out in a way that cannot be added to; give each entry a line of its own")
    return edited


def set_key(text: str, location: tuple[str | int, ...], value: Plain) -> str:
    """The text with one scalar set: replaced where the key is there, else added to the mapping it belongs in.

    Raises ValueError where the mapping itself is not there.
    """
    node: Node = _compose(text)
    for step in location[:-1]:
        found = _step(node, step)
        if found is None:
            raise ValueError(f"there is no '{step}'")
        node = found
    if not isinstance(node, MappingNode):
        raise ValueError("there is no mapping to set it in")
    key, shown = str(location[-1]), print_scalar(value)
    pair = _find(node, key)
    if pair is not None:
        old = pair[1]
        lead = " " if old.start_mark.index == pair[0].end_mark.index + 1 else ""
        return f"{text[: old.start_mark.index]}{lead}{shown}{text[_end(text, old) :]}"
    if not node.value:
        raise ValueError("the mapping is empty")
    first, last = node.value[0][0], node.value[-1][1]
    if node.flow_style:
        return _insert(text, last.end_mark.index, f", {key}: {shown}")
    end = text.find("\n", _end(text, last))
    at = len(text) if end < 0 else end
    return _insert(text, at, f"\n{' ' * first.start_mark.column}{key}: {shown}")


def edit_bytes(raw: bytes, edit: Callable[[str], str]) -> bytes:
    """The bytes of a file after an edit of its text, with the kind of line ends that it had."""
    text = raw.decode("utf-8-sig")
    edited = edit(text.replace("\r\n", "\n"))
    return (edited.replace("\n", "\r\n") if "\r\n" in text else edited).encode()


def require_adoption(content: bytes, ref: str) -> None:
    """Raises Refused where an edited adoption.yaml would no longer be readable: better no record than a broken one."""
    try:
        AdoptionFile.model_validate(parse_plain(content.decode()))
    except (ValidationError, YAMLError) as error:
        said = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        mend = "use plain words of ordinary length; mend adoption.yaml if it is laid out in an unusual way"
        raise Refused(f"the record would not be readable: {said}", where=ref, mend=mend) from error


def print_scalar(value: Plain) -> str:
    """A value as YAML on one line, quoted where it must be."""
    return print_flow({"v": value}).removeprefix("{v: ").removesuffix("}")


def print_flow(entry: Mapping[str, Any]) -> str:
    """A mapping as YAML on one line: `{outcome: approved, on: 2024-11-21}`."""
    data = CommentedMap(entry)
    data.fa.set_flow_style()
    writer = YAML()
    writer.width = 1_000_000
    writer.allow_unicode = True
    stream = io.StringIO()
    writer.dump(data, stream)
    return stream.getvalue().removesuffix("...\n").strip()


def parse_plain(text: str) -> Any:
    """The plain data of a YAML text."""
    return YAML(typ="safe", pure=True).load(text)


def _append_lines(text: str, key: str, lines: Sequence[str]) -> str:
    pair = _find(_compose(text), key)
    if pair is None:
        return f"{_ended(text)}{key}:{_block(lines, 2)}\n"
    node = pair[1]
    if _is_nothing(node):
        at = text.find("\n", pair[0].end_mark.index)
        return _insert(text, len(text) if at < 0 else at, _block(lines, 2))
    if not isinstance(node, SequenceNode):
        raise ValueError(f"'{key}' is not a list")
    if not node.value:
        return f"{text[: pair[0].end_mark.index]}:{_block(lines, 2)}{text[_end(text, node) :]}"
    if node.flow_style:
        raise ValueError(f"'{key}' is written in square brackets: give each entry a line of its own")
    end = text.find("\n", _end(text, node.value[-1]))
    return _insert(text, len(text) if end < 0 else end, _block(lines, node.start_mark.column))


def _compose(text: str) -> MappingNode:
    node = YAML(typ="safe", pure=True).compose(text)
    if not isinstance(node, MappingNode):
        raise ValueError("the file holds no keys")
    return node


def _find(node: MappingNode, key: str) -> tuple[ScalarNode, Node] | None:
    return next((pair for pair in node.value if pair[0].value == key), None)


def _step(node: Node, step: str | int) -> Node | None:
    if isinstance(node, SequenceNode) and isinstance(step, int):
        return node.value[step] if step < len(node.value) else None
    pair = _find(node, str(step)) if isinstance(node, MappingNode) else None
    return pair[1] if pair else None


def _is_nothing(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.value == "" and node.style is None


def _end(text: str, node: Node) -> int:
    """Where the words of a node end: a block's own end mark stands after the blank lines and comments behind it."""
    if isinstance(node, MappingNode) and not node.flow_style and node.value:
        key, value = node.value[-1]
        return int(key.end_mark.index) if _is_nothing(value) else _end(text, value)
    if isinstance(node, SequenceNode) and not node.flow_style and node.value:
        return _end(text, node.value[-1])
    if isinstance(node, ScalarNode) and node.style in ("|", ">"):
        return len(text[: node.end_mark.index].rstrip())
    return int(node.end_mark.index)


def _block(lines: Sequence[str], column: int) -> str:
    indent = " " * column
    return "".join(f"\n{indent}{'  ' if index else '- '}{line}" for index, line in enumerate(lines))


def _insert(text: str, at: int, words: str) -> str:
    return f"{text[:at]}{words}{text[at:]}"


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else f"{text}\n"
