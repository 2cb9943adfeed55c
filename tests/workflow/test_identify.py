"""`identify`: every adoption is known again after edits, and texts that follow no model are not taken for one."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document
from docx.text.paragraph import Paragraph

from policybook.cli import main
from policybook.domain.identity import Identity
from policybook.domain.resolved import ResolvedPolicy
from policybook.render.docx import write_docx
from policybook.render.pdf import write_pdf
from policybook.report.policy import policy_page
from policybook.store import find_template
from policybook.workflow.identify import identify_document
from policybook.workflow.workspace import open_workspace
from support.office import save_as

ADOPTIONS = [
    "example-trust/social-media-ict",
    "gloucestershire-2018/staff-ict-social-media",
    "lady-zia-wernher/social-media-internet",
    "severn-valley/staff-ict-social-media",
    "three-rivers/acceptable-use",
]

LADY = ADOPTIONS[2]
MODEL = "luton-hr/social-media-internet/2024-10"


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


@pytest.fixture
def built(example: Path, tmp_path: Path) -> Path:
    """The Word file of one adoption, as we build it."""
    return _build(example, tmp_path / "built.docx")


def _build(example: Path, file: Path, **properties: str) -> Path:
    page = policy_page(open_workspace(example).policies[LADY])
    told = tuple({**dict(page.properties), **properties}.items())
    file.write_bytes(write_docx(replace(page, properties=told), find_template(example)))
    return file


def _edit(file: Path) -> None:
    """In Word: an age changed, one bullet taken out, one moved two down, a paragraph of the school's own put in."""
    document = Document(str(file))
    by_words = {paragraph.text: paragraph for paragraph in document.paragraphs}
    run = next(run for paragraph in document.paragraphs for run in paragraph.runs if "nineteen" in run.text)
    run.text = run.text.replace("nineteen", "eighteen")
    _starting(by_words, "New apps appear")._p.getparent().remove(_starting(by_words, "New apps appear")._p)
    _starting(by_words, "show staff")._p.addnext(_starting(by_words, "keep children")._p)
    _starting(by_words, "The governing body reviews").insert_paragraph_before("The pond is out of bounds.")
    document.save(str(file))


def _starting(by_words: dict[str, Paragraph], words: str) -> Paragraph:
    return next(paragraph for text, paragraph in by_words.items() if text.startswith(words))


def _told(identity: Identity) -> list[tuple[str, str | None]]:
    return [(entry.kind, entry.clause) for entry in identity.alterations]


EDITED = [
    ("moved", "purpose.children"),
    ("added", None),
    ("reworded", "safeguarding.past-pupils"),
    ("gone", "introduction.unlisted"),
]
WAYS = {"word": (), "libreoffice": ("docx",), "odt": ("odt",), "odt and back": ("odt", "docx")}


@pytest.mark.parametrize("way", WAYS)
def test_what_was_altered_by_hand_is_told_clause_by_clause_whatever_program_saved_it(
    example: Path, built: Path, way: str
) -> None:
    _edit(built)
    for step, kind in enumerate(WAYS[way]):
        built = save_as(built, built.with_name(f"saved{step}.{kind}"))
    identity = identify_document(built, example)
    assert (identity.adoption, identity.version, identity.altered) == (LADY, "2024-10", True)
    assert _told(identity) == EDITED
    reworded = identity.alterations[2]
    assert "under nineteen" in reworded.before
    assert "under eighteen" in reworded.after


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_saving_in_libreoffice_alters_nothing(example: Path, built: Path, kind: str) -> None:
    assert identify_document(save_as(built, built.with_name(f"saved.{kind}")), example).altered is False


def test_a_reworded_clause_is_known_by_its_bookmark_where_the_printed_words_are_no_longer_kept(
    example: Path, built: Path
) -> None:
    """The record has other words today, and no edition has the old ones: the file itself says which clause it is."""
    document = Document(str(built))
    run = next(run for paragraph in document.paragraphs for run in paragraph.runs if "nineteen" in run.text)
    run.text = "Ask the office about everything else that is not said here."
    document.save(str(built))
    _replace(
        example / "clauses" / "adoptions" / LADY / "adoption.yaml",
        "past_pupil_age_limit: 19",
        "past_pupil_age_limit: 20",
    )
    _replace(example / "clauses" / "models" / MODEL / "policy.yaml", "default: 19", "default: 20")
    identity = identify_document(built, example)
    assert _told(identity) == [("reworded", "safeguarding.past-pupils")]
    assert identity.alterations[0].before == ""
    assert any("record was changed" in reason for reason in identity.reasons)


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_two_paragraphs_made_one_and_one_made_two_are_no_other_words(example: Path, built: Path) -> None:
    document = Document(str(built))
    by_words = {paragraph.text: paragraph for paragraph in document.paragraphs}
    first, second = _starting(by_words, "The school's mobile phone"), _starting(by_words, "Social media means")
    first.add_run(f" {second.text}")
    second._p.getparent().remove(second._p)
    whole = _starting(by_words, "Nothing posted online")
    head, tail = whole.text.split(". ", 1)
    whole.runs[0].text = f"{head}."
    for run in whole.runs[1:]:
        run.text = ""
    whole._p.addnext(deepcopy(whole._p))
    whole._p.getnext().xpath(".//w:t")[0].text = tail
    document.save(str(built))
    assert identify_document(built, example).alterations == ()


def test_a_file_of_an_older_version_is_superseded(example: Path, tmp_path: Path) -> None:
    identity = identify_document(_build(example, tmp_path / "old.docx", version="2022-09"), example)
    assert (identity.version, identity.superseded_by) == ("2022-09", "2024-10")
    assert any(reason.startswith("superseded") for reason in identity.reasons)


def test_a_file_emptied_and_used_for_another_text_is_not_believed(example: Path, built: Path) -> None:
    document = Document(str(built))
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            run.text = ""
    document.add_paragraph("Hens are fed at eight. Nobody lets them out before the gate is shut.")
    document.save(str(built))
    identity = identify_document(built, example)
    assert identity.model is None
    assert any("not the words" in reason for reason in identity.reasons)


def test_a_file_that_names_an_unknown_policy_is_judged_by_its_words(example: Path, tmp_path: Path) -> None:
    identity = identify_document(_build(example, tmp_path / "other.docx", policy="nobody/nothing"), example)
    assert identity.adoption == LADY
    assert any("nobody/nothing" in reason for reason in identity.reasons)


def test_a_pdf_that_we_built_says_what_it_is(example: Path, tmp_path: Path) -> None:
    file = tmp_path / "built.pdf"
    file.write_bytes(write_pdf(policy_page(open_workspace(example).policies[LADY]), find_template(example)))
    identity = identify_document(file, example)
    assert (identity.adoption, identity.version, identity.alterations) == (LADY, "2024-10", ())
    assert "built from" in identity.reasons[0]


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
        "reasons", "superseded_by", "alterations", "candidates",
    }  # fmt: skip
    none = CliRunner().invoke(main, ["-w", str(example), "identify", str(twins / "severn-valley.txt")])
    assert none.exit_code == 1
