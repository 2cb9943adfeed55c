"""The source of a site: its pages, the documents it offers and its configuration, as tasks."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from policybook.jobs import Ledger, Task
from policybook.site.assemble import PageFacts, SiteFiles, assemble_site
from policybook.store import find_site_settings
from policybook.workflow.audience import SitePlan
from policybook.workflow.site import theme_files
from policybook.workflow.site_address import site_address
from policybook.workflow.site_memory import SiteMemory
from policybook.workflow.site_place import SitePlace

SOURCE = "site_src"


def site_tasks(root: Path, place: SitePlace, plan: SitePlan, ledger: Ledger, memory: SiteMemory) -> list[Task]:
    """A task for each file of the source; pages that `memory` knows, and that still stand there, are not drawn.

    `memory` is brought up to date and left for the caller to write, once the tasks are done.
    """
    is_own = (root / "mkdocs.yml").is_file()
    documents = [task.output for task in plan.tasks]
    others = {**plan.files, **theme_files(root)}
    site = assemble_site(
        plan.pages,
        [*documents, *others],
        name=plan.name,
        notice=plan.notice,
        inherit=Path(os.path.relpath(root / "mkdocs.yml", place.work)).as_posix() if is_own else "site-settings.yml",
        site_dir=place.from_work,
        known=_standing(memory.pages, ledger),
        # Said only to take back what the settings say: an internal site has no address on the web.
        site_url=plan.address if site_address(root) else None,
    )
    memory.pages = site.facts
    files = {f"{SOURCE}/{path}": content for path, content in (site.pages | others).items()}
    files["mkdocs.yml"] = site.config.encode()
    if not is_own:  # a workspace without a mkdocs.yml takes the one that comes with the package
        files["site-settings.yml"] = find_site_settings(root).read_bytes()
    made = [Task(path, hashlib.sha256(content).hexdigest(), same_bytes, (content,)) for path, content in files.items()]
    return [*made, *_kept(site, place), *_copied(documents, place, ledger)]


def same_bytes(content: bytes) -> bytes:
    """The content as it is: a page of the site was made when its links were checked."""
    return content


def read_file(path: Path) -> bytes:
    """A file's content, read only where it is to stand in the site anew."""
    return path.read_bytes()


def _standing(pages: dict[str, PageFacts], ledger: Ledger) -> dict[str, PageFacts]:
    return {path: facts for path, facts in pages.items() if ledger.has(f"{SOURCE}/{path}", facts.sha256)}


def _kept(site: SiteFiles, place: SitePlace) -> list[Task]:
    paths = [path for path in site.facts if path not in site.pages]
    return [
        Task(f"{SOURCE}/{path}", site.facts[path].sha256, read_file, (place.work / SOURCE / path,)) for path in paths
    ]


def _copied(documents: list[str], place: SitePlace, ledger: Ledger) -> list[Task]:
    return [
        Task(f"{SOURCE}/{path}", ledger.entries[path]["sha256"], read_file, (place.work / path,)) for path in documents
    ]
