"""Importing in the product: choose a file, correct how it is read, take it in, mend what was refused, take it back."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from import_files import SURVEY, WITH_ERRORS, as_survey, imported, received
from openpyxl import load_workbook

from kapula_web.accounts.models import Organisation, User
from kapula_web.jobs import services as jobs
from kapula_web.ledger.imports.correct import IDENTITY
from kapula_web.ledger.models import Import, RejectedRow, Response, Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst(anna: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(anna)


def address(name: str, organisation: Organisation, *more: int) -> str:
    return reverse(f"ledger:{name}", args=[organisation.slug, *more])


def upload(client: Client, organisation: Organisation, file: str, content: bytes, **more: str) -> Any:
    data = {"file": SimpleUploadedFile(file, content), "source": "", "name": "", **more}
    return client.post(address("new", organisation), data)


def as_posted(page: Any) -> dict[str, str]:
    """What a browser would post from the mapping page as it stands."""
    form = page.context["form"]
    fields = [field for part in (form.file, *form.columns) for field in part]
    return {field.html_name: "" if field.value() is None else str(field.value()) for field in fields}


def test_a_file_goes_from_choosing_to_result(analyst: Client, aurinko: Organisation) -> None:
    chosen = upload(analyst, aurinko, "kysely 2026.csv", SURVEY.encode(), name="Asiakaskysely")
    run = Import.objects.get()
    assert chosen["Location"] == address("import", aurinko, run.pk)
    assert str(run.source) == "Asiakaskysely"

    page = analyst.get(chosen["Location"])
    assert "Ensimmäiset 4 riviä voi tuoda kaikki." in page.content.decode()
    analyst.post(address("start", aurinko, run.pk), as_posted(page))
    assert "Tuodaan aineistoa" in analyst.get(chosen["Location"]).content.decode()

    jobs.run_due()
    done = analyst.get(chosen["Location"]).content.decode()
    assert "Aineistoon tuli 4 uutta riviä" in done
    assert "asteikko 0–10" in done


def test_a_corrected_column_is_read_as_corrected_and_remembered(analyst: Client, aurinko: Organisation) -> None:
    run = received(aurinko, SURVEY)
    page = analyst.get(address("import", aurinko, run.pk))
    posted = as_posted(page) | {"c2-role": "segment", "c4-low": "0", "c4-high": "9", "c4-missing": "9"}
    analyst.post(address("start", aurinko, run.pk), posted)
    jobs.run_due()

    first = Response.objects.get(external_id="A1")
    assert (first.segment, first.team, first.answers) == ("Turku", None, {})
    assert Source.objects.get().plan["columns"][2]["role"] == "segment"
    again = received(aurinko, SURVEY)
    assert again.plan["columns"][2]["role"] == "segment"
    assert "samat kuin edellisessä" in analyst.get(address("import", aurinko, again.pk)).content.decode()


def test_what_would_be_refused_is_told_at_once(analyst: Client, aurinko: Organisation) -> None:
    run = received(aurinko, SURVEY)
    posted = as_posted(analyst.get(address("import", aurinko, run.pk))) | {"c4-high": "5"}
    fragment = analyst.post(address("try", aurinko, run.pk), posted, headers={"HX-Request": "true"}).content.decode()
    assert "Ensimmäisistä 4 rivistä 2 jäisi tuomatta." in fragment
    assert "Arvo ei ole asteikolla." in fragment
    assert "<html" not in fragment


def test_a_scale_without_an_end_is_asked_for(analyst: Client, aurinko: Organisation) -> None:
    run = received(aurinko, SURVEY)
    posted = as_posted(analyst.get(address("import", aurinko, run.pk))) | {"c4-high": ""}
    page = analyst.post(address("start", aurinko, run.pk), posted).content.decode()
    assert "Kerro asteikon pienin ja suurin arvo" in page
    assert Import.objects.get().state == Import.State.MAPPING


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("tyhja.csv", b"", "on tyhjä"),
        ("otsikot.csv", b"Vastaustunnus;Suosittelu\n", "on otsikot mutta ei yhtään riviä"),
        ("kuva.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "kuva.csv"),
        ("rikki.xlsx", b"PK\x03\x04" + b"\x00" * 400, "rikki.xlsx"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_leaves_nothing(
    analyst: Client, aurinko: Organisation, settings: Any, name: str, content: bytes, told: str
) -> None:
    page = upload(analyst, aurinko, name, content)
    assert told in page.content.decode()
    assert not Import.objects.exists()
    assert not Source.objects.exists()
    assert [path for path in settings.IMPORT_DIR.rglob("*") if path.is_file()] == []


def test_a_file_over_the_limit_is_refused_while_it_comes(analyst: Client, aurinko: Organisation, settings: Any) -> None:
    settings.IMPORT_MAX_BYTES = 100
    page = upload(analyst, aurinko, "iso.csv", SURVEY.encode() * 10)
    assert "on liian suuri" in page.content.decode()
    assert [path for path in settings.IMPORT_DIR.rglob("*") if path.is_file()] == []


def test_rejected_rows_are_told_in_words_and_corrected_on_the_page(analyst: Client, aurinko: Organisation) -> None:
    run = imported(aurinko, WITH_ERRORS, plan=as_survey)
    assert (run.added, run.rejected) == (4, 2)
    page = analyst.get(address("rejected", aurinko, run.pk)).content.decode()
    assert "2 riviä odottaa korjausta" in page
    assert "Päivää ei voi lukea." in page

    row = RejectedRow.objects.get(raw__Vastaustunnus="A5")
    still = analyst.post(address("rejected_row", aurinko, run.pk, row.pk), {"cell-Päivä": "30.2.2026"})
    assert "ei vielä kelpaa" in still.content.decode()
    analyst.post(address("rejected_row", aurinko, run.pk, row.pk), {"cell-Päivä": "28.2.2026"})
    assert Response.objects.get(external_id="A5").answers == {"suosittelu": 8}
    row.refresh_from_db()
    assert row.resolved_at is not None
    assert Import.objects.filter(corrects=run, added=1).exists()


def test_rejected_rows_are_corrected_in_a_file(analyst: Client, aurinko: Organisation) -> None:
    run = imported(aurinko, WITH_ERRORS, plan=as_survey)
    lines = b"".join(analyst.get(address("rejected_csv", aurinko, run.pk)).streaming_content).decode("utf-8-sig")
    assert IDENTITY in lines.splitlines()[0]
    mended = lines.replace("31.2.2026", "28.2.2026").replace(";kymmenen;", ";10;").encode("utf-8-sig")
    sent = analyst.post(
        address("rejected_upload", aurinko, run.pk), {"file": SimpleUploadedFile("korjattu.csv", mended)}
    )
    jobs.run_due()
    again = Import.objects.get(corrects=run)
    assert sent["Location"] == address("import", aurinko, again.pk)
    assert (again.state, again.added, again.rejected) == (Import.State.DONE, 2, 0)
    assert not RejectedRow.objects.filter(resolved_at=None).exists()
    assert Response.objects.get(external_id="A6").answers == {"suosittelu": 10}


def test_rejected_rows_as_excel_are_text_and_never_formulas(analyst: Client, aurinko: Organisation) -> None:
    run = imported(aurinko, SURVEY + '=1+1;31.2.2026;Oulu;Verkko;8;"=HYPERLINK(""http://x"")"\n', plan=as_survey)
    book = load_workbook(io.BytesIO(analyst.get(address("rejected_xlsx", aurinko, run.pk)).content))
    cells = list(book.active[2])
    assert cells[0].value == "=1+1"
    assert {cell.data_type for cell in cells if cell.value} == {"s"}


def test_undo_from_the_page(analyst: Client, aurinko: Organisation) -> None:
    run = imported(aurinko, SURVEY)
    analyst.post(address("undo", aurinko, run.pk))
    assert not Response.objects.exists()
    assert "Tuonti on kumottu" in analyst.get(address("import", aurinko, run.pk)).content.decode()


def test_an_import_whose_process_was_stopped_can_be_tried_again(analyst: Client, aurinko: Organisation) -> None:
    run = received(aurinko, SURVEY)
    Import.objects.filter(pk=run.pk).update(state=Import.State.RUNNING, done=300, total=1000)
    page = analyst.get(address("import", aurinko, run.pk)).content.decode()
    assert "Palvelin pysähtyi kesken tuonnin." in page
    analyst.post(address("retry", aurinko, run.pk))
    jobs.run_due()
    run.refresh_from_db()
    assert (run.state, run.added) == (Import.State.DONE, 4)


def test_ids_that_begin_anew_in_each_file_are_noticed(analyst: Client, aurinko: Organisation) -> None:
    rows = "".join(f"{i};1.3.2025;Turku;Puhelin;9;\n" for i in range(1, 11))
    imported(aurinko, SURVEY.splitlines()[0] + "\n" + rows)
    run = received(aurinko, SURVEY.splitlines()[0] + "\n" + rows.replace("2025", "2026").replace(";9;", ";3;"))
    page = analyst.get(address("import", aurinko, run.pk)).content.decode()
    assert "on aivan toiselta ajalta" in page


def test_the_file_can_be_deleted_and_the_rows_stay(analyst: Client, aurinko: Organisation, settings: Any) -> None:
    run = imported(aurinko, SURVEY)
    analyst.post(address("delete_file", aurinko, run.pk))
    assert Response.objects.count() == 4
    assert Import.objects.get().stored_as == ""


def test_the_upload_form_tells_what_it_takes_and_how_much(
    analyst: Client, aurinko: Organisation, settings: Any
) -> None:
    settings.IMPORT_MAX_BYTES = 25 * 2**20
    page = analyst.get(address("new", aurinko)).content.decode()
    assert "Enintään 25,0" in page
    accepted = re.search(r'type="file"[^>]* accept="([^"]*)"', page)
    assert accepted is not None
    assert {".csv", ".xlsx", ".sav", ".parquet"} <= set(accepted[1].split(","))


def test_a_question_of_the_file_becomes_a_measure_with_its_form_filled_in(
    analyst: Client, aurinko: Organisation
) -> None:
    run = imported(aurinko, SURVEY)
    page = analyst.get(address("import", aurinko, run.pk)).content.decode()
    link = f"{reverse('insights:create', args=[aurinko.slug])}?question=suosittelu"
    assert link in page
    form = analyst.get(link).context["form"]
    told = {name: form[name].value() for name in ("name_fi", "origin", "measure")}
    assert told == {"name_fi": "Suosittelu", "origin": "responses:suosittelu", "measure": "nps"}
    plain = analyst.get(link.replace("suosittelu", "olematon")).context["form"]
    assert plain["origin"].value() is None


def test_the_home_page_teaches_when_there_is_nothing(analyst: Client, aurinko: Organisation) -> None:
    page = analyst.get(address("home", aurinko)).content.decode()
    assert "Tuo ensimmäinen aineisto" in page
    imported(aurinko, SURVEY)
    page = analyst.get(address("home", aurinko)).content.decode()
    assert "Aineistot" in page
    assert address("source", aurinko, Source.objects.get().pk) in page


def test_a_reader_sees_what_there_is_but_may_not_import(
    rauno: User, signed_in: Callable[[User], Client], aurinko: Organisation
) -> None:
    client = signed_in(rauno)
    assert client.get(address("home", aurinko)).status_code == 200
    assert client.get(address("new", aurinko)).status_code == 403
