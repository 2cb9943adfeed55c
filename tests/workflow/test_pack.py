"""The governors' pack: what is asked first, what is compared, who signs again, and no other school's name."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner, Result

from policybook.cli import main
from policybook.domain.error import BrokenWorkspace, Refused, UnknownReference
from policybook.domain.inline import plain
from policybook.domain.meeting import Pack
from policybook.report.pack import pack_page
from policybook.store.meeting import read_agenda, read_meeting
from policybook.workflow.pack import make_pack
from record_sample import ADOPTION, MODEL, OAK, PART, decide, edit, request, write_sample
from workspace_sample import OTHERS, plant

MEETING = """\
schema: 1
body: Full Governing Board
on: 2026-11-26
agenda:
  - {policy: oak/mail, item: "7", effective: 2027-01-04, review: Autumn 2028}
"""


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A workspace whose one policy was approved on words that are kept."""
    root = write_sample(tmp_path)
    decide(root, request(OAK))
    return root


def meeting(root: Path, text: str = MEETING) -> str:
    file = root / "meeting.yaml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def pack(root: Path, what: str = OAK) -> Pack:
    return make_pack(what, root)


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["-w", str(root), "pack", *arguments])


def text_of(root: Path, what: str = OAK) -> str:
    return " ".join(run(root, what).output.split())


def test_an_item_is_discussed_where_a_rule_changes_and_names_the_words_compared_with(sample: Path) -> None:
    edit(sample, MODEL, "default: 19", "default: 18")
    item = pack(sample).items[0]
    assert (item.take, item.known, item.is_first) == ("discuss", "the words approved on 1 October 2026", False)
    assert item.comparison.summary()["substantive"] == 1


def test_an_item_is_taken_together_with_others_where_only_details_change(sample: Path) -> None:
    edit(sample, ADOPTION, "01234 5678", "01234 9999")
    item = pack(sample).items[0]
    assert item.take == "together"
    assert "To take together" in text_of(sample)
    assert item.sign_again.answer is False


def test_the_clerk_has_the_last_word_on_how_an_item_is_taken_and_what_it_says(sample: Path) -> None:
    own = MEETING.replace(
        'item: "7"', 'item: "7", take: discuss, ask: Note it., resolution: To note it., minute: Noted.'
    )
    said = text_of(sample, meeting(sample, own))
    assert "To discuss" in said
    for words in ("Note it.", "To note it.", "Noted."):
        assert words in said


def test_the_first_page_holds_resolution_and_minute_before_anything_else(sample: Path) -> None:
    edit(sample, MODEL, "default: 19", "default: 18")
    said = text_of(sample, meeting(sample))
    order = [
        "What you are asked to decide", "Item 7: E-mail", "Draft resolutions",
        "in force from 4 January 2027, next review Autumn 2028.", "Draft wording for the minutes", "RESOLVED",
        "What changes, and why", "Marked copy: E-mail", "Clean copy: E-mail",
    ]  # fmt: skip
    assert sorted(order, key=said.index) == order


def test_a_policy_without_kept_words_is_compared_with_its_model_and_signed_by_staff(tmp_path: Path) -> None:
    item = pack(write_sample(tmp_path)).items[0]
    assert item.is_first
    assert item.known == "the model of HR Service, version 1"
    assert item.take == "discuss"


def test_staff_sign_again_where_a_duty_changes_and_the_clauses_say_why(sample: Path) -> None:
    edit(sample, MODEL, "default: 19", "default: 18")
    signing = pack(sample).items[0].sign_again
    assert (signing.answer, signing.judged_by, signing.clauses) == (True, "program", ("use.age",))
    assert "Proposed: yes, because the words of a duty change" in text_of(sample)


def test_staff_sign_again_for_a_new_paragraph_that_binds(sample: Path) -> None:
    edit(sample, PART, "  - {id: use.ask", "  - {id: use.lock, text: Staff must lock their screens.}\n  - {id: use.ask")
    assert pack(sample).items[0].sign_again.clauses == ("use.lock",)


