"""Fuzzing of the other rooms: clause YAML, placeholders, comparing two texts, upgrading a school's record."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as st

from adopt.test_upgrade_properties import History
from adopt.upgrade_builder import SCHOOL
from bench.fuzz_target import PIECES, Case, Target, damaged_bytes
from policybook.adopt.settle import settle_plan, still_open
from policybook.adopt.upgrade import plan_upgrade
from policybook.check import find_problems
from policybook.compare import compare, witness_of_document
from policybook.domain.comparison import Witness
from policybook.domain.error import PolicybookError, UnreadableDocument
from policybook.domain.model import Clause, ModelVersion
from policybook.domain.upgrade import Settlement
from policybook.intake import read_document
from policybook.store.read import read_workspace
from policybook.text.edit import row_edits
from policybook.text.inline import parse_inline
from policybook.text.placeholder import apply_filter, find_placeholders, has_stray_braces, split_placeholders
from policybook.text.word import words_of

ROOT = Path(__file__).resolve().parent.parent
SEEDS = st.integers(0, 1 << 30)
words = st.lists(st.sampled_from([*PIECES, "{{ age | words }}", "}}", "Staff ", "may ", "not "]) | st.text(max_size=6))
texts = words.map("".join)


def yaml_target(folder: Path) -> Target:
    """Any file of the example's clauses, damaged: read and checked, all that is wrong is a finding."""
    root = folder / "workspace"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(ROOT.parent / "clauses", root / "clauses")
    files = sorted(root.rglob("*.yaml"))
    kept = {file: file.read_bytes() for file in files}
    drawn = st.sampled_from(files).flatmap(
        lambda file: damaged_bytes([kept[file]]).map(lambda content: Case(content, file))
    )

    def run(case: Case) -> None:
        case.data.write_bytes(case.content)
        try:
            workspace, findings = read_workspace(root)
            problems = [*findings, *find_problems(workspace)]
            assert all(finding.message and finding.code for finding in problems)
        finally:
            case.data.write_bytes(kept[case.data])

    return Target(drawn, run, (PolicybookError,))


def placeholder_target(_folder: Path) -> Target:
    """Any words: split and joined they are the same, and no filter or markup fails on them."""

    def run(case: Case) -> None:
        text: str = case.data
        pieces = [piece if isinstance(piece, str) else piece.source for piece in split_placeholders(text)]
        assert "".join(pieces) == text
        assert isinstance(has_stray_braces(text), bool)
        for found in find_placeholders(text):
            apply_filter(found.filter, text)
        parse_inline(text)

    return Target(texts.map(lambda text: Case(text.encode("utf-8", "surrogatepass"), text)), run)


def compare_target(folder: Path) -> Target:
    """Two damaged copies of own-words policies: every clause of either stands in exactly one row, and the edits of a row give its words."""
    path = folder / "case.txt"
    seeds = [path.read_bytes()[:9_000] for path in sorted((ROOT / "twins").glob("*.txt"))]
    sides = st.tuples(damaged_bytes(seeds), damaged_bytes(seeds))

    def witness(siglum: str, content: bytes) -> Witness:
        path.write_bytes(content)
        return witness_of_document(siglum, siglum, read_document(path))

    def run(case: Case) -> None:
        left, right = (witness(siglum, content) for siglum, content in zip("AB", case.data, strict=True))
        found = compare(left, right)
        for side, whole in (("left", left), ("right", right)):
            stands = Counter(id(reading) for row in found.rows for reading in getattr(row, side))
            assert set(stands.values()) <= {1}
            assert len(stands) == len(whole.readings)
        for row in found.rows:
            for readings, other in ((row.left, "insert"), (row.right, "delete")):
                said = "".join(text for kind, text in row_edits(row) if kind != other)
                assert words_of(said) == words_of(" ".join(reading.text for reading in readings))

    return Target(sides.map(lambda pair: Case(b"\n=====\n".join(pair), pair)), run, (UnreadableDocument,))


def upgrade_target(_folder: Path) -> Target:
    """A model's history with odd words in it, and a school that changed much: a plan, and every answer can be given."""

    def run(case: Case) -> None:
        seed, text, place, answer = case.data
        history = History(seed)
        first = history.versions[0]
        school = history.adopt()
        last = _with_words(history.release(), text, place)
        plan = plan_upgrade([first, last], school, SCHOOL)
        named = Counter(outcome.clause for outcome in plan.outcomes)
        assert set(named.values()) <= {1}
        for version, told in (
            (first, [name for outcome in plan.outcomes for name in outcome.formerly]),
            (last, [name for outcome in plan.outcomes for name in outcome.now]),
        ):
            clauses = [entry.id for entry in version.walk() if not entry.withdrawn]
            assert sorted(told) == sorted([*(part.id for part in version.parts), *clauses])
        answers = [Settlement(entry.clause, entry.takes()[answer % len(entry.takes())]) for entry in plan.open()]
        settle_plan(plan, answers)
        assert not still_open(plan, answers)

    cases = st.tuples(SEEDS, texts, st.integers(0, 50), st.integers(0, 9))
    return Target(
        cases.map(lambda drawn: Case(repr(drawn).encode("utf-8", "surrogatepass"), drawn)), run, (PolicybookError,)
    )


def _with_words(model: ModelVersion, text: str, place: int) -> ModelVersion:
    part = model.parts[0]
    clauses: list[Clause] = list(part.clauses)
    index = place % len(clauses)
    clauses[index] = replace(clauses[index], text=f"{clauses[index].text} {text}")
    return replace(model, parts=(replace(part, clauses=tuple(clauses)), *model.parts[1:]))


TARGETS: dict[str, Callable[[Path], Target]] = {
    "yaml": yaml_target,
    "placeholders": placeholder_target,
    "compare": compare_target,
    "upgrade": upgrade_target,
}
