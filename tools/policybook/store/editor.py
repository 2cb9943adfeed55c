"""What editors need: the schemas in a workspace, and the first line of a file that names the one it follows."""

from __future__ import annotations

from typing import Literal

SCHEMAS_FOLDER = "docs/reference/schemas"
"""Where the JSON Schemas stand in every workspace, so that a file names them by a relative path and no network."""
FileKind = Literal["topics", "citations", "school", "adoption", "policy", "part", "meeting", "judgements", "delegation"]
_LEVELS: dict[FileKind, int] = {
    "topics": 1, "citations": 1, "judgements": 1, "school": 2, "meeting": 2, "delegation": 2, "adoption": 4,
    "policy": 5, "part": 5,
}  # fmt: skip
"""How many folders down from the workspace a file of each kind stands."""


def schema_line(kind: FileKind) -> str:
    """The comment that tells an editor with the YAML language server which schema a file follows; ends the line."""
    return f"# yaml-language-server: $schema={'../' * _LEVELS[kind]}{SCHEMAS_FOLDER}/{kind}.json\n"
