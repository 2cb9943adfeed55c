"""The first page of the site, and how to read the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from policybook.domain.adoption import Adoption
from policybook.domain.comparison import CHANGE_WORDS, ChangeKind, Comparison, PositionTable
from policybook.domain.model import ModelVersion, Topic
from policybook.domain.page import Block, Heading, Page, Table
from policybook.domain.resolved import ResolvedPolicy
from policybook.report.address import (
    HOW_TO_READ,
    POSITIONS,
    matrix_path,
    model_page_path,
    page_link,
    policy_page_path,
    side_by_side_path,
)
from policybook.report.position import positions_table, with_figures
from policybook.report.word import bullet, cell, count, last_decision, next_review, paragraph, print_date, runs


def home_page(
    adopted: Sequence[tuple[ResolvedPolicy, Adoption, Comparison]],
    models: Sequence[tuple[ModelVersion, bool]],
    positions: PositionTable,
    topics: Mapping[str, Topic],
) -> Page:
    """Who has which policy, how far it departs from its model, and the positions whose answers are figures.

    `models` come with whether any school has adopted that version.
    """
    blocks: list[Block] = [
        paragraph("Every policy that a school here has adopted, beside the model it comes from."),
        Heading(runs("At a glance"), 1),
        positions_table(with_figures(positions, topics)),
        paragraph(page_link(POSITIONS, "All topics, with the words each answer rests on")),
        Heading(runs("Policies"), 1),
        _policies(adopted),
        Heading(runs("Models"), 1),
        *_models(models),
        paragraph(page_link(HOW_TO_READ, "How to read these pages")),
    ]
    return Page("Policies of our schools", tuple(blocks), landscape=True)


def guide_page() -> Page:
    """How to read the pages: what each word for a change means."""
    meanings: dict[ChangeKind, str] = {
        "same": "The words are the same.",
        "value": "Only the names of schools, people, roles or suppliers differ.",
        "editorial": "Only spelling, punctuation or layout differ.",
        "reworded": "The words differ. No change of substance was found; a person should still read both.",
        "substantive": "Something a governor would want to know differs: an age, a time, a duty, who is bound, what follows.",
        "added": "Only the text on the right has this section.",
        "removed": "Only the text on the left has this section.",
    }  # fmt: skip
    rows = tuple(
        (cell(CHANGE_WORDS[kind], heading=True, tone=kind), cell(meaning)) for kind, meaning in meanings.items()
    )
    blocks = (
        paragraph("A model is the text that a publisher offers. A school adopts one version of it, fills in values, and may depart from it with a reason."),
        Heading(runs("Side by side"), 1),
        paragraph("Words that only one text has are marked as added or deleted, in words for screen readers as well as by underlining and striking through."),
        Table("What the words for a change mean", ("Word", "Meaning"), rows, (0.3, 0.7)),
        Heading(runs("What the program cannot know"), 1),
        paragraph("It finds changes by rules that it states beside each one. It does not give legal advice, and a section in other words is always listed so that a person can judge."),
        Heading(runs("Beside a policy’s own text"), 1),
        bullet("“our value”, “our choice”: the model leaves this to the school."),
        bullet("“our wording”, “our addition”, “moved by us”: a departure from the model, with its reason."),
    )  # fmt: skip
    return Page("How to read these pages", blocks)


def _policies(adopted: Sequence[tuple[ResolvedPolicy, Adoption, Comparison]]) -> Table:
    head = ("School", "Policy", "Approved", "Next review", "Beside the model")
    rows = []
    for policy, adoption, comparison in adopted:
        decision = last_decision(adoption)
        rows.append((
            cell(policy.owner, heading=True),
            cell(page_link(policy_page_path(adoption), policy.model.title)),
            cell(print_date(decision.on) if decision else "not yet approved"),
            cell(next_review(adoption)),
            cell(page_link(side_by_side_path(adoption), _difference(adoption, comparison))),
        ))  # fmt: skip
    return Table("Adopted policies", head, tuple(rows), (0.2, 0.3, 0.15, 0.15, 0.2))


def _difference(adoption: Adoption, comparison: Comparison) -> str:
    departures = count(len(adoption.tailorings), "departure")
    return f"{departures}, {count(comparison.summary()['substantive'], 'change')} of substance"


def _models(models: Sequence[tuple[ModelVersion, bool]]) -> Iterator[Block]:
    for model, is_adopted in models:
        link = page_link(model_page_path(model), f"{model.title}, {model.version}")
        adopters = (" · ", page_link(matrix_path(model), "its adoptions side by side")) if is_adopted else ()
        yield bullet(link, f" ({model.publisher.name})", *adopters)
