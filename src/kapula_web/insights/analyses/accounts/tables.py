"""The page's picture and tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kapula import charts
from kapula.charts.bars import ROW_HEIGHT
from kapula.results import Row
from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Picture, Table
from kapula_web.kit import dates, figures

MOST = 25
DRAWN = 12
ALARMING = ("low", "falling", "disagree", "silent")
FLAGS = {
    "low": _("heikko"),
    "falling": _("laskussa"),
    "renewal": _("sopimus uusittavana"),
    "disagree": _("eri mieltä"),
    "silent": _("hiljaa"),
    "one_voice": _("yksi ääni"),
}


def asking(found: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The accounts with a reason to look at them, in the library's order."""
    return [one for one in found["accounts"] if any(flag in ALARMING for flag in one["flags"])]


def worst_picture(found: Mapping[str, Any], title: str, subtitle: str) -> Picture:
    """The dozen likeliest among the lowest fifth, with everyone's mean as a line."""
    heard = [one for one in found["accounts"] if one["value"] is not None]
    chosen = sorted(heard, key=lambda one: (-one["chance_low"], one["account"]))[:DRAWN]
    rows = [
        (str(one["account"]), Row(None, None, one["value"], one["low"], one["high"], one["n"], one["n"]))
        for one in chosen
    ]
    told = {
        "value": gettext("arvio"),
        "low": gettext("vähintään"),
        "high": gettext("enintään"),
        "n": gettext("yhteyshenkilöitä"),
        "group": gettext("yritys"),
        "suppressed": "",
        "unit": "",
        "format": ",.2~f",
        "reference": gettext("kaikki"),
    }

    def spec(width: int = 720, height: int = 0, scheme: str = "css") -> dict[str, Any]:
        return charts.bars(rows, labels=told, reference=found["overall"]["value"], width=width, scheme=scheme)

    summary = " ".join(f"{one['account']}: {words.number(one['value'], one['low'], one['high'], 2)}." for one in chosen)
    tall = len(rows) * ROW_HEIGHT + 50
    return Picture("lowest", title, subtitle, summary, spec, wide=(1040, tall), narrow=(360, tall))


def accounts_table(asked: Sequence[Mapping[str, Any]], stage: Callable[[Any], str]) -> Table:
    """What asks for attention first; at most 25 on the page, all of them in the file."""
    head = [
        (gettext("Yritys"), ""),
        (gettext("Miksi"), ""),
        (gettext("Arvio"), "r"),
        (gettext("Yhteyshenkilöitä"), "r"),
        (gettext("Muutos"), "r"),
        (gettext("Vaihe"), ""),
        (gettext("Liikevaihto, €"), "r"),
        (gettext("Viimeksi kuultu"), ""),
    ]
    rows = [
        [
            named(one),
            ", ".join(str(FLAGS[flag]) for flag in one["flags"]),
            words.number(one["value"], one["low"], one["high"], 2) if one["value"] is not None else figures.NO_VALUE,
            _contacts(one),
            _change(one),
            stage(one["stage"]) if one["stage"] is not None else figures.NO_VALUE,
            figures.number(one["revenue"], 0),
            dates.date(one["last"]) if one["last"] else figures.NO_VALUE,
        ]
        for one in asked[:MOST]
    ]
    raw = [
        [
            one["account"],
            ", ".join(one["flags"]),
            f"{one['value']} ({one['low']}…{one['high']})" if one["value"] is not None else None,
            one["n"],
            one["change"],
            one["stage"],
            one["revenue"],
            one["last"],
        ]
        for one in asked
    ]
    return Table(gettext("Yritykset, jotka kaipaavat huomiota"), head, rows, raw)


def named(one: Mapping[str, Any]) -> str:
    """The account on one line: its hyphens do not break."""
    return str(one["account"]).replace("-", "\N{NON-BREAKING HYPHEN}")


def _contacts(one: Mapping[str, Any]) -> str:
    return str(one["n"]) if one["known"] is None else f"{one['n']}/{one['known']}"


def _change(one: Mapping[str, Any]) -> str:
    """A sure change with its sign; others in words."""
    if one["change"] is None:
        return figures.NO_VALUE
    sure = one["change_low"] > 0 or one["change_high"] < 0
    return words.signed(one["change"], 2) if sure else gettext("ei selvää")


def levels_table(caption: str, levels: Sequence[Mapping[str, Any]], name: Callable[[Any], str]) -> Table:
    """Means of roles or stages."""
    head = [
        (caption, ""),
        (gettext("Keskiarvo"), "r"),
        (gettext("Väli 95 %"), "r"),
        (gettext("Yhteyshenkilöitä"), "r"),
        (gettext("Yrityksiä"), "r"),
    ]
    rows = [
        [
            name(one["name"]) if one["name"] is not None else gettext("(ei tietoa)"),
            figures.number(one["value"], 2),
            figures.interval(one["low"], one["high"], "scale"),
            figures.number(one["n_contacts"], 0),
            figures.number(one["n_accounts"], 0),
        ]
        for one in levels
    ]
    raw = [
        [one["name"], one["value"], f"{one['low']}…{one['high']}", one["n_contacts"], one["n_accounts"]]
        for one in levels
    ]
    return Table(caption, head, rows, raw)
