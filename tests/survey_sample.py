"""A folder of documents to survey: copies of one of the example's models, each with edits of its own."""

from __future__ import annotations

from pathlib import Path

from bench.survey import write_text, write_word
from bench.synthetic import adopt
from conftest import ROOT
from policybook.compare import witness_of_policy
from policybook.workflow.survey_stream import Item
from policybook.workflow.survey_task import SurveyModel, survey_document
from policybook.workflow.workspace import open_workspace

SURVEY_MODEL = "luton-hr/social-media-internet"


def hang_on_marked(model: SurveyModel, item: Item) -> bytes:
    """What the survey asks of a document, but one that says so never ends."""
    while b"THIS NEVER ENDS" in item[1]:
        pass
    return survey_document(model, item)


def write_documents(folder: Path, count: int) -> Path:
    """So many documents, every fourth a Word file, each school's in a folder of its own."""
    base = witness_of_policy("A", open_workspace(ROOT).model(f"{SURVEY_MODEL}@2024-10"))
    for seed in range(count):
        write, ending = (write_word, "docx") if seed % 4 == 3 else (write_text, "txt")
        file = folder / f"school-{seed}" / f"policy.{ending}"
        file.parent.mkdir(parents=True)
        file.write_bytes(write(adopt(base, seed, 1).pieces))
    return folder
