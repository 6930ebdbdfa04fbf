"""The table of accounts, and how its cells read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Table
from kapula_web.kit import dates, figures

MOST = 25
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
