from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policybook.domain.adoption import Adoption, Consultation, Decision, School, Tailoring
from policybook.domain.edition import Edition, Manifest
from policybook.domain.error import BrokenWorkspace, Refused, WorkspaceError
from policybook.domain.inline import Run
from policybook.domain.model import FormField, Parameter, Publisher
from policybook.domain.resolved import ResolvedClause
from policybook.store.append import append_entry, append_lines, edit_bytes, parse_plain, set_key
from policybook.store.edition import adoption_folder, edition_names, edition_path, print_edition, read_edition
from policybook.store.manifest import (
    MANIFEST,
    issued_folder,
    kept_files,
    kept_hash,
    print_manifest,
    read_kept_edition,
)
from policybook.store.together import FileWrite, write_together
from record_sample import snapshot

EDITION = Edition(
    name="2026-10-01",
    school=School("oak", "Oak School", "school", "Oak", ("the school",), {"head": "principal"}),
    policy="mail",
    model="hr/mail",
    version="1.10",
    title="E-mail: the rules",
    publisher=Publisher("hr", "HR Service", "council-hr"),
    decision=Decision("approved", "Governing Body", date(2026, 10, 1), "FGB 1", date(2026, 11, 1), "2026-10-01", "x"),
    clauses=(
        ResolvedClause("use", "heading", 0, "1", "none", (Run("Use"),), "use"),
        ResolvedClause(
            "use.age", "paragraph", 1, "1.1", "number",
            (Run("Under "), Run("19", bold=True, parameter="age"), Run(" see ", italic=True), Run("here", link="#x")),
            "use", origin="values", topics=("past",), defines=("pupil",), supersedes=("use.old",), source="A book",
        ),
        ResolvedClause(
            "use.table", "table", 1, None, "none", (), "use",
            head=((Run("Who"),), ()), rows=(((Run("All"),), (Run("[Head]", parameter="head", blank=True),)),),
        ),
        ResolvedClause("use.form", "form", 1, None, "none", (), "use", fields=(FormField("Signed", "signature"),)),
    ),
    parameters={
        "age": Parameter("age", "age", "Age"),
        "head": Parameter("head", "role", "Head", detail=True),
        "day": Parameter("day", "date", "Day"),
        "list": Parameter("list", "list", "List"),
    },
    values={
        "school_name": "Oak School", "school_short_name": "Oak",
        "age": 19, "head": None, "day": date(2026, 1, 2), "list": ("a", "2026-01-01"),
    },
    issued=date(2026, 9, 1),
    notice="An illustration.",
    next_review="Autumn 2026",
    exact="exact-v1:a",
    shown="exact-v1:b",
)  # fmt: skip


def kept(root: Path, edition: Edition) -> Path:
    file = adoption_folder(root, "oak/mail") / edition_path(edition.name)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(print_edition(edition))
    return file


RECORD = Adoption(
    "oak", "mail", "hr/mail", "1.10",
    values={"age": 19, "day": date(2026, 1, 2), "list": ("a", "2026-01-01")},
    choices={"use.pick": "often"},
    tailorings=(
        Tailoring("substitute", "use.age", "Ours.", "Other words:\n{{ age }}", consulted=Consultation("unions", date(2026, 9, 2))),
        Tailoring("insert", "oak.more", "not recorded", "More.", after="use.age", clause_kind="item", marker="bullet"),
        Tailoring("move", "use.form", "Reads better.", into="use"),
    ),
    covers=("elm",),
    tighten={"use.age": "fixed"},
    fixed_values=("age",),
)  # fmt: skip


def test_the_record_in_an_edition_is_read_again_as_it_was(tmp_path: Path) -> None:
    kept(tmp_path, replace(EDITION, record=RECORD))
    assert read_edition(tmp_path, "oak/mail", EDITION.name).record == RECORD


def test_an_edition_read_again_is_the_edition_that_was_written(tmp_path: Path) -> None:
    kept(tmp_path, EDITION)
    assert read_edition(tmp_path, "oak/mail", EDITION.name) == EDITION


