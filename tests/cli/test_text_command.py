"""``kapula text FILE``: a line for each row of the file or a refusal, positions in the cell as it stands, figures read as words."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kapula_cli.main import main

Run = Callable[..., tuple[int, list[dict[str, object]], str]]
CELLS = [
    "  Jonotin tunnin 040 123 4567  ",
    "\n\tKiitos, soittakaa\nnumeroon 040 123 4567",
    "\u00a0Huono palvelu, 040 123 4567 \u2007",
    "Odotin 👍 tunnin 040 123 4567",
]


@pytest.fixture
def text(capsys, tmp_path) -> Run:
    """Runs the command on a file of this text (or on a path); gives exit code, rows and standard error."""

    def run(file: str | Path, column: str = "kommentti", *more: str) -> tuple[int, list[dict[str, object]], str]:
        path = file
        if isinstance(file, str):
            path = tmp_path / "a.csv"
            path.write_text(file, encoding="utf-8", newline="")
        code = main(["text", str(path), "--column", column, "--tier", "fast", *(more or ("--json", "--masked"))])
        told = capsys.readouterr()
        rows = [json.loads(line) for line in told.out.splitlines()] if "--json" in more or not more else []
        return code, rows, told.err or told.out if more else told.err

    return run


def test_unquoted_commas_are_joined_and_every_row_has_its_line(text):
    rows = [*(f"{i},Ok {i}" for i in range(96)), *(f"{i},Hidas, kallis ja huono {i}" for i in range(96, 100))]
    code, found, err = text("i,kommentti\n" + "\n".join(rows) + "\n")
    assert code == 0
    assert [row["text"] for row in found[94:98]] == [
        "Ok 94", "Ok 95", "Hidas, kallis ja huono 96", "Hidas, kallis ja huono 97",
    ]  # fmt: skip
    assert len(found) == 100
    assert "4 rows of a.csv" in err
    assert "lines 98, 99, 100, 101" in err


def test_a_row_that_cannot_be_split_is_a_refusal_that_names_its_line(text):
    code, found, err = text("id,kommentti\n1,Hyvä\n2,Virtanen, Liisa,Huono\n3\n4,Ok\n")
    error = json.loads(err)["error"]
    assert (code, found, error["code"]) == (2, [], "source")
    assert error["context"] == {"file": "a.csv", "rows": 2, "lines": [3, 4]}
    assert "line 3 has 4 fields, the header 2; line 4 has 1 field, the header 2" in error["message"]
    assert "quotation marks" in error["hint"]


def test_without_json_the_rest_is_counted_and_the_row_told(text, capsys, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("id,kommentti\n1,Hyvä\n3\n4,Ok\n", encoding="utf-8")
    assert main(["text", str(path), "--column", "kommentti", "--tier", "fast"]) == 0
    told = capsys.readouterr()
    assert told.out.startswith("2 comments")
    assert "1 row of a.csv was left out: line 3 has 1 field, the header 2." in told.err


def test_a_mark_never_closed_costs_no_row(text):
    code, found, err = text('id,kommentti\n1,Hyvä\n2,"Huono\n3,Ok\n4,Kallis\n5,Hidas\n')
    assert [row["text"] for row in found] == ["Hyvä", "Huono", "Ok", "Kallis", "Hidas"]
    assert code == 0
    assert "line 3" in err


@pytest.mark.parametrize("last", ["Ok", "Nopea, kiva", "Nopea,kiva"])
def test_one_column_with_commas_has_a_line_for_each_row(text, last):
    code, found, err = text(f"kommentti\nHyvä, nopea palvelu\nHuono, hidas palvelu\n{last}\n")
    assert [row["text"] for row in found] == ["Hyvä, nopea palvelu", "Huono, hidas palvelu", last]
    assert (code, err) == (0, "")


@pytest.mark.parametrize("rows", [2, 3, 30])
def test_the_index_of_pandas(text, rows):
    code, found, _ = text(",kommentti\n" + "".join(f"{i},Huono palvelu\n" for i in range(rows)))
    assert (code, len(found)) == (0, rows)


def written(kind: str, path: Path) -> Path:
    if kind == "parquet":
        pq.write_table(pa.table({"kommentti": CELLS}), path / "a.parquet")
        return path / "a.parquet"
    if kind == "xlsx":
        book = openpyxl.Workbook()
        for row in (["id", "kommentti"], *([i, cell] for i, cell in enumerate(CELLS))):
            book.active.append(row)
        book.save(path / "a.xlsx")
        return path / "a.xlsx"
    (path / "b.csv").write_text(
        "id,kommentti\n" + "".join(f'{i},"{cell}"\n' for i, cell in enumerate(CELLS)), newline=""
    )
    return path / "b.csv"


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_positions_are_those_of_the_cell_as_it_stands(text, kind, tmp_path):
    _, found, _ = text(written(kind, tmp_path), "kommentti", "--json")
    assert len(found) == len(CELLS)
    for cell, row in zip(CELLS, found, strict=True):
        (number,) = [one for one in row["pii"] if one["type"] == "phone"]
        assert cell[number["start"] : number["end"]] == "040 123 4567"
        for start, end in (span for theme in row["themes"] for span in theme["spans"]):
            assert cell[start:end] == cell[start:end].strip() != ""


@pytest.mark.parametrize("cells", [["5"], ["10", "007", "3,5"], ["1.2.2024", "03.04.2024"], ["2024-01-31", "ok"]])
def test_figures_are_read_as_they_were_written(text, cells):
    code, found, _ = text("id;kommentti\n" + "".join(f"{i};{cell}\n" for i, cell in enumerate(cells)))
    assert (code, [row["text"] for row in found]) == (0, cells)


@pytest.mark.parametrize(
    ("column", "texts"),
    [
        (pa.array([None, None], pa.null()), ["", ""]),
        (pa.array([5, None]), ["5", ""]),
        (pa.array([5.0, 2.5]), ["5", "2.5"]),
        (pa.array([date(2024, 2, 1), None]), ["2024-02-01", ""]),
    ],
)
def test_typed_columns_are_read_as_text(text, column, texts, tmp_path):
    pq.write_table(pa.table({"kommentti": column}), tmp_path / "a.parquet")
    code, found, err = text(tmp_path / "a.parquet")
    assert (code, [row["text"] for row in found], err) == (0, texts, "")


def test_lists_are_still_no_comments(text, tmp_path):
    pq.write_table(pa.table({"kommentti": pa.array([["a"]])}), tmp_path / "a.parquet")
    code, _, err = text(tmp_path / "a.parquet")
    assert (code, json.loads(err)["error"]["code"]) == (2, "column_type")
