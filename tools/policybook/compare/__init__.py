"""Witnesses in, judged comparisons, the matrix and positions out."""

from policybook.compare.collate import collate
from policybook.compare.compare import compare, prepare
from policybook.compare.position import find_positions, position_of_witness, positions_of_witness
from policybook.compare.witness import witness_of_document, witness_of_policy

__all__ = [
    "collate",
    "compare",
    "find_positions",
    "position_of_witness",
    "positions_of_witness",
    "prepare",
    "witness_of_document",
    "witness_of_policy",
]
