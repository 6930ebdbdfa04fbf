"""Rows that do not have the header's fields: joined where a text was plainly cut, told with their lines where not, never simply gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from connector_files import workbook, written

from kapula import connectors
from kapula.connectors import RowsTold, errors


def table(path: Path, **asked) -> tuple[list[dict[str, object]], RowsTold]:
    told = RowsTold()
    found = connectors.read_table(path, told=told, **asked)
    return (found if hasattr(found, "num_rows") else found.to_pyarrow()).to_pylist(), told


def rejected(path: Path) -> list[tuple[int, str]]:
    plan = connectors.peek(path).plan
    return [(row.number, row.reasons[0][2]) for batch in connectors.read(path, plan) for row in batch.rejected]


def test_commas_in_a_last_text_without_quotation_marks_are_joined_and_told(tmp_path):
    rows = [*(f"{i},Ok {i}" for i in range(96)), *(f"{i},Hidas, kallis ja huono {i}" for i in range(96, 100))]
    found, told = table(written(tmp_path / "a.csv", "i,kommentti\n" + "\n".join(rows) + "\n"))
    assert [row["i"] for row in found] == list(range(100))
    assert [row["kommentti"] for row in found[95:97]] == ["Ok 95", "Hidas, kallis ja huono 96"]
    assert (told.left_out, told.mended, told.lines) == (0, {"joined": 4}, {"joined": [98, 99, 100, 101]})


@pytest.mark.parametrize(
    "line",
    [
        "1,Virtanen, Liisa,Hyvä",  # the comma of a name: what comes last is no continuation
        "1, Virtanen, Liisa",  # a space before the last column too: spaces say nothing
        "1,5, 6",  # a number and a field too many
        "1,Hyvä,5",
        "1",
    ],
)
def test_what_is_not_plainly_one_text_is_left_out_with_its_line(line, tmp_path):
    path = written(tmp_path / "a.csv", f'id,kommentti\n7,"Kaksi\nriviä"\n8,Ok\n\n{line}\n9,Huono\n')
    found, told = table(path)
    assert [row["id"] for row in found] == [7, 8, 9]
    assert (told.left_out, [row.line for row in told.first]) == (1, [6])
    assert told.first[0].reasons[0][1] == "column_count"
    assert [number for number, _ in rejected(path)] == [3]


def test_a_header_is_as_wide_as_it_is_though_most_comments_have_a_comma(tmp_path):
    """Otherwise every comment would be cut at its comma, and the rows without one would be those of another width."""
    path = written(tmp_path / "a.csv", "id;kommentti\n1;Hidas; kallis\n2;Hyvä\n3;Nopea; kiva\n4;Huono; tylsä\n")
    found, told = table(path)
    assert [row["kommentti"] for row in found] == ["Hidas; kallis", "Hyvä", "Nopea; kiva", "Huono; tylsä"]
    assert told.mended == {"joined": 3}
    batches = connectors.read(path, connectors.peek(path).plan)
    texts = [text for batch in batches for text in batch.comments["text"].to_pylist()]
    assert texts == ["Hidas; kallis", "Hyvä", "Nopea; kiva", "Huono; tylsä"]


def test_a_row_that_ends_with_the_header_is_whole_though_most_go_on(tmp_path):
    path = written(tmp_path / "a.csv", "id;NPS\n1;9\n2;8;x\n3;7;y\n4;6;z\n")
    found, told = table(path)
    assert [(row["id"], row["column 3"]) for row in found] == [(1, None), (2, "x"), (3, "y"), (4, "z")]
    assert told.left_out == 0


def test_a_cell_of_several_lines_is_one_row_though_fields_are_too_many(tmp_path):
    """The piece after the line break has a row's width, and is no row."""
    found, told = table(written(tmp_path / "a.csv", 'id,kommentti\n1,Ok\n2,"Rivi\nkaksi",x\n3,"Rivi\nkolme",,\n'))
    assert found == [{"id": 1.0, "kommentti": "Ok"}, {"id": 3.0, "kommentti": "Rivi\nkolme"}]
    assert {row.line for row in told.first} == {3}


def test_a_comment_keeps_the_line_separators_of_unicode(tmp_path):
    found, _ = table(written(tmp_path / "a.csv", "id,kommentti\n1,Ok\n2,Huono\u2028tosi, tosi\x85huono\n"))
    assert found[1]["kommentti"] == "Huono\u2028tosi, tosi\x85huono"


def test_all_batches_are_told_of(tmp_path, monkeypatch):
    monkeypatch.setattr("kapula.connectors.rawtable.BATCH", 10)
    lines = [f"{i};{i % 11}" + (";x" if i % 10 == 3 else "") for i in range(35)]
    path = written(tmp_path / "a.csv", "id;NPS\n" + "\n".join(lines) + "\n")
    notes: list[tuple[str, str]] = []
    found, told = table(path, notes=notes)
    assert len(found) == 31
    assert [row.line for row in told.first] == [5, 15, 25, 35]
    assert ("rows_rejected", "4") in notes


def test_only_the_first_are_kept_but_all_are_counted(tmp_path):
    lines = [f"{i};{i % 11};x;" if i % 3 else f"{i};5" for i in range(90)]
    _, told = table(written(tmp_path / "a.csv", "id;NPS\n1;9\n" + "\n".join([*lines, *["1;2"] * 90]) + "\n"))
    assert (told.left_out, len(told.first)) == (60, RowsTold.FIRST)


def test_a_file_of_no_good_rows_says_why(tmp_path):
    path = written(tmp_path / "a.csv", "id;NPS\n1\n")
    with pytest.raises(errors.NoRowsError, match="None of the 1 rows"):
        connectors.read_table(path)


def test_a_column_is_given_as_it_stands_in_the_file(tmp_path):
    """Numbers and dates as they were written, spaces where they were; the other columns as ever."""
    cells = ["007", "3,5", " 5 ", "1.2.2024", "\u00a0Hyvä\t", "-"]
    text = 'nro;Kommentti\n1;"\r\n007"\n' + "".join(f"{i};{cell}\n" for i, cell in enumerate(cells))
    found, _ = table(written(tmp_path / "a.csv", text), verbatim=["kommentti"])
    assert [row["Kommentti"] for row in found] == ["\r\n007", *cells]
    assert found[1]["nro"] == 0.0
    numbers, _ = table(written(tmp_path / "b.csv", "kommentti\n5\n10\n"), verbatim=["kommentti"])
    assert numbers == [{"kommentti": "5"}, {"kommentti": "10"}]


def test_an_empty_cell_of_a_sheet_of_one_column_is_a_row(tmp_path):
    """As in a text file: answers and rows stay side by side."""
    one = workbook(tmp_path / "a.xlsx", {"S": [["kommentti"], ["Hyvä"], [None], ["Huono"]]})
    two = workbook(tmp_path / "b.xlsx", {"S": [["id", "kommentti"], [1, "Hyvä"], [None, None], [2, "Huono"]]})
    assert [row["kommentti"] for row in table(one)[0]] == ["Hyvä", None, "Huono"]
    assert len(table(two)[0]) == 2
