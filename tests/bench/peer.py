"""Other programs' alignments of the same texts, as pairs of clause indices; one that is not installed is left out.

Those that give differences of a whole text rather than pairs of clauses are read fairly: a clause answers the clause
with which it shares most kept characters, if they are at least a third of the shorter one.
"""

from __future__ import annotations

import difflib
import importlib.util
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

Pairs = set[tuple[int, int]]
Peer = Callable[[Sequence[str], Sequence[str]], Pairs]
Kept = tuple[int, int, int]
"""Characters that both texts share: start on the left, start on the right, how many."""


def peers() -> Iterator[tuple[str, Peer]]:
    """The peers that are installed, each by its name."""
    yield "difflib, clauses as lines", _difflib_lines
    yield "difflib, words", _difflib_words
    for name, module, peer in (
        ("fast-diff-match-patch", "fast_diff_match_patch", _fast_diff),
        ("xmldiff", "xmldiff", _xmldiff),
        ("collatex", "collatex", _collatex),
    ):
        if importlib.util.find_spec(module):
            yield name, peer


def _difflib_lines(left: Sequence[str], right: Sequence[str]) -> Pairs:
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    return {(a + k, b + k) for a, b, size in matcher.get_matching_blocks() for k in range(size)}


def _difflib_words(left: Sequence[str], right: Sequence[str]) -> Pairs:
    one, two = _tokens(left), _tokens(right)
    matcher = difflib.SequenceMatcher(None, [word for word, _ in one], [word for word, _ in two], autojunk=False)
    owners = [(one[a + k], two[b + k]) for a, b, size in matcher.get_matching_blocks() for k in range(size)]
    return _by_shared([(x[1], y[1], len(x[0])) for x, y in owners], left, right)


def _fast_diff(left: Sequence[str], right: Sequence[str]) -> Pairs:
    from fast_diff_match_patch import diff  # type: ignore[import-not-found,unused-ignore]

    kept: list[Kept] = []
    place = place2 = 0
    for operation, count in diff("\n".join(left), "\n".join(right), timelimit=1, checklines=False, counts_only=True):
        if operation == "=":
            kept.append((place, place2, count))
        place += count if operation in "=-" else 0
        place2 += count if operation in "=+" else 0
    return _by_characters(kept, left, right)


def _xmldiff(left: Sequence[str], right: Sequence[str]) -> Pairs:
    from lxml import etree
    from xmldiff import diff  # type: ignore[import-not-found,unused-ignore]

    trees = []
    for texts in (left, right):
        root = etree.Element("policy")
        for text in texts:
            etree.SubElement(root, "clause").text = text
        trees.append(root)
    differ = diff.Differ()
    differ.set_trees(*trees)
    return {
        (one.getparent().index(one), two.getparent().index(two))
        for one, two, _ in _matches(diff.Differ(), trees)
        if one.tag == two.tag == "clause"
    }


def _matches(differ: Any, trees: list[Any]) -> Any:
    differ.set_trees(*trees)
    return differ.match()


def _collatex(left: Sequence[str], right: Sequence[str]) -> Pairs:
    from collatex import Collation, collate  # type: ignore[import-not-found,unused-ignore]

    collation = Collation.create_from_dict(
        {
            "witnesses": [
                {
                    "id": siglum,
                    "tokens": [{"t": f"{word} ", "n": word, "clause": clause} for word, clause in _tokens(texts)],
                }
                for siglum, texts in (("A", left), ("B", right))
            ]
        }
    )
    table = collate(collation, output="table", segmentation=False)
    owners: list[tuple[int, int, int]] = []
    for column in table.columns:
        one, two = column.tokens_per_witness.get("A"), column.tokens_per_witness.get("B")
        if one and two and one[0].token_data["n"] == two[0].token_data["n"]:
            data = one[0].token_data, two[0].token_data
            owners.append((data[0]["clause"], data[1]["clause"], len(data[0]["n"])))
    return _by_shared(owners, left, right)


def _tokens(texts: Sequence[str]) -> list[tuple[str, int]]:
    return [(word, clause) for clause, text in enumerate(texts) for word in text.split()]


def _by_characters(kept: Sequence[Kept], left: Sequence[str], right: Sequence[str]) -> Pairs:
    owners = [[index for index, text in enumerate(texts) for _ in range(len(text) + 1)] for texts in (left, right)]
    shared = [
        (owners[0][start + k], owners[1][start2 + k], 1)
        for start, start2, count in kept
        for k in range(count)
        if start + k < len(owners[0]) and start2 + k < len(owners[1])
    ]
    return _by_shared(shared, left, right)


def _by_shared(owners: Sequence[tuple[int, int, int]], left: Sequence[str], right: Sequence[str]) -> Pairs:
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for one, two, count in owners:
        shared[one, two] += count
    return {
        (one, two)
        for (one, two), count in shared.items()
        if 3 * count >= min(len(left[one]), len(right[two]))
    }  # fmt: skip
