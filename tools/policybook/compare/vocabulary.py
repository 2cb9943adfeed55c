"""The words that carry rules in school policies, as data. Sources: the policies that schools publish, read by hand."""

from __future__ import annotations

import re

FUNCTION_WORDS = frozenset(
    "a an and are as at be been being but by do does for from had has have having here i in into is it its itself me my "
    "of off on onto or our ours out over own per s so such than that the their them then there these they this those "
    "through to too under up upon us was we were what when where which while who whom whose will with within you your "
    "yours he she his her e g i.e e.g etc also please see and/or via".split()
)

LITTLE_WORDS = frozenset(
    "must may shall should will can could would ensure ensuring ensures make makes sure something anything everything anyone anybody everyone case "
    "cases occasion occasions circumstance circumstances event accordance respect regard order purpose purposes reason "
    "takes take taken doing done else further any place carried responsible responsibility necessary following concerned relating required".split()
)
"""Words of which a sentence is built, and that ask for nothing by themselves ("must ensure that")."""

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
    "assistant assistants technician technicians apprentice apprentices sibling siblings "
    "support everyone anyone nobody professional professionals partner partners relative relatives".split()
)

SCOPE_WORDS = frozenset(
    "all any every each only solely exclusively some most always sometimes both either entirely limited extended".split()
)

NARROWING = frozenset(
    "serious persistent repeated permanent regularly regular frequently frequent enhanced urgent significant substantial minor "
    "major deliberate deliberately knowingly intentionally unspent overnight residential internal external personal private current former past previous exceptional".split()
)
"""Words of which one more or less sets what a rule holds for ("serious" misconduct, "former" pupils)."""

WIDE_WORDS = frozenset("all any every each always entirely".split())
NARROW_WORDS = frozenset("some most sometimes limited only solely exclusively".split())

SAME_PEOPLE: dict[str, str] = {
    **dict.fromkeys("staff employee employees worker workers colleague colleagues".split(), "staff"),
    **dict.fromkeys("pupil pupils student students".split(), "pupil"),
    **dict.fromkeys("member members everyone anyone nobody".split(), ""),
    "head": "headteacher", "teachers": "teacher", "governors": "governor", "trustees": "trustee", "directors": "director",
    "volunteers": "volunteer", "contractors": "contractor", "visitors": "visitor", "parents": "parent",
    "carers": "carer", "guardians": "guardian", "managers": "manager", "leaders": "leader", "users": "user",
}  # fmt: skip
"""One word for each group of people; empty where a word names no group of its own ("members of staff")."""

NEGATIONS = frozenset(
    "not never no nobody none nor nothing neither without cannot except unless excluding excepting".split()
)
EXCEPTIONS = (
    "except", "unless", "excluding", "other than", "(?<!and )(?<!kept )(?<!set )apart from", "with the exception of", "otherwise than",
    "save (?:for|in|where|when|that|as|with)",
)  # fmt: skip

CONDITIONS = (
    "(?<!is )(?<!are )(?<!be )(?<!was )provided(?: that|,| (?:it|they|he|she|you|we|there|the|this|these|that|an?|no|all)\\b)",
    "so long as",
    "as long as",
    "subject to",
    "on condition that",
    "only (?:if|with|after|where|when)",
    "if (?:the )?[a-z ]{3,30} (?:agrees?|permits?|consents?|approves?)",
    "(?:with|without) (?:(?:the|their|his|her|our|your) )?(?:prior |express |written )*(?:permission|consent|agreement|approval)",
    "written",
    "in writing",
)
"""What must be so before something may be done: a permission with one is narrower, a ban with one is wider open."""

SOFTENERS = (
    "normally", "usually", "generally", "ordinarily", "as a rule", "in most cases", "(?:where|wherever|when|if|whenever) "
    "(?:(?:it|this|that) is )?(?:possible|practicable|practical|appropriate|feasible|necessary)", "(?:as|so) far as (?:is )?(?:reasonably )?(?:possible|"
    "practicable)", "reasonably practicable", "where (?:they|you|we|it|staff) can", "at (?:the|their) [a-z ]{0,30}discretion", "(?:tr(?:y|ies)|aims?|endeavours?|attempts?|seeks?) to", "consider \\w+ing",
)  # fmt: skip
"""Words that leave room in a rule."""

MODALS: tuple[tuple[str, int, str, str], ...] = (
    (r"should not|ought not|should never", 3, "prohibition", "should ought"),  # first: it holds "never"
    (r"(?:should |must |may )?not under any circumstances|under no circumstances|strictly (?:forbidden|prohibited)", 5, "prohibition", "circumstances strictly"),
    (r"(?:must |may |shall )?never|must not|shall not|may not|cannot|can not|could not|forbidden|prohibited|banned|not (?:be )?(?:permitted|allowed|acceptable)|"
     r"unacceptable|do not|does not", 4, "prohibition", "never not forbidden prohibited banned unacceptable"),
    (r"will not|are not to|is not to", 4, "prohibition", "not"),
    (r"(?:must|shall|required to|have to|has to) (?:refrain|avoid)", 4, "prohibition", "refrain avoid"),
    (r"not recommended|not advis(?:ed|able)|inadvisable|(?:strongly )?advised (?:not\b|against)|unwise|(?:should |best )?avoid|"
     r"discouraged|should refrain|refrain", 2, "prohibition", "not advis unwise avoid discouraged refrain"),
    (r"expected that (?:\w+ ){1,6}will", 3, "duty", "expected"),
    (r"must|shall|will|required to|(?:has|have) a (?:duty|responsibility) to|(?:a|the) requirement|mandatory|compulsory|obliged to|are to|is to|have to|has to|need to|"
     r"needs to|(?:is|are) (?:essential|vital|imperative)", 4, "duty", ""),
    (r"should|ought to|expected to", 3, "duty", "should ought expected"),
    (r"(?:is|are) (?:strongly )?(?:advised|encouraged|recommended|asked|requested|urged)|advised to|encouraged to|recommended|"
     r"asked to|requested to|urged to|advisable|desirable|(?:good|best) practice", 2, "duty", "advis encouraged recommended asked requested urged desirable practice"),
    (r"may|can|could|permitted|allowed|acceptable|free to|optional", 1, "permission", "may can could permitted allowed acceptable free optional"),
)  # fmt: skip
"""Pattern, strength, scale, and letters of which a text must have some to hold it (none: any text may).

The higher the strength, the more it binds; prohibitions and duties are scales of their own.
"""

