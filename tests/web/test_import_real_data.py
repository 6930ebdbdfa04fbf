"""Real files, as they are, end to end: into the ledger and out of it as figures. The data stands beside the checkout (data/README.md)."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from import_files import imported

import kapula
from kapula_web.accounts.models import Organisation
from kapula_web.ledger import selectors
from kapula_web.ledger.models import Comment, Import, Response

pytestmark = pytest.mark.django_db

# Data rows in each file, counted with `csv` from Python's library (SOURCE.txt of data/sfo names the same for 2012 on).
SFO_ROWS = {2010: 3234, 2011: 3872, 2012: 3521, 2013: 3535, 2014: 2818, 2015: 2958, 2016: 3087, 2017: 2831}


def sfo(shared: Path, year: int) -> Path:
    return shared / "data" / "sfo" / f"{year}_SFO_Customer_Survey.csv"


@pytest.mark.parametrize(
    "year", [pytest.param(y, marks=() if y in {2010, 2017} else pytest.mark.slow) for y in SFO_ROWS]
)
def test_every_year_of_the_airport_survey_comes_in_as_it_is(shared: Path, aurinko: Organisation, year: int) -> None:
    """The columns are renamed from year to year; 0 and 6 are not answers on the items from 1 to 5."""
    run = imported(aurinko, sfo(shared, year), code=f"sfo-{year}")
    assert (run.state, run.error) == (Import.State.DONE, {})
    assert run.added + run.unchanged + run.rejected == SFO_ROWS[year]
    assert run.rejected <= 0.02 * SFO_ROWS[year]
    scores = [column for column in run.plan["columns"] if column["role"] == "score"]
    assert len(scores) >= 10
    rows = selectors.responses(aurinko).to_pyarrow()
    for column in scores:
        answers = [value for value in rows[f"answer_{column['question']}"].to_pylist() if value is not None]
        assert all(column["low"] <= value <= column["high"] for value in answers), column["column"]


def test_nps_of_2017_read_back_from_the_ledger(shared: Path, aurinko: Organisation) -> None:
    """39.8 unweighted and 40.4 weighted, n = 2,746: promoters minus detractors counted straight from the raw file, 11 being blank."""
    imported(aurinko, sfo(shared, 2017), code="sfo-2017")
    table = selectors.responses(aurinko)
    plain = kapula.measure(table, "nps", column="answer_netpro").rows[0]
    weighted = kapula.measure(table, "nps", column="answer_netpro", weight="weight").rows[0]
    assert (round(plain.value, 1), plain.n) == (39.8, 2746)
    assert (round(weighted.value, 1), weighted.n) == (40.4, 2746)


def said(code: str) -> list[tuple[object, ...]]:
    """What the ledger holds of a source. The tab-separated file was made by turning every semicolon into a tab, also inside comments."""
    rows = Response.objects.filter(source__code=code).order_by("occurred_at", "customer")
    told = rows.values_list("occurred_at", "customer", "answers", "attributes", "comments__text")
    return [(*row[:-1], (row[-1] or "").replace("\t", ";")) for row in told]


def test_five_spellings_of_one_file_are_one_ledger(shared: Path, aurinko: Organisation) -> None:
    """The same rows in UTF-8 with and without a mark, in cp1252, in UTF-16, and with tabs."""
    folder = shared / "data" / "import_files"
    first, *others = [
        imported(aurinko, folder / name) for name in ("utf8.csv", "utf8bom.csv", "cp1252.csv", "utf16.csv")
    ]
    assert (first.added, first.rejected) == (200, 0)
    for other in others:
        assert (other.state, other.added, other.updated, other.unchanged) == (Import.State.DONE, 0, 0, 200)
    imported(aurinko, folder / "utf16tab.txt", code="tab")
    assert said("tab") == said("kysely")


def nhs(shared: Path, rows: int | None) -> bytes:
    """The first so many rows of the trust's comments, all of them when None."""
    with gzip.open(shared / "data" / "nhs_fft_trust" / "comments.csv.gz", "rb") as file:
        data = file.read()
    return data if rows is None else b"".join(data.splitlines(keepends=True)[: rows + 1])


def import_nhs(shared: Path, aurinko: Organisation, rows: int | None) -> Import:
    return imported(aurinko, nhs(shared, rows), "comments.csv", "nhs")


def test_comments_of_a_hospital_trust(shared: Path, aurinko: Organisation) -> None:
    run = import_nhs(shared, aurinko, 3000)
    assert run.state == Import.State.DONE
    assert run.added + run.unchanged + run.rejected >= 2900
    assert Comment.objects.count() >= 2800
    assert Comment.objects.filter(text__contains="more a friend").count() == 1


@pytest.mark.slow
def test_all_comments_of_a_hospital_trust(shared: Path, aurinko: Organisation) -> None:
    run = import_nhs(shared, aurinko, None)
    assert run.state == Import.State.DONE
    assert Comment.objects.count() == Response.objects.count() == run.added
    assert run.rejected < 0.02 * run.added
