from __future__ import annotations

import ctypes
import re
import shutil
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policybook.domain.error import RenderError
from policybook.domain.inline import Run
from policybook.domain.model import FormField
from policybook.domain.page import Block, Callout, Cell, Contents, Form, Heading, Page, PageBreak, Paragraph, Table
from policybook.render.pdf import write_pdf
from policybook.render.pdf_font import PRINTABLE, printable
from render.paper_sample import HOSTILE, HOSTILE_LINKS, LONG_NAME, comparison, hostile, policy, sentence

TEMPLATE = Path(__file__).parents[2] / "templates" / "default"


def pages_of(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    texts = [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]
    document.close()
    return texts


def flat(content: bytes) -> str:
    """All words on one line; pdfium marks a hyphen at a line's end with U+0002."""
    return " ".join("\n".join(pages_of(content)).replace("\x02", "-").split())


def info(content: bytes, key: str) -> str:
    document = pypdfium2.PdfDocument(content)
    value = str(document.get_metadata_value(key))
    document.close()
    return value


def tags_of(content: bytes) -> list[str]:
    """The kinds of all tagged elements, in reading order."""
    document, tags = pypdfium2.PdfDocument(content), []

    def walk(element: object) -> None:
        buffer = ctypes.create_string_buffer(200)
        size = pdfium.FPDF_StructElement_GetType(element, buffer, 200)
        tags.append(buffer.raw[: max(0, size - 2)].decode("utf-16-le"))
        for place in range(pdfium.FPDF_StructElement_CountChildren(element)):
            if child := pdfium.FPDF_StructElement_GetChildAtIndex(element, place):
                walk(child)

    for page in document:
        tree = pdfium.FPDF_StructTree_GetForPage(page)
        for place in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            if child := pdfium.FPDF_StructTree_GetChildAtIndex(tree, place):
                walk(child)
        pdfium.FPDF_StructTree_Close(tree)
    document.close()
    return tags


def links_of(content: bytes) -> list[str]:
    return [found.decode() for found in re.findall(rb"/URI\((.*?)\)", content)]


def test_a_policy_is_tagged_titled_and_in_its_language() -> None:
    content = write_pdf(policy(), TEMPLATE)
    document = pypdfium2.PdfDocument(content)
    assert pdfium.FPDFCatalog_IsTagged(document)
    document.close()
    assert info(content, "Title") == "Social media and internet acceptable use"
    assert info(content, "Author") == "Oakfield Primary School"
    assert b"/Lang(en-GB)" in content
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in content
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content


def test_headings_lists_tables_and_contents_are_tagged_as_what_they_are() -> None:
    tags = tags_of(write_pdf(policy(), TEMPLATE))
    assert {"Title", "H1", "L", "LI", "LBody", "Table", "TR", "TH", "TD", "TOC", "TOCI", "Link", "P"} <= set(tags) | {
        "Title"
    }
    assert tags.count("H1") >= 10


def test_the_bookmarks_are_the_numbered_headings() -> None:
    document = pypdfium2.PdfDocument(write_pdf(policy(), TEMPLATE))
    titles = [bookmark.get_title() for bookmark in document.get_toc()]
    document.close()
    assert titles[4:7] == [
        "5 Personal use of social media",
        "Friends and followers",
        "6 Safeguarding children and contact with past pupils",
    ]
    assert titles[-1] == "Appendix A Acknowledgement by staff"


def test_every_font_is_in_the_file_and_none_is_of_the_system() -> None:
    document, names = pypdfium2.PdfDocument(write_pdf(policy(), TEMPLATE)), set()
    for page in document:
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            font = pdfium.FPDFTextObj_GetFont(item)
            assert pdfium.FPDFFont_GetIsEmbedded(font) == 1
            buffer = ctypes.create_string_buffer(100)
            pdfium.FPDFFont_GetBaseFontName(font, buffer, 100)
            names.add(buffer.value.decode().partition("+")[2])
    document.close()
    assert all(name.startswith(("SourceSansPro", "DejaVuSansMono")) for name in names), names


def test_the_words_can_be_taken_out_in_reading_order() -> None:
    text = flat(write_pdf(policy(), TEMPLATE))
    assert LONG_NAME in text
    places = [text.rindex(f"{number} ") for number in ("1.1", "1.2", "1.3", "2.1", "6.2", "9.5")]
    assert places == sorted(places)
    assert "6.2 Staff do not contact past pupils under nineteen. See the introduction, the guidance or write to" in text
    assert "Our wording, agreed on 5 November 2024" in text
    assert "Appendix A Acknowledgement by staff" in text
    assert "(a) it is part of what the school expects of me; (b) a breach may lead" in text


def test_contents_give_the_page_of_each_part() -> None:
    texts = pages_of(write_pdf(policy(), TEMPLATE))
    listed = dict(re.findall(r"^(\d) +\S.*?(\d+)$", texts[0], re.M))
    assert len(listed) == 9
    for number, page in listed.items():
        assert re.search(rf"^{number} ", texts[int(page) - 1], re.M), (number, page)


def test_header_stands_from_the_second_page_and_the_footer_counts_the_pages() -> None:
    texts = pages_of(write_pdf(policy(), TEMPLATE))
    header = policy().header
    assert header not in texts[0]
    assert all(header in text for text in texts[1:])
    assert all(f"Page {number} of {len(texts)}" in text for number, text in enumerate(texts, 1))


def test_links_lead_to_the_web_to_mail_and_to_places_of_the_page() -> None:
    assert links_of(write_pdf(policy(), TEMPLATE)) == [
        "https://example.org/guidance?a=1&b=2",
        "mailto:office@example.org",
    ]
    to_nowhere = Page("t", (Paragraph((Run("see", link="#nowhere"),)),))
    assert "see" in flat(write_pdf(to_nowhere, TEMPLATE))


def test_hostile_words_stay_words_and_hostile_links_go_nowhere() -> None:
    content = write_pdf(hostile(), TEMPLATE)
    text = flat(content)
    assert all(words in text for words in HOSTILE[:4])
    assert "bell\ufffdnull\ufffdend" in text
    assert "safe⟦U+202E⟧txet⟦U+202C⟧⟦U+2066⟧iso⟦U+2069⟧" in text
    assert "emoji ⟦U+1F600⟧" in text
    assert links_of(content) == []
    assert text.count("click") == len(HOSTILE_LINKS)
    assert info(content, "Title") == "=title <w:p/>"


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=40))
def test_any_words_make_a_pdf_that_meets_both_standards(words: str) -> None:
    runs = (Run(words, bold=True), Run(words, italic=True), Run(words, link=words))
    blocks: tuple[Block, ...] = (
        Heading(runs, 3, words, words),
        Paragraph(runs, "number", words, 1, words, words),
        Paragraph(runs, "bullet", aside=words),
        Table(words, (words,), ((Cell((runs,), heading=True),),), anchors=(words,)),
        Callout(words, runs),
    )
    assert write_pdf(Page("t", blocks, subject=words, header=words, footer=words), TEMPLATE).startswith(b"%PDF")


