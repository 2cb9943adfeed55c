"""The pages that everybody may read: policies in the words adopted, and nothing beside them."""

from __future__ import annotations

from collections.abc import Sequence

from policybook.domain.page import Block, Contents, Page, PageBreak, Table
from policybook.domain.resolved import ResolvedPolicy
from policybook.report.address import file_link, page_link, policy_file_stem, policy_page_path
from policybook.report.policy import policy_page
from policybook.report.word import cell, next_review, paragraph, print_date
from policybook.text.decided import standing_approval

TITLE = "Our policies"


def public_home_page(policies: Sequence[ResolvedPolicy]) -> Page:
    """Every published policy by school."""
    if not policies:
        return Page(TITLE, (paragraph("No policy has been published here yet."),))
    rows = []
    for policy in policies:
        adoption = policy.adoption
        if adoption is not None:
            approval = standing_approval(adoption)
            rows.append((
                cell(policy.owner, heading=True),
                cell(page_link(policy_page_path(adoption), policy.model.title)),
                cell(print_date(approval.on) if approval else "–"),
                cell(next_review(adoption)),
            ))  # fmt: skip
    head = ("School", "Policy", "Approved", "Next review")
    table = Table("Published policies", head, tuple(rows), (0.28, 0.36, 0.18, 0.18))
    return Page(TITLE, (paragraph("The policies that these schools publish, as approved."), table))


def public_policy_page(policy: ResolvedPolicy) -> Page:
    """The clean copy of a published policy as a page, with its documents."""
    clean = policy_page(policy)
    blocks: list[Block] = [block for block in clean.blocks if not isinstance(block, Contents | PageBreak)]
    if policy.adoption is not None:
        stem = policy_file_stem(policy.adoption)
        word, pdf = file_link(f"{stem}.docx", "Word document"), file_link(f"{stem}.pdf", "PDF document")
        blocks.insert(0, paragraph(word, " · ", pdf))
    return Page(clean.title, tuple(blocks), clean.language, subject=clean.subject)
