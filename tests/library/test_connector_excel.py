"""Workbooks and SPSS files: sheets, dates, titles, labels, bombs and what only looks like them."""

from __future__ import annotations

import zipfile
from datetime import date, datetime

import pandas as pd
import pyreadstat
import pytest
from connector_files import excel_file, workbook, written

from kapula import connectors
from kapula.connectors import errors
from kapula.connectors.arrowtext import as_text


def test_the_title_above_the_header_is_skipped_and_said(tmp_path):
    peek = connectors.peek(excel_file(tmp_path))
    assert [column.name for column in peek.columns] == ["Vastaus ID", "Vastauspäivä", "nps", "Kommentti"]
    assert dict(peek.notes)["leading_rows"] == "2"


def test_sheets_are_chosen_by_name_and_an_unknown_one_is_told(tmp_path):
    path = workbook(tmp_path / "a.xlsx", {"Ohje": [], "Tiedot": [["NPS"], [9], [0]], "Muu": [["x"], [1]]})
    peek = connectors.peek(path)
    assert dict(peek.notes)["sheet"] == "Tiedot"
    assert dict(peek.notes)["other_sheets"] == "Ohje, Muu"
    assert connectors.peek(path, options={"sheet": "muu"}).columns[0].name == "x"
    with pytest.raises(errors.UnknownSheetError) as caught:
        connectors.peek(path, options={"sheet": "Tieto"})
    assert caught.value.context["suggestion"] == "Tiedot"


def test_a_chosen_sheet_is_remembered_in_the_plan(tmp_path):
    path = workbook(tmp_path / "a.xlsx", {"A": [["x"], [1]], "B": [["NPS"], [9], [0]]})
    plan = connectors.peek(path, options={"sheet": "B"}).plan
    assert next(connectors.read(path, plan)).rows["answer_nps"].to_pylist() == [9.0, 0.0]


def test_empty_rows_and_unnamed_columns_do_no_harm(tmp_path):
    path = workbook(
        tmp_path / "a.xlsx", {"A": [["NPS", "", "Kommentti"], [9, "", "ok"], ["", "", ""], [8, "", "hyvä"]]}
    )
    peek = connectors.peek(path)
    assert [column.name for column in peek.columns] == ["NPS", "Kommentti"]
    batch = next(connectors.read(path, peek.plan))
    assert batch.rows["answer_nps"].to_pylist() == [9.0, 8.0]


def test_numbers_and_dates_are_written_plainly():
    import pyarrow as pa

    assert as_text(pa.array([5.0, 4.5, 1e-7, 1e20, None])).to_pylist() == [
        "5",
        "4.5",
        "0.0000001",
        "100000000000000000000",
        None,
    ]
    assert as_text(pa.array([datetime(2026, 1, 5), datetime(2026, 1, 5, 9, 15)])).to_pylist() == [
        "2026-01-05",
        "2026-01-05 09:15:00",
    ]
    assert as_text(pa.array([date(2026, 1, 5)])).to_pylist() == ["2026-01-05"]
    assert as_text(pa.array([True, False])).to_pylist() == ["1", "0"]


def test_a_cut_workbook_is_broken(tmp_path):
    path = excel_file(tmp_path)
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(errors.BrokenFileError):
        connectors.peek(path)


def test_a_zip_bomb_is_refused_before_it_is_opened(tmp_path, monkeypatch):
    monkeypatch.setattr("kapula.connectors.excel.guard.RATIO_FROM", 1 << 20)
    path = tmp_path / "pommi.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (16 << 20))
    with pytest.raises(errors.TooLargeInsideError) as caught:
        connectors.peek(path)
    assert caught.value.context["unpacked"] > 16 << 20


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [("a.xls", "<html><table><tr><td>NPS</td></tr></table>", "html"), ("a.xlsx", "a;b\n1;2\n", "text")],
)
def test_what_only_is_named_a_workbook_is_told(name, text, kind, tmp_path):
    with pytest.raises(errors.NotThisFormatError) as caught:
        connectors.peek(written(tmp_path / name, text), "excel")
    assert caught.value.context["looks_like"] == kind


def test_a_text_named_xls_is_read_as_text(tmp_path):
    assert connectors.peek(written(tmp_path / "a.xls", "Pvm;NPS\n1.1.2026;9\n")).connector == "csv"


def test_a_zip_of_other_things_is_no_workbook(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", "NPS\n9\n")
    with pytest.raises(errors.NotThisFormatError, match="zip"):
        connectors.peek(path)


def test_spss_labels_and_user_missing_values_are_kept(tmp_path):
    path = tmp_path / "a.sav"
    frame = pd.DataFrame(
        {"q1": [1.0, 5.0, 9.0, None], "grp": [1.0, 2.0, 1.0, 2.0], "txt": ["hyvä palvelu ja nopea", "b", "c", "d"]}
    )
    pyreadstat.write_sav(
        frame, str(path), column_labels={"q1": "Kuinka tyytyväinen olet?"}, missing_ranges={"q1": [9]},
        variable_value_labels={"q1": {1: "Erittäin tyytymätön", 5: "Erittäin tyytyväinen", 9: "Ei koske minua"},
                               "grp": {1: "Koti", 2: "Yritys"}},
    )  # fmt: skip
    peek = connectors.peek(path)
    q1 = next(c for c in peek.plan.columns if c.column == "q1")
    assert (q1.role, q1.low, q1.high, q1.missing, q1.wording) == ("score", 1.0, 5.0, ("9",), "Kuinka tyytyväinen olet?")
    assert q1.labels["5"] == "Erittäin tyytyväinen"
    batches = list(connectors.read(path, peek.plan, batch_rows=3))
    assert [a for b in batches for a in b.rows["answer_q1"].to_pylist()][:2] == [1.0, 5.0]
    assert [a for b in batches for a in b.rows["attribute_grp"].to_pylist()][:2] == ["Koti", "Yritys"]
