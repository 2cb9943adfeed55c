"""Where the site of an audience is made, and whether it shows the day that it was made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from policybook.site.audience import SiteAudience


@dataclass(frozen=True, slots=True)
class SitePlace:
    """Where one audience's site is made: `work` holds its source and documents, `site` is the finished folder."""

    work: Path
    site: Path

    @property
    def from_work(self) -> str:
        """The finished folder as seen from `work`."""
        return "site" if self.site.parent == self.work else f"../{self.site.name}"


def site_place(root: Path, audience: SiteAudience) -> SitePlace:
    """`build` and `build/site` for the council; a folder of their own for all others, so that nothing is shared."""
    build = root / "build"
    if audience.kind == "council":
        return SitePlace(build, build / "site")
    return SitePlace(build / f"for-{audience.name}", build / f"site-{audience.name}")


def shows_today(audience: SiteAudience) -> bool:
    """Whether a page of this audience's site depends on the day that it is built."""
    return audience.kind != "public"
