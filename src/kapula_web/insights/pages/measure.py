"""The measure page: answer, picture, table, method."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from kapula.trends.results import TrendSeries
from kapula_web.accounts.access import may
from kapula_web.accounts.models import Membership
from kapula_web.insights.analyses.registry import about
from kapula_web.insights.figures.reading import Reading
from kapula_web.insights.pages.choices import Choices
from kapula_web.insights.pages.groups import groups_part, picture_links
from kapula_web.insights.pages.trend_words import trend_rows, trend_summary, trend_title
from kapula_web.insights.pictures.draw import svg
from kapula_web.insights.pictures.trend import trend_spec
from kapula_web.insights.words.labels import Names
from kapula_web.insights.words.method import command, method_lines
from kapula_web.insights.words.periods import stretch
from kapula_web.insights.words.sentences import answer, target_state, target_tone, target_words
from kapula_web.kit import figures
from kapula_web.texts.explorer.behind import words_behind

WIDE, NARROW = {"width": 1040, "height": 340}, {"width": 360, "height": 280}


def measure_context(reading: Reading, membership: Membership, *, later: bool = False) -> dict[str, Any]:
    """Everything the template needs. ``later``: the pictures and what rests on them are fetched after the answer."""
    names = Names.of(membership.organisation)
    row, change = reading.figure(), reading.change()
    state = target_state(row, reading.measure.target, reading.shown.higher_is_better)
    return {
        "reading": reading,
        "measure": reading.measure,
        "view": reading.view,
        "answer": answer(reading.measure.name, row, change, reading.shown),
        "evidence": evidence(reading),
        "words": words_behind(reading) if may(membership, "see_rows") else "",
        "target": {"state": state, "words": target_words(state), "tone": target_tone(state)},
        "target_value": reading.shown.value(reading.measure.target),
        "later": later,
        "comparison": comparison_part(reading),
        "choices": Choices(reading, names),
        "may_change": may(membership, "model"),
        "query": reading.view.query(),
        "questions": questions(reading),
        **({} if later else pictures_context(reading, membership)),
    }


def questions(reading: Reading) -> list[tuple[str, str]]:
    """What can be asked further of the measure's answers, where they are those of one question."""
    recipe = reading.recipe
    if recipe.table != "responses" or len(recipe.columns) != 1:
        return []
    return about(reading.measure.organisation, recipe.columns[0])


def pictures_context(reading: Reading, membership: Membership) -> dict[str, Any]:
    """The slower part: the picture, the groups, and how it was computed."""
    names = Names.of(membership.organisation)
    return {
        "measure": reading.measure,
        "view": reading.view,
        "trend": trend_part(reading),
        "groups": groups_part(reading, names),
        "method": method_lines(reading, reading.trend(), names),
        "command": command(reading),
        "downloads": downloads(reading),
        "may_see_rows": may(membership, "see_rows") and reading.recipe.table == "responses",
        "query": reading.view.query(),
    }


def evidence(reading: Reading) -> str:
    """What the answer rests on: when, how many, how sure."""
    now, row = reading.now(), reading.figure()
    if now is None or row is None:
        return ""
    parts = [stretch(now), figures.count_words(row.n)]
    if row.low is not None:
        parts.append(gettext("95 %:n väli"))
    return " · ".join(parts)


def comparison_part(reading: Reading) -> dict[str, Any] | None:
    """Two stretches and their difference."""
    pair, change = reading.stretches(), reading.change()
    if pair is None or change is None:
        return None
    shown = reading.shown
    return {
        "words": shown.change_words(change),
        "tone": shown.tone(change),
        "difference": shown.difference(change),
        "unit": {"points": gettext("pistettä"), "share": gettext("%-yksikköä")}.get(shown.unit, shown.label),
        "codes": [code for code in change.warnings if code.startswith("break_")],
        "sides": [
            {"when": stretch(when), "figure": shown.figure(row), "n": figures.count_words(row.n)}
            for when, row in zip(pair, (change.first, change.second), strict=True)
        ],
    }


def trend_part(reading: Reading) -> dict[str, Any] | None:
    """The trend as a picture in two widths, in words and as a table."""
    series = reading.series()
    if series is None or not any(point.row.n for point in series.points):
        return None
    return {
        "title": trend_title(reading, series),
        "subtitle": subtitle(reading, series),
        "wide": _picture(reading, series, WIDE),
        "narrow": _picture(reading, series, NARROW),
        "summary": trend_summary(reading, series),
        "table": trend_rows(reading, series),
        "spec": reverse(
            "insights:picture", args=[reading.measure.organisation.slug, reading.measure.code, "trend", "json"]
        ),
    }


def subtitle(reading: Reading, series: TrendSeries) -> str:
    """What is drawn: the measure by period, its interval, its n."""
    by_period = {
        "day": gettext("päivittäin"),
        "week": gettext("viikoittain"),
        "month": gettext("kuukausittain"),
        "quarter": gettext("neljännesvuosittain"),
        "year": gettext("vuosittain"),
    }[reading.view.period]
    used = sum(point.row.n for point in series.points)
    words = {"name": reading.measure.name, "by": by_period, "n": figures.count_words(used)}
    return gettext("%(name)s %(by)s, vaalea alue on 95 %%:n väli, katkoviivat ohjausrajat, %(n)s") % words


def downloads(reading: Reading) -> list[tuple[str, str]]:
    """(address, label) of everything that can be taken along; it holds what the page shows."""
    slug, code, query = reading.measure.organisation.slug, reading.measure.code, reading.view.query()
    tables = [
        (reverse("insights:table", args=[slug, code, kind]), label)
        for kind, label in (("csv", "CSV"), ("xlsx", "Excel"))
    ]
    return [*((f"{href}?{query}", label) for href, label in tables), *picture_links(reading, "trend")]


def _picture(reading: Reading, series: TrendSeries, size: dict[str, int]) -> str:
    # vl-convert escapes text; the specification holds no markup of its own.
    return mark_safe(svg(trend_spec(reading, series, **size)))
