"""Other programs, each used as its users would, and its answer read as pairs of clause indices.

Every program gets the same clauses. One that compares lines gets a clause a line; one that compares running text gets a
clause a paragraph; one for Word files gets a clause a paragraph of a Word file. A program that tells no pairs is read
fairly: a clause answers the clause with which it shares kept characters, if they are at least a third of the shorter one.
"""

from __future__ import annotations

import difflib
import importlib.util
import io
import json
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

Pairs = set[tuple[int, int]]
Texts = Sequence[str]
Shared = tuple[int, int, int]
"""A clause of the left, one of the right, and how many characters they share."""


@dataclass(frozen=True)
class Peer:
    """One program: texts made into what it takes, the program itself (the part that is timed), its answer read."""

    name: str
    prepare: Callable[[Texts, Texts], Any]
    run: Callable[[Any], Any]
    read: Callable[[Any, Texts, Texts], Pairs]

    def __call__(self, left: Texts, right: Texts) -> Pairs:
        """The pairs that the program tells."""
        left, right = ([" ".join(text.split()) for text in texts] for texts in (left, right))
        return self.read(self.run(self.prepare(left, right)), left, right)


def peers() -> Iterator[tuple[str, Peer]]:
    """The programs that are installed, each by its name."""
    for is_there, peer in (
        (True, Peer("difflib, clauses as lines", _both, _difflib, _same_places)),
        (True, Peer("difflib, words", _words, _difflib, _words_shared)),
        (_has("redlines"), Peer("redlines", _paragraphs, _redlines, _redlines_shared)),
        (_has("python_redlines_docxodus"), Peer("python-redlines (Docxodus)", _word_files, _docxodus, _docxodus_shared)),
        (_has("fast_diff_match_patch"), Peer("fast-diff-match-patch", _lines, _fast_diff, _fast_diff_shared)),
        (_has("xmldiff"), Peer("xmldiff", _trees, _xmldiff, _matched)),
        (_has("collatex"), Peer("CollateX", _collation, _collatex, _collatex_shared)),
        (_has_wikidiff2(), Peer("wikidiff2", _lines, _wikidiff2, _wikidiff2_pairs)),
        (_has_wikidiff2(), Peer("wikidiff2, move cut-off raised", _lines, _wikidiff2_moves, _wikidiff2_pairs)),
    ):  # fmt: skip
        if is_there:
            yield peer.name, peer


