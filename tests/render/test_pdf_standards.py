"""Every kind of PDF that we make, held against PDF/UA-1 and PDF/A-2a by a validator that is not ours."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from conftest import ROOT
from policybook.adopt import resolve_model
from policybook.domain.page import Page
from policybook.render.pdf import write_pdf
from policybook.report.matrix import matrix_page
from policybook.report.pack import pack_page
from policybook.report.policy import policy_page
from policybook.report.position import positions_page
from policybook.report.register import register_page
from policybook.report.review import review_page
from policybook.report.sample import sample_page
from policybook.report.side_by_side import side_by_side_page
from policybook.report.upgrade import upgrade_page
from policybook.workflow.pack import make_pack
from policybook.workflow.register import read_register
from policybook.workflow.show import collate_texts, compare_texts, positions_of, show_text
from policybook.workflow.template import write_template
from policybook.workflow.upgrade import plan_upgrades
from policybook.workflow.workspace import open_workspace
from record_sample import OAK, decide, edit, request, write_sample
from render.paper_sample import comparison, hostile, policy
from render.test_look import png
from support.verapdf import Verdict, validate, what_is_missing

DEFAULT = ROOT / "templates" / "default"
MODEL, SCHOOL = "luton-hr/social-media-internet@2024-10", "lady-zia-wernher/social-media-internet"
MEETING = ROOT / "clauses" / "meetings" / "lady-zia-wernher-2026-11-26.yaml"
ADOPTION = "clauses/adoptions/lady-zia-wernher/social-media-internet/adoption.yaml"
KINDS = (
    "policy", "model", "review", "beside", "matrix", "positions", "register", "pack", "upgrade", "evidence", "look",
    "sample", "comparison", "hostile",
)  # fmt: skip


def pages(folder: Path) -> dict[str, Page]:
    """One page of each kind."""
    workspace = open_workspace(ROOT)
    table, topics = positions_of((), (), ROOT)
    return {
        "policy": policy_page(workspace.policies[SCHOOL]),
        "model": policy_page(resolve_model(workspace.records.models[MODEL])),
        "review": review_page(workspace.policies[SCHOOL]),
        "beside": side_by_side_page(compare_texts(MODEL, SCHOOL, ROOT)),
        "matrix": matrix_page(collate_texts((MODEL,), ROOT), "All adoptions"),
        "positions": positions_page(table, topics),
        "register": register_page(read_register(ROOT, date(2026, 11, 21))),
        "pack": pack_page(make_pack(str(MEETING), ROOT)),
        "upgrade": _upgrade(folder / "upgrade"),
        "evidence": _evidence(folder / "evidence"),
        "sample": sample_page(),
        "comparison": comparison(),
        "hostile": hostile(),
        "look": policy(),
    }


def _upgrade(folder: Path) -> Page:
    """A school on the version before, with words of its own that the new version changed too."""
    shutil.copytree(ROOT / "clauses", folder / "clauses")
    edit(folder, ADOPTION, 'version: "2024-10"', 'version: "2022-09"')
    return upgrade_page(plan_upgrades((), (MODEL,), folder))


def _evidence(folder: Path) -> Page:
    root = write_sample(folder)
    decide(root, request(OAK))
    edit(root, "clauses/models/hr/mail/1/policy.yaml", "default: 19", "default: 18")
    return show_text(f"{OAK}@2026-10-02", root)


def _own_look(folder: Path) -> Path:
    """A template as a school would have it, with a logo."""
    template = folder / "templates" / "oak"
    write_template(template / "reference.docx", ROOT)
    (template / "logo.png").write_bytes(png(120, 60))
    return template


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Verdict]]:
    """What the validator says of one PDF of each kind; all in one call, since Java takes seconds to begin."""
    missing = what_is_missing()
    if missing:
        pytest.skip(f"veraPDF cannot run here: {missing} is missing (tests/support/verapdf.py)")
    folder = tmp_path_factory.mktemp("standards")
    look = _own_look(folder)
    files = []
    for name, page in pages(folder).items():
        files.append(folder / f"{name}.pdf")
        files[-1].write_bytes(write_pdf(page, look if name == "look" else DEFAULT))
    found: dict[str, list[Verdict]] = {}
    for verdict in validate([*files, _untagged(folder)]):
        found.setdefault(verdict.file.removesuffix(".pdf"), []).append(verdict)
    return found


def _untagged(folder: Path) -> Path:
    """A PDF that meets neither standard."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page]
    content, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(content))
        content += b"%d 0 obj%s endobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(content)
    content += (
        b"xref\n0 4\n0000000000 65535 f \n" + rows + b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start
    )
    file = folder / "untagged.pdf"
    file.write_bytes(content)
    return file


@pytest.mark.parametrize("kind", KINDS)
def test_a_pdf_breaks_no_rule_of_either_standard(verdicts: dict[str, list[Verdict]], kind: str) -> None:
    assert [verdict.standard for verdict in verdicts[kind]] == ["ua1", "2a"]
    for verdict in verdicts[kind]:
        assert verdict.checks > 500
        assert verdict.broken == ()


def test_the_validator_finds_what_is_wrong(verdicts: dict[str, list[Verdict]]) -> None:
    assert all(verdict.broken for verdict in verdicts["untagged"])
