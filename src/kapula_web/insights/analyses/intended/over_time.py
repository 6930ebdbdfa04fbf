"""The aims' shares period by period, and what surely changed at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext

from kapula.charts import lines as drawing
from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Part, Picture, Table
from kapula_web.insights.analyses.intended.names import Names
from kapula_web.insights.words.periods import tick
from kapula_web.kit import dates, figures

Found = Mapping[str, Any]
SHOWN: Final = 4
"""Lines that can still be told apart."""
FEWEST: Final = 3
"""Periods that make a line."""


def over_time(told: Sequence[Found], names: Names, about: str) -> Part | None:
    """The aims with most experiences; None where none has FEWEST periods with a figure. ``told``: aims that have a figure."""
    chosen = sorted((one for one in told if len(_known(one)) >= FEWEST), key=lambda one: -one["n"])[:SHOWN]
    periods = sorted({row["period"] for one in chosen for row in _known(one)})
    if not chosen:
        return None
    lines = [
        drawing.Line(names[one["name"]].name, _points(one, periods), f"@cat-{place}")
        for place, one in enumerate(chosen, start=1)
    ]
    unit = figures.percent(0).removeprefix("0")

    def spec(width: int = 720, height: int = 300, scheme: str = "css") -> dict[str, Any]:
        return drawing.lines(
            lines, periods, labels={"unit": unit}, tick=lambda label: " ".join(tick(label)), factor=100,
            width=width, height=height, scheme=scheme,
        )  # fmt: skip

    table = _table(chosen, periods, names)
    subtitle = words.evidence(gettext("Osuus kokemuksista, varjostus on 95 %:n väli"), about)
    summary = " ".join(f"{line.name}: {_ends(one)}." for line, one in zip(lines, chosen, strict=True))
    picture = Picture(
        "over-time", gettext("Tavoitteen mukaiset kokemukset ajassa"), subtitle, summary, spec, table,
        wide=(1040, 320), narrow=(360, 300),
    )  # fmt: skip
    return Part(heading=gettext("Miten se on kehittynyt?"), words=_changes(chosen, names), picture=picture)


def _known(one: Found) -> list[Found]:
    return [row for row in one["periods"] if row["value"] is not None]


def _points(one: Found, periods: Sequence[str]) -> list[tuple[float, float, float | None, float | None]]:
    return [(float(periods.index(row["period"])), row["value"], row["low"], row["high"]) for row in _known(one)]


def _ends(one: Found) -> str:
    first, last = _known(one)[0], _known(one)[-1]
    return f"{dates.period(first['period'])} {_share(first)}, {dates.period(last['period'])} {_share(last)}"


def _share(row: Found) -> str:
    return words.share(row["value"], row["low"], row["high"])


def _table(chosen: Sequence[Found], periods: Sequence[str], names: Names) -> Table:
    rows = {(one["name"], row["period"]): row for one in chosen for row in _known(one)}
    codes = [one["name"] for one in chosen]

    def told(code: str, period: str) -> str:
        return names[code].then(_share(rows[code, period]), period) if (code, period) in rows else figures.NO_VALUE

    return Table(
        gettext("Tavoitteen mukaiset kokemukset ajassa"),
        [(gettext("Jakso"), ""), *((names[code].name, "r") for code in codes)],
        [[dates.period(period), *(told(code, period) for code in codes)] for period in periods],
        [[period, *(rows.get((code, period), {}).get("value") for code in codes)] for period in periods],
    )


def _changes(chosen: Sequence[Found], names: Names) -> str:
    sure = [one for one in chosen if one["change"] and one["change"]["sure"]]
    if not sure:
        return gettext("Viimeisin jakso ei eroa edellisestä varmasti.")
    return " ".join(
        gettext("%(name)s: muutos edelliseen jaksoon %(value)s prosenttiyksikköä (%(range)s).")
        % {
            "name": names[one["name"]].name,
            "value": words.signed(100 * one["change"]["value"], 0),
            "range": figures.interval(100 * one["change"]["low"], 100 * one["change"]["high"], "raw", 0),
        }
        for one in sure
    )
