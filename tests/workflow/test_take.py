"""`take`: what a school changed in its copy is proposed section by section, and no word of it is lost."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from policybook.adopt import resolve
from policybook.cli import main
from policybook.domain.error import BrokenWorkspace, Refused
from policybook.domain.page import Page
from policybook.domain.resolved import ResolvedPolicy
from policybook.intake.returned import read_returned
from policybook.render.docx import write_docx
from policybook.render.pdf import write_pdf
from policybook.report.policy import policy_page
from policybook.report.tailoring_copy import tailoring_page
from policybook.store import find_template
from policybook.text.word import comparable_words
from policybook.workflow.take import TakePlan, plan_take, write_take
from policybook.workflow.workspace import open_workspace
from support.office import save_as

LADY = "lady-zia-wernher/social-media-internet"
ADOPTIONS = [
    "example-trust/social-media-ict",
    "fennimore-brook/pupil-messages",
    "fennimore-trust/pupil-messages",
    "gloucestershire-2018/staff-ict-social-media",
    LADY,
    "severn-valley/staff-ict-social-media",
    "three-rivers/acceptable-use",
]
WHY = ("Agreed with the staff.",)
SAVED = {"word": (), "libreoffice": ("docx",), "odt and back": ("odt", "docx")}
PAGES: dict[str, Callable[[ResolvedPolicy], Page]] = {"copy to edit": tailoring_page, "clean copy": policy_page}


@pytest.fixture
def copy(example: Path, tmp_path: Path) -> Path:
    """The copy to edit of one adoption."""
    return _made(example, LADY, tmp_path / "copy.docx")


def _made(workspace: Path, ref: str, file: Path, page: Callable[[ResolvedPolicy], Page] = tailoring_page) -> Path:
    opened = open_workspace(workspace)
    policy = opened.policies[ref] if ref in opened.policies else opened.model(ref)
    file.write_bytes(write_docx(page(policy), find_template(workspace)))
    return file


def _edit(file: Path, change: Callable[[WordDocument], object]) -> Path:
    document = Document(str(file))
    change(document)
    document.save(str(file))
    return file


def _starting(document: WordDocument, words: str) -> Paragraph:
    return next(p for p in document.paragraphs if p.text.startswith(words) and not _is_guide(p))


def _is_guide(paragraph: Paragraph) -> bool:
    return bool(paragraph.style and (paragraph.style.name or "").startswith("Guide"))


def _reword(document: WordDocument, before: str, after: str) -> None:
    run = next(r for p in document.paragraphs if not _is_guide(p) for r in p.runs if before in r.text)
    run.text = run.text.replace(before, after)


def _remove(document: WordDocument, words: str) -> None:
    element = _starting(document, words)._p
    element.getparent().remove(element)


def _answer(document: WordDocument, table: int, label: str, answer: str) -> None:
    row = next(row for row in document.tables[table].rows if row.cells[0].text.startswith(label))
    row.cells[2].text = answer


def _saved(file: Path, way: str) -> Path:
    for step, kind in enumerate(SAVED[way]):
        file = save_as(file, file.with_name(f"saved{step}.{kind}"))
    return file


def _told(plan: TakePlan) -> list[tuple[str, str]]:
    return [(change.kind, change.clause) for change in plan.changes]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("ref", ADOPTIONS)
def test_a_copy_that_nobody_edited_proposes_nothing(example: Path, tmp_path: Path, ref: str, page: str) -> None:
    plan = plan_take(_made(example, ref, tmp_path / "copy.docx", PAGES[page]), example)
    assert (plan.changes, plan.unplaced, plan.findings) == ((), (), ())
    assert plan.adoption == open_workspace(example).records.adoptions[ref]


@pytest.mark.parametrize("ref", [LADY, "gloucestershire-2018/staff-ict-social-media", "three-rivers/acceptable-use"])
@pytest.mark.parametrize("way", ["libreoffice", "odt and back"])
def test_saving_it_in_another_program_proposes_nothing(example: Path, tmp_path: Path, ref: str, way: str) -> None:
    plan = plan_take(_saved(_made(example, ref, tmp_path / "copy.docx"), way), example)
    assert (plan.changes, plan.unplaced, plan.findings) == ((), (), ())


def _edit_all(document: WordDocument) -> None:
    """A word, a value in the text and one in the table, a choice, a bullet moved, a section out and one in."""
    _reword(document, "two kinds", "two sorts")
    _reword(document, "nineteen", "eighteen")
    _answer(document, 0, "Person who keeps", "bursar")
    _answer(document, 1, "7.2", "B")
    _starting(document, "show staff")._p.addnext(_starting(document, "keep children")._p)
    _remove(document, "New apps appear")
    _starting(document, "The governing body reviews").insert_paragraph_before("The pond is out of bounds.")


@pytest.mark.parametrize("way", SAVED)
def test_every_kind_of_edit_is_proposed_clause_by_clause_whatever_program_saved_it(
    example: Path, copy: Path, way: str
) -> None:
    plan = plan_take(_saved(_edit(copy, _edit_all), way), example, reasons=WHY)
    assert _told(plan) == [
        ("value", "past_pupil_age_limit"),
        ("value", "sign_off_keeper"),
        ("omit", "introduction.unlisted"),
        ("substitute", "communications.kinds"),
        ("move", "purpose.children"),
        ("insert", "lady-zia-wernher.the-pond-is-out"),
        ("choice", "use.naming-employer"),
    ]
    assert not plan.unplaced
    assert plan.is_good


def test_what_is_written_prints_the_copy_and_taken_again_it_proposes_nothing(example: Path, copy: Path) -> None:
    file = example / "clauses" / "adoptions" / LADY / "adoption.yaml"
    comments = [line.partition("#")[2] for line in file.read_text(encoding="utf-8").splitlines() if "#" in line]
    _edit(copy, _edit_all)
    written = write_take(plan_take(copy, example, reasons=WHY))
    assert {path.name for path in written} == {"adoption.yaml", "lock.yaml"}
    text = file.read_text(encoding="utf-8")
    assert all(comment in text for comment in comments)
    printed = {clause.id: clause for clause in open_workspace(example).policies[LADY].clauses}
    order = list(printed)
    assert printed["communications.kinds"].text.startswith("Communications are of two sorts")
    assert "under eighteen" in printed["safeguarding.past-pupils"].text
    assert "introduction.unlisted" not in printed
    assert order.index("purpose.children") == order.index("purpose.consequences") + 1
    assert printed["lady-zia-wernher.the-pond-is-out"].text == "The pond is out of bounds."
    again = plan_take(copy, example)
    assert (again.changes, again.unplaced, again.findings) == ((), (), ())


def test_a_new_wording_keeps_the_blanks_that_were_not_touched(example: Path, copy: Path) -> None:
    _edit(copy, lambda d: _reword(d, "Anyone unsure whether", "Any person unsure whether"))
    plan = plan_take(copy, example, reasons=WHY)
    (entry,) = [one for one in plan.adoption.tailorings if one.clause == "introduction.unlisted"]
    assert "{{ headteacher }}" in entry.text
    assert entry.text.startswith("New apps appear")
    assert "Any person unsure" in entry.text


def test_a_missing_reason_is_asked_for_and_never_made_up(example: Path, copy: Path) -> None:
    _edit(copy, lambda d: _reword(d, "two kinds", "two sorts"))
    plan = plan_take(copy, example)
    assert [(entry.severity, entry.code) for entry in plan.findings] == [("error", "take.reason")]
    with pytest.raises(BrokenWorkspace):
        write_take(plan)
    assert plan_take(copy, example, reasons=("communications.kinds=Ours.",)).changes[0].reason == "Ours."
    assert plan_take(copy, example, is_inherited=True).changes[0].reason == "not recorded (inherited)"


def _comment(document: WordDocument, words: str, text: str) -> None:
    document.add_comment(_starting(document, words).runs, text=text, author="Jo Green", initials="JG")


@pytest.mark.parametrize("way", ["word", "libreoffice"])
def test_a_comment_on_a_changed_section_is_its_reason_and_says_who(example: Path, copy: Path, way: str) -> None:
    def edit(document: WordDocument) -> None:
        _reword(document, "two kinds", "two sorts")
        _comment(document, "Communications are of two sorts", "Our own word for it.")
        _starting(document, "The governing body reviews").insert_paragraph_before("The pond is out of bounds.")
        _comment(document, "The pond", "It is deep.")

    plan = plan_take(_saved(_edit(copy, edit), way), example)
    assert [(change.reason, change.by) for change in plan.changes] == [
        ("Our own word for it.", ("Jo Green",)),
        ("It is deep.", ("Jo Green",)),
    ]
    assert plan.is_good


def test_a_comment_on_a_section_that_stays_as_it_is_is_told(example: Path, copy: Path) -> None:
    _edit(copy, lambda d: _comment(d, "Communications are of two kinds", "Must we have this?"))
    plan = plan_take(copy, example)
    assert not plan.changes
    assert [(entry.words, entry.clause) for entry in plan.unplaced] == [("Must we have this?", "communications.kinds")]


def _track(document: WordDocument, words: str, before: str, after: str) -> None:
    """One word replaced under tracked changes by Sam Hill."""
    paragraph = _starting(document, words)
    run = next(run for run in paragraph.runs if before in run.text)
    start, _, rest = run.text.partition(before)
    pieces = []
    for kind, text in (("", start), ("del", before), ("ins", after), ("", rest)):
        one = deepcopy(run._r)
        for child in one.findall(qn("w:t")):
            one.remove(child)
        holder = OxmlElement("w:delText" if kind == "del" else "w:t")
        holder.text = text
        holder.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        one.append(holder)
        if kind:
            change = OxmlElement(f"w:{kind}")
            for name, value in (
                ("id", str(900 + len(pieces))),
                ("author", "Sam Hill"),
                ("date", "2026-01-05T09:00:00Z"),
            ):
                change.set(qn(f"w:{name}"), value)
            change.append(one)
            one = change
        pieces.append(one)
    for piece in pieces:
        run._r.addprevious(piece)
    run._r.getparent().remove(run._r)


@pytest.mark.parametrize("way", ["word", "libreoffice"])
def test_a_tracked_change_counts_as_made_and_says_who_proposed_it(example: Path, copy: Path, way: str) -> None:
    _edit(copy, lambda d: _track(d, "Communications are of", "two kinds", "two sorts"))
    plan = plan_take(_saved(copy, way), example, reasons=WHY)
    assert [(c.kind, c.clause, c.by) for c in plan.changes] == [
        ("substitute", "communications.kinds", ("Sam Hill",)),
    ]
    assert plan.changes[0].after.startswith("Communications are of two sorts")


def test_a_section_deleted_under_tracked_changes_is_left_out_and_its_comment_is_the_reason(
    example: Path, copy: Path
) -> None:
    def edit(document: WordDocument) -> None:
        paragraph = _starting(document, "New apps appear")
        document.add_comment(paragraph.runs, text="Everybody knows.", author="Sam Hill", initials="SH")
        for run in list(paragraph.runs):
            if not run.text:
                continue
            change = OxmlElement("w:del")
            for name, value in (("id", "950"), ("author", "Sam Hill"), ("date", "2026-01-05T09:00:00Z")):
                change.set(qn(f"w:{name}"), value)
            run._r.addprevious(change)
            change.append(run._r)
            for text in run._r.findall(qn("w:t")):
                text.tag = qn("w:delText")

    plan = plan_take(_edit(copy, edit), example)
    assert [(c.kind, c.clause, c.reason, c.by) for c in plan.changes] == [
        ("omit", "introduction.unlisted", "Everybody knows.", ("Sam Hill",))
    ]


BAD = [
    ("Age until which", "seventeen", "take.value"),
    ("Age until which", "soon", "take.value"),
    ("Time allowed to return", "two", "take.value"),
]


@pytest.mark.parametrize(("label", "answer", "code"), BAD)
def test_a_value_that_will_not_do_is_told_and_nothing_is_written(
    example: Path, copy: Path, label: str, answer: str, code: str
) -> None:
    _edit(copy, lambda d: _answer(d, 0, label, answer))
    plan = plan_take(copy, example)
    assert [(entry.severity, entry.code) for entry in plan.findings] == [("error", code)]
    assert answer in plan.findings[0].message


def test_an_emptied_value_is_the_models_again(example: Path, copy: Path) -> None:
    _edit(copy, lambda d: _answer(d, 0, "Person who keeps", ""))
    plan = plan_take(copy, example)
    assert _told(plan) == [("value", "sign_off_keeper")]
    assert "sign_off_keeper" not in plan.adoption.values


def test_a_value_said_in_two_ways_is_not_taken(example: Path, copy: Path) -> None:
    def edit(document: WordDocument) -> None:
        _reword(document, "nineteen", "eighteen")
        _answer(document, 0, "Age until which", "20")

    plan = plan_take(_edit(copy, edit), example)
    assert [entry.clause for entry in plan.unplaced] == ["safeguarding.past-pupils"]
    assert plan.adoption.values["past_pupil_age_limit"] == 20


def test_words_above_the_text_and_in_lines_of_guidance_are_told(example: Path, copy: Path) -> None:
    def edit(document: WordDocument) -> None:
        document.paragraphs[2].insert_paragraph_before("For the meeting in May.")
        guide = next(p for p in document.paragraphs if _is_guide(p))
        guide.runs[-1].text += " Says who?"

    plan = plan_take(_edit(copy, edit), example)
    assert not plan.changes
    assert next(entry.words for entry in plan.unplaced) == "For the meeting in May."
    assert any("Says who?" in entry.words for entry in plan.unplaced)


def test_a_section_cut_in_two_is_one_section_and_a_new_half_is_added(example: Path, copy: Path) -> None:
    def edit(document: WordDocument) -> None:
        paragraph = _starting(document, "New apps appear")
        half = deepcopy(paragraph._p)
        paragraph._p.addnext(half)
        for run in paragraph.runs[1:]:
            run.text = ""
        paragraph.runs[0].text = "New apps appear all the time."
        other = Paragraph(half, paragraph._parent)
        for run in other.runs[1:]:
            run.text = ""
        other.runs[0].text = "Anyone unsure asks the office."

    plan = plan_take(_edit(copy, edit), example, reasons=WHY)
    words = " ".join(change.after for change in plan.changes)
    assert "New apps appear all the time." in words
    assert "Anyone unsure asks the office." in words
    assert not [change for change in plan.changes if change.kind == "omit"]


def test_broken_numbering_proposes_nothing(example: Path, copy: Path) -> None:
    def edit(document: WordDocument) -> None:
        for paragraph in document.paragraphs[30:60]:
            if (paragraph.style.name or "").startswith(("Clause", "List")) if paragraph.style else False:
                paragraph.style = document.styles["Body Text"]

    plan = plan_take(_edit(copy, edit), example)
    assert not plan.changes


def test_lost_bookmarks_are_made_good_by_the_words(example: Path, copy: Path) -> None:
    def edit(document: WordDocument) -> None:
        _reword(document, "two kinds", "two sorts")
        for mark in list(document.element.iter(qn("w:bookmarkStart"))):
            mark.getparent().remove(mark)

    plan = plan_take(_edit(copy, edit), example, reasons=WHY)
    assert _told(plan) == [("substitute", "communications.kinds")]


def test_a_departure_beyond_the_class_is_told_as_consult_first(example: Path, copy: Path) -> None:
    policy = open_workspace(example).policies[LADY]
    fixed = next(c for c in policy.model.walk() if c.tailoring == "fixed" and c.kind == "paragraph" and not c.clauses)
    words = next(clause.text for clause in policy.clauses if clause.id == fixed.id)
    _edit(copy, lambda d: _remove(d, words[:40]))
    plan = plan_take(copy, example, reasons=WHY)
    assert [(c.kind, c.clause, c.is_beyond) for c in plan.changes] == [("omit", fixed.id, True)]
    assert "take.consult" in {entry.code for entry in plan.findings}


def test_a_copy_made_before_the_record_changed_does_not_undo_the_change(example: Path, copy: Path) -> None:
    _edit(copy, lambda d: _reword(d, "two kinds", "two sorts"))
    file = example / "clauses" / "adoptions" / LADY / "adoption.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("past_pupil_age_limit: 19", "past_pupil_age_limit: 20"), encoding="utf-8")
    plan = plan_take(copy, example, reasons=WHY)
    assert _told(plan) == [("substitute", "communications.kinds")]
    assert plan.adoption.values["past_pupil_age_limit"] == 20


def test_the_same_section_changed_in_the_record_and_in_the_copy_is_left_to_a_person(example: Path, copy: Path) -> None:
    write_take(plan_take(_edit(copy, lambda d: _reword(d, "two kinds", "two sorts")), example, reasons=WHY))
    other = _made(example, LADY, copy.with_name("other.docx"))
    _edit(other, lambda d: _reword(d, "two sorts", "two groups"))
    file = example / "clauses" / "adoptions" / LADY / "adoption.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("two sorts", "two families"), encoding="utf-8")
    plan = plan_take(other, example, reasons=WHY)
    assert not plan.changes
    assert [entry.clause for entry in plan.unplaced] == ["communications.kinds"]


def test_a_copy_of_an_older_version_says_so(example: Path, tmp_path: Path) -> None:
    older = "luton-hr/social-media-internet@2022-09"
    file = _made(example, older, tmp_path / "older.docx")
    plan = plan_take(file, example, LADY.partition("/")[0])
    assert "take.version" in {entry.code for entry in plan.findings}


def test_a_model_filled_in_by_a_school_is_a_new_adoption(example: Path, tmp_path: Path) -> None:
    def edit(document: WordDocument) -> None:
        _answer(document, 0, "Age until which", "18")
        _reword(document, "two kinds", "two sorts")

    file = _edit(_made(example, "luton-hr/social-media-internet@2024-10", tmp_path / "model.docx"), edit)
    plan = plan_take(file, example, "severn-valley", WHY)
    assert plan.is_new
    assert _told(plan) == [("value", "past_pupil_age_limit"), ("substitute", "communications.kinds")]
    assert not plan.unplaced
    _edit(file, lambda d: _answer(d, 0, "Person who keeps", "bursar"))
    write_take(plan_take(file, example, "severn-valley", WHY))
    adoption = open_workspace(example).records.adoptions["severn-valley/social-media-internet"]
    assert adoption.values == {"past_pupil_age_limit": 18, "sign_off_keeper": "bursar"}


def test_a_model_without_a_school_a_stranger_and_another_policy_are_refused(example: Path, tmp_path: Path) -> None:
    model = _made(example, "luton-hr/social-media-internet@2024-10", tmp_path / "model.docx")
    with pytest.raises(Refused, match="copy of the model"):
        plan_take(model, example)
    stranger = Document()
    stranger.add_paragraph("Parking is free for all staff on Mondays.")
    stranger.save(str(tmp_path / "stranger.docx"))
    with pytest.raises(Refused, match="does not say which policy"):
        plan_take(tmp_path / "stranger.docx", example)
    with pytest.raises(Refused, match="not the words of"):
        plan_take(tmp_path / "stranger.docx", example, LADY)
    copy = _made(example, LADY, tmp_path / "copy.docx")
    printed = tmp_path / "printed.pdf"
    printed.write_bytes(write_pdf(policy_page(open_workspace(example).policies[LADY]), find_template(example)))
    with pytest.raises(Refused, match="a PDF keeps no paragraphs"):
        plan_take(printed, example)
    with pytest.raises(Refused, match="it is a copy of lady"):
        plan_take(copy, example, "severn-valley/staff-ict-social-media")


def test_the_command_writes_only_when_told_and_tells_the_same_as_data(example: Path, copy: Path) -> None:
    _edit(copy, lambda d: _reword(d, "two kinds", "two sorts"))
    file = example / "clauses" / "adoptions" / LADY / "adoption.yaml"
    before = file.read_bytes()
    options = ["-w", str(example), "take", str(copy)]
    asked = CliRunner().invoke(main, options)
    assert asked.exit_code == 1
    assert "take.reason" in asked.output
    told = CliRunner().invoke(main, [*options, "--reason", "Agreed.", "--to", "json"])
    assert told.exit_code == 0
    data = json.loads(told.output)
    assert [(one["kind"], one["reason"]) for one in data["changes"]] == [("substitute", "Agreed.")]
    assert file.read_bytes() == before
    written = CliRunner().invoke(main, [*options, "--reason", "Agreed.", "--write"])
    assert written.exit_code == 0, written.output
    assert b"two sorts" in file.read_bytes()


def test_show_makes_the_copy_with_classes_notes_values_and_choices_in_words(example: Path, tmp_path: Path) -> None:
    out = tmp_path / "form.docx"
    result = CliRunner().invoke(main, ["-w", str(example), "show", LADY, "--to", "word-form", "-o", str(out)])
    assert result.exit_code == 0, result.output
    document = Document(str(out))
    guides = {p.style.name: p.text for p in document.paragraphs if p.style and _is_guide(p)}
    assert guides["Guide fixed wording"].startswith("▸ Fixed wording.")
    assert guides["Guide note to schools"].startswith("▸ Note to schools.")
    assert [cell.text for cell in document.tables[0].rows[0].cells] == [
        "What is asked", "The model says", "Ours", "What may be said",
    ]  # fmt: skip
    assert [cell.text for cell in document.tables[1].rows[0].cells] == ["Section", "What may be chosen", "Ours"]


def _scramble(document: WordDocument, seed: int) -> None:
    """Sections taken out, moved, reworded, added and run on, as chance has it; headings of parts stay where they are."""
    chance = random.Random(seed)  # noqa: S311 - no secret, the same edits every time
    paragraphs = [p for p in document.paragraphs if p._p.find(qn("w:bookmarkStart")) is not None and not _is_heading(p)]
    for number in range(chance.randint(2, 6)):
        one, other = chance.sample(paragraphs, 2)
        if one._p.getparent() is None or other._p.getparent() is None:
            continue
        match chance.randrange(4):
            case 0:
                one._p.getparent().remove(one._p)
            case 1:
                other._p.addnext(one._p)
            case 2:
                chance.choice(one.runs).text += f" zebra {number} "
            case _:
                other.insert_paragraph_before(f"A line about giraffes, number {number}.")


def _is_heading(paragraph: Paragraph) -> bool:
    return bool(paragraph.style and (paragraph.style.name or "").startswith("Heading"))


@pytest.mark.parametrize("seed", range(8))
def test_every_word_of_an_edited_copy_is_in_the_result_or_named(example: Path, copy: Path, seed: int) -> None:
    _edit(copy, lambda d: _scramble(d, seed))
    plan = plan_take(copy, example, reasons=WHY)
    assert plan.policy.school
    printed = resolve(plan.policy.model, plan.adoption, plan.policy.school).clauses
    have = Counter(word for text in (c.text for c in printed) for word in comparable_words(text))
    have += Counter(word for entry in plan.unplaced for word in comparable_words(entry.words))
    clauses = read_returned(copy).clauses
    first = next(index for index, clause in enumerate(clauses) if clause.bookmarks)
    want = Counter(word for clause in clauses[first:] for word in comparable_words(clause.text))
    assert not want - have