def test_every_character_called_printable_prints_in_all_four_styles() -> None:
    signs = re.sub(f"[^{PRINTABLE}]", "", "".join(map(chr, range(0x20, 0x10000))))
    runs = tuple(Run(f" {sign} ", bold=bold, italic=italic) for sign in signs for bold in (0, 1) for italic in (0, 1))
    assert write_pdf(Page("Signs", (Paragraph(runs),)), TEMPLATE)


def test_welsh_letters_ticks_dashes_and_quotes_need_no_stand_in() -> None:
    signs = "ŵŷŴŶâêîôûïöẃẁẅ☐☑☒✓✔✗→←“”‘’–—…€£½²°•§©™≤≥×−⟦⟧\u00a0\u2011"
    assert printable(signs) == signs
    assert printable("w\u0302") == "ŵ"


def test_the_same_page_makes_the_same_bytes() -> None:
    assert write_pdf(policy(), TEMPLATE) == write_pdf(policy(), TEMPLATE)


def test_a_comparison_lies_on_its_side_and_its_head_repeats() -> None:
    content = write_pdf(comparison(), TEMPLATE)
    document = pypdfium2.PdfDocument(content)
    width, height = document[0].get_size()
    document.close()
    assert width > height
    texts = pages_of(content)
    assert len(texts) > 2
    assert all("What changed" in text for text in texts)
    assert "under [−18] outside" in flat(content)
    assert "under [+19] outside" in flat(content)
    assert flat(content).count("Signs: [+words] were added, [−words] were taken out.") == 1


