"""How a build tells how far it has come."""

from __future__ import annotations

import sys

import pytest

from policybook.cli.progress import show_building


def test_a_pipe_gets_a_line_a_file_and_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    with show_building() as on_done:
        on_done("documents/a.pdf", 1)
        on_done("site/index.html", 0)
    said = capsys.readouterr()
    assert said.out == "made build/documents/a.pdf\nmade build/site/index.html\n"
    assert said.err == ""


def test_a_terminal_gets_a_bar_that_reaches_its_end(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with show_building() as on_done:
        for left in (3, 2, 0):
            on_done("documents/a.pdf", left)
    said = capsys.readouterr()
    assert said.out == ""
    assert "100%" in said.err
