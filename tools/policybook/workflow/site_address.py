"""Where the public site will stand, as the workspace's own `mkdocs.yml` says."""

from __future__ import annotations

import re
from pathlib import Path

from policybook.store import find_site_settings

# Not read as YAML: mkdocs' own tags (`!ENV`) are no data.
_ADDRESS = re.compile(r"""^site_url:\s*["']?(https?://[^\s"'#]+)""", re.MULTILINE)


def site_address(root: Path) -> str:
    """The site's `site_url` with a slash at its end; empty where none is given, or one that is no web address."""
    found = _ADDRESS.search(find_site_settings(root).read_text(encoding="utf-8"))
    return f"{found.group(1).rstrip('/')}/" if found else ""
