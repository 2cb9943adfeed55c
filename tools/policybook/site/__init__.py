"""Page trees in, the files and the configuration of a site out."""

from policybook.site.assemble import THEME_FILES, SiteFiles, SitePage, assemble_site

__all__ = ["THEME_FILES", "SiteFiles", "SitePage", "assemble_site"]
