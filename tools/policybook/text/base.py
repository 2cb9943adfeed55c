"""The model's words against which a departure is made: its base."""

from __future__ import annotations

from policybook.domain.model import ModelVersion


def base_words(model: ModelVersion) -> dict[str, str]:
    """By id, the heading of every part and the words of every clause, alternatives beside each other."""
    words = {part.id: part.heading for part in model.parts}
    return words | {
        clause.id: clause.text or " / ".join(choice.text for choice in clause.choices) for clause in model.walk()
    }
