"""Files and settings that no analysis can use are answered in words, whatever the command."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import kapula
from kapula.errors import ParameterError
from kapula_cli.main import main

COMMANDS = {
    "drivers": ["--outcome", "y", "--drivers", "a,b", "--n-boot", "0"],
    "leading": ["--time", "t", "--target", "y", "--candidates", "a,b"],
    "decompose": ["--measure", "nps", "--column", "y", "--segment", "g", "--time", "t", "--drivers", "a"],
    "expectations": ["--score", "y", "--performance", "a,b", "--time", "t"],
    "prune": ["--outcome", "y", "--questions", "a,b"],
    "linkage": ["--unit", "g", "--time", "t", "--customer", "y", "--staff", "a,b"],
    "accounts": ["--account", "g", "--score", "y", "--revenue", "a", "--time", "t"],
    "health": ["--questions", "a,b", "--time", "t"],
}
ZONED = ["decompose", "expectations", "linkage", "accounts", "health", "leading"]


def ask(capsys, path, name, *more):
    try:
        code = main([name, str(path), *COMMANDS[name], *more])
    except SystemExit as stop:
        code = stop.code
    return code, capsys.readouterr().err


def file(folder, head="y,a,b,g,t", **given):
    """90 rows; ``given``: what stands in a column instead."""
    rows = []
    for i in range(90):
        row = {
            "y": i % 11,
            "a": 1 + i % 5,
            "b": 1 + i % 4,
            "g": "ABC"[i % 3],
            "t": f"2026-0{1 + i % 6}-{1 + i % 28:02}",
        }
        row |= {name: value(i) for name, value in given.items()}
        rows.append(",".join(map(str, row.values())))
    path = folder / "a.csv"
    path.write_text(head + "\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("name", COMMANDS)
def test_a_blank_column_is_called_blank(name, capsys, tmp_path):
    code, err = ask(capsys, file(tmp_path, a=lambda i: ""), name)
    assert (code, err) == (
        2,
        "kapula: Column 'a' is blank in every row.\nName another, or check how the file was made.\n",
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_text_among_numbers_is_shown(name, capsys, tmp_path):
    code, err = ask(capsys, file(tmp_path, a=lambda i: "inf" if i == 7 else i % 5), name)
    assert code == 2
    assert "Column 'a' holds text, not numbers." in err
    assert "It has 'inf'." in err


@pytest.mark.parametrize("name", ZONED)
def test_a_time_zone_that_is_none_is_refused(name, capsys, tmp_path):
    code, err = ask(capsys, file(tmp_path), name, "--timezone", "Mars/Olympus")
    assert (code, err) == (2, "kapula: There is no time zone 'Mars/Olympus'.\nName one as in Europe/Helsinki.\n")


def test_a_time_zone_may_be_written_in_small_letters():
    table = pa.table({"y": [1.0] * 4, "t": pa.array([0, 1, 2, 3], pa.timestamp("s", "UTC"))})
    assert kapula.trend(table, "mean", column="y", time="t", period="day", timezone="europe/helsinki").rows
    with pytest.raises(ParameterError, match="no time zone 'Europe'"):
        kapula.trend(table, "mean", column="y", time="t", period="day", timezone="Europe")


@pytest.mark.parametrize("where", ["a.parquet", "."])
def test_what_is_no_parquet_is_told_without_the_engines_query(where, capsys, tmp_path):
    (tmp_path / "a.parquet").write_text("hello")
    code, err = ask(capsys, tmp_path / where, "drivers")
    assert code == 2
    assert "cannot be read as Parquet" in err
    assert "SELECT" not in err


def test_infinite_values_of_a_parquet_file_are_counted(capsys, tmp_path):
    table = pa.table({"y": [1.0, float("inf")], "a": [1.0, 2.0], "b": [1.0, 2.0]})
    pq.write_table(table, tmp_path / "a.parquet")
    assert "The column 'y' has 1 infinite values" in ask(capsys, tmp_path / "a.parquet", "drivers")[1]


@pytest.mark.parametrize("ends", ["a=x:y", "a=5", "a=5:1", "a=1:"])
def test_a_scale_that_is_none_is_refused(ends, capsys, tmp_path):
    code, err = ask(capsys, file(tmp_path), "drivers", "--scale-of", ends)
    assert (code, err) == (2, "kapula: The scale of 'a' is not (low, high).\nGive the ends, as in (1, 5).\n")


@pytest.mark.parametrize(
    ("name", "option"), [("health", "--as-of"), ("health", "--log-since"), ("accounts", "--as-of")]
)
def test_what_is_no_day_is_told_how_to_write_one(name, option, capsys, tmp_path):
    code, err = ask(capsys, file(tmp_path), name, option, "31.1.2026")
    assert code == 2
    assert "'31.1.2026' is not a day such as 2026-01-31" in err


def test_days_that_cannot_be_read_are_not_passed_over_by_health(capsys, tmp_path):
    mixed = file(tmp_path, t=lambda i: f"2026-01-{1 + i % 28:02}" if i % 2 else f"{1 + i % 28}.1.2026")
    code, err = ask(capsys, mixed, "health")
    assert code == 2
    assert "(45 rows hold other text)" in err


def test_columns_of_one_name_are_told(capsys, tmp_path):
    code, err = ask(capsys, file(tmp_path, head="y,a,b,b,t"), "drivers")
    assert (code, err) == (0, "a.csv has columns of one name; the later ones are called b (2).\n")


def test_a_codebook_that_is_not_there_is_named(capsys, tmp_path):
    path = file(tmp_path)
    assert main(["text", str(path), "--column", "g", "--codebook", str(tmp_path / "none.yaml")]) == 2
    err = capsys.readouterr().err
    assert "none.yaml cannot be read" in err
    assert "Give a YAML file in UTF-8." in err


def test_a_table_given_as_aims_is_not_told_whole(capsys, tmp_path):
    path = file(tmp_path)
    assert main(["intended", str(path), "--aims", str(path)]) == 2
    assert len(capsys.readouterr().err) < 250
