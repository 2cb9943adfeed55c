"""For every finding code, what triggers it and the nearest innocent case that does not."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Literal

import openpyxl
from click.testing import CliRunner
from docx.document import Document as WordDocument

from chain_sample import ACADEMY, EDITION, MODEL, TRUST, write, write_chain
from chain_sample import FILES as CHAIN
from chain_sample import PART as CHAIN_PART
from conftest import ROOT
from policybook.adopt import resolve
from policybook.cli import main
from policybook.domain.adoption import Adoption, Decision, Outcome, School
from policybook.domain.edition import Manifest
from policybook.domain.error import BrokenWorkspace
from policybook.domain.finding import Finding
from policybook.domain.model import ModelVersion, Publisher
from policybook.site.audience import find_withheld
from policybook.store.manifest import MANIFEST, kept_files, print_manifest
from policybook.store.unfinished import JOURNAL
from policybook.text.fingerprint import match_fingerprint
from policybook.workflow.release import carry_out, plan_changes, plan_release
from policybook.workflow.schools import plan_schools
from policybook.workflow.take import plan_take
from policybook.workflow.verify import verify_workspace
from policybook.workflow.workspace import check_workspace, open_workspace
from record_sample import ADOPTION as RECORD
from record_sample import PART as RECORD_PART
from record_sample import decide, edit, request, write_sample
from store.small import ADOPTION, PART, POLICY, SCHEDULE, SCHOOL, TOPICS, Change, write_workspace
from support.word_edit import answer_row, comment, edit_word, remove, reword
from take_sample import LADY, WHY, make_copy

DAY = date(2026, 3, 1)
Build = Callable[[Path], Iterable[Finding]]
"""Makes a workspace in an empty folder, with a mistake or without, and gives what is found in it."""

LAST = "reason: Reads better.}\n"
FIXED = "text: The law stands."
OFFICE = "text: The office writes the newsletter."
OLD_PART = "clauses/models/hr/mail/1/01-use.yaml"
LOCK = "clauses/adoptions/oak/mail/lock.yaml"
LONG = "Staff who use e-mail for the work of the school " + "and for the good of its pupils " * 5 + "reply at once."
HARD = "Organisational communications necessitate comprehensive professional consideration throughout. " * 20
EASY = "We help each other and we tell the head. " * 20


def lock(words: str) -> Change:
    return (LOCK, "", f"schema: 1\nclauses:\n  use.table: {{match: '{match_fingerprint(words)}', words: x}}\n")


def fixed(words: str) -> Change:
    return (PART, FIXED, f'text: "{words}"')


def office(words: str) -> Change:
    return (ADOPTION, OFFICE, f'text: "{words}"')


def heading(kind: str) -> Change:
    child = f"{{id: use.more, kind: {kind}, text: More.}}"
    return (PART, "stands., tailoring: fixed}", f"stands., tailoring: fixed, clauses: [{child}]}}")


def tailoring(words: str) -> Change:
    return (ADOPTION, LAST, f"{LAST}  - {{{words}}}\n")


# code, a change that triggers it, a change much like it that does not
WORDS: list[tuple[str, Change, Change]] = [
    ("advice.left", office("The office writes it (delete as appropriate)."), office("The office deletes it.")),
    ("amendment.unknown-clause", (POLICY, "[use.age]", "[use.agee]"), (POLICY, "[use.age]", "[use.scope]")),
    ("blank.left", office("The [insert title] writes it."), office("The office [sic] writes it.")),
    ("choice.left", office("The [office] OR [clerk] writes it."), office("The office or the clerk writes it.")),
    ("choice.unclear", (PART, "tailoring: fixed", "tailoring: choice"), (PART, "tailoring: fixed", "tailoring: free")),
    ("choice.unknown", (ADOPTION, "use.hours: long", "use.hours: lang"), (ADOPTION, "hours: long", "hours: short")),
    ("citation.edition", fixed("See Keeping Children Safe in Education."), fixed("See KCSIE, September 2025.")),
    (
        "citation.mistitled",
        fixed("The Malicious Communications Act 1998 applies."),
        fixed("The Malicious Communications Act 1988 applies."),
    ),
    ("citation.outdated", fixed("The Data Protection Act 1998 holds."), fixed("The Data Protection Act 2018 holds.")),
    ("citation.platform", fixed("Nobody uses Twitter here."), fixed("Nobody uses X (formerly Twitter) here.")),
    ("clause.empty", (PART, "text: The law stands.", 'text: ""'), (PART, "text: The law stands.", "text: Law.")),
    (
        "decision.none",
        (ADOPTION, "outcome: approved", "outcome: deferred"),
        (ADOPTION, "outcome: approved", "outcome: chairs-action"),
    ),
    ("heading.skipped", heading("heading"), heading("paragraph")),
    ("id.doubled", (PART, "id: use.fixed", "id: use.scope"), (PART, "id: use.fixed", "id: use.scope-two")),
    ("id.malformed", (PART, "id: use.fixed", "id: use.Fixed"), (PART, "id: use.fixed", "id: use.fixed-1")),
    ("id.misplaced", (SCHOOL, "id: oak", "id: elm"), (SCHOOL, "name: Oak School", "name: Elm School")),
    (
        "lineage.reused",
        (OLD_PART, "", '  - {id: use.fixed, withdrawn: "1"}\n'),
        (OLD_PART, "", '  - {id: use.other, withdrawn: "1"}\n'),
    ),
    (
        "link.elsewhere",
        (PART, "text: The law stands.", 'text: "Write to [head@oak.org](mailto:old@elm.org)."'),
        (PART, "text: The law stands.", 'text: "Write to [head@oak.org](mailto:head@oak.org)."'),
    ),
    (
        "name.foreign",
        (ADOPTION, "The office writes", "Elm Road School writes"),
        (ADOPTION, "The office writes", "Oak School writes"),
    ),
    ("name.person", office("Mrs Hill writes the newsletter."), office("The clerk writes to Dame Alice Hill School.")),
    ("model.unknown", (ADOPTION, 'version: "2"', 'version: "3"'), (ADOPTION, "on: 2024-11-21", "on: 2024-11-22")),
    ("parameter.default", (POLICY, "default: 19", "default: 17"), (POLICY, "default: 19", "default: 18")),
    ("parameter.reserved", (POLICY, "keeper:", "school_name:"), (POLICY, "Keeper of", "Name of")),
    ("parameter.undeclared", (PART, "{{ age_limit |", "{{ age_limits |"), (PART, "{{ age_limit |", "{{age_limit|")),
    ("parameter.unused", (SCHEDULE, "{{ keeper }}", "bursar"), (SCHEDULE, "{{ keeper }}", "{{ keeper | capital }}")),
    ("part.missing", (POLICY, "[use, form]", "[use, form, more]"), (POLICY, "[use, form]", "[form, use]")),
    ("part.unlisted", (POLICY, "[use, form]", "[use]"), (POLICY, "[use, form]", "[form, use]")),
    ("placeholder.filter", (PART, "| words }}", "| loud }}"), (PART, "| words }}", "| capital }}")),
    ("placeholder.malformed", (PART, "The law stands.", "'The {{ law.'"), (PART, "The law stands.", "'The { law.'")),
    ("readability.hard", fixed(HARD), fixed(EASY)),
    (
        "reason.inherited",
        (ADOPTION, "Nobody needs it.", "not recorded (inherited)"),
        (ADOPTION, "Nobody needs it.", "Recorded and inherited."),
    ),
    (
        "reason.missing",
        (ADOPTION, ", reason: Nobody needs it.", ""),
        (ADOPTION, "Nobody needs it.", "So it was agreed."),
    ),
    (
        "reference.circular",
        (PART, "No contact", "By {{ clause:use.scope }}, no contact"),
        (PART, "No contact", "By {{ clause:use.fixed }}, no contact"),
    ),
    (
        "reference.hidden",
        (PART, 'limit | words }}.",', 'limit | words }}.", when: {school: [academy]},'),
        (PART, 'limit | words }}.",', 'limit | words }}.", when: {school: [school]},'),
    ),
    ("reference.unresolved", (PART, "clause:use.age", "clause:use.ages"), (PART, "clause:use.age", "clause:form")),
    (
        "review.overdue",
        (ADOPTION, "", "review: {next: Autumn 2025}\n"),
        (ADOPTION, "", "review: {next: Spring 2026}\n"),
    ),
    ("review.unclear", (ADOPTION, "", "review: {next: soon}\n"), (ADOPTION, "", "review: {next: 2026-11-21}\n")),
    (
        "role.inconsistent",
        fixed("The headteacher asks the principal."),
        fixed("The principal aim is the head teacher's."),
    ),
    ("school.unknown", (SCHOOL, "id: oak", "id: elm"), (SCHOOL, "kind: school", "kind: academy")),
    ("sentence.long", fixed(LONG), fixed(LONG.replace(" and ", ". And "))),
    ("table.no-head", (PART, "head: [Who, What], ", ""), (PART, "kind: table", "kind: paragraph")),
    (
        "tailoring.beyond-class",
        tailoring("omit: use.fixed, reason: Not us."),
        tailoring("omit: use.scope, reason: Not us."),
    ),
    (
        "tailoring.doubled",
        tailoring("omit: use.table, reason: Not us."),
        tailoring("omit: use.scope, reason: Not us."),
    ),
    (
        "tailoring.empty",
        tailoring("substitute: use.scope, reason: Ours."),
        tailoring("substitute: use.scope, text: We do., reason: Ours."),
    ),
    ("tailoring.foreign-id", (ADOPTION, "oak.news", "elm.news"), (ADOPTION, "oak.news", "oak.newsletter")),
    ("tailoring.no-place", (ADOPTION, "after: use.age, ", ""), (ADOPTION, "after: use.age", "into: use.age")),
    (
        "tailoring.unclear",
        (ADOPTION, "{omit: use.table,", "{omit: use.table, move: use.table,"),
        (ADOPTION, "{omit: use.table,", "{omit: use.scope,"),
    ),
    ("tailoring.suspect", lock("Who did what."), lock("Who does  what")),
    ("tailoring.unknown-clause", (ADOPTION, "omit: use.table", "omit: use.chair"), (ADOPTION, "omit", "omit")),
    ("term.undefined", fixed("A pupil, as defined below, may write."), fixed("A pupil may write.")),
    (
        "term.unused",
        (PART, FIXED, f"{FIXED}, defines: [keeper of the law]"),
        (PART, FIXED, f"{FIXED}, defines: [contact]"),
    ),
    ("topic.unknown", (TOPICS, "past-pupils:", "old-pupils:"), (TOPICS, "label: Past pupils", "label: Leavers")),
    ("value.missing", (ADOPTION, "{keeper: bursar}", "{}"), (ADOPTION, "bursar", "clerk")),
    ("value.outside", (ADOPTION, "keeper: bursar", "age_limit: 17"), (ADOPTION, "keeper: bursar", "age_limit: 18")),
    ("value.unknown", (ADOPTION, "{keeper:", "{keepers:"), (ADOPTION, "{keeper: bursar}", "{keeper: clerk}")),
    ("version.circle", (POLICY, 'supersedes: "1"', 'supersedes: "2"'), (POLICY, 'supersedes: "1"\n', "")),
    ("version.unknown", (POLICY, 'supersedes: "1"', 'supersedes: "0"'), (POLICY, 'supersedes: "1"\n', "")),
    ("version.unquoted", (ADOPTION, 'version: "2"', "version: 2"), (ADOPTION, 'version: "2"', "version: '2'")),
    (
        "yaml.doubled-key",
        (SCHOOL, "kind: school", "kind: school\nkind: trust"),
        (SCHOOL, "kind: school", "kind: trust"),
    ),
    ("yaml.missing-key", (SCHOOL, "kind: school\n", ""), (SCHOOL, "", "aliases: []\n")),
    ("yaml.refused", (SCHOOL, "", "aliases: &a [x]\nroles: *a\n"), (SCHOOL, "", "aliases: [x]\n")),
    ("yaml.syntax", (SCHOOL, "name: Oak School", "name: Oak: School"), (SCHOOL, "Oak School", '"Oak: School"')),
    ("yaml.unknown-key", (SCHOOL, "", "alias: []\n"), (SCHOOL, "", "aliases: []\n")),
    ("yaml.wrong-type", (SCHOOL, "name: Oak School", "name: 12"), (SCHOOL, "name: Oak School", 'name: "12"')),
]


def small(*changes: Change) -> Build:
    """The small workspace with some words changed."""
    return lambda root: check_workspace(write_workspace(root, *changes), DAY)


def chain(*changes: Change) -> Build:
    """A council's model, a trust that adopted it, and an academy that adopted the trust's edition."""

    def build(root: Path) -> Iterable[Finding]:
        write_chain(root)
        for name, old, new in changes:
            edit(root, name, old, new) if old else write(root, name, new)
        return check_workspace(root)

    return build


def without_model(root: Path) -> Iterable[Finding]:
    write_chain(root)
    shutil.rmtree(root / "clauses/models/hr")
    return check_workspace(root)


def published_too(policy: str) -> Build:
    """The trust publishes a model of its own besides."""
    there = (MODEL.replace("hr/mail", f"wold/{policy}"), "", CHAIN[MODEL].replace("hr/mail", f"wold/{policy}"))
    return chain(there, *((name.replace("hr/mail", f"wold/{policy}"), "", CHAIN[name]) for name in PARTS))


def decided(
    change: Callable[[Path], object] = lambda _: None, minute: str = "FGB 1", *, is_verified: bool = False
) -> Build:
    """A policy approved, its edition and documents kept, and what happened since."""

    def build(root: Path) -> Iterable[Finding]:
        write_sample(root)
        decide(root, request(minute=minute))
        change(root)
        return verify_workspace(root).findings if is_verified else check_workspace(root)

    return build


def drafted(change: Callable[[Path], object] = lambda _: None, *, is_confirmed: bool = True) -> Build:
    """A draft that takes the place of version 1, its table of changes drafted, about to be released."""

    def build(root: Path) -> Iterator[Finding]:
        write_sample(root)
        shutil.copytree(root / "clauses/models/hr/mail/1", root / DRAFT)
        edit(root, f"{DRAFT}/policy.yaml", 'version: "1"', 'version: "2"\nsupersedes: "1"')
        edit(root, f"{DRAFT}/01-use.yaml", "Anyone in doubt asks", "Whoever is in doubt asks")
        if is_confirmed:
            carry_out(plan_changes(root, "hr/mail@draft"))
            confirm(root / DRAFT / "policy.yaml")
        change(root)
        try:
            plan_release(root, "hr/mail@draft", "2", date(2026, 11, 1))
        except BrokenWorkspace as broken:
            yield from broken.findings

    return build


def confirm(file: Path) -> None:
    """What a drafter does with the drafted table of changes."""
    lines = file.read_text(encoding="utf-8").replace("To edit: ", "").splitlines()
    asked = ("substance", "sign_again")
    lines = [f"{line.partition('#')[0].rstrip()} true" if line.strip().startswith(asked) else line for line in lines]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def released(change: Callable[[Path], object] = lambda _: None) -> Build:
    """Version 1 as it was released, and what happened to its folder since."""

    def build(root: Path) -> Iterable[Finding]:
        write_sample(root)
        folder = root / "clauses/models/hr/mail/1"
        files = {file.name: file.read_bytes() for file in folder.glob("*.yaml")}
        (folder / MANIFEST).write_bytes(print_manifest(Manifest("1", kept_files(files)), "version"))
        change(folder)
        return verify_workspace(root).findings

    return build


def added(root: Path, supersedes: str) -> None:
    """One clause more in the draft, which follows another."""
    with (root / DRAFT / "01-use.yaml").open("a", encoding="utf-8") as file:
        file.write(f"  - {{id: use.new, text: Lock the screen., supersedes: [{supersedes}]}}\n")


def look(change: Callable[[Path], object] = lambda _: None) -> Build:
    """A school with a look of its own, as `policybook template` makes it, and what was done to its folder."""

    def build(root: Path) -> Iterable[Finding]:
        write_sample(root)
        folder = root / "templates" / "oak"
        assert CliRunner().invoke(main, ["-w", str(root), "template", "oak"]).exit_code == 0
        edit(root, SCHOOL, "kind: school\n", "kind: school\nbranding: {template: oak}\n")
        change(folder)
        return check_workspace(root)

    return build


def styles(old: bytes, new: bytes) -> Callable[[Path], None]:
    """Other words in the styles of `reference.docx`; `old` is a pattern."""

    def change(folder: Path) -> None:
        with zipfile.ZipFile(folder / "reference.docx") as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        files["word/styles.xml"], times = re.subn(old, new, files["word/styles.xml"])
        assert times
        with zipfile.ZipFile(folder / "reference.docx", "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)

    return change


def sheet(*rows: tuple[str, ...], more: tuple[str, ...] = ()) -> Build:
    """A list of schools in a spreadsheet, its headings first; `more` are the headings of a second sheet."""

    def build(root: Path) -> Iterable[Finding]:
        book = openpyxl.Workbook()
        assert book.active is not None
        for row in rows:
            book.active.append(row)
        book.create_sheet("More").append(more)
        book.save(root / "schools.xlsx")
        return plan_schools(root / "schools.xlsx", write_workspace(root)).findings

    return build


def taken(change: Callable[[WordDocument], object], why: tuple[str, ...] = WHY, of: str = LADY) -> Build:
    """A copy of an adoption of the example, edited in Word and read back."""

    def build(root: Path) -> Iterable[Finding]:
        file = edit_word(make_copy(ROOT, of, root / "copy.docx"), change)
        return plan_take(file, ROOT, "" if of == LADY else LADY.partition("/")[0], reasons=why).findings

    return build


def relabelled(document: WordDocument) -> None:
    document.tables[0].rows[1].cells[0].text = "What nobody asks"


def without_fixed(document: WordDocument) -> None:
    """Takes out a section that the model fixes."""
    policy = open_workspace(ROOT).policies[LADY]
    fixed = next(c for c in policy.model.walk() if c.tailoring == "fixed" and c.kind == "paragraph" and not c.clauses)
    remove(document, next(clause.text for clause in policy.clauses if clause.id == fixed.id)[:40])


def public(outcome: Outcome) -> Build:
    """A policy marked public, decided on without the exact words."""
    decision = Decision(outcome, "Board", DAY)

    def build(_: Path) -> Iterable[Finding]:
        publish: Literal["public", "internal"] = "public" if outcome == "approved" else "internal"
        model = ModelVersion("hr/mail", "1", "E-mail", Publisher("hr", "HR", "council-hr"), None, ())
        adoption = Adoption("oak", "mail", "hr/mail", "1", decisions=(decision,), publish=publish)
        return find_withheld([resolve(model, adoption, School("oak", "Oak School", "school"))])

    return build


def with_bytes(content: bytes) -> Build:
    def build(root: Path) -> Iterable[Finding]:
        (write_workspace(root) / SCHOOL).write_bytes(content)
        return check_workspace(root)

    return build


def folder_for_file(root: Path) -> Iterable[Finding]:
    """A folder where the record of a school should be."""
    (write_workspace(root) / SCHOOL).unlink()
    (root / SCHOOL).mkdir()
    return check_workspace(root)


def unfinished(name: str) -> Build:
    """A note of what is being written that cannot be read."""

    def build(root: Path) -> Iterable[Finding]:
        (write_workspace(root) / "clauses" / name).write_text("nonsense", encoding="utf-8")
        return check_workspace(root)

    return build


def in_draft(old: str, new: str) -> Build:
    return drafted(lambda root: edit(root, f"{DRAFT}/01-use.yaml", old, new))


PARTS = (CHAIN_PART, CHAIN_PART.replace("01-use", "02-care"))
DRAFT = "clauses/models/hr/mail/draft"
SCOPE = '{id: use.scope, text: "Staff of {{ school_name }} use **school** e-mail."}'
EDITIONS, ISSUED = "clauses/adoptions/oak/mail/editions", "clauses/adoptions/oak/mail/issued/2026-10-01"
ELM = "clauses/adoptions/elm/mail/adoption.yaml"
REST = "clauses/adoptions/oak/rest/adoption.yaml"
PHONES = "clauses/models/hr/phones/1"
COVERS = "school: oak\nmodel"


def link_for_document(root: Path) -> None:
    """A link out of the workspace where an issued document should be."""
    file = next(root.rglob("*.docx"))
    file.unlink()
    file.symlink_to(__file__)


def covering(schools: str, *more: Change) -> Build:
    return small((ADOPTION, COVERS, COVERS.replace("\n", f"\ncovers: {schools}\n")), *more)


def home_grown(file: str) -> Build:
    record = (REST, "", f"schema: 1\nschool: oak\nmodel: none\nfile: {file}\n")
    return small(record, ("clauses/adoptions/oak/rest/rest.txt", "", "Rest."))


def two_policies(age: int) -> Build:
    """Two policies of one school, both on the age for past pupils; the first says 19."""
    policy = (
        'schema: 1\nid: hr/phones\nversion: "1"\ntitle: Telephones\npublisher: {name: HR Service, kind: council-hr}\n'
        "parameters:\n  past_age: {type: age, label: Past pupils, default: 18, topic: past-pupils}\nparts: [phone]\n"
    )
    part = 'schema: 1\nid: phone\nheading: Calls\nclauses:\n  - {id: phone.age, text: "Not under {{ past_age }}."}\n'
    record = f'schema: 1\nschool: oak\nmodel: hr/phones\nversion: "1"\nvalues: {{past_age: {age}}}\n'
    return small(
        (f"{PHONES}/policy.yaml", "", policy),
        (f"{PHONES}/01-phone.yaml", "", part),
        ("clauses/adoptions/oak/phones/adoption.yaml", "", record),
    )


# code, what triggers it, what is much like it and does not
RECORDS: list[tuple[str, Build, Build]] = [
    ("chain.circle", chain((ACADEMY, f"wold/mail@{EDITION}", f"beck/mail@{EDITION}")), chain()),
    ("chain.no-edition", chain((ACADEMY, EDITION, "2026-10-02")), chain()),
    ("chain.no-model", without_model, chain()),
    ("chain.altered", chain((CHAIN_PART, "The law stands.", "The law falls.")),
     chain((TRUST, "every teacher a laptop", "every teacher a tablet"))),
    ("tighten.looser", chain((TRUST, "tighten: {", "tighten: {use.law: free, ")),
     chain((TRUST, "tighten: {", "tighten: {use.law: fixed, "))),
    ("tighten.unknown-clause", chain((TRUST, "tighten: {", "tighten: {use.laws: fixed, ")),
     chain((TRUST, "tighten: {", "tighten: {use.law: fixed, "))),
    ("value.fixed", chain((ACADEMY, "values: {", "values: {age_limit: 21, ")),
     chain((ACADEMY, "values: {", "values: {age_limit: 19, "))),
    ("name.ambiguous", published_too("mail"), published_too("post")),
    ("name.shared", small(("clauses/schools/hr.yaml", "", "schema: 1\nid: hr\nname: Hr Academy\nkind: academy\n")),
     small(("clauses/schools/hr.yaml", "", "schema: 1\nid: hr\nname: HR Service\nkind: service\n"))),
    ("covers.unknown", covering("[elms]"), covering("[elm]")),
    ("covers.twice", covering("[elm, elm]"), covering("[elm]")),
    ("covers.own", covering("[elm]", (ELM, "", 'schema: 1\nschool: elm\nmodel: hr/mail\nversion: "2"\n')),
     covering("[]", (ELM, "", 'schema: 1\nschool: elm\nmodel: hr/mail\nversion: "2"\n'))),
    ("value.disagrees", two_policies(21), two_policies(19)),
    ("value.unused", small((SCHOOL, "", "values: {limit: 19}\n")), small((SCHOOL, "", "values: {age_limit: 19}\n"))),
    ("document.missing", home_grown("gone.txt"), home_grown("rest.txt")),
    ("document.outside", home_grown("../../../../../rest.txt"), home_grown("../rest/rest.txt")),
    ("template.missing", small((SCHOOL, "", "branding: {template: gone}\n")),
     small((SCHOOL, "", "branding: {template: default}\n"))),
    ("decision.void", decided(lambda root: edit(root, RECORD_PART, "No contact", "No messages")),
     decided(lambda root: edit(root, RECORD, "01234 5678", "01234 9999"))),
    ("decision.details-changed", decided(lambda root: edit(root, RECORD, "01234 5678", "01234 9999")),
     decided(lambda root: edit(root, RECORD_PART, "No contact", "No  contact"))),
    ("decision.no-minute", decided(minute=""), decided()),
    ("edition.other-words", decided(lambda root: edit(root, RECORD, "exact-v1:", "exact-v1:0")), decided()),
    ("edition.no-decision", decided(lambda root: write(root, f"{EDITIONS}/2025-01-01.yaml", "schema: 1"), is_verified=True),
     decided(is_verified=True)),
    ("edition.altered", decided(lambda root: edit(root, f"{EDITIONS}/2026-10-01.yaml", "nineteen", "eighteen")), decided()),
    ("edition.missing", decided(lambda root: (root / EDITIONS / "2026-10-01.yaml").unlink()), decided()),
    ("edition.unreadable", decided(lambda root: write(root, f"{ISSUED}/manifest.yaml", "x")), decided()),
    ("issued.missing", decided(lambda root: next(root.rglob("*.pdf")).unlink()), decided()),
    ("issued.altered", decided(lambda root: next(root.rglob("*.docx")).write_bytes(b"other")), decided()),
    ("issued.unreadable", decided(link_for_document), decided()),
    ("issued.unlisted", decided(lambda root: write(root, f"{ISSUED}/more.pdf", "x"), is_verified=True),
     decided(lambda root: write(root, "more.pdf", "x"), is_verified=True)),
    ("amendment.missing", drafted(is_confirmed=False), drafted()),
    ("amendment.not-edited",
     drafted(lambda root: carry_out(plan_changes(root, "hr/mail@draft")), is_confirmed=False), drafted()),
    ("amendment.unconfirmed",
     drafted(lambda root: carry_out(plan_changes(root, "hr/mail@draft")), is_confirmed=False), drafted()),
    ("lineage.vanished", in_draft(f"  - {SCOPE}\n", ""), in_draft(SCOPE, '{id: use.scope, withdrawn: "2"}')),
    ("lineage.withdrawn-when", in_draft(SCOPE, '{id: use.scope, withdrawn: "1"}'),
     in_draft(SCOPE, '{id: use.scope, withdrawn: "2"}')),
    ("lineage.unknown", drafted(lambda root: added(root, "use.nowhere")), drafted(lambda root: added(root, "use.scope"))),
    ("release.odd-file", drafted(lambda root: (root / DRAFT / "notes.docx").touch()),
     drafted(lambda root: (root / "clauses/models/hr/mail/notes.docx").touch())),
    ("version.missing", released(lambda folder: (folder / "01-use.yaml").unlink()), released()),
    ("version.altered", released(lambda folder: edit(folder, "01-use.yaml", "No contact", "No messages")), released()),
    ("version.unlisted", released(lambda folder: write(folder, "02-more.yaml", "schema: 1\n")),
     released(lambda folder: write(folder.parent, "more.txt", "x"))),
    ("version.unreadable", released(lambda folder: (folder / MANIFEST).write_text("x", encoding="utf-8")), released()),
    ("template.refused", look(lambda folder: (folder / "reference.docx").write_bytes(b"not Word")), look()),
    ("template.styles", look(styles(rb'(?s)<w:style [^>]*w:styleId="Callout".*?</w:style>', b"")), look()),
    ("template.font", look(styles(b'w:ascii="Arial"', b'w:ascii="Verdana"')), look()),
    ("template.logo", look(lambda folder: (folder / "logo.png").write_bytes(b"GIF89a")),
     look(lambda folder: (folder / "other.png").write_bytes(b"GIF89a"))),
    ("publish.withheld", public("approved"), public("deferred")),
    ("sheet.column", sheet(("Name", "School", "Kind"), ("Rowan", "Rowan", "school")),
     sheet(("Name", "Kind"), ("Rowan", "school"))),
    ("sheet.row", sheet(("Name", "Kind"), ("Oak", "school")), sheet(("Name", "Kind"), ("Rowan", "school"))),
    ("sheet.cell", sheet(("Name", "Kind", "ID"), ("Rowan", "school", "../oak")),
     sheet(("Name", "Kind", "ID"), ("Rowan", "school", "rowan"))),
    ("sheet.unread", sheet(("Name", "Kind"), ("Rowan", "school"), more=("Name", "Town")),
     sheet(("Name", "Kind"), ("Rowan", "school"), more=("Ask the office",))),
    ("take.reason", taken(lambda copy: reword(copy, "two kinds", "two sorts"), ()),
     taken(lambda copy: reword(copy, "two kinds", "two sorts"))),
    ("take.value", taken(lambda copy: answer_row(copy, 0, "Age until which", "soon")),
     taken(lambda copy: answer_row(copy, 0, "Age until which", "21"))),
    ("take.row", taken(relabelled), taken(lambda copy: answer_row(copy, 0, "Age until which", "21"))),
    ("take.unplaced", taken(lambda copy: comment(copy, "Communications are of two kinds", "Must we?")),
     taken(lambda _: None)),
    ("take.consult", taken(without_fixed), taken(lambda copy: remove(copy, "New apps appear"))),
    ("take.version", taken(lambda _: None, of="luton-hr/social-media-internet@2022-09"), taken(lambda _: None)),
    ("yaml.shape", with_bytes(b"- oak\n"), small()),
    ("yaml.encoding", with_bytes(b"schema: 1\nname: Caf\xe9\n"),
     with_bytes("schema: 1\nid: oak\nname: Café\nkind: school\n".encode())),
    ("yaml.too-large", with_bytes(b"#" * 4_000_001), with_bytes(b"#" * 4_000)),
    ("yaml.unreadable", folder_for_file, small()),
    ("workspace.unfinished", unfinished(JOURNAL), unfinished("notes.txt")),
]  # fmt: skip

CASES: list[tuple[str, Build, Build]] = [
    *((code, small(broken), small(sound)) for code, broken, sound in WORDS),
    *RECORDS,
]
