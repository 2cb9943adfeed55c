"""Ids made from names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policybook.text.slug import slug_of


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("St Mary's & All Saints", "st-marys-and-all-saints"),
        ("St Mary’s  &  All Saints", "st-marys-and-all-saints"),
        ("Éire Green", "eire-green"),
        ("Con", "con-school"),
        ("LPT1", "lpt1-school"),
        ("Cone", "cone"),
        ("../../etc/passwd", "etc-passwd"),
        ("日本", ""),
        ("x" * 90, "x" * 60),
    ],
)
def test_a_name_gives_one_id(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_a_town_stays_whole_however_long_the_name() -> None:
    assert slug_of("y " * 60, "Luton").endswith("-luton")
    assert len(slug_of("y " * 60, "Luton")) <= 60


@given(st.text(max_size=80))
def test_an_id_is_safe_and_its_own_id(name: str) -> None:
    slug = slug_of(name)
    assert slug_of(slug) == slug
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug not in ("con", "nul", "aux", "prn", "com1")
