"""The first page: what surely moved, the measures one leads by, what differs, and what needs a hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import translation
from insights_data import a_model_measure, answers

from kapula_web.accounts.models import Organisation, User
from kapula_web.insights.models import Scan
from kapula_web.insights.pages.overview import headline, tier
from kapula_web.insights.scan import corrected, scan
from kapula_web.insights.words.sparks import spark
from kapula_web.ledger.models import Import, Source

SignIn = Callable[[User], Client]
TODAY = date(2026, 11, 20)


def page(client: Client) -> str:
    response = client.get("/o/aurinko/")
    assert response.status_code == 200
    return response.content.decode()


def test_a_fresh_organisation_is_shown_the_way_in(aurinko: Organisation, anna: User, signed_in: SignIn) -> None:
    text = page(signed_in(anna))
    assert "Tuo ensimmäinen aineisto" in text
    assert "/o/aurinko/data/" in text
    assert "kapula demo" in text


def test_nothing_moved_is_said_plainly(aurinko: Organisation, anna: User, signed_in: SignIn) -> None:
    answers(aurinko)
    a_model_measure(aurinko)
    text = page(signed_in(anna))
    assert "Mikään ei ole varmasti muuttunut edellisestä jaksosta" in text
    assert "ei selvää muutosta" in text


def test_a_sure_fall_opens_the_page(aurinko: Organisation, anna: User, signed_in: SignIn) -> None:
    """In the last four weeks every phone answer is a 3: NPS of all from 31.1 to (10 − 41) / 61 = −50.8, a fall of 82 points."""
    answers(aurinko, fall_from=8)
    a_model_measure(aurinko)
    text = page(signed_in(anna))
    assert "Suosittelu on laskenut 82 pistettä" in text
    assert "Puhelin" in text
    assert "varma muutos" in text


def test_groups_that_surely_differ_are_named_with_the_rest_beside(aurinko: Organisation) -> None:
    """Thirteen weeks: chat 50, phone 25, one invoice answer a week at −100 (13 in all, above the minimum)."""
    answers(aurinko, weeks=13)
    a_model_measure(aurinko)
    found = {one["group"]: one for one in scan(aurinko, TODAY)["contrasts"]}
    assert found["chat"]["second"]["value"] == pytest.approx(50)
    assert found["chat"]["first"]["value"] == pytest.approx(
        100 * (260 - 143) / 533
    )  # phone 260 − 130, invoice 0 − 13, n = 533
    assert found["chat"]["sure"]


def test_small_groups_are_in_no_contrast_and_no_move(aurinko: Organisation) -> None:
    answers(aurinko, weeks=9)  # nine answers from the invoice
    a_model_measure(aurinko)
    found = scan(aurinko, TODAY)
    assert "invoice" not in {one["group"] for one in (*found["contrasts"], *found["moves"])}


def test_chance_over_many_comparisons_is_taken_into_account() -> None:
    """One p of 0.03 among twenty is no news; alone it is."""
    row = {"value": 5.0, "sure": True}
    many = corrected([row | {"p": 0.03}, *({"value": 1.0, "sure": False, "p": 0.5} for _ in range(19))])
    assert [one["sure"] for one in many] == [False] * 20
    assert corrected([row | {"p": 0.03}])[0]["sure"]


def test_what_is_missing_is_told(aurinko: Organisation, anna: User, signed_in: SignIn) -> None:
    answers(aurinko)
    a_model_measure(aurinko, target=None, when_missed={})
    text = page(signed_in(anna))
    assert "ei ole: tavoitetta, omistajaa, sovittua tekoa" in text
    assert text.count("alueella ei ole mittaria") == 3


def test_what_is_stale_is_told(aurinko: Organisation, anna: User, signed_in: SignIn) -> None:
    answers(aurinko)
    a_model_measure(aurinko)
    assert "tarkastelu myöhässä, viimeksi ei koskaan" in page(signed_in(anna))


def test_my_own_measures_wait_for_me(aurinko: Organisation, anna: User, olga: User, signed_in: SignIn) -> None:
    answers(aurinko, fall_from=8)
    a_model_measure(aurinko, owner=anna.memberships.get())
    assert "Luetaan kymmenen avointa vastausta." in page(signed_in(anna))
    assert "Mikään ei odota sinua juuri nyt." in page(signed_in(olga))


def test_a_leads_own_overdue_measure_and_begun_import_wait_for_them(
    aurinko: Organisation, leo: User, anna: User, signed_in: SignIn
) -> None:
    """The target is met, the review was never held. Someone else's import does not wait for me."""
    answers(aurinko)
    a_model_measure(aurinko, owner=leo.memberships.get(), target=-50)
    source = Source.objects.get(organisation=aurinko)
    for user, name in ((anna, "annan.csv"), (leo, "leon.csv")):
        Import.objects.create(organisation=aurinko, source=source, file_name=name, created_by=user)
    waits = waiting_part(page(signed_in(leo)))
    assert "odottaa tarkastelua" in waits
    assert "csv" not in waits, "a team lead may not import"
    mine = waiting_part(page(signed_in(anna)))
    assert "annan.csv" in mine
    assert "leon.csv" not in mine
    assert f"/o/aurinko/data/imports/{Import.objects.get(file_name='annan.csv').pk}/" in mine


