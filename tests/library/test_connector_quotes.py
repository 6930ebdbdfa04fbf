"""A quotation mark that is never closed: it costs itself, and neither the rows below it nor the cells of other files."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from connector_files import written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kapula import connectors
from kapula.connectors import RowsTold
from kapula.connectors.reading import quotes
from kapula.connectors.reading.text import Utf8File

ROWS = 'id,kommentti\n1,Hyvä\n2,"Huono\n3,Ok\n'
GOOD = [("1", "Hyvä"), ("2", "Huono"), ("3", "Ok")]


def texts(path: Path) -> list[tuple[str, ...]]:
    with connectors.get("csv").open(path, {}) as source:
        return [tuple(row.values()) for batch in source.batches(1000) for row in batch.table.to_pylist()]


@pytest.mark.parametrize(
    ("below", "rows"),
    [
        ("4,Kallis\n5,Hidas\n", [("4", "Kallis"), ("5", "Hidas")]),  # nothing closes it: the file's end
        ('4,"Kallis, mutta hyvä"\n5,Hidas\n', [("4", "Kallis, mutta hyvä"), ("5", "Hidas")]),  # another field's mark
        ('4,"""Ei"" sanoi\nmyyjä"\n', [("4", '"Ei" sanoi\nmyyjä')]),
        ('4,Hän sanoi "ei" vain\n5,Hidas\n', [("4", 'Hän sanoi "ei" vain'), ("5", "Hidas")]),  # a mark amid the words
        ('4,"Kallis\n5,Hidas\n', [("4", "Kallis"), ("5", "Hidas")]),  # a second one
        ("", []),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_rows_below_it_are_rows(below, rows, end, tmp_path):
    path = written(tmp_path / "a.csv", (ROWS + below).replace("\n", end))
    assert texts(path) == [*GOOD, *((key, text.replace("\n", end)) for key, text in rows)]


def test_where_it_stands_is_told(tmp_path):
    told = RowsTold()
    assert connectors.read_table(written(tmp_path / "a.csv", ROWS, "utf-8-sig"), told=told).num_rows == 3
    assert (told.mended, told.lines) == ({"unclosed": 1}, {"unclosed": [3]})


def test_one_in_the_header_or_in_a_file_of_one_column(tmp_path):
    assert texts(written(tmp_path / "a.csv", 'id;"kommentti\n1;Hyvä\n2;Huono\n')) == [("1", "Hyvä"), ("2", "Huono")]
    assert texts(written(tmp_path / "b.csv", 'kommentti\n"Huono, hidas\nOk\nKallis\n')) == [
        ("Huono, hidas",), ("Ok",), ("Kallis",),
    ]  # fmt: skip


def test_one_above_more_than_a_cell_can_hold(tmp_path, monkeypatch):
    monkeypatch.setattr(quotes, "LONGEST", 200)
    monkeypatch.setattr(quotes, "CHUNK", 64)
    rows = "".join(f"{i};9;Kommentti {i}\n" for i in range(10, 60))
    path = written(tmp_path / "a.csv", f'id;NPS;kommentti\n1;9;"auki\n{rows}99;9;"kiinni"\n')
    assert len(texts(path)) == 52


@pytest.mark.parametrize(
    "cell",
    [
        '"Rivi yksi, ja\nrivi "kaksi" tässä, ok"',  # a quotation whose marks are not doubled, on the second line
        '"Sanoi:\n"Ei käy" ja lähti"',
        '"Rivi\n2, kaksi\n\n""3"", kolme"',
    ],
)
def test_a_comment_of_several_lines_stays_whole(cell, tmp_path):
    path = written(tmp_path / "a.csv", f"id,kommentti\nA1,{cell}\nA2,Ok\n")
    assert len(texts(path)) == 2


def test_a_file_cut_amid_a_comment_of_several_lines_keeps_what_is_left_of_it(tmp_path):
    assert texts(written(tmp_path / "a.csv", 'id,NPS,kommentti\n1,9,"Hyvä\nmutta kal')) == [
        ("1", "9", "Hyvä\nmutta kal")
    ]


def marks(path: Path, data: bytes, width: int, chunk: int) -> list[int]:
    path.write_bytes(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quotes, "CHUNK", chunk)
        return list(quotes._unclosed(Utf8File(path, 0, len(data), True, ()), b",", width))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.lists(st.text('"",\n\ra1 ', max_size=12), min_size=2, max_size=2), min_size=1, max_size=5),
    always=st.booleans(),
    end=st.sampled_from(["\n", "\r\n"]),
    chunk=st.sampled_from([1, 5, 1 << 20]),
)
def test_a_sound_file_has_none(rows, always, end, chunk, tmp_path):
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL if always else csv.QUOTE_MINIMAL, lineterminator=end).writerows(rows)
    assert marks(tmp_path / "a.csv", text.getvalue().encode(), 2, chunk) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text('"",,\n\ra1 ', max_size=40),
    width=st.integers(1, 3),
    chunk=st.sampled_from([1, 2, 3, 7]),
)
def test_they_are_the_same_however_the_file_is_read(text, width, chunk, tmp_path):
    whole = marks(tmp_path / "a.csv", text.encode(), width, 1 << 20)
    assert marks(tmp_path / "a.csv", text.encode(), width, chunk) == whole
