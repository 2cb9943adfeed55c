"""One section in two wordings, and the row that comparing them gives."""

from __future__ import annotations

from policybook.compare import compare
from policybook.domain.comparison import Reading, Row, Witness


def row_of(before: str, after: str) -> Row:
    left, right = (
        Witness(siglum, siglum, siglum, (Reading(text, "use.one"),), model="hr/use")
        for siglum, text in (("A", before), ("B", after))
    )
    (row,) = compare(left, right).rows
    return row
