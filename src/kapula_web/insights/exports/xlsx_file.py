"""An Excel workbook: typed cells, a sheet for each part of the page, and one that says how it was computed."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.utils.translation import gettext

from kapula_web.insights.exports.names import attachment
from kapula_web.insights.exports.tables import Sheet, sheets
from kapula_web.insights.figures.reading import Reading
from kapula_web.insights.words.labels import Names
from kapula_web.insights.words.method import command, method_lines

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {"points": "0", "share": "0.0%", "scale": "0.00", "raw": "#,##0.##"}


def xlsx_response(reading: Reading) -> HttpResponse:
    """The workbook as a download."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        styles = {
            "head": book.add_format({"bold": True, "bottom": 1}),
            "figure": book.add_format({"num_format": FORMATS[reading.shown.unit]}),
            "number": book.add_format({"num_format": "#,##0"}),
            "text": book.add_format({"text_wrap": False}),
            "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        for sheet in sheets(reading):
            _write(book.add_worksheet(sheet.name[:31]), sheet, styles)
        _method(book.add_worksheet(gettext("Näin laskettiin")[:31]), reading, styles)
    response = HttpResponse(file.getvalue(), content_type=TYPE)
    response["Content-Disposition"] = attachment(reading, "xlsx")
    return response


def _write(page: Any, sheet: Sheet, styles: dict[str, Any]) -> None:
    for column, title in enumerate(sheet.head):
        page.write_string(0, column, title, styles["head"])
    for number, row in enumerate(sheet.rows, start=1):
        for column, (value, kind) in enumerate(zip(row, sheet.kinds, strict=True)):
            if value is None:
                continue
            if kind == "text":
                page.write_string(number, column, str(value), styles["text"])
            else:
                page.write_number(number, column, value, styles[kind])
    page.freeze_panes(1, 1)
    page.set_column(0, 0, 28)
    page.set_column(1, len(sheet.head) - 1, 14)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.head) - 1)


def _method(page: Any, reading: Reading, styles: dict[str, Any]) -> None:
    lines = method_lines(reading, reading.trend(), Names.of(reading.measure.organisation))
    lines = [(gettext("Nimi"), reading.measure.name), *lines, (gettext("Komento"), command(reading))]
    for number, (term, text) in enumerate(lines):
        page.write_string(number, 0, term, styles["head"])
        page.write_string(number, 1, text, styles["wrapped"])
    page.set_column(0, 0, 28)
    page.set_column(1, 1, 90)
