"""The questions in a table, and why each goes or stays."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Table
from kapula_web.insights.analyses.prune.path import between, turn
from kapula_web.insights.analyses.prune.uses import Uses
from kapula_web.kit import figures

Found = Mapping[str, Any]


def questions_table(found: Found, labels: Mapping[str, str], used: Uses) -> Table:
    """``used``: what else lives on each question, told beside it whatever is proposed."""
    head = [
        (gettext("Kysymys"), ""), (gettext("Ehdotus"), ""), (gettext("Miksi"), ""), (gettext("Selitysaste laskee, %-yks."), "r"),
        (gettext("95 %:n väli"), "r"), (gettext("Järjestys pysyy"), "r"), (gettext("Alfa ilman"), "r"),
        (gettext("Missä käytössä"), ""),
    ]  # fmt: skip
    rows, raw, gone = [], [], set[str]()
    for one in sorted(found["questions"], key=turn):
        known = one["loss"] is not None
        why = reason(one, labels, gone)
        gone |= {one["name"]} if one["drop"] else set()
        rows.append(
            (
                labels.get(one["name"], one["name"]),
                gettext("voi jättää pois") if one["drop"] else gettext("pidä"),
                why,
                figures.number(100 * one["loss"], 1) if known else figures.NO_VALUE,
                between(one) if known else figures.NO_VALUE,
                figures.number(one["rank_agreement"], 2),
                figures.number(one["alpha_if_dropped"], 2),
                words.joined(used.get(one["name"], ())) or figures.NO_VALUE,
            )
        )
        bounds = f"{one['low']}…{one['high']}" if known else ""
        alone = (one["rank_agreement"], one["alpha_if_dropped"])
        raw.append((one["name"], one["drop"], why, one["loss"], bounds, *alone, "; ".join(used.get(one["name"], ()))))
    return Table(gettext("Kysymykset siinä järjestyksessä, jossa ne kannattaa jättää pois"), head, rows, raw)


def reason(one: Found, labels: Mapping[str, str], gone: Collection[str] = ()) -> str:
    """Why a question goes or stays, in a few words. ``gone``: those that went before it."""
    if "zero_variance" in one["warnings"]:
        return gettext("kaikki vastaavat samoin")
    if one["twin_of"] and one["twin_of"] not in gone:
        return gettext("kysyy samaa kuin %(other)s") % {
            "other": words.within(labels.get(one["twin_of"], one["twin_of"]))
        }
    if "collinear_question" in one["warnings"]:
        return gettext("sen voi laskea muista täsmälleen")
    if one["drop"]:
        return gettext("ei lisää ennusteeseen mitään varmaa")
    return gettext("pidetään aina") if one["always"] else gettext("ennuste heikkenee ilman sitä")
