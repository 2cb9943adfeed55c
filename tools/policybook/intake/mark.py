"""What a Word file that we built says of itself: its own properties (policy, model, version, status)."""

from __future__ import annotations

from pathlib import Path

from policybook.domain.error import PolicybookError
from policybook.intake.package import Package

_PART = "docProps/custom.xml"
_NAMES = ("policy", "model", "version", "status", "compared-with", "edition")
_LONGEST = 200


def read_mark(path: Path) -> dict[str, str]:
    """The properties that name a policy, or nothing where the file is no Word file, has none, or cannot be read."""
    data = path.read_bytes()
    if not data.startswith(b"PK"):
        return {}
    try:
        package = Package(data, path.name)
        root = package.xml(_PART) if _PART in package.parts() else None
    except PolicybookError:
        return {}
    found = {}
    for entry in root if root is not None else ():
        name, said = str(entry.get("name", "")), "".join(map(str, entry.itertext()))
        if name in _NAMES and said:
            found[name] = said[:_LONGEST]
    return found if "policy" in found else {}
