"""What a governor would say of a change, written down before the program was asked."""

from __future__ import annotations

import pytest

from policybook.domain.comparison import ChangeKind, Direction, FactKind
from row_sample import row_of

# before, after, fact kinds of which one must be told, and its direction (None: any will do)
OF_SUBSTANCE: tuple[tuple[str, str, tuple[FactKind, ...], Direction | None], ...] = (
    # ages
    ("Staff must not contact former pupils under 18.", "Staff must not contact former pupils under 21.", ("age",), "stricter"),
    ("Contact with leavers is not permitted until they reach nineteen.", "Contact with leavers is not permitted until they reach eighteen.", ("age",), "weaker"),
    ("Leavers who are at least 16 years old may be sent the newsletter.", "Leavers who are at least 18 years old may be sent the newsletter.", ("age",), None),
    ("Volunteers aged 16 and over may help on trips.", "Volunteers aged 18 and over may help on trips.", ("age",), None),
    ("Accounts may be opened from the age of thirteen.", "Accounts may be opened from the age of sixteen.", ("age",), None),
    ("All pupils sign the agreement.", "Pupils under 16 sign the agreement.", ("age",), None),
    ("Staff must not befriend former pupils until their 18th birthday.", "Staff must not befriend former pupils until their 19th birthday.", ("age",), "stricter"),
    # times, durations, dates
    ("Core hours are 8.30am to 4.15pm.", "Core hours are 9am to 4.15pm.", ("time",), None),
    ("Messages are sent between 07:00 and 19:00 only.", "Messages are sent between 07:00 and 21:00 only.", ("time",), None),
    ("A complaint must be answered within 5 working days.", "A complaint must be answered within 10 working days.", ("duration",), "weaker"),
    ("A complaint must be answered within ten days.", "A complaint must be answered within five days.", ("duration",), "stricter"),
    ("A lost laptop must be reported within 24 hours.", "A lost laptop must be reported within 48 hours.", ("duration",), "weaker"),
    ("Replies are due within five working days.", "Replies are due within five calendar days.", ("duration",), None),
    ("A lost laptop must be reported immediately.", "A lost laptop must be reported within two days.", ("duration",), None),
    ("This policy is reviewed annually.", "This policy is reviewed every two years.", ("duration",), None),
    ("Passwords are changed once a term.", "Passwords are changed once a year.", ("duration",), None),
    ("Logs are kept for six months.", "Logs are kept for a year.", ("duration",), None),
    ("This applies with effect from 1 September 2024.", "This applies with effect from 1 January 2025.", ("date",), None),
    ("The new rules apply from September.", "The new rules apply from January.", ("date",), None),
    # numbers
    ("Gifts worth more than £25 must be declared.", "Gifts worth more than £50 must be declared.", ("number",), None),
    ("A password has at least 8 characters.", "A password has at least twelve characters.", ("number",), None),
    ("At least two governors sit on the panel.", "At least three governors sit on the panel.", ("number",), None),
    ("At least two governors sit on the panel.", "At most two governors sit on the panel.", ("number", "scope"), None),
    ("Private use stays below 10% of the monthly allowance.", "Private use stays below 25% of the monthly allowance.", ("number",), None),
    # how far it binds
    ("Staff must use their work account.", "Staff should use their work account.", ("modal",), "weaker"),
    ("Staff will use their work account.", "Staff should use their work account.", ("modal",), "weaker"),
    ("The school will review each case.", "The school may review each case.", ("modal",), "weaker"),
    ("Staff shall log off each evening.", "Staff may log off each evening.", ("modal",), "weaker"),
    ("Staff are not permitted to lend their keys.", "Staff may lend their keys.", ("modal", "negation"), "weaker"),
    ("Staff are discouraged from lending their keys.", "Staff must not lend their keys.", ("modal",), "stricter"),
    ("Staff are advised not to lend their keys.", "Staff must not lend their keys.", ("modal",), "stricter"),
    ("Staff are strongly encouraged to log off.", "Staff must log off.", ("modal",), "stricter"),
    ("It is essential that staff log off.", "It is good practice that staff log off.", ("modal",), "weaker"),
    ("Staff never lend their keys.", "Staff avoid lending their keys.", ("modal",), "weaker"),
    ("Staff should seek advice before they post.", "Staff are required to seek advice before they post.", ("modal",), "stricter"),
    ("Personal data may be kept on memory sticks.", "Personal data may not be kept on memory sticks.", ("modal", "negation"), "stricter"),
    ("Phones are allowed in the staff room.", "Phones are not allowed in the staff room.", ("modal", "negation"), "stricter"),
    ("Staff do not accept pupils as friends online.", "Staff accept pupils as friends online.", ("modal", "negation"), None),
    ("It is acceptable to share a login.", "It is unacceptable to share a login.", ("modal", "negation"), None),
    ("Staff can't share a login.", "Staff can share a login.", ("modal", "negation"), "weaker"),
    ("Each breach is looked into.", "Each breach may be looked into.", ("modal",), "weaker"),
    ("A lost key should be reported.", "A lost key is reported.", ("modal",), "stricter"),
    # periods
    ("It is reviewed annually.", "It is reviewed bi-annually.", ("duration",), "unclear"),
    ("It is reviewed every year.", "It is reviewed biannually.", ("duration",), "unclear"),
    ("Keys are counted termly.", "Keys are counted half-termly.", ("duration",), "unclear"),
    ("A loss must be reported within 3 days.", "A loss must be reported at once.", ("duration",), "unclear"),
    # exceptions and conditions
    ("Staff must not give lifts to pupils.", "Staff must not give lifts to pupils except with the permission of the headteacher.", ("negation",), "weaker"),
    ("Staff must not give lifts to pupils, save in an emergency.", "Staff must not give lifts to pupils.", ("negation",), "stricter"),
    ("Staff must not give lifts to pupils.", "Staff must not normally give lifts to pupils.", ("scope", "negation", "modal"), "weaker"),
    ("Staff normally use school cameras.", "Staff use school cameras.", ("scope", "negation", "modal"), None),
    ("Staff must use school cameras.", "Staff must, where possible, use school cameras.", ("scope", "negation"), "weaker"),
    ("Staff must lock the cabinet.", "Staff must lock the cabinet as far as is reasonably practicable.", ("scope", "negation", "added-text"), "weaker"),
    ("Lifts are given except with the consent of the headteacher.", "Lifts are given except with the consent of the governors.", ("negation", "who"), None),
    ("Staff may use a private account.", "Staff may use a private account provided that the headteacher agrees.", ("negation", "added-text"), None),
    ("Photographs are taken with permission.", "Photographs are taken without permission.", ("negation",), None),
    ("Gifts may be accepted.", "Gifts may not be accepted without prior approval.", ("modal", "negation"), "stricter"),
    # scope
    ("School laptops may be used for private study.", "School laptops may only be used for private study.", ("scope",), None),
    ("All incidents must be recorded.", "Serious incidents must be recorded.", ("scope",), None),
    ("Either parent signs the form.", "Both parents sign the form.", ("scope",), None),
    ("Every message must be kept.", "Most messages must be kept.", ("scope",), "weaker"),
    # who
    ("This policy applies to all employees.", "This policy applies to all employees, governors and volunteers.", ("who",), None),
    ("Employees, contractors and agency workers sign the form.", "Employees sign the form.", ("who",), None),
    ("Trips are approved by the governing body.", "Trips are approved by the headteacher.", ("who",), None),
    ("The headteacher or the chair of governors may agree to this.", "The headteacher may agree to this.", ("who",), None),
    ("Concerns go to the designated safeguarding lead.", "Concerns go to the headteacher.", ("who",), None),
    ("Leave is agreed with the line manager.", "Leave is agreed with the business manager.", ("who",), None),
    ("Parents are told of any breach.", "Parents and pupils are told of any breach.", ("who",), None),
    ("Volunteers wear a badge.", "Visitors wear a badge.", ("who",), None),
    ("Notes go to parents, to colleagues and to other professionals.", "Notes go to parents and to colleagues.", ("who",), None),
    ("Keys are held by those whom the bursar chose.", "Keys are held by the company that cleans the rooms.", ("who",), None),
    # sanctions
    ("A breach may lead to disciplinary action.", "A breach will result in disciplinary action.", ("sanction", "modal"), "stricter"),
    ("A breach may lead to dismissal.", "A breach may lead to a written warning.", ("sanction",), "weaker"),
    ("A breach is treated as misconduct.", "A breach is treated as gross misconduct.", ("sanction",), "stricter"),
    ("A breach is dealt with by the headteacher.", "A breach is dealt with by the headteacher and may lead to suspension.", ("sanction", "added-text"), "stricter"),
    ("Offences are reported to the police.", "Offences are reported to the headteacher.", ("sanction", "who"), None),
    # authority
    ("Data is handled under the Data Protection Act 1998.", "Data is handled under the UK GDPR and the Data Protection Act 2018.", ("authority",), None),
    ("Staff read Keeping Children Safe in Education 2023.", "Staff read Keeping Children Safe in Education 2025.", ("authority", "date", "number"), None),
    ("Requests are answered as the law says.", "Requests are answered under the Freedom of Information Act 2000.", ("authority",), None),
    ("Monitoring follows the Human Rights Act 1998.", "Monitoring follows the Equality Act 2010.", ("authority",), None),
    ("Staff keep to the Teachers' Standards.", "Staff keep to the code of conduct.", ("authority",), None),
    # definitions
    ("A young person means anyone under 18.", "A young person means anyone under 25.", ("age",), None),
    ("“Staff” includes governors and volunteers.", "“Staff” includes volunteers.", ("who", "definition"), None),
    ("Social media means websites on which people share pictures.", "Social media means websites and messaging services on which people share pictures.", ("definition", "added-text"), None),
    # words of their own
    ("Staff keep receipts.", "Staff keep receipts. Claims are checked by the office each Friday.", ("added-text",), None),
    ("Staff keep receipts and hand over originals with each expense claim.", "Staff keep receipts.", ("dropped-text",), None),
)  # fmt: skip

