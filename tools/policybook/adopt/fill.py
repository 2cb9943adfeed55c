"""Clause words with their placeholders filled in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from policybook.domain.inline import Run
from policybook.domain.model import Parameter, Value
from policybook.text.inline import parse_inline
from policybook.text.placeholder import Placeholder, apply_filter, split_placeholders
from policybook.text.value import print_value, print_value_words

_SCHOOL_LABELS = {"school_name": "name of the school", "school_short_name": "short name of the school"}


@dataclass(frozen=True, slots=True)
class Filler:
    """Fills the placeholders of one policy from its parameters, its values, and what its clauses are called."""

    parameters: dict[str, Parameter]
    values: dict[str, Value]
    clause_names: dict[str, str]

    def fill(self, text: str) -> tuple[Run, ...]:
        """The runs of a clause's words. A value is a run that names its parameter; a blank is its label in brackets.

        Markup is read before values are put in, so that a value is always plain words.
        """
        return tuple(piece for run in parse_inline(text) for piece in self._fill_run(run))

    def _fill_run(self, run: Run) -> Iterator[Run]:
        for piece in split_placeholders(run.text):
            if isinstance(piece, str):
                yield replace(run, text=piece)
            elif piece.is_clause:
                yield replace(run, text=self.clause_names.get(piece.name, f"[{piece.name}]"))
            else:
                yield self._fill_value(run, piece)

    def _fill_value(self, run: Run, piece: Placeholder) -> Run:
        parameter = self.parameters.get(piece.name)
        value = self.values.get(piece.name)
        if value is None:
            label = parameter.label if parameter else _SCHOOL_LABELS.get(piece.name, piece.name)
            return replace(run, text=f"[{label}]", parameter=piece.name, blank=True)
        kind = parameter.type if parameter else "text"
        words = print_value(kind, value)
        number_words = print_value_words(kind, value) if piece.filter == "words" else None
        return replace(run, text=apply_filter(piece.filter, words, number_words=number_words), parameter=piece.name)