def test_the_same_edition_gives_the_same_bytes() -> None:
    assert print_edition(EDITION) == print_edition(replace(EDITION))


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\n\t:#'\"-{}[]&*!|>% "), max_size=80))
def test_any_words_survive(tmp_path_factory: pytest.TempPathFactory, words: str) -> None:
    root = tmp_path_factory.mktemp("edition")
    clauses = (ResolvedClause("use.a", "paragraph", 1, None, "none", (Run(words),) if words else (), "use"),)
    edition = replace(EDITION, clauses=clauses)
    kept(root, edition)
    assert read_edition(root, "oak/mail", edition.name) == edition


def test_editions_are_in_the_order_of_their_days_and_then_of_their_numbers(tmp_path: Path) -> None:
    for name in ("2026-10-01-10", "2026-10-01", "2026-10-01-2", "2025-01-01"):
        kept(tmp_path, replace(EDITION, name=name))
    assert edition_names(tmp_path, "oak/mail") == ["2025-01-01", "2026-10-01", "2026-10-01-2", "2026-10-01-10"]


def test_an_edition_that_cannot_be_read_is_told_with_its_findings(tmp_path: Path) -> None:
    file = kept(tmp_path, EDITION)
    file.write_text("schema: 1\nedition: [", encoding="utf-8")
    with pytest.raises(BrokenWorkspace) as broken:
        read_edition(tmp_path, "oak/mail", EDITION.name)
    assert broken.value.findings


def kept_with_manifest(root: Path) -> Path:
    file = kept(root, EDITION)
    folder = issued_folder(root, "oak/mail", EDITION.name)
    folder.mkdir(parents=True)
    (folder / "policy.pdf").write_bytes(b"PDF\r\n")
    files = {f"../../{edition_path(EDITION.name)}": file.read_bytes(), "policy.pdf": b"PDF\r\n"}
    manifest = Manifest(EDITION.name, kept_files(files), EDITION.exact, EDITION.shown)
    (folder / MANIFEST).write_bytes(print_manifest(manifest, "edition"))
    return folder


def damages(root: Path) -> list[tuple[str, str]]:
    return [
        (entry.path.rpartition("/")[2], entry.kind)
        for entry in read_kept_edition(root, "oak/mail", EDITION.name).damages
    ]


def test_what_is_as_it_was_kept_has_no_damage(tmp_path: Path) -> None:
    kept_with_manifest(tmp_path)
    assert damages(tmp_path) == []


def test_every_kind_of_damage_is_told(tmp_path: Path) -> None:
    folder = kept_with_manifest(tmp_path)
    edition = adoption_folder(tmp_path, "oak/mail") / edition_path(EDITION.name)
    content = edition.read_bytes()
    edition.write_bytes(content.replace(b"Under ", b"Over "))
    assert damages(tmp_path) == [("2026-10-01.yaml", "altered")]
    edition.write_bytes(content)
    (folder / "policy.pdf").unlink()
    assert damages(tmp_path) == [("policy.pdf", "missing")]
    (folder / MANIFEST).write_text("nonsense", encoding="utf-8")
    assert damages(tmp_path) == [(MANIFEST, "unreadable")]
    (folder / MANIFEST).unlink()
    assert damages(tmp_path) == [(MANIFEST, "missing")]
    edition.unlink()
    assert damages(tmp_path) == [("2026-10-01.yaml", "missing")]


def test_line_ends_count_in_a_document_and_not_in_yaml(tmp_path: Path) -> None:
    folder = kept_with_manifest(tmp_path)
    edition = adoption_folder(tmp_path, "oak/mail") / edition_path(EDITION.name)
    edition.write_bytes(edition.read_bytes().replace(b"\n", b"\r\n"))
    assert damages(tmp_path) == []
    (folder / "policy.pdf").write_bytes(b"PDF\n")
    assert damages(tmp_path) == [("policy.pdf", "altered")]
    assert kept_hash("a.yaml", b"a\r\n") == kept_hash("a.yaml", b"a\n")


def test_a_manifest_cannot_name_a_file_outside_its_folder(tmp_path: Path) -> None:
    folder = kept_with_manifest(tmp_path)
    text = (folder / MANIFEST).read_text(encoding="utf-8")
    (folder / MANIFEST).write_text(text.replace("file: policy.pdf", "file: ../../../../secret.pdf"), encoding="utf-8")
    assert damages(tmp_path) == [(MANIFEST, "unreadable")]


