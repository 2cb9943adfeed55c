"""Files that come with the package: templates, and the settings of the site."""

from __future__ import annotations

from pathlib import Path

from policybook.domain.error import WorkspaceError

_PACKAGE = Path(__file__).parent.parent


def find_template(root: Path | None, name: str = "default") -> Path:
    """The folder of a template: the workspace's own, else the one that comes with the package.

    Raises WorkspaceError where neither has one of that name.
    """
    for folder in (root, *_homes()):
        if folder and (folder / "templates" / name).is_dir():
            return folder / "templates" / name
    mend = "name a folder of templates/, or leave the option out"
    raise WorkspaceError(f"there is no template '{name}'", where="templates", mend=mend)


def find_site_settings(root: Path | None) -> Path:
    """The `mkdocs.yml` of the workspace, else the one that comes with the package."""
    return next(folder / "mkdocs.yml" for folder in (root, *_homes()) if folder and (folder / "mkdocs.yml").is_file())


def citations_file() -> Path:
    """The dated list of citations that comes with the package, beside the check that reads it."""
    return _PACKAGE / "check" / "citations.yaml"


def _homes() -> tuple[Path, Path]:
    """An installed package carries the files; in a checkout they stand at the top of the repository."""
    return _PACKAGE, _PACKAGE.parent.parent
