"""Files of older workspaces carried forward: one step for each version of the format, from text to text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from ruamel.yaml.error import YAMLError

from policybook.domain.error import Refused
from policybook.store.append import edit_bytes, parse_plain

NEWEST = 1
"""The version of the format that this program writes; a file without `schema:` is of version 0."""
Step = Callable[[str], str]
_HEAD = re.compile(r"(?:%[^\n]*\n)*(?:---[ \t]*\n)?")


def add_schema(text: str) -> str:
    """0 -> 1: every file says which version it follows."""
    end = _HEAD.match(text)
    at = end.end() if end else 0
    return f"{text[:at]}schema: 1\n{text[at:]}"


STEPS: Mapping[int, Step] = {0: add_schema}
"""By the version that a step starts from; each leads to the next. A step keeps comments, order and every other key."""


def schema_of(data: Mapping[str, object]) -> int | None:
    """Which version a file follows, 0 where it does not say; None where what it says is no version."""
    said = data.get("schema", 0)
    return said if isinstance(said, int) and not isinstance(said, bool) and said >= 0 else None


def carry_forward(raw: bytes, schema: int, where: str) -> bytes:
    """The bytes of a file after every step from its version on. Raises Refused where a step cannot be taken."""
    for version in range(schema, NEWEST):
        raw = edit_bytes(raw, STEPS[version])
    try:
        data = parse_plain(raw.decode())
    except (YAMLError, ValueError) as error:
        raise _refused(where) from error
    if not isinstance(data, dict) or data.get("schema") != NEWEST:
        raise _refused(where)
    return raw


def is_frozen(file: Path) -> bool:
    """Whether a file was decided on, issued or released, with its fingerprint kept: it is never written again."""
    if "issued" in file.parts or file.parent.name == "editions" or file.name == "manifest.yaml":
        return True
    return (file.parent / "manifest.yaml").is_file()


def _refused(where: str) -> Refused:
    return Refused("cannot be carried forward as it is laid out", where=where, mend=f"write `schema: {NEWEST}` into it")
