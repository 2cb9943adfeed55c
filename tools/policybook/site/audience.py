"""Who a site is for, and what of a workspace may reach it.

Default deny: what readers may see is written into new records field by field, so that a field added later stays out
until somebody lets it in here. Pages and documents are made from those records alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from policybook.domain.adoption import Adoption, Decision, PolicyRecord, School
from policybook.domain.comparison import PositionTable
from policybook.domain.error import UnknownReference
from policybook.domain.finding import Finding
from policybook.domain.inline import Run
from policybook.domain.model import ModelVersion
from policybook.domain.resolved import ResolvedClause, ResolvedPolicy
from policybook.domain.workspace import Workspace
from policybook.text.decided import is_void, standing_approval
from policybook.text.near import did_you_mean

FEWEST_SHOWN = 5
"""Counts of other schools below this are not told: they could point at one."""
_SCHOOL = "school:"


@dataclass(frozen=True, slots=True)
class SiteAudience:
    """The council, one school (`school` is its id), or everybody."""

    kind: Literal["council", "school", "public"]
    school: str = ""

    @property
    def name(self) -> str:
        """`council`, `public` or `school-<id>`, as folders are called."""
        return f"school-{self.school}" if self.school else self.kind


COUNCIL = SiteAudience("council")
PUBLIC = SiteAudience("public")


@dataclass(frozen=True, slots=True)
class OtherSchools:
    """What one school may know of the others: counts of five and more, by model version and by answer to a topic."""

    adopters: dict[str, int] = field(default_factory=dict)
    answers: dict[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)


def parse_audience(text: str) -> SiteAudience:
    """The audience that `council`, `public` or `school:NAME` means. Raises UnknownReference for anything else."""
    if text in ("council", "public"):
        return COUNCIL if text == "council" else PUBLIC
    if text.startswith(_SCHOOL) and len(text) > len(_SCHOOL):
        return SiteAudience("school", text.removeprefix(_SCHOOL))
    mend = "write council, public or school:NAME, with the school's id"
    raise UnknownReference(f"there is no audience '{text}'", where=text, mend=mend)


def records_for_school(records: Workspace, school: str) -> Workspace:
    """One school's part: itself, the records that serve it, and the issued versions of their models.

    Of a record that serves several schools, only this one is named beside the record's own.

    Raises UnknownReference where the workspace has no such school.
    """
    if school not in records.schools:
        known = ", ".join(sorted(records.schools)[:8]) or "none"
        mend = did_you_mean(school, records.schools) or f"schools here: {known}"
        raise UnknownReference(f"there is no school '{school}'", where=school, mend=mend)
    adoptions = {
        ref: replace(entry, covers=_only(entry, school))
        for ref, entry in records.adoptions.items()
        if school in entry.schools
    }
    home_grown = {
        ref: replace(entry, covers=_only(entry, school))
        for ref, entry in records.home_grown.items()
        if school in entry.schools
    }
    pinned = {f"{entry.model}@{entry.version}" for entry in adoptions.values()}
    names = {entry.model for entry in adoptions.values()}
    models = {
        ref: model
        for ref, model in records.models.items()
        if ref in pinned or (model.id in names and model.issued and model.version != "draft")
    }
    offered = {ref: model for ref, model in records.offered.items() if model.id in names}
    owners = {*(entry.school for entry in adoptions.values()), *(entry.school for entry in home_grown.values())}
    schools = {name: _named(records.schools[name], school) for name in sorted({school, *owners})}
    return Workspace(records.topics, models, schools, adoptions, home_grown=home_grown, offered=offered)


def _named(record: School, school: str) -> School:
    """The school itself as it is; of another one, whose record serves it, the name alone."""
    return record if record.id == school else School(record.id, record.name, record.kind)


def _only(record: PolicyRecord, school: str) -> tuple[str, ...]:
    return () if record.school == school else (school,)


def count_others(records: Workspace, positions: PositionTable, school: str) -> OtherSchools:
    """What `school` may know of all the others. `positions` are those of all schools, on topics that ask for a figure.

    Where a few answers are left out, so is the smallest count that could be told: a total minus the rest must not
    give them away.
    """
    others: dict[str, set[str]] = {}
    for entry in records.adoptions.values():
        if school not in entry.schools:
            others.setdefault(entry.model_ref, set()).update(entry.schools)
    adopters = {ref: len(schools) for ref, schools in others.items() if len(schools) >= FEWEST_SHOWN}
    kept = [ref for ref, _ in positions.columns if ref in records.adoptions]
    kept = [ref for ref in kept if school not in records.adoptions[ref].schools]
    answers = {}
    for topic, _ in positions.topics:
        found = {
            (other, positions.positions[topic, ref].answer or "")
            for ref in kept
            for other in records.adoptions[ref].schools
        }
        answers[topic] = _told(Counter(answer for _, answer in found))
    return OtherSchools(adopters, {topic: counts for topic, counts in answers.items() if counts})


def published_policy(policy: ResolvedPolicy) -> ResolvedPolicy | None:
    """The policy as everybody may read it: its adopted words and who approved them; None where it is not public.

    Not public is also what is marked public but not approved, withdrawn, or changed since it was approved, and what an
    approval without `exact:` covers, which cannot show that these are the words approved: none are adopted words. No
    note, reason, value, topic, alias, role, minute or earlier decision is in what comes back.
    """
    adoption, school = policy.adoption, policy.school
    if adoption is None or school is None or adoption.publish != "public":
        return None
    approval = standing_approval(adoption)
    if approval is None or _why_withheld(policy):
        return None
    return ResolvedPolicy(
        model=_published_model(policy.model),
        clauses=tuple(_published_clause(clause) for clause in policy.clauses),
        adoption=Adoption(
            adoption.school,
            adoption.policy,
            adoption.model,
            adoption.version,
            decisions=(Decision(approval.outcome, approval.body, approval.on, effective=approval.effective),),
            next_review=adoption.next_review,
            publish="public",
        ),
        school=School(school.id, school.name, school.kind, template=school.template),
    )


def find_withheld(policies: Iterable[ResolvedPolicy]) -> Iterator[Finding]:
    """A remark for every policy that is marked public and yet does not reach the public site."""
    for policy in policies:
        adoption = policy.adoption
        if adoption is None or adoption.publish != "public":
            continue
        why = _why_withheld(policy)
        if why:
            mend = f"have the words as they are now decided: `policybook decide {adoption.ref} --outcome approved …`"
            message = f"{policy.model.title} of {policy.owner} is not on the public site: {why}"
            yield Finding("warning", "publish.withheld", adoption.place_of("publish"), message, mend)


def _why_withheld(policy: ResolvedPolicy) -> str:
    """Why these are not known to be adopted words; empty where they are."""
    approval = standing_approval(policy.adoption) if policy.adoption else None
    if approval is None:
        return "it is not approved, or its approval was withdrawn"
    if not approval.exact:
        return f"the approval of {approval.on.isoformat()} binds no exact words, so these cannot be shown to be them"
    return "its words were changed since they were approved" if is_void(policy) else ""


def _published_model(model: ModelVersion) -> ModelVersion:
    return ModelVersion(
        id=model.id,
        version=model.version,
        title=model.title,
        publisher=replace(model.publisher, kind=""),
        issued=model.issued,
        parts=(),
        language=model.language,
        numbering=model.numbering,
        notice=model.notice,
    )


def _published_clause(clause: ResolvedClause) -> ResolvedClause:
    return ResolvedClause(
        id=clause.id,
        kind=clause.kind,
        depth=clause.depth,
        number=clause.number,
        marker=clause.marker,
        runs=_published_runs(clause.runs),
        part=clause.part,
        # Only whether it defines something is printed: a note that does is headed "Definition".
        defines=("",) if clause.defines else (),
        head=tuple(_published_runs(cell) for cell in clause.head),
        rows=tuple(tuple(_published_runs(cell) for cell in row) for row in clause.rows),
        fields=clause.fields,
        source=clause.source,
    )


def _published_runs(runs: Iterable[Run]) -> tuple[Run, ...]:
    return tuple(Run(run.text, run.bold, run.italic, run.link, blank=run.blank) for run in runs)


def _told(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    """The counts that may be told, largest first; "" is "not stated"."""
    told = [(answer, count) for answer, count in counts.most_common() if count >= FEWEST_SHOWN]
    return tuple(told if len(told) == len(counts) else told[:-1])
