"""Packed files: a zip bomb is not unpacked, a plain zip is asked to be unpacked first, and neither leaves a trace."""

from __future__ import annotations

import io
import resource
import struct
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from import_files import SURVEY, imported
from openpyxl import Workbook

from kapula_web.accounts.models import AuditEntry, Organisation, User
from kapula_web.jobs.models import Job
from kapula_web.ledger.models import Import, Response, Source

pytestmark = pytest.mark.django_db

SHEET = "xl/worksheets/sheet1.xml"
ROW = b'<row><c t="n"><v>0</v></c></row>' * 32_768
MEGABYTES = 256


def bomb() -> bytes:
    """A sound workbook in every other way, whose one sheet unpacks to a quarter of a gigabyte."""
    book, packed = Workbook(), io.BytesIO()
    book.active.append(["NPS"])
    book.save(packed)
    made = io.BytesIO()
    with zipfile.ZipFile(packed) as sound, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        for name in sound.namelist():
            if name != SHEET:
                out.writestr(name, sound.read(name))
        with out.open(SHEET, "w") as sheet:
            sheet.write(b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>')
            for _ in range(MEGABYTES):
                sheet.write(ROW)
            sheet.write(b"</sheetData></worksheet>")
    return made.getvalue()


def lying_bomb() -> bytes:
    """The same, with a directory that claims the sheet to be of 5,000 bytes."""
    content = bomb()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        true_size = archive.getinfo(SHEET).file_size
    return content.replace(struct.pack("<I", true_size), struct.pack("<I", 5_000))


def zipped_csv() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("kysely.csv", SURVEY)
    return made.getvalue()


@pytest.fixture
def analyst(anna: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(anna)


def kept(settings: Any) -> set[str]:
    return {str(path) for path in settings.IMPORT_DIR.rglob("*") if path.is_file()}


def state(settings: Any) -> tuple[object, ...]:
    tables = (Import, Response, Source, Job)
    rows = [list(table.objects.order_by("pk").values()) for table in tables]
    return (*rows, AuditEntry.objects.filter(action__startswith="import.").count(), kept(settings))


def sent(client: Client, organisation: Organisation, name: str, content: bytes) -> str:
    data = {"file": SimpleUploadedFile(name, content), "source": "", "name": ""}
    answer = client.post(reverse("ledger:new", args=[organisation.slug]), data)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_zip_bomb_is_not_unpacked_and_changes_nothing(analyst: Client, aurinko: Organisation, settings: Any) -> None:
    imported(aurinko, SURVEY)
    before, content = state(settings), bomb()
    assert len(content) < 1 << 20
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    page = sent(analyst, aurinko, "pommi.xlsx", content)
    assert "pommi.xlsx purkautuu epätavallisen suureksi, eikä sitä avattu" in page
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak < 64 << 10  # kilobytes
    assert state(settings) == before


def test_a_bomb_that_lies_of_its_size_is_not_unpacked_either(
    analyst: Client, aurinko: Organisation, settings: Any
) -> None:
    before, content = state(settings), lying_bomb()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    page = sent(analyst, aurinko, "pommi.xlsx", content)
    assert "pommi.xlsx on rikki tai jäänyt kesken" in page
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak < 64 << 10  # kilobytes
    assert state(settings) == before


@pytest.mark.parametrize("name", ["vienti.zip", "vienti.xlsx", "vienti.csv"])
def test_a_plain_zip_is_asked_to_be_unpacked(analyst: Client, aurinko: Organisation, settings: Any, name: str) -> None:
    imported(aurinko, SURVEY)
    before = state(settings)
    page = sent(analyst, aurinko, name, zipped_csv())
    assert f"{name} on pakattu (zip)" in page
    assert "Pura se ja tuo sen sisällä oleva tiedosto" in page
    assert state(settings) == before
