"""Signs that steer or turn are shown; words are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policybook.text.slug import is_device
from policybook.text.visible import visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Pupils’ e-mail – é, ŵ, 😀\n\tand a tab", "Pupils’ e-mail – é, ŵ, 😀\n\tand a tab"),
        ("a\x1b[31mb", "a<U+001B>[31mb"),
        ("a\u202etxt", "a<U+202E>txt"),
        ("\x9b\x07\r\u2069", "<U+009B><U+0007><U+000D><U+2069>"),
    ],
)
def test_a_sign_that_steers_is_shown_by_its_number(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_what_is_visible_stays_as_it_is(text: str) -> None:
    assert visible(visible(text)) == visible(text)
    assert not any(ord(sign) < 32 and sign not in "\t\n" for sign in visible(text))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("con", True),
        ("NUL.txt", True),
        ("com1", True),
        ("Lpt9.tar.gz", True),
        ("com10", False),
        ("console", False),
        ("", False),
    ],
)
def test_windows_keeps_some_names_whatever_their_ending(name: str, kept: bool) -> None:
    assert is_device(name) is kept
