"""Which lines of a text file are its header: a file of one column whose words have commas, and an index without a name."""

from __future__ import annotations

from pathlib import Path

import pytest
from connector_files import written

from kapula import connectors


def texts(path: Path, **options) -> list[dict[str, str]]:
    with connectors.get("csv").open(path, options) as source:
        return [row for batch in source.batches(1000) for row in batch.table.to_pylist()]


@pytest.mark.parametrize("header", ["kommentti", "Palaute", "Mitä mieltä olit", "x"])
@pytest.mark.parametrize("mark", [",", ";"])
@pytest.mark.parametrize("last", ["Ok", "Nopea{} kiva", "Nopea{} kiva{} halpa"])
def test_short_comments_with_a_comma_are_one_column(header, mark, last, tmp_path):
    lines = [f"Hyvä{mark} nopea palvelu", f"Huono{mark} hidas palvelu", last.replace("{}", mark)]
    path = written(tmp_path / "a.csv", "\n".join([header, *lines]) + "\n")
    assert texts(path) == [{header: line} for line in lines]


@pytest.mark.parametrize("line", ["nimi, kommentti", "id, palaute", "pvm, arvo"])
def test_a_title_above_short_cells_written_with_spaces_is_still_a_title(line, tmp_path):
    path = written(tmp_path / "a.csv", f"Raportti\n{line}\nAalto, hyvä palvelu\nEklund, nopea ja hyvä\n")
    assert [name.strip() for name in texts(path)[0]] == line.split(", ")


def test_a_column_that_is_asked_for_by_the_whole_first_line_is_the_only_one(tmp_path):
    """Nothing in the lines themselves tells these from a table below a title; the name does."""
    path = written(tmp_path / "a.csv", "Sana\nHyvä,nopea\nHuono,hidas\n")
    assert texts(path, named="sana") == [{"Sana": "Hyvä,nopea"}, {"Sana": "Huono,hidas"}]
    path = written(tmp_path / "b.csv", "Mitä mieltä olit, kerro\nHyvä, nopea\nOk\n")
    assert len(texts(path, named="Mitä mieltä olit, kerro")) == 2
    path = written(tmp_path / "c.csv", "Sana\nid,Sana\n1,Hyvä\n2,Huono\n")
    assert texts(path, named="Sana")[0] == {"id": "1", "Sana": "Hyvä"}


def test_a_mark_first_met_far_down_does_not_cut_a_text(tmp_path, monkeypatch):
    """Which mark no line has can only be told of lines that were seen."""
    monkeypatch.setattr("kapula.connectors.reading.csv_source.HEAD_CHARS", 60)
    lines = [f"Kommentti numero {i}" for i in range(20)] + ["Hinta; laatu, palvelu|kaikki\tkunnossa"]
    assert texts(written(tmp_path / "a.csv", "kommentti\n" + "\n".join(lines) + "\n"))[-1] == {"kommentti": lines[-1]}


@pytest.mark.parametrize("rows", [1, 2, 3, 30])
@pytest.mark.parametrize("key", ["{}", "A{}", "2026-01-{}"])
def test_the_index_of_pandas_has_no_name(rows, key, tmp_path):
    lines = [f"{key.format(i + 10)},Huono palvelu {i}\n" for i in range(rows)]
    found = texts(written(tmp_path / "a.csv", ",kommentti\n" + "".join(lines)))
    assert found == [{"column 1": key.format(i + 10), "kommentti": f"Huono palvelu {i}"} for i in range(rows)]


def test_two_levels_of_an_index_have_no_names_either(tmp_path):
    found = texts(written(tmp_path / "a.csv", ",,kommentti\n0,1,Huono\n0,2,Hyvä\n"))
    assert found[0] == {"column 1": "0", "column 2": "1", "kommentti": "Huono"}


def test_a_title_in_the_second_cell_is_still_a_title(tmp_path):
    found = texts(written(tmp_path / "a.csv", ";Raportti\nNPS;Kommentti\n9;ok\n8;hyvä\n"))
    assert found[0] == {"NPS": "9", "Kommentti": "ok"}
