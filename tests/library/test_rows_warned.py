"""The library warns of a file's rows that are not in the figures, where they were asked for by the file's path."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest
from connector_files import written

import kapula
from kapula import connectors
from kapula.tables import as_table

ROWS = "nps,kommentti\n" + "".join(f"{i % 11},Ok {i}\n" for i in range(60))
LEFT = "8 rows of a.csv were left out: line 62 has 1 field, the header 2; lines 63, 64, 65, 66, 67 … have 4 fields, the header 2."


def broken(folder: Path) -> Path:
    return written(folder / "a.csv", ROWS + "9\n" + "9,3,4,5\n" * 7)


def test_rows_left_out_of_a_measure_are_warned_of_at_the_callers_line(tmp_path):
    with pytest.warns(connectors.RowsLeftOut) as caught:
        found = kapula.measure(str(broken(tmp_path)), "nps", column="nps")
    (one,) = caught
    assert str(one.message).startswith(LEFT)
    assert one.message.told.left_out == 8
    assert one.message.told.first[0].line == 62
    assert one.message.file == "a.csv"
    assert one.filename == __file__
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        whole = kapula.measure(written(tmp_path / "b.csv", ROWS), "nps", column="nps")
    assert found.rows == whole.rows


@pytest.mark.parametrize(
    "ask",
    [
        lambda path: kapula.drivers(path, "nps", ["a", "b"], n_boot=0),
        lambda path: kapula.connectors.read_table(path),
        lambda path: kapula.trend(path, "nps", column="nps", time="pvm", period="month"),
    ],
)
def test_every_function_that_takes_a_path_warns(ask, tmp_path):
    rows = "pvm,nps,a,b\n" + "".join(f"2026-01-{1 + i % 28:02},{i % 11},{i % 5},{i % 4}\n" for i in range(80))
    with pytest.warns(connectors.RowsLeftOut) as caught:
        ask(written(tmp_path / "a.csv", rows + "2026-01-01,9\n"))
    (one,) = caught
    assert str(one.message).startswith("1 row of a.csv was left out: line 82 has 2 fields, the header 4")
    assert one.message.told.left_out == 1


def test_rows_that_were_mended_are_warned_of_apart(tmp_path):
    path = written(tmp_path / "a.csv", ROWS + "3,Hidas, kallis ja huono\n")
    with pytest.warns(connectors.RowsMended, match="1 row of a.csv had the separator in the text .* line 62"):
        table = connectors.read_table(path)
    assert as_table(table).count().execute() == 61


def test_who_asks_to_be_told_is_not_warned(tmp_path):
    told = connectors.RowsTold()
    connectors.read_table(broken(tmp_path), told=told)
    assert told.left_out == 8
