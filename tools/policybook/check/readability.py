"""How hard a text is to read: long sentences, and the automated readability index.

The index (Smith and Senter, 1967, AMRL-TR-66-220) needs letters, words and sentences only. Indices that need syllables
do not do here; see docs/dev/decisions/0006-reading-age-without-syllables.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from policybook.check.passage import Passage, own_prose
from policybook.domain.finding import Finding
from policybook.text.sentence import split_sentences
from policybook.text.word import words_of

LONG_SENTENCE = 35
"""Words; public-sector guidance asks for about 25, and a policy with none over 35 keeps near that."""
HARD_AGE = 17
"""Years: a text for readers of this age or above is told of."""
ENOUGH_WORDS = 150
"""Words below which the index says little."""
SCHOOL_START = 5
"""The index is a school year of the United States, whose first begins at about six: grade + 5 is an age in years."""


def find_reading_problems(passages: Iterable[Passage], what: str) -> Iterator[Finding]:
    """At most two notes on a text: its long sentences (at the longest), and how hard it is as a whole.

    `what` names the text in the messages ("this policy", "the school's own words").
    """
    sentences = [
        (words_of(sentence), passage) for passage in own_prose(passages) for sentence in split_sentences(passage.words)
    ]
    sentences = [(words, passage) for words, passage in sentences if words]
    long = [(len(words), passage) for words, passage in sentences if len(words) > LONG_SENTENCE]
    if long:
        count, passage = max(long, key=lambda entry: entry[0])
        message = f"{_sentences(len(long))} of {what} over {LONG_SENTENCE} words; the longest, {count}, is here"
        mend = "cut it in two; about 25 words is what public-sector guidance asks for"
        yield Finding("note", "sentence.long", passage.place, message, mend)
    age = reading_age([words for words, _ in sentences])
    if age is not None and age >= HARD_AGE:
        message = f"{what} reads like a text for the age of {age} and above (automated readability index)"
        mend = "shorter sentences and shorter words; say who does what"
        yield Finding("note", "readability.hard", sentences[0][1].place, message, mend)


def reading_age(sentences: Sequence[Sequence[str]]) -> int | None:
    """The age in years from which a text reads easily, from the words of its sentences; None for too short a text."""
    count = sum(len(words) for words in sentences)
    if count < ENOUGH_WORDS:
        return None
    letters = sum(len(word) for words in sentences for word in words)
    grade = 4.71 * letters / count + 0.5 * count / len(sentences) - 21.43
    return round(grade) + SCHOOL_START


def _sentences(count: int) -> str:
    return "one sentence" if count == 1 else f"{count} sentences"
