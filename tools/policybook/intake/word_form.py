"""Form fields of Word: what a field shows, and a mark where it was left empty.

The older fields (`w:ffData`) stand between the signs of a complex field: a text to be typed over, a box, a list. The
newer ones are content controls that say that they still show their prompt. Rules: ECMA-376 part 1, 17.16.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from policybook.domain.inline import Run, plain
from policybook.intake.word_style import W, value

BLANK = "____"
_TICKED, _EMPTY = "☒", "☐"
_OFF = ("0", "false", "off")


@dataclass(slots=True)
class OpenFields:
    """The complex fields that are open at one place of a paragraph, the innermost last, and where each began."""

    began: list[tuple[etree._Element | None, int]] = field(default_factory=list)

    def meet(self, sign: etree._Element, runs: list[Run]) -> None:
        """Takes note of a field's begin or end; at the end of one that shows no words puts in what it stands for."""
        kind = sign.get(f"{W}fldCharType")
        if kind == "begin":
            self.began.append((sign.find(f"{W}ffData"), len(runs)))
        elif kind == "end" and self.began:
            data, start = self.began.pop()
            shown = "" if data is None else _shown(data, plain(runs[start:]))
            if shown:
                runs[start:] = [Run(shown)]


def is_prompt(control: etree._Element) -> bool:
    """Whether a content control shows its prompt, since nobody has filled it in."""
    prompt = control.find(f"{W}sdtPr/{W}showingPlcHdr")
    return prompt is not None and value(prompt) not in _OFF


def _shown(data: etree._Element, words: str) -> str:
    """What is to be read for a field: nothing where its own words say it."""
    box, choices = data.find(f"{W}checkBox"), data.find(f"{W}ddList")
    if box is not None:
        return _TICKED if _is_ticked(box) else _EMPTY
    if words.strip():
        return ""
    return BLANK if choices is None else _chosen(choices)


def _is_ticked(box: etree._Element) -> bool:
    """Whether it was ticked by hand, or as it came; `w:checked` without a value means that it is."""
    for name in ("checked", "default"):
        found = box.find(f"{W}{name}")
        if found is not None:
            return value(found) not in _OFF
    return False


def _chosen(choices: etree._Element) -> str:
    entries = [value(entry) or "" for entry in choices.findall(f"{W}listEntry")]
    result = value(choices.find(f"{W}result")) or value(choices.find(f"{W}default")) or "0"
    index = int(result) if result.isascii() and result.isdigit() and len(result) < 5 else 0
    return entries[index] if index < len(entries) else BLANK
