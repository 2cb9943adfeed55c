"""Runs into clause words: the small Markdown subset, with placeholders where values stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from policybook.domain.inline import Run, plain
from policybook.text.inline import parse_inline

_SPECIAL = re.compile(r"([\\*_\[\]])")
_OPEN, _CLOSE = "\ue001", "\ue002"  # private letters round a placeholder while the words are escaped
_PLACEHOLDER = re.compile(f"{_OPEN}[^{_CLOSE}]*{_CLOSE}")
Spans = Mapping[tuple[int, int], str]
"""What stands between the braces (`name`, `name | words`), by the stretch of the plain words that they stand for."""


def mark_up(runs: Sequence[Run], spans: Spans) -> str:
    """The words with bold, italic and links as markup and the spans replaced; read again they give the same words.

    Where the markup would not come back as it was (a bold that ends inside a word), it is left out rather than risk a
    word. A span that crosses from one style to another is left as words.
    """
    runs = [replace(run, text=run.text.replace(_OPEN, "").replace(_CLOSE, "")) for run in runs]
    expected = "".join(_words(run.text, start, spans) for start, run in _placed(runs))
    said = _shown(_parted(expected)).split()
    for candidate in ("".join(_run(run, start, spans) for start, run in _placed(runs)), _escape(expected)):
        if plain(parse_inline(_shown(candidate))).split() == said:
            return " ".join(_shown(candidate).split())
    return " ".join(said)


def _shown(text: str) -> str:
    return text.replace(_OPEN, "{{ ").replace(_CLOSE, " }}")


def _escape(text: str) -> str:
    """Plain words as clause words: signs that would be markup are escaped, placeholders stay as they are."""
    pieces = _PLACEHOLDER.split(text)
    placeholders = _PLACEHOLDER.findall(text)
    escaped = [_parted(_SPECIAL.sub(r"\\\1", piece)) for piece in pieces]
    return "".join(words + mark for words, mark in zip(escaped, [*placeholders, ""], strict=True))


def _parted(text: str) -> str:
    """Double braces in the words would be read as a placeholder; a word joiner between them keeps them words."""
    return text.replace("{{", "{\u2060{").replace("}}", "}\u2060}")


def _placed(runs: Sequence[Run]) -> list[tuple[int, Run]]:
    placed, start = [], 0
    for run in runs:
        placed.append((start, run))
        start += len(run.text)
    return placed


def _words(text: str, start: int, spans: Spans) -> str:
    for (first, last), placeholder in sorted(spans.items(), reverse=True):
        if start <= first and last <= start + len(text):
            text = text[: first - start] + f"{_OPEN}{placeholder}{_CLOSE}" + text[last - start :]
    return text


def _run(run: Run, start: int, spans: Spans) -> str:
    words = _escape(_words(run.text, start, spans))
    inner = words.strip()
    if not inner:
        return words
    lead, trail = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    if run.link and not any(sign in run.link for sign in " ()<>\\"):
        inner = f"[{inner}]({run.link})"
    mark = "*" * (2 * run.bold + run.italic)
    return f"{lead}{mark}{inner}{mark}{trail}"