def waiting_part(text: str) -> str:
    return text.partition("Odottaa sinua")[2].partition("</section>")[0]


def test_the_experience_opens_the_page_before_business() -> None:
    """Both moved surely, business the surer (it stands first)."""
    business = {
        "whole": True,
        "up": True,
        "name": "Liikevaihto",
        "amount": "5 €",
        "place": "",
        "rank": (2, False, True),
    }
    part = {"whole": False, "up": False, "name": "Helppous", "amount": "0,5", "place": "Lasku", "rank": (0, True, True)}
    whole = {"whole": True, "up": False, "name": "Suosittelu", "amount": "8", "place": "", "rank": (0, False, False)}
    with translation.override("fi"):
        assert headline([business, part, whole], []).startswith("Suosittelu on laskenut 8, ja 2 muuta")
        assert headline([business, part], []).startswith("Lasku: Helppous on laskenut 0,5")
        assert headline([business], []) == "Liikevaihto on noussut 5 €"


@pytest.mark.parametrize(
    ("area", "chosen", "rank"),
    [
        ("experience", False, 0),
        ("business", True, 0),
        ("relationship", False, 1),
        ("brand", False, 1),
        ("business", False, 2),
    ],
)
def test_what_opens_the_page_follows_the_model(aurinko: Organisation, area: str, chosen: bool, rank: int) -> None:
    assert tier(a_model_measure(aurinko, area=area, headline=chosen)) == rank


def test_the_scan_is_kept_until_data_or_model_changes(aurinko: Organisation) -> None:
    answers(aurinko)
    measure = a_model_measure(aurinko)
    scan(aurinko, TODAY)
    Scan.objects.update(found={"kept": True})
    assert scan(aurinko, TODAY) == {"kept": True}
    measure.filters = {"touchpoint": ["phone"]}
    measure.save()
    assert "standings" in scan(aurinko, TODAY)


def test_a_broken_measure_does_not_break_the_page(aurinko: Organisation, anna: User, signed_in: SignIn) -> None:
    answers(aurinko)
    a_model_measure(aurinko, columns=["nobody_asked"])
    assert "lukua ei voi laskea" in page(signed_in(anna))


def test_a_spark_needs_four_points_and_breaks_at_gaps() -> None:
    assert spark([1.0, None, 2.0]) is None
    drawn = spark([1.0, 2.0, None, 3.0, 4.0])
    assert drawn is not None
    assert len(drawn.lines) == 2