APPENDED = [
    ("a: 1\n", "a: 1\nlist:\n  - {b: 2}\n"),
    ("list: []  # none yet\nz: 1\n", "list:\n  - {b: 2}  # none yet\nz: 1\n"),
    ("list:\nz: 1\n", "list:\n  - {b: 2}\nz: 1\n"),
    ("list:\n  - {a: 1}\n\n# the end\n", "list:\n  - {a: 1}\n  - {b: 2}\n\n# the end\n"),
    ("list:\n- a: 1\n  c: >-\n    long\n    words\n# the end\n", "list:\n- a: 1\n  c: >-\n    long\n    words\n- {b: 2}\n# the end\n"),
    ("list: [{a: 1}]", "list: [{a: 1}, {b: 2}]"),
    ("list:\n  - a:  # to fill in\nz:\n  y: 1\n", "list:\n  - a:  # to fill in\n  - {b: 2}\nz:\n  y: 1\n"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), APPENDED)
def test_an_entry_is_added_and_every_other_character_stays(before: str, after: str) -> None:
    assert append_entry(before, "list", {"b": 2}) == after


def test_words_that_look_like_something_else_are_quoted() -> None:
    entry = {"minute": "2026-10-01", "body": "Full: Board, # 1", "on": date(2026, 10, 1), "edition": "1.10"}
    assert parse_plain(append_entry("a: 1\n", "list", entry))["list"] == [entry]


def test_what_cannot_be_added_to_is_refused_rather_than_spoilt() -> None:
    with pytest.raises(ValueError, match="not a list"):
        append_entry("list: words\n", "list", {"b": 2})
    with pytest.raises(ValueError, match="square brackets"):
        append_lines("list: [1]\n", "list", ["b: 2"])


SET = [
    ("review: {next: 2026-01-01}  # soon\n", ("review", "next"), "2", "review: {next: '2'}  # soon\n"),
    ("review:\n  next: 2026-01-01\nz: 1\n", ("review", "next"), 2, "review:\n  next: 2\nz: 1\n"),
    ("list:\n  - {a: 1}\n", ("list", 0, "b"), 2, "list:\n  - {a: 1, b: 2}\n"),
    ("list:\n  - a: 1\n# end\n", ("list", 0, "b"), 2, "list:\n  - a: 1\n    b: 2\n# end\n"),
]


@pytest.mark.parametrize(("before", "location", "value", "after"), SET)
def test_a_key_is_set_where_it_stands_or_where_it_belongs(
    before: str, location: tuple[str | int, ...], value: str | int, after: str
) -> None:
    assert set_key(before, location, value) == after


def test_windows_line_ends_stay() -> None:
    edited = edit_bytes(
        b"\xef\xbb\xbfa: 1\r\nlist:\r\n  - {a: 1}\r\n", lambda text: append_entry(text, "list", {"b": 2})
    )
    assert edited == b"a: 1\r\nlist:\r\n  - {a: 1}\r\n  - {b: 2}\r\n"


def test_files_are_written_together_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes(b"old")
    (tmp_path / "blocked").write_bytes(b"a file where a folder should be")
    before = snapshot(tmp_path)
    writes = [
        FileWrite(tmp_path / "new" / "folder" / "a.txt", b"a"),
        FileWrite(tmp_path / "old.txt", b"new", b"old"),
        FileWrite(tmp_path / "blocked" / "b.txt", b"b"),
    ]
    with pytest.raises(WorkspaceError, match="cannot be"):
        write_together(writes)
    assert snapshot(tmp_path) == before
    write_together(writes[:2])
    assert (tmp_path / "new" / "folder" / "a.txt").read_bytes() == b"a"
    assert (tmp_path / "old.txt").read_bytes() == b"new"


def test_two_people_at_once_do_not_write_over_each_other(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"what somebody else wrote")
    with pytest.raises(Refused, match="no longer as it was read"):
        write_together([FileWrite(file, b"mine", b"as it was")])
    with pytest.raises(Refused, match="is there already"):
        write_together([FileWrite(tmp_path / "b.txt", b"b"), FileWrite(file, b"mine")])
    assert snapshot(tmp_path) == {"a.txt": b"what somebody else wrote"}
