"""The words of a Word paragraph with their little markup, and what hangs on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import takewhile

from lxml import etree

from policybook.domain.inline import Run, plain
from policybook.domain.source import TrackedChange
from policybook.intake.letter import clean_letters, counted_words
from policybook.intake.word_change import DELETED, INSERTED, Revisions
from policybook.intake.word_form import OpenFields, is_prompt
from policybook.intake.word_style import Style, Styles, W, toggle, value
from policybook.text.inline import ALLOWED_SCHEMES

Links = dict[str, str]

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
FALLBACK = f"{_MC}Fallback"
"""What repeats a drawing for programs that cannot show it."""
BOX = f"{W}txbxContent"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_GONE = {f"{W}pPr", f"{W}rPr", f"{W}sdtPr", f"{W}instrText", FALLBACK}
_WORDS = (f"{W}t", f"{W}delText")
_PLAIN_COLOURS = {"", "auto", "none", "000000", "FFFFFF"}
_PICTURES = {f"{W}drawing", f"{W}pict", f"{W}object"}
_SIGNS = {f"{W}tab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
_SYMBOLS = {0xF0B7: "•", 0xF0A7: "•", 0xF0D8: "•", 0xF0FC: "✓", 0xF0A8: "☐", 0xF06F: "☐", 0xF0E0: "→"}
_DEEPEST = 60


@dataclass(slots=True)
class Inline:
    """The runs of one paragraph, apart from its hidden words, pictures, text boxes and notes."""

    runs: list[Run] = field(default_factory=list)
    hidden: list[Run] = field(default_factory=list)
    pictures: list[Run] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    coloured: list[str] = field(default_factory=list)
    changes: list[TrackedChange] = field(default_factory=list)
    fields: OpenFields = field(default_factory=OpenFields)
    place: str = ""

    @property
    def text(self) -> str:
        """The words of the runs."""
        return plain(self.runs)


@dataclass(frozen=True, slots=True)
class _State:
    style: Style
    link: str | None = None


class RunReader:
    """Reads paragraphs of one document; `seen` counts tracked changes, text boxes and letters taken out."""

    def __init__(self, styles: Styles, links: Links, seen: Counter[str], revisions: Revisions) -> None:
        self._styles = styles
        self._revisions = revisions
        self._links = links
        self._seen = seen

    def read(self, paragraph: etree._Element, style: Style, place: str = "") -> Inline:
        """The words of a paragraph in the given style; deleted words are there only where changes are rejected."""
        inline = Inline(place=place)
        self._walk(paragraph, _State(style), inline, 0)
        return inline

    def _walk(self, element: etree._Element, state: _State, inline: Inline, depth: int) -> None:
        if depth > _DEEPEST:
            return
        for child in element:
            if child.tag == f"{W}r":
                self._read_run(child, state, inline)
            elif child.tag == f"{W}hyperlink":
                self._walk(child, replace(state, link=self._link(child)), inline, depth + 1)
            elif child.tag in INSERTED | DELETED:
                self._walk_change(child, state, inline, depth)
            elif child.tag == f"{_M}t":
                inline.runs.append(Run(child.text or ""))
            elif child.tag == f"{W}sdt" and is_prompt(child):
                self._walk_prompt(child, state, inline, depth)
            elif child.tag not in _GONE:
                self._walk(child, state, inline, depth + 1)

    def _walk_prompt(self, control: etree._Element, state: _State, inline: Inline, depth: int) -> None:
        """A content control that nobody filled in: its prompt in square brackets, as a blank is written."""
        before = len(inline.runs)
        self._walk(control, state, inline, depth + 1)
        if (words := plain(inline.runs[before:]).strip()) and not words.startswith(("[", "<")):
            inline.runs[before:] = [Run("["), *inline.runs[before:], Run("]")]

    def _walk_change(self, element: etree._Element, state: _State, inline: Inline, depth: int) -> None:
        self._seen["changed"] += 1
        if change := self._revisions.change_of(element, inline.place):
            inline.changes.append(change)
        if element.tag not in self._revisions.gone:
            self._walk(element, state, inline, depth + 1)

    def _link(self, element: etree._Element) -> str | None:
        address = self._links.get(element.get(f"{_R}id", ""), "")
        return address if address.strip().lower().startswith(ALLOWED_SCHEMES) else None

    def _read_run(self, run: etree._Element, state: _State, inline: Inline) -> None:
        properties = run.find(f"{W}rPr")
        style_id = None if properties is None else value(properties.find(f"{W}rStyle"))
        named = self._styles.of_characters(style_id) if style_id else None
        shown = Run("", self._is("b", properties, named, state), self._is("i", properties, named, state), state.link)
        into = inline.hidden if self._is("vanish", properties, named, state) else inline.runs
        coloured = _is_coloured(properties)
        before = len(into)
        for child in _run_children(run):
            if child.tag in _PICTURES:
                self._read_picture(child, inline)
            elif child.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                kind = "footnote" if "footnote" in str(child.tag) else "endnote"
                inline.notes.append(f"{kind} {child.get(f'{W}id')}")
            elif child.tag == f"{W}fldChar":
                inline.fields.meet(child, inline.runs)
            elif text := _sign(child):
                text, turned = clean_letters(text)
                self._seen["turned"] += len(turned)
                into.append(replace(shown, text=text))
        if coloured and into is inline.runs:
            _add_coloured(inline, plain(into[before:]), goes_on=before > 0)

    @staticmethod
    def _is(name: str, properties: etree._Element | None, named: Style | None, state: _State) -> bool:
        own = toggle(properties, name)
        if own is not None:
            return own
        attribute = {"b": "bold", "i": "italic", "vanish": "hidden"}[name]
        inherited = getattr(named, attribute) if named else None
        return bool(inherited if inherited is not None else getattr(state.style, attribute))

    def _read_picture(self, element: etree._Element, inline: Inline) -> None:
        boxes = list(_outermost_boxes(element))
        inline.boxes += boxes
        self._seen["text box"] += len(boxes)
        if not boxes:
            about = next((docpr.get("descr") or docpr.get("title") for docpr in element.iter(f"{_WP}docPr")), None)
            inline.pictures.append(Run(about or "picture without a description"))


def _outermost_boxes(element: etree._Element) -> Iterator[etree._Element]:
    """The text boxes of a drawing; those inside them are met when they are read."""
    for box in element.iter(BOX):
        above = takewhile(lambda other: other is not element, box.iterancestors())
        if not any(other.tag in (BOX, FALLBACK) for other in above):
            yield box


def source_words(body: etree._Element, notes: dict[str, etree._Element], revisions: Revisions) -> list[str]:
    """The words of the body counted by another way than the blocks: every text node under its nearest paragraph."""
    gone = _GONE | revisions.gone
    texts: dict[etree._Element, list[str]] = {paragraph: [] for paragraph in body.iter(f"{W}p")}
    after: dict[etree._Element, list[str]] = {}
    for node in body.iter(*_WORDS, f"{W}tab", f"{W}br", f"{W}cr", f"{W}footnoteReference", f"{W}endnoteReference"):
        above = list(node.iterancestors())
        owner = next((element for element in above if element.tag == f"{W}p"), None)
        if owner is None or any(element.tag in gone for element in above):
            continue
        if "Reference" in str(node.tag):
            note = notes.get(f"{'footnote' if 'footnote' in str(node.tag) else 'endnote'} {node.get(f'{W}id')}")
            after.setdefault(owner, []).extend([] if note is None else [t.text or "" for t in note.iter(f"{W}t")])
        else:
            texts[owner].append(clean_letters(node.text or "")[0] if node.tag in _WORDS else " ")
    lines: list[str] = []
    for owner, words in texts.items():
        lines += ["".join(words), "" if revisions.is_mark_gone(owner) else "\n"]
        lines += ["".join(after.get(owner, [])), "\n" if owner in after else ""]
    return counted_words("".join(lines))


def _is_coloured(properties: etree._Element | None) -> bool:
    """Whether a run itself (not its style) has a colour other than black, or is highlighted."""
    if properties is None:
        return False
    colour = value(properties.find(f"{W}color")) or ""
    highlight = value(properties.find(f"{W}highlight")) or ""
    return colour.upper() not in {name.upper() for name in _PLAIN_COLOURS} or highlight not in ("", "none")


def _add_coloured(inline: Inline, words: str, *, goes_on: bool) -> None:
    """Coloured runs that follow each other are one stretch."""
    if not words.strip():
        return
    if goes_on and inline.coloured and inline.text.endswith(inline.coloured[-1] + words):
        inline.coloured[-1] += words
    else:
        inline.coloured.append(words)


def _run_children(run: etree._Element) -> Iterator[etree._Element]:
    """What a run holds; of alternative contents the first choice only, since the fallback repeats it."""
    for child in run:
        if child.tag == f"{_MC}AlternateContent":
            for choice in child.findall(f"{_MC}Choice")[:1]:
                yield from choice
        else:
            yield child


def _sign(element: etree._Element) -> str:
    """The text of one element of a run."""
    if element.tag in _WORDS:
        return element.text or ""
    if element.tag == f"{W}br":
        return "" if element.get(f"{W}type") == "page" else "\n"
    if element.tag == f"{W}sym":
        code = element.get(f"{W}char", "")
        number = int(code, 16) if code and all(c in "0123456789abcdefABCDEF" for c in code) and len(code) < 6 else 0
        return _SYMBOLS.get(number, chr(number) if 31 < number < 0xE000 else "")
    return _SIGNS.get(str(element.tag), "")
