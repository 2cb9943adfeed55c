"""Ages, times, durations, dates and numbers that a text states, in a form that can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from policybook.domain.comparison import FactKind
from policybook.text.number import parse_number
from policybook.text.value import print_time
from policybook.text.word import lowered, normalise

NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))? thirty forty fifty sixty ninety"
).replace(" ", "|").replace("[-|]", "[- ]")  # fmt: skip
_BIRTHDAYS = "sixteenth|eighteenth|nineteenth|twenty-first|twenty-fifth"
_BIRTHDAY_AGES = {"sixteenth": "16", "eighteenth": "18", "nineteenth": "19", "twenty-first": "21", "twenty-fifth": "25"}
_N = rf"(?:\d{{1,9}}|{NUMBER_WORDS})"
_MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH_NAMES = (
    "january february march april may june july august september october november december"
).split()  # fmt: skip
_HALF_DAY = r"[ap]\.? ?m\b"
_CLOCK = rf"(?:\d{{1,2}}(?:[.:]\d\d)? ?{_HALF_DAY}|(?:[01]\d|2[0-3]):[0-5]\d|noon|midnight)"
_DOTTED = r"(?:[01]\d|2[0-3])\.[0-5]\d"
_UNIT = "day|week|month|year|hour|minute"
_PATTERNS: tuple[tuple[FactKind, re.Pattern[str]], ...] = (
    ("time", re.compile(rf"(?P<a>{_CLOCK})\.?(?: ?(?:to|and|until|till|-) ?(?P<b>{_CLOCK}))?"
                        rf"|\b(?P<c>{_DOTTED}) ?(?:to|and|until|till|-) ?(?P<d>{_DOTTED})\b"
                        rf"|(?:(?<=\bat )|(?<=\bby )|(?<=\bfrom )|(?<=\buntil )|(?<=\bbefore )|(?<=\bafter ))(?P<e>{_DOTTED})(?!\.?\d)")),
    ("date", re.compile(
        rf"\b(?P<d1>\d{{1,2}})/(?P<m1>\d{{1,2}})/(?P<y1>\d{{2,4}})\b"
        rf"|\b(?P<d8>\d{{1,2}})\.(?P<m8>\d{{1,2}})\.(?P<y8>(?:19|20)\d\d)\b"
        rf"|\b(?:(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? )(?P<m2>{_MONTH})\b(?:,? (?P<y2>\d{{4}}))?"
        rf"|\b(?P<m3>{_MONTH})\b(?: (?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:))?,? (?P<y3>\d{{4}})"
        rf"|(?<=\bin )(?P<m4>{_MONTH})\b|(?<=\b(?:from|each) )(?P<m5>{_MONTH})\b"
        rf"|(?<=\b(?:until|every|after|since) )(?P<m6>{_MONTH})\b|(?<=\b(?:by|of) )(?P<m7>{_MONTH})\b"
    )),
    ("age", re.compile(
        rf"(?:aged?|ages|age of|the age|under(?: the age of)?|below(?: the age of)?|over|until(?: they (?:are|turn|reach))?"
        rf"(?: the age of)?|turn(?:s|ed)?|reach(?:es|ed)?) (?P<a>{_N})"
        rf"(?! ?(?:%|p(?:er )?cent|o'clock|percent)| (?:(?:school|working|calendar|consecutive) )?(?:day|week|month|hour|minute"
        rf"|copies|people|pupils|words|pages|miles))\b(?P<or> (?:or|and) (?:under|below|younger))?"
        rf"|(?P<b>{_N})(?P<or2> or (?:under|below|younger|over|above))"
        rf"|(?P<c>{_N})(?:[- ]years?[- ](?:old|of age)|(?:st|nd|rd|th) birthday)|(?P<d>{_BIRTHDAYS}) birthday"
    )),
    ("duration", re.compile(
        rf"(?P<a>{_N})(?P<half> and a half|\.5)?[- ](?:(?P<sort>school|working|business|calendar|clear|consecutive) )?(?P<unit>{_UNIT})s?\b"
        rf"|\b(?:(?P<times>once|twice|{_N} times) (?:a|an|in a|per|each|every)|(?:each|every) (?P<other>other|second)|each|every|per)"
        rf" (?P<per>{_UNIT}|term|fortnight|annum)\b|\bhalf an? (?P<part>{_UNIT})\b"
        rf"|(?:\b(?:for|within|in|after)|(?<=\d)|(?<=hours)|(?<=days)|(?<=weeks)|(?<=times)) an? (?P<one>{_UNIT}|term|fortnight)\b|\b(?P<two>(?:a )?fortnight)\b"
        r"|\b(?P<soon>immediately|at once|straight ?away|without delay|forthwith|(?:on )?the same (?:school |working )?day"
        r"|as (?:soon|quickly) as (?:is )?(?:reasonably )?(?:possible|practicable))\b|\b(?P<often>bi-?|semi-?|half[- ])?(?P<word>annual(?:ly)?|yearly|termly|monthly|weekly|daily|fortnightly|biennial(?:ly)?)\b"
    )),
    ("number", re.compile(
        rf"(?<=[£$€])\d{{1,9}}(?:,\d{{3}}){{0,3}}(?:\.\d\d)?\b|\b(?:\d{{1,3}}(?:,\d{{3}}){{1,3}}|\d{{1,9}}\.\d{{1,3}}(?= ?(?:%|per ?cent|hours?\b|days?\b"
        rf"|weeks?\b|miles?\b|times\b))|{_N})(?:\b(?! ?(?:am|pm)\b)|(?=p\b))"
    )),
)  # fmt: skip
"""All but dates in lower case, as is what they are searched in: `re.IGNORECASE` takes up to four times as long."""
_REFERENCE = re.compile(
    r"(?:appendix|section|sections|clause|paragraph|annex|schedule|part|page|version|article|chapter|year|act|acts|"
    r"regulations?|windows|office|tel|telephone)[ (]{0,3}(?:\d{1,9}(?:\.\d{1,9}){0,9}|[a-z])\b|\b(?:19|20)\d\d\b"
    r"|(?<![£$€\d.])\d{1,9}(?:\.\d{1,9}){1,9}\b(?! ?(?:%|per ?cent|hours?\b|days?\b|weeks?\b|miles?\b|times\b))"
)
DETAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,250}\w|(?:https?://|www\.)[^\s,;)]{1,250}[\w/]|(?<![\w.])(?:\+44 ?|0)\d(?:[ -]?\d){7,10}(?!\d)"
)
"""An e-mail address, an address on the web or a telephone number: a detail, and no measure."""
_PHONE = re.compile(r"(?:^|[\s(:])0\d")
_CYCLES = {
    "annual": "year", "annually": "year", "yearly": "year", "termly": "term", "monthly": "month", "weekly": "week",
    "fortnightly": "fortnight", "daily": "day", "biennial": "biennium", "biennially": "biennium",
}  # fmt: skip
REACH = 60
"""Characters before and after a figure in which all words of its measure stand ("until they reach the age of")."""
_SOON = (("same", "the same day"), ("soon", "as soon as possible"), ("quickly", "as soon as possible"))
_ANY_MEASURE = re.compile(
    rf"\d|\b(?:{NUMBER_WORDS}|noon|midnight|(?:bi|semi)?(?:annual|annually|yearly|monthly|weekly)|termly|daily|fortnight|fortnightly"
    rf"|biennial|biennially|immediately|at once|straight ?away|without delay|forthwith|the same|as soon as|as quickly as|(?:a|an|each|every|per|working|school|calendar|other|second) (?:{_UNIT}|term|fortnight)s?|per annum|(?:{_BIRTHDAYS}) birthday)\b"
)
_ANY_MONTH = re.compile(rf"\b{_MONTH}\b")
"""A text that has neither of these, the first in lower case, states no measure."""
_CUES = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty ninety noon midnight biannual biannually bimonthly biweekly biyearly "
    "semiannual semiannually semimonthly semiweekly semiyearly annual annually yearly termly monthly weekly daily "
    "fortnight fortnights fortnightly biennial biennially immediately once straight straightaway delay forthwith same soon quickly "
    "day days week weeks month months year years hour hours minute minutes term terms annum birthday".split()
)
_FIGURE = re.compile(r"\d")
_LETTERS = re.compile("[a-z]+")
_MAY_BE_TIME = re.compile(r"\d ?[ap]\.? ?m\b|\d:\d|\d\.\d|noon|midnight", re.I)
_MONTHS_BEGIN = tuple(name[:3].title() for name in _MONTHS)
_AGE_CUES = ("age", "under", "below", "over", "until", "turn", "reach", "old", "birthday", "above", "younger")
_DURATION_CUES = (
    "day", "week", "month", "year", "hour", "minute", "term", "fortnight", "immediately", "once", "straight", "delay",
    "forthwith", "same", "soon", "quickly", "annual", "annum", "dail", "biennial",
)  # fmt: skip


def _may_state(kind: FactKind, near: str, folded: str) -> bool:
    """Whether a measure of a kind can stand in words, given also in lower case: cheaper than to look for it."""
    if kind == "time":
        return _MAY_BE_TIME.search(near) is not None
    if kind == "date":
        return "/" in near or ".20" in near or ".19" in near or any(month in near for month in _MONTHS_BEGIN)
    cues = _AGE_CUES if kind == "age" else _DURATION_CUES
    return kind == "number" or any(cue in folded for cue in cues)


_SMALL_NUMBERS = frozenset({"1"})
"""`one` is mostly no number ("no one", "one of these")."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A stated age, time, duration, date or number: its comparable value, the words, and where (characters) they stand."""

    kind: FactKind
    value: str
    words: str
    start: int
    end: int


