"""What a peek notes: every declared code is noted by some file, and no connector notes a code that is not declared."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from connector_files import BUILDERS, csv_text, excel_file, qualtrics_file, workbook, written

from kapula import connectors
from kapula.connectors.contract import NOTE_CODES

HEAD = "Pvm;NPS\n"
ROWS = "1.3.2026;9\n2.3.2026;0\n"


def text(contents: str, name: str = "a.csv", encoding: str = "utf-8") -> Callable[[Path], Path]:
    return lambda folder: written(folder / name, contents, encoding)


def raw(contents: bytes, name: str = "a.csv") -> Callable[[Path], Path]:
    def build(folder: Path) -> Path:
        (folder / name).write_bytes(contents)
        return folder / name

    return build


def dated(folder: Path) -> Path:
    path = written(folder / "a.csv", "NPS\n9\n8\n")
    os.utime(path, (1_772_323_200, 1_772_323_200))  # 1 March 2026, 00:00 UTC
    return path


def sheets(folder: Path) -> Path:
    return workbook(folder / "a.xlsx", {"Eka": [["NPS"], [9], [8]], "Toka": [["x"]]})


ELICITED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "encoding_bom": (text(csv_text(), encoding="utf-8-sig"), "utf-8"),
    "encoding_cp1252": (text("Pvm;Sää\n1.3.2026;hyvä päivä\n", encoding="cp1252"), ""),
    "encoding_mixed": (raw("Pvm;Sää\n1.3.2026;hyvä päivä, äiti\n1.3.2026;€ €\n2.3.2026;".encode() + b"\xe4\n"), "1"),
    "encoding_utf16_without_bom": (text(csv_text(), encoding="utf-16-le"), "utf-16-le"),
    "gzip": (raw(gzip.compress(csv_text().encode()), "a.csv.gz"), ""),
    "separator": (text(HEAD + ROWS), ";"),
    "decimal_comma": (text("Pvm;Summa\n1.3.2026;1 000,50\n"), ""),
    "sheet": (excel_file, "Vastaukset"),
    "other_sheets": (sheets, "Toka"),
    "leading_rows": (text("Kysely 2026\n\nPvm;NPS;Tiimi\n1.3.2026;9;A\n2.3.2026;0;B\n"), "2"),
    "no_header": (text("1;9;8\n2;8;7\n3;7;6\n"), ""),
    "header_rows_3": (qualtrics_file, ""),
    "unnamed_columns": (text("Pvm;;NPS\n1.3.2026;x;9\n"), "2"),
    "duplicate_header": (text("Pvm;NPS;nps\n1.3.2026;9;8\n"), "nps (2)"),
    "default_date_from_name": (text("NPS\n9\n8\n", "kysely_2025-03.csv"), "2025-03-01"),
    "default_date_from_file": (dated, "2026-03-01"),
    "date_day_first": (text("Pvm;NPS\n13/02/2026;9\n"), "Pvm: 13/02/2026"),
    "date_month_first": (text("Pvm;NPS\n02/13/2026;9\n"), "Pvm: 02/13/2026"),
    "date_order_ambiguous": (text("Pvm;NPS\n01/02/2026;9\n"), "Pvm: 01/02/2026"),
    "labels_read": (text("Arvio\nTäysin samaa mieltä\nTäysin eri mieltä\n"), "Arvio"),
    "missing_suggested": (text(HEAD + "".join(f"1.3.2026;{i}\n" for i in range(12))), "NPS (0–10): 11 ×1"),
    "personal_data": (text("Sähköposti;NPS\na@b.fi;9\n"), "Sähköposti"),
    "personal_identity_code": (text("Hetu;NPS\nx;9\n"), "Hetu"),
    "active_inverted": (text("customer_id,month,revenue,churned\n1,2026-01,9.5,No\n2,2026-01,8,Yes\n"), "churned"),
    "rows_rejected": (text(HEAD + ROWS + "3.3.2026;8;liikaa;vielä\n"), "1"),
}


def test_every_declared_note_is_elicited_here():
    assert ELICITED.keys() == NOTE_CODES.keys()


@pytest.mark.parametrize("code", ELICITED)
def test_a_note_is_made_with_its_value(code, tmp_path):
    build, value = ELICITED[code]
    assert (code, value) in connectors.peek(build(tmp_path)).notes


@pytest.mark.parametrize("name", connectors.names())
def test_a_connector_notes_only_declared_codes(name, tmp_path):
    notes: list[tuple[str, str]] = []
    path = BUILDERS[name](tmp_path, 24)
    connectors.read_table(path, name, notes=notes)
    noted = {code for code, _ in (*connectors.peek(path, name).notes, *notes)}
    assert noted - NOTE_CODES.keys() == set()


@pytest.mark.parametrize("code", ELICITED)
def test_whatever_the_file_only_declared_codes_are_noted(code, tmp_path):
    assert {noted for noted, _ in connectors.peek(ELICITED[code][0](tmp_path)).notes} <= NOTE_CODES.keys()
