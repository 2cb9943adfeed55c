"""The words that carry rules in school policies, as data. Sources: the policies that schools publish, read by hand."""

from __future__ import annotations

import re

FUNCTION_WORDS = frozenset(
    "a an and are as at be been being but by do does for from had has have having here i in into is it its itself me my "
    "of off on onto or our ours out over own per s so such than that the their them then there these they this those "
    "through to too under up upon us was we were what when where which while who whom whose will with within you your "
    "yours he she his her e g i.e e.g etc also please see and/or via".split()
)

PARTY_WORDS = frozenset(
    "school schools academy academies trust trusts federation centre service services college nursery unit".split()
)
"""Words with which a document speaks of the body it belongs to."""

NAME_COMPANIONS = frozenset("work official relevant corporate".split())
"""Words that may come and go with a name ("SVS work mobile", "school mobile") without making a rule of it."""

OUTER_PARTIES = ("county council", "borough council", "local authority", "council", "diocese", "trust board")
"""Bodies beside the school; that one is no longer named changes who is protected or bound."""

PEOPLE = frozenset(
    "staff employee employees worker workers teacher teachers teaching member members volunteer volunteers governor "
    "governors trustee trustees director directors contractor contractors consultant consultants trainee trainees "
    "visitor visitors pupil pupils student students parent parents carer carers guardian guardians colleague colleagues "
    "user users headteacher head manager managers leader leaders committee agency supply casual temporary permanent "
    "support everyone anyone nobody".split()
)

SCOPE_WORDS = frozenset(
    "all any every each only solely exclusively some most always sometimes both either entirely limited extended".split()
)

WIDE_WORDS = frozenset("all any every each always entirely".split())
NARROW_WORDS = frozenset("some most sometimes limited only solely exclusively".split())

SAME_PEOPLE: dict[str, str] = {
    **dict.fromkeys("staff employee employees worker workers colleague colleagues".split(), "staff"),
    **dict.fromkeys("pupil pupils student students".split(), "pupil"),
    **dict.fromkeys("member members everyone anyone nobody".split(), ""),
    "teachers": "teacher", "governors": "governor", "trustees": "trustee", "directors": "director",
    "volunteers": "volunteer", "contractors": "contractor", "visitors": "visitor", "parents": "parent",
    "carers": "carer", "guardians": "guardian", "managers": "manager", "leaders": "leader", "users": "user",
}  # fmt: skip
"""One word for each group of people; empty where a word names no group of its own ("members of staff")."""

NEGATIONS = frozenset("not never no none nor neither without cannot except unless excluding excepting".split())
EXCEPTIONS = ("except", "unless", "excluding", "other than", "apart from", "with the exception of", "save for")

# (pattern, strength, what it is): the higher, the more it binds. Prohibitions and duties are scales of their own.
MODALS: tuple[tuple[str, int, str], ...] = (
    (r"should not|ought not|should never", 3, "prohibition"),  # first: it holds "never"
    (r"under no circumstances|strictly (?:forbidden|prohibited)|(?:must |may |shall )?never", 5, "prohibition"),
    (r"must not|shall not|may not|cannot|can not|forbidden|prohibited|not (?:permitted|allowed)|do not|does not", 4, "prohibition"),
    (r"will not|are not to|is not to", 4, "prohibition"),
    (r"should avoid|avoid|discouraged|not recommended|advised not to|advised against", 2, "prohibition"),
    (r"must|shall|required to|are to|is to|have to|has to|need to|needs to", 4, "duty"),
    (r"should|ought to|expected to", 3, "duty"),
    (r"(?:is|are) advised|advised to|encouraged to|recommended|asked to|requested to", 2, "duty"),
    (r"may|can|could|permitted to|allowed to|free to", 1, "permission"),
)  # fmt: skip

SANCTIONS = (
    "gross misconduct", "serious misconduct", "misconduct", "disciplinary action", "disciplinary", "dismissal",
    "dismissed", "prosecution", "prosecuted", "criminal", "suspension", "suspended", "exclusion", "excluded",
    "warning", "referred to", "referral", "ban", "banned", "police", "sanction", "sanctions",
)  # fmt: skip

# Counted repeats throughout: a megabyte of capitalised words must not be read over again from each of them.
AUTHORITY = re.compile(
    r"(?:[A-Z][\w'’]{0,40}(?: (?:of|and|the|for|in|etc)| \([^)]{0,60}\)){0,3} ){0,10}[A-Z][\w'’]{0,40},? "
    r"(?:Act|Acts|Regulations|Order|Directive)\b ?(?:\(?\d{4}\)?)?"
    r"|\b(?:UK )?GDPR\b|\bLADO\b|\bKCSI?E\b|Keeping Children Safe in Education|\bDfE\b|\bICO\b|\bOfsted\b"
    r"|\bguidelines\b|\bstatutory\b|\btrade union\b|\bunions?\b"
)

DEFINING = re.compile(r"\b(?:is|are|be) defined as\b|\bis taken to mean\b|\bmeans\b|\brefers to\b", re.I)