@lru_cache(maxsize=4_096)
def measures_of(text: str) -> tuple[Measure, ...]:
    """What the text states, each stretch of words once, most telling kind first; references ("section 9") are none."""
    text = normalise(with_halves(text))
    stretches = _stretches(text)
    if not stretches:
        return ()
    taken = bytearray(len(text))  # a mark for each character that is told of already
    if has_detail(text):
        for match in _in_stretches(DETAIL, text, stretches):
            _mark(taken, match)
    found = []
    folded = lowered(text)
    near = " | ".join([text[start:end] for start, end in stretches])
    near_folded = near.lower()
    for kind, pattern in _PATTERNS:
        if not _may_state(kind, near, near_folded):
            continue
        if kind == "number":
            for match in _in_stretches(_REFERENCE, folded, stretches):
                _mark(taken, match)
        for match in _in_stretches(pattern, text if kind == "date" else folded, stretches):
            start, end = match.span()
            value = None if any(taken[start:end]) else _VALUE[kind](match)
            if value is not None and not (kind == "number" and value in _SMALL_NUMBERS):
                _mark(taken, match)
                found.append(Measure(kind, value, text[start:end].strip(), start, end))
    return tuple(found)


def with_halves(text: str) -> str:
    """The text with `6½` written `6.5`, as people write it, before other forms of letters are made one."""
    return text if text.isascii() or "½" not in text else text.replace(" ½", "½").replace("½", ".5")


