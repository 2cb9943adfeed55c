from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from policybook.domain.error import RenderError
from policybook.domain.inline import Run
from policybook.domain.page import Block, Callout, Cell, Contents, Heading, Page, PageBreak, Paragraph, Table
from policybook.render.docx import write_docx
from policybook.render.docx_numbering import plan_numbers
from policybook.render.docx_pages import heading_pages
from policybook.render.docx_run import bookmark_names
from render.paper_sample import HOSTILE, HOSTILE_LINKS, comparison, hostile, policy, sentence

TEMPLATE = Path(__file__).parents[2] / "templates" / "default"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

# What must be printed, in order: "# 1" is a heading, ">(a)" stands one depth in.
NUMBERINGS = {
    "decimal": "# 1; 1.1; 1.1.1; 1.1.2; 1.2; # 2; 2.1; 2.2",
    "parts_with_full_stops": "# 1.; 1.1; 1.2; # 2.; 2.1",
    "all_with_full_stops": "# 9.; 9.1.; 9.2.; # 10.; 10.1.",
    "parts_with_zero": "# 1.0; 1.1; 1.2; # 2.0; 2.1",
    "gaps": "# 1; 1.1; 1.4; 1.5; # 2; 2.1; # 7; 7.1; # 8; 8.2; 8.2.1; # 9; 9.1",
    "backwards": "# 1; 1.2; 1.1; 1.2; # 1; 1.1",
    "no_part_printed": "6.2; 6.3; # 7; 7.1; 9.9; 7.2",
    "flat": "1; 2; >(a); >(b); 3; 5; 6",
    "letters": "# 1; 1.1; >(a); >(b); 1.2; >(a); >>(i); >>(ii); >(b); >>(i); 1.3; >(d)",
    "letters_past_i": ">(a); >(b); >(c); >(d); >(e); >(f); >(g); >(h); >(i); >(j)",
    "romans": ">(i); >(ii); >(iii); >(iv); >(v); >(vi); >(vii); >(viii); >(ix); >(x); >(xi)",
    "letters_of_other_shapes": "a.; b.; >c); >A); >B); c.",
    "steps_under_clauses": "# 3; 3.1; >1.; >2.; 3.2; >1.; # 4; 4.1",
    "schedules": "# 1; 1.1; # Appendix A; A.1; A.2; # Appendix B; B.1; 1",
    "schedules_by_number": "# 1; # Appendix 1; (a); # Appendix 2; # Schedule C; C1; C2",
    "schedules_by_letter_alone": "# 1; 1.1; # A; A1; # B; B1",
    "no_number_a_list_makes": "# 1bis; § 4; 1.01; A1/3; # Part one; 99999.1; %1",
    "deep": "# 1; 1.1; 1.1.1; >1.1.1.1; >>1.1.1.1.1; >1.1.1.2; 1.1.2",
}


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed; it is what prints the numbers")
    return tmp_path_factory.mktemp("office"), program


def convert(office: tuple[Path, str], pages: dict[str, Page], to: str) -> dict[str, Path]:
    """LibreOffice's own print of each page, all in one run of it."""
    folder, program = office
    for name, page in pages.items():
        (folder / f"{name}.docx").write_bytes(write_docx(page, TEMPLATE))
    files = [str(folder / f"{name}.docx") for name in pages]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", to, "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return {name: folder / f"{name}.{to.partition(':')[0]}" for name in pages}


def numbers_in(numbering: str) -> list[str]:
    return [one.strip().lstrip("#> ") for one in numbering.split(";")]


def numbered_page(numbering: str) -> Page:
    blocks: list[Block] = []
    for place, (one, number) in enumerate(zip(numbering.split(";"), numbers_in(numbering), strict=True)):
        runs = sentence(f"word{place} ends here.")
        if one.strip().startswith("#"):
            blocks.append(Heading(runs, number=number))
        else:
            blocks.append(Paragraph(runs, "letter" if number.startswith("(") else "number", number, one.count(">")))
    return Page("Numbers", tuple(blocks))


def body_of(page: Page) -> etree._Element:
    return part(write_docx(page, TEMPLATE), "word/document.xml")


