"""What a new model version means for the schools that have adopted it: one page for all, what waits for a person first.

In plain words and side by side; there are no signs in the text for a reader to take apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from policybook.domain.inline import Run
from policybook.domain.page import Block, Cell, Heading, Page, Table
from policybook.domain.upgrade import OPEN, TRIAGES, ClauseOutcome, Step, Triage, UpgradePlan, UpgradeTriage
from policybook.report.side_by_side import marked
from policybook.report.upgrade_data import plan_fingerprint
from policybook.report.word import bullet, cell, count, lines_cell, paragraph, runs
from policybook.text.edit import word_edits

TRIAGE_WORDS: dict[Triage, str] = {
    "must-follow": "Must follow",
    "both-changed": "Your words and ours both changed",
    "decide": "For you to decide",
    "applies": "Applies cleanly",
    "already-yours": "Already yours",
    "none": "No action",
}
_TONES: dict[Triage, str] = {
    "must-follow": "removed", "both-changed": "substantive", "decide": "substantive", "applies": "reworded",
    "already-yours": "value", "none": "same",
}  # fmt: skip
DECISIONS = "Your decisions"
DECISION_COLUMNS = ("Your decision", "Your reason", "Record", "Name", "To version", "Made from")
"""The columns that are read back. The last four say what a row is about; they stay as they are."""
_MOST_NAMES = 5
_HEAD = ("Section", "The model until now", "The model from now on", "Yours", "What happens")
_WIDTHS = (0.14, 0.21, 0.21, 0.21, 0.23)


def upgrade_page(triage: UpgradeTriage) -> Page:
    """The triage over all schools, then each school's sections with the three texts side by side."""
    blocks: list[Block] = [paragraph(triage_summary(triage))]
    if triage.plans:
        blocks.append(paragraph("This is a plan: nothing has been changed."))
        blocks += [Heading(runs("School by school"), 1), schools_table(triage)]
        blocks += [Heading(runs("Section by section"), 1), sections_table(triage)]
    known: dict[tuple[str, str], Cell] = {}
    for plan in triage.plans:
        blocks += plan_blocks(plan, known)
    if triage.passed_over:
        blocks.append(Heading(runs("Not moved"), 1))
        blocks += (bullet(f"{entry.ref} to {entry.model_ref}: {entry.why}.") for entry in triage.passed_over)
    targets = ", ".join(dict.fromkeys(plan.model_ref for plan in triage.plans))
    return Page("What the new version means for each school", tuple(blocks), subject=targets, landscape=True)


def upgrade_sheet_page(triage: UpgradeTriage) -> Page:
    """The same for a spreadsheet: one row a school and section, to sort and filter, and last what waits, to fill in."""
    known: dict[tuple[str, str], Cell] = {}
    head = ("School", "Policy", "Kind", *_HEAD)
    rows = tuple(
        (cell(plan.school_name), cell(plan.title), cell(TRIAGE_WORDS[outcome.triage]), *_row(outcome, known))
        for plan in triage.plans
        for outcome in plan.outcomes
        if outcome.triage != "none"
    )
    widths = (0.1, 0.1, 0.1, 0.12, 0.15, 0.15, 0.14, 0.14)
    page = upgrade_page(replace(triage, plans=()))
    tables: tuple[Block, ...] = ()
    if triage.plans:
        tables = (schools_table(triage), sections_table(triage), Table("Every section", head, rows, widths))
        tables += (_decisions_table(triage, known),) if triage.is_open() else ()
    return replace(page, blocks=(paragraph(triage_summary(triage)), *tables, *page.blocks[1:]))


def _decisions_table(triage: UpgradeTriage, known: dict[tuple[str, str], Cell]) -> Table:
    """What waits for a person, a row each, with the answers to pick from; `policybook settle --sheet` reads it."""
    rows = []
    for plan in triage.plans:
        made_from = plan_fingerprint(plan)
        for outcome in plan.open():
            answer = replace(cell(), options=outcome.takes())
            keys = (cell(plan.ref), cell(outcome.clause), cell(plan.model_ref), cell(made_from))
            shown = (cell(plan.school_name), cell(plan.title), *_row(outcome, known))
            rows.append((*shown, answer, cell(), *keys))
    widths = (0.08, 0.08, 0.08, 0.13, 0.13, 0.13, 0.16, 0.05, 0.08, 0.02, 0.02, 0.02, 0.02)
    return Table(DECISIONS, ("School", "Policy", *_HEAD, *DECISION_COLUMNS), tuple(rows), widths)


def without_marks(page: Page) -> Page:
    """The page with no word marked as added or gone: for a terminal, where marks would be signs among the words."""
    return replace(page, blocks=tuple(_unmarked(block) for block in page.blocks))


