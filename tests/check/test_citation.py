"""The dated list: which citations are told of, in which words, and that a workspace can correct it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from policybook.check.citation import find_citation_problems, index_citations
from policybook.check.passage import Passage
from policybook.domain.citation import DatedCitation
from policybook.domain.finding import Finding, Place
from policybook.store.citation import OWN_LIST, read_citations
from policybook.workflow.workspace import check_workspace
from store.small import PART, write_workspace

PACKAGED, _ = read_citations(Path())
DAY = date(2026, 3, 1)


def found(*texts: str, day: date = DAY, citations: tuple[DatedCitation, ...] = PACKAGED) -> list[Finding]:
    passages = [Passage(text, f"use.c{line}", Place("a.yaml", line)) for line, text in enumerate(texts, 1)]
    return list(find_citation_problems(passages, index_citations(citations), day))


# words, the codes that they bring about
TOLD = [
    ("under the Data Protection Act 1998", ["citation.outdated"]),
    ("under the DATA PROTECTION  ACT (1998),", ["citation.outdated"]),
    ("under the Data Protection Act 2018", []),
    ("the Malicious Communications Act 1998", ["citation.mistitled"]),
    ("the Malicious Communications Act 1988", ["citation.outdated"]),
    ("the Malicious Communications Act 1988 and the Online Safety Act 2023", []),
    ("the Regulation of Investigatory Powers Act 2000", ["citation.outdated"]),
    ("the Regulation of Investigatory Powers Act 2000 and the Investigatory Powers Act 2016", []),
    ("the Telecommunications (Lawful Business Practice) (Interception of Communications) Regulations 2000",
     ["citation.outdated"]),
    ("the Defamation Acts 1952 and 1996", ["citation.outdated"]),
    ("the Defamation Acts 1952 and 1996 and the Defamation Act 2013", []),
    ("the GDPR 2018", ["citation.mistitled"]),
    ("the UK GDPR and the Data Protection Act 2018", []),
    ("the Employment Practices Code", ["citation.outdated"]),
    ("Keeping Children Safe in Education", ["citation.edition"]),
    ("Keeping Children Safe in Education (2023)", ["citation.outdated"]),
    ("Keeping Children Safe in Education (KCSIE), September 2024", ["citation.outdated"]),
    ("Keeping Children Safe in Education 2025", []),
    ("section 33 of the Criminal Justice and Courts Act 2015", ["citation.outdated"]),
    ("accounts on Twitter", ["citation.platform"]),
    ("accounts on X (once called Twitter)", []),
    ("a tweet, a bird's twittering", []),
    ("MySpace and Bebo", ["citation.platform"]),
    ("Skype", ["citation.platform"]),
    ("Working Together to Safeguard Children (2018)", ["citation.outdated"]),
    ("Working Together to Safeguard Children 2026", []),
    ("the Prevent duty guidance of 2015", ["citation.outdated"]),
    ("the Sex Discrimination Act 1975, the Race Relations Act 1976", ["citation.outdated"]),
    ("the Equality Act 2010", []),
    ("the Public Interest Disclosure Act 1998", ["citation.outdated"]),
    ("the Public Interest Disclosure Act 1998 and the Employment Rights Act 2025", []),
    ("a CRB check", ["citation.platform"]),
    ("a DBS (formerly CRB) check", []),
    ("the NCTL", ["citation.platform"]),
    ("the Teaching Regulation Agency, once the NCTL", []),
    ("the DfES", ["citation.platform"]),
    ("the DfE", []),
    ("the LSCB", ["citation.platform"]),
    ("the Safeguarding Vulnerable Groups Act 2006", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "codes"), TOLD, ids=[entry[0][:50] for entry in TOLD])
def test_what_is_out_of_date_is_told_and_what_is_right_is_not(text: str, codes: list[str]) -> None:
    assert [finding.code for finding in found(f"Staff know of {text}.")] == codes


def test_a_finding_prints_the_answer_its_source_and_the_day_on_which_it_was_verified() -> None:
    (finding,) = found("The Data Protection Act 1998 holds.")
    assert finding.severity == "warning"
    assert "Data (Use and Access) Act 2025" in finding.mend
    assert "Source: legislation.gov.uk, SI 2026/82" in finding.mend
    assert "verified 2026-11-22" in finding.mend


def test_an_entry_that_nobody_verified_says_so_and_is_only_a_note() -> None:
    (finding,) = found("The Libel Act 1843 holds.")
    assert finding.severity == "note"
    assert "may not be up to date" in finding.message
    assert "NOT verified" in finding.mend


def test_one_law_is_told_once_for_a_text_with_all_its_places() -> None:
    (finding,) = found("The DPA 1998.", "Words.", "The DPA 1998.", "The DPA 1998.", "The DPA 1998.", "The DPA 1998.")
    assert finding.place.line == 1
    assert "use.c1, use.c3, use.c4 and 2 more" in finding.message


def test_the_law_that_puts_it_right_may_stand_in_another_clause() -> None:
    assert found("The Defamation Act 1996.", "The Defamation Act 2013.") == []
    assert found("On Twitter.", "On X (once called Twitter).") != []


def test_a_dated_mention_of_guidance_serves_the_others() -> None:
    assert found("Keeping Children Safe in Education 2025.", "KCSIE says so.") == []


def test_from_the_day_on_which_the_list_may_be_out_of_date_it_says_so() -> None:
    (finding,) = found("Keeping Children Safe in Education 2025.", day=date(2026, 9, 1))
    assert (finding.severity, finding.code) == ("note", "citation.edition")
    assert "may have a later edition" in finding.message


def test_every_entry_of_the_list_has_a_source_and_is_found_by_each_of_its_phrases() -> None:
    for entry in PACKAGED:
        assert entry.source, entry.id
        assert entry.today, entry.id
        for phrase in entry.cited:
            assert found(f"So says the {phrase}.", citations=(entry,)), phrase


OWN = """\
schema: 1
citations:
  {name}:
    kind: law
    cited: [{phrase}]
    today: the Equality Act 2010
    source: legislation.gov.uk
    checked: 2026-01-05
    verified: true
"""


def test_a_workspace_adds_entries_and_corrects_or_switches_off_those_of_the_package(tmp_path: Path) -> None:
    words = 'text: "The Shops Act 1950 and the Data Protection Act 1998 hold."'
    for name, phrase, codes in (
        ("shops", "Shops Act 1950", 2),
        ("data-protection-act-1998", "Shops Act 1950", 1),
        ("data-protection-act-1998", "", 0),
    ):
        own = (OWN_LIST, "", OWN.format(name=name, phrase=phrase))
        root = write_workspace(tmp_path / f"{name}{codes}", (PART, "text: The law stands.", words), own)
        assert [entry.code for entry in check_workspace(root)] == ["citation.outdated"] * codes


def test_a_mistake_in_the_workspaces_own_list_is_a_finding_and_the_rest_still_counts(tmp_path: Path) -> None:
    text = OWN.format(name="shops", phrase="Shops Act 1950").replace("source:", "sauce:")
    root = write_workspace(
        tmp_path, (OWN_LIST, "", text), (PART, "text: The law stands.", 'text: "The Data Protection Act 1998 holds."')
    )
    codes = [(entry.code, entry.place.path) for entry in check_workspace(root)]
    assert ("yaml.unknown-key", OWN_LIST) in codes
    assert ("citation.outdated", PART) in codes