# before, after, what it may be told as
NOT_OF_SUBSTANCE: tuple[tuple[str, str, tuple[ChangeKind, ...]], ...] = (
    # spelling and marks
    ("The organisation's licence is enrolled in the programme.", "The organization's license is enrolled in the program.", ("editorial",)),
    ("Staff fulfil their duties and use their judgement.", "Staff fulfill their duties and use their judgment.", ("editorial",)),
    ("Staff MUST NOT share a login.", "Staff must not share a login.", ("same", "editorial")),
    ("Send an e-mail to the head teacher on-line.", "Send an email to the headteacher online.", ("editorial",)),
    ("Staff co-operate whilst on site and amongst pupils.", "Staff cooperate while on site and among pupils.", ("editorial", "reworded")),
    ("Staff don't share a login.", "Staff do not share a login.", ("editorial", "reworded")),
    ("Staff can't share a login.", "Staff cannot share a login.", ("editorial", "reworded")),
    ("Staff mustn't share a login.", "Staff must not share a login.", ("editorial", "reworded")),
    ("Use it wisely, e.g. for work.", "Use it wisely, for example for work.", ("editorial", "reworded")),
    # the same measure written in another way
    ("Calls end by 6pm.", "Calls end by 18:00.", ("editorial",)),
    ("Core hours are 8.30 am - 3.30 pm.", "Core hours are 08.30 – 15.30.", ("editorial",)),
    ("The office opens at 9.00 a.m. each day.", "The office opens at 9am each day.", ("editorial",)),
    ("Answers are given within 5 working days.", "Answers are given within five working days.", ("editorial",)),
    ("There are twenty-one keys.", "There are 21 keys.", ("editorial",)),
    ("It is reviewed annually.", "It is reviewed every year.", ("editorial", "reworded")),
    ("It is reviewed annually.", "It is reviewed once a year.", ("editorial", "reworded")),
    ("It is reviewed every six months.", "It is reviewed half-yearly.", ("editorial", "reworded")),
    ("A breach is looked into.", "A breach will be looked into.", ("editorial", "reworded")),
    ("Keys are held by people who sign for them.", "Keys are held by those who sign for them.", ("reworded",)),
    ("It is reviewed every two years.", "It is reviewed every 24 months.", ("editorial", "reworded")),
    ("Keys are lent for a fortnight.", "Keys are lent for two weeks.", ("editorial", "reworded")),
    ("It applies from 1 September 2024.", "It applies from 1st September 2024.", ("editorial",)),
    ("It applies from 01/09/2024.", "It applies from 1 September 2024.", ("editorial", "reworded")),
    # as binding as before
    ("Staff shall log off.", "Staff must log off.", ("reworded",)),
    ("Staff are required to log off.", "Staff must log off.", ("reworded",)),
    ("Staff have to log off.", "Staff must log off.", ("reworded",)),
    ("Staff are prohibited from lending keys.", "Staff must not lend keys.", ("reworded",)),
    ("Staff are not permitted to lend keys.", "Staff are not allowed to lend keys.", ("reworded",)),
    ("Staff should log off.", "Staff are expected to log off.", ("reworded",)),
    ("Doors are locked at all times.", "Doors are always locked.", ("reworded",)),
    ("Any member of staff may ask.", "Every member of staff may ask.", ("reworded",)),
    # other words
    ("Staff must ensure that doors are shut.", "Staff must make sure that doors are shut.", ("reworded",)),
    ("Rules are kept in accordance with the law.", "Rules are kept in line with the law.", ("reworded",)),
    ("Inform the head teacher immediately.", "Tell the headteacher at once.", ("reworded",)),
    ("The office keeps the keys.", "The keys are kept by the office.", ("reworded",)),
    ("Phones, tablets and laptops are kept in lockers.", "Laptops, tablets and phones are kept in lockers.", ("reworded",)),
    ("Staff members lock their rooms.", "Members of staff lock their rooms.", ("editorial", "reworded")),
    ("Students hand in their phones.", "Pupils hand in their phones.", ("reworded",)),
    ("Teachers ask one of the governors.", "Teachers ask a governor.", ("reworded",)),
    ("Concerns are passed to the Designated Safeguarding Lead (DSL) at once.", "Concerns are passed to the DSL at once.", ("editorial", "reworded", "value")),
    ("Ask the headteacher first.", "Ask the principal first.", ("reworded", "value")),
    # names, details and references
    ("Speak to Mrs Hill about keys.", "Speak to Mr Dale about keys.", ("value",)),
    ("Write to office@oak.example about keys.", "Write to office@elm.example about keys.", ("value",)),
    ("Telephone 01582 548200 about keys.", "Telephone 01234 567890 about keys.", ("value",)),
    ("See www.oak.example for the form.", "See www.elm.example for the form.", ("value",)),
    ("The form stands in section 5 below.", "The form stands in section 6 below.", ("editorial", "reworded", "value")),
    ("See Appendix A for the form.", "See Appendix 1 for the form.", ("editorial", "reworded", "value")),
    ("Keys are lent (see paragraph 4.2).", "Keys are lent (see paragraph 5.1).", ("editorial", "reworded", "value")),
    ("The school keeps a log.", "The academy keeps a log.", ("value",)),
    ("The academy trust keeps a log.", "The school keeps a log.", ("value",)),
)  # fmt: skip


@pytest.mark.parametrize(("before", "after", "kinds", "direction"), OF_SUBSTANCE)
def test_a_change_that_matters_is_told_with_its_kind_and_direction(
    before: str, after: str, kinds: tuple[FactKind, ...], direction: Direction | None
) -> None:
    row = row_of(before, after)
    assert row.change == "substantive"
    told = [fact.direction for fact in row.facts if fact.kind in kinds]
    assert told
    assert direction is None or direction in told


@pytest.mark.parametrize(("before", "after", "changes"), NOT_OF_SUBSTANCE)
def test_a_change_that_does_not_matter_is_not_told_as_one_of_substance(
    before: str, after: str, changes: tuple[ChangeKind, ...]
) -> None:
    row = row_of(before, after)
    assert (row.change, row.facts) == (row.change, ())
    assert row.change in changes
