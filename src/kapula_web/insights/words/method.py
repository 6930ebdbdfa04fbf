"""How a figure was computed, in words: measure, rows, filters, period, n, method, what was set aside, and the command that repeats it."""

from __future__ import annotations

import shlex
from typing import Any

from django.utils.translation import gettext

from kapula.results import MeasureResult
from kapula.trends.results import TrendResult
from kapula_web.insights.figures.reading import Reading
from kapula_web.insights.words.labels import Names
from kapula_web.insights.words.periods import stretch
from kapula_web.kit import codes, figures


def method_lines(reading: Reading, found: MeasureResult | TrendResult | None, names: Names) -> list[tuple[str, str]]:
    """(term, text) pairs for the page and the spreadsheet alike."""
    recipe, declared = reading.recipe, reading.recipe.declared
    lines = [(gettext("Mittari"), f"{codes.words('measure', declared.name)} ({declared.name})")]
    if reading.measure.definition:
        lines.append((gettext("Määritelmä"), reading.measure.definition))
    if declared.scale is not None:
        lines.append((gettext("Asteikko"), _scale(declared.scale)))
    lines.append((gettext("Aineisto"), ", ".join([codes.words("table", recipe.table), *recipe.columns])))
    for name, values in (*recipe.filters, *reading.view.filters):
        shown = gettext("mikä tahansa") if "*" in values else ", ".join(names.value(name, value) for value in values)
        lines.append((gettext("Rajaus: %(name)s") % {"name": names.dimension(name).lower()}, shown))
    if reading.stretch:
        lines.append((gettext("Aika"), stretch(reading.stretch)))
    if found is not None:
        lines += _result_lines(found, codes.words("counted", recipe.table))
    if recipe.kind.people and reading.desk.minimum_n:
        lines.append(
            (
                gettext("Vähimmäismäärä"),
                gettext("Alle %(n)s vastauksen lukua ei näytetä, eikä sitä voi laskea erotuksena.")
                % {"n": figures.number(reading.desk.minimum_n)},
            )
        )
    lines.append((gettext("Aineiston versio"), reading.desk.snapshot.version))
    return lines


def _scale(scale: Any) -> str:
    ends = [figures.NO_VALUE if end is None else figures.number(end) for end in (scale.low, scale.high)]
    return f"{ends[0]}–{ends[1]}"


def _result_lines(found: MeasureResult | TrendResult, counted: str) -> list[tuple[str, str]]:
    method = found.method
    used = sum(row.n for row in found.rows)
    lines = [
        (counted, figures.number(used)),
        (
            gettext("Väli"),
            gettext("%(level)s:n luottamusväli, %(interval)s")
            % {
                "level": figures.percent(method.get("level", 0.95)),
                "interval": codes.words("interval", method.get("interval")),
            },
        ),
    ]
    if method.get("weight"):
        lines.append((gettext("Painokerroin"), str(method["weight"])))
    if method.get("cluster"):
        lines.append(
            (
                gettext("Toistuvat vastaajat"),
                gettext("otettu huomioon sarakkeesta %(name)s") % {"name": method["cluster"]},
            )
        )
    for reason, count in found.set_aside.items():
        lines.append((gettext("Jätetty pois"), f"{codes.words('set_aside', reason)}: {figures.number(count)}"))
    warnings = [code for code in found.warnings if not code.startswith("break_")]  # the picture tells of breaks
    warnings += [code for row in found.rows for code in row.warnings if code not in ("empty", "suppressed")]
    return lines + [(gettext("Huomaa"), codes.words("warning", code)) for code in dict.fromkeys(warnings)]


def command(reading: Reading, *, by: str = "") -> str:
    """The ``kapula measure`` command that gives the same figures from the organisation's own data."""
    recipe, view = reading.recipe, reading.view
    address = f"organisation://{reading.measure.organisation.slug}/{recipe.table}"
    if reading.stretch:
        address += f"?from={reading.stretch.start.isoformat()}&to={reading.stretch.end.isoformat()}"
    parts = ["kapula", "measure", address, "--measure", recipe.measure, "--columns", *recipe.columns]
    for name, values in (*recipe.filters, *view.filters):
        for value in values:
            parts += ["--filter", f"{name}={value}"]
    parts += ["--by", by] if by else ["--time", recipe.kind.time, "--period", view.period]
    for option, value in (("--weight", recipe.weight), ("--cluster", recipe.cluster)):
        if value:
            parts += [option, value]
    for name, value in recipe.options:
        parts += ["--option", f"{name}={value}"]
    if recipe.declared.scale is not None:
        parts += ["--off-scale", "set-aside"]
    if recipe.kind.people and reading.desk.minimum_n:
        parts += ["--minimum-n", str(reading.desk.minimum_n)]
    return shlex.join(parts)
