"""Our YAML in, domain records out, with line numbers for findings; files in and out of a workspace."""

from policybook.store.read import find_workspace, read_workspace
from policybook.store.resource import find_site_settings, find_template
from policybook.store.write import write_atomically

__all__ = ["find_site_settings", "find_template", "find_workspace", "read_workspace", "write_atomically"]
