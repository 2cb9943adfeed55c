from __future__ import annotations

import pytest

from policybook.text.near import did_you_mean

KNOWN = ("oakfield-primary-school", "st-marys", "ysgol-ty-gwyn")

SAID = [
    ("oakfeild-primary-school", "did you mean oakfield-primary-school?"),
    ("oakfield", "did you mean oakfield-primary-school?"),
    ("st-mary", "did you mean st-marys?"),
    ("gwyn", "did you mean ysgol-ty-gwyn?"),
    ("northgate-academy", ""),
    ("", ""),
]


@pytest.mark.parametrize(("name", "said"), SAID)
def test_the_nearest_name_is_offered_and_none_where_none_is_near(name: str, said: str) -> None:
    assert did_you_mean(name, KNOWN) == said
    assert did_you_mean(name, ()) == ""
