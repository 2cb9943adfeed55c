"""What a school's own wording was made against: words kept in the lock, or the nearest known ones."""

from __future__ import annotations

from dataclasses import replace

import pytest

from adopt.upgrade_builder import SCHOOL, adoption, clause, model, outcome, substitute
from policybook.adopt.base import Base, find_bases, nearest_version
from policybook.adopt.lineage import compare_versions
from policybook.adopt.upgrade import plan_school, plan_upgrade
from policybook.domain.adoption import INHERITED, Adoption, Tailoring
from policybook.domain.model import ModelVersion, Part

FIRST = model("1", clause("x", "Staff answer parents within two school days by letter."))
SECOND = model("2", clause("x", "Colleagues reply to families in good time and keep a copy of all that they wrote."))
THIRD = model("3", clause("x", "Colleagues reply to families in good time and file a copy of all that they wrote."))
KNOWN = [FIRST, SECOND, THIRD]
OLD_FASHIONED = "Staff answer parents within five school days by letter."


def inherited(text: str) -> Tailoring:
    return replace(substitute("x", text), reason=INHERITED)


BASES = [
    # why, the departure, the pinned version, what the lock keeps, the version whose words are the base
    ("a wording made on purpose keeps its version", substitute("x", OLD_FASHIONED), "2", {}, None),
    ("one inherited from a document follows the nearest", inherited(OLD_FASHIONED), "2", {}, "1"),
    ("one inherited and near enough stays", inherited("Colleagues reply to families in time."), "2", {}, None),
    ("what the lock keeps counts first", inherited(OLD_FASHIONED), "2", {"mail.x": "Other words."}, "lock"),
    ("a lock with the pinned words changes nothing", substitute("x", OLD_FASHIONED), "2",
     {"mail.x": SECOND.parts[0].clauses[0].text}, None),
    ("a version that nobody knows", substitute("x", OLD_FASHIONED), "0", {}, "1"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "entry", "version", "locked", "expected"), BASES, ids=[row[0] for row in BASES])
def test_the_base_of_a_wording(
    why: str, entry: Tailoring, version: str, locked: dict[str, str], expected: str | None
) -> None:
    pinned = next((known for known in KNOWN if known.version == version), FIRST)
    found = find_bases(adoption(entry, version=version), pinned, KNOWN, locked)
    base = found.get("mail.x")
    if expected is None:
        assert base is None, why
    elif expected == "lock":
        assert base == Base("Other words.", "Your wording was made against older words, which your record keeps.")
    else:
        assert base is not None
        assert base.is_placed
        assert f"nearest to version {expected}" in base.says


def test_an_unlabelled_adoption_stands_nearest_to_the_version_that_its_words_are_like() -> None:
    adopted = adoption(substitute("x", OLD_FASHIONED), version="0")
    assert nearest_version(adopted, KNOWN, {}).version == "1"
    assert nearest_version(adopted, KNOWN, {"mail.x": THIRD.parts[0].clauses[0].text}).version == "3"
    assert nearest_version(adoption(version="0"), KNOWN, {}).version == "1"


def test_a_wording_that_only_looks_like_an_older_one_is_never_dropped_in_silence() -> None:
    adopted = adoption(inherited(FIRST.parts[0].clauses[0].text), version="2")
    plan = plan_school(compare_versions([SECOND, THIRD]), adopted, SCHOOL, find_bases(adopted, SECOND, KNOWN, {}))
    found = outcome(plan, "mail.x")
    assert found.is_open
    assert found.takes() == ("new", "ours")
    assert "nearest to version 1" in found.steps[0].why


def test_a_wording_made_against_the_locks_words_is_merged_from_them() -> None:
    adopted = adoption(
        substitute("x", "Staff and governors answer parents within two school days by letter."), version="1"
    )
    newer = model("2", clause("x", "Staff answer parents within two school days by letter or by e-mail."))
    locked = {"mail.x": FIRST.parts[0].clauses[0].text}
    drifted = model("1", clause("x", "Someone has since mended these words in the file."))
    plan = plan_school(
        compare_versions([drifted, newer]), adopted, SCHOOL, find_bases(adopted, drifted, [drifted], locked)
    )
    assert outcome(plan, "mail.x").proposed == (
        "Staff and governors answer parents within two school days by letter or by e-mail."
    )


def headed(version: str, heading: str) -> ModelVersion:
    return replace(
        model(version),
        parts=(Part("mail", heading, clauses=(clause("a"),)), Part("more", "More", clauses=(clause("b"),))),
    )


def own_heading(text: str) -> Adoption:
    return adoption(Tailoring("substitute", "mail", "our way", text))


HEADINGS = [
    # the heading before, the school's, after, what happens
    ("E-mail", "Letters", "E-mail", "keep", "Letters"),
    ("E-mail at work", "E-mail at work and home", "Using e-mail at work", "merged", "Using e-mail at work and home"),
    ("E-mail", "Letters", "Messages", "*both-reworded", "Letters"),
    ("E-mail", "Letters", "Letters", "tailoring-dropped", None),
]


@pytest.mark.parametrize(("old", "own", "new", "kinds", "kept"), HEADINGS)
def test_a_schools_own_heading_of_a_part(old: str, own: str, new: str, kinds: str, kept: str | None) -> None:
    plan = plan_upgrade([headed("1", old), headed("2", new)], own_heading(own), SCHOOL)
    found = outcome(plan, "mail")
    assert " ".join(("*" if step.is_open else "") + step.kind for step in found.steps) == kinds
    assert [entry.text for entry in plan.proposed.tailorings] == ([kept] if kept else [])


def test_a_schools_own_heading_of_a_part_that_is_gone_is_asked_about() -> None:
    gone = replace(headed("2", "E-mail"), parts=headed("2", "E-mail").parts[1:])
    plan = plan_upgrade([headed("1", "E-mail"), gone], own_heading("Letters"), SCHOOL)
    found = outcome(plan, "mail")
    assert found.steps[0].kind == "withdrawn-reworded"
    assert found.is_open
    assert found.yours == "Letters"
