"""Page trees in, the files and the configuration of a site out."""

from policybook.site.assemble import THEME_FILES, LaterPage, SiteFiles, SitePage, assemble_site

__all__ = ["THEME_FILES", "LaterPage", "SiteFiles", "SitePage", "assemble_site"]
