"""Nothing is sent anywhere and nothing fetched: not by the program, nor by the converters that it starts."""

from __future__ import annotations

import ast
import http.server
import json
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypandoc
import pytest

from conftest import ROOT
from intake.test_refused import W, _package
from policybook.domain.error import UnreadableDocument
from policybook.intake import convert, read_document
from record_sample import write_sample

SOURCE = ROOT / "tools" / "policybook"
TALKS = {"socket", "ssl", "http", "urllib.request", "urllib3", "requests", "httpx", "ftplib", "smtplib", "asyncio"}
RUNS_CODE = {"eval", "exec", "compile", "__import__"}
UNSAFE = {"pickle", "marshal", "shelve", "jinja2", "yaml"}
MAY_RUN_PROGRAMS = {"intake/convert.py", "workflow/mkdocs.py", "workflow/serve.py"}
MAY_TALK = {"jobs/cluster.py"}  # to the scheduler that `--cluster ADDRESS` names, and to nobody else


def sources() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted(SOURCE.rglob("*.py")):
        yield file.relative_to(SOURCE).as_posix(), ast.parse(file.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return names | {name.partition(".")[0] for name in names}


def test_no_module_can_talk_to_a_network_or_read_what_runs_code() -> None:
    found = {name: imported(tree) & (TALKS | UNSAFE) for name, tree in sources() if name not in MAY_TALK}
    assert {name: modules for name, modules in found.items() if modules} == {}


def test_no_words_are_ever_run_as_code() -> None:
    calls = [
        f"{name}:{node.lineno}"
        for name, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RUNS_CODE
    ]
    assert calls == []


def test_programs_are_started_in_three_places_without_a_shell_and_with_a_limit_of_time() -> None:
    found = {name for name, tree in sources() if {"subprocess", "os.system", "os.popen"} & imported(tree)}
    assert found <= MAY_RUN_PROGRAMS
    calls = [
        node
        for name, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name) and node.func.value.id in ("subprocess", "os")
        and node.func.attr in ("run", "call", "check_call", "check_output", "system", "popen", "Popen")
    ]  # fmt: skip
    assert calls
    for call in calls:
        options = {option.arg for option in call.keywords}
        assert "shell" not in options
        assert "timeout" in options or call.func.attr == "Popen"  # type: ignore[attr-defined]  # serves until stopped


class Listener(http.server.BaseHTTPRequestHandler):
    """Notes whoever asks for anything."""

    asked: list[str] = []  # noqa: RUF012 - one server at a time

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(404)
        self.end_headers()

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def address() -> Iterator[str]:
    Listener.asked = []
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def html(path: Path, address: str, secret: Path) -> None:
    path.write_text(
        f'<html><head><link rel="stylesheet" href="{address}/a.css"><base href="{address}/"></head><body>'
        f'<p>Staff are kind.</p><img src="{address}/b.png"><img src="c.png"><iframe src="{address}/d"></iframe>'
        f'<object data="{secret.as_uri()}"></object><script src="{address}/e.js"></script></body></html>'
    )


def rtf(path: Path, address: str, secret: Path) -> None:
    path.write_text(
        r"{\rtf1\ansi Staff are kind.\par {\field{\*\fldinst INCLUDEPICTURE " + f'"{address}/a.png"' + r" \\d}}"
        r"{\field{\*\fldinst INCLUDETEXT " + f'"{secret.as_posix()}"' + r"}{\fldrslt }}{\*\template " + address + "/t}}"
    )


def odt(path: Path, address: str, secret: Path) -> None:
    pandoc = [pypandoc.get_pandoc_path(), "-f", "markdown", "-t", "odt", "-o", str(path)]
    subprocess.run(pandoc, input=b"Staff are kind.", check=True, timeout=60)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    frame = f'<draw:frame><draw:image xlink:href="{address}/a.png"/></draw:frame>'
    section = f'<text:section text:name="s"><text:section-source xlink:href="{secret.as_uri()}"/></text:section>'
    content = parts["content.xml"].replace(b"kind.", f"kind.{frame}".encode(), 1)
    assert content != parts["content.xml"]
    parts["content.xml"] = content.replace(b"</office:text>", f"{section}</office:text>".encode(), 1)
    with zipfile.ZipFile(path, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)


