from __future__ import annotations

from pathlib import Path

import pytest

from policybook.jobs import Cache


def kept(file: Path, limit: int = 1_000_000) -> Cache:
    with Cache(file, limit) as cache:
        for number in range(20):
            cache.put(f"k{number}", b"answer %d" % number * 50)
    return cache


def test_what_was_kept_is_there_the_next_time(tmp_path: Path) -> None:
    kept(tmp_path / "new folder" / "c.sqlite")
    with Cache(tmp_path / "new folder" / "c.sqlite") as cache:
        assert "k3" in cache
        assert cache.get("k3") == b"answer 3" * 50
        assert cache.get("other") is None
    assert (cache.hits, cache.misses) == (1, 1)


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.6, 0.95])
def test_a_file_cut_short_is_a_miss_and_never_an_error(tmp_path: Path, share: float) -> None:
    file = tmp_path / "c.sqlite"
    kept(file)
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * share)])
    with Cache(file) as cache:
        for number in range(20):
            assert cache.get(f"k{number}") in (None, b"answer %d" % number * 50)
        cache.put("new", b"word")
    with Cache(file) as cache:
        assert cache.get("new") == b"word"


def test_a_file_with_bytes_turned_never_gives_another_answer(tmp_path: Path) -> None:
    file = tmp_path / "c.sqlite"
    kept(file)
    content = bytearray(file.read_bytes())
    for place in range(200, len(content), 97):
        content[place] ^= 0xFF
    file.write_bytes(content)
    with Cache(file) as cache:
        assert all(cache.get(f"k{number}") in (None, b"answer %d" % number * 50) for number in range(20))


def test_a_file_of_something_else_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "c.sqlite"
    file.write_text("no database at all, but long enough to be looked at" * 100)
    kept(file)
    with Cache(file) as cache:
        assert cache.get("k1") is not None


def test_those_go_whose_last_use_is_longest_ago(tmp_path: Path) -> None:
    file = tmp_path / "c.sqlite"
    kept(file)
    with Cache(file, limit=300) as cache:
        assert cache.get("k0") is not None
    with Cache(file) as cache:
        assert "k0" in cache
        assert "k1" not in cache
        assert "k19" in cache


def test_a_place_that_cannot_be_written_to_keeps_nothing_and_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = kept(tmp_path / "file" / "c.sqlite")
    assert cache.get("k1") is None
    assert "k1" not in cache


def test_two_runs_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    file = tmp_path / "c.sqlite"
    with Cache(file) as one:
        one.put("a", b"1")
        one._base.commit()  # type: ignore[union-attr]
        with Cache(file) as two:
            assert two.get("a") == b"1"
        one.put("c", b"3")
    with Cache(file) as cache:
        assert cache.get("c") == b"3"
