"""The governors' pack: what a meeting is shown of each policy on its agenda. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from policybook.compare import collate, compare, find_positions, witness_of_policy
from policybook.compare.binding import binds
from policybook.compare.judged import add_judgements
from policybook.domain.adoption import Adoption
from policybook.domain.comparison import Comparison, FactKind, Row
from policybook.domain.error import Refused, UnknownReference
from policybook.domain.meeting import Agenda, AgendaItem, OthersCount, Pack, PackItem, SignAgain, Take
from policybook.domain.model import Amendment, ModelVersion
from policybook.domain.resolved import ResolvedPolicy
from policybook.domain.workspace import Workspace
from policybook.report.pack_word import CHANGING, MATTERING
from policybook.report.policy import blank_count
from policybook.report.position import with_figures
from policybook.report.redline import redline_of
from policybook.report.word import NOT_STATED, count, print_date
from policybook.site.audience import FEWEST_SHOWN, count_others
from policybook.store import find_workspace
from policybook.store.edition import adoption_folder, edition_names, read_edition
from policybook.store.meeting import read_agenda
from policybook.text.decided import standing_approval
from policybook.workflow.judgement import judgements_near
from policybook.workflow.past import find_past
from policybook.workflow.reference import policy_of
from policybook.workflow.workspace import OpenWorkspace, open_workspace

_MERE_TEXT: tuple[FactKind, ...] = ("added-text", "dropped-text", "definition", "authority")
"""Facts that alone do not show that a duty changed: whether the words bind tells."""


def make_pack(what: str, start: Path) -> Pack:
    """The pack for a meeting file, or for one policy (`school/policy`) that no meeting is called for yet.

    Raises UnknownReference for a policy that is not there, BrokenWorkspace, or Refused where a file is no agenda.
    """
    workspace = open_workspace(find_workspace(start))
    agenda = read_agenda(Path(what)) if what.lower().endswith((".yaml", ".yml")) else _agenda_of(workspace, what)
    return Pack(agenda, tuple(_item(workspace, entry, start) for entry in agenda.items))


def make_item(entry: AgendaItem, start: Path) -> PackItem:
    """What a meeting is shown of one policy. Raises as `make_pack`."""
    return _item(open_workspace(find_workspace(start)), entry, start)


def _agenda_of(workspace: OpenWorkspace, ref: str) -> Agenda:
    approval = standing_approval(_adoption(policy_of(workspace, ref), ref))
    return Agenda((AgendaItem(ref),), approval.body if approval else "")


def _adoption(policy: ResolvedPolicy, ref: str) -> Adoption:
    if policy.adoption is None:
        mend = "name a school's policy, as school/policy"
        raise UnknownReference("governors decide on a school's policy, and this is a model", where=ref, mend=mend)
    return policy.adoption


def _item(workspace: OpenWorkspace, entry: AgendaItem, start: Path) -> PackItem:
    if entry.policy in workspace.records.home_grown:
        mend = "put the document itself before the meeting, and take it off this agenda"
        raise Refused("a home-grown policy has no clauses to compare", where=entry.policy, mend=mend)
    policy = policy_of(workspace, entry.policy)
    adoption = _adoption(policy, entry.policy)
    known = _known(workspace, entry, policy, start)
    found = compare(witness_of_policy("A", known.policy), witness_of_policy("B", policy))
    comparison = add_judgements(found, judgements_near(start).changes)
    amendments = tuple(_amendments(workspace.records, known.policy, policy))
    not_ready = tuple(_find_open_ends(workspace.root, policy, adoption))
    return PackItem(
        agenda=entry,
        take=entry.take or _take(comparison, known, not_ready),
        policy=policy,
        known=known.words,
        is_first=known.is_first,
        comparison=comparison,
        redline=redline_of(comparison, known.policy, policy),
        amendments=amendments,
        others=_count_others(workspace, policy, adoption),
        sign_again=_sign_again(policy, comparison, amendments),
        beyond=tuple(_beyond(policy, adoption)),
        not_ready=not_ready,
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """The words that the members know, and what they are."""

    policy: ResolvedPolicy
    words: str
    is_first: bool = False


def _known(workspace: OpenWorkspace, entry: AgendaItem, policy: ResolvedPolicy, start: Path) -> _Known:
    """The text named as `since`, else the words approved last, else the model's own."""
    if entry.since:
        past = find_past(entry.since, start)
        if past and past.edition:
            return _Known(past.edition.resolved(), f"the edition of {print_date(past.edition.decision.on)}")
        text = policy_of(workspace, entry.since)
        kind = "" if text.adoption else "the model of "
        return _Known(text, f"{kind}{text.owner}, version {text.model.version}")
    adoption = _adoption(policy, entry.policy)
    approval = standing_approval(adoption)
    if approval and approval.edition and approval.edition in edition_names(workspace.root, adoption.ref):
        edition = read_edition(workspace.root, adoption.ref, approval.edition)
        return _Known(edition.resolved(), f"the words approved on {print_date(approval.on)}")
    model = policy.model
    words = f"the model of {model.publisher.name}, version {model.version}"
    return _Known(workspace.model(model.ref), words, is_first=True)


