from __future__ import annotations

from policybook.domain.adoption import Adoption, Tailoring
from policybook.store.append import parse_plain
from policybook.store.upgraded import print_upgraded

BEFORE = Adoption("oak", "mail", "hr/mail", "1", tailorings=(Tailoring("omit", "mail.a", "not us"),))
TEXT = """\
schema: 1
school: oak # us
model: hr/mail
version: "1"   # pinned in 2022
tailorings:
  # since 2019
  - {omit: mail.a, reason: not us}   # agreed
"""


def test_what_stays_keeps_its_lines_and_comments() -> None:
    after = Adoption("oak", "mail", "hr/mail", "2", tailorings=BEFORE.tailorings)
    assert print_upgraded(TEXT, BEFORE, after, {}) == TEXT.replace('"1"', '"2"')


def test_a_renamed_clause_is_renamed_where_it_stands() -> None:
    after = Adoption("oak", "mail", "hr/mail", "2", tailorings=(Tailoring("omit", "mail.b", "not us"),))
    text = print_upgraded(TEXT, BEFORE, after, {"mail.a": "mail.b"})
    assert "- {omit: mail.b, reason: not us}   # agreed" in text
    assert "# since 2019" in text


def test_words_that_look_like_yaml_are_read_again_as_they_were() -> None:
    words = "Ask: the office # now. " + "They say yes, and [no]. " * 8
    insert = Tailoring("insert", "oak.ask", "local: ours", words.strip(), after="mail.a")
    after = Adoption("oak", "mail", "hr/mail", "2", values={"list": ("a", "b")}, tailorings=(insert,))
    data = parse_plain(print_upgraded(TEXT, BEFORE, after, {}))
    assert data["tailorings"] == [
        {"insert": "oak.ask", "after": "mail.a", "text": words.strip(), "reason": "local: ours"}
    ]
    assert data["values"] == {"list": ["a", "b"]}


def test_departures_that_are_all_gone_leave_no_key_behind() -> None:
    assert "tailorings" not in parse_plain(print_upgraded(TEXT, BEFORE, Adoption("oak", "mail", "hr/mail", "2"), {}))
