"""Builders of test files: the same small survey as each format's users would save it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import xlsxwriter

START = datetime(2026, 1, 5, 9, 15)
COMMENTS = (
    "Sain hyvää palvelua, kiitos!",
    "Jonotin liian kauan; lopulta luovutin",
    "",
    'Hän sanoi "hetki" ja katosi\ntoiseen huoneeseen',
)

Rows = list[tuple[str, datetime, int, str]]
Builder = Callable[[Path, int], Path]


def survey(count: int = 24) -> Rows:
    """(respondent, when, 0–10, comment): every score from 0 to 10 occurs, 0 first."""
    return [(f"R{i}", START + timedelta(days=i), i % 11, COMMENTS[i % 4]) for i in range(count)]


def csv_text(count: int = 24) -> str:
    lines = ["Vastaus ID;Vastauspäivä;NPS;Kommentti"]
    lines += [f"{who};{when:%d.%m.%Y %H:%M};{score};{quoted(text)}" for who, when, score, text in survey(count)]
    return "\r\n".join(lines) + "\r\n"


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def csv_file(folder: Path, count: int = 24) -> Path:
    return written(folder / "kysely.csv", csv_text(count))


def excel_file(folder: Path, count: int = 24) -> Path:
    """A title, an empty row, then the header; real dates."""
    path = folder / "kysely.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Vastaukset")
    sheet.merge_range(0, 0, 0, 3, "Asiakaskysely 2026")
    shown = book.add_format({"num_format": "d.m.yyyy hh:mm"})
    sheet.write_row(2, 0, [" Vastaus ID", "Vastauspäivä", "nps ", "Kommentti"])
    for i, (who, when, score, text) in enumerate(survey(count), 3):
        sheet.write(i, 0, who)
        sheet.write_datetime(i, 1, when, shown)
        sheet.write_number(i, 2, score)
        sheet.write_string(i, 3, text)
    book.close()
    return path


def spss_file(folder: Path, count: int = 24) -> Path:
    path = folder / "kysely.sav"
    rows = survey(count)
    frame = pd.DataFrame(
        {
            "vastausid": [who for who, *_ in rows],
            "pvm": [when for _, when, *_ in rows],
            "nps": [float(score) for *_, score, _ in rows],
            "kommentti": [text for *_, text in rows],
        }
    )
    labels = {"nps": "Kuinka todennäköisesti suosittelet meitä?"}
    ends = {"nps": {0: "En lainkaan", 10: "Erittäin todennäköisesti"}}
    pyreadstat.write_sav(frame, str(path), column_labels=labels, variable_value_labels=ends)
    return path


def parquet_file(folder: Path, count: int = 24) -> Path:
    path = folder / "kysely.parquet"
    who, when, score, text = zip(*survey(count), strict=True) if count else ((), (), (), ())
    table = pa.table(
        {
            "vastaus_id": pa.array(who, pa.string()),
            "vastauspäivä": pa.array(when, pa.timestamp("us")),
            "nps": pa.array(score, pa.int64()),
            "kommentti": pa.array(text, pa.string()),
        }
    )
    pq.write_table(table, path)
    return path


def qualtrics_file(folder: Path, count: int = 24) -> Path:
    header = [
        "StartDate,EndDate,Status,Progress,Finished,RecordedDate,ResponseId,UserLanguage,Q1,Q2_TEXT",
        "Start Date,End Date,Response Type,Progress,Finished,Recorded Date,Response ID,User Language,"
        '"How likely are you to recommend us?",Why?',
        ",".join(quoted('{"ImportId":"x"}') for _ in range(10)),
    ]
    lines = [
        f"{when},{when},IP Address,100,True,{when},{who},FI,{score},{quoted(text)}"
        for who, when, score, text in survey(count)
    ]
    return written(folder / "qualtrics.csv", "\n".join([*header, *lines]) + "\n")


def happyornot_file(folder: Path, count: int = 24) -> Path:
    """Smileys, so scores are 1–4: 0 of the survey is very unhappy."""
    words = ("Very unhappy", "Unhappy", "Happy", "Very happy")
    lines = ["Response ID;Timestamp;Survey;Experience point;Smiley;Open feedback"]
    lines += [
        f"{who};{when:%Y-%m-%d %H:%M};Kassat;Helsinki;{words[score % 4]};{quoted(text)}"
        for who, when, score, text in survey(count)
    ]
    return written(folder / "smileys.csv", "\n".join(lines) + "\n")


def webropol_file(folder: Path, count: int = 24) -> Path:
    header = [
        "Vastaajan numero",
        "Vastausaika",
        "Kuinka todennäköisesti suosittelisit meitä?",
        "Mitä kanavia käytit: Puhelin",
        "Mitä kanavia käytit: Verkko",
        "Mikä ilahdutti?",
    ]
    lines = ["\t".join(header)]
    for i, (who, when, score, text) in enumerate(survey(count)):
        channel = ("Puhelin", "") if i % 2 else ("", "Verkko")
        lines.append("\t".join([who, f"{when:%d.%m.%Y klo %H.%M}", str(score), *channel, quoted(text)]))
    return written(folder / "webropol.txt", "\n".join(lines) + "\n", "utf-16")


BUILDERS: dict[str, Builder] = {
    "csv": csv_file,
    "excel": excel_file,
    "spss": spss_file,
    "parquet": parquet_file,
    "qualtrics": qualtrics_file,
    "happyornot": happyornot_file,
    "webropol": webropol_file,
}
"""A builder for each registered connector: the contract tests demand that the two lists agree."""


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def workbook(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for i, row in enumerate(rows):
            sheet.write_row(i, 0, row)
    book.close()
    return path
