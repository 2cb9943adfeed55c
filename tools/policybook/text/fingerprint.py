"""Fingerprints: `match-v1` finds the same clause again, `exact-v1` binds a decision. Never over file bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache

from policybook.text.word import comparable_words


@lru_cache(maxsize=16_384)  # the adoptions of a model share most of their clauses
def match_fingerprint(text: str) -> str:
    """The same for texts that differ only in spacing, case, punctuation or kind of quotation mark."""
    return f"match-v1:{_digest(' '.join(comparable_words(text)))[:16]}"


def exact_fingerprint(content: Iterable[object]) -> str:
    """Over canonical JSON of what is given, order included: content, structure and values of what was decided."""
    canonical = json.dumps(list(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return f"exact-v1:{_digest(canonical)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
