"""The lines of YAML that people wrote, entry by entry and key by key, so that a file can be put together anew.

    # a comment above an entry goes with it
    - id: use.breaks        # so does one behind a key
      text: …

Everything is kept as it stands but the depth to which it is indented.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from policybook.store.draft import print_key

STEP = 2


@dataclass(slots=True)
class KeyLines:
    """A key with its lines, the first of which begins with the key; `tail` are comments and blank lines behind it.

    A list of mappings under the key has its entries in `entries`, and `lines` is then only the head of it.
    """

    key: str
    lines: list[str]
    tail: list[str] = field(default_factory=list)
    entries: list[EntryLines] | None = None
    offset: int = STEP


@dataclass(slots=True)
class EntryLines:
    """An entry of a list: comments above it, then its keys, or (a scalar, or one in brackets) just its lines."""

    lead: list[str]
    keys: list[KeyLines] | None
    lines: list[str]
    value: Any
    gap: int = STEP

    @property
    def id(self) -> str:
        """The id that the entry begins with; of a scalar itself."""
        return str(self.value.get("id", "")) if isinstance(self.value, dict) else str(self.value)


def read_keys(text: str) -> list[KeyLines]:
    """The top-level keys of a file; what stands above the first is the tail of a key without a name.

    Raises ValueError where the file holds no keys, each on a line of its own.
    """
    parser = YAML(typ="safe", pure=True)
    node = parser.compose(text)
    if not isinstance(node, MappingNode) or node.flow_style:
        raise ValueError("its keys do not stand one below the other")
    reader = _Reader(text)
    return [KeyLines("", [], reader.lines[: node.start_mark.line]), *reader.keys(node, len(reader.lines))]


def print_keys(keys: Sequence[KeyLines]) -> list[str]:
    """The lines of some keys."""
    return [line for one in keys for line in _key_lines(one)]


def changed_keys(
    keys: Sequence[KeyLines], before: Mapping[str, Any], after: Mapping[str, Any], besides: str = ""
) -> list[KeyLines]:
    """The keys with what differs between two states of what they hold: the rest keeps its lines.

    A new key stands where it does in `after`. The key `besides` is left as it is.
    """
    made = [one for one in keys if one.key not in before or one.key in after or one.key == besides]
    for index, one in enumerate(made):
        if one.key in after and one.key != besides and before.get(one.key) != after[one.key]:
            made[index] = KeyLines(one.key, print_key(one.key, after[one.key]), one.tail)
    order = list(after)
    for key in (key for key in after if key not in before and key != besides):
        earlier = order[: order.index(key)]
        place = max((index for index, one in enumerate(made) if one.key in earlier), default=len(made) - 1) + 1
        made.insert(place, KeyLines(key, print_key(key, after[key])))
    return made


def _key_lines(key: KeyLines) -> Iterator[str]:
    yield from key.lines
    for entry in key.entries or ():
        yield from (_indented(line, key.offset) for line in entry_lines(entry))
    yield from key.tail


def entry_lines(entry: EntryLines) -> list[str]:
    """The lines of an entry, its dash in the first column."""
    lines = entry.lines if entry.keys is None else print_keys(entry.keys)
    dash = "-" + " " * (entry.gap - 1)
    return [*entry.lead, dash + lines[0], *(_indented(line, entry.gap) for line in lines[1:])]


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.removesuffix("\n").split("\n")

    def keys(self, node: MappingNode, end: int) -> Iterator[KeyLines]:
        """The keys of a block mapping whose lines go up to, not including, line `end`."""
        column = node.start_mark.column
        starts = [key.start_mark.line for key, _ in node.value]
        for (key, value), start, stop in zip(node.value, starts, [*starts[1:], end], strict=True):
            yield self._key(str(key.value), value, start, stop, column)

    def _key(self, key: str, value: Node, start: int, stop: int, column: int) -> KeyLines:
        if _is_list(value) and isinstance(value, SequenceNode) and value.start_mark.line > start:
            entries = self._entries(value, stop, start + 1)
            first = value.value[0].start_mark.line - len(entries[0].lead)
            head = [_dedented(line, column) for line in self.lines[start:first]]
            return KeyLines(key, head, [], entries, value.start_mark.column - column)
        content = max(start, self._last_line(value)) + 1
        lines = [_dedented(line, column) for line in self.lines[start:content]]
        return KeyLines(key, lines, [_dedented(line, column) for line in self.lines[content:stop]])

    def _entries(self, node: SequenceNode, end: int, since: int) -> list[EntryLines]:
        dash = node.start_mark.column
        starts = [child.start_mark.line for child in node.value]
        below = zip(node.value, starts[1:], strict=False)
        above = [self._lead(since, starts[0], dash)]
        above += [self._lead(self._last_line(child) + 1, start, dash) for child, start in below]
        found = []
        for child, start, lead, stop in zip(node.value, starts, above, [*above[1:], end], strict=True):
            gap = child.start_mark.column - dash
            comments = [_dedented(line, dash) for line in self.lines[lead:start]]
            keys, lines = None, []
            if isinstance(child, MappingNode) and not child.flow_style:
                keys = list(self.keys(child, stop))
                self._undash(keys, child)
            else:
                lines = [_dedented(line, dash + gap) for line in self.lines[start:stop]]
                lines[0] = self.lines[start][dash + gap :]
            found.append(EntryLines(comments, keys, lines, _plain(child), gap))
        return found

    def _undash(self, keys: list[KeyLines], node: MappingNode) -> None:
        """The first key of an entry stands behind its dash."""
        keys[0].lines[0] = self.lines[node.start_mark.line][node.start_mark.column :]

    def _lead(self, since: int, start: int, dash: int) -> int:
        """The first of the comments and blank lines right above an entry, from line `since` on."""
        first = start
        while first > since and _is_aside(self.lines[first - 1], dash):
            first -= 1
        return first

    def _last_line(self, node: Node) -> int:
        """The last line with words of a node: its own end mark stands behind the comments below it."""
        if isinstance(node, MappingNode | SequenceNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self._last_line(last[1] if isinstance(last, tuple) else last)
        if isinstance(node, ScalarNode) and node.style in ("|", ">"):
            return self.text[: node.end_mark.index].rstrip().count("\n")
        if isinstance(node, ScalarNode) and node.value == "" and node.style is None:
            return int(node.start_mark.line) if node.start_mark.column else int(node.start_mark.line) - 1
        return int(node.end_mark.line)


def _is_list(node: Node) -> bool:
    return isinstance(node, SequenceNode) and not node.flow_style and bool(node.value)


def _is_aside(line: str, dash: int) -> bool:
    words = line.lstrip()
    return not words or (words.startswith("#") and len(line) - len(words) <= dash)


def _dedented(line: str, column: int) -> str:
    return line[min(column, len(line) - len(line.lstrip(" "))) :]


def _indented(line: str, step: int) -> str:
    return " " * step + line if line else line


def _plain(node: Node) -> Any:
    """What an entry is called: only scalars and the scalar keys of a mapping are looked at."""
    if isinstance(node, MappingNode):
        return {str(key.value): value.value for key, value in node.value if isinstance(value, ScalarNode)}
    return node.value