def section_name(outcome: ClauseOutcome) -> str:
    """What to call a section: its number or the heading above it, and its first words; never its id."""
    if outcome.clause.startswith("parameter:"):
        return f"A blank that you filled in with {outcome.yours}"
    words = outcome.model_new or outcome.yours or outcome.model_old
    first = words.split("\n")[0].split()  # of a table what it is called, not its columns
    short = " ".join(first[:8]) + (" …" if len(first) > 8 else "")
    under = f"{outcome.part}: " if outcome.part and outcome.part != words else ""
    return f"{outcome.number} {short}" if outcome.number else f"{under}{short}"


def triage_summary(triage: UpgradeTriage) -> str:
    """How many can move, and how much of it waits for a person."""
    if not triage.plans:
        return "There is nothing to do."
    waiting = [plan for plan in triage.plans if plan.open()]
    sections = sum(len(plan.open()) for plan in waiting)
    schools = len({plan.adoption.school for plan in triage.plans})
    clean = len(triage.plans) - len(waiting)
    policies = count(len(triage.plans), "policy", "policies")
    told = f"{policies} of {count(schools, 'school')} can move to a newer version. "
    if waiting:
        verb = "waits" if sections == 1 else "wait"
        told += f"{count(sections, 'section')} {verb} for a person, in {count(len(waiting), 'policy', 'policies')}. "
    return told + (f"{count(clean, 'policy', 'policies')} can move as planned." if clean else "")


def schools_table(triage: UpgradeTriage, link_of: Callable[[UpgradePlan], str] | None = None) -> Table:
    """A row a school, with how many of its sections are of each kind; it leads to that school's sections.

    With `link_of`, to the page that it names; then the policy is the page's own, and is not said again.
    """
    counts = [plan.summary() for plan in triage.plans]
    columns = [name for name in TRIAGES if any(entry[name] for entry in counts)]
    rows = []
    for plan, entry in zip(triage.plans, counts, strict=True):
        school = cell(Run(plan.school_name, link=link_of(plan) if link_of else f"#{_anchor(plan)}"))
        versions = cell(f"{plan.adoption.version} to {plan.proposed.version}")
        title = () if link_of else (cell(plan.title),)
        rows.append((school, *title, versions, *(cell(str(entry[name])) for name in columns)))
    share = 0.44 / max(len(columns), 1)
    titles, widths = ((), (0.36, 0.2)) if link_of else (("Policy",), (0.2, 0.22, 0.14))
    head = ("School", *titles, "Versions", *(TRIAGE_WORDS[name] for name in columns))
    return Table("How many sections of each kind", head, tuple(rows), (*widths, *(share for _ in columns)))


def sections_table(triage: UpgradeTriage) -> Table:
    """School x clause, turned round: for each section that is touched, the schools in each column."""
    found: dict[tuple[str, str], dict[Triage, list[str]]] = {}
    names: dict[tuple[str, str], str] = {}
    for plan in triage.plans:
        for outcome in plan.outcomes:
            key = (plan.model_ref, outcome.clause)
            found.setdefault(key, {}).setdefault(outcome.triage, []).append(plan.school_name)
            if outcome.model_new or outcome.model_old or key not in names:
                names[key] = section_name(outcome)
    told = {key: schools for key, schools in found.items() if set(schools) != {"none"}}
    columns = [name for name in TRIAGES if any(name in schools for schools in told.values())]
    rows = tuple(
        (cell(names[key], heading=True), *(cell(_schools(schools, name)) for name in columns))
        for key, schools in told.items()
    )
    head = ("Section", *(TRIAGE_WORDS[name] for name in columns))
    widths = (0.28, *(0.72 / max(len(columns), 1) for _ in columns))
    return Table("Which schools each section concerns, and how", head, rows, widths)


def _schools(schools: Mapping[Triage, list[str]], name: Triage) -> str:
    there = list(dict.fromkeys(schools.get(name, [])))
    return ", ".join(there) if len(there) <= _MOST_NAMES else count(len(there), "school")