def part(content: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def words_in(element: etree._Element) -> str:
    pieces = {f"{W}br": "\n", f"{W}tab": "\t"}
    inside = (one for run in element.iter(f"{W}r") for one in run)
    return "".join(one.text or "" if one.tag == f"{W}t" else pieces.get(str(one.tag), "") for one in inside)


def values(element: etree._Element, path: str, attribute: str = "val") -> list[str]:
    return [
        one.get(f"{W}{attribute}", "")
        for one in element.iterfind(".//" + "/".join(f"{W}{step}" for step in path.split("/")))
    ]


def test_libreoffice_prints_exactly_the_numbers_of_the_page(office: tuple[Path, str]) -> None:
    pages = {name: numbered_page(numbering) for name, numbering in NUMBERINGS.items()}
    for name, path in convert(office, pages, "txt:Text (encoded):UTF8").items():
        text = path.read_text(encoding="utf-8-sig")
        wanted = numbers_in(NUMBERINGS[name])
        printed = [re.search(rf"^(.*?)\s*\bword{place} ends", text, re.M) for place in range(len(wanted))]
        assert [found and found[1].strip() for found in printed] == wanted, name


@pytest.mark.parametrize(
    ("name", "literal"),
    [
        ("decimal", []), ("gaps", []), ("letters", []), ("schedules", []), ("deep", []), ("steps_under_clauses", []),
        ("no_part_printed", ["6.2", "6.3", "9.9"]),
        ("no_number_a_list_makes", ["1bis", "§ 4", "1.01", "A1/3", "Part one", "99999.1", "%1"]),
    ],
)  # fmt: skip
def test_only_numbers_that_no_list_can_print_are_plain_words(name: str, literal: list[str]) -> None:
    plan = plan_numbers(numbered_page(NUMBERINGS[name]))
    assert [label.literal for label in plan.labels if label and label.literal] == literal


def test_a_document_without_gaps_needs_one_list_and_its_headings_get_it_from_their_style() -> None:
    content = write_docx(numbered_page(NUMBERINGS["decimal"]), TEMPLATE)
    assert len(part(content, "word/numbering.xml").findall(f"{W}num")) == 1
    linked = [one for one in part(content, "word/styles.xml").iter(f"{W}style") if values(one, "pPr/numPr/numId")]
    assert [one.get(f"{W}styleId") for one in linked] == ["Heading1", "Clause2", "Clause3", "Clause4"]
    assert values(part(content, "word/document.xml"), "numId") == []


def test_contents_name_the_pages_on_which_libreoffice_sets_the_headings(office: tuple[Path, str]) -> None:
    pages = {f"policy{variant}": policy(variant, parts) for variant, parts in enumerate((9, 6, 3))}
    for name, path in convert(office, pages, "pdf").items():
        printed = pypdfium2.PdfDocument(path)
        texts = [printed[number].get_textpage().get_text_bounded() for number in range(len(printed))]
        printed.close()
        for index, expected in heading_pages(pages[name]).items():
            heading = pages[name].blocks[index]
            assert isinstance(heading, Heading)
            found = [
                number
                for number, text in enumerate(texts, 1)
                if re.search(rf"{heading.number}\s+{heading.runs[0].text}", text)
            ]
            assert found[-1] == expected, (name, heading.number)


def test_the_contents_field_holds_its_entries_and_asks_nothing() -> None:
    content = write_docx(policy(), TEMPLATE)
    document = part(content, "word/document.xml")
    entries = [one for one in document.iter(f"{W}p") if values(one, "pPr/pStyle") == ["TOC1"]]
    assert words_in(entries[5]).rsplit("\t", 1)[0] == "6\tSafeguarding children and contact with past pupils"
    assert [int(words_in(entry).rsplit("\t", 1)[1]) for entry in entries] == sorted(heading_pages(policy()).values())
    instructions = [one.text or "" for one in document.iter(f"{W}instrText")]
    assert instructions[0].split() == ["TOC", "\\o", '"1-1"', "\\h", "\\z", "\\u"]
    names = set(values(document, "bookmarkStart", "name"))
    assert {one.split()[1] for one in instructions if "PAGEREF" in one} <= names
    assert not values(document, "fldChar", "dirty")[0]
    assert part(content, "word/settings.xml").find(f"{W}updateFields") is None
    kinds = values(document, "fldChar", "fldCharType")
    assert kinds.count("begin") == kinds.count("end") == kinds.count("separate")


def test_word_documents_have_the_structure_that_screen_readers_use() -> None:
    content = write_docx(policy(), TEMPLATE)
    document, styles = part(content, "word/document.xml"), part(content, "word/styles.xml")
    opened = docx.Document(io.BytesIO(content))
    headings = [one for one in opened.paragraphs if one.style and one.style.name == "Heading 1"]
    assert [one.text for one in headings][:2] == ["Introduction", "Scope and who this policy applies to"]
    assert values(styles, "outlineLvl")[:2] == ["0", "1"]
    assert set(values(styles, "lang")) == {"en-GB"}
    assert opened.core_properties.title == "Social media and internet acceptable use"
    assert opened.core_properties.language == "en-GB"
    assert opened.core_properties.author == "Oakfield Primary School"
    control, equipment = opened.tables
    assert values(control._tbl, "tblCaption") == ["About this policy"]
    assert values(equipment._tbl, "tblLook", "firstRow") == ["1"]
    heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in equipment._tbl.tr_lst]
    assert heads == [True, False, False, False]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in equipment._tbl.tr_lst)
    assert values(document, "pStyle").count("Title") == 1


