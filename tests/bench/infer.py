# ruff: noqa: T201 - a command: it prints
"""How long it takes to infer an adoption from a document that has been read, of any document against any model.

`python tests/bench/infer.py` prints the CPU time of each in milliseconds, best of five, and the longest of all.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from time import process_time

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools")]

from bench.gold import SHARED, TWINS  # noqa: E402
from policybook.domain.adoption import School  # noqa: E402
from policybook.domain.model import ModelVersion, Publisher  # noqa: E402
from policybook.domain.source import SourceDocument  # noqa: E402
from policybook.intake import read_document  # noqa: E402
from policybook.intake.draft import draft_model  # noqa: E402
from policybook.intake.draft_name import names_in  # noqa: E402
from policybook.store import read_workspace  # noqa: E402
from policybook.workflow.adopt import infer_from  # noqa: E402

TIMES = 5


def main() -> None:
    """Prints a line for each document and model, then how many there were and the longest."""
    documents = {file.stem[:20]: read_document(file) for file in _files()}
    spent: list[float] = []
    for ref, model in _models(documents):
        for name, document in documents.items():
            milliseconds = 1_000 * min(_seconds(document, model) for _ in range(TIMES))
            spent.append(milliseconds)
            print(f"{name:<22}{ref:<45}{milliseconds:6.0f} ms")
    print(
        f"{len(spent)} inferences, the longest {max(spent):.0f} ms, the median {sorted(spent)[len(spent) // 2]:.0f} ms"
    )


def _files() -> list[Path]:
    real = sorted((SHARED / "policies").glob("*.txt"))
    return real or sorted(TWINS.glob("*.txt"))


def _models(documents: dict[str, SourceDocument]) -> Iterator[tuple[str, ModelVersion]]:
    for name, document in documents.items():
        yield name, draft_model(document, "hr/policy", "1", Publisher("hr", "HR", "other")).model
    yield from sorted(read_workspace(ROOT)[0].models.items())


def _seconds(document: SourceDocument, model: ModelVersion) -> float:
    said = names_in(document)
    school = School("a-school", said.school or "Oak School", "school", said.short or said.school or "Oak School")
    start = process_time()
    infer_from(document, model, school, "")
    return process_time() - start


if __name__ == "__main__":
    main()
