"""Reading, showing and comparing texts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from policybook.compare import collate, compare, find_positions, position_of_witness, witness_of_policy
from policybook.compare.judged import add_confirmations, add_judgements
from policybook.domain.comparison import Collation, Comparison, Position, PositionTable, Witness
from policybook.domain.error import UnknownReference
from policybook.domain.judgement import Confirmed
from policybook.domain.model import Topic
from policybook.domain.page import Page
from policybook.domain.source import ChangeReading, SourceDocument
from policybook.intake import read_document
from policybook.report.home_grown import home_grown_page
from policybook.report.policy import policy_page
from policybook.store import find_workspace
from policybook.text.near import did_you_mean
from policybook.workflow.home_grown import document_of
from policybook.workflow.judgement import Answer, Signature, confirm_position, judgements_near
from policybook.workflow.past import find_past, past_page
from policybook.workflow.reference import is_file_reference, policy_of, read_witness
from policybook.workflow.workspace import open_workspace


def read_source(file: Path, changes: ChangeReading = "accept") -> SourceDocument:
    """What intake sees of a document, tracked changes of Word taken as asked. Raises UnreadableDocument."""
    return read_document(file, changes)


def show_text(ref: str, start: Path) -> Page:
    """The text that a REF names, as a page; with `@DATE`, what applied on that day and what reads differently now."""
    past = find_past(ref, start)
    if past:
        return past_page(past, start)
    workspace = open_workspace(find_workspace(start))
    record = workspace.records.home_grown.get(ref)
    if record:
        document = read_document(document_of(workspace.root, record))
        return home_grown_page(record, workspace.records.schools, document)
    return policy_page(policy_of(workspace, ref))


def compare_texts(left: str, right: str, start: Path) -> Comparison:
    """Two texts compared. Raises UnknownReference or UnreadableDocument."""
    comparison = compare(read_witness(left, "A", start), read_witness(right, "B", start))
    return add_judgements(comparison, judgements_near(start).changes)


def collate_texts(refs: tuple[str, ...], start: Path) -> Collation:
    """The matrix of several texts. One REF of a model version means: that model and all who adopted it."""
    if len(refs) == 1 and not is_file_reference(refs[0]):
        workspace = open_workspace(find_workspace(start))
        base = policy_of(workspace, refs[0])
        adopters = [policy for policy in workspace.policies.values() if policy.model.ref == base.ref]
        witnesses = [witness_of_policy(f"S{index}", policy) for index, policy in enumerate(adopters, 1)]
        return collate(witness_of_policy("M", base), witnesses)
    if len(refs) < 2:
        mend = "name a model version, or a text and those to set beside it"
        raise UnknownReference("one file alone cannot be collated", mend=mend)
    base_witness, *others = (read_witness(ref, f"S{index}", start) for index, ref in enumerate(refs))
    return collate(base_witness, others)


def known_topics(topic: str, known: Mapping[str, Topic]) -> str:
    """How to mend the name of a topic that is not there: the nearest, else all there are."""
    if not known:
        return "this workspace has no topics yet; write them in clauses/topics.yaml"
    return did_you_mean(topic, known) or f"known: {', '.join(known)}"


def positions_of(topics: tuple[str, ...], refs: tuple[str, ...], start: Path) -> tuple[PositionTable, dict[str, Topic]]:
    """What each text says on each topic, and the topics by id; without refs, every adoption of the workspace.

    Raises UnknownReference for a topic that `clauses/topics.yaml` does not have.
    """
    workspace = open_workspace(find_workspace(start))
    known = workspace.records.topics
    for topic in topics:
        if topic not in known:
            raise UnknownReference(f"there is no topic '{topic}'", mend=known_topics(topic, known))
    chosen = {topic: known[topic] for topic in topics or known}
    policies = [workspace.policies[ref] for ref in workspace.policies if not refs or ref in refs]
    policies += [policy_of(workspace, ref) for ref in refs if ref in workspace.records.adoptable]
    table = find_positions(chosen.values(), policies)
    others = [ref for ref in refs if ref not in workspace.policies and ref not in workspace.records.adoptable]
    witnesses = [read_witness(ref, "A", start) for ref in others]
    texts = {policy.ref: [clause.text for clause in policy.clauses] for policy in policies}
    texts |= {witness.ref: [reading.text for reading in witness.readings] for witness in witnesses}
    table = _with_documents(table, chosen, witnesses)
    return add_confirmations(table, texts, judgements_near(start).positions), chosen


def confirm_answer(ref: str, topic: str, answer: Answer, signature: Signature, start: Path) -> Confirmed:
    """A person's answer to what a text says on a topic, to be kept. Raises UnknownReference."""
    witness = read_witness(ref, "A", start)
    table, _ = positions_of((topic,), (ref,), start)
    return confirm_position(table.positions[topic, witness.ref], witness, answer, signature)


def _with_documents(table: PositionTable, topics: dict[str, Topic], witnesses: list[Witness]) -> PositionTable:
    columns = table.columns + tuple((witness.ref, witness.short_title) for witness in witnesses)
    found: dict[tuple[str, str], Position] = {
        (name, witness.ref): position_of_witness(topic, witness)
        for name, topic in topics.items()
        for witness in witnesses
    }
    return PositionTable(table.topics, columns, table.positions | found, table.schools)
