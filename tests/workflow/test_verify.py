from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from policybook.domain.edition import Manifest
from policybook.store.edition import adoption_folder, edition_path
from policybook.store.manifest import MANIFEST, issued_folder, kept_files, print_manifest
from policybook.store.read import read_adoption
from policybook.workflow.verify import verify_workspace
from record_sample import ADOPTION, OAK, PART, decide, edit, request, snapshot, write_sample

FOLDER = "clauses/adoptions/oak/mail"
EDITION = f"{FOLDER}/editions/2026-10-01.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = write_sample(tmp_path)
    decide(root, request(minute="1", effective=date(2026, 11, 1)))
    return root


def test_what_is_as_it_was_kept_is_verified_and_nothing_is_written(root: Path) -> None:
    before = snapshot(root)
    result = verify_workspace(root)
    assert (result.findings, result.editions, result.files, result.without) == ((), 1, 3, 1)
    assert "all are as they were kept" in result.in_words()
    assert snapshot(root) == before


def test_what_people_go_on_writing_does_not_matter(root: Path) -> None:
    edit(root, PART, "No contact", "No messages")
    edit(root, ADOPTION, "01234 5678", "01234 9999")
    (root / "clauses/schools/oak.yaml").unlink()
    assert not verify_workspace(root).is_damaged


def forge(root: Path) -> None:
    """Edition and manifest changed together, so that every hash agrees."""
    edit(root, EDITION, "nineteen", "eighteen")
    folder = issued_folder(root, OAK, "2026-10-01")
    decision = read_adoption(root, OAK).decisions[0]
    files = {
        f"../../{edition_path('2026-10-01')}": (adoption_folder(root, OAK) / edition_path("2026-10-01")).read_bytes()
    }
    manifest = Manifest("2026-10-01", kept_files(files), decision.exact or "", "exact-v1:made-up")
    (folder / MANIFEST).write_bytes(print_manifest(manifest, "edition"))


DAMAGES: list[tuple[str, Callable[[Path], object], str]] = [
    ("an altered edition", lambda root: edit(root, EDITION, "nineteen", "eighteen"), "edition.altered"),
    ("a name altered in an edition", lambda root: edit(root, EDITION, "Oak School", "Elm School"), "edition.altered"),
    ("a lost edition", lambda root: (root / EDITION).unlink(), "edition.missing"),
    ("a lost document", lambda root: next(root.rglob("*.docx")).unlink(), "issued.missing"),
    ("an altered document", lambda root: next(root.rglob("*.pdf")).write_bytes(b""), "issued.altered"),
    ("a lost manifest", lambda root: (root / FOLDER / "issued/2026-10-01/manifest.yaml").unlink(), "edition.missing"),
    ("a broken manifest", lambda root: (root / FOLDER / "issued/2026-10-01/manifest.yaml").write_text("x"),
     "edition.unreadable"),
    ("an edition of no decision", lambda root: (root / FOLDER / "editions/2025-01-01.yaml").write_text("schema: 1"),
     "edition.no-decision"),
    ("a decision taken out", lambda root: edit(root, ADOPTION, 'edition: "2026-10-01", ', ""), "edition.no-decision"),
    ("edition and manifest forged together", forge, "edition.other-words"),
    ("a broken adoption", lambda root: edit(root, ADOPTION, "school: oak", "school: ["), "yaml.syntax"),
]  # fmt: skip


@pytest.mark.parametrize(("damage", "code"), [entry[1:] for entry in DAMAGES], ids=[entry[0] for entry in DAMAGES])
def test_every_damage_is_found(root: Path, damage: Callable[[Path], object], code: str) -> None:
    damage(root)
    result = verify_workspace(root)
    assert result.is_damaged
    assert code in {finding.code for finding in result.findings}
    assert all(finding.mend for finding in result.findings)


def released(root: Path) -> Path:
    folder = root / "clauses/models/hr/mail/1"
    files = {file.name: file.read_bytes() for file in folder.glob("*.yaml")}
    (folder / MANIFEST).write_bytes(print_manifest(Manifest("1", kept_files(files)), "version"))
    return folder


def test_a_released_version_is_verified(root: Path) -> None:
    folder = released(root)
    assert not verify_workspace(root).is_damaged
    assert verify_workspace(root).versions == 1
    edit(root, PART, "No contact", "No messages")
    (folder / "02-more.yaml").write_text("schema: 1\n")
    found = {(entry.place.path.rpartition("/")[2], entry.code) for entry in verify_workspace(root).findings}
    assert found == {("01-use.yaml", "version.altered"), ("02-more.yaml", "version.unlisted")}
