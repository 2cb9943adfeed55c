"""The pages that everybody may read: policies in the words adopted, and nothing beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from policybook.domain.inline import Run
from policybook.domain.page import Block, Contents, Page, PageBreak, Table
from policybook.domain.resolved import ResolvedPolicy
from policybook.render.feed import FeedEntry
from policybook.report.address import FEED, file_link, page_link, policy_file_stem, policy_page_path
from policybook.report.policy import policy_page
from policybook.report.word import OUTCOME_WORDS, cell, next_review, paragraph, print_date
from policybook.text.decided import standing_approval

TITLE = "Our policies"


def public_home_page(policies: Sequence[ResolvedPolicy], *, has_feed: bool = False) -> Page:
    """Every published policy by school; with `has_feed`, where to follow what is approved."""
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
    blocks: list[Block] = [paragraph("The policies that these schools publish, as approved."), table]
    if has_feed:
        blocks.append(paragraph(Run("Approvals as a news feed (Atom)", link=f"file:{FEED}")))
    return Page(TITLE, tuple(blocks))


def public_news(policies: Iterable[ResolvedPolicy], address: str) -> Iterator[FeedEntry]:
    """The approval of each published policy, for a feed; `address` is that of the site, with a slash at its end."""
    for policy in policies:
        approval = standing_approval(policy.adoption) if policy.adoption else None
        if policy.adoption and approval:
            since = f", in force from {print_date(approval.effective)}" if approval.effective else ""
            yield FeedEntry(
                title=f"{policy.owner}: {policy.model.title}",
                summary=f"{OUTCOME_WORDS[approval.outcome]} by {approval.body} on {print_date(approval.on)}{since}.",
                on=approval.on,
                address=f"{address}{policy_page_path(policy.adoption).removesuffix('.md')}.html",
                key=f"approved-{approval.on.isoformat()}",
                author=policy.owner,
            )


def public_policy_page(policy: ResolvedPolicy) -> Page:
    """The clean copy of a published policy as a page, with its documents."""
    clean = policy_page(policy)
    blocks: list[Block] = [block for block in clean.blocks if not isinstance(block, Contents | PageBreak)]
    if policy.adoption is not None:
        stem = policy_file_stem(policy.adoption)
        word, pdf = file_link(f"{stem}.docx", "Word document"), file_link(f"{stem}.pdf", "PDF document")
        blocks.insert(0, paragraph(word, " · ", pdf))
    return Page(clean.title, tuple(blocks), clean.language, subject=clean.subject)
