"""Small page trees of the shapes that the site holds, with invented schools and words."""

from __future__ import annotations

from policybook.domain.inline import Run
from policybook.domain.model import FormField
from policybook.domain.page import Block, Callout, Cell, Contents, Form, Heading, Page, Paragraph, Table

HOSTILE = (
    "<script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=2>",
    "</title></textarea></style><svg onload=window.hacked=3>",
    "[x](javascript:window.hacked=4)",
    "![x](https://outside.invalid/x.png)",
    '{: onclick="window.hacked=5" #__config .x }',
    "{{ 7*7 }} {% raw %} ${title} --8<-- 'mkdocs.yml'",
    "\n---\ntitle: stolen\n---\n# stolen",
    "&lt;/title&gt;&lt;script&gt;window.hacked=6&lt;/script&gt;",
    "\x02wzxhzdk:0\x03 *stars* _lines_ `code` | bar | ~~~ \\\\ [TOC]",
    '" onmouseover="window.hacked=7" x="',
)


def words(text: str, **style: object) -> tuple[Run, ...]:
    """One run."""
    return (Run(text, **style),)  # type: ignore[arg-type]


def cell(text: str = "", tone: str = "", *, heading: bool = False) -> Cell:
    """A cell of one paragraph."""
    return Cell(paragraphs=(words(text),) if text else (), tone=tone, heading=heading)


def numbered(number: str, text: str, anchor: str | None = None, aside: str = "") -> Paragraph:
    """A numbered clause at the margin."""
    return Paragraph(words(text), marker="number", number=number, anchor=anchor, aside=aside)


def bullet(text: str, aside: str = "") -> Paragraph:
    """A bullet under a numbered clause."""
    return Paragraph(words(text), marker="bullet", depth=1, aside=aside)


def policy_page() -> Page:
    """A policy with every kind of block, and margin notes."""
    facts = (
        ("Approved by", "Full Governing Board"),
        ("Approved on", "21 November 2024"),
        ("Next review", "November 2026"),
    )
    control = Table(
        "About this policy",
        (),
        tuple((cell(name, heading=True), cell(value)) for name, value in facts),
        layout="control",
    )
    return Page(
        "Staff use of social media",
        (control, Contents(), *_policy_blocks()),
        subject="Oakfield Primary School",
        header="Oakfield Primary School",
        footer="Approved 21 November 2024",
        properties=(("author", "Oakfield Primary School"),),
    )


def _policy_blocks() -> tuple[Block, ...]:
    link = Run("the online safety policy", link="https://www.example.org/online-safety")
    return (
        Heading(words("Introduction"), number="1", anchor="introduction"),
        numbered("1.1", "This policy is for everyone who works at the school, paid or not.", "introduction.scope"),
        Paragraph(
            (
                Run("Read it with "),
                link,
                Run(" and ask the "),
                Run("headteacher", parameter="headteacher"),
                Run(" if in doubt. Reports go to "),
                Run("[name of contact]", blank=True),
                Run("."),
            ),
            marker="number",
            number="1.2",
            anchor="introduction.read",
        ),
        Heading(words("Safeguarding children"), number="2", anchor="safeguarding"),
        numbered("2.1", "Staff keep a professional distance online. They do not:", "safeguarding.distance"),
        bullet("accept a pupil as a friend on a personal account;"),
        bullet("write to a pupil from a personal number or address;", aside="Added by the school"),
        bullet("post pictures of pupils anywhere but on the school's own pages."),
        numbered(
            "2.2",
            "Staff do not contact past pupils who are under nineteen.",
            "safeguarding.past-pupils",
            aside="Our wording",
        ),
        Paragraph(
            (
                Run("Anyone who is unsure "),
                Run("asks first", bold=True),
                Run(" and "),
                Run("writes it down", italic=True),
                Run("; see "),
                Run("the introduction", link="#introduction"),
                Run("."),
            ),
            marker="number",
            number="2.3",
        ),
        Callout(
            "Example", words("A former pupil, now eighteen, works in the kitchen: speak to the headteacher first.")
        ),
        Heading(words("Appendix A: signature"), anchor="signature"),
        Paragraph(words("I have read this policy and will follow it.")),
        Form(
            (
                FormField("Name"),
                FormField("I have kept a copy", "tick"),
                FormField("Date", "date"),
                FormField("Signature", "signature"),
            ),
            anchor="signature.form",
        ),
    )


