"""Tables of analyses to take along: CSV as the page's language expects it, and Excel with a sheet that says how it was computed."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import quote

import xlsxwriter
from django.http import HttpResponse
from django.utils.translation import gettext

from kapula_web.insights.analyses.contract import Table
from kapula_web.insights.analyses.questions import Question
from kapula_web.insights.exports.csv_file import cell
from kapula_web.insights.exports.xlsx_file import TYPE
from kapula_web.insights.words.periods import language

KINDS: Final = ("csv", "xlsx")


def attachment(question: Question, suffix: str) -> str:
    """The Content-Disposition header: the question as the file's name."""
    name = f"{question.page.question} {question.data.today.isoformat()}.{suffix}".replace("?", "").replace("/", "-")
    return f"attachment; filename=\"{question.page.name}.{suffix}\"; filename*=UTF-8''{quote(name)}"


def csv_file(table: Table) -> HttpResponse:
    """Numbers whole, as the language writes them; text never becomes a formula."""
    comma = "." if language() == "en" else ","
    text = io.StringIO()
    writer = csv.writer(text, delimiter="," if comma == "." else ";", lineterminator="\r\n")
    writer.writerow([label for label, _ in table.head])
    for row in table.raw or table.rows:
        writer.writerow([cell(value, comma) for value in row])
    return HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")


def xlsx_file(table: Table, method: Sequence[tuple[str, str]]) -> HttpResponse:
    """Typed cells, and how they were computed on a sheet of its own."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        page = book.add_worksheet(gettext("Luvut")[:31])
        for column, (label, _) in enumerate(table.head):
            page.write_string(0, column, label, head)
        for number, row in enumerate(table.raw or table.rows, start=1):
            for column, value in enumerate(row):
                _write(page, number, column, value)
        page.freeze_panes(1, 1)
        page.set_column(0, 0, 32)
        page.set_column(1, max(1, len(table.head) - 1), 16)
        _method(
            book.add_worksheet(gettext("Näin laskettiin")[:31]), [(gettext("Nimi"), table.caption), *method], book, head
        )
    return HttpResponse(file.getvalue(), content_type=TYPE)


def _write(page: Any, row: int, column: int, value: Any) -> None:
    if isinstance(value, bool | str):
        page.write_string(row, column, str(value))
    elif value is not None:
        page.write_number(row, column, value)


def _method(page: Any, lines: Sequence[tuple[str, str]], book: Any, head: Any) -> None:
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for number, (term, text) in enumerate(lines):
        page.write_string(number, 0, term, head)
        page.write_string(number, 1, text, wrapped)
    page.set_column(0, 0, 28)
    page.set_column(1, 1, 90)
