"""The page's tables: everything that was tried, and the alarm levels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Table
from kapula_web.insights.analyses.leading.names import Names
from kapula_web.kit import dates, figures


def tested_table(found: Mapping[str, Any], names: Names) -> Table:
    """A row for each candidate at its strongest lag, those that lead first."""
    head = [
        (gettext("Mikä"), ""),
        (gettext("Ennakoiko?"), ""),
        (gettext("Viikkoja aiemmin"), "r"),
        (gettext("Sattuman osuus q"), "r"),
        (gettext("Ennusteen virhe pienenee"), "r"),
        (gettext("Arvosana muuttuu, kun luku nousee keskihajontansa verran"), "r"),
    ]
    rows, raw = [], []
    for one in found["leads"]:
        effect = _per_swing(one["effect"])
        rows.append(
            [
                names.of(one),
                _verdict(one),
                figures.number(one["lag"], 0),
                words.p_value(one["q"], "q").removeprefix("q").replace("=", "").strip(f" {figures.NBSP}"),
                words.share(one["gain"], one["low"], one["high"]) if one["gain"] is not None else figures.NO_VALUE,
                words.number(effect["value"], effect["low"], effect["high"], 2)
                if effect["value"] is not None
                else figures.NO_VALUE,
            ]
        )
        raw.append([names.of(one), one["leads"], one["lag"], one["q"], _raw(one, "gain"), _raw(effect, "value")])
    return Table(gettext("Kaikki kokeillut, kukin vahvimmalla viiveellään"), head, rows, raw)


def _verdict(one: Mapping[str, Any]) -> str:
    if one["leads"]:
        return gettext("kyllä")
    if one["lag"] is None:
        return gettext("ei voi kokeilla")
    return gettext("liikkuu perässä") if "moves_after" in one["warnings"] else gettext("ei varmasti")


def _raw(one: Mapping[str, Any], key: str) -> str | None:
    """A figure never leaves without its interval."""
    return None if one[key] is None else f"{one[key]} ({one['low']}…{one['high']})"


def _per_swing(effect: Mapping[str, Any] | None) -> dict[str, float | None]:
    """The change for one standard deviation of the candidate: the same measure for seconds, degrees and visits."""
    ends = ("value", "low", "high")
    if effect is None or effect["value"] is None:
        return dict.fromkeys(ends)
    return {end: effect[end] * effect["deviation"] for end in ends}


def watch_table(one: Mapping[str, Any], names: Names) -> Table:
    """Each team's alarm level, its latest figure, and whether it is beyond."""
    suffix = names.suffixes.get(one["name"], "")
    head = [
        (gettext("Tiimi"), ""),
        (gettext("Hälytysraja"), "r"),
        (gettext("Viimeisin"), "r"),
        (gettext("Viikko"), ""),
        (gettext("Nyt"), ""),
    ]
    above = one["side"] == "above"
    rows, raw = [], []
    for level in one["levels"]:
        team = names.team(level["unit"]) if level["unit"] is not None else gettext("kaikki")
        state = (
            (gettext("yli rajan") if above else gettext("alle rajan")) if level["beyond"] else gettext("ei hälytystä")
        )
        values = [f"{figures.number(level[name])}{figures.NBSP}{suffix}".strip() for name in ("level", "latest")]
        week = names.week(dates.period(level["period"]), level["period"], level["unit"] or "")
        rows.append([team, *values, week, state])
        raw.append([team, level["level"], level["latest"], level["period"], level["beyond"]])
    caption = (
        gettext("Hälytä, kun luku on rajan yläpuolella") if above else gettext("Hälytä, kun luku on rajan alapuolella")
    )
    return Table(caption, head, rows, raw)