def test_staff_do_not_sign_again_for_a_comma(sample: Path) -> None:
    edit(sample, PART, "Anyone in doubt asks", "Anyone in doubt, asks")
    assert pack(sample).items[0].sign_again.answer is False


def test_without_a_form_nobody_signs(sample: Path) -> None:
    edit(
        sample,
        PART,
        "  - {id: use.form, kind: form, text: I have read this., fields: [{label: Signature, type: signature}]}\n",
        "",
    )
    assert pack(sample).items[0].sign_again.answer is None


def test_a_blank_makes_an_item_not_ready(tmp_path: Path) -> None:
    root = write_sample(tmp_path)
    edit(root, ADOPTION, "values: {telephone: 01234 5678}   # the office", "values: {}")
    assert pack(root).items[0].not_ready == (
        "1 blank is not filled in; they stand in square brackets in the clean copy.",
    )


def test_the_publishers_reasons_since_the_known_version_are_told(example: Path) -> None:
    file = "clauses/meetings/lady-zia-wernher-2026-11-26.yaml"
    item = make_pack(str(example / file), example).items[0]
    assert {version for version, _ in item.amendments} == {"2024-10"}
    assert "a reason is recorded for 1; for 2 none is" in text_of(example, str(example / file)).lower()


def test_every_reworded_section_is_listed_with_both_wordings(sample: Path) -> None:
    edit(sample, MODEL, "default: 19", "default: 18")
    made = pack(sample)
    item = made.items[0]
    rows = tuple(
        replace(row, change="reworded") if row.change == "substantive" else row for row in item.comparison.rows
    )
    made = replace(made, items=(replace(item, comparison=replace(item.comparison, rows=rows)),))
    tables = [block for block in pack_page(made).blocks if getattr(block, "caption", "") == "Sections in other words"]
    ((_, before, after),) = tables[0].rows  # type: ignore[union-attr]
    assert ["nineteen" in plain(before.paragraphs[0]), "eighteen" in plain(after.paragraphs[0])] == [True, True]


def test_no_other_school_is_named_and_no_count_is_below_five(tmp_path: Path) -> None:
    root = plant(tmp_path)
    made = pack(root, "oakfield/conduct")
    assert made.items[0].others.adopters == 6
    assert made.items[0].others.changed == {"scope.gone": None, "scope.swap": None}
    assert made.items[0].others.answers == (("Past pupils", "until 18", (("until 19", 5),)),) or (
        made.items[0].others.answers == ()
    )
    for kind in ("text", "html", "json", "docx", "pdf"):
        file = tmp_path / f"pack.{kind}"
        assert run(root, "oakfield/conduct", "--to", kind, "-o", str(file)).exit_code == 0
        assert OTHERS not in _words(file), kind


def test_the_three_documents_say_the_same_and_are_made_the_same_twice(sample: Path, tmp_path: Path) -> None:
    edit(sample, MODEL, "default: 19", "default: 18")
    for kind in ("html", "docx", "pdf"):
        files = [tmp_path / f"{number}.{kind}" for number in (1, 2)]
        for file in files:
            assert run(sample, OAK, "--to", kind, "-o", str(file)).exit_code == 0
        assert files[0].read_bytes() == files[1].read_bytes()
        words = _words(files[0])
        for said in ("Policies for decision", "Draft resolutions", "Marked copy", "Clean copy", "eighteen", "nineteen"):
            assert said in words, (kind, said)


def test_two_policies_of_one_model_stand_in_one_pack(sample: Path, tmp_path: Path) -> None:
    both = MEETING + "  - {policy: ash/mail}\n"
    file = tmp_path / "pack.html"
    done = run(sample, meeting(sample, both), "--to", "html", "-o", str(file))
    assert done.exit_code == 0, done.output
    ids = re.findall(r' id="([^"]+)"', file.read_text(encoding="utf-8"))
    assert len(ids) == len(set(ids))
    assert {"policy-1.use.age", "policy-2.use.age"} <= set(ids)


