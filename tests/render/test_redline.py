"""Tracked changes: with all accepted the later text, with all rejected the earlier one."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path

import docx
import pytest
from lxml import etree

from policybook.compare import compare, witness_of_document, witness_of_policy
from policybook.domain.comparison import Reading, Witness
from policybook.domain.error import RenderError
from policybook.domain.inline import Run
from policybook.domain.page import Contents, Heading, Page, Paragraph
from policybook.domain.redline import Redline, Revision
from policybook.domain.resolved import ResolvedPolicy
from policybook.intake import read_document
from policybook.render.docx import write_docx
from policybook.render.docx_identity import IDENTITY
from policybook.render.redline import write_redline
from policybook.report.policy import policy_page
from policybook.report.redline import redline_of
from policybook.workflow.workspace import open_workspace
from render.paper_sample import HOSTILE
from support.tracked import W, document_of, paragraphs_of, resolve_all

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "templates" / "default"
CHANGES = ("ins", "del", "moveFrom", "moveTo", "pPrChange", "moveFromRangeStart", "moveToRangeStart")


@pytest.fixture(scope="module")
def texts() -> dict[str, ResolvedPolicy]:
    """The policies of the example workspace, and the models they follow."""
    workspace = open_workspace(ROOT)
    models = {policy.model.ref: workspace.model(policy.model.ref) for policy in workspace.policies.values()}
    return {**workspace.policies, **models}


def tracked(left: ResolvedPolicy, right: ResolvedPolicy) -> bytes:
    comparison = compare(witness_of_policy("A", left), witness_of_policy("B", right))
    return write_redline(redline_of(comparison, left, right), TEMPLATE)


def clean(policy: ResolvedPolicy) -> bytes:
    """The clean copy without its contents list, which a redline does not have."""
    page = policy_page(policy)
    return write_docx(
        replace(page, blocks=tuple(block for block in page.blocks if not isinstance(block, Contents))), TEMPLATE
    )


def words(content: bytes) -> list[tuple[str, str]]:
    return [(style, text) for style, _, text in paragraphs_of(content)]


def paragraph_pair(old: str, new: str) -> Redline:
    """One paragraph in one place whose number and words differ."""
    runs = (Run("Staff "), Run("may", mark="deleted"), Run("must", mark="inserted"), Run(" ask."))
    before = Paragraph((Run("Staff may ask."),), "number", old)
    blocks = (Heading((Run("Rules"),), number="1"), Paragraph(runs, "number", new))
    return Redline(Page("Rules", blocks), (Revision(), Revision(before=before)), (Run("Rules"),))


def test_accepted_it_is_the_later_text_and_rejected_the_earlier_one(texts: dict[str, ResolvedPolicy]) -> None:
    refs = sorted(texts)
    for left, right in zip(refs, [*refs[3:], *refs[:3]], strict=True):
        content = tracked(texts[left], texts[right])
        assert words(resolve_all(content, "accept")) == words(clean(texts[right])), (left, right)
        assert words(resolve_all(content, "reject")) == words(clean(texts[left])), (left, right)


def test_documents_that_were_never_modelled_come_out_exactly_too(twins: Path) -> None:
    names = ("severn-valley", "gloucestershire-2018", "three-rivers")
    documents = [read_document(twins / f"{name}.txt") for name in names]
    for left, right in zip(documents, [*documents[1:], documents[0]], strict=True):
        comparison = compare(witness_of_document("A", "a", left), witness_of_document("B", "b", right))
        content = write_redline(redline_of(comparison), TEMPLATE)
        alone = redline_of(compare(comparison.right, replace(comparison.right, siglum="C")))
        assert words(resolve_all(content, "accept")) == words(write_redline(alone, TEMPLATE))
        same = redline_of(compare(comparison.left, replace(comparison.left, siglum="C")))
        assert words(resolve_all(content, "reject")) == words(write_redline(same, TEMPLATE))


def test_libreoffice_opens_it_shows_the_changes_and_counts_the_numbers_of_both_texts(
    tmp_path: Path, texts: dict[str, ResolvedPolicy]
) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed; it is what opens the document")
    left, right = texts["luton-hr/social-media-internet@2024-10"], texts["lady-zia-wernher/social-media-internet"]
    content = tracked(left, right)
    files = {
        "redline": content, "later": resolve_all(content, "accept"), "earlier": resolve_all(content, "reject"),
        "right": clean(right), "left": clean(left),
    }  # fmt: skip
    for name, made in files.items():
        (tmp_path / f"{name}.docx").write_bytes(made)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for to, names in (("fodt", ["redline"]), ("txt:Text (encoded):UTF8", ["later", "earlier", "right", "left"])):
        sources = [str(tmp_path / f"{name}.docx") for name in names]
        command = [program, profile, "--headless", "--convert-to", to, "--outdir", str(tmp_path), *sources]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
    shown = (tmp_path / "redline.fodt").read_text(encoding="utf-8")
    assert shown.count("<text:insertion>") > 5
    assert shown.count("<text:deletion>") > 5
    assert shown.count("<dc:creator>policybook</dc:creator>") >= shown.count("<text:changed-region")
    printed = {name: _lines(tmp_path / f"{name}.txt") for name in ("later", "earlier", "right", "left")}
    assert printed["later"] == printed["right"]
    assert printed["earlier"] == printed["left"]


def _lines(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip()]


def test_every_change_has_its_own_id_and_the_author_and_day_that_are_given(texts: dict[str, ResolvedPolicy]) -> None:
    left, right = (texts[ref] for ref in ("three-rivers/acceptable-use", "lady-zia-wernher/social-media-internet"))
    made = redline_of(compare(witness_of_policy("A", left), witness_of_policy("B", right)), left, right)
    root = document_of(write_redline(made, TEMPLATE, author="A. Clerk\n", on=date(2024, 11, 21)))
    found = [one for name in CHANGES for one in root.iter(W + name)]
    assert {one.get(f"{W}author") for one in found} == {"A. Clerk"}
    assert {one.get(f"{W}date") for one in found} == {"2024-11-21T12:00:00Z"}
    ids = [one.get(f"{W}id") for one in (*found, *root.iter(f"{W}bookmarkStart"))]
    assert len(ids) == len(set(ids))


def test_a_move_is_a_move_in_word_with_one_name_for_both_places() -> None:
    moved, other = Paragraph((Run("Staff ask first."),)), Paragraph((Run("Nobody else does."),))
    blocks = (moved, other, moved)
    revisions = (Revision("deleted", move=1), Revision(), Revision("inserted", move=1))
    content = write_redline(Redline(Page("Rules", blocks), revisions, (Run("Rules"),)), TEMPLATE)
    root = document_of(content)
    names = [one.get(f"{W}name") for kind in ("moveFrom", "moveTo") for one in root.iter(f"{W}{kind}RangeStart")]
    assert names == ["move1", "move1"]
    assert len(list(root.iter(f"{W}moveFromRangeEnd"))) == len(list(root.iter(f"{W}moveToRangeEnd"))) == 1
    assert [text for _, text in words(resolve_all(content, "accept"))][1:] == ["Nobody else does.", "Staff ask first."]
    assert [text for _, text in words(resolve_all(content, "reject"))][1:] == ["Staff ask first.", "Nobody else does."]


@pytest.mark.parametrize(
    ("old", "new", "is_property_change"), [("1.1", "1.1", False), ("1.2", "1.1", True), ("1.1", "(b)", True)]
)
def test_a_number_that_differs_by_more_than_its_place_is_kept_for_both(
    old: str, new: str, is_property_change: bool
) -> None:
    root = document_of(write_redline(paragraph_pair(old, new), TEMPLATE))
    assert (root.find(f".//{W}pPrChange") is not None) is is_property_change


def test_a_number_in_plain_words_is_an_insertion_or_a_deletion() -> None:
    content = write_redline(paragraph_pair("1bis", "1ter"), TEMPLATE)
    assert words(resolve_all(content, "accept"))[-1][1] == "1ter\tStaff must ask."
    assert words(resolve_all(content, "reject"))[-1][1] == "1bis\tStaff may ask."


def test_properties_of_paragraphs_and_rows_stand_in_the_order_that_word_demands(
    texts: dict[str, ResolvedPolicy],
) -> None:
    order = ["pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr", "pBdr", "shd", "tabs",
             "suppressAutoHyphens", "spacing", "ind", "jc", "outlineLvl", "rPr", "sectPr", "pPrChange"]  # fmt: skip
    for left, right in permutations(sorted(texts)[:3], 2):
        root = document_of(tracked(texts[left], texts[right]))
        for properties in root.iter(f"{W}pPr"):
            places = [order.index(etree.QName(child).localname) for child in properties]
            assert places == sorted(set(places)), etree.tostring(properties)
        for properties in root.iter(f"{W}trPr"):
            assert [etree.QName(child).localname for child in properties][1:] in (
                [], ["ins"], ["del"], ["tblHeader"], ["tblHeader", "ins"], ["tblHeader", "del"],
            )  # fmt: skip
        assert not [one for mark in root.iter(f"{W}del") for one in mark.iter(f"{W}t")]


def test_the_same_texts_make_the_same_bytes_and_python_docx_opens_them(texts: dict[str, ResolvedPolicy]) -> None:
    left, right = texts["three-rivers/acceptable-use"], texts["severn-valley/staff-ict-social-media"]
    content = tracked(left, right)
    assert content == tracked(left, right)
    assert docx.Document(io.BytesIO(content)).core_properties.title == right.model.title


def test_a_redline_without_a_title_is_refused() -> None:
    with pytest.raises(RenderError, match="no title"):
        write_redline(Redline(Page("", ()), (), ()), TEMPLATE)


def test_a_document_knows_its_policy_its_words_and_where_each_clause_stands(texts: dict[str, ResolvedPolicy]) -> None:
    policy = texts["lady-zia-wernher/social-media-internet"]
    content = write_docx(policy_page(policy), TEMPLATE)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        identity = etree.fromstring(archive.read("customXml/item1.xml"))
        relations = archive.read("word/_rels/document.xml.rels").decode()
        kinds = archive.read("[Content_Types].xml").decode()
        custom = archive.read("docProps/custom.xml").decode()
    assert identity.tag == f"{{{IDENTITY}}}policy"
    assert identity.get("policy") == policy.ref
    assert identity.get("exact", "").startswith("exact-v1:")
    assert identity.get("exact", "") in custom
    assert [one.get("id") for one in identity] == [clause.id for clause in policy.clauses]
    assert all(one.get("match", "").startswith("match-v1:") for one in identity)
    names = {one.get(f"{W}name") for one in document_of(content).iter(f"{W}bookmarkStart")}
    named = [one.get("bookmark") for one in identity if one.get("bookmark")]
    assert len(named) > len(identity) * 0.9
    assert set(named) <= names
    assert '"../customXml/item1.xml"' in relations
    assert "/customXml/itemProps1.xml" in kinds


def test_a_page_that_is_no_policy_has_no_map_of_clauses() -> None:
    with zipfile.ZipFile(io.BytesIO(write_docx(Page("A list", ()), TEMPLATE))) as archive:
        assert not [name for name in archive.namelist() if name.startswith("customXml")]


def test_hostile_words_stay_words_on_both_sides() -> None:
    def witness(siglum: str, texts: tuple[str, ...]) -> Witness:
        return Witness(siglum, siglum, "<w:p/>", tuple(Reading(text, None, "=1", "paragraph") for text in texts))

    left, right = witness("A", HOSTILE), witness("B", tuple(f"{text} \u2029 </w:t>" for text in reversed(HOSTILE)))
    content = write_redline(redline_of(compare(left, right)), TEMPLATE, author="\x00<w:ins>")
    later, earlier = (write_redline(redline_of(compare(one, one)), TEMPLATE) for one in (right, left))
    assert words(resolve_all(content, "accept")) == words(later)
    assert words(resolve_all(content, "reject")) == words(earlier)
    docx.Document(io.BytesIO(content))
