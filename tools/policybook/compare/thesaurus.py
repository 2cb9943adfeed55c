"""Words that school policies use for one another, to find a topic that is put in other words than its cues.

The words stand in `text/concepts.yaml` with those by which rules of different models are found.
"""

from __future__ import annotations

import re
from functools import lru_cache

from policybook.compare.vocabulary import FUNCTION_WORDS
from policybook.text.concept import cue_words


@lru_cache(maxsize=512)
def loose_patterns(cue: str) -> tuple[re.Pattern[str], ...]:
    """One pattern for each telling word of a cue; a sentence that holds all of them may be on the topic."""
    words = [word for word in re.findall(r"[a-z]+(?:-[a-z]+)*", cue.lower()) if word not in FUNCTION_WORDS]
    return tuple(dict.fromkeys(_pattern(word) for word in words))


def _pattern(word: str) -> re.Pattern[str]:
    alike = {word}.union(*(group for group in cue_words() if any(word.startswith(entry) for entry in group)))
    return re.compile("|".join(rf"\b{re.escape(entry)}" for entry in sorted(alike)), re.I)