def _has(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def _has_wikidiff2() -> bool:
    php = shutil.which("php")
    return php is not None and b"wikidiff2" in subprocess.run([php, "-m"], capture_output=True, check=False).stdout


# Preparing: what each program takes.


def _both(left: Texts, right: Texts) -> tuple[list[str], list[str]]:
    return list(left), list(right)


def _words(left: Texts, right: Texts) -> tuple[list[str], list[str]]:
    return [word for word, _ in _tokens(left)], [word for word, _ in _tokens(right)]


def _lines(left: Texts, right: Texts) -> tuple[str, str]:
    return "\n".join(left), "\n".join(right)


def _paragraphs(left: Texts, right: Texts) -> tuple[str, str]:
    return "\n\n".join(left), "\n\n".join(right)


def _word_files(left: Texts, right: Texts) -> tuple[bytes, bytes]:
    return _word_file(left), _word_file(right)


def _word_file(texts: Texts) -> bytes:
    import docx

    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _trees(left: Texts, right: Texts) -> list[Any]:
    from lxml import etree

    trees = []
    for texts in (left, right):
        root = etree.Element("policy")
        for text in texts:
            etree.SubElement(root, "clause").text = text
        trees.append(root)
    return trees


def _collation(left: Texts, right: Texts) -> Any:
    from collatex import Collation  # type: ignore[import-not-found,unused-ignore]

    def tokens(texts: Texts) -> list[dict[str, Any]]:
        return [{"t": f"{word} ", "n": word, "clause": clause} for word, clause in _tokens(texts)]

    witnesses = [{"id": "A", "tokens": tokens(left)}, {"id": "B", "tokens": tokens(right)}]
    return Collation.create_from_dict({"witnesses": witnesses})


# Running: the part that is timed.


def _difflib(sides: tuple[list[str], list[str]]) -> Any:
    return difflib.SequenceMatcher(None, *sides, autojunk=False).get_matching_blocks()


def _redlines(sides: tuple[str, str]) -> Any:
    from redlines.processor import WholeDocumentProcessor  # type: ignore[import-not-found,unused-ignore]

    return WholeDocumentProcessor().process(*sides)


def _docxodus(sides: tuple[bytes, bytes]) -> bytes:
    from python_redlines import DocxodusEngine  # type: ignore[import-not-found,unused-ignore]

    redline: bytes = DocxodusEngine().run_redline("bench", *sides, detect_moves=True)[0]
    return redline


def _fast_diff(sides: tuple[str, str]) -> Any:
    from fast_diff_match_patch import diff  # type: ignore[import-not-found,unused-ignore]

    return list(diff(*sides, timelimit=1, checklines=False, counts_only=True))


def _xmldiff(trees: list[Any]) -> Any:
    from xmldiff import diff  # type: ignore[import-not-found,unused-ignore]

    differ = diff.Differ()
    differ.set_trees(*trees)
    return list(differ.match())


def _collatex(collation: Any) -> Any:
    from collatex import collate  # type: ignore[import-not-found,unused-ignore]

    return collate(collation, output="table", segmentation=False)


def _wikidiff2(sides: tuple[str, str]) -> Any:
    return _php(sides)


def _wikidiff2_moves(sides: tuple[str, str]) -> Any:
    return _php(sides, "-d", "wikidiff2.moved_paragraph_detection_cutoff=10000")


def _php(sides: tuple[str, str], *settings: str) -> Any:
    code = (
        "[$a, $b] = json_decode(stream_get_contents(STDIN)); "
        "echo wikidiff2_inline_json_diff($a, $b, 1000000);"
    )  # fmt: skip
    command = ["php", *settings, "-r", code]
    return json.loads(subprocess.run(command, input=json.dumps(sides).encode(), capture_output=True, check=True).stdout)


# Reading: the answer as pairs of clauses.


def _same_places(blocks: Any, left: Texts, right: Texts) -> Pairs:
    return {(one + k, two + k) for one, two, size in blocks for k in range(size)}


def _words_shared(blocks: Any, left: Texts, right: Texts) -> Pairs:
    ones, twos = _tokens(left), _tokens(right)
    matched = [(ones[one + k], twos[two + k]) for one, two, size in blocks for k in range(size)]
    return _by_shared([(x[1], y[1], len(x[0])) for x, y in matched], left, right)


def _redlines_shared(operations: Any, left: Texts, right: Texts) -> Pairs:
    if not operations:
        return set()
    tokens = operations[0].source_chunk.text, operations[0].test_chunk.text
    ones, twos = (list(accumulate("¶" in token for token in side)) for side in tokens)
    shared = []
    for operation in operations:
        kind, start, end, other, _ = operation.opcodes
        if kind == "equal":
            shared += [
                (ones[start + k], twos[other + k], len(tokens[0][start + k].strip())) for k in range(end - start)
            ]
    return _by_shared(
        [(one, two, size) for one, two, size in shared if one < len(left) and two < len(right)], left, right
    )


def _docxodus_shared(redline: bytes, left: Texts, right: Texts) -> Pairs:
    owners = [[index for index, text in enumerate(texts) for _ in "".join(text.split())] for texts in (left, right)]
    kept: list[tuple[int, int]] = []
    moved: dict[tuple[str, str], list[int]] = defaultdict(list)
    places = [0, 0]
    for state, name, length in _runs_of(redline):
        spans = [range(place, place + length) for place in places]
        if state == "keep":
            kept += zip(*spans, strict=True)
        elif name:
            moved[state, name] += spans[0] if state == "delete" else spans[1]
        places[0] += length if state != "insert" else 0
        places[1] += length if state != "delete" else 0
    for (state, name), span in moved.items():
        if state == "delete":
            kept += zip(span, moved.get(("insert", name), ()), strict=False)
    return _by_shared([(owners[0][one], owners[1][two], 1) for one, two in kept], left, right)


def _runs_of(redline: bytes) -> Iterator[tuple[str, str, int]]:
    """Each stretch of words of a Word file with tracked changes: its state, its move's name, its length without spaces."""
    import docx
    from docx.oxml.ns import qn

    move = ""
    for element in docx.Document(io.BytesIO(redline)).element.body.iter():
        if element.tag in (qn("w:moveFromRangeStart"), qn("w:moveToRangeStart")):
            move = element.get(qn("w:name"))
        elif element.tag in (qn("w:moveFromRangeEnd"), qn("w:moveToRangeEnd")):
            move = ""
        elif element.tag in (qn("w:t"), qn("w:delText")):
            tags = {parent.tag for parent in element.iterancestors()}
            is_out = bool(tags & {qn("w:del"), qn("w:moveFrom")})
            is_in = bool(tags & {qn("w:ins"), qn("w:moveTo")})
            yield (
                "delete" if is_out else "insert" if is_in else "keep",
                move,
                len("".join((element.text or "").split())),
            )


def _fast_diff_shared(operations: Any, left: Texts, right: Texts) -> Pairs:
    owners = [[index for index, text in enumerate(texts) for _ in range(len(text) + 1)] for texts in (left, right)]
    shared: list[Shared] = []
    place = place2 = 0
    for operation, count in operations:
        if operation == "=":
            shared += [
                (one, two, 1) for one, two in zip(owners[0][place : place + count], owners[1][place2:], strict=False)
            ]
        place += count if operation in "=-" else 0
        place2 += count if operation in "=+" else 0
    return _by_shared(shared, left, right)


def _matched(matches: Any, left: Texts, right: Texts) -> Pairs:
    return {
        (one.getparent().index(one), two.getparent().index(two))
        for one, two, _ in matches
        if one.tag == two.tag == "clause"
    }


def _collatex_shared(table: Any, left: Texts, right: Texts) -> Pairs:
    shared: list[Shared] = []
    for column in table.columns:
        one, two = (column.tokens_per_witness.get(siglum) for siglum in "AB")
        if one and two and one[0].token_data["n"] == two[0].token_data["n"]:
            data = one[0].token_data, two[0].token_data
            shared.append((data[0]["clause"], data[1]["clause"], len(data[0]["n"])))
    return _by_shared(shared, left, right)


def _wikidiff2_pairs(answer: Any, left: Texts, right: Texts) -> Pairs:
    """Lines that are kept, changed or moved, by where they begin (bytes) in either text."""
    starts = [
        {start: index for index, start in enumerate(accumulate((len(text.encode()) + 1 for text in texts), initial=0))}
        for texts in (left, right)
    ]
    moves = {entry["moveInfo"]["id"]: entry for entry in answer["diff"] if "moveInfo" in entry}
    shared: list[Shared] = []
    for entry in answer["diff"]:
        other = moves.get(entry["moveInfo"]["linkId"], entry) if "moveInfo" in entry else entry
        start, start2 = entry["offset"]["from"], other["offset"]["to"]
        if start is not None and start2 is not None:
            kept = len(entry["text"].encode()) - sum(part["length"] for part in entry.get("highlightRanges", ()))
            shared.append((starts[0][start], starts[1][start2], kept))
    return _by_shared(shared, left, right)


def _tokens(texts: Texts) -> list[tuple[str, int]]:
    return [(word, clause) for clause, text in enumerate(texts) for word in text.split()]


def _by_shared(shared: Sequence[Shared], left: Texts, right: Texts) -> Pairs:
    counts: dict[tuple[int, int], int] = defaultdict(int)
    for one, two, count in shared:
        counts[one, two] += count
    return {
        (one, two) for (one, two), count in counts.items() if 3 * count >= min(len(left[one]), len(right[two]))
    }  # fmt: skip
