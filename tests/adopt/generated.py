"""Models and adoptions drawn from a seed: every kind of clause, and every kind of tailoring that `check` lets pass."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from policybook.domain.adoption import Adoption, School, Tailoring
from policybook.domain.inline import Run
from policybook.domain.model import (
    Choice,
    Clause,
    Condition,
    FormField,
    ModelVersion,
    Parameter,
    Part,
    Publisher,
    Value,
)
from policybook.domain.resolved import ResolvedPolicy
from policybook.domain.source import SourceClause

WORDS = """staff pupils school work email account phone message photograph parent governor report record safe data
device password network image meeting letter record advice training contact private public online respect duty care
review concern visitor volunteer permission""".split()
PARAMETERS = {
    "age": Parameter("age", "age", "Age limit", 18),
    "head": Parameter("head", "role", "Head of the school", "headteacher", detail=True),
    "cycle": Parameter("cycle", "duration", "Review cycle", "2 years"),
    "hours": Parameter("hours", "time-range", "Core hours", "09:00-16:15"),
    "keeper": Parameter("keeper", "text", "Keeper of forms"),
    "phones": Parameter("phones", "boolean", "Has a phone policy", True),
}
BLANKS = ("{{ age }}", "{{ age | words }}", "{{ head }}", "{{ cycle | words }}", "{{ hours }}", "{{ keeper }}",
          "{{ school_name }}", "{{ school_name | possessive }}")  # fmt: skip


class Draw:
    """A model, a school and one of its adoptions."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 (a test's own draw, no secret)
        self.school = School("oak", "Oak Lane School", "school", "Oak", roles={"head": "head of school"})
        self.model = self._model()
        self.adoption = self._adoption()

    def sentence(self) -> str:
        words = self.random.choices(WORDS, k=self.random.randint(7, 14))
        if self.random.random() < 0.4:
            words.insert(self.random.randint(2, len(words) - 2), self.random.choice(BLANKS))
        if self.random.random() < 0.2:
            words[1] = f"*{words[1]}*"
        return f"{' '.join(words).capitalize()}."

    def _clause(self, name: str, depth: int) -> Clause:
        roll = self.random.random()
        if roll < 0.08:
            return Clause(
                name, tailoring="choice", choices=(Choice("a", self.sentence()), Choice("b", self.sentence()))
            )
        if roll < 0.14:
            return Clause(name, "table", self.sentence(), head=("Who", "What"), rows=(("All", "Care"),))
        if roll < 0.18:
            return Clause(name, "form", self.sentence(), fields=(FormField("Name"), FormField("Date", "date")))
        if roll < 0.25:
            return Clause(
                name, text=self.sentence(), when=Condition(parameter="phones", value=self.random.random() < 0.7)
            )
        children: tuple[Clause, ...] = ()
        if depth < 3 and roll > 0.7:
            children = tuple(self._clause(f"{name}-{index}", depth + 1) for index in range(self.random.randint(1, 4)))
        closing = self.sentence() if children and self.random.random() < 0.3 else ""
        kind = "item" if depth > 1 else "paragraph"
        return Clause(name, kind, self.sentence(), clauses=children, closing=closing)  # type: ignore[arg-type]

    def _model(self) -> ModelVersion:
        parts = tuple(
            Part(
                f"p{number}",
                " ".join(self.random.choices(WORDS, k=3)).capitalize(),
                clauses=tuple(self._clause(f"p{number}.c{index}", 1) for index in range(self.random.randint(1, 6))),
            )
            for number in range(self.random.randint(1, 4))
        )
        return ModelVersion("hr/mail", "1", "E-mail", Publisher("hr", "HR", "council-hr"), None, parts, PARAMETERS)

    def _adoption(self) -> Adoption:
        options: dict[str, list[Value]] = {
            "age": [19, 21], "head": ["principal"], "cycle": ["3 years"], "hours": ["08:30-15:00"],
            "keeper": ["school office", "bursar"], "phones": [False],
        }  # fmt: skip
        values = {name: self.random.choice(some) for name, some in options.items() if self.random.random() < 0.5}
        choices = {clause.id: "b" for clause in self.model.walk() if clause.choices and self.random.random() < 0.5}
        tailorings = tuple(self._tailorings())
        return Adoption("oak", "mail", "hr/mail", "1", values=values, choices=choices, tailorings=tailorings)

    def _tailorings(self) -> Iterator[Tailoring]:
        names = [clause.id for clause in self.model.walk()]
        places = [*names, *(part.id for part in self.model.parts)]
        for clause in self.model.walk():
            roll = self.random.random()
            if roll < 0.08 and not clause.head and not clause.fields:
                yield Tailoring("substitute", clause.id, "ours", self.sentence())
            elif roll < 0.16:
                yield Tailoring("omit", clause.id, "ours")
            elif roll < 0.24:
                yield Tailoring("move", clause.id, "ours", **self._place(places))
        for index in range(self.random.randint(0, 3)):
            yield Tailoring("insert", f"oak.own-{index}", "ours", self.sentence(), **self._place(places))

    def _place(self, places: list[str]) -> dict[str, Any]:
        return {self.random.choice(["after", "into"]): self.random.choice(places)}


def as_document(policy: ResolvedPolicy) -> tuple[SourceClause, ...]:
    """A resolved policy as it would be read again from a document."""
    return tuple(
        SourceClause(
            clause.kind if clause.kind in ("heading", "item", "table", "form") else "paragraph",
            clause.depth + 1,
            tuple(Run(run.text, run.bold, run.italic, run.link) for run in clause.runs),
            clause.number,
            clause.marker,
            rows=tuple(
                tuple("".join(run.text for run in cell) for cell in row) for row in (clause.head, *clause.rows) if row
            ),
            fields=clause.fields,
        )
        for clause in policy.clauses
    )


def texts_of(policy: ResolvedPolicy) -> list[str]:
    return [" ".join(clause.text.split()) for clause in policy.clauses]
