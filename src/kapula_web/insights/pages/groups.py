"""The measure by touchpoint, team or another dimension: a table with a bar and a whisker in each row, sorted."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from kapula.results import Row
from kapula_web.insights.figures.reading import Reading
from kapula_web.insights.pictures.bars import SmallScale
from kapula_web.insights.words.labels import Names, by_dimension
from kapula_web.insights.words.periods import stretch
from kapula_web.kit import figures

MOST = 40


def sorted_groups(reading: Reading) -> list[Row]:
    """Groups with figures first, the greatest on top; then those withheld. Groups that were not asked at all are left out."""
    found = reading.groups()
    rows = [row for row in found.rows if row.n] if found else []
    return sorted(rows, key=lambda row: (row.value is None, -(row.value or 0.0), str(row.by)))


def groups_part(reading: Reading, names: Names) -> dict[str, Any] | None:
    """The section; None when the measure has nothing to be divided by."""
    if not reading.view.by or reading.stretch is None:
        return None
    rows, total = sorted_groups(reading), reading.total()
    scale = SmallScale(rows, total)
    by = reading.view.by
    return {
        "by": by,
        "title": groups_title(reading, rows, names),
        "subtitle": ", ".join(filter(None, [reading.measure.name, by_dimension(by), stretch(reading.stretch)])),
        "head": names.dimension(by),
        "tabs": [
            (f"?{reading.view.query(by=name)}#groups", names.dimension(name), name == by) for name in reading.dimensions
        ],
        "rows": [_group(reading, row, names, scale) for row in rows[:MOST]],
        "rest": max(0, len(rows) - MOST),
        "total": _total(reading, total) if total else None,
        "downloads": picture_links(reading, "groups"),
        "suppressed": any(row.value is None for row in rows),
    }


def _total(reading: Reading, total: Row) -> dict[str, str]:
    shown = reading.shown
    return {
        "value": shown.value(total.value),
        "interval": shown.interval(total.low, total.high),
        "n": figures.number(total.n),
    }


def picture_links(reading: Reading, chart: str) -> list[tuple[str, str]]:
    """(address, label) of a chart as a picture of what the page shows."""
    slug, code, query = reading.measure.organisation.slug, reading.measure.code, reading.view.query()
    return [
        (f"{reverse('insights:picture', args=[slug, code, chart, kind])}?{query}", kind.upper())
        for kind in ("png", "svg")
    ]


def groups_title(reading: Reading, rows: list[Row], names: Names) -> str:
    """The finding. Highest and lowest are only called that when their intervals lie apart."""
    known = [row for row in rows if row.value is not None and row.low is not None and row.high is not None]
    by = reading.view.by
    if len(known) < 2:
        return (
            gettext("Yksi ryhmä: vertailtavaa ei ole")
            if known
            else gettext("Ryhmien lukuihin ei ole tarpeeksi vastauksia")
        )
    top, bottom = known[0], known[-1]
    if (top.low or 0.0) > (bottom.high or 0.0):
        words = {"top": names.value(by, top.by), "bottom": names.value(by, bottom.by)}
        return gettext("Korkein: %(top)s, matalin: %(bottom)s") % words
    return gettext("Ryhmien välillä ei ole selvää eroa")


def _group(reading: Reading, row: Row, names: Names, scale: SmallScale) -> dict[str, Any]:
    shown, by, view = reading.shown, reading.view.by, reading.view
    found: dict[str, Any] = {
        "name": names.value(by, row.by),
        "value": shown.value(row.value),
        "interval": shown.interval(row.low, row.high),
        "n": figures.number(row.n),
        "bar": scale.bar(row),
        "warnings": [code for code in row.warnings if code.startswith("suppressed")],
    }
    if row.by not in (None, ""):
        found["href"] = "?" + view.query(filters=view.with_filter(by, str(row.by)))
    return found
