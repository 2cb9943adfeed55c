"""A sheet of questions that goes out to a school and comes back filled in."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from policybook.domain.model import Value
from policybook.domain.question import ValueQuestion

HEADINGS = (
    "Policy", "What is asked", "What the model says", "What is allowed", "Your answer", "As sent", "Record", "Name",
)  # fmt: skip
"""The last three are for the program: they are how the sheet is read when it comes back."""
_WIDTHS = (24, 44, 24, 34, 34, 12, 12, 12)
_ANSWER, _SENT = 4, 5
_WORDS_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
_CREATED = datetime(2020, 1, 1)
_NOTES = (
    "Fill in the white cells of the column “Your answer”, save the file and send it back.",
    "Where your answer is empty, what the model says holds for you. Change nothing else; the rest is locked.",
)
_SHOWN = {"font_name": "Arial", "font_size": 11, "text_wrap": True, "valign": "top", "border": 1}
_GREY = {**_SHOWN, "bg_color": "#EEF1F5", "border_color": "#BFC6D1"}
_WHITE = {**_SHOWN, "locked": False, "border_color": "#1B365D", "num_format": "@"}
_MOST_MESSAGE = 255
_MOST_CELL = 32_000


def write_answer_sheet(questions: Sequence[ValueQuestion]) -> bytes:
    """The bytes of a workbook (.xlsx), the same for the same questions. No cell is a formula.

    Choices and yes or no are lists to pick from, numbers keep their limits. Everything but the answers is locked, with
    no password, so that nobody changes a question by mistake and anybody can who must.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, _WORDS_ONLY)
    book.set_properties({"title": "Values for our policies", "created": _CREATED})
    sheet, lists = book.add_worksheet("Values"), book.add_worksheet("Lists")
    lists.hide()
    lists.protect()
    _Writer(book, sheet, lists).write(questions)
    book.close()
    return stream.getvalue()


class _Writer:
    def __init__(self, book: Any, sheet: Any, lists: Any) -> None:
        self._book, self._sheet, self._lists = book, sheet, lists
        self._grey, self._white = book.add_format(_GREY), book.add_format(_WHITE)
        self._day = book.add_format({**_WHITE, "num_format": "d mmmm yyyy", "align": "left"})
        self._number = book.add_format({**_WHITE, "num_format": "0", "align": "left"})
        self._small = book.add_format({**_GREY, "font_size": 8, "font_color": "#5A6472"})
        self._lists_written = 0

    def write(self, questions: Sequence[ValueQuestion]) -> None:
        self._write_top(questions)
        top = len(_NOTES) + 2
        for row, question in enumerate(questions, top + 1):
            self._write_question(row, question)
        for column, width in enumerate(_WIDTHS):
            self._sheet.set_column(column, column, width, None, {"hidden": column >= _SENT})
        self._sheet.freeze_panes(top + 1, 0)
        self._sheet.repeat_rows(top)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.print_area(0, 0, top + len(questions), _ANSWER)
        self._sheet.set_footer("&RPage &P of &N")
        self._sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
        self._sheet.set_selection(top + 1, _ANSWER, top + 1, _ANSWER)

    def _write_top(self, questions: Sequence[ValueQuestion]) -> None:
        title = self._book.add_format({"font_name": "Arial", "font_size": 14, "bold": True, "font_color": "#1B365D"})
        plain = self._book.add_format({"font_name": "Arial", "font_size": 11})
        head = self._book.add_format({**_GREY, "bold": True, "bottom": 2, "bg_color": "#DDE4EE"})
        schools = ", ".join(dict.fromkeys(question.school for question in questions))
        self._sheet.write_string(0, 0, f"Values for {schools}"[:_MOST_CELL], title)
        for row, words in enumerate(_NOTES, 1):
            self._sheet.write_string(row, 0, words, plain)
        for column, words in enumerate(HEADINGS):
            self._sheet.write_string(len(_NOTES) + 2, column, words, head)

    def _write_question(self, row: int, question: ValueQuestion) -> None:
        parameter = question.parameter
        asked = f"{parameter.label} (needed)" if parameter.required and question.answer is None else parameter.label
        shown = (question.policy, asked, question.models, question.allowed)
        for column, words in enumerate(shown):
            self._write(row, column, words, self._grey)
        look = self._grey if question.is_settled else self._look(question)
        self._write(row, _ANSWER, question.answer, look)
        sent = question.answer.isoformat() if isinstance(question.answer, date) else question.answer
        for column, words in enumerate((str(sent) if sent is not None else "", question.ref, parameter.name), _SENT):
            self._write(row, column, words, self._small)
        if not question.is_settled:
            self._limit(row, question)

    def _look(self, question: ValueQuestion) -> Any:
        kind = question.parameter.type
        return self._day if kind == "date" else self._number if kind in ("integer", "age") else self._white

    def _write(self, row: int, column: int, value: str | int | date | None, look: Any) -> None:
        if value is None or value == "":
            self._sheet.write_blank(row, column, None, look)
        elif isinstance(value, date):
            self._sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), look)
        elif isinstance(value, int):
            self._sheet.write_number(row, column, value, look)
        else:
            self._sheet.write_string(row, column, value[:_MOST_CELL], look)

    def _limit(self, row: int, question: ValueQuestion) -> None:
        """What Excel lets a person type; the whole of what is allowed is asked again when the sheet comes back."""
        said = f"Allowed: {question.allowed}."
        told = {
            "input_title": "Your answer",
            "input_message": said[:_MOST_MESSAGE],
            "error_title": "That will not do",
            "error_message": said[:_MOST_MESSAGE],
        }
        rule: dict[str, Any] = {"validate": "any"}
        if question.options:
            rule = {"validate": "list", "source": self._options(question.options)}
        elif question.parameter.type in ("integer", "age"):
            rule = {"validate": "integer", **_range(question.parameter.minimum, question.parameter.maximum)}
        elif question.parameter.type == "date":
            rule = {"validate": "date", "criteria": ">=", "value": date(1900, 1, 1)}
        self._sheet.data_validation(row, _ANSWER, row, _ANSWER, rule | told)

    def _options(self, options: Sequence[str]) -> str:
        """Where the options stand, on a hidden sheet: an option may hold the comma that would part a list."""
        column = self._lists_written
        self._lists_written += 1
        for row, words in enumerate(options):
            self._lists.write_string(row, column, words)
        letter = xlsxwriter.utility.xl_col_to_name(column, True)
        return f"=Lists!{letter}$1:{letter}${len(options)}"


def _range(low: Value, high: Value) -> dict[str, Any]:
    return {
        "criteria": "between",
        "minimum": low if isinstance(low, int) else 0,
        "maximum": high if isinstance(high, int) else 9999,
    }