SANCTIONS = (
    "final written warning", "final warning", "gross misconduct", "serious misconduct", "misconduct", "disciplinary action", "disciplinary", "dismissal",
    "dismissed", "prosecution", "prosecuted", "criminal", "suspension", "suspended", "exclusion", "excluded",
    "warning", "referred to", "referral", "ban", "banned", "police", "sanction", "sanctions",
)  # fmt: skip
SEVERITY = {
    "warning": 1, "final warning": 3, "final written warning": 3, "disciplinary": 2, "disciplinary action": 2, "misconduct": 3, "suspension": 4, "suspended": 4,
    "serious misconduct": 4, "exclusion": 4, "excluded": 4, "gross misconduct": 5, "dismissal": 5, "dismissed": 5,
}  # fmt: skip
"""How hard a sanction is, for those of an employer; what the police do is on no scale with them."""

CITING_WORDS = frozenset(
    "act acts regulation regulations order directive gdpr standard standards guidance code policy procedure education".split()
)
"""Capitalised words of what is cited: no names of a school or a supplier."""

PASSING_WORDS = frozenset(
    "however therefore also then thus furthermore moreover indeed instead too likewise otherwise especially example "
    "respectively overall usually normally generally ordinarily always".split()
)
"""Words between commas that add nothing to a list."""

ROLES: dict[str, str] = {
    "governing body": "governor", "governing board": "governor", "board of governors": "governor",
    "(?<!vice[- ])chair(?:man|woman|person)?(?: of governors)?": "chair of governors", "vice[- ]chair": "vice-chair", "trust board": "trust board",
    "board of trustees": "trustee", "deputy head(?:teacher| teacher)?": "deputy head",
    "assistant head(?:teacher| teacher)?": "assistant head", "executive head(?:teacher| teacher)?": "executive head",
    "head ?teacher|head of school|principal|the head": "headteacher",
    "(?:designated )?safeguarding (?:lead|officer)|dsl": "safeguarding lead",
    "data protection officer|dpo": "data protection officer", "line manager": "line manager",
    "(?:school )?business manager|bursar": "business manager", "chief executive(?: officer)?|ceo": "chief executive",
    "senior leadership team|slt|senior leaders?": "senior leader", "senco|sendco": "senco",
    "part[- ]time": "part-time", "full[- ]time": "full-time", "fixed[- ]term": "fixed-term", "newly[- ]qualified": "newly qualified",
    "clerk": "clerk", "human resources|hr": "human resources", "local authority designated officer|lado": "lado", "police": "police",
}  # fmt: skip
"""Those who decide, approve or are told, as patterns; one name for each."""

TITLES = frozenset(
    "manager managers lead leader leaders officer officers coordinator technician technicians secretary clerk assistant "
    "assistants administrator director directors teacher teachers head headteacher governor governors committee panel".split()
)
"""The last word of what somebody is called by their work ("office manager", "staffing committee")."""

_DECIDER = (
    r"(?:head|headteacher|principal|chair|bursar|manager|governors|governing body|governing board|committee|lead|clerk)"
)
JOINED_ROLES = re.compile(rf"\b{_DECIDER}(?: of \w+)? (?:and|or) (?:the |an? )?(?:\w+ ){{0,2}}?{_DECIDER}\b", re.I)
"""Two who decide, joined by "and" or "or"."""

SAME_SANCTION = {"final written warning": "final warning", "disciplinary action": "disciplinary", "dismissed": "dismissal", "prosecuted": "prosecution",
                 "suspended": "suspension", "excluded": "exclusion", "banned": "ban", "referred to": "referral", "sanctions": "sanction"}  # fmt: skip
"""One name for each sanction, to tell whether another is named."""

# Counted repeats throughout: a megabyte of capitalised words must not be read over again from each of them.
AUTHORITY = re.compile(
    r"(?:[A-Z][\w'’]{0,40}(?: (?:of|and|the|for|in|etc)| \([^)]{0,60}\)){0,3} ){0,10}[A-Z][\w'’]{0,40},? "
    r"(?:Act|Acts|Regulations|Order|Directive)\b ?(?:\(?\d{4}\)?)?"
    r"|\b(?:UK )?GDPR\b|\bLADO\b|(?:\bKCSI?E\b|Keeping Children Safe in Education)(?:,? \(?(?:19|20)\d\d\)?)?|\bDfE\b|\bICO\b"
    r"|\bOfsted\b|\bTeachers['’]? Standards\b|Working Together to Safeguard Children(?:,? \(?(?:19|20)\d\d\)?)?|\bPrevent [Dd]uty\b|\bDBS\b"
    r"|Disclosure and Barring Service|Teaching Regulation Agency"
    r"|\bguidelines\b|\bstatutory\b|\btrade union\b|\bunions?\b"
)

DEFINING = re.compile(
    r"\b(?:is|are|be) defined as\b|\bis taken to mean\b|(?<!\bby )\bmeans\b(?! of\b)|\brefers to\b", re.I
)
