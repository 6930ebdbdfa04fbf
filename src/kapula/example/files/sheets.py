"""The workbooks: a report with merged title rows, and an export like Webropol's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import xlsxwriter

from kapula.example.files.finnish import HELSINKI, day, is_at, labels, survey_rows
from kapula.example.questions import BY_CODE, COMMENT_QUESTIONS, DRIVERS
from kapula.example.world import World

CREATED: Final = datetime(2026, 1, 1)
"""Stands in the files' properties, so that the same world gives the same bytes."""


def write_relationship_workbook(path: Path, world: World) -> None:
    """The last three waves of the relationship survey: two merged title rows, a blank one, then the header and real dates."""
    waves = sorted(value for value in world.responses["attribute_wave"].unique().to_pylist() if value)[-3:]
    rows = survey_rows(world, pc.is_in(world.responses["attribute_wave"], value_set=pa.array(waves)))
    codes = ("nps", "experience", "expectation", "trust", *DRIVERS)
    segments = labels(world.organisation.segments)
    header = [
        "Vastaajanumero",
        "Päivämäärä",
        "Asiakas",
        "Yritys",
        "Segmentti",
        "Paino",
        *(BY_CODE[code].wording.fi for code in codes),
        "Perustelu",
    ]
    book = _book(path)
    sheet = book.add_worksheet("Vastaukset")
    date_format, title = book.add_format({"num_format": "d.m.yyyy"}), book.add_format({"bold": True, "font_size": 16})
    sheet.merge_range(0, 0, 0, len(header) - 1, "Aurinkokivi Energia Oy · Asiakassuhdekysely", title)
    sheet.merge_range(1, 0, 1, len(header) - 1, f"Tulostettu {day(world.end)}. Luottamuksellinen.")
    sheet.write_row(3, 0, header, book.add_format({"bold": True, "bottom": 1}))
    for i, row in enumerate(rows, start=4):
        sheet.write_string(i, 0, row["external_id"])
        sheet.write_datetime(i, 1, _naive(row["occurred_at"]), date_format)
        values = [row["customer"], row["account"], segments[row["segment"]], row["weight"]]
        _write_cells(sheet, i, 2, [*values, *(row[f"answer_{code}"] for code in codes), row["comment"]])
    book.close()


def write_webropol_workbook(path: Path, world: World) -> None:
    """Moving customers' answers with numbered questions as headers and the labels of choices in place of numbers."""
    rows = survey_rows(
        world, pc.and_(is_at(world, "source", "touchpoint_survey"), is_at(world, "touchpoint", "moving"))
    )
    codes = ("nps", "ces", "fcr")
    header = [
        "ID",
        "Vastausaika",
        "Linkki",
        *(f"{n}. {BY_CODE[code].wording.fi}" for n, code in enumerate(codes, start=1)),
    ]
    header.append(f"{len(codes) + 1}. {COMMENT_QUESTIONS['why'].fi}")
    book = _book(path)
    sheet = book.add_worksheet("Kaikki vastaukset")
    sheet.write_row(0, 0, header)
    for i, row in enumerate(rows, start=1):
        when = _naive(row["occurred_at"])
        ces = None if row["answer_ces"] is None else _agreement(row["answer_ces"])
        solved = {None: None, 0.0: "Ei", 1.0: "Kyllä"}[row["answer_fcr"]]
        link = {"email": "Sähköposti", "sms": "Tekstiviesti"}.get(row["channel"], "Haastattelu")
        _write_cells(
            sheet,
            i,
            0,
            [row["external_id"], f"{day(when)} {when:%H:%M:%S}", link, row["answer_nps"], ces, solved, row["comment"]],
        )
    book.close()


def _agreement(value: float) -> str:
    """The ends of the scale carry their words."""
    return {1.0: "1 = Täysin eri mieltä", 7.0: "7 = Täysin samaa mieltä"}.get(value, f"{value:.0f}")


def _book(path: Path) -> Any:
    book = xlsxwriter.Workbook(str(path), {"strings_to_urls": False, "strings_to_formulas": False})
    book.set_properties({"title": "Aurinkokivi Energia", "created": CREATED})
    return book


def _naive(moment: datetime) -> datetime:
    return moment.astimezone(HELSINKI).replace(tzinfo=None) if moment.tzinfo else moment


def _write_cells(sheet: Any, row: int, column: int, values: Sequence[object]) -> None:
    for offset, value in enumerate(values):
        if value is not None and value != "":
            sheet.write(row, column + offset, value)
