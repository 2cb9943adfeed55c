"""Every workbook that is written holds words: no cell begins a formula or an address, whichever room writes it."""

from __future__ import annotations

import ast
import io
import zipfile

from conftest import ROOT
from policybook.domain.model import Parameter
from policybook.domain.question import ValueQuestion
from policybook.render.answer_sheet import write_answer_sheet

HOSTILE = ("=HYPERLINK(\"https://x\",\"y\")", "+1+cmd|' /C calc'!A0", "-1", "@SUM(A1)", "\t=1", "https://x.example")  # fmt: skip
OFF = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def test_no_cell_of_any_workbook_is_a_formula() -> None:
    parameter = Parameter("keeper", "text", HOSTILE[0])
    questions = [
        ValueQuestion("oak/mail", words, words, parameter, words, words, words, (words, "b")) for words in HOSTILE
    ]
    with zipfile.ZipFile(io.BytesIO(write_answer_sheet(questions))) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
        names = archive.namelist()
    assert len(sheets) >= 2
    assert not any(b"<f>" in sheet or b"<f " in sheet or b"<hyperlink" in sheet for sheet in sheets)
    assert not any("vba" in name.lower() or "externalLink" in name for name in names)


def test_every_place_that_makes_a_workbook_makes_it_so() -> None:
    made = 0
    for file in sorted((ROOT / "tools" / "policybook").rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        constants = {
            target.id: ast.literal_eval(node.value)
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict) and isinstance(node.targets[0], ast.Name)
            and node.targets[0].id == "_WORDS_ONLY"
            for target in node.targets if isinstance(target, ast.Name)
        }  # fmt: skip
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "Workbook":
                made += 1
                options = node.args[1]
                assert isinstance(options, ast.Name), file
                assert constants[options.id].items() >= OFF.items(), file
    assert made >= 2
