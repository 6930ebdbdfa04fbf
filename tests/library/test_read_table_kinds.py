"""What a file's cells become without a plan: true and false, powers of ten; and what a file has that its reader must know."""

from __future__ import annotations

import warnings

import pyarrow as pa
import pytest
from connector_files import excel_file, written

import kapula
from kapula import connectors
from kapula.connectors import errors
from kapula.errors import SourceError


def kinds(path) -> dict[str, str]:
    table = connectors.read_table(path)
    return {name: str(kind) for name, kind in zip(table.schema.names, table.schema.types, strict=True)}


def test_true_and_false_are_flags_in_any_case_and_blanks_are_none(tmp_path):
    path = written(
        tmp_path / "a.csv", "id;paid;active;said;x\n1;true;TRUE;yes;-\n2;false;False;no;true\n3;;;yes;false\n"
    )
    assert kinds(path) == {"id": "double", "paid": "bool", "active": "bool", "said": "string", "x": "bool"}
    found = connectors.read_table(path).to_pydict()
    assert (found["paid"], found["active"]) == ([True, False, None], [True, False, None])


def test_a_column_that_says_more_further_down_is_text(tmp_path, monkeypatch):
    monkeypatch.setattr("kapula.connectors.rawtable.BATCH", 10)
    monkeypatch.setattr("kapula.connectors.rawtable.SAMPLE", 10)
    rows = "".join(f"{k};{'maybe' if k == 25 else 'true'}\n" for k in range(30))
    table = connectors.read_table(written(tmp_path / "a.csv", "id;said\n" + rows)).to_pyarrow()
    assert table["said"].type == pa.string()
    assert table["said"].to_pylist()[24:27] == ["true", "maybe", "true"]


@pytest.mark.parametrize(
    ("text", "number"),
    [("1.5e-05", 1.5e-05), ("2E+06", 2e6), ("1,23E+08", 1.23e8), ("-4e-3", -0.004), ("+1.0e+00", 1.0)],
)
def test_a_power_of_ten_as_machines_write_it_is_a_number(text, number, tmp_path):
    found = connectors.read_table(written(tmp_path / "a.csv", f"id;x\n1;{text}\n2;7\n3;8\n"))
    assert found["x"].to_pylist() == [pytest.approx(number), 7, 8]


@pytest.mark.parametrize("text", ["1E5", "12e4", "e-5", "1e-", "1e-1234"])
def test_a_code_with_an_e_in_it_is_not(text, tmp_path):
    assert kinds(written(tmp_path / "a.csv", f"id;x\n1;{text}\n2;{text}\n"))["x"] == "string"


class TestColumnsOfOneName:
    def test_are_warned_of_where_the_path_was_given(self, tmp_path):
        path = written(tmp_path / "a.csv", "y;y;g\n" + "".join(f"{k % 5};{k % 3};A\n" for k in range(40)))
        with pytest.warns(connectors.ColumnsRenamed, match=r"a.csv has columns of one name.*called y \(2\)") as caught:
            found = kapula.measure(str(path), "mean", column="y")
        assert found.rows[0].value == 2
        (one,) = caught
        assert (one.message.columns, one.message.file, one.filename) == ("y (2)", "a.csv", __file__)

    def test_who_asks_for_the_notes_is_not_warned(self, tmp_path):
        path = written(tmp_path / "a.csv", "y;y\n1;2\n")
        notes: list[tuple[str, str]] = []
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            connectors.read_table(path, notes=notes)
        assert ("duplicate_header", "y (2)") in notes


class TestSheetsAndTables:
    @pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
    def test_a_text_file_has_no_sheet(self, name, tmp_path):
        path = written(tmp_path / name, "y;g\n1;A\n")
        with pytest.raises(errors.UnknownSheetError, match="it is a text file, not a workbook") as caught:
            connectors.read_table(path, sheet="X")
        assert caught.value.context == {"file": name, "sheet": "X", "sheets": [], "suggestion": None}
        assert ("Name it .csv" in caught.value.hint) == (name == "a.xlsx")

    def test_a_workbook_has_those_it_has(self, tmp_path):
        assert connectors.read_table(excel_file(tmp_path), sheet="Vastaukset").num_rows == 24
        with pytest.raises(errors.UnknownSheetError, match="It has: Vastaukset"):
            connectors.read_table(excel_file(tmp_path), sheet="X")

    def test_a_file_has_no_table(self, tmp_path):
        path = written(tmp_path / "a.csv", "y;g\n1;A\n")
        with pytest.raises(SourceError, match="is no database, and has no table 'X'"):
            kapula.table_from(str(path), "X")

    def test_a_text_that_is_no_table_is_not_said_to_lack_rows_only(self, tmp_path):
        with pytest.raises(errors.NotThisFormatError, match=r"a\.xls is a text file, not a workbook") as caught:
            connectors.read_table(written(tmp_path / "a.xls", "hello\n"))
        assert (caught.value.context["expected"], caught.value.context["looks_like"]) == ("excel", "text")
        with pytest.raises(errors.NoRowsError):
            connectors.read_table(written(tmp_path / "a.csv", "hello\n"))