def docx(path: Path, address: str, secret: Path) -> None:
    fields = "".join(
        f'<w:p><w:fldSimple w:instr="{code}"/></w:p>'
        for code in (
            f"INCLUDETEXT {secret.as_posix()}",
            f"INCLUDEPICTURE {address}/a.png",
            f"DDEAUTO c:\\\\x {address}",
        )
    )
    _package(
        path,
        f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>Staff are kind.</w:t></w:r></w:p>{fields}</w:body></w:document>',
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    pointers = "".join(
        f'<Relationship Id="{name}" Type="{kind}/{name}" Target="{address}/{name}" TargetMode="External"/>'
        for name in ("image", "attachedTemplate", "footnotes", "styles", "subDocument", "oleObject")
    )
    with zipfile.ZipFile(path, "a") as package:
        space = "http://schemas.openxmlformats.org/package/2006/relationships"
        package.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{space}">{pointers}</Relationships>')
        package.writestr("word/vbaProject.bin", b"Sub AutoOpen()")


def markdown(path: Path, address: str, secret: Path) -> None:
    path.write_text(
        f"# Conduct\n\nStaff are kind. ![x]({address}/a.png) <img src='{address}/b.png'>\n\n"
        f"--8<-- '{secret}'\n\n\\input{{{secret}}}\n\n#include \"{secret}\"\n"
    )


@pytest.mark.parametrize("make", [html, rtf, odt, docx, markdown], ids=lambda make: make.__name__)
def test_reading_a_document_asks_no_address_and_takes_in_no_other_file(
    make: object, address: str, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("swordfish")
    path = tmp_path / f"policy.{make.__name__.replace('markdown', 'md')}"  # type: ignore[attr-defined]
    make(path, address, secret)  # type: ignore[operator]
    document = read_document(path)
    words = " ".join(clause.text for clause in document.clauses)
    assert "Staff are kind." in words
    assert "swordfish" not in f"{words} {document}"
    assert Listener.asked == []


def test_pandoc_has_its_sandbox_a_limit_of_memory_and_one_of_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[tuple[list[str], dict[str, object]]] = []

    def run(command: list[str], **options: object) -> object:
        asked.append((command, options))
        raise subprocess.TimeoutExpired(command, 1)

    monkeypatch.setattr(convert.subprocess, "run", run)
    path = tmp_path / "policy.rtf"
    path.write_bytes(rb"{\rtf1\ansi Staff are kind.\par}")
    with pytest.raises(UnreadableDocument):
        read_document(path)
    ((command, options),) = asked
    assert {"--sandbox", "-M320m"} <= set(command)
    assert not any(word.startswith(("--lua-filter", "--filter", "-F", "-L", "--extract-media")) for word in command)
    assert 0 < options["timeout"] <= 10  # type: ignore[operator]
    assert str(path) not in command, "it gets the bytes, and no name of a file"


OFFLINE = """
import sys
def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "urllib.Request"):
        raise SystemExit(f"it wanted to talk to {arguments}")
sys.addaudithook(refuse)
from policybook.cli import main
main(sys.argv[1:])
"""


@pytest.mark.parametrize(
    "command",
    [
        ["check"],
        ["build"],
        ["show", "oak/mail", "--to", "pdf", "-o", "OUT.pdf"],
        ["compare", "hr/mail@1", "oak/mail", "--to", "docx", "-o", "OUT.docx"],
        ["collate", "hr/mail@1", "--to", "xlsx", "-o", "OUT.xlsx"],
    ],
    ids=lambda command: command[0],
)
def test_a_command_opens_no_connection(command: list[str], tmp_path: Path) -> None:
    root = write_sample(tmp_path / "workspace")
    arguments = [str(tmp_path / word) if word.startswith("OUT") else word for word in command]
    done = subprocess.run(
        [sys.executable, "-c", OFFLINE, "-w", str(root), *arguments], capture_output=True, text=True, timeout=300
    )
    assert "wanted to talk" not in done.stderr
    assert done.returncode in (0, 1), done.stderr


def test_the_check_above_would_see_a_connection() -> None:
    code = OFFLINE.partition("from policybook")[0] + "import socket; socket.create_connection(('127.0.0.1', 9))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert "wanted to talk" in done.stderr


def test_what_a_reader_says_of_a_document_is_data(tmp_path: Path) -> None:
    """JSON for scripts holds hostile words as words."""
    path = tmp_path / "policy.md"
    path.write_text('# T\n\n"}],"coverage":0} <script>x</script> {{ 7*7 }}\n')
    done = subprocess.run(
        [sys.executable, "-m", "policybook", "read", str(path), "--to", "json"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    data = json.loads(done.stdout)
    assert data["coverage"] == 1.0
    assert '"}],"coverage":0} <script>x</script> {{ 7*7 }}' in [clause["text"] for clause in data["clauses"]]
