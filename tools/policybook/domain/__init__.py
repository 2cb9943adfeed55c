"""Frozen records, results, the page tree and the tree of errors. Standard library only; imports nothing of ours."""
