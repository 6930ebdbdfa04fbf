"""CSV as the page's language expects it: decimal comma and semicolons in Finnish and Swedish, and a mark that tells Excel it is UTF-8."""

from __future__ import annotations

import csv
import io
from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext

from kapula_web.insights.exports.names import attachment
from kapula_web.insights.exports.tables import sheets
from kapula_web.insights.figures.reading import Reading
from kapula_web.insights.words.periods import language

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def csv_response(reading: Reading) -> HttpResponse:
    """All that is seen in one file; the first column says which part a row belongs to."""
    comma = "." if language() == "en" else ","
    text = io.StringIO()
    writer = csv.writer(text, delimiter="," if comma == "." else ";", lineterminator="\r\n")
    found = sheets(reading)
    if found:
        writer.writerow([gettext("Osa"), gettext("Jakso tai ryhmä"), *found[0].head[1:]])
    for sheet in found:
        for row in sheet.rows:
            writer.writerow([sheet.name, *(cell(value, comma) for value in row)])
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = attachment(reading, "csv")
    return response


def cell(value: Any, comma: str) -> str:
    """A value as a cell: nothing is blank, zero is 0, and text never becomes a formula."""
    if value is None:
        return ""
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        text = f"{value:.6f}".rstrip("0").rstrip(".")
        return ("0" if text in {"", "-0"} else text).replace(".", comma)
    return "'" + value if str(value).startswith(FORMULA) else str(value)
