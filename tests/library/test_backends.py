"""A table from an address: files, folders, databases; and clear errors when there is none."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import kapula
from kapula.backends import hidden
from kapula.connectors import ColumnsRenamed
from kapula.errors import SourceError

ROWS = pa.table({"score": [9, 10, 3], "team": ["a", "b", "a"]})


def nps(address: str | Path) -> float | None:
    return kapula.measure(str(address), "nps").rows[0].value


def test_parquet_file_folder_and_glob(tmp_path: Path) -> None:
    for part in ("one", "two"):
        folder = tmp_path / part
        folder.mkdir()
        pq.write_table(ROWS, folder / "part.parquet")
    assert nps(tmp_path / "one" / "part.parquet") == pytest.approx(100 / 3)
    assert kapula.measure(str(tmp_path), "nps").rows[0].n == 6
    assert kapula.measure(str(tmp_path / "*" / "*.parquet"), "nps").rows[0].n == 6
    assert kapula.measure(tmp_path / "one", "nps").rows[0].n == 3


def test_csv_through_the_connectors(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("score;team\n9;a\n10;b\n3;a\n", encoding="utf-8")
    assert nps(path) == pytest.approx(100 / 3)


def test_duckdb_and_sqlite_files(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "a.duckdb")) as made:
        made.execute("create table responses as select * from (values (9, 'a'), (10, 'b'), (3, 'a')) t(score, team)")
    lite = sqlite3.connect(tmp_path / "a.sqlite")
    lite.execute("create table responses (score integer, team text)")
    lite.executemany("insert into responses values (?, ?)", [(9, "a"), (10, "b"), (3, "a")])
    lite.commit()
    lite.close()
    for address in (tmp_path / "a.duckdb", tmp_path / "a.sqlite", f"duckdb:///{tmp_path}/a.duckdb?table=responses"):
        assert nps(address) == pytest.approx(100 / 3), address
    assert nps(f"sqlite:///{tmp_path}/a.sqlite?table=responses") == pytest.approx(100 / 3)


@pytest.mark.postgres
def test_postgres(postgres_url: str) -> None:
    import psycopg

    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("drop table if exists answers_here")
        connection.execute("create table answers_here (score int)")
        connection.execute("insert into answers_here values (9), (10), (3)")
    table = kapula.table_from(f"{postgres_url}?table=answers_here")
    assert kapula.measure(table, "nps").rows[0].value == pytest.approx(100 / 3)
    table.get_backend().disconnect()
    with pytest.raises(SourceError, match="no table 'elsewhere'"):
        kapula.table_from(postgres_url, "elsewhere")


@pytest.mark.parametrize(
    "address", ["nothing.parquet", "no/such/folder", "sqlite:///no/such.sqlite", "carrier://pigeon"]
)
def test_what_is_not_there(address: str) -> None:
    with pytest.raises(SourceError) as caught:
        kapula.table_from(address)
    assert caught.value.context["source"]


def test_an_empty_folder_and_a_broken_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no \.parquet files"):
        kapula.table_from(str(tmp_path))
    (tmp_path / "broken.parquet").write_bytes(b"not parquet")
    with pytest.raises(SourceError, match="cannot be read as Parquet"):
        kapula.table_from(str(tmp_path / "broken.parquet"))


@pytest.mark.parametrize("where", ["a.parquet", ".", "*.parquet"])
def test_columns_of_one_name_in_a_parquet_file_are_told_and_called_as_in_other_files(
    where: str, tmp_path: Path
) -> None:
    columns = [pa.array([one]) for one in range(4)]
    pq.write_table(pa.Table.from_arrays(columns, names=["a", "b", "b", "B"]), tmp_path / "a.parquet")
    with pytest.warns(
        ColumnsRenamed, match=r"columns of one name; the later ones are called b \(2\), B \(3\)"
    ) as caught:
        table = kapula.table_from(str(tmp_path / where))
    assert [one.filename for one in caught if one.category is ColumnsRenamed] == [__file__]
    assert table.to_pyarrow().to_pylist() == [{"a": 0, "b": 1, "b (2)": 2, "B (3)": 3}]
    notes: list[tuple[str, str]] = []
    kapula.table_from(str(tmp_path / where), notes=notes)
    assert notes == [("duplicate_header", "b (2), B (3)")]


def test_other_parquet_files_keep_every_name(tmp_path: Path) -> None:
    (tmp_path / "year=2026").mkdir()
    pq.write_table(pa.table({" b": [1], "b": [2]}), tmp_path / "year=2026" / "a.parquet")
    assert kapula.table_from(str(tmp_path)).columns == (" b", "b", "year")


def test_passwords_are_not_shown() -> None:
    assert hidden("postgresql://me:secret@host/db") == "postgresql://me:***@host/db"
    with pytest.raises(SourceError) as caught:
        kapula.table_from("postgresql://me:secret@127.0.0.1:1/db")
    assert "secret" not in str(caught.value.to_dict())


def test_importing_the_library_is_quick_and_needs_no_engine() -> None:
    """The public names are imported when first used."""
    code = "import kapula, sys; print([m for m in ('ibis', 'duckdb', 'scipy', 'django') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