def _take(comparison: Comparison, known: _Known, not_ready: Sequence[str]) -> Take:
    """Talked over where it is new, where a rule changes, or where something is open; else together with others."""
    matters = any(row.change in MATTERING for row in comparison.rows)
    return "discuss" if known.is_first or matters or not_ready else "together"


def _amendments(records: Workspace, before: ResolvedPolicy, after: ResolvedPolicy) -> Iterator[tuple[str, Amendment]]:
    """What the publisher said of each version after the one known, oldest first; nothing where no way leads there."""
    chain: list[ModelVersion] = []
    at = records.models.get(after.model.ref)
    while at and at.version != before.model.version and at not in chain:
        chain.insert(0, at)
        at = records.models.get(f"{at.id}@{at.supersedes}")
    if at is not None and before.model.id == after.model.id:
        yield from ((model.version, change) for model in chain for change in model.changes)


def _find_open_ends(root: Path, policy: ResolvedPolicy, adoption: Adoption) -> Iterator[str]:
    blanks = blank_count(policy)
    if blanks:
        are = "is" if blanks == 1 else "are"
        yield f"{count(blanks, 'blank')} {are} not filled in; they stand in square brackets in the clean copy."
    if (adoption_folder(root, adoption.ref) / "plan.yaml").exists():
        yield "The move to a newer version of the model is only half settled."


def _sign_again(
    policy: ResolvedPolicy, comparison: Comparison, amendments: Sequence[tuple[str, Amendment]]
) -> SignAgain:
    """Staff sign again where a duty changes: the publisher's word where it is given, and what the comparison finds.

    A change that the publisher has judged is not judged again. Raises nothing; None where there is no form to sign.
    """
    if not any(clause.kind == "form" for clause in policy.clauses):
        return SignAgain(None)
    told = [change for _, change in amendments if change.sign_again is not None]
    asked = [clause for change in told if change.sign_again for clause in change.clauses]
    if asked:
        return SignAgain(True, "publisher", tuple(dict.fromkeys(asked)))
    judged = {clause for change in told for clause in change.clauses}
    duties = [row for row in comparison.rows if row.change in MATTERING and _is_duty(row)]
    found = [reading.id or "" for row in duties for reading in (row.right or row.left) if reading.id not in judged]
    return SignAgain(bool(found), "program", tuple(dict.fromkeys(found)))


def _is_duty(row: Row) -> bool:
    """Whether a figure, a limit or who is bound changed, or the words of either side ask or forbid something."""
    return any(fact.kind not in _MERE_TEXT for fact in row.facts) or any(
        reading.kind not in ("heading", "form", "attachment") and binds(reading.text)
        for reading in (*row.left, *row.right)
    )


def _beyond(policy: ResolvedPolicy, adoption: Adoption) -> Iterator[str]:
    """The clauses of departures that the model does not leave to the school."""
    classes = {clause.id: clause.tailoring for clause in policy.model.walk()}
    for entry in adoption.tailorings:
        if entry.kind in ("substitute", "omit") and classes.get(entry.clause, "free") != "free":
            yield entry.clause


def _count_others(workspace: OpenWorkspace, policy: ResolvedPolicy, adoption: Adoption) -> OthersCount:
    """Counts over the other schools, none below `FEWEST_SHOWN`."""
    topics = workspace.records.topics
    table = with_figures(find_positions(topics.values(), list(workspace.policies.values())), topics)
    told = count_others(workspace.records, table, adoption.school)
    answers = tuple(
        (label, table.positions[topic, policy.ref].answer or NOT_STATED, told.answers[topic])
        for topic, label in table.topics
        if topic in told.answers and table.positions[topic, policy.ref].answer
    )
    adopters = told.adopters.get(policy.model.ref, 0)
    return OthersCount(adopters, _changed(workspace, policy, adoption) if adopters else {}, answers)


def _changed(workspace: OpenWorkspace, policy: ResolvedPolicy, adoption: Adoption) -> dict[str, int | None]:
    """For each clause that the school changed: how many other schools did; see `OthersCount`."""
    others: dict[str, ResolvedPolicy] = {}  # one policy a school
    for one in workspace.policies.values():
        if one.adoption and one.adoption.school != adoption.school and one.model.ref == policy.model.ref:
            others.setdefault(one.adoption.school, one)
    witnesses = [witness_of_policy(f"S{index}", one) for index, one in enumerate(others.values())]
    collation = collate(witness_of_policy("M", workspace.model(policy.model.ref)), witnesses)
    ours = {entry.clause for entry in adoption.tailorings}
    return {
        row.clause: _told(sum(cell.state in CHANGING for cell in row.cells), len(row.cells))
        for row in collation.rows
        if row.clause in ours
    }


def _told(changed: int, among: int) -> int | None:
    if changed < FEWEST_SHOWN:
        return None
    return changed if among == changed or among - changed >= FEWEST_SHOWN else -1
