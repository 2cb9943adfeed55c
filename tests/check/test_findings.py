"""Every finding code: what triggers it and what, nearly the same, does not; and a line about it in the reference."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from conftest import ROOT
from policybook.domain.edition import DamageKind
from policybook.text.fingerprint import match_fingerprint
from policybook.workflow.workspace import check_workspace
from store.small import ADOPTION, PART, POLICY, SCHEDULE, SCHOOL, TOPICS, Change, codes_of, write_workspace

LAST = "reason: Reads better.}\n"
DAY = date(2026, 3, 1)
FIXED = "text: The law stands."
OFFICE = "text: The office writes the newsletter."
OLD_PART = "clauses/models/hr/mail/1/01-use.yaml"
LOCK = "clauses/adoptions/oak/mail/lock.yaml"
LONG = "Staff who use e-mail for the work of the school " + "and for the good of its pupils " * 5 + "reply at once."
HARD = "Organisational communications necessitate comprehensive professional consideration throughout. " * 20
EASY = "We help each other and we tell the head. " * 20


def lock(words: str) -> Change:
    return (LOCK, "", f"schema: 1\nclauses:\n  use.table: {{match: '{match_fingerprint(words)}', words: x}}\n")


def fixed(words: str) -> Change:
    return (PART, FIXED, f'text: "{words}"')


def office(words: str) -> Change:
    return (ADOPTION, OFFICE, f'text: "{words}"')


def heading(kind: str) -> Change:
    child = f"{{id: use.more, kind: {kind}, text: More.}}"
    return (PART, "stands., tailoring: fixed}", f"stands., tailoring: fixed, clauses: [{child}]}}")


def tailoring(words: str) -> Change:
    return (ADOPTION, LAST, f"{LAST}  - {{{words}}}\n")


# code, a change that triggers it, a change much like it that does not
CASES: list[tuple[str, Change, Change]] = [
    ("advice.left", office("The office writes it (delete as appropriate)."), office("The office deletes it.")),
    ("amendment.unknown-clause", (POLICY, "[use.age]", "[use.agee]"), (POLICY, "[use.age]", "[use.scope]")),
    ("blank.left", office("The [insert title] writes it."), office("The office [sic] writes it.")),
    ("choice.left", office("The [office] OR [clerk] writes it."), office("The office or the clerk writes it.")),
    ("choice.unclear", (PART, "tailoring: fixed", "tailoring: choice"), (PART, "tailoring: fixed", "tailoring: free")),
    ("choice.unknown", (ADOPTION, "use.hours: long", "use.hours: lang"), (ADOPTION, "hours: long", "hours: short")),
    ("citation.edition", fixed("See Keeping Children Safe in Education."), fixed("See KCSIE, September 2025.")),
    (
        "citation.mistitled",
        fixed("The Malicious Communications Act 1998 applies."),
        fixed("The Malicious Communications Act 1988 applies."),
    ),
    ("citation.outdated", fixed("The Data Protection Act 1998 holds."), fixed("The Data Protection Act 2018 holds.")),
    ("citation.platform", fixed("Nobody uses Twitter here."), fixed("Nobody uses X (formerly Twitter) here.")),
    ("clause.empty", (PART, "text: The law stands.", 'text: ""'), (PART, "text: The law stands.", "text: Law.")),
    (
        "decision.none",
        (ADOPTION, "outcome: approved", "outcome: deferred"),
        (ADOPTION, "outcome: approved", "outcome: chairs-action"),
    ),
    ("heading.skipped", heading("heading"), heading("paragraph")),
    ("id.doubled", (PART, "id: use.fixed", "id: use.scope"), (PART, "id: use.fixed", "id: use.scope-two")),
    ("id.malformed", (PART, "id: use.fixed", "id: use.Fixed"), (PART, "id: use.fixed", "id: use.fixed-1")),
    ("id.misplaced", (SCHOOL, "id: oak", "id: elm"), (SCHOOL, "name: Oak School", "name: Elm School")),
    (
        "lineage.reused",
        (OLD_PART, "", '  - {id: use.fixed, withdrawn: "1"}\n'),
        (OLD_PART, "", '  - {id: use.other, withdrawn: "1"}\n'),
    ),
    (
        "link.elsewhere",
        (PART, "text: The law stands.", 'text: "Write to [head@oak.org](mailto:old@elm.org)."'),
        (PART, "text: The law stands.", 'text: "Write to [head@oak.org](mailto:head@oak.org)."'),
    ),
    (
        "name.foreign",
        (ADOPTION, "The office writes", "Elm Road School writes"),
        (ADOPTION, "The office writes", "Oak School writes"),
    ),
    ("name.person", office("Mrs Hill writes the newsletter."), office("The clerk writes to Dame Alice Hill School.")),
    ("model.unknown", (ADOPTION, 'version: "2"', 'version: "3"'), (ADOPTION, "on: 2024-11-21", "on: 2024-11-22")),
    ("parameter.default", (POLICY, "default: 19", "default: 17"), (POLICY, "default: 19", "default: 18")),
    ("parameter.reserved", (POLICY, "keeper:", "school_name:"), (POLICY, "Keeper of", "Name of")),
    ("parameter.undeclared", (PART, "{{ age_limit |", "{{ age_limits |"), (PART, "{{ age_limit |", "{{age_limit|")),
    ("parameter.unused", (SCHEDULE, "{{ keeper }}", "bursar"), (SCHEDULE, "{{ keeper }}", "{{ keeper | capital }}")),
    ("part.missing", (POLICY, "[use, form]", "[use, form, more]"), (POLICY, "[use, form]", "[form, use]")),
    ("part.unlisted", (POLICY, "[use, form]", "[use]"), (POLICY, "[use, form]", "[form, use]")),
    ("placeholder.filter", (PART, "| words }}", "| loud }}"), (PART, "| words }}", "| capital }}")),
    ("placeholder.malformed", (PART, "The law stands.", "'The {{ law.'"), (PART, "The law stands.", "'The { law.'")),
    ("readability.hard", fixed(HARD), fixed(EASY)),
    (
        "reason.inherited",
        (ADOPTION, "Nobody needs it.", "not recorded (inherited)"),
        (ADOPTION, "Nobody needs it.", "Recorded and inherited."),
    ),
    (
        "reason.missing",
        (ADOPTION, ", reason: Nobody needs it.", ""),
        (ADOPTION, "Nobody needs it.", "So it was agreed."),
    ),
    (
        "reference.circular",
        (PART, "No contact", "By {{ clause:use.scope }}, no contact"),
        (PART, "No contact", "By {{ clause:use.fixed }}, no contact"),
    ),
    ("reference.unresolved", (PART, "clause:use.age", "clause:use.ages"), (PART, "clause:use.age", "clause:form")),
    (
        "review.overdue",
        (ADOPTION, "", "review: {next: Autumn 2025}\n"),
        (ADOPTION, "", "review: {next: Spring 2026}\n"),
    ),
    ("review.unclear", (ADOPTION, "", "review: {next: soon}\n"), (ADOPTION, "", "review: {next: 2026-11-21}\n")),
    (
        "role.inconsistent",
        fixed("The headteacher asks the principal."),
        fixed("The principal aim is the head teacher's."),
    ),
    ("school.unknown", (SCHOOL, "id: oak", "id: elm"), (SCHOOL, "kind: school", "kind: academy")),
    ("sentence.long", fixed(LONG), fixed(LONG.replace(" and ", ". And "))),
    ("table.no-head", (PART, "head: [Who, What], ", ""), (PART, "kind: table", "kind: paragraph")),
    (
        "tailoring.beyond-class",
        tailoring("omit: use.fixed, reason: Not us."),
        tailoring("omit: use.scope, reason: Not us."),
    ),
    (
        "tailoring.doubled",
        tailoring("omit: use.table, reason: Not us."),
        tailoring("omit: use.scope, reason: Not us."),
    ),
    (
        "tailoring.empty",
        tailoring("substitute: use.scope, reason: Ours."),
        tailoring("substitute: use.scope, text: We do., reason: Ours."),
    ),
    ("tailoring.foreign-id", (ADOPTION, "oak.news", "elm.news"), (ADOPTION, "oak.news", "oak.newsletter")),
    ("tailoring.no-place", (ADOPTION, "after: use.age, ", ""), (ADOPTION, "after: use.age", "into: use.age")),
    (
        "tailoring.unclear",
        (ADOPTION, "{omit: use.table,", "{omit: use.table, move: use.table,"),
        (ADOPTION, "{omit: use.table,", "{omit: use.scope,"),
    ),
    ("tailoring.suspect", lock("Who did what."), lock("Who does  what")),
    ("tailoring.unknown-clause", (ADOPTION, "omit: use.table", "omit: use.chair"), (ADOPTION, "omit", "omit")),
    ("term.undefined", fixed("A pupil, as defined below, may write."), fixed("A pupil may write.")),
    (
        "term.unused",
        (PART, FIXED, f"{FIXED}, defines: [keeper of the law]"),
        (PART, FIXED, f"{FIXED}, defines: [contact]"),
    ),
    ("topic.unknown", (TOPICS, "past-pupils:", "old-pupils:"), (TOPICS, "label: Past pupils", "label: Leavers")),
    ("value.missing", (ADOPTION, "{keeper: bursar}", "{}"), (ADOPTION, "bursar", "clerk")),
    ("value.outside", (ADOPTION, "keeper: bursar", "age_limit: 17"), (ADOPTION, "keeper: bursar", "age_limit: 18")),
    ("value.unknown", (ADOPTION, "{keeper:", "{keepers:"), (ADOPTION, "{keeper: bursar}", "{keeper: clerk}")),
    ("version.circle", (POLICY, 'supersedes: "1"', 'supersedes: "2"'), (POLICY, 'supersedes: "1"\n', "")),
    ("version.unknown", (POLICY, 'supersedes: "1"', 'supersedes: "0"'), (POLICY, 'supersedes: "1"\n', "")),
    ("version.unquoted", (ADOPTION, 'version: "2"', "version: 2"), (ADOPTION, 'version: "2"', "version: '2'")),
    (
        "yaml.doubled-key",
        (SCHOOL, "kind: school", "kind: school\nkind: trust"),
        (SCHOOL, "kind: school", "kind: trust"),
    ),
    ("yaml.missing-key", (SCHOOL, "kind: school\n", ""), (SCHOOL, "", "aliases: []\n")),
    ("yaml.refused", (SCHOOL, "", "aliases: &a [x]\nroles: *a\n"), (SCHOOL, "", "aliases: [x]\n")),
    ("yaml.syntax", (SCHOOL, "name: Oak School", "name: Oak: School"), (SCHOOL, "Oak School", '"Oak: School"')),
    ("yaml.unknown-key", (SCHOOL, "", "alias: []\n"), (SCHOOL, "", "aliases: []\n")),
    ("yaml.wrong-type", (SCHOOL, "name: Oak School", "name: 12"), (SCHOOL, "name: Oak School", 'name: "12"')),
]
FROM_FILES = ("yaml.encoding", "yaml.shape", "yaml.too-large", "yaml.unreadable")
"""Those that no change of words brings about: tests/store/test_read.py has them, and the files that read well."""


REFERENCE = ROOT / "docs" / "reference"


@pytest.mark.parametrize(("code", "broken", "sound"), CASES, ids=[case[0] for case in CASES])
def test_each_finding_is_triggered_by_its_mistake_and_not_by_what_is_right(
    code: str, broken: Change, sound: Change, tmp_path: Path
) -> None:
    bad = [entry for entry in check_workspace(write_workspace(tmp_path / "bad", broken), DAY) if entry.code == code]
    assert bad
    for finding in bad:
        assert finding.place.path.startswith("clauses/")
        assert finding.place.line >= 1
        assert finding.message
        assert finding.mend
    assert code not in codes_of(check_workspace(write_workspace(tmp_path / "good", sound), DAY))


def test_the_small_workspace_has_no_finding(tmp_path: Path) -> None:
    assert check_workspace(write_workspace(tmp_path), DAY) == ()


EXAMPLE = {
    "citation.edition": 3,
    "citation.mistitled": 1,
    "citation.outdated": 9,
    "citation.platform": 3,
    "decision.none": 1,
    "reason.inherited": 2,
    "review.overdue": 5,
    "term.undefined": 1,
    "term.unused": 2,
}
"""What `check` says of the example on a day: each finding stands in it on purpose, as its notes and remarks say."""


def test_the_example_workspace_has_these_findings_and_no_error() -> None:
    found = check_workspace(ROOT, DAY)
    assert Counter(codes_of(found)) == EXAMPLE
    assert not [finding for finding in found if finding.severity == "error"]


def test_what_is_frequent_is_told_once_for_each_text() -> None:
    """Nobody reads a wall: notes on style come at most once for each file of words."""
    once = ("sentence.long", "readability.hard", "term.unused", "reason.inherited")
    told = Counter((entry.code, str(Path(entry.place.path).parent)) for entry in check_workspace(ROOT, DAY))
    assert [key for key, count in told.items() if key[0] in once and count > 1] == []


def codes_in(*files: Path) -> set[str]:
    """The codes that appear as strings in source files; names of files are no codes."""
    found = {
        code
        for file in files
        for code in re.findall(r'"([a-z]+\.[a-z]+(?:-[a-z]+)*)"', file.read_text(encoding="utf-8"))
        if code.rpartition(".")[2] not in ("yaml", "yml", "html", "json", "duckdb")
    }
    damage = {f"{kind}.{how}" for kind in ("edition", "issued") for how in DamageKind.__args__}  # type: ignore[attr-defined]
    return found | damage if any(file.name == "decision.py" for file in files) else found


def test_every_code_in_the_source_is_documented() -> None:
    source = ROOT / "tools" / "policybook"
    files = [*(source / "check").glob("*.py"), *(source / "store").glob("*.py")]
    missing = codes_in(*files) - documented_codes()
    assert not missing, f"docs/reference/findings.md lacks {sorted(missing)}"


def documented_codes() -> set[str]:
    text = (REFERENCE / "findings.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| \[?`([a-z]+\.[a-z-]+)`", text, re.MULTILINE))


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert {file.stem for file in (REFERENCE / "findings").glob("*.md")} == documented_codes()


@pytest.mark.parametrize("file", sorted((REFERENCE / "findings").glob("*.md")), ids=lambda file: file.stem)
def test_a_page_says_what_why_and_how_to_mend_with_an_example(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.startswith(f"# `{file.stem}`\n")
    assert re.search(r"^\*(Error|Warning|Note)", text, re.MULTILINE)
    for head in ("Why it matters", "How to mend it", "Example"):
        assert f"\n## {head}\n" in text


def test_every_code_of_reading_and_checking_has_its_test() -> None:
    """In the table above, or (decisions, releases, chains) in a test of their own that names the code."""
    source = ROOT / "tools" / "policybook"
    files = list((source / "check").glob("*.py"))
    files += [source / "store" / name for name in ("read.py", "validate.py", "yaml_file.py")]
    covered = {case[0] for case in CASES} | set(FROM_FILES)
    tests = [file for file in (ROOT / "tests").rglob("test_*.py") if file != Path(__file__)]
    assert codes_in(*files) - covered - codes_in(*tests) == set()
