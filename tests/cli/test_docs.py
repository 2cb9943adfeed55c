"""The manual is true: its commands can be given as they stand, its links lead somewhere, the files it names are there."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from conftest import ROOT
from policybook.cli import main


def all_commands(group: click.Group) -> Iterator[tuple[str, click.Command]]:
    """Every command with the name of the group's own command that it stands under."""
    for name, command in group.commands.items():
        inner = command.commands.values() if isinstance(command, click.Group) else [command]
        yield from ((name, each) for each in inner)


PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
NAMES = [page.relative_to(ROOT).as_posix() for page in PAGES]
_BLOCK = re.compile(r"^ *```[^\n]*\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`(policybook [^`]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_ANCHOR = re.compile(r"[^\w\- ]")
_FILE = re.compile(r"`((?:tools|tests|docs|templates/default|\.ci)/[\w./-]+\.[a-z]+)`")
_ANY = re.compile(r"[A-Z]+")
"""A word that stands for another: FORMAT, V."""


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_command_in_the_manual_can_be_given(page: Path) -> None:
    for line in commands_of(page.read_text(encoding="utf-8")):
        assert parse(line) is None, f"{line}: {parse(line)}"


def test_a_command_or_an_option_that_there_is_not_would_be_seen() -> None:
    for line in ("policybook colate A B", "policybook compare A B --too json", "policybook compare A B --to xml"):
        assert parse(line)
    assert list(commands_of("```\n$ policybook check \\\n    --to json   # all\n```\n")) == [
        "policybook check --to json"
    ]


@pytest.mark.parametrize(("name", "command"), [*all_commands(main)], ids=lambda value: getattr(value, "name", ""))
def test_every_option_stands_in_the_reference_of_its_command(name: str, command: click.Command) -> None:
    text = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    told = "".join(
        part for part in re.split(r"^## ", text, flags=re.MULTILINE) if part.startswith(f"`policybook {name}")
    )
    options = [option for param in command.params for option in param.opts if option.startswith("--")]
    everywhere = ("--to", "--workspace")
    assert [option for option in options if option not in told and option not in everywhere] == []


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_link_in_the_manual_leads_somewhere(page: Path) -> None:
    for link in _LINK.findall(_BLOCK.sub("", page.read_text(encoding="utf-8"))):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors_of(target.read_text(encoding="utf-8")), link


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_file_of_the_project_that_the_manual_names_is_there(page: Path) -> None:
    for name in _FILE.findall(page.read_text(encoding="utf-8")):
        assert (ROOT / name).exists(), name


def test_the_architecture_names_the_rooms_as_they_are() -> None:
    text = (ROOT / "docs" / "dev" / "architecture.md").read_text(encoding="utf-8")
    drawn = re.findall(r"^([a-z |]+?)  ", _BLOCK.findall(text)[0] + "  ", re.MULTILINE)
    named = {room for line in (*drawn, *re.findall(r"^store.*$", text, re.MULTILINE)) for room in line.split(" | ")}
    rooms = {folder.name for folder in (ROOT / "tools" / "policybook").iterdir() if (folder / "__init__.py").is_file()}
    assert named == rooms


def commands_of(text: str) -> Iterator[str]:
    """The command lines of a page: those in blocks, joined where one goes on, and those within a sentence."""
    for block in _BLOCK.findall(text):
        for line in block.replace("\\\n", " ").splitlines():
            words = re.sub(r"\s+#.*", "", line.strip().removeprefix("$ ").removeprefix(".venv/bin/"))
            if words.startswith("policybook "):
                yield " ".join(words.split())
    yield from (" ".join(words.split()) for words in _CODE.findall(_BLOCK.sub("", text)))


def parse(line: str) -> str | None:
    """Why a command line could not be given, or None; nothing is run. `…` ends it, and `[…]` may be left out.

    An option named last may be without its value: sentences speak of options so.
    """
    words = shlex.split(re.sub(r"[\[\]]", "", line.partition("…")[0]))[1:]
    command: click.Command = main
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        name = words.pop(0)
        if _ANY.fullmatch(name):
            return None
        if name not in command.commands:
            return f"there is no command {name}"
        command = command.commands[name]
    options = [option for param in command.params for option in param.opts]
    context = click.Context(command, info_name=command.name)
    try:
        given, _, _ = command.make_parser(context).parse_args(
            [*words, *(["X"] if words[-1:] and words[-1] in options else [])]
        )
        for param in command.params:
            told = given.get(param.name or "")
            if isinstance(param.type, click.Choice) and isinstance(told, str) and not _ANY.fullmatch(told):
                for one in told.split("|"):
                    param.type.convert(one, param, context)
    except click.UsageError as error:
        return error.format_message()
    return None


def anchors_of(text: str) -> set[str]:
    """The anchors of a page's headings, as mkdocs and GitHub make them."""
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"\s", "-", _ANCHOR.sub("", title.replace("`", "").strip().lower())) for title in titles}
