"""YAML files into plain data that remembers its lines.

The file is composed by ruamel.yaml and built here, node by node, because a finding needs the line of every key and
because aliases, merge keys and doubled keys are refused rather than followed (a "billion laughs" file is one finding).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from policybook.domain.finding import Finding, Place

LARGEST_FILE = 4_000_000
"""Bytes; no clause file of a real policy comes near."""
DEEPEST = 40

Location = tuple[str | int, ...]


@dataclass(slots=True)
class YamlFile:
    """The plain data of one file (None if it could not be read), the line of every key and entry, and findings.

    `plain_keys` are the locations of scalars written without quotes.
    """

    path: str
    data: dict[str, Any] | None = None
    lines: dict[Location, int] = field(default_factory=dict)
    plain_keys: set[Location] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)

    def place(self, location: Location = ()) -> Place:
        """The place of a key or entry, or of the nearest one around it that the file has."""
        while location and location not in self.lines:
            location = location[:-1]
        return Place(self.path, self.lines.get(location, 1))

    def report(self, code: str, message: str, mend: str, location: Location = ()) -> None:
        """Adds an error at a location."""
        self.findings.append(Finding("error", code, self.place(location), message, mend))


class Memory(Protocol):
    """What remembers files that were read before, by their bytes (`store.yaml_memory`)."""

    def recall(self, content: bytes, path: str) -> YamlFile | None:
        """The file with these bytes as it was read before, or None."""

    def keep(self, content: bytes, read: YamlFile) -> None:
        """Remembers a file."""


def read_yaml(file: Path, root: Path, memory: Memory | None = None) -> YamlFile:
    """The data of a YAML file under `root`; whatever is wrong with it is in its findings, never raised."""
    result = YamlFile(file.relative_to(root).as_posix())
    content = _read_bytes(file, result)
    if content is None:
        return result
    known = memory.recall(content, result.path) if memory else None
    if known is not None:
        return known
    text = _decode(content, result)
    if text is not None:
        _parse(text, result)
        if memory:
            memory.keep(content, result)
    return result


def _parse(text: str, result: YamlFile) -> None:
    try:
        parser = YAML(typ="safe", pure=True)
        node = parser.compose(text)
        if not isinstance(node, MappingNode):
            result.report("yaml.shape", "the file holds no keys", "begin it with `schema: 1` and what it should hold")
            return
        result.data = _Builder(result, parser).build_mapping(node, ())
    except MarkedYAMLError as error:
        _report_syntax(result, error)
    except (YAMLError, ValueError, RecursionError) as error:
        result.report("yaml.syntax", f"not readable as YAML: {error}", "mend the file, or restore an older copy")


def _read_bytes(file: Path, result: YamlFile) -> bytes | None:
    try:
        if file.stat().st_size > LARGEST_FILE:
            mend = "split it into several parts"
            result.report("yaml.too-large", f"the file is larger than {LARGEST_FILE // 1_000_000} MB", mend)
            return None
        return file.read_bytes()
    except OSError as error:
        mend = "check that the file is there and may be read"
        result.report("yaml.unreadable", f"cannot be read: {error.strerror}", mend)
    return None


def _decode(content: bytes, result: YamlFile) -> str | None:
    """The text, with every kind of line end as a line feed."""
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        mend = "save it again as UTF-8"
        result.report("yaml.encoding", f"the file is not UTF-8 (byte {error.start})", mend)
    return None


def _report_syntax(result: YamlFile, error: MarkedYAMLError) -> None:
    mark = error.problem_mark or error.context_mark
    if mark:
        result.lines[("",)] = mark.line + 1
    said = ", ".join(piece for piece in (error.context, error.problem) if piece)
    hint = "put text that holds `: `, or begins with a sign such as `{`, `[`, `*`, `@` or `%`, in double quotes"
    if "\\t" in said:
        hint = "replace tabs by spaces"
    result.report("yaml.syntax", f"not readable as YAML: {said}", hint, ("",))


class _Builder:
    """Builds plain data from nodes and notes where everything stood."""

    def __init__(self, result: YamlFile, parser: YAML) -> None:
        self._result = result
        self._parser = parser
        self._seen: set[int] = set()

    def build_mapping(self, node: MappingNode, location: Location) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, ScalarNode):
                self._result.lines[(*location, "")] = line
                mend = "put a word before the colon; words that begin with `[` or `{` need double quotes"
                self._result.report("yaml.syntax", "a key is a list or a mapping", mend, (*location, ""))
                continue
            key = str(key_node.value)
            here = (*location, key)
            if key in data:
                self._result.lines[(*here, "again")] = line
                mend = "keep one of the two"
                self._result.report("yaml.doubled-key", f"'{key}' stands twice", mend, (*here, "again"))
                continue
            self._result.lines[here] = line
            data[key] = self._build(value_node, here)
        return data

    def _build(self, node: Node, location: Location) -> Any:
        if id(node) in self._seen or len(location) > DEEPEST:
            what = "an alias (`*name`)" if id(node) in self._seen else f"more than {DEEPEST} levels"
            self._result.report("yaml.refused", f"{what} is not allowed", "write the content out", location)
            return None
        self._seen.add(id(node))
        if isinstance(node, MappingNode):
            return self.build_mapping(node, location)
        if isinstance(node, SequenceNode):
            return [self._build_entry(child, (*location, index)) for index, child in enumerate(node.value)]
        return self._build_scalar(node, location) if isinstance(node, ScalarNode) else None

    def _build_entry(self, node: Node, location: Location) -> Any:
        self._result.lines[location] = node.start_mark.line + 1
        return self._build(node, location)

    def _build_scalar(self, node: ScalarNode, location: Location) -> Any:
        if node.style is None:
            self._result.plain_keys.add(location)
        value = self._parser.constructor.construct_object(node)
        if isinstance(value, datetime):
            return value.isoformat()
        return value if isinstance(value, str | int | float | bool | date | None) else str(node.value)
