"""What is spoken of: shares, themes the codebook misses, topics on the rise."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pages_topics import an_alert, found
from texts_data import reader
from topics_data import PARKING, QUEUE, said

from kapula.text.shares import shares
from kapula_web.accounts.models import Membership, Organisation, Team
from kapula_web.jobs import services as jobs
from kapula_web.ledger.erasure import erase_customer
from kapula_web.ledger.models import Question, Response
from kapula_web.texts.models import (
    CodebookTheme,
    Correction,
    DiscoveredMention,
    DiscoveredTheme,
    EmergingAlert,
    TopicSearch,
)
from kapula_web.texts.topics import deciding, searching
from kapula_web.texts.topics.data import error_rates, labelled
from kapula_web.texts.topics.page import Asked, context

__all__ = ["reader"]
pytestmark = pytest.mark.usefixtures("reader")


def shown(organisation: Organisation, by: str = "") -> dict:
    return context(Membership.objects.filter(organisation=organisation, role="owner").first(), Asked(by))


def page(client: Client, organisation: Organisation) -> str:
    response = client.get(reverse("texts:topics", args=[organisation.slug]))
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ")


def test_the_answer_is_the_commonest_theme_with_its_interval(signed_in, olga, aurinko):
    said(aurinko, [*QUEUE, *PARKING[:20]])
    html = page(signed_in(olga), aurinko)
    assert "Eniten puhutaan teemasta Odotusaika: 50" in html
    assert "Koneen virhettä ei ole vielä mitattu" in html


def test_a_measured_error_corrects_the_share(aurinko, olga):
    made = said(aurinko, [*QUEUE * 3, *PARKING * 3])
    for place, one in enumerate(made):
        waits = one.text.startswith("Jonotin")
        truth = waits if place % 5 else not waits
        Correction.objects.create(
            organisation=aurinko, comment=one, code="waiting_time", present=truth, made_by=olga,
            made_at="2026-03-03T00:00Z", held_out=True, drawn="named" if waits else "unnamed", drawn_share=0.5,
        )  # fmt: skip
    rates = error_rates(aurinko)["waiting_time"]
    assert rates.usable
    told = {row[0]: row for row in shown(aurinko)["table"].rows}["Odotusaika"]
    assert told[1] != told[3]


def test_half_and_half_is_no_sample_of_all_comments(aurinko, olga):
    """The machine names 40 of 240 comments. Of those checked by chance a quarter of the named ones are wrong and nothing was missed, so
    that three quarters of 40 in 240 speak of it; taken for a plain sample, the same answers would say 4 %."""
    texts = [*QUEUE, *QUEUE, *PARKING * 9]
    made = said(aurinko, texts[:240])
    named, unnamed = made[:40], made[40:]
    for place, one in enumerate([*named[:28], *unnamed[:28]]):
        waits = one.text.startswith("Jonotin")
        Correction.objects.create(
            organisation=aurinko, comment=one, code="waiting_time", present=waits and place % 4 > 0, made_by=olga,
            made_at="2026-03-03T00:00Z", held_out=False, drawn="named" if waits else "unnamed", drawn_share=40 / 240,
        )  # fmt: skip
    rates = error_rates(aurinko)["waiting_time"]
    assert (rates.sensitivity, rates.specificity) == (1.0, pytest.approx(200 / 210))
    row = shares(labelled(aurinko), errors={"waiting_time": rates}).row("waiting_time")
    assert row.apparent == pytest.approx(40 / 240)  # as the machine said: what people mended is not mended twice
    assert row.value == pytest.approx(30 / 240)
    assert row.low < 30 / 240 < row.high


def test_what_people_came_upon_measures_nothing(aurinko, olga):
    for one in said(aurinko, [*QUEUE, *PARKING]):
        Correction.objects.create(
            organisation=aurinko, comment=one, code="waiting_time", present=True, made_by=olga,
            made_at="2026-03-03T00:00Z", held_out=True,
        )  # fmt: skip
    assert error_rates(aurinko) == {}


def test_themes_are_sought_in_the_background_and_kept(aurinko, olga):
    said(aurinko)
    searching.ask(aurinko, olga)
    jobs.run_due()
    search = TopicSearch.objects.get(organisation=aurinko)
    themes = list(DiscoveredTheme.objects.filter(organisation=aurinko))
    assert search.found["verdict"] == "found"
    assert {one.phrases[0]["text"][:4] for one in themes} <= {"pysä", "kahv", "port", "mait"}
    assert all(one.mentions.count() == one.n for one in themes)
    searching.ask(aurinko, olga)
    jobs.run_due()
    again = DiscoveredTheme.objects.filter(organisation=aurinko, status="continuing")
    assert {one.key for one in again} & {one.key for one in themes}


def test_a_search_is_due_once_a_week(aurinko, olga):
    assert searching.ask_if_due(aurinko) is None
    said(aurinko)
    assert searching.ask_if_due(aurinko) is not None
    jobs.run_due()
    assert searching.ask_if_due(aurinko) is None


def test_a_found_theme_goes_into_the_codebook_and_back(aurinko, olga):
    found(aurinko)
    theme = DiscoveredTheme.objects.get(organisation=aurinko)
    made = deciding.merge(theme=theme, actor=olga)
    assert (made.name, made.examples) == ("Pysäköintihallin", ["pysäköintihallin", "portti"])
    assert not shown(aurinko)["themes"]
    deciding.take_back(theme=theme, actor=olga)
    assert CodebookTheme.objects.get(pk=made.pk).retired_at is not None
    assert [one.theme for one in shown(aurinko)["themes"]] == [theme]


def test_a_dismissed_theme_is_not_shown_again(aurinko, olga):
    found(aurinko)
    deciding.dismiss(theme=DiscoveredTheme.objects.get(organisation=aurinko), actor=olga)
    assert not shown(aurinko)["themes"]


def test_an_alert_is_told_until_it_is_seen(signed_in, olga, aurinko):
    an_alert(aurinko)
    assert "30 kommenttia 80 kommentista, tavallisesti noin 2,5" in page(signed_in(olga), aurinko)
    deciding.seen(alert=EmergingAlert.objects.get(organisation=aurinko), actor=olga)
    assert "Nousee juuri nyt" not in page(signed_in(olga), aurinko)


def test_quotes_are_covered(aurinko, olga):
    found(aurinko)
    mention = DiscoveredMention.objects.order_by("place").first()
    mention.comment.analysis.pii = [{"type": "name", "start": 0, "end": 19}]
    mention.comment.analysis.save()
    assert shown(aurinko)["themes"][0].quotes[0].startswith("[nimi]")


def test_an_erased_customer_leaves_no_quote(aurinko, olga):
    found(aurinko)
    mention = DiscoveredMention.objects.order_by("place").first()
    Response.objects.filter(pk=mention.comment.response_id).update(customer="k1")
    erase_customer(organisation=aurinko, customer="k1", actor=olga)
    assert not DiscoveredMention.objects.filter(pk=mention.pk).exists()


def test_without_comments_the_page_teaches(signed_in, olga, aurinko):
    html = page(signed_in(olga), aurinko)
    assert "Tuo tiedosto" in html
    assert "Mitä koodikirjasta puuttuu?" not in html


def test_teams_are_compared(aurinko, olga):
    team = Team.objects.create(organisation=aurinko, code="helpline", name="Puhelin")
    for one in said(aurinko)[:40]:
        Response.objects.filter(pk=one.response_id).update(team=team)
    table = shown(aurinko, "team")["groups"]
    assert table.head[1][0].startswith("Puhelin")


def test_a_share_leads_to_what_was_said(signed_in, olga, aurinko):
    said(aurinko, [*QUEUE, *PARKING[:20]])
    assert 'href="/o/aurinko/understanding/comments/?' in page(signed_in(olga), aurinko)
    theme = shown(aurinko)["table"].rows[0][0]
    assert (theme, "theme=waiting_time" in theme.href, "from=" in theme.href) == ("Odotusaika", True, True)


def test_scores_are_compared(aurinko, olga):
    Question.objects.create(organisation=aurinko, code="nps", names={"fi": "Suosittelu"}, low=0, high=10, measure="nps")
    for place, one in enumerate(said(aurinko)):
        Response.objects.filter(pk=one.response_id).update(answers={"nps": 2 if place % 2 else 10})
    table = shown(aurinko, "score")["groups"]
    assert {column[0].split(" (")[0] for column in table.head[1:]} == {"matala", "korkea"}
    assert "score=low" in table.rows[0][1].href or "score=high" in table.rows[0][1].href


def test_while_comments_wait_the_answer_speaks_of_those_read(signed_in, olga, aurinko):
    made = said(aurinko, [*QUEUE, *PARKING[:20]])
    made[0].analysis.delete()
    html = page(signed_in(olga), aurinko)
    assert "Tähän asti luetuissa puhutaan eniten" in html
    assert f"luettu vasta {len(made) - 1}/{len(made)}" in html