def side_by_side_page(rows: int = 3) -> Page:
    """Model and school side by side, `rows` times each kind of change."""
    shapes = (
        ("same", "Staff log out at the end of the day.", "Staff log out at the end of the day.", "No change"),
        ("value", "Ask the headteacher.", "Ask the principal.", "Names and details: headteacher is principal"),
        ("editorial", "Staff e-mail is for work.", "Staff email is for work.", "Spelling and layout"),
        ("reworded", "Keep your password to yourself.", "Do not tell anyone your password.", "Reworded"),
        (
            "substantive",
            "Staff do not contact past pupils under nineteen.",
            "",
            "Change of substance: age 19 is now 18",
        ),
        ("added", "", "The school newsletter may name staff.", "Added by the school"),
        ("removed", "Personal phones stay in the staff room.", "", "Left out by the school"),
    )
    table_rows, tones = [], []
    for index in range(rows):
        for place, (tone, model, school, told) in enumerate(shapes, start=1):
            right = Cell((_edited(),)) if tone == "substantive" else cell(school)
            table_rows.append((cell(f"{index + 1}.{place}", heading=True), cell(model), right, cell(told, tone)))
            tones.append(tone)
    anchors = tuple(f"row-{index + 1}" for index in range(len(table_rows)))
    table = Table(
        "Section by section",
        ("Section", "Model", "School", "What changed"),
        tuple(table_rows),
        widths=(0.1, 0.35, 0.35, 0.2),
        anchors=anchors,
        tones=tuple(tones),
    )
    return Page(
        "Oakfield Primary School and the model",
        (
            Heading(words("What matters most"), anchor="summary"),
            Paragraph(
                (
                    Run("Contact with past pupils is barred until 18; the model says 19. See "),
                    Run("row 1.5", link="#row-5"),
                    Run("."),
                )
            ),
            Heading(words("Side by side"), anchor="side-by-side"),
            table,
        ),
        subject="Staff use of social media, version 2024-10",
        landscape=True,
    )


def _edited() -> tuple[Run, ...]:
    return (
        Run("Staff do not contact past pupils under "),
        Run("nineteen", mark="deleted"),
        Run("eighteen", mark="inserted"),
        Run("."),
    )


def matrix_page(schools: int = 8) -> Page:
    """Clauses by schools."""
    states = ("as model", "value", "reworded", "substantive", "not there", "added", "as model", "as model")
    rows = tuple(
        (
            cell(f"{row + 1}.1 Contact with past pupils of the school", heading=True),
            *(
                cell(states[(row * 3 + column) % 8].capitalize(), states[(row * 3 + column) % 8])
                for column in range(schools)
            ),
        )
        for row in range(9)
    )
    head = ("Section", *(f"School of Saint Number {column + 1}" for column in range(schools)))
    return Page("Who changed what", (Table("Sections by schools", head, rows),), landscape=True)


def positions_page() -> Page:
    """Topics by schools, with short answers."""
    answers = (
        ("Contact with past pupils", "until 18", "until 19", "not stated"),
        ("Personal phones", "never", "at breaks", "at breaks"),
        ("School e-mail at home", "yes", "not stated", "yes"),
    )
    rows = tuple((cell(topic, heading=True), *map(cell, said)) for topic, *said in answers)
    table = Table("What each school says", ("Topic", "Oakfield", "Hillside", "Riverside"), rows)
    return Page("What each school says", (Paragraph(words("Answers are taken from each school's own text.")), table))


def home_page() -> Page:
    """The first page, with links to the others."""
    links = (
        ("Oakfield: social media policy", "page:schools/oakfield/social-media.md"),
        ("What Oakfield changed", "page:schools/oakfield/changes.md#row-5"),
        ("Who changed what", "page:matrix.md"),
        ("The policy as a Word document", "file:downloads/social-media.docx"),
    )
    items = tuple(Paragraph((Run(text, link=link),), marker="bullet") for text, link in links)
    return Page(
        "Policies of our schools",
        (
            Paragraph(words("One page for each school, one for each model.")),
            Heading(words("Start here"), anchor="start"),
            *items,
        ),
    )


def hostile_page() -> Page:
    """Hostile words in every place that takes words."""
    blocks: list[Block] = []
    for index, text in enumerate(HOSTILE):
        blocks += [
            Heading(words(text), number=text),
            Paragraph((Run(text, bold=True, link="javascript:window.hacked=8"),), aside=text),
            Paragraph(words(text), marker="letter", number=text, anchor=f"hostile-{index}"),
            Callout(text, words(text)),
            Form((FormField(text), FormField(text, "tick"))),
            Table(
                text,
                (text, text),
                ((cell(text, text, heading=True), Cell((words(text, mark="inserted"),), tone=text)),) * 5,
                tones=(text, "same", text, "same", text),
            ),
        ]
    everything = " ".join(HOSTILE)
    return Page(
        everything,
        tuple(blocks),
        subject=everything,
        header=everything,
        footer=everything,
        properties=((everything, everything),),
    )
