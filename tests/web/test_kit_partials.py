"""The parts pages are made of, each in its typical and its empty state."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from kapula.results import Difference, Row


@pytest.fixture(autouse=True)
def _in_finnish() -> Any:
    with translation.override("fi"):
        yield


def drawn(name: str, **context: Any) -> str:
    page = render_to_string(f"kit/{name}.html", context, RequestFactory().get("/x/?action=a"))
    return " ".join(page.replace("\N{NO-BREAK SPACE}", " ").split())


class TestAFigure:
    def test_it_never_stands_without_its_interval_and_n(self) -> None:
        row = Row(None, None, 0.744, 0.71, 0.77, 862, 862.0)
        page = drawn("figure", label="Asiointi oli helppoa", row=row, unit="share", period="4 viikkoa")
        assert '<p class="big">74 %</p>' in page
        assert "71–77 %" in page
        assert "n = 862 · 4 viikkoa" in page

    def test_a_suppressed_one_says_why_and_shows_nothing(self) -> None:
        row = Row(None, None, None, None, None, 4, 4.0, ("suppressed",))
        page = drawn("figure", label="X", row=row, unit="points")
        assert "vähemmän kuin vähimmäismäärä" in page
        assert 'class="big"' not in page

    def test_a_lower_is_better_measure_that_fell_is_better(self) -> None:
        row = Row(None, None, 0.1, 0.08, 0.12, 500, 500.0)
        fell = Difference(row, row, -0.03, -0.05, -0.01, 0.01, True)
        page = drawn("figure", label="Poistuma", row=row, unit="share", difference=fell, higher_is_better=False)
        assert '<span class="status up">▼ 3 %-yksikköä, varma muutos</span>' in page


class TestAField:
    class Form(forms.Form):
        name = forms.CharField(
            label="Nimi", help_text="Koko nimi.", widget=forms.TextInput(attrs={"autocomplete": "name"})
        )
        kinds = forms.MultipleChoiceField(
            label="Lajit", choices=[("a", "A")], widget=forms.CheckboxSelectMultiple, required=False
        )

    def test_label_help_and_error_belong_to_it(self) -> None:
        form = self.Form({"name": ""})
        assert not form.is_valid()
        page = drawn("field", field=form["name"])
        assert '<label for="id_name" class="label">Nimi</label>' in page
        assert 'aria-describedby="id_name_helptext id_name_error"' in page
        assert (
            page.index("Nimi")
            < page.index("<input")
            < page.index('id="id_name_helptext"')
            < page.index('id="id_name_error"')
        )

    def test_many_choices_are_a_fieldset_with_a_legend(self) -> None:
        page = drawn("field", field=self.Form()["kinds"])
        assert '<legend class="label">Lajit <span class="optional">(vapaaehtoinen)</span></legend>' in page

    def test_the_summary_links_to_the_field(self) -> None:
        form = self.Form({"name": ""})
        assert '<a href="#id_name">Nimi:' in drawn("errors", form=form)
        assert "error-summary" not in drawn("errors", form=self.Form({"name": "x"}))


def test_a_chart_has_its_finding_its_words_and_its_numbers() -> None:
    table = {"head": [("Viikko", ""), ("NPS", "r")], "rows": [["vk 1", "18"]]}
    page = drawn(
        "chart",
        title="NPS laski",
        subtitle="n = 3",
        src="/c.svg",
        alt="Kuva",
        summary="Laski.",
        table=table,
        method=[("Mittari", "nps")],
        downloads=[("/c.csv", "CSV")],
    )
    for part in (
        "NPS laski",
        'alt="Kuva"',
        "Laski.",
        '<td data-label="NPS" class="r">18</td>',
        "Näin laskettiin",
        'href="/c.csv"',
    ):
        assert part in page


def test_an_empty_state_teaches() -> None:
    page = drawn(
        "empty", heading="Ei lukuja", what="Tämä kertoo.", needs=["yksi tiedosto"], href="/x/", button="Tuo tiedosto"
    )
    for part in ("Ei lukuja", "Tämä kertoo.", "<li>yksi tiedosto</li>", '<a class="btn" href="/x/">Tuo tiedosto</a>'):
        assert part in page


def test_progress_asks_for_itself_only_while_it_runs() -> None:
    assert 'hx-get="/j/"' in drawn("progress", label="Tuonti", done=1204, total=5000, running=True, poll="/j/")
    ended = drawn("progress", label="Tuonti", done=5000, total=5000, running=False, poll="/j/")
    assert "hx-get" not in ended
    assert "5 000 / 5 000" in ended


def test_pages_keep_the_other_choices() -> None:
    page = drawn("pagination", page=Paginator(range(100), 10).page(2))
    assert 'href="?action=a&amp;page=3"' in page
    assert drawn("pagination", page=Paginator(range(5), 10).page(1)) == ""


def test_tabs_and_breadcrumbs_say_where_we_are() -> None:
    assert '<a href="/b/" aria-current="page">B</a>' in drawn(
        "tabs", tabs=[("/a/", "A", False), ("/b/", "B", True)], label="X"
    )
    assert '<a href="/a/">A</a>' in drawn("breadcrumbs", crumbs=[("/a/", "A")])
