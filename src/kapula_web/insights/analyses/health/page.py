"""The page "What is wrong with the data?": the day it is looked from, and the question to the library."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kapula.analyses.health.run import EARLIEST, LATEST
from kapula.tables import fetch
from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses.contract import AnalysisPage, Asked, Chosen, Data, Shown
from kapula_web.insights.analyses.health import inventory
from kapula_web.insights.analyses.health.show import shown
from kapula_web.insights.openings.services import counted_since

LEAST = 30
DAYS = {"30": _("kuukauteen"), "90": _("kolmeen kuukauteen"), "180": _("puoleen vuoteen")}


class HealthPage(AnalysisPage):
    name = "health"
    question = _("Mikä aineistossa on pielessä?")
    promise = _("Kertoo, mikä aineistossa on vanhentunutta, hajallaan, tyhjänpäiväistä, kahteen kertaan tai avaamatta.")
    needs = (_("ainakin 30 vastausta"),)
    order = 90
    revision = 2
    association = False

    def form(self, data: Data, given: Mapping[str, Any] | None) -> forms.Form:
        form = forms.Form(given)
        form.fields |= {
            "as_of": forms.DateField(
                label=_("Miltä päivältä katsotaan?"),
                widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
                validators=[_within_reach],
            ),
            "unopened": forms.ChoiceField(label=_("Mittaria ei ole avattu"), choices=list(DAYS.items())),
            "state": forms.CharField(widget=forms.HiddenInput, required=False),
        }
        return form

    def usual(self, data: Data) -> Chosen | None:
        """Looked from today: that the data fell silent shows only against the calendar. ``state``: what people keep of it has not
        changed."""
        if not _answered(data):
            return None
        return {"as_of": data.today.isoformat(), "unopened": "90", "state": inventory.fingerprint(data.organisation)}

    def ask(self, data: Data, chosen: Chosen) -> Asked:
        as_of = date.fromisoformat(str(chosen["as_of"]))
        since = counted_since(data.organisation)
        keywords: dict[str, Any] = {
            "time": "occurred_on", "source": "source", "person": "customer", "inventory": inventory.table(data.organisation),
            "series": data.desk.snapshot.table("observations"), "as_of": as_of, "unopened_days": int(chosen["unopened"]),
            "log_since": since,
        }  # fmt: skip
        command = (
            "health", held.address(data), "--time", "occurred_on", "--source", "source", "--person", "customer",
            "--inventory", held.address(data, "inventory"), "--series", held.address(data, "observations"),
            "--as-of", as_of.isoformat(), "--unopened-days", str(chosen["unopened"]),
            *(("--log-since", since.isoformat()) if since else ()),
        )  # fmt: skip
        return Asked(data.desk.snapshot.table("responses"), keywords, command)

    def show(self, found: Mapping[str, Any], data: Data, chosen: Chosen) -> Shown:
        return shown(found, data)


def _within_reach(day: date) -> None:
    """The library counts days backwards and onwards from the day, so it may not lie at the end of the calendar."""
    if not EARLIEST <= day <= LATEST:
        told = {"first": EARLIEST.year, "last": LATEST.year}
        raise ValidationError(gettext("Valitse päivä vuosien %(first)s ja %(last)s väliltä.") % told)


def _answered(data: Data) -> bool:
    table = data.desk.snapshot.table("responses")
    n = data.desk.remember(
        ("held", "health", "n"), lambda: int(fetch(table.aggregate(n=table.count()))["n"][0].as_py())
    )
    return n >= LEAST