def test_a_table_says_whether_its_first_column_heads_the_rows() -> None:
    words = Cell((sentence("words"),))
    headed, plain_one = (
        Table("t", ("a", "b"), ((replace(words, heading=is_head), words),)) for is_head in (True, False)
    )
    document = part(write_docx(Page("Tables", (headed, plain_one)), TEMPLATE), "word/document.xml")
    assert values(document, "tblLook", "firstColumn") == ["1", "0"]


def test_each_anchor_is_a_bookmark_about_its_words_and_links_lead_there() -> None:
    document = body_of(policy())
    names = values(document, "bookmarkStart", "name")
    assert len(names) == len({name.casefold() for name in names})
    assert {"introduction", "safeguarding.rule-2", "acknowledgement.form"} <= set(names)
    assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.\-]{0,39}", name) for name in names)
    assert "introduction" in values(document, "hyperlink", "anchor")
    targets = part(write_docx(policy(), TEMPLATE), "word/_rels/document.xml.rels")
    external = [one.get("Target") for one in targets if one.get("TargetMode") == "External"]
    assert external == ["https://example.org/guidance?a=1&b=2", "mailto:office@example.org"]


@given(st.lists(st.text(), unique=True))
def test_bookmark_names_are_legal_unlike_and_the_same_every_time(anchors: list[str]) -> None:
    names = bookmark_names(anchors)
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_.\-]{0,39}", name) for name in names.values())
    assert len({name.casefold() for name in names.values()}) == len(anchors)
    assert names == bookmark_names(anchors)


def test_hostile_words_stay_words_and_hostile_links_go_nowhere() -> None:
    content = write_docx(hostile(), TEMPLATE)
    document = part(content, "word/document.xml")
    text = words_in(document)
    assert all(words in text for words in HOSTILE[:4])
    assert "bell\ufffdnull\ufffdend" in text
    assert "safe⟦U+202E⟧txet⟦U+202C⟧⟦U+2066⟧iso⟦U+2069⟧" in text
    assert "a\nb\nc\nd" in text
    targets = part(content, "word/_rels/document.xml.rels")
    assert [one.get("Target") for one in targets if one.get("TargetMode") == "External"] == []
    assert len(HOSTILE_LINKS) == text.count("click")
    assert docx.Document(io.BytesIO(content)).core_properties.title == "=title <w:p/>"
    assert all(
        code.split()[0] in {"TOC", "PAGEREF"} for code in (one.text or "" for one in document.iter(f"{W}instrText"))
    )


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_words_make_a_document_that_opens(words: str, number: str) -> None:
    page = Page(
        "t", (Heading(sentence(words), number=number), Paragraph(sentence(words), "number", number, 1, words, number))
    )
    docx.Document(io.BytesIO(write_docx(page, TEMPLATE)))


def test_the_same_page_makes_the_same_bytes() -> None:
    assert write_docx(policy(), TEMPLATE) == write_docx(policy(), TEMPLATE)


def test_changes_are_said_with_signs_as_well_as_shown_and_the_signs_are_explained_once() -> None:
    text = words_in(body_of(comparison(3)))
    assert "under [−18] outside" in text
    assert "under [+19] outside" in text
    assert text.count("Signs: [+words] were added, [−words] were taken out.") == 1
    assert "Signs:" not in words_in(body_of(policy()))


