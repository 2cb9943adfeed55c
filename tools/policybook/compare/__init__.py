"""Witnesses in, judged comparisons, the matrix and positions out."""

from policybook.compare.compare import compare

__all__ = ["compare"]
