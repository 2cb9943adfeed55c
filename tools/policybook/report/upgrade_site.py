"""Upgrades on the site: which models have moved on, what that means for all schools, and for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from policybook.domain.adoption import Adoption
from policybook.domain.inline import Run
from policybook.domain.model import ModelVersion
from policybook.domain.page import Block, Heading, Page, Table
from policybook.domain.upgrade import UpgradeTriage
from policybook.report.address import (
    model_page_path,
    page_link,
    policy_page_path,
    school_upgrade_path,
    upgrade_path,
    version_changes_path,
)
from policybook.report.upgrade import plan_blocks, schools_table, sections_table, triage_summary
from policybook.report.word import bullet, cell, paragraph, runs

PLAN_ONLY = "This is a plan: nothing has been changed."


def upgrades_page(targets: Sequence[tuple[ModelVersion, Sequence[Adoption]]]) -> Page:
    """The models that have moved on, with the adoptions of their older versions."""
    title, subject = "Upgrades", "Which models have moved on, and who still follows an older version"
    if not targets:
        said = paragraph("Nothing waits: every policy follows the newest version of its model.")
        return Page(title, (said,), subject=subject)
    rows = tuple(
        (
            cell(page_link(upgrade_path(target), target.title), heading=True),
            cell(", ".join(sorted({adoption.version for adoption in behind}))),
            cell(page_link(model_page_path(target), target.version)),
            cell(str(len({school for adoption in behind for school in adoption.schools}))),
        )
        for target, behind in targets
    )
    lead = "Each model leads to a page of what its new version means, school by school and section by section."
    head = ("Model", "Followed until now", "Newest version", "Schools still to move")
    return Page(
        title, (paragraph(lead), Table("Models that have moved on", head, rows, (0.4, 0.2, 0.2, 0.2))), subject=subject
    )


def upgrade_overview_page(triage: UpgradeTriage, target: ModelVersion, behind: Sequence[tuple[Adoption, str]]) -> Page:
    """What a version means for all schools on an older one: a line a school, then schools by section and outcome.

    `behind` are their adoptions with the schools' names; one that cannot be moved is named with the reason.
    """
    names = {adoption.ref: (adoption, name) for adoption, name in behind}
    links = [page_link(model_page_path(target), f"Version {target.version}")]
    if target.supersedes:
        links.append(page_link(version_changes_path(target), f"What changed since {target.supersedes}"))
    blocks: list[Block] = [paragraph(triage_summary(triage)), paragraph(PLAN_ONLY), paragraph(*_between(links))]
    if triage.plans:
        table = schools_table(triage, lambda plan: f"page:{school_upgrade_path(plan.adoption)}")
        blocks += [Heading(runs("School by school"), 1, anchor="schools"), table]
        blocks += [Heading(runs("Section by section"), 1, anchor="sections"), sections_table(triage)]
    stuck = [entry for entry in triage.passed_over if entry.ref in names]
    if stuck:
        blocks.append(Heading(runs("Not moved"), 1, anchor="not-moved"))
    for entry in stuck:
        adoption, name = names[entry.ref]
        blocks.append(bullet(page_link(policy_page_path(adoption), name), f": {entry.why}."))
    title = f"{target.title}: moving to {target.version}"
    return Page(title, tuple(blocks), subject="What the new version means for each school", landscape=True)


def school_upgrade_page(triage: UpgradeTriage, target: ModelVersion, adoption: Adoption, school: str) -> Page:
    """What a version means for one school: its sections by what happens to them, with the three texts side by side."""
    links = [
        page_link(policy_page_path(adoption), "The policy in force"),
        page_link(model_page_path(target), f"Version {target.version} of the model"),
        page_link(upgrade_path(target), "All schools"),
    ]
    blocks: list[Block] = [paragraph(*_between(links)), paragraph(PLAN_ONLY)]
    for plan in triage.plans:
        if plan.ref == adoption.ref:
            # The page's own title says what their first heading would, so the others stand one level higher.
            blocks += (_raised(block) for block in list(plan_blocks(plan, {}))[1:])
    blocks += (paragraph(f"It is not moved: {entry.why}.") for entry in triage.passed_over if entry.ref == adoption.ref)
    title = f"{target.title}: moving to {target.version}"
    return Page(title, tuple(blocks), target.language, subject=school, landscape=True)


def _raised(block: Block) -> Block:
    return replace(block, level=block.level - 1) if isinstance(block, Heading) else block


def _between(links: Sequence[Run]) -> list[Run | str]:
    """Links with a dot between them."""
    return [piece for link in links for piece in (" · ", link)][1:]
