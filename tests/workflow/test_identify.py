"""`identify`: every adoption is known again after edits, and texts that follow no model are not taken for one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from policybook.cli import main
from policybook.domain.resolved import ResolvedPolicy
from policybook.render.docx import write_docx
from policybook.report.policy import policy_page
from policybook.store import find_template
from policybook.workflow.identify import identify_document
from policybook.workflow.workspace import open_workspace

ADOPTIONS = [
    "example-trust/social-media-ict",
    "gloucestershire-2018/staff-ict-social-media",
    "lady-zia-wernher/social-media-internet",
    "severn-valley/staff-ict-social-media",
    "three-rivers/acceptable-use",
]


def _clauses(policy: ResolvedPolicy) -> list[str]:
    return [f"# {clause.text}" if clause.depth == 0 else clause.text for clause in policy.clauses]


def _edited(texts: list[str]) -> list[str]:
    """Every seventh clause gone, every fifth reworded at its end, and two of the school's own added."""
    kept = [text for index, text in enumerate(texts) if index % 7 != 3]
    changed = [f"{text} This is so at all times." if index % 5 == 2 else text for index, text in enumerate(kept)]
    return [*changed, "The pond is out of bounds.", "Bicycles are left behind the kitchen and locked there."]


@pytest.mark.parametrize("ref", ADOPTIONS)
@pytest.mark.parametrize("change", ["as it is", "edited"])
def test_an_adoption_as_text_is_known_again(example: Path, tmp_path: Path, ref: str, change: str) -> None:
    policy = open_workspace(example).policies[ref]
    texts = _clauses(policy) if change == "as it is" else _edited(_clauses(policy))
    file = tmp_path / "received.md"
    file.write_text("\n\n".join(texts), encoding="utf-8")
    identity = identify_document(file, example)
    assert (identity.model, identity.version) == (policy.model.id, policy.model.version)
    assert identity.adoption == ref
    assert identity.confidence > 0.7
    if change == "edited":
        assert identity.altered


@pytest.mark.parametrize("ref", ADOPTIONS)
def test_a_word_file_that_we_built_says_what_it_is_and_that_it_was_not_altered(
    example: Path, tmp_path: Path, ref: str
) -> None:
    policy = open_workspace(example).policies[ref]
    file = tmp_path / "built.docx"
    file.write_bytes(write_docx(policy_page(policy), find_template(example)))
    identity = identify_document(file, example)
    assert identity.adoption == ref
    assert identity.altered is False
    assert dict(identity.marked)["policy"] == ref


def test_a_word_file_that_we_built_and_somebody_altered_says_so(example: Path, tmp_path: Path) -> None:
    from docx import Document

    policy = open_workspace(example).policies[ADOPTIONS[2]]
    file = tmp_path / "built.docx"
    file.write_bytes(write_docx(policy_page(policy), find_template(example)))
    document = Document(str(file))
    run = next(run for paragraph in document.paragraphs for run in paragraph.runs if "nineteen" in run.text)
    run.text = run.text.replace("nineteen", "eighteen")
    document.save(str(file))
    identity = identify_document(file, example)
    assert identity.altered is True
    assert identity.adoption == ADOPTIONS[2]


TWINS = [
    ("academy-trust", None),
    ("gloucestershire-2018", None),
    ("lady-zia-wernher", "luton-hr/social-media-internet"),  # most of its clauses are those of the example model
    ("severn-valley", None),
    ("three-rivers", None),
]


@pytest.mark.parametrize(("name", "model"), TWINS)
def test_a_twin_follows_a_model_only_where_it_has_its_words(
    example: Path, twins: Path, name: str, model: str | None
) -> None:
    assert identify_document(twins / f"{name}.txt", example).model == model


UNRELATED = [
    "The kettle is emptied every evening. Nobody leaves cups in the sink. The fridge is cleaned on Fridays.",
    "Staff have to follow the school's policies. Pupils must be kept safe at all times. This policy is reviewed.",
    "x",
]


@pytest.mark.parametrize("text", UNRELATED)
def test_unrelated_texts_follow_none(example: Path, tmp_path: Path, text: str) -> None:
    file = tmp_path / "other.txt"
    file.write_text(text, encoding="utf-8")
    identity = identify_document(file, example)
    assert identity.model is None
    assert "none" in identity.verdict


def test_sentences_that_several_models_share_do_not_prove_one(example: Path, tmp_path: Path) -> None:
    """A document made of what two models say alike, among words of its own, follows neither."""
    workspace = open_workspace(example)
    policy = workspace.policies[ADOPTIONS[0]]
    sentences = [clause.text for clause in policy.clauses if len(clause.text.split()) > 8][:3]
    own = [f"Paragraph {word} speaks of gardens, ponds, hens and bees, and of nothing else." for word in "abcdefghijkl"]
    file = tmp_path / "mixed.md"
    file.write_text("\n\n".join([*own, *sentences]), encoding="utf-8")
    assert identify_document(file, example).model is None


def test_identify_prints_a_verdict_and_keeps_the_contract_of_its_json(example: Path, twins: Path) -> None:
    arguments = ["-w", str(example), "identify", str(twins / "lady-zia-wernher.txt")]
    text = CliRunner().invoke(main, arguments)
    assert text.exit_code == 0
    assert "It follows luton-hr/social-media-internet, version 2024-10" in text.output
    data = json.loads(CliRunner().invoke(main, [*arguments, "--to", "json"]).stdout)
    assert set(data) == {
        "schema", "file", "model", "version", "adoption", "organisation", "confidence", "altered", "marked", "verdict",
        "reasons", "candidates",
    }  # fmt: skip
    none = CliRunner().invoke(main, ["-w", str(example), "identify", str(twins / "severn-valley.txt")])
    assert none.exit_code == 1
