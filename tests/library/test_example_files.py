"""The example's files: the same bytes each time, readable as what they claim to be, wrong only where said."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import fastexcel
import pyarrow.compute as pc
import pytest

from kapula.example import World, build, write_files
from kapula.example.files.texts import NO_SUCH_DATE_EVERY, OFF_SCALE_EVERY


@pytest.fixture(scope="module")
def world() -> World:
    return build(responses=12_000)


@pytest.fixture(scope="module")
def folder(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    write_files(folder, world)
    return folder


def rows_of(path: Path, encoding: str, separator: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode(encoding)), delimiter=separator))


def test_the_same_world_gives_the_same_bytes(world: World, folder: Path, tmp_path: Path) -> None:
    for path in write_files(tmp_path / "again", world):
        assert path.read_bytes() == (folder / path.name).read_bytes()


def test_the_touchpoint_file_is_cp1252_with_a_few_wrong_rows(world: World, folder: Path) -> None:
    path = folder / "kohtaamiskysely.csv"
    with pytest.raises(UnicodeDecodeError):
        path.read_bytes().decode("utf-8")
    header, *rows = rows_of(path, "cp1252", ";")
    assert " Päivä" in header
    assert "Kohtaamispiste " in header
    assert {len(row) for row in rows} == {len(header)}
    scores = [row[header.index("Suosittelu 0-10")] for row in rows]
    assert scores.count("11") == len(rows) // OFF_SCALE_EVERY
    assert scores.count("99") > 0
    assert scores.count("0") > 0
    assert sum(row[1].startswith("31.2.") for row in rows) == len(rows) // NO_SUCH_DATE_EVERY
    ids = set(world.responses["external_id"].to_pylist())
    assert all(row[0] in ids for row in rows)


def test_the_chat_file_is_utf16_with_tabs(world: World, folder: Path) -> None:
    path = folder / "chat_palaute.txt"
    assert path.read_bytes()[:2] == b"\xff\xfe"
    _, *rows = rows_of(path, "utf-16", "\t")
    at_chat = pc.equal(world.responses["touchpoint"], "chat")
    surveyed = pc.equal(world.responses["source"], "touchpoint_survey")
    assert len(rows) == pc.sum(pc.and_(at_chat, surveyed)).as_py()
    assert all(" klo " in row[1] for row in rows)


def test_the_queue_file_is_the_operational_series(world: World, folder: Path) -> None:
    path = folder / "jonotusajat.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    _, *rows = rows_of(path, "utf-8-sig", ";")
    queue = world.observations.filter(pc.equal(world.observations["measure"], "queue_seconds"))
    assert [float(row[2].replace(",", ".")) for row in rows] == queue["value"].to_pylist()


def test_the_account_file_has_euros_with_decimal_commas(world: World, folder: Path) -> None:
    header, *rows = rows_of(folder / "yritysasiakkaat.csv", "cp1252", ";")
    assert header[2] == "Liikevaihto €"
    firms = world.outcomes.filter(pc.is_valid(world.outcomes["account"]))
    assert sum(float(row[2].replace(",", ".")) for row in rows) == pytest.approx(pc.sum(firms["revenue"]).as_py())
    assert {row[3] for row in rows} == {"K", "E"}


def test_the_relationship_workbook_has_title_rows_above_its_header(folder: Path) -> None:
    book = fastexcel.read_excel(folder / "asiakassuhdekysely.xlsx")
    top = book.load_sheet(0, header_row=None, n_rows=4).to_arrow().to_pylist()
    assert top[0]["__UNNAMED__0"] == "Aurinkokivi Energia Oy · Asiakassuhdekysely"
    sheet = book.load_sheet(0, header_row=3).to_arrow()
    assert sheet.num_rows == 900  # half of the six waves of 1,800
    assert str(sheet.schema.field("Päivämäärä").type).startswith("timestamp")


def test_the_webropol_like_workbook_has_numbered_questions_and_labels(folder: Path) -> None:
    sheet = fastexcel.read_excel(folder / "muuttokysely_webropol.xlsx").load_sheet(0).to_arrow()
    assert sheet.column_names[3].startswith("1. Kuinka todennäköisesti")
    assert set(sheet.column("3. Hoituiko asiasi yhdellä kertaa?").drop_null().to_pylist()) == {"Kyllä", "Ei"}
    assert "7 = Täysin samaa mieltä" in sheet.column(sheet.column_names[4]).to_pylist()
