"""The first page of the site, and how to read the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from policybook.domain.adoption import Adoption, Decision
from policybook.domain.comparison import CHANGE_WORDS, ChangeKind, PositionTable
from policybook.domain.inline import Run, plain
from policybook.domain.model import ModelVersion, Topic
from policybook.domain.page import Block, Cell, Heading, Page, Table
from policybook.domain.resolved import ResolvedPolicy
from policybook.report.address import (
    COMPARE,
    HOW_TO_READ,
    POSITIONS,
    REVIEWS,
    UPGRADES,
    WAITING,
    matrix_path,
    model_page_path,
    page_link,
    policy_page_path,
    school_page_path,
    side_by_side_path,
)
from policybook.report.due import Policy, chart, is_issued, newer_version, review_counts, status_counts, waiting_table
from policybook.report.position import count_answers, positions_table, with_figures
from policybook.report.word import (
    NOT_STATED,
    OUTCOME_WORDS,
    bullet,
    cell,
    count,
    next_review,
    paragraph,
    print_date,
    runs,
    school_and_others,
)
from policybook.text.decided import standing_approval

LATEST = 6
LONGEST_WAITING = 40
"""With more rows than this, the first page counts what waits and leaves the table to a page of its own."""
LONGEST_POLICIES = 80
"""With more policies than this, the first page lists schools; their own pages list their policies."""
LONGEST_POSITIONS = 40
"""With more policies than this, the first page draws the answers and leaves the table to its own page."""


def home_page(
    adopted: Sequence[tuple[ResolvedPolicy, Adoption, int]],
    models: Sequence[tuple[ModelVersion, bool]],
    positions: PositionTable,
    topics: Mapping[str, Topic],
    *,
    today: date,
    title: str = "Policies of our schools",
    others: Sequence[Block] = (),
    home_grown: Sequence[Block] = (),
    waits: Sequence[tuple[Cell, ...]] = (),
) -> Page:
    """What waits for whom on `today`, what was decided and issued lately, positions, policies and models.

    `adopted` come with the number of changes of substance from their model, `models` with whether there is a matrix of that version's adopters; each model's versions stand oldest first.
    `others` is what one school may know of the others, `home_grown` lists the policies that follow no model, and
    `waits` are the rows of what waits with any.
    """
    versions = [model for model, _ in models]
    policies = [Policy(text, adoption, newer_version(adoption, versions)) for text, adoption, _ in adopted]
    blocks: list[Block] = [
        paragraph(f"{_contents(policies, versions)} As at {print_date(today)}."),
        paragraph(page_link(REVIEWS, "Review calendar"), " · ", page_link(UPGRADES, "Upgrades"), " · ",
                  page_link(COMPARE, "Compare any two"), " · ", page_link(HOW_TO_READ, "How to read these pages")),
        *_waiting(policies, today, waits),
        *_lately(policies, versions),
        Heading(runs("At a glance"), 1),
        *_glance(positions, topics),
        *others,
        Heading(runs("Policies"), 1),
        *_adopted(adopted),
        *home_grown,
        Heading(runs("Models"), 1),
        *_models(models),
    ]  # fmt: skip
    return Page(title, tuple(blocks), landscape=True)


def others_blocks(
    adopters: Sequence[tuple[ModelVersion, int]], answers: Sequence[tuple[str, Sequence[tuple[str, int]]]]
) -> Iterator[Block]:
    """What one school may know of the others: how many adopted a version, how many give the same answer."""
    yield Heading(runs("Other schools"), 1, anchor="other-schools")
    yield paragraph("Counts only. A count below five is never shown, so some answers are missing here.")
    if not adopters and not answers:
        yield paragraph("There are too few other schools to count.")
    for model, number in adopters:
        yield bullet(f"{count(number, 'other school')} adopted {model.title}, version {model.version}.")
    for label, counts in answers:
        yield chart(label, "Other schools’ answer", ((answer or NOT_STATED, number) for answer, number in counts))


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


def _contents(policies: Sequence[Policy], versions: Sequence[ModelVersion]) -> str:
    schools = len({school for policy in policies for school in policy.adoption.schools})
    names = {version.id for version in versions}
    said = f"{count(len(policies), 'policy', 'policies')} of {count(schools, 'school')}"
    return f"{said}, from {count(len(names), 'model')}."


def _waiting(policies: Sequence[Policy], today: date, waits: Sequence[tuple[Cell, ...]]) -> Iterator[Block]:
    yield Heading(runs("What waits for whom"), 1, anchor="waiting")
    if len(waits) > LONGEST_WAITING:
        said = (plain(row[3].paragraphs[0]) for row in waits)
        counts = sorted(Counter(said).items(), key=lambda entry: (-entry[1], entry[0]))
        yield chart("Who is waited for", "For whom", iter(counts))
        yield paragraph(page_link(WAITING, f"All {len(waits)} things that wait, school by school"))
    elif waits:
        yield waiting_table(waits)
    else:
        yield paragraph("Nothing: every policy is approved, filled in and within its review date.")
    if policies:
        yield status_counts(policies)
        yield review_counts(policies, today)


def _lately(policies: Sequence[Policy], versions: Sequence[ModelVersion]) -> Iterator[Block]:
    """The decisions taken and the versions issued last, newest first."""
    found = [
        (decision.on, policy.adoption.ref, _decided(decision, policy))
        for policy in policies
        for decision in policy.adoption.decisions
    ]
    found += [(model.issued, model.ref, _issued(model)) for model in versions if is_issued(model) and model.issued]
    found.sort(key=lambda entry: (-entry[0].toordinal(), entry[1]))
    if found:
        yield Heading(runs("Changed lately"), 1, anchor="lately")
    for on, _, said in found[:LATEST]:
        yield bullet(f"{print_date(on)}: ", *said)


def _decided(decision: Decision, policy: Policy) -> tuple[Run | str, ...]:
    link = page_link(policy_page_path(policy.adoption), policy.text.model.title)
    outcome = OUTCOME_WORDS[decision.outcome].lower()
    return f"{policy.text.owner}, ", link, f", {outcome} by {decision.body}"


def _issued(model: ModelVersion) -> tuple[Run | str, ...]:
    link = page_link(model_page_path(model), f"version {model.version} of {model.title}")
    return f"{model.publisher.name} issued ", link


def _glance(positions: PositionTable, topics: Mapping[str, Topic]) -> Iterator[Block]:
    figures = with_figures(positions, topics)
    for topic, label in figures.topics:
        found = count_answers(figures, topic)
        if found:
            counts = sorted(found.items(), key=lambda entry: (entry[0] == NOT_STATED, -entry[1], entry[0]))
            yield chart(label, "Answer", iter(counts))
    if figures.topics and len(figures.columns) <= LONGEST_POSITIONS:
        yield positions_table(figures)
    yield paragraph(page_link(POSITIONS, "All topics, with the words each answer rests on"))


def _adopted(adopted: Sequence[tuple[ResolvedPolicy, Adoption, int]]) -> Iterator[Block]:
    if not adopted:
        yield paragraph("No policy has been adopted yet.")
    elif len(adopted) <= LONGEST_POLICIES:
        yield _policies(adopted)
    else:
        yield _schools(adopted)


def _schools(adopted: Sequence[tuple[ResolvedPolicy, Adoption, int]]) -> Table:
    """A line a school, where a line a policy would be too many."""
    found: dict[str, tuple[str, list[int]]] = {}
    for policy, adoption, matters in adopted:
        found.setdefault(adoption.school, (school_and_others(policy), []))[1].append(matters)
    rows = tuple(
        (
            cell(page_link(school_page_path(school), name), heading=True),
            cell(str(len(matters))),
            cell(str(sum(matters))),
        )
        for school, (name, matters) in sorted(found.items(), key=lambda entry: entry[1][0].casefold())
    )
    return Table("Schools", ("School", "Policies", "Changes of substance"), rows, (0.5, 0.2, 0.3))


def _policies(adopted: Sequence[tuple[ResolvedPolicy, Adoption, int]]) -> Table:
    head = ("School", "Policy", "Approved", "Next review", "Beside the model")
    rows = []
    for policy, adoption, matters in adopted:
        decision = standing_approval(adoption)
        rows.append((
            cell(page_link(school_page_path(adoption.school), school_and_others(policy)), heading=True),
            cell(page_link(policy_page_path(adoption), policy.model.title)),
            cell(print_date(decision.on) if decision else "not yet approved"),
            cell(next_review(adoption)),
            cell(page_link(side_by_side_path(adoption), _difference(adoption, matters))),
        ))  # fmt: skip
    return Table("Adopted policies", head, tuple(rows), (0.2, 0.3, 0.15, 0.15, 0.2))


def _difference(adoption: Adoption, matters: int) -> str:
    departures = count(len(adoption.tailorings), "departure")
    return f"{departures}, {count(matters, 'change')} of substance"


def _models(models: Sequence[tuple[ModelVersion, bool]]) -> Iterator[Block]:
    for model, has_matrix in models:
        link = page_link(model_page_path(model), f"{model.title}, {model.version}")
        adopters = (" · ", page_link(matrix_path(model), "its adoptions side by side")) if has_matrix else ()
        rests = f", resting on {model.rests_on}" if model.rests_on else ""
        yield bullet(link, f" ({model.publisher.name}{rests})", *adopters)