def test_a_landscape_page_lies_on_its_side() -> None:
    size = body_of(comparison(1)).find(f".//{W}pgSz")
    assert size is not None
    assert (size.get(f"{W}w"), size.get(f"{W}h"), size.get(f"{W}orient")) == ("16838", "11906", "landscape")


def test_header_stands_from_the_second_page_and_the_footer_counts_the_pages() -> None:
    content = write_docx(policy(), TEMPLATE)
    assert words_in(part(content, "word/headerFirst.xml")) == ""
    assert words_in(part(content, "word/header.xml")).startswith("Social media")
    footer = part(content, "word/footer.xml")
    assert words_in(footer) == "Version 2024-10, approved on 21 November 2024\tPage 1 of 1"
    assert [(one.text or "").strip() for one in footer.iter(f"{W}instrText")] == ["PAGE", "NUMPAGES"]


def test_properties_of_the_page_are_properties_of_the_file() -> None:
    custom = part(write_docx(policy(), TEMPLATE), "docProps/custom.xml")
    assert [(one.get("name"), one[0].text) for one in custom] == list(policy().properties)


def test_a_page_break_goes_before_whatever_follows_it() -> None:
    table = Table("", ("Head",), ((Cell((sentence("x"),)),),))
    for block in (Heading(sentence("x")), Paragraph(sentence("x")), table, Callout("Note", sentence("x")), Contents()):
        document = body_of(Page("t", (PageBreak(), block)))
        assert len(document.findall(f".//{W}pageBreakBefore")) == 1, block


def test_paragraph_properties_stand_in_the_order_that_word_demands() -> None:
    order = ["pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr", "pBdr", "shd", "tabs",
             "suppressAutoHyphens", "spacing", "ind", "jc", "outlineLvl", "rPr"]  # fmt: skip
    for page in (policy(), comparison(2), hostile()):
        content = write_docx(page, TEMPLATE)
        for name in ("word/document.xml", "word/styles.xml", "word/footer.xml"):
            for properties in part(content, name).iter(f"{W}pPr"):
                places = [order.index(str(child.tag).removeprefix(W)) for child in properties]
                assert places == sorted(places), etree.tostring(properties)


def test_a_blank_and_an_aside_look_unlike_the_words_of_the_rule() -> None:
    runs = (Run("Ask "), Run("", blank=True, parameter="lead"), Run("."))
    document = body_of(Page("t", (Paragraph(runs, aside="our wording"),)))
    assert values(document, "r/rPr/rStyle") == ["Blank", "Aside"]
    assert words_in(document).endswith("Ask [lead].\u2002our wording")


@pytest.mark.parametrize("content", [None, "<w:styles", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_a_broken_template_is_told_with_its_file_and_how_to_mend_it(tmp_path: Path, content: str | None) -> None:
    shutil.copytree(TEMPLATE / "docx", tmp_path / "docx")
    (tmp_path / "docx" / "styles.xml").unlink()
    if content is not None:
        (tmp_path / "docx" / "styles.xml").write_text(content, encoding="utf-8")
    with pytest.raises(RenderError, match=r"styles\.xml") as caught:
        write_docx(policy(), tmp_path)
    assert str(tmp_path) in caught.value.where
    assert caught.value.mend


def test_a_page_without_a_title_is_refused() -> None:
    with pytest.raises(RenderError, match="no title"):
        write_docx(Page("  ", ()), TEMPLATE)


def test_a_heading_inside_a_long_table_is_never_the_last_row_of_a_page() -> None:
    rows = [(Cell(((Run("1"),),), heading=True), Cell(((Run("Rules", bold=True),),)))]
    rows += [(Cell(((Run("1.1"),),), heading=True), Cell(((Run("Be kind."),),)))] * 7
    rows += [(Cell(()), Cell(((Run(" "),),)))] * 2  # empty lines to write on are no headings
    body = body_of(Page("Both texts", (Table("Every section", ("No.", "Words"), (*rows, rows[-1])),)))
    kept = [row.find(".//{*}keepNext") is not None for row in body.iter("{*}tr")]
    assert kept == [True, True, *[False] * 10]