def has_detail(text: str) -> bool:
    """Whether an address or a telephone number may stand in the text; cheaper than to look for one."""
    return (
        "@" in text or "www." in text or "://" in text or ("0" in text and bool(_PHONE.search(text))) or "+44" in text
    )


def mentions_measure(text: str) -> bool:
    """Whether a text has a figure or words that measures are stated in."""
    return _may_mention_measure(text) and bool(_ANY_MEASURE.search(lowered(text)) or _ANY_MONTH.search(text))


def _may_mention_measure(text: str) -> bool:
    """Whether a text has a figure or a word of measures at all: cheaper than to look for a whole one."""
    if _FIGURE.search(text) or not _CUES.isdisjoint(_LETTERS.findall(text.lower())):
        return True
    return any(month in text for month in _MONTHS_BEGIN)


def _stretches(text: str) -> list[tuple[int, int]]:
    """Where measures may stand: around each figure and each word that stands for one, in order, none overlapping."""
    found: list[tuple[int, int]] = []
    if not _may_mention_measure(text):
        return found
    places = [match.span() for match in _ANY_MEASURE.finditer(lowered(text))]
    months = [match.span() for match in _ANY_MONTH.finditer(text)]
    for first, last in sorted(places + months):
        start, end = max(first - REACH, 0), last + REACH
        if found and start <= found[-1][1]:
            start = found.pop()[0]
        found.append((start, end))
    return found


