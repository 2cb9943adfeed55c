"""What is known of a site's pages from the build before: one JSON file in its folder, safe to delete at any time."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from policybook.site.assemble import PageFacts
from policybook.store import write_atomically

FILE = ".pages.json"
FORMAT = 1


@dataclass(slots=True)
class SiteMemory:
    """Facts of pages by path, and how many changes of substance an adoption has, by its key.

    `program` stands for the code and templates that made them: what another one made is not known.
    """

    folder: Path
    program: str
    pages: dict[str, PageFacts] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path, program: str) -> SiteMemory:
        """What was kept in a folder; a missing, cut or foreign file is an empty memory."""
        try:
            data = json.loads((folder / FILE).read_bytes())
            if data["format"] != FORMAT or data["program"] != program:
                return cls(folder, program)
            pages = {
                str(path): PageFacts(str(key), str(sha256), frozenset(anchors), tuple(links))
                for path, (key, sha256, anchors, links) in data["pages"].items()
            }
            return cls(folder, program, pages, {str(key): int(number) for key, number in data["counts"].items()})
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls(folder, program)

    def write(self) -> None:
        """Keeps it, atomically."""
        pages = {
            path: [facts.key, facts.sha256, sorted(facts.anchors), facts.links]
            for path, facts in self.pages.items()
            if facts.key
        }
        data = {"format": FORMAT, "program": self.program, "pages": pages, "counts": self.counts}
        write_atomically(self.folder / FILE, json.dumps(data, separators=(",", ":")).encode())
