"""What did not change is neither compared nor drawn again, and the site's source is as one made from nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from policybook.jobs import Ledger
from policybook.site.assemble import PageFacts
from policybook.site.audience import COUNCIL
from policybook.workflow import book as book_room
from policybook.workflow import build as build_room
from policybook.workflow.book import read_book
from policybook.workflow.build import build_day, lay_out
from policybook.workflow.site_memory import FILE, SiteMemory
from policybook.workflow.workspace import open_workspace

ADOPTION = "clauses/adoptions/severn-valley/staff-ict-social-media/adoption.yaml"
MODEL = "clauses/models/ghes/staff-ict-social-media/2018-01/policy.yaml"
SCHOOL = "clauses/schools/severn-valley.yaml"


def laid_out(root: Path) -> dict[str, bytes]:
    """Lays the site's source out and gives what stands there."""
    ledger = Ledger.read(root / "build")
    assert not lay_out(root, COUNCIL, build_day(), ledger).failures
    ledger.write()
    source = root / "build" / "site_src"
    pages = {file.relative_to(source).as_posix(): file.read_bytes() for file in source.rglob("*.md")}
    return {**pages, "mkdocs.yml": (root / "build" / "mkdocs.yml").read_bytes()}


def test_after_a_change_the_source_is_as_one_made_from_nothing_and_other_models_are_not_compared(
    example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_room, "_tool_key", lambda _root: "the program")
    first = laid_out(example)
    change(example, ADOPTION, "Smoothwall", "Filterwell")
    compared = counted(monkeypatch)
    second = laid_out(example)
    # Severn Valley shares its model with one school; of the other models only the two versions are compared.
    assert {ref for ref in compared if "@" not in ref} == {
        "severn-valley/staff-ict-social-media", "gloucestershire-2018/staff-ict-social-media",
    }  # fmt: skip
    shutil.rmtree(example / "build")
    assert second == laid_out(example)
    assert first != second


@pytest.mark.parametrize(
    ("file", "before", "after", "touched"),
    [
        (ADOPTION, "Smoothwall", "Filterwell", {"severn-valley"}),
        (SCHOOL, "Severn Valley", "Severn Vale", {"severn-valley"}),
        (MODEL, "title:", "title: New", {"severn-valley", "gloucestershire-2018"}),
    ],
)
def test_a_key_stands_for_the_adoption_its_school_and_its_model(
    example: Path, file: str, before: str, after: str, touched: set[str]
) -> None:
    keys = keys_of(example)
    change(example, file, before, after)
    now = keys_of(example)
    assert {ref.partition("/")[0] for ref in keys if keys[ref] != now[ref]} == touched


def keys_of(root: Path) -> dict[str, str]:
    return {entry.adoption.ref: entry.key for entry in read_book(open_workspace(root)).adopted}


def change(root: Path, file: str, before: str, after: str) -> None:
    text = (root / file).read_text(encoding="utf-8")
    assert before in text
    (root / file).write_text(text.replace(before, after), encoding="utf-8")


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The refs of what is compared from now on."""
    refs: list[str] = []
    real: Callable[..., object] = book_room.compare

    def noted(left: object, right: book_room.Witness) -> object:
        refs.append(right.ref)
        return real(left, right)

    monkeypatch.setattr(book_room, "compare", noted)
    return refs


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"format": 1, "program": "p", "pages": {"a": 1}, "counts": {}}']
)
def test_a_damaged_memory_is_an_empty_one(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert SiteMemory.read(tmp_path, "p") == SiteMemory(tmp_path, "p")


def test_a_memory_keeps_pages_that_have_a_key_and_forgets_all_when_the_program_changes(tmp_path: Path) -> None:
    facts = PageFacts("key", "hash", frozenset({"b", "a"}), ("page:index.md",))
    SiteMemory(tmp_path, "p", {"a.md": facts, "index.md": PageFacts("", "h", frozenset(), ())}, {"key": 3}).write()
    assert SiteMemory.read(tmp_path, "p") == SiteMemory(tmp_path, "p", {"a.md": facts}, {"key": 3})
    assert SiteMemory.read(tmp_path, "other") == SiteMemory(tmp_path, "other")
