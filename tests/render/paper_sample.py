"""Pages that the tests of the writers for paper share: a whole policy, a comparison, hostile words."""

from __future__ import annotations

from policybook.domain.inline import Run
from policybook.domain.model import FormField
from policybook.domain.page import (
    Block,
    Callout,
    Cell,
    Contents,
    Form,
    Heading,
    Page,
    PageBreak,
    Paragraph,
    Table,
)

LONG_NAME = (
    "The Federation of Saint Oswald’s and Llanfair-yng-Nghŵyn Voluntary Aided Church Primary Schools with Nursery"
)
HOSTILE = (
    "=1+1",
    "<w:t>x</w:t>&amp;]]><!--",
    '#eval("1+1") #read("/etc/passwd") $x$ *b* _i_ `r` @ref <label>',
    "\\input{/etc/passwd} \\write18{id}",
    "bell\x07null\x00end",
    "safe\u202etxet\u202c\u2066iso\u2069",
    "lone \ud800 surrogate, \ufffe and \uffff",
    "@SUM(A1) +1 -1 \t|calc",
    "emoji 😀, Hebrew שלום, private \uf0b7",
    "a\r\nb\u2028c\x85d",
)
HOSTILE_LINKS = (
    "javascript:alert(1)",
    "file:///etc/passwd",
    "https://exa mple.com",
    "http://[::1",
    "data:text/html,x",
    "//x.y",
)

_SUBJECTS = (
    ("Introduction", "introduction"),
    ("Scope and who this policy applies to", "scope"),
    ("Roles and responsibilities", "roles"),
    ("Use of school equipment", "equipment"),
    ("Personal use of social media", "personal"),
    ("Safeguarding children and contact with past pupils", "safeguarding"),
    ("E-mail, messaging and online meetings", "email"),
    ("Monitoring and privacy", "monitoring"),
    ("Breaches of this policy", "breaches"),
)
_SENTENCES = (
    "Staff use school accounts, and no others, for every message about a pupil, a parent or the work of the school.",
    "The {role} keeps a list of those who may publish in the name of the school and looks through it once a term.",
    "A member of staff who is unsure asks before publishing, and records the answer where colleagues can find it.",
    "Photographs of pupils are taken with school equipment only, stored on the school’s own drive and deleted when the "
    "pupil leaves, unless the family has agreed in writing that they may be kept for longer than that.",
    "Passwords are never shared; devices are locked when nobody is using them.",
)
_BULLETS = (
    "the name of the account and the person who looks after it;",
    "the purpose for which it was opened, with the date on which that purpose will next be looked at again by "
    "the senior leadership team;",
    "who may write in it – and who may not.",
)


def sentence(words: str) -> tuple[Run, ...]:
    return (Run(words),)


def policy(variant: int = 0, parts: int = 9) -> Page:
    """About ninety clauses: tables, lists, a form, a callout, a lettered appendix. Variants differ in their words."""
    blocks: list[Block] = [_control(variant), Contents(), PageBreak()]
    for number, (title, anchor) in enumerate(_SUBJECTS[:parts], 1):
        blocks.append(Heading(sentence(title), number=str(number), anchor=anchor))
        blocks.extend(_part(number, anchor, variant))
    blocks.append(PageBreak())
    blocks.append(Heading(sentence("Acknowledgement by staff"), number="Appendix A", anchor="acknowledgement"))
    blocks.extend(_appendix())
    return Page(
        title="Social media and internet acceptable use",
        blocks=tuple(blocks),
        subject=LONG_NAME,
        header=f"Social media and internet acceptable use – {LONG_NAME[:40]}…",
        footer="Version 2024-10, approved on 21 November 2024",
        properties=(
            ("author", "Oakfield Primary School"),
            ("policy", f"oakfield/social-media@{variant}"),
            ("version", "2024-10"),
        ),
    )


def comparison(rows: int = 30) -> Page:
    """Side by side, landscape, with every kind of tone and with marked words."""
    head = ("No.", "Model of October 2024", "Our policy", "What changed")
    return Page(
        title="Our policy beside the model",
        subject=LONG_NAME,
        landscape=True,
        header="Our policy beside the model",
        footer="For the Full Governing Board, 21 November 2024",
        blocks=(
            Paragraph(sentence("Read the last column first: it says in words what is different and why it matters.")),
            Heading(sentence("Clause by clause")),
            Table(
                "Every clause of both texts",
                head,
                tuple(_comparison_row(row) for row in range(rows)),
                widths=(0.07, 0.36, 0.36, 0.21),
                tones=tuple(
                    ("same", "substantive", "reworded", "added", "removed", "value")[row % 6] for row in range(rows)
                ),
                anchors=tuple(f"row-{row}" for row in range(rows)),
            ),
        ),
    )


def hostile() -> Page:
    """Words that try to be markup, code or a formula, in every place that holds words."""
    runs = tuple(sentence(words) for words in HOSTILE)
    blocks: list[Block] = [Contents(title="#eval(1)")]
    blocks += [
        Heading(one, number="=1", anchor=f"weird anchor {place} <&> " + "x" * 60) for place, one in enumerate(runs)
    ]
    blocks += [Paragraph(one, aside="=aside & <b>", anchor="=1") for one in runs]
    blocks += [Paragraph((Run("click", link=link),)) for link in HOSTILE_LINKS]
    blocks += [Callout("<Note>", one) for one in runs]
    blocks.append(
        Form(tuple(FormField(words, kind) for words, kind in zip(HOSTILE, ("line", "tick", "date"), strict=False)))
    )
    blocks.append(Table("[=Caption]: */?\\", ("=Head", "b"), tuple((Cell((one,)), Cell((one, one))) for one in runs)))
    properties = tuple((words, words) for words in HOSTILE)
    return Page("=title <w:p/>", tuple(blocks), "en-GB", HOSTILE[1], HOSTILE[2], HOSTILE[3], properties=properties)


