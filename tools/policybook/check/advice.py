"""What a careful reader would say of a workspace: nothing here stops a build, and only `check` asks for it.

What concerns a model's own words is worked out and told once for each model version, at the line of its clause, however
many schools print it; for each adoption only the school's own words, values and record are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from policybook.check.blank import BlankFinder, find_blank_problems
from policybook.check.citation import CitationIndex, find_citation_problems, index_citations
from policybook.check.index import ModelIndex, index_model
from policybook.check.passage import Passage, adoption_passages, model_passages
from policybook.check.person import find_person_problems, find_role_problems
from policybook.check.readability import find_reading_problems
from policybook.check.review import find_model_review_problems, find_review_problems
from policybook.check.role import Titles, default_titles, find_title_problems, role_passages, titles_in
from policybook.check.structure import find_structure_problems, find_tailored_headings
from policybook.check.tailored import find_reason_problems, find_suspect_problems
from policybook.check.term import find_lost_terms, find_term_problems
from policybook.check.words import NameIndex, find_foreign_names, find_named_schools, index_names
from policybook.domain.adoption import Adoption
from policybook.domain.citation import DatedCitation
from policybook.domain.finding import Finding
from policybook.domain.model import ModelVersion
from policybook.domain.workspace import Workspace
from policybook.text.base import base_words


@dataclass(frozen=True, slots=True)
class Known:
    """What the checks need beside the records: the day, the dated list, a finder of blanks, and the locks by ref.

    A lock is the fingerprint of each departure's base by clause id. Without a day nothing is overdue.
    """

    day: date | None = None
    citations: tuple[DatedCitation, ...] = ()
    find_blanks: BlankFinder = lambda _: ()
    locks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def find_advice(workspace: Workspace, known: Known) -> Iterator[Finding]:
    """Warnings and notes on models, schools and adoptions, in that order."""
    names = index_names(workspace.schools.values())
    adviser = _Adviser(workspace, known, index_citations(known.citations), names)
    for ref in _models_in_use(workspace):
        yield from adviser.advise_model(workspace.models[ref])
    for name in sorted(workspace.schools):
        yield from find_role_problems(workspace.schools[name])
    for ref in sorted(workspace.adoptions):
        yield from adviser.advise_adoption(workspace.adoptions[ref])
    if known.day:
        for ref in sorted(workspace.home_grown):
            yield from find_review_problems(workspace.home_grown[ref], known.day)


def _models_in_use(workspace: Workspace) -> list[str]:
    """The newest version of each model, its draft, and every version that somebody has pinned.

    A superseded version that nobody has is history: nobody would mend it.
    """
    used = {adoption.model_ref for adoption in workspace.adoptions.values()}
    superseded = {f"{model.id}@{model.supersedes}" for model in workspace.models.values() if model.supersedes}
    return sorted(workspace.models.keys() & (used | (workspace.models.keys() - superseded)) - workspace.broken)


@dataclass(frozen=True, slots=True)
class _OfModel:
    """What is worked out once for a model version."""

    index: ModelIndex
    titles: Titles
    base: Mapping[str, str]


@dataclass(slots=True)
class _Adviser:
    workspace: Workspace
    known: Known
    citations: CitationIndex
    names: NameIndex
    models: dict[str, _OfModel] = field(default_factory=dict)

    def advise_model(self, model: ModelVersion) -> Iterator[Finding]:
        passages = model_passages(model)
        known = self._of(model, passages)
        yield from find_citation_problems(passages, self.citations, self.known.day)
        yield from find_blank_problems(passages, self.known.find_blanks)
        yield from find_named_schools(model, passages, self.names)
        yield from find_person_problems(passages)
        yield from find_title_problems(titles_in((*passages, *default_titles(model))))
        yield from find_term_problems(known.index)
        yield from find_structure_problems(known.index)
        yield from find_reading_problems(passages, "this model")
        if self.known.day and model.version != "draft":
            yield from find_model_review_problems(model, self.known.day)

    def advise_adoption(self, adoption: Adoption) -> Iterator[Finding]:
        if self.known.day:
            yield from find_review_problems(adoption, self.known.day)
        passages = adoption_passages(adoption)
        school, model = self.workspace.schools.get(adoption.school), self.workspace.model_of(adoption)
        yield from find_citation_problems(passages, self.citations, self.known.day)
        yield from find_blank_problems(passages, self.known.find_blanks)
        yield from find_person_problems(passages)
        yield from find_foreign_names(adoption, self.names, school, model)
        yield from find_reading_problems(passages, "the school's own words")
        yield from find_reason_problems(adoption)
        if model is None or model.ref in self.workspace.broken:
            return
        known = self._of(model)
        yield from find_title_problems(titles_in((*role_passages(model, adoption, school), *passages)), known.titles)
        yield from find_lost_terms(adoption, known.index)
        yield from find_tailored_headings(adoption, known.index)
        yield from find_suspect_problems(adoption, self.known.locks.get(adoption.ref, {}), known.base)

    def _of(self, model: ModelVersion, passages: tuple[Passage, ...] | None = None) -> _OfModel:
        if model.ref not in self.models:
            titles = titles_in(model_passages(model) if passages is None else passages)
            self.models[model.ref] = _OfModel(index_model(model), titles, base_words(model))
        return self.models[model.ref]
