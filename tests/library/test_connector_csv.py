"""CSV as companies have it: encodings, separators, headers, ragged rows, and what is no CSV at all."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import pytest
from connector_files import csv_file, csv_text, excel_file, survey, written

from kapula import connectors
from kapula.connectors import errors
from kapula.connectors.contract import ColumnPlan, Plan

BOMS = {"utf-8": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


def texts(path: Path) -> list[dict[str, str]]:
    """The raw rows as text, without any plan."""
    with connectors.get("csv").open(path, {}) as source:
        return [row for batch in source.batches(1000) for row in batch.table.to_pylist()]


def notes(path: Path) -> dict[str, str]:
    return dict(connectors.peek(path, "csv").notes)


def rejected(path: Path, plan: Plan | None = None):
    return [row for batch in connectors.read(path, plan or connectors.peek(path).plan) for row in batch.rejected]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le-bom", "utf-16-be-bom", "utf-16-le"]
)
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_every_encoding_and_separator_gives_the_same_rows(encoding, separator, tmp_path):
    text = (
        f'Päivä{separator}"Öljy, ""hyvä""; ok"{separator}NPS\n1.1.2026{separator}"Äijälä{separator} €5"{separator}10\n'
    )
    data = BOMS[encoding[:9]] + text.encode(encoding[:9]) if encoding.endswith("-bom") else text.encode(encoding)
    path = tmp_path / "file.csv"
    path.write_bytes(data)
    assert texts(path) == [{"Päivä": "1.1.2026", 'Öljy, "hyvä"; ok': f"Äijälä{separator} €5", "NPS": "10"}]


def test_windows_1252_is_said(tmp_path):
    assert "encoding_cp1252" in notes(written(tmp_path / "a.csv", csv_text(), "cp1252"))


def test_utf8_with_a_stray_byte_keeps_its_letters_and_says_so(tmp_path):
    """One byte of Windows-1252 in a UTF-8 file must not turn every ä of it into two letters."""
    path = tmp_path / "a.csv"
    path.write_bytes("Nimi;NPS\nÄijälä Öykkäri;9\n".encode() + b"Sepp\xe4l\xe4;8\n")
    assert [row["Nimi"] for row in texts(path)] == ["Äijälä Öykkäri", "Seppälä"]
    assert notes(path)["encoding_mixed"] == "2"


def test_a_byte_of_no_encoding_is_an_error_that_names_it(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"Nimi;NPS\nSepp\xe4l\xe4 \x81;8\n")
    with pytest.raises(errors.EncodingError) as caught:
        connectors.peek(path)
    assert caught.value.context == {"file": "a.csv", "encoding": "cp1252", "byte": "0x81", "offset": 17}


def test_a_declared_encoding_is_obeyed(tmp_path):
    path = written(tmp_path / "a.csv", "Nimi;NPS\nÄ;8\n", "iso-8859-15")
    peek = connectors.peek(path, options={"encoding": "iso-8859-15"})
    assert peek.rows[0] == ("Ä", "8")
    with pytest.raises(errors.EncodingError, match="klingon"):
        connectors.peek(path, options={"encoding": "klingon"})


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_and_a_break_inside_quotes(end, tmp_path):
    path = written(tmp_path / "a.csv", f'a;b{end}1;"x{end}y"{end}2;z{end}')
    assert [row["a"] for row in texts(path)] == ["1", "2"]
    assert texts(path)[0]["b"].split() == ["x", "y"]


def test_stray_quotes_and_nuls_do_no_harm(tmp_path):
    path = written(tmp_path / "a.csv", 'a;b\n1;5" putki\n2;hän sanoi "hei"\n3;\x00x\n')
    assert [row["b"] for row in texts(path)] == ['5" putki', 'hän sanoi "hei"', "x"]


def test_headers_are_cleaned_titles_skipped_and_doubles_told_apart(tmp_path):
    path = written(tmp_path / "a.csv", "Raportti 2026\n\n\ufeff NPS ;*nps;;Kommentti\n9;8;;ok\n")
    assert list(texts(path)[0]) == ["NPS", "nps (2)", "column 3", "Kommentti"]
    said = notes(path)
    assert (said["leading_rows"], said["unnamed_columns"], said["duplicate_header"]) == ("2", "3", "nps (2)")


def test_the_sep_line_of_excel_is_no_header(tmp_path):
    assert texts(written(tmp_path / "a.csv", "sep=|\r\na|b;c\r\n1|2\r\n")) == [{"a": "1", "b;c": "2"}]


def test_a_file_without_a_header_gets_numbered_columns(tmp_path):
    path = written(tmp_path / "a.csv", "1.1.2026;9\n2.1.2026;8\n")
    assert list(texts(path)[0]) == ["column 1", "column 2"]
    assert "no_header" in notes(path)


def test_rows_of_another_width_are_rejected_with_their_number(tmp_path):
    path = written(
        tmp_path / "a.csv", 'Pvm;NPS;Kommentti\n1.1.2026;9;ok\n1.1.2026;9;a;b\n"1.1\n.2026";8\n2.1.2026;0;hyvä\n'
    )
    found = rejected(path)
    assert [(row.number, row.reasons) for row in found] == [
        (2, (("", "column_count", "4/3"),)),
        (3, (("", "column_count", "1/3"),)),
        (3, (("", "column_count", "2/3"),)),
    ]
    assert found[0].raw == {"Pvm": "1.1.2026", "NPS": "9", "Kommentti": "a", "column 4": "b"}
    kept = [
        row
        for batch in connectors.read(path, connectors.peek(path).plan)
        for row in batch.rows["answer_nps"].to_pylist()
    ]
    assert kept == [9.0, 0.0]


def test_separators_too_many_at_the_end_lose_nothing(tmp_path):
    path = written(tmp_path / "a.csv", "Pvm;NPS\n1.1.2026;9;;\n2.1.2026;8\n3.1.2026;7;\n")
    assert [row["NPS"] for row in texts(path)] == ["9", "8", "7"]


def test_a_quote_never_closed_costs_one_row_not_the_rest(tmp_path):
    path = written(tmp_path / "a.csv", 'Pvm;NPS;Kommentti\n1.1.2026;9;"auki\n2.1.2026;8;ok\n3.1.2026;7;ok\n')
    columns = (ColumnPlan("Pvm", "occurred_at", date_format="%d.%m.%Y"), ColumnPlan("NPS", "score", question="nps"))
    batches = list(connectors.read(path, Plan("csv", "wide", columns)))
    assert sorted(i for b in batches for i in b.rows["answer_nps"].to_pylist()) == [7.0, 8.0, 9.0]


def test_numbers_of_rows_leap_over_ragged_ones(tmp_path):
    lines = [f"{i + 1}.1.2026;{'x' if i == 20 else i % 11}" + (";;9" if i in (3, 4, 15) else "") for i in range(25)]
    path = written(tmp_path / "a.csv", "Pvm;NPS\n" + "\n".join(lines) + "\n")
    plan = Plan(
        "csv",
        "wide",
        (ColumnPlan("Pvm", "occurred_at", date_format="%d.%m.%Y"), ColumnPlan("NPS", "score", low=0, high=10)),
    )
    for size in (4, 100):
        found = [row.number for batch in connectors.read(path, plan, size) for row in batch.rejected]
        assert found == [4, 5, 16, 21]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "image"),
        (b"<!DOCTYPE html><table><tr><td>a", "html"),
        (bytes(range(1, 32)) * 99, "binary"),
    ],
)
def test_what_is_no_text_is_called_by_its_kind(head, kind, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(head)
    with pytest.raises(errors.NotThisFormatError) as caught:
        connectors.peek(path, "csv")
    assert caught.value.context["looks_like"] == kind


def test_a_workbook_named_csv_is_read_as_the_workbook_it_is(tmp_path):
    path = excel_file(tmp_path).rename(tmp_path / "kysely.csv")
    assert connectors.peek(path).connector == "excel"
    with pytest.raises(errors.NotThisFormatError, match="xlsx"):
        connectors.peek(path, "csv")


def test_an_empty_line_is_a_row_where_there_is_one_column_and_nothing_where_there_are_more(tmp_path):
    """A file of comments alone: answers and rows must stay side by side."""
    assert texts(written(tmp_path / "one.csv", "text\nHyvä\n\nHuono\n")) == [
        {"text": "Hyvä"},
        {"text": ""},
        {"text": "Huono"},
    ]
    assert len(texts(written(tmp_path / "two.csv", "id;text\n1;a\n\n2;b\n"))) == 2


@pytest.mark.parametrize("more", ["", "Hinta; laatu; kaikki kunnossa\n", "a|b;\tc, d\n"])
def test_sentences_with_commas_are_one_column(more, tmp_path):
    """Comments one a line, as they are copied from an e-mail or a document: nobody put quotes around them."""
    path = written(
        tmp_path / "a.csv",
        f"kommentti\nEi hullumpi reissu, kuskille kiitos.\n\nTaas virhe laskussa, kolmas, vaihdan yhtiötä.\n{more}",
    )
    rows = [row["kommentti"] for row in texts(path)]
    assert rows[:3] == ["Ei hullumpi reissu, kuskille kiitos.", "", "Taas virhe laskussa, kolmas, vaihdan yhtiötä."]
    assert len(rows) == 3 + bool(more)


def test_one_comment_and_numbers_with_a_decimal_comma_are_one_column_too(tmp_path):
    assert texts(written(tmp_path / "a.csv", "kommentti\nHyvä, nopea, edullinen\n")) == [
        {"kommentti": "Hyvä, nopea, edullinen"}
    ]
    rows = texts(written(tmp_path / "b.csv", "arvosana\n4,5\n3\n5,0\n"))
    assert [row["arvosana"] for row in rows] == ["4,5", "3", "5,0"]


def test_a_title_above_a_table_written_with_spaces_is_still_a_title(tmp_path):
    path = written(tmp_path / "a.csv", "Raportti\nnimi, kommentti\nAalto, hyvä palvelu\nEklund, nopea ja hyvä\n")
    assert list(texts(path)[0]) == ["nimi", "kommentti"]


@pytest.mark.parametrize("contents", [b"", b"\n\n \n", b"\xef\xbb\xbf", b";;;\n"])
def test_nothing_is_an_empty_file(contents, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(contents)
    with pytest.raises(errors.EmptyFileError):
        connectors.peek(path)


def test_gzip_is_read_and_a_cut_one_is_broken(tmp_path):
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(csv_text().encode("cp1252")))
    assert len(texts(path)) == 24
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(errors.BrokenFileError):
        texts(path)


def test_a_gzip_bomb_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("kapula.connectors.reading.text.RATIO_FROM", 1 << 20)
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"a;b\n" + b"1;1\n" * 2_000_000, 9))
    with pytest.raises(errors.TooLargeInsideError) as caught:
        texts(path)
    assert caught.value.context["unpacked"] > 200 * caught.value.context["packed"]


def test_large_files_become_lazy_tables_typed_by_all_their_rows(tmp_path):
    """Row 60,001 holds a word: the column is text throughout, never half numbers with the word lost."""
    rows = "".join(f"{i % 11};{i}\n" for i in range(60_000))
    path = written(tmp_path / "a.csv", "NPS;luku\n" + rows + "9;sana\n")
    table = connectors.read_table(path)
    assert not hasattr(table, "num_rows")
    assert table.schema()["NPS"].is_floating()
    assert table.schema()["luku"].is_string()
    assert table.count().to_pyarrow().as_py() == 60_001


READ_ALL = r"""
import pathlib, re, sys
from kapula import connectors
plan = connectors.peek(sys.argv[1]).plan
rows = sum(batch.rows.num_rows for batch in connectors.read(sys.argv[1], plan))
scores = sum(column.role == "score" for column in plan.columns)
# Of this program alone: ru_maxrss begins with the peak of the process that started it.
print(scores, rows, re.search(r"VmHWM:\s*(\d+)", pathlib.Path("/proc/self/status").read_text()).group(1))
"""


@pytest.mark.slow
def test_a_large_file_streams_in_bounded_memory(tmp_path):
    """Over 200 MB in Windows-1252 (re-encoded on the way): under 1 GB in all. How long it takes is the benchmark's to say."""
    path, count = tmp_path / "large.csv", 2_400_000
    scores = [";".join(str((i + j) % 11) for j in range(15)) for i in range(11)]
    comments = ("", "Jonotin liian kauan, ja sitten vielä lisää jonoa. " * 3)
    with path.open("w", encoding="cp1252") as file:
        file.write("Vastaus ID;Pvm;" + ";".join(f"K{i}" for i in range(15)) + ";Avoin palaute\n")
        file.writelines(f"{i};{1 + i % 28}.1.2026 9:15;{scores[i % 11]};{comments[i % 2]}\n" for i in range(count))
    assert path.stat().st_size > 200 << 20
    # In a process of its own: the peak of this one is that of all the tests before.
    told = subprocess.run([sys.executable, "-c", READ_ALL, str(path)], capture_output=True, text=True, check=True)
    scores_found, rows, peak = map(float, told.stdout.split())
    assert (scores_found, rows) == (15, count)
    assert peak < 1 << 20


def test_the_builder_is_what_it_says(tmp_path):
    """Guards the other tests: the file really has quotes, breaks and a zero."""
    text = csv_file(tmp_path).read_text()
    assert '""hetki""' in text
    assert "\n" in text.split('"')[-2] or any("\n" in comment for *_, comment in survey())
