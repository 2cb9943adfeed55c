"""Runs mkdocs: all of a site anew, or only the pages whose source has changed.

mkdocs itself always lays out everything that it is given. Its `--dirty` mode skips a page whose result is newer than
its source, but then forgets it in the search index, so the entries of the pages left alone are put back here.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from policybook.domain.error import RenderError
from policybook.store import write_atomically

MKDOCS_SECONDS = 1800
_INDEX = "search/search_index.json"
_INDEX_SCRIPT = "search/search_index.js"
_ALWAYS_WRITTEN = ("404.html", "sitemap.xml", "sitemap.xml.gz", _INDEX, _INDEX_SCRIPT)
_SOURCE = "site_src/"
_MADE_FROM = ".site.json"
_PROGRAMS = ("mkdocs", "mkdocs-material", "markdown", "jinja2")
_WARNING = "WARNING"
_EXPECTED = "A 'dirty' build is being performed"


def build_site(work: Path, site: Path, sources: Mapping[str, str], *, has_map: bool = False) -> bool:
    """Brings `site` up to date with `sources`; whether there was anything to do. Raises RenderError.

    `sources` are the keys of all that it is made from: pages and files by their path in `work`, and the settings.
    """
    made_from = work / _MADE_FROM
    now = {**sources, **{name: version(name) for name in _PROGRAMS}}
    before = _read_json(made_from) if (site / "index.html").is_file() and (site / _INDEX).is_file() else {}
    if before == now:
        return False
    made_from.unlink(missing_ok=True)
    run_mkdocs(work, site, has_map=has_map, changed=_find_changed(before, now))
    write_atomically(made_from, json.dumps(now, indent=0, sort_keys=True).encode())
    return True


def _find_changed(before: Mapping[str, str], now: Mapping[str, str]) -> set[str] | None:
    """The paths in `site_src` that are not as before; None where it is better to make all anew.

    A page that came, went or has another line in the menu alters the menu, whose key is that of `mkdocs.yml`.
    """
    changed = {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}
    pages = [path for path in now if path.endswith(".md")]
    if not before or 2 * len(changed & set(pages)) > len(pages):
        return None
    if any(not path.startswith(_SOURCE) or (path.endswith(".md") and path not in before) for path in changed):
        return None
    return {path.removeprefix(_SOURCE) for path in changed}


def run_mkdocs(work: Path, site: Path, *, has_map: bool = False, changed: Collection[str] | None = None) -> None:
    """Builds `site` from `work/site_src`; the last good site stays if it fails. Raises RenderError.

    With `changed` (paths in `site_src` of pages and files that are not as they were when `site` was built, gone ones
    too), the rest of the site is taken over as it stands. Only with `has_map`, for a site with an address
    on the web, does it keep its sitemap and its page for lost addresses.
    """
    fresh = site.with_name(f"{site.name}.new")
    if changed is None:
        _run(work, "--strict", "--quiet", "--site-dir", str(fresh))
    else:
        _take_over(site, fresh, {_result(path) for path in changed})
        _run(work, "--dirty", "--site-dir", str(fresh))
        _restore_index(site, fresh, {_result(path) for path in changed})
    if not has_map:
        # Without an address, the page for lost addresses looks for its style sheets at the top of the server.
        for file in (*fresh.glob("sitemap.xml*"), fresh / "404.html"):
            file.unlink(missing_ok=True)
    _swap(fresh, site)


def start_server(work: Path, address: str) -> subprocess.Popen[bytes]:
    """Serves `work/site_src` on an address of this machine, pages anew as they change, until it is stopped."""
    # Said in full: in some versions of click, mkdocs takes its own default for "no reload".
    return subprocess.Popen(_command(work, "serve", "--livereload", "--dev-addr", address))  # noqa: S603 - our own


def _run(work: Path, *options: str) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - our own program, with paths we made
            _command(work, "build", *options),
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=MKDOCS_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise RenderError(f"the site took more than {MKDOCS_SECONDS} seconds", mend="build fewer pages") from error
    said = (done.stderr or done.stdout).strip().splitlines()
    # Strict mode would take mkdocs' own remark that a build is a partial one for a fault.
    warned = [line for line in said if line.startswith(_WARNING) and _EXPECTED not in line]
    if done.returncode or warned:
        mend = "mend mkdocs.yml or the template named here"
        told = "\n".join(["mkdocs could not build the site:", *(warned or said)[-8:]])
        raise RenderError(told, where="mkdocs.yml", mend=mend)


def _command(work: Path, command: str, *options: str) -> list[str]:
    # -P: a file mkdocs.py in the folder that one stands in, which may be a stranger's, is not run in its place.
    python = (sys.executable, "-P", "-X", "utf8")
    return [*python, "-m", "mkdocs", command, "--config-file", str(work / "mkdocs.yml"), *options]


def _result(path: str) -> str:
    """Where mkdocs puts what stands at a path of `site_src`."""
    return f"{path.removesuffix('.md')}.html" if path.endswith(".md") else path


def _take_over(site: Path, fresh: Path, changed: set[str]) -> None:
    """Fills `fresh` with what stays of `site`, by hard links where the disk has them."""
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(site, fresh, copy_function=_link)
    for path in (*changed, *_ALWAYS_WRITTEN):
        # Taken out, not written over: a hard link's content is that of the last good site as well.
        (fresh / path).unlink(missing_ok=True)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _restore_index(site: Path, fresh: Path, changed: set[str]) -> None:
    """Puts the entries of unchanged pages back into the search index, each page where it stood."""
    before, after = _read_index(site), _read_index(fresh)
    new: dict[str, list[dict[str, Any]]] = {}
    for entry in after["docs"]:
        new.setdefault(_page_of(entry), []).append(entry)
    after["docs"] = list(_merge(before["docs"], new, changed))
    text = json.dumps(after, separators=(",", ":"))  # as mkdocs writes it
    (fresh / _INDEX).write_text(text, encoding="utf-8")
    (fresh / _INDEX_SCRIPT).write_text(f"var __index = {text}", encoding="utf-8")


def _merge(
    before: list[dict[str, Any]], new: dict[str, list[dict[str, Any]]], changed: set[str]
) -> Iterator[dict[str, Any]]:
    for entry in before:
        page = _page_of(entry)
        if page not in changed:
            yield entry
        yield from new.pop(page, ())
    for entries in new.values():
        yield from entries


def _page_of(entry: dict[str, Any]) -> str:
    return str(entry["location"]).partition("#")[0]


def _read_index(site: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((site / _INDEX).read_text(encoding="utf-8"))
    return found


def _read_json(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _swap(fresh: Path, site: Path) -> None:
    old = site.with_name(f"{site.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        site.replace(old)
    try:
        fresh.replace(site)
    except OSError:  # on Windows, where another program has a file of it open
        if old.exists():
            old.replace(site)
        raise
    shutil.rmtree(old, ignore_errors=True)
