"""Our YAML in, domain records out, with line numbers for findings."""

from policybook.store.read import find_workspace, read_workspace

__all__ = ["find_workspace", "read_workspace"]