def _in_stretches(pattern: re.Pattern[str], text: str, stretches: Sequence[tuple[int, int]]) -> Iterator[re.Match[str]]:
    for start, end in stretches:
        yield from pattern.finditer(text, start, end)


def _mark(taken: bytearray, match: re.Match[str]) -> None:
    taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())


def _time(match: re.Match[str]) -> str | None:
    ends = [_clock(match[name]) for name in "abcde" if match[name]]
    return " to ".join(print_time(end) for end in ends if end) or None


def _clock(words: str) -> str | None:
    words = words.lower().replace(" ", "")
    if words in ("noon", "midnight"):
        return "12:00" if words == "noon" else "00:00"
    found = re.fullmatch(r"(\d{1,2})(?:[.:](\d\d))?(?:([ap])\.?m)?", words)
    if not found or int(found[1]) > 23:
        return None
    hour = int(found[1]) % 12 + (12 if found[3] == "p" else 0) if found[3] else int(found[1])
    return f"{hour:02}:{found[2] or '00'}"


def _date(match: re.Match[str]) -> str:
    """`1 september 2024`, however it is written; a month alone, or a day without a year, as far as it goes."""
    said = match.groupdict()
    day, month, year = ("".join(said[name] or "" for name in said if name[0] == part) for part in "dmy")
    number = int(month) - 1 if month.isdigit() else _MONTHS.index(month[:3].lower())
    name = _MONTH_NAMES[number] if 0 <= number < 12 else month
    year = f"20{year}" if len(year) == 2 else year
    return " ".join(part for part in (day.lstrip("0"), name, year) if part)


def _age(match: re.Match[str]) -> str | None:
    number = parse_number(match["a"] or match["b"] or match["c"] or _BIRTHDAY_AGES[match["d"].lower()])
    if number is None or not 2 <= number <= 100:
        return None
    return f"{number} or under" if match["or"] or (match["or2"] and "o" not in match["or2"][4:5]) else str(number)


def _duration(match: re.Match[str]) -> str | None:
    if match["soon"]:
        return next((value for cue, value in _SOON if cue in match["soon"].lower()), "at once")
    if match["times"] and match["times"].lower() != "once":
        times = "2" if match["times"].lower() == "twice" else str(parse_number(match["times"].split()[0]))
        return f"{times} times a {match['per'].lower()}"
    word = match["word"] and _CYCLES[match["word"].lower()]
    if word and match["often"]:
        return _part_of_cycle(word, match["often"].lower())
    said = word or match["per"] or match["one"] or match["part"] or ("fortnight" if match["two"] else match["unit"])
    unit = said.lower().replace("annum", "year")
    number: float | None = parse_number(match["a"]) if match["a"] else 2 if match["other"] else 1
    if number is None:
        return None
    number = 0.5 if match["part"] else number + 0.5 if match["half"] else number
    sort = {"business": "working ", "working": "working ", "school": "school "}.get((match["sort"] or "").lower(), "")
    return _in_units(number, unit, sort)


def _part_of_cycle(unit: str, often: str) -> str:
    """`bi-annually` is said of twice a year as well as of every second year: it is told as both, and no one period."""
    if often.startswith("bi"):
        return f"twice a {unit} or every second {unit}"
    return "6 months" if unit == "year" else f"half a {unit}"


def _in_units(number: float, unit: str, sort: str) -> str:
    """The period as it is compared: 24 months are 2 years, a fortnight is 2 weeks, 90 minutes are 1.5 hours."""
    if unit in ("fortnight", "biennium"):
        number, unit = 2 * number, "week" if unit == "fortnight" else "year"
    if unit == "month" and number % 12 == 0:
        number, unit = number // 12, "year"
    if unit == "minute" and number % 30 == 0:
        number, unit = number / 60, "hour"
    return f"{number:g} {sort}{unit}{'' if number == 1 else 's'}"


def _number(match: re.Match[str]) -> str | None:
    said = match[0].replace(",", "")
    if "." in said:
        return f"{float(said):g}"
    number = parse_number(said)
    return None if number is None else str(number)


_VALUE = {
    "time": _time,
    "date": _date,
    "age": _age,
    "duration": _duration,
    "number": _number,
}
