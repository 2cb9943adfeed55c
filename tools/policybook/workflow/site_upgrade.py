"""The site's pages on upgrades: planned only for the models whose adoptions, versions or locks have changed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from policybook.domain.model import ModelVersion
from policybook.domain.page import Page
from policybook.domain.upgrade import UpgradeTriage
from policybook.report.address import UPGRADES, school_upgrade_path, upgrade_path
from policybook.report.due import newer_version
from policybook.report.upgrade_site import school_upgrade_page, upgrade_overview_page, upgrades_page
from policybook.site import LaterPage, SitePage
from policybook.store.edition import adoption_folder
from policybook.text.fingerprint import exact_fingerprint
from policybook.workflow.book import AdoptedPolicy, Book
from policybook.workflow.later import Later
from policybook.workflow.upgrade import plan_in_workspace


def upgrade_index(book: Book) -> SitePage:
    """The page of all models that have moved on."""
    targets = [(target, [entry.adoption for entry in behind]) for target, behind in _behind(book)]
    return SitePage(UPGRADES, upgrades_page(targets), nav_title="Upgrades")


def upgrade_pages(book: Book) -> Iterator[LaterPage]:
    """For each model that has moved on a page for all schools, and one for each school on an older version."""
    for target, behind in _behind(book):
        versions = book.workspace.records.versions_of(target.id)
        keys = {entry.key: exact_fingerprint([repr(versions), entry.key, _lock(book, entry)]) for entry in behind}
        triage = Later(partial(_triage, book, target))
        draw = partial(_overview, triage, target, behind)
        section, title = ("Models", target.title), f"Moving to {target.version}"
        yield LaterPage(upgrade_path(target), exact_fingerprint(keys.values()), draw, section, title, searchable=False)
        for entry in behind:
            path, alone = school_upgrade_path(entry.adoption), partial(_alone, triage, target, entry)
            section = ("Schools", entry.policy.owner)
            yield LaterPage(path, keys[entry.key], alone, section, title, searchable=False)


def _behind(book: Book) -> list[tuple[ModelVersion, list[AdoptedPolicy]]]:
    """The newest version of each model that has moved on, with the adoptions of its older versions."""
    found: dict[str, tuple[ModelVersion, list[AdoptedPolicy]]] = {}
    for entry in book.adopted:
        newer = newer_version(entry.adoption, book.models)
        if newer:
            found.setdefault(newer.ref, (newer, []))[1].append(entry)
    return [found[ref] for ref in sorted(found)]


def _lock(book: Book, entry: AdoptedPolicy) -> str:
    """The words that the school's departures were made against, as they stand in its lock."""
    file = adoption_folder(book.workspace.root, entry.adoption.ref) / "lock.yaml"
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def _triage(book: Book, target: ModelVersion) -> UpgradeTriage:
    return plan_in_workspace((), [target.ref], book.workspace.records, book.workspace.root)


def _overview(triage: Later[UpgradeTriage], target: ModelVersion, behind: list[AdoptedPolicy]) -> Page:
    return upgrade_overview_page(triage(), target, [(entry.adoption, entry.policy.owner) for entry in behind])


def _alone(triage: Later[UpgradeTriage], target: ModelVersion, entry: AdoptedPolicy) -> Page:
    return school_upgrade_page(triage(), target, entry.adoption, entry.policy.owner)
