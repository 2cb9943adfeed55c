"""Words of a document as clause YAML has them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from policybook.domain.inline import Run, plain
from policybook.text.inline import parse_inline

_SIGN = re.compile(r"([\\*_\[\]])")


def written(runs: Iterable[Run], text: str) -> str:
    """Words as clause YAML: with their markup where that reads back, else with every sign of markup escaped."""
    marked = "".join(_marked(run) for run in runs)
    return marked if " ".join(plain(parse_inline(marked)).split()) == text else escaped(text)


def escaped(words: str) -> str:
    """Plain words as clause words: signs of markup stay signs."""
    return _SIGN.sub(r"\\\1", words)


def _marked(run: Run) -> str:
    words = escaped(run.text)
    if run.bold or run.italic:
        signs = "*" * (2 * run.bold + run.italic)
        words = f"{signs}{words}{signs}"
    return f"[{words}]({run.link})" if run.link else words