def plan_blocks(plan: UpgradePlan, known: dict[tuple[str, str], Cell]) -> Iterator[Block]:
    """One school's sections, what waits first; `known` keeps the model's words with their marks for the next school."""
    title = f"{plan.school_name}: {plan.title}"
    yield Heading(runs(title), 1, anchor=_anchor(plan))
    waiting = len(plan.open())
    verb = "waits" if waiting == 1 else "wait"
    told = f"{count(waiting, 'section')} {verb} for you." if waiting else "Nothing waits for you."
    before = plan.adoption.version
    if plan.unlabelled:
        before = f"{plan.unlabelled} (whose words are not known here; the nearest known version is {before})"
    yield paragraph(f"From {before} to {plan.proposed.version}. {told}")
    for name in TRIAGES:
        outcomes = [outcome for outcome in plan.outcomes if outcome.triage == name]
        if name == "none":
            yield from _no_action(outcomes)
        elif outcomes:
            yield Heading(runs(TRIAGE_WORDS[name]), 2)
            rows = tuple(_row(outcome, known) for outcome in outcomes)
            yield Table(f"{title}: {TRIAGE_WORDS[name].lower()}", _HEAD, rows, _WIDTHS)


def _no_action(outcomes: list[ClauseOutcome]) -> Iterator[Block]:
    told = [outcome for outcome in outcomes if any(step.kind != "keep" for step in outcome.steps)]
    told += [outcome for outcome in outcomes if outcome not in told and outcome.changes != ("unchanged",)]
    yield Heading(runs(TRIAGE_WORDS["none"]), 2)
    rest = len(outcomes) - len(told)
    yield paragraph(f"{count(rest, 'section stays', 'sections stay')} as {'it is' if rest == 1 else 'they are'}.")
    for outcome in told:
        why = " ".join(step.why for step in outcome.steps)
        yield bullet(section_name(outcome), f": {why}")


def _row(outcome: ClauseOutcome, known: dict[tuple[str, str], Cell]) -> tuple[Cell, ...]:
    return (
        cell(section_name(outcome), heading=True),
        _side(outcome.model_old, outcome.model_new, "delete", known),
        _side(outcome.model_old, outcome.model_new, "insert", known),
        _yours(outcome),
        lines_cell(_what_happens(outcome), tone=_TONES[outcome.triage]),
    )


def _side(old: str, new: str, side: str, known: dict[tuple[str, str], Cell]) -> Cell:
    """The model’s words of one version; differences are marked. Worked out once for all schools."""
    words = old if side == "delete" else new
    if not words or not old or not new:
        return lines_cell(lines_of((Run(words),))) if words else cell(Run("not there", italic=True))
    if old == new:
        return lines_cell(lines_of((Run(words),))) if side == "delete" else cell(Run("the same", italic=True))
    if (old, new) not in known:
        edits = word_edits(old, new)
        known[old, new] = lines_cell(lines_of(marked(edits, "delete")))
        known[f"\n{old}", new] = lines_cell(lines_of(marked(edits, "insert")))
    return known[old if side == "delete" else f"\n{old}", new]


def _yours(outcome: ClauseOutcome) -> Cell:
    if outcome.state == "omitted" and not outcome.yours:
        return cell(Run("left out", italic=True))
    if not outcome.yours:
        return cell(Run("not there", italic=True))
    if outcome.yours == outcome.model_old:
        return cell(Run("as the model", italic=True))
    if outcome.model_old and outcome.state == "substituted":
        return lines_cell(lines_of(marked(word_edits(outcome.model_old, outcome.yours), "insert")))
    return lines_cell(lines_of((Run(outcome.yours),)))


def lines_of(words: tuple[Run, ...]) -> Iterator[tuple[Run, ...]]:
    """The rows of a table or the lines of a form, each a paragraph of its own."""
    line: list[Run] = []
    for run in words:
        first, *others = run.text.split("\n")
        line.append(replace(run, text=first))
        for text in others:
            yield tuple(entry for entry in line if entry.text)
            line = [replace(run, text=text)]
    yield tuple(entry for entry in line if entry.text)


def _what_happens(outcome: ClauseOutcome) -> Iterator[tuple[Run, ...]]:
    for step in outcome.steps:
        yield (Run(step.why, bold=step.triage in OPEN),)
        yield from (_answer(step, index) for index in range(len(step.options)))
    if outcome.to_review and outcome.proposed:
        yield (Run("It would read: "), Run(outcome.proposed))


def _answer(step: Step, index: int) -> tuple[Run, ...]:
    option = step.options[index]
    words = (Run("Answer "), Run(option.take, bold=True), Run(f": {option.says}"))
    return (*words, Run(f" “{option.text}”")) if option.take == "merged" else words


def _anchor(plan: UpgradePlan) -> str:
    return plan.ref.replace("/", "-")


def _unmarked(block: Block) -> Block:
    if not isinstance(block, Table):
        return block
    rows = tuple(tuple(_unmarked_cell(entry) for entry in row) for row in block.rows)
    return replace(block, rows=rows)


def _unmarked_cell(entry: Cell) -> Cell:
    lines = tuple(tuple(replace(run, mark="none") for run in line) for line in entry.paragraphs)
    return replace(entry, paragraphs=lines)