def test_no_word_is_lost_beyond_the_edge_of_a_page() -> None:
    long = sentence(" ".join(f"w{number}" for number in range(3000)))
    blocks: tuple[Block, ...] = (
        Table("Tall", ("a", "b"), ((Cell((long,)), Cell(())),)),
        Table(
            "Many lines",
            ("a", "b"),
            ((Cell(tuple(sentence(f"line{n}") for n in range(90))), Cell((sentence("last"),))),),
        ),
        Callout("Note", long),
        Form(tuple(FormField(f"field{number}") for number in range(60))),
        Paragraph(sentence("\n" * 100 + "under many lines")),
    )
    for landscape in (False, True):
        text = flat(write_pdf(Page("Long", blocks, landscape=landscape), TEMPLATE))
        assert all(len(re.findall(rf"\bw{number}\b", text)) == 2 for number in range(0, 3000, 97))
        assert text.count("w2999") == 2
        assert "field59" in text
        assert "under many lines" in text
        assert all(re.search(rf"\bline{number}\b", text) for number in range(90))


def test_a_word_longer_than_its_column_breaks_and_does_not_run_into_the_next() -> None:
    row = (Cell(((Run("M" * 60),),)), Cell(((Run("next"),),)))
    document = pypdfium2.PdfDocument(write_pdf(Page("Long", (Table("", ("A", "B"), (row,), (0.2, 0.8)),)), TEMPLATE))
    text = document[0].get_textpage()
    boxes = [text.get_charbox(place) for place in range(text.count_chars()) if text.get_text_range(place, 1) == "M"]
    width = document[0].get_width()
    assert len(boxes) == 60
    assert max(right for _, _, right, _ in boxes) < 68 + 0.2 * (width - 2 * 68)
    document.close()


def test_odd_pages_are_set_too() -> None:
    odd: tuple[Block, ...] = (
        PageBreak(), Contents(), Heading(()), Heading(sentence("Deep first"), level=4), Paragraph(()), Form(()),
        Table("", (), ()), Table("c", ("a", "b"), ((Cell(()),),)),
        Table("", (), ((), (Cell(()), Cell(()))), layout="control"),
        Callout("", ()), Heading(sentence("Twice"), anchor="same"), Heading(sentence("Twice"), anchor="same"),
        Paragraph((Run("there", link="#same"), Run("", blank=True, parameter="lead"))), PageBreak(), PageBreak(),
    )  # fmt: skip
    assert "[lead]" in flat(write_pdf(Page("Odd", odd, language="cy"), TEMPLATE))


def test_a_missing_template_is_told_with_its_place_and_how_to_mend_it(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match=r"policy\.typ") as caught:
        write_pdf(policy(), tmp_path)
    assert caught.value.where == str(tmp_path)
    assert caught.value.mend


def test_a_mistake_in_the_template_is_told_with_its_line_and_without_a_trace(tmp_path: Path) -> None:
    shutil.copy(TEMPLATE / "policy.typ", tmp_path)
    with (tmp_path / "policy.typ").open("a", encoding="utf-8") as file:
        file.write("\n#nonsense()\n")
    with pytest.raises(RenderError, match="nonsense") as caught:
        write_pdf(policy(), tmp_path)
    assert re.search(r"policy\.typ:\d+$", caught.value.where)
    assert caught.value.mend
    assert caught.value.__suppress_context__


def test_a_page_without_a_title_is_refused() -> None:
    with pytest.raises(RenderError, match="no title"):
        write_pdf(Page(" ", ()), TEMPLATE)
