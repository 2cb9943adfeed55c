"""`take`: reasons come from comments, authors from tracked changes, and neither is made up."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx.document import Document as WordDocument

from policybook.domain.error import BrokenWorkspace
from policybook.workflow.take import plan_take, write_take
from support.word_edit import (
    comment,
    delete_tracked,
    edit_word,
    reword,
    saved,
    starting,
    track,
)
from take_sample import LADY, WHY, make_copy


@pytest.fixture
def copy(example: Path, tmp_path: Path) -> Path:
    """The copy to edit of one adoption."""
    return make_copy(example, LADY, tmp_path / "copy.docx")


def test_a_missing_reason_is_asked_for_and_never_made_up(example: Path, copy: Path) -> None:
    edit_word(copy, lambda d: reword(d, "two kinds", "two sorts"))
    plan = plan_take(copy, example)
    assert [(entry.severity, entry.code) for entry in plan.findings] == [("error", "take.reason")]
    with pytest.raises(BrokenWorkspace):
        write_take(plan)
    assert plan_take(copy, example, reasons=("communications.kinds=Ours.",)).changes[0].reason == "Ours."
    assert plan_take(copy, example, is_inherited=True).changes[0].reason == "not recorded (inherited)"


@pytest.mark.parametrize("way", ["word", "libreoffice", "odt"])
def test_a_comment_on_a_changed_section_is_its_reason_and_says_who(example: Path, copy: Path, way: str) -> None:
    def edit(document: WordDocument) -> None:
        reword(document, "two kinds", "two sorts")
        comment(document, "Communications are of two sorts", "Our own word for it.")
        starting(document, "The governing body reviews").insert_paragraph_before("The pond is out of bounds.")
        comment(document, "The pond", "It is deep.")

    plan = plan_take(saved(edit_word(copy, edit), way), example)
    assert [(change.reason, change.by) for change in plan.changes] == [
        ("Our own word for it.", ("Jo Green",)),
        ("It is deep.", ("Jo Green",)),
    ]
    assert plan.is_good


def test_a_comment_on_a_section_that_stays_as_it_is_is_told(example: Path, copy: Path) -> None:
    edit_word(copy, lambda d: comment(d, "Communications are of two kinds", "Must we have this?"))
    plan = plan_take(copy, example)
    assert not plan.changes
    assert [(entry.words, entry.clause) for entry in plan.unplaced] == [("Must we have this?", "communications.kinds")]


@pytest.mark.parametrize("way", ["word", "libreoffice"])
def test_a_tracked_change_counts_as_made_and_says_who_proposed_it(example: Path, copy: Path, way: str) -> None:
    edit_word(copy, lambda d: track(d, "Communications are of", "two kinds", "two sorts"))
    plan = plan_take(saved(copy, way), example, reasons=WHY)
    assert [(c.kind, c.clause, c.by) for c in plan.changes] == [
        ("substitute", "communications.kinds", ("Sam Hill",)),
    ]
    assert plan.changes[0].after.startswith("Communications are of two sorts")


def test_a_section_deleted_under_tracked_changes_is_left_out_and_its_comment_is_the_reason(
    example: Path, copy: Path
) -> None:
    def edit(document: WordDocument) -> None:
        paragraph = starting(document, "New apps appear")
        document.add_comment(paragraph.runs, text="Everybody knows.", author="Sam Hill", initials="SH")
        delete_tracked(paragraph)

    plan = plan_take(edit_word(copy, edit), example)
    assert [(c.kind, c.clause, c.reason, c.by) for c in plan.changes] == [
        ("omit", "introduction.unlisted", "Everybody knows.", ("Sam Hill",))
    ]
