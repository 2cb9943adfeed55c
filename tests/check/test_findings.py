"""Every finding code: what triggers it and what, nearly the same, does not; and a line about it in the reference."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import ROOT
from policybook.domain.edition import DamageKind
from store.small import ADOPTION, PART, POLICY, SCHEDULE, SCHOOL, TOPICS, Change, codes_of, findings_of, write_workspace

LAST = "reason: Reads better.}\n"


def tailoring(words: str) -> Change:
    return (ADOPTION, LAST, f"{LAST}  - {{{words}}}\n")


# code, a change that triggers it, a change much like it that does not
CASES: list[tuple[str, Change, Change]] = [
    ("amendment.unknown-clause", (POLICY, "[use.age]", "[use.agee]"), (POLICY, "[use.age]", "[use.scope]")),
    ("choice.unclear", (PART, "tailoring: fixed", "tailoring: choice"), (PART, "tailoring: fixed", "tailoring: free")),
    ("choice.unknown", (ADOPTION, "use.hours: long", "use.hours: lang"), (ADOPTION, "hours: long", "hours: short")),
    ("clause.empty", (PART, "text: The law stands.", 'text: ""'), (PART, "text: The law stands.", "text: Law.")),
    (
        "decision.none",
        (ADOPTION, "outcome: approved", "outcome: deferred"),
        (ADOPTION, "outcome: approved", "outcome: chairs-action"),
    ),
    ("id.doubled", (PART, "id: use.fixed", "id: use.scope"), (PART, "id: use.fixed", "id: use.scope-two")),
    ("id.malformed", (PART, "id: use.fixed", "id: use.Fixed"), (PART, "id: use.fixed", "id: use.fixed-1")),
    ("id.misplaced", (SCHOOL, "id: oak", "id: elm"), (SCHOOL, "name: Oak School", "name: Elm School")),
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
    ("model.unknown", (ADOPTION, 'version: "2"', 'version: "3"'), (ADOPTION, "on: 2024-11-21", "on: 2024-11-22")),
    ("parameter.default", (POLICY, "default: 19", "default: 17"), (POLICY, "default: 19", "default: 18")),
    ("parameter.reserved", (POLICY, "keeper:", "school_name:"), (POLICY, "Keeper of", "Name of")),
    ("parameter.undeclared", (PART, "{{ age_limit |", "{{ age_limits |"), (PART, "{{ age_limit |", "{{age_limit|")),
    ("parameter.unused", (SCHEDULE, "{{ keeper }}", "bursar"), (SCHEDULE, "{{ keeper }}", "{{ keeper | capital }}")),
    ("part.missing", (POLICY, "[use, form]", "[use, form, more]"), (POLICY, "[use, form]", "[form, use]")),
    ("part.unlisted", (POLICY, "[use, form]", "[use]"), (POLICY, "[use, form]", "[form, use]")),
    ("placeholder.filter", (PART, "| words }}", "| loud }}"), (PART, "| words }}", "| capital }}")),
    ("placeholder.malformed", (PART, "The law stands.", "'The {{ law.'"), (PART, "The law stands.", "'The { law.'")),
    ("reference.unresolved", (PART, "clause:use.age", "clause:use.ages"), (PART, "clause:use.age", "clause:form")),
    ("school.unknown", (SCHOOL, "id: oak", "id: elm"), (SCHOOL, "kind: school", "kind: academy")),
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
    ("tailoring.unknown-clause", (ADOPTION, "omit: use.table", "omit: use.chair"), (ADOPTION, "omit", "omit")),
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


@pytest.mark.parametrize(("code", "broken", "sound"), CASES, ids=[case[0] for case in CASES])
def test_each_finding_is_triggered_by_its_mistake_and_not_by_what_is_right(
    code: str, broken: Change, sound: Change, tmp_path: Path
) -> None:
    bad = [finding for finding in findings_of(write_workspace(tmp_path / "bad", broken)) if finding.code == code]
    assert bad
    for finding in bad:
        assert finding.place.path.startswith("clauses/")
        assert finding.place.line >= 1
        assert finding.message
        assert finding.mend
    assert code not in codes_of(findings_of(write_workspace(tmp_path / "good", sound)))


def test_the_small_workspace_has_no_finding(tmp_path: Path) -> None:
    assert findings_of(write_workspace(tmp_path)) == []


def test_the_example_workspace_has_one_warning() -> None:
    assert codes_of(findings_of(ROOT)) == ["decision.none"]


def codes_in(*files: Path) -> set[str]:
    """The codes that appear as strings in source files; names of files are no codes."""
    found = {
        code
        for file in files
        for code in re.findall(r'"([a-z]+\.[a-z]+(?:-[a-z]+)*)"', file.read_text(encoding="utf-8"))
        if code.rpartition(".")[2] not in ("yaml", "yml", "html", "json")
    }
    damage = {f"{kind}.{how}" for kind in ("edition", "issued") for how in DamageKind.__args__}  # type: ignore[attr-defined]
    return found | damage if any(file.name == "decision.py" for file in files) else found


def test_every_code_in_the_source_is_documented() -> None:
    source = ROOT / "tools" / "policybook"
    files = [*(source / "check").glob("*.py"), *(source / "store").glob("*.py")]
    text = (ROOT / "docs" / "reference" / "findings.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `([a-z]+\.[a-z-]+)` \|", text, re.MULTILINE))
    missing = codes_in(*files) - documented
    assert not missing, f"docs/reference/findings.md lacks {sorted(missing)}"


def test_every_code_of_reading_and_checking_has_its_test() -> None:
    source = ROOT / "tools" / "policybook"
    names = (
        "check/adoption.py",
        "check/model.py",
        "check/text.py",
        "check/words.py",
        "store/read.py",
        "store/validate.py",
    )
    codes = codes_in(*(source / name for name in names), source / "store" / "yaml_file.py")
    assert codes == {case[0] for case in CASES} | set(FROM_FILES)
