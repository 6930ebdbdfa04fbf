"""The first page says one thing: its answer, its tiles and its lists follow the same rule, and without measures it says so."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.utils import timezone
from insights_data import a_model_measure, answers

from kapula_web.accounts.models import Organisation, User
from kapula_web.insights.models import Scan
from kapula_web.insights.scan import scan

SignIn = Callable[[User], Client]


def page(client: Client) -> str:
    response = client.get("/o/aurinko/")
    assert response.status_code == 200
    return response.content.decode()


def sure_alone(organisation: Organisation) -> None:
    """A move of 9 that is sure by itself, and among the page's comparisons is not."""
    found = scan(organisation, timezone.localdate())
    change = found["standings"]["recommend"]["change"]
    found["standings"]["recommend"]["change"] = change | {"value": 9.0, "low": 1.0, "high": 17.0, "sure": True}
    Scan.objects.filter(organisation=organisation).update(found=found | {"moves": []})


def test_a_tile_is_no_surer_than_the_pages_answer(aurinko: Organisation, anna: User, signed_in: SignIn) -> None:
    answers(aurinko)
    a_model_measure(aurinko)
    sure_alone(aurinko)
    text = page(signed_in(anna))
    assert "Mikään ei ole varmasti muuttunut edellisestä jaksosta" in text
    assert "varma muutos" not in text
    assert "▲ 9 pistettä, näin monen luvun joukossa voi olla sattumaa" in text


def test_a_move_that_the_answer_tells_is_sure_on_its_tile(aurinko: Organisation, anna: User, signed_in: SignIn) -> None:
    answers(aurinko, fall_from=8)
    a_model_measure(aurinko)
    text = page(signed_in(anna))
    assert "Suosittelu on laskenut 82 pistettä" in text
    assert "▼ 82 pistettä, varma muutos" in text


def test_without_measures_the_page_says_so_and_leads_to_adding_one(
    aurinko: Organisation, anna: User, rauno: User, signed_in: SignIn
) -> None:
    answers(aurinko, weeks=1)
    text = page(signed_in(anna))
    assert "Mittareita ei ole vielä" in text
    assert 'href="/o/aurinko/model/new/"' in text
    for said in ("0 lukua", "0 vertailussa", "Kaikki mittarit ovat ajan tasalla", "Jokaisella mittarilla on luku"):
        assert said not in text
    told = page(signed_in(rauno))
    assert "Mittareita lisäävät omistaja ja analyytikko." in told
    assert "/o/aurinko/model/new/" not in told


def test_nothing_to_compare_is_not_called_no_difference(aurinko: Organisation, anna: User, signed_in: SignIn) -> None:
    """One week of answers has nothing before it."""
    answers(aurinko, weeks=1)
    a_model_measure(aurinko)
    text = page(signed_in(anna))
    assert "Vielä ei ole kahta jaksoa" in text
    assert "Verrattu" not in text
    assert "vertailussa ei ollut eroa" not in text