def _control(variant: int) -> Table:
    facts = (
        ("Applies to", "All staff, governors, volunteers and visitors"),
        ("Approved by", f"Full Governing Board, minute FGB 24/{117 + variant}"),
        ("Approved on", "21 November 2024"),
        ("In force from", "1 December 2024"),
        ("Next review", "21 November 2026"),
        ("Based on", "Model of October 2024, tailored in two places"),
    )
    return Table(
        "About this policy", (), tuple((Cell((sentence(a),)), Cell((sentence(b),))) for a, b in facts), layout="control"
    )


def _part(number: int, anchor: str, variant: int) -> list[Block]:
    blocks: list[Block] = []
    for place in range(1, 6):
        words = _SENTENCES[(number + place) % 5].format(role="headteacher" if (number + variant) % 2 else "principal")
        runs: tuple[Run, ...] = sentence(f"{words} This is rule {number}.{place} of variant {variant}.")
        clause = f"{anchor}.rule-{place}"
        if place == 2 and number == 6:
            runs = (
                Run("Staff do not contact past pupils under "),
                Run("nineteen", parameter="past_pupil_age_limit"),
                Run(". See "),
                Run("the introduction", link="#introduction"),
                Run(", "),
                Run("the guidance", link="https://example.org/guidance?a=1&b=2"),
                Run(" or write to "),
                Run("[name of the lead]", blank=True, parameter="lead"),
                Run(" at "),
                Run("office@example.org", link="mailto:office@example.org"),
                Run(". It is "),
                Run("never", bold=True),
                Run(" a matter of "),
                Run("private judgement", italic=True),
                Run("."),
            )
        aside = "Our wording, agreed on 5 November 2024" if place == 2 and number in {3, 6} else ""
        blocks.append(Paragraph(runs, "number", f"{number}.{place}", anchor=clause, aside=aside))
        if place == 3:
            blocks[-1] = Paragraph(
                sentence("The school keeps, for every account:"), "number", f"{number}.{place}", anchor=clause
            )
            blocks += [
                Paragraph(sentence(words), "bullet", depth=1, anchor=f"{clause}.{n}")
                for n, words in enumerate(_BULLETS)
            ]
        if place == 4 and number % 3 == 0:
            letters = enumerate(_BULLETS)
            blocks += [
                Paragraph(sentence(words), "letter", f"({'abc'[n]})", 1, f"{clause}.{n}") for n, words in letters
            ]
    if number == 5:
        blocks.append(Heading(sentence("Friends and followers"), level=2, anchor="personal.friends"))
        blocks.append(
            Callout("Illustration", sentence("A parent asks to be a “friend”. The answer is a kind no → see 5.2."))
        )
    if number == 4:
        blocks.append(_equipment())
    return blocks


def _equipment() -> Table:
    rows = (
        ("Laptop", "Work, and light personal use outside lessons", "✓"),
        ("Telephone", "Calls about work; up to €5 a month for others", "✓"),
        ("Camera", "School events only – never on a personal card", "☐"),
    )
    cells = tuple(
        tuple(Cell((sentence(words),), heading=place == 0) for place, words in enumerate(row)) for row in rows
    )
    return Table("What equipment may be used for", ("Equipment", "Permitted use", "Register"), cells)


def _appendix() -> list[Block]:
    return [
        Paragraph(sentence("I have read this policy and know whom to ask about it. I understand that:")),
        Paragraph(sentence("it is part of what the school expects of me;"), "letter", "(a)", 1),
        Paragraph(sentence("a breach may lead to disciplinary action;"), "letter", "(b)", 1),
        Form(
            (
                FormField("I have been given a copy", "tick"),
                FormField("I would like to talk about it", "tick"),
                FormField("Name"),
                FormField("Post held at the school"),
                FormField("Signature", "signature"),
                FormField("Date", "date"),
            ),
            anchor="acknowledgement.form",
        ),
    ]


def _comparison_row(row: int) -> tuple[Cell, ...]:
    number = f"{row // 5 + 1}.{row % 5 + 1}"
    left = (Run("Staff do not contact past pupils under "), Run("18", mark="deleted"), Run(" outside school accounts."))
    right = (
        Run("Staff do not contact past pupils under "),
        Run("19", mark="inserted"),
        Run(" outside school accounts."),
    )
    change = (
        "No change",
        "Stricter: age 18 → 19",
        "Other words, same rule",
        "Added by us",
        "Left out by us",
        "Our value",
    )[row % 6]
    blank: tuple[tuple[Run, ...], ...] = ()
    first = Cell((left, sentence(_SENTENCES[row % 5]))) if row % 6 != 3 else Cell(blank)
    second = Cell((right, sentence(_SENTENCES[row % 5]))) if row % 6 != 4 else Cell(blank)
    return (Cell((sentence(number),), heading=True), first, second, Cell((sentence(change),)))
