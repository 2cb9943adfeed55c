"""`lock.yaml` beside an adoption: against which words of the model each departure was made."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from policybook.domain.error import Refused
from policybook.domain.finding import Finding
from policybook.store.yaml_file import Memory, read_yaml
from policybook.text.fingerprint import exact_fingerprint, match_fingerprint

NAME = "lock.yaml"


EDITED = "lock.yaml was changed by hand: its words are not those that were kept"


def seal_of(words: Mapping[str, str]) -> str:
    """The fingerprint of all the words that a lock keeps, by clause id: a lock that was edited has another."""
    return exact_fingerprint(sorted(words.items()))


def read_base_words(root: Path, ref: str) -> dict[str, str]:
    """The words of the model that each departure was made against, by clause id; empty without a file.

    Raises Refused where the file was edited or cannot be read.
    """
    file = root / "clauses" / "adoptions" / ref / NAME
    if not file.is_file():
        return {}
    data = read_yaml(file, root).data
    clauses: Any = data.get("clauses") if isinstance(data, dict) else None
    words: dict[str, str] = {}
    is_sound = isinstance(clauses, dict) or (isinstance(data, dict) and clauses is None)
    for name, entry in (clauses or {}).items() if is_sound else ():
        said = entry.get("words") if isinstance(entry, dict) else None
        is_sound = is_sound and isinstance(said, str) and entry.get("match") == match_fingerprint(said)
        words[str(name)] = str(said)
    if not is_sound or (data or {}).get("seal", seal_of(words)) != seal_of(words):
        raise Refused(EDITED, where=file.relative_to(root).as_posix(), mend="put the file back from a copy")
    return words


def read_lock(root: Path, ref: str, memory: Memory | None = None) -> tuple[dict[str, str], list[Finding]]:
    """The fingerprint of each departure's base by clause id, and what is wrong with the file; empty without a file."""
    file = root / "clauses" / "adoptions" / ref / NAME
    if not file.is_file():
        return {}, []
    yaml = read_yaml(file, root, memory)
    clauses: Any = (yaml.data or {}).get("clauses") or {}
    if not isinstance(clauses, dict):
        yaml.report("yaml.wrong-type", "'clauses': must be a mapping", "put the file back from a copy", ("clauses",))
        return {}, yaml.findings
    bases = {
        name: str(entry["match"]) for name, entry in clauses.items() if isinstance(entry, dict) and "match" in entry
    }
    return bases, yaml.findings