def test_the_json_has_the_first_page(sample: Path) -> None:
    data = json.loads(run(sample, meeting(sample), "--to", "json").output)
    assert (data["body"], data["on"]) == ("Full Governing Board", "2026-11-26")
    assert data["items"][0]["policy"] == OAK
    assert data["items"][0]["sign_again"] == {"answer": False, "judged_by": "program", "clauses": []}


def test_a_meeting_file_serves_the_pack_before_and_decide_after(sample: Path) -> None:
    later = Path(meeting(sample, MEETING + "decisions:\n  - {policy: oak/mail, outcome: deferred}\n"))
    assert [entry.policy for entry in read_agenda(later).items] == [OAK]
    assert [entry.policy for entry in read_meeting(later)] == [OAK]


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        (MEETING.partition("agenda:")[0], Refused, "no agenda"),
        (MEETING + "  - {policy: oak/mail}\n", Refused, "stands twice"),
        (MEETING + "  - {policy: elm/mail}\n", UnknownReference, "elm/mail"),
        (MEETING + "  - {policy: hr/mail, since: oak/nothing}\n", UnknownReference, "hr/mail"),
        (MEETING.replace("item:", "itme:"), BrokenWorkspace, "."),
        (MEETING.replace("oak/mail", "../mail"), BrokenWorkspace, "."),
    ],
)
def test_a_meeting_file_that_cannot_be_used_is_refused_in_words(
    sample: Path, text: str, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        pack(sample, meeting(sample, text))


def test_nothing_is_decided_in_a_file_that_holds_an_agenda_only(sample: Path) -> None:
    with pytest.raises(Refused, match="no decision stands"):
        read_meeting(Path(meeting(sample)))


def test_a_model_is_not_for_governors(sample: Path) -> None:
    with pytest.raises(UnknownReference, match="this is a model"):
        pack(sample, "hr/mail@1")


def _words(file: Path) -> str:
    if file.suffix == ".pdf":
        document = pypdfium2.PdfDocument(file)
        return " ".join(page.get_textpage().get_text_bounded() for page in document)
    if file.suffix == ".docx":
        with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as archive:
            return " ".join(archive.read(name).decode("utf-8") for name in archive.namelist())
    return file.read_text(encoding="utf-8")


def test_the_law_that_the_publisher_names_and_a_persons_judgement_stand_beside_the_change(sample: Path) -> None:
    second = MODEL.replace("/1/", "/2/")
    for old, new in ((MODEL, second), (PART, PART.replace("/1/", "/2/"))):
        plant_file = sample / new
        plant_file.parent.mkdir(parents=True, exist_ok=True)
        plant_file.write_text((sample / old).read_text("utf-8").replace('version: "1"', 'version: "2"'), "utf-8")
    told = "changes:\n  - {clauses: [use.age], summary: Pupils are older., law: Children Act 1989}\nparameters:"
    edit(sample, second, "parameters:", f'supersedes: "1"\n{told}')
    edit(sample, second, "default: 19", "default: 18")
    edit(sample, ADOPTION, 'version: "1"', 'version: "2"')
    judge = [
        "judge",
        "oak/mail@2026-10-01",
        OAK,
        "use.age",
        "--substance",
        "yes",
        "--by",
        "Clerk",
        "--on",
        "2026-11-22",
    ]
    done = CliRunner().invoke(main, ["-w", str(sample), *judge])
    assert done.exit_code == 0, done.output
    said = text_of(sample)
    assert "Pupils are older. Because of Children Act 1989. (publisher)" in said
    assert "Judged of substance by Clerk on 22 November 2026." in said


def test_the_marked_copy_begins_with_the_text_and_not_with_who_approved_it(sample: Path) -> None:
    edit(sample, MODEL, "default: 19", "default: 18")
    said = text_of(sample)
    marked = said[said.rindex("Marked copy: E-mail") : said.rindex("Clean copy: E-mail")]
    assert "Next review" not in marked
    assert "nineteen" in marked
