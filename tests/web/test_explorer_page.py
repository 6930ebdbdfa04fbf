"""The customers' words: what a view shows, whose words they are, and that what is erased is gone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from explorer_data import team, touchpoint, written
from insights_data import a_model_measure, answers
from texts_data import Handmade, comments, reader

from kapula_web.accounts.models import AuditEntry, Organisation, Team, User
from kapula_web.ledger.erasure import erase_customer
from kapula_web.ledger.models import Comment
from kapula_web.texts.explorer.asking import ask
from kapula_web.texts.explorer.filters import Filters, explorer_url
from kapula_web.texts.explorer.paging import PER_PAGE

__all__ = ["reader"]

QUEUE, KIND, DEAR, PLAIN = "Jonotin tunnin", "Ystävällinen palvelu, kiitos", "Hinta on kallis", "Ei kommentoitavaa"

Shown = Callable[..., list[str]]


@pytest.fixture
def texts(aurinko: Organisation, helpline: Team, reader: Handmade) -> None:
    written(aurinko, [QUEUE] * 3, team=helpline, touchpoint=touchpoint(aurinko, "phone"), channel="phone")
    written(aurinko, [KIND] * 2, team=team(aurinko, "shop"), touchpoint=touchpoint(aurinko, "shop"), segment="home")
    written(aurinko, [DEAR, PLAIN], occurred_at="2025-05-05T12:00:00Z")


@pytest.fixture
def shown(anna: User) -> Shown:
    """The texts a view shows, in its order."""

    def show(query: str = "", user: User | None = None) -> list[str]:
        view = ask((user or anna).memberships.get(), Filters.read(QueryDict(query)))
        return [comment.text for comment in view.comments(view.chosen.rows)]

    return show


@pytest.fixture
def page(anna: User, signed_in: Callable[[User], Client]) -> Callable[[str], str]:
    return lambda query="": signed_in(anna).get(f"/o/aurinko/understanding/comments/?{query}").content.decode()


VIEWS = {
    "theme=waiting_time": {QUEUE},
    "theme=waiting_time&theme=price_value": {QUEUE, DEAR},  # values of one filter: either
    "theme=waiting_time&team=shop": set(),  # of two: both
    "theme=waiting_time:negative": {QUEUE},
    "theme=waiting_time:positive": set(),
    "sentiment=positive": {KIND},
    "touchpoint=phone": {QUEUE},
    "channel=phone": {QUEUE},
    "segment=home": {KIND},
    "from=2026-01-01": {QUEUE, KIND},
    "to=2025-12-31": {DEAR, PLAIN},
    "score=low&theme=staff_attitude": {KIND},
    "score=high": set(),
    "sign=urgent": set(),
    "q=jonottaminen*+-x": set(),
    "q=jonot*": {QUEUE},
    "q=palvelut": {KIND},
    "q=-palvelu": {QUEUE, DEAR, PLAIN},
    "theme=nothing": set(),
    "from=tomorrow&order=sideways&how=magic&like=x&team=": {QUEUE, KIND, DEAR, PLAIN},
}


@pytest.mark.usefixtures("texts")
def test_filters_narrow_and_what_cannot_be_meant_is_left_out(shown: Shown):
    assert {query: set(shown(query)) for query in VIEWS} == VIEWS


@pytest.mark.usefixtures("texts")
def test_the_nearest_in_meaning_comes_first(shown: Shown):
    assert shown("q=kallis+hinta&how=meaning")[0] == DEAR
    near = Comment.objects.filter(text=KIND).first()
    assert near is not None
    assert shown(f"like={near.pk}")[:2] == [KIND, KIND]


@pytest.mark.usefixtures("texts")
def test_meanings_of_another_model_are_not_compared_and_the_page_says_so(reader: Handmade, page: Callable[[str], str]):
    assert "ei ole vielä haussa" not in page("q=hinta&how=meaning")
    reader.model = "hand-2"
    text = page("q=hinta&how=meaning")
    assert "Ei kommentteja näillä rajauksilla" in text
    assert "7 kommenttia ei ole vielä haussa" in text


@pytest.mark.usefixtures("texts")
def test_orders(shown: Shown):
    newest, oldest = shown(""), shown("order=old")
    assert newest[-1] == DEAR
    assert newest == oldest[::-1]


def test_pages_hold_every_comment_once_also_when_new_ones_come_meanwhile(
    aurinko: Organisation, anna: User, reader: Handmade, signed_in: Callable[[User], Client]
):
    written(aurinko, [f"Viesti {number}" for number in range(60)])
    client, found = signed_in(anna), []
    address = "/o/aurinko/understanding/comments/"
    for turn in range(3):
        answer = client.get(address)
        found += [item.comment.text for item in answer.context["items"]]
        address = f"/o/aurinko/understanding/comments/?after={answer.context['page'].after}"
        if turn == 0:
            written(aurinko, ["Tuore"], occurred_at="2026-11-01T12:00:00Z")
    assert sorted(found) == sorted(f"Viesti {number}" for number in range(60))
    back = client.get(f"/o/aurinko/understanding/comments/?before={answer.context['page'].before}")
    assert [item.comment.text for item in back.context["items"]] == found[PER_PAGE : 2 * PER_PAGE]


@pytest.mark.usefixtures("texts")
def test_an_edge_that_cannot_be_read_is_the_beginning(page: Callable[[str], str]):
    edges = ("x", "1", "1.2.3", "9" * 40 + ".1", "1.x")
    assert all("1–7 / 7" in page(f"after={edge}") for edge in edges)


def test_searches_by_rank_page_too(
    aurinko: Organisation, anna: User, reader: Handmade, signed_in: Callable[[User], Client]
):
    written(aurinko, [f"Lasku {'ja muuta ' * (number % 7)}{number}" for number in range(40)])
    client, address, found = signed_in(anna), "/o/aurinko/understanding/comments/?q=laskut", []
    for _turn in range(2):
        answer = client.get(address)
        found += [item.comment.pk for item in answer.context["items"]]
        address = f"/o/aurinko/understanding/comments/?q=laskut&after={answer.context['page'].after}"
    assert len(found) == len(set(found)) == 40


@pytest.mark.usefixtures("texts")
def test_counts_beside_the_list_say_what_another_choice_would_give(anna: User):
    view = ask(anna.memberships.get(), Filters.read(QueryDict("theme=waiting_time&team=helpline")))
    assert view.chosen.counts["theme"] == {"waiting_time": 3, "staff_attitude": 0, "price_value": 0}
    assert view.chosen.counts["team"]["helpline"] == 3
    wider = ask(anna.memberships.get(), Filters.read(QueryDict("theme=waiting_time"))).chosen
    assert wider.counts["theme"] == {"waiting_time": 3, "staff_attitude": 2, "price_value": 1}


@pytest.mark.usefixtures("texts")
def test_a_team_lead_reads_their_own_teams_words_only(shown: Shown, leo: User, aurinko: Organisation):
    assert set(shown("", leo)) == {QUEUE}
    other = Comment.objects.filter(text=KIND).first()
    assert other is not None
    assert shown(f"like={other.pk}", leo) == []


@pytest.mark.usefixtures("texts")
def test_words_of_staff_and_of_other_organisations_are_never_here(
    aurinko: Organisation, strand: Organisation, shown: Shown, reader: Handmade
):
    written(aurinko, ["Henkilöstön palvelu"], perspective="employee")
    written(strand, ["Rannan palvelu"])
    assert set(shown("q=palvelu")) == {KIND}
    assert "Rannan palvelu" not in shown("q=palvelu&how=meaning")


@pytest.mark.usefixtures("texts")
def test_what_is_erased_is_gone_at_once(aurinko: Organisation, shown: Shown, reader: Handmade):
    written(aurinko, ["Karhunvatukka maistui"], customer="C-9")
    asked = ("q=karhunvatukka", "q=karhunvatukka&how=meaning", "")
    assert all("Karhunvatukka maistui" in shown(query) for query in asked)
    erase_customer(organisation=aurinko, customer="C-9", actor=None)
    assert not any("Karhunvatukka maistui" in shown(query) for query in asked)


def test_personal_data_is_covered_on_the_page_and_in_the_file(
    aurinko: Organisation, anna: User, reader: Handmade, page: Callable[[str], str], signed_in: Callable[[User], Client]
):
    made = written(aurinko, ["Liisa Virtanen auttoi"], personal=[{"type": "name", "start": 0, "end": 14}])
    assert reverse("texts:original", args=["aurinko", made[0].pk]) in page("")
    file = b"".join(signed_in(anna).post("/o/aurinko/understanding/comments.csv").streaming_content).decode()
    for text in (page(""), page("q=auttoi"), file):
        assert "Virtanen" not in text
        assert "[nimi]" in text
    assert "auttoi" not in page("q=liisa")  # what is covered cannot be searched for: the answer would tell it


@pytest.mark.usefixtures("texts")
def test_a_file_taken_is_kept_in_the_audit_log(aurinko: Organisation, anna: User, signed_in: Callable[[User], Client]):
    signed_in(anna).post("/o/aurinko/understanding/comments.csv?theme=waiting_time")
    entry = AuditEntry.objects.get(action="comment.file_taken")
    assert (entry.actor, entry.organisation) == (anna, aurinko)
    assert entry.details["query"] == "theme=waiting_time"
    assert 0 < entry.details["count"] < Comment.objects.count()


def test_a_comment_not_yet_read_is_shown_covered_and_says_so(
    aurinko: Organisation, reader: Handmade, page: Callable[[str], str]
):
    comments(aurinko, ["Soittakaa 040 555 0199"])
    text = page("")
    assert "040 555" not in text
    assert "Odottaa lukemista" in text


@pytest.mark.usefixtures("texts")
def test_the_words_that_show_a_theme_are_marked_with_its_name(page: Callable[[str], str]):
    marked = re.search(r'<mark class="hue-\d" data-number="1" title="([^"]+)">(.*?)</mark>', page("theme=waiting_time"))
    assert marked is not None
    assert marked.groups() == ("Odotusaika: kielteinen", "Jono")


@pytest.mark.usefixtures("texts")
def test_nothing_found_says_what_to_loosen(page: Callable[[str], str]):
    text = page("theme=waiting_time&team=shop")
    assert "Ei kommentteja näillä rajauksilla" in text
    assert "Ilman rajausta: Teema" in text
    assert "Ilman rajausta: Tiimi" in text


def test_without_comments_the_page_says_what_it_needs(aurinko: Organisation, page: Callable[[str], str]):
    assert "Tuo vastauksia" in page("")


@pytest.mark.usefixtures("texts")
def test_markup_and_formulas_are_only_words(
    aurinko: Organisation, anna: User, page: Callable[[str], str], signed_in: Callable[[User], Client]
):
    written(aurinko, ["<script>alert(1)</script>", "=SUM(A1)"])
    assert "<script>alert" not in page("")
    file = b"".join(signed_in(anna).post("/o/aurinko/understanding/comments.csv?q=sum").streaming_content).decode()
    assert ";'=SUM(A1);" in file


@pytest.mark.django_db
def test_the_address_of_a_figures_words(aurinko: Organisation):
    address = explorer_url(aurinko, theme=["waiting_time:negative"], team="helpline", start=date(2026, 1, 1))
    assert urlsplit(address).path == "/o/aurinko/understanding/comments/"
    asked = parse_qs(urlsplit(address).query)
    assert asked == {"from": ["2026-01-01"], "theme": ["waiting_time:negative"], "team": ["helpline"]}
    again = Filters.read(QueryDict(urlsplit(address).query))
    assert again.query() == urlsplit(address).query
    with pytest.raises(TypeError, match="not filtered by colour"):
        explorer_url(aurinko, colour="red")


def test_a_figure_leads_to_the_words_behind_it(
    aurinko: Organisation, anna: User, mia: User, signed_in: Callable[[User], Client]
):
    answers(aurinko)
    code = a_model_measure(aurinko).code
    told = signed_in(anna).get(f"/o/aurinko/measures/{code}/?touchpoint=phone")
    asked = parse_qs(urlsplit(told.context["words"]).query)
    assert asked["touchpoint"] == ["phone"]
    assert asked["from"] < asked["to"]
    assert told.context["words"].replace("&", "&amp;") in told.content.decode()
    assert signed_in(mia).get(f"/o/aurinko/measures/{code}/").context["words"] == ""
