"""A trust adopts a council's model, and its academies adopt the trust's edition."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from chain_sample import ACADEMY, EDITION, FILES, MODEL, PART, TRUST, write, write_chain
from policybook.domain.finding import Finding
from policybook.domain.resolved import ResolvedPolicy
from policybook.store.edition import adoption_folder, edition_path
from policybook.workflow.adopt import plan_adoption, write_adoption
from policybook.workflow.register import read_register
from policybook.workflow.settle import take_decisions, write_settled
from policybook.workflow.workspace import check_workspace, open_workspace
from record_sample import TODAY, decide, edit, request

EDITION_FILE = f"clauses/adoptions/wold/mail/editions/{EDITION}.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_chain(tmp_path)


def words(policy: ResolvedPolicy) -> dict[str, str]:
    return {clause.id: clause.text for clause in policy.clauses}


def errors(root: Path) -> list[Finding]:
    return [finding for finding in check_workspace(root) if finding.severity == "error"]


def codes(root: Path) -> list[str]:
    return [finding.code for finding in errors(root)]


def test_an_academy_has_the_trust_s_words_with_its_own_name_roles_and_values(root: Path) -> None:
    policy = words(open_workspace(root).policies["beck/mail"])
    assert policy["use.scope"] == "Everybody at Beck Academy uses the trust's e-mail."
    assert policy["use.age"] == "No contact under nineteen."
    assert policy["use.hours"] == "Staff answer between 8am to 3pm."
    assert policy["use.phones"] == "Telephones are used in breaks."
    assert policy["wold.devices"] == "The trust lends every teacher a laptop."
    assert policy["care.ask"] == "Anyone in doubt asks the principal, as 1.2 says."
    assert "use.old" not in policy


def test_a_section_for_academies_alone_is_there_though_the_trust_s_own_policy_has_it_not(root: Path) -> None:
    policies = open_workspace(root).policies
    assert "use.academy" not in words(policies["wold/mail"])
    assert "use.academy" in words(policies["beck/mail"])


def test_an_academy_without_values_has_the_trust_s_policy_word_for_word_but_for_names(root: Path) -> None:
    write(root, ACADEMY, f"schema: 1\nschool: beck\nmodel: wold/mail@{EDITION}\n")
    policies = open_workspace(root).policies
    own, trust = words(policies["beck/mail"]), words(policies["wold/mail"])
    assert [clause for clause in own if clause != "use.academy"] == list(trust)
    for clause, text in trust.items():
        as_own = text.replace("Wold Trust", "Beck Academy").replace("chief executive", "principal")
        assert own[clause] == as_own


def test_the_edition_serves_on_when_the_trust_writes_its_next_draft(root: Path) -> None:
    before = words(open_workspace(root).policies["beck/mail"])
    edit(root, TRUST, "values: {age_limit: 19}", "values: {age_limit: 21}")
    edit(root, TRUST, "The trust lends every teacher a laptop.", "Nobody has a laptop.")
    assert words(open_workspace(root).policies["beck/mail"]) == before


CLASSES = [
    ("use.law", "fixed"),  # the council's, all the way down
    ("use.age", "fill-in"),
    ("use.hours", "fill-in"),  # tightened
    ("wold.devices", "fixed"),  # the trust's own
    ("use.scope", "free"),
    ("use.phones", "choice"),
]


@pytest.mark.parametrize(("clause", "allowed"), CLASSES)
def test_the_class_of_a_clause_never_loosens_on_the_way_down(root: Path, clause: str, allowed: str) -> None:
    offered = open_workspace(root).records.offered[f"wold/mail@{EDITION}"]
    assert {entry.id: entry.tailoring for entry in offered.walk()}[clause] == allowed


@pytest.mark.parametrize("clause", ["use.law", "use.age", "use.hours", "wold.devices"])
def test_a_departure_that_council_or_trust_does_not_allow_needs_consultation(root: Path, clause: str) -> None:
    write(
        root, ACADEMY, f"{FILES[ACADEMY]}tailorings:\n  - {{substitute: {clause}, text: Ours., reason: We differ.}}\n"
    )
    assert codes(root) == ["tailoring.beyond-class"]
    consulted = "consulted: {with: staff unions, on: 2026-10-05}"
    write(
        root,
        ACADEMY,
        f"{FILES[ACADEMY]}tailorings:\n  - {{substitute: {clause}, text: Ours., reason: We differ., {consulted}}}\n",
    )
    assert codes(root) == []


def test_an_academy_departs_from_the_trust_s_free_words_and_chooses_again(root: Path) -> None:
    more = "choices: {use.phones: never}\ntailorings:\n  - {omit: use.scope, reason: Ours.}\n"
    write(root, ACADEMY, FILES[ACADEMY] + more)
    policy = words(open_workspace(root).policies["beck/mail"])
    assert policy["use.phones"] == "Telephones stay off."
    assert "use.scope" not in policy


def test_a_value_that_the_trust_fixed_cannot_be_set(root: Path) -> None:
    edit(root, ACADEMY, "values: {", "values: {age_limit: 21, ")
    assert codes(root) == ["value.fixed"]
    edit(root, ACADEMY, "age_limit: 21", "age_limit: 19")
    assert codes(root) == []


def test_a_school_s_own_value_for_all_its_policies_yields_to_the_trust_s(root: Path) -> None:
    edit(root, "clauses/schools/beck.yaml", "kind: academy", "kind: academy\nvalues: {past-pupils: 21}")
    assert words(open_workspace(root).policies["beck/mail"])["use.age"] == "No contact under nineteen."
    found = [finding for finding in check_workspace(root) if finding.code == "value.fixed"]
    assert [(finding.severity, finding.place.path, finding.place.line) for finding in found] == [
        ("warning", "clauses/schools/beck.yaml", 5)
    ]


def test_a_third_link_rests_on_the_second(root: Path) -> None:
    edit(root, ACADEMY, "decisions: []\n", "tighten: {use.scope: fixed}\nfixed_values: [hours]\ndecisions: []\n")
    decide(root, request("beck/mail", on="2026-10-20", minute="B 1"))
    write(root, "clauses/adoptions/dale/mail/adoption.yaml", "schema: 1\nschool: dale\nmodel: beck/mail@2026-10-20\n")
    policy = open_workspace(root).policies["dale/mail"]
    assert words(policy)["use.hours"] == "Staff answer between 8am to 3pm."
    assert words(policy)["use.age"] == "No contact under nineteen."
    classes = {entry.id: entry.tailoring for entry in policy.model.walk()}
    assert (classes["use.law"], classes["wold.devices"], classes["use.scope"]) == ("fixed", "fixed", "fixed")
    assert {name for name, entry in policy.model.parameters.items() if entry.fixed} == {"age_limit", "hours"}
    assert policy.model.rests_on == f"wold/mail@{EDITION}"


def wrong(root: Path, name: str, old: str, new: str) -> list[str]:
    edit(root, name, old, new)
    return codes(root)


def test_an_edition_that_is_not_there_is_a_finding_that_names_those_that_are(root: Path) -> None:
    assert wrong(root, ACADEMY, EDITION, "2026-10-02") == ["chain.no-edition"]
    found = errors(root)[0]
    assert (found.place.path, found.place.line) == (ACADEMY, 3)
    assert EDITION in found.mend


def test_an_edition_that_was_not_approved_cannot_be_adopted(root: Path) -> None:
    decide(root, request("wold/mail", "rejected", on="2026-10-03", body="Trust Board", minute="TB 2"))
    assert wrong(root, ACADEMY, EDITION, "2026-10-03") == ["chain.no-edition"]
    assert "rejected" in errors(root)[0].message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("lends every teacher", "owes every teacher"),
        ("{type: age, label: Age limit, value: 19}", "{type: age, label: Age limit, value: 21}"),
    ],
)
def test_an_edition_that_was_edited_since_cannot_be_adopted(root: Path, old: str, new: str) -> None:
    file = root / EDITION_FILE
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert set(codes(root)) == {"chain.altered", "edition.altered"}


def test_a_council_s_version_changed_under_an_edition_is_a_finding(root: Path) -> None:
    assert "chain.altered" in wrong(root, PART, "The law stands.", "The law falls.")


def test_a_council_s_version_that_is_gone_is_a_finding(root: Path) -> None:
    shutil.rmtree(root / "clauses/models/hr")
    assert {"chain.no-model", "model.unknown"} == set(codes(root))


def test_policies_that_adopt_each_other_are_a_finding_each(root: Path) -> None:
    decide(root, request("beck/mail", on="2026-10-20", minute="B 1"))
    edit(root, TRUST, 'model: hr/mail\nversion: "1"', "model: beck/mail@2026-10-20")
    found = errors(root)
    assert {finding.code for finding in found} == {"chain.circle"}
    assert [finding.place.path for finding in found] == [ACADEMY, TRUST]
    assert "beck/mail -> wold/mail -> beck/mail" in found[0].message


def test_a_policy_that_adopts_itself_is_a_circle(root: Path) -> None:
    assert wrong(root, ACADEMY, "wold/mail@2026-10-01", "beck/mail@2026-10-01") == ["chain.circle"]


def test_an_old_edition_serves_while_its_record_still_gives_its_words(root: Path) -> None:
    file = root / EDITION_FILE
    text = file.read_text(encoding="utf-8")
    file.write_text(text[: text.index("record:")], encoding="utf-8")
    assert codes(root) == ["edition.altered"]  # of the chain itself, nothing is said
    edit(root, TRUST, "age_limit: 19", "age_limit: 21")
    assert set(codes(root)) == {"edition.altered", "chain.altered"}


def test_a_trust_tightens_clauses_that_are_there_and_never_loosens(root: Path) -> None:
    assert wrong(root, TRUST, "tighten: {", "tighten: {use.law: free, ") == ["tighten.looser"]
    assert wrong(root, TRUST, "use.law: free, ", "use.nothing: fixed, ") == ["tighten.unknown-clause"]
    assert wrong(root, TRUST, "use.nothing: fixed", "use.scope: choice") == ["choice.unclear"]
    assert wrong(root, TRUST, "use.scope: choice, ", "") == []
    assert wrong(root, TRUST, "[age_limit]", "[agelimit]") == ["value.unknown"]


def test_one_id_is_one_body(root: Path) -> None:
    edit(root, MODEL, "id: hr/mail", "id: wold/mail")
    shutil.move(root / "clauses/models/hr", root / "clauses/models/wold")
    edit(root, TRUST, "model: hr/mail", "model: wold/mail")
    assert "name.ambiguous" in codes(root)
    assert "name.shared" in [finding.code for finding in check_workspace(root)]
    edit(root, MODEL.replace("/hr/", "/wold/"), "HR Service", "Wold Trust")
    assert "name.shared" not in [finding.code for finding in check_workspace(root)]


def test_the_register_says_how_far_an_academy_is_behind_its_trust(root: Path) -> None:
    edit(root, TRUST, "values: {age_limit: 19}", "values: {age_limit: 21}")
    decide(root, request("wold/mail", on="2026-11-01", body="Trust Board", minute="TB 2"))
    entry = next(entry for entry in read_register(root, TODAY).entries if entry.ref == "beck/mail")
    assert (entry.model, entry.version, entry.newest, entry.behind) == ("wold/mail", EDITION, "2026-11-01", 1)
    assert entry.publisher == "Wold Trust"


def test_an_academy_takes_up_the_trust_s_next_edition(root: Path) -> None:
    edit(root, TRUST, "The trust lends every teacher a laptop.", "The trust lends every teacher a tablet.")
    decide(root, request("wold/mail", on="2026-11-01", body="Trust Board", minute="TB 2"))
    write_settled(take_decisions("beck/mail", "wold/mail@2026-11-01", [], None, root))
    assert "model: wold/mail@2026-11-01" in (root / ACADEMY).read_text(encoding="utf-8")
    assert words(open_workspace(root).policies["beck/mail"])["wold.devices"].endswith("a tablet.")


def test_adopt_writes_a_record_that_names_the_edition(root: Path) -> None:
    planned = plan_adoption("dale", f"wold/mail@{EDITION}", root, {"hours": "09:00-15:00"})
    file, _ = write_adoption(planned)
    assert f"model: wold/mail@{EDITION}\n" in file.read_text(encoding="utf-8")
    assert codes(root) == []
    assert words(open_workspace(root).policies["dale/mail"])["use.hours"] == "Staff answer between 9am to 3pm."


def test_an_academy_s_own_decision_binds_the_words_that_it_has(root: Path) -> None:
    decide(root, request("beck/mail", on="2026-10-20", minute="B 1"))
    file = adoption_folder(root, "beck/mail") / edition_path("2026-10-20")
    assert "Everybody at" in file.read_text(encoding="utf-8")
    assert codes(root) == []
