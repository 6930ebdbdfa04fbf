"""Columns and settings that no measure can use are refused in words, before an engine fails on them in its own."""

from __future__ import annotations

import math
from pathlib import Path

import pyarrow as pa
import pytest

import kapula
from kapula.errors import ColumnTypeError, KapulaError, OffScaleError, ParameterError, SourceError
from kapula.measures import load
from kapula.text import shares
from kapula_cli.main import main

TABLE = pa.table(
    {
        "y": [9.0, 10.0, 3.0, 0.0],
        "g": ["a", "b", "a", "b"],
        "t": ["2026-01-01", "2.1.2026", "2026-01-03", "2026-02-04"],
        "own": [["k1"], ["k2"], ["k1"], ["k3"]],
        "sure": [True, False, True, False],
    }
)
DAYS = TABLE.set_column(2, "t", pa.array(["2026-01-01", "2026-01-02", "2026-02-03", "2026-02-04"]))


@pytest.mark.parametrize("ask", [kapula.measure, kapula.trend])
def test_text_that_is_no_date_is_shown(ask):
    with pytest.raises(ColumnTypeError, match=r"'t' holds text that is no date. It has '2.1.2026'. Write dates as"):
        ask(TABLE, "nps", column="y", time="t", period="month")
    with pytest.raises(ColumnTypeError, match="It has 'a'"):
        kapula.compare(TABLE, "nps", ("2026-01", "2026-02"), column="y", time="g", period="month")
    assert len(kapula.measure(DAYS, "nps", column="y", time="t", period="month").rows) == 2


@pytest.mark.parametrize("value", [math.inf, -math.inf])
def test_infinite_answers_are_off_a_scale_of_whole_numbers(value):
    table = TABLE.set_column(0, "y", pa.array([9.0, value, 3.0, 0.0]))
    with pytest.raises(OffScaleError, match="1 answers off the scale"):
        kapula.measure(table, "nps", column="y")
    kept = kapula.measure(table, "nps", column="y", off_scale="set_aside")
    assert (kept.rows[0].n, kept.set_aside) == (3, {"off_scale": 1})
    with pytest.raises(OffScaleError, match=r"2\.5"):
        kapula.measure({"y": [2.5, 3.0]}, "nps", column="y")


def test_a_code_that_is_text_is_no_code_among_numbers():
    with pytest.raises(ParameterError, match="'EOS' for no answer is no number, and column 'y' holds numbers"):
        kapula.measure(TABLE, "nps", column="y", missing=("EOS", 99))


@pytest.mark.parametrize("named", [{"by": "own"}, {"cluster": "own"}])
def test_lists_are_no_groups(named):
    with pytest.raises(ColumnTypeError, match="'own' holds lists, not one value a row"):
        kapula.measure(TABLE, "nps", column="y", **named)


@pytest.mark.parametrize(
    ("on", "between"), [("y", (9, "x")), ("g", ("a", 2)), ("sure", (True, "no")), ("t", ("2026-01-01", "x"))]
)
def test_sides_are_of_the_columns_kind(on, between):
    table = DAYS.set_column(2, "t", DAYS["t"].cast(pa.date32()))
    with pytest.raises(ParameterError, match=f"Column '{on}' holds .*, and {between[1]!r} is none"):
        kapula.compare(table, "nps", between, column="y", on=on)


def test_sides_may_be_dates_as_text():
    table = DAYS.set_column(2, "t", DAYS["t"].cast(pa.date32()))
    assert kapula.compare(table, "nps", ("2026-01-01", "2026-01-02"), column="y", on="t").first.n == 1


@pytest.mark.parametrize("text", [None, b"\xff\xfe", b"{["])
def test_a_file_of_measures_that_cannot_be_read_is_told(text, tmp_path: Path, capsys):
    path = tmp_path / "own.yaml"
    if text is not None:
        path.write_bytes(text)
    with pytest.raises(SourceError, match=r"own\.yaml cannot be read"):
        load(path)
    rows = tmp_path / "a.csv"
    rows.write_text("y\n" + "9\n" * 30, encoding="utf-8")
    assert main(["measure", str(rows), "--declared", str(path), "--measure", "own", "--column", "y"]) == 2
    assert "Give a YAML file in UTF-8." in capsys.readouterr().err


def test_a_customer_is_one_value_a_row_but_reasons_may_be_many():
    table = DAYS.append_column("one", pa.array([1, 0, 1, 0])).append_column("z", DAYS["y"])
    with pytest.raises(ColumnTypeError, match="'own' holds lists"):
        kapula.memory(table, customer="own", time="t", moment="g", score="y", remembered="z")
    assert kapula.contact_reasons(table, reason="own", effort="y", emotion="z", resolved="one").n == 4


def test_words_that_are_no_sentiments_make_no_shares_of_nothing():
    with pytest.raises(ColumnTypeError, match="'g' holds none of the labels: it has 'a'"):
        shares.shares(TABLE, "g", of="sentiment")
    assert issubclass(ColumnTypeError, KapulaError)
