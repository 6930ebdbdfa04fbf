"""Rows that were put right while a file was read are told before it is taken in, and after."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from import_files import SURVEY, imported, received

from kapula.connectors.contract import ColumnPlan, Plan
from kapula_web.accounts.models import Organisation, User
from kapula_web.kit import codes
from kapula_web.ledger.imports.check import check
from kapula_web.ledger.models import Import, Response

pytestmark = pytest.mark.django_db
MORE = [f"B{i};5.3.2026;Oulu;Verkko;{i % 11};Ok {i}" for i in range(40)]
JOINED = SURVEY + "\n".join([*MORE, "C1;6.3.2026;Oulu;Verkko;3;Hidas; kallis ja huono"]) + "\n"
UNCLOSED = SURVEY + "\n".join(['C1;6.3.2026;Oulu;Verkko;3;"Hidas ja kallis', *MORE]) + "\n"


def page(client: Client, run: Import) -> str:
    return client.get(reverse("ledger:import", args=[run.organisation.slug, run.pk])).content.decode()


def test_joined_rows_are_told_in_the_preview_and_in_the_result(
    anna: User, signed_in: Callable[[User], Client], aurinko: Organisation
) -> None:
    client = signed_in(anna)
    run = received(aurinko, JOINED)
    told = "Se yhdistettiin. Rivejä: 1. Tiedoston riveillä: 46"
    assert told in page(client, run)
    run = imported(aurinko, JOINED)
    assert run.mended == {"joined": {"rows": 1, "lines": [46]}}
    assert told in page(client, run)
    assert Response.objects.filter(organisation=aurinko, external_id="C1").exists()


def test_marks_that_were_never_closed_are_told(aurinko: Organisation) -> None:
    run = imported(aurinko, UNCLOSED)
    assert run.mended == {"unclosed": {"rows": 1, "lines": [6]}}
    assert run.added == 45


def test_a_whole_file_tells_of_nothing(anna: User, signed_in: Callable[[User], Client], aurinko: Organisation) -> None:
    run = imported(aurinko, SURVEY)
    assert run.mended == {}
    assert "korjattiin tiedostoa luettaessa" not in page(signed_in(anna), run)


def test_only_the_first_lines_are_listed(aurinko: Organisation) -> None:
    rows = "\n".join(f"C{i};6.3.2026;Oulu;Verkko;3;Hidas; kallis ja huono" for i in range(9)) + "\n"
    run = received(aurinko, JOINED + rows)
    assert check(run, Plan.from_dict(run.plan)).mended == {"joined": {"rows": 10, "lines": [46, 47, 48, 49, 50]}}


@pytest.mark.parametrize(("language", "word"), [("fi", "yhdistettiin"), ("sv", "sattes ihop"), ("en", "joined")])
def test_it_is_said_in_three_languages(language: str, word: str) -> None:
    from django.utils import translation

    with translation.override(language):
        assert word in codes.words("mended", "joined", {"rows": 2, "lines": [3, 4]})


def test_rows_of_another_width_at_the_files_end_are_in_the_check(aurinko: Organisation) -> None:
    run = received(aurinko, SURVEY + "\n".join([*MORE, "C1;6.3.2026;Oulu"]) + "\n")
    found = check(run, Plan.from_dict(run.plan))
    assert (found.rows, found.rejected, found.reasons[0].code) == (45, 1, "column_count")


def test_a_long_files_mended_rows_are_told(tmp_path: Path) -> None:
    """They are gathered first and turned to one row a respondent."""
    from kapula import connectors

    rows = "".join(
        f"A{i // 2};{1 + i % 28}.3.2026;{'NPS' if i % 2 else 'Syy'};{i % 11 if i % 2 else 'Ok'}\n" for i in range(40)
    )
    path = tmp_path / "a.csv"
    path.write_text(f"id;pvm;kysymys;vastaus\n{rows}A0;1.3.2026;Syy;Hidas; kallis ja huono\n", encoding="utf-8")
    plan = Plan(
        "csv",
        "long",
        (
            ColumnPlan("id", "external_id"),
            ColumnPlan("pvm", "occurred_at", date_format="%d.%m.%Y"),
            ColumnPlan("kysymys", "question"),
            ColumnPlan("vastaus", "answer"),
        ),
        {
            "questions": [
                ColumnPlan("NPS", "score", question="nps").to_dict(),
                ColumnPlan("Syy", "comment", question="syy").to_dict(),
            ]
        },
    )
    assert [one for batch in connectors.read(path, plan) for one in batch.mended] == [("joined", 42)]
