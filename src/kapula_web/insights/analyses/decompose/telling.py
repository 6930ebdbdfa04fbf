"""The answer as a page: sentence, pictures, table, notes and method."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext

from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Chosen, Data, Part, Shown, Table
from kapula_web.insights.analyses.decompose import pictures, sentences, stretches
from kapula_web.insights.analyses.telling import warnings
from kapula_web.kit import dates, figures

Found = Mapping[str, Any]
Name = Callable[[Found], str]


def shown(found: Found, data: Data, chosen: Chosen) -> Shown:
    labels = {one.column: one.label for one in held.questions(data)}
    name = str(labels.get(chosen["outcome"], chosen["outcome"]))

    def segment(part: Found) -> str:
        if part["pooled"]:
            return gettext("pienet ryhmät yhdessä (%(n)s)") % {"n": figures.number(len(part["pooled"]), 0)}
        return data.names.value(chosen["segment"], part["segment"])

    table = segments_table(found, data.names.dimension(chosen["segment"]), segment)
    parts = [Part(picture=pictures.steps(found, name, segment, table))]
    if found["stretch"]:
        parts.append(Part(heading=gettext("Kuukausi kuukaudelta"), picture=pictures.along(found, name)))
    if found["breaks"]:
        parts.append(Part(heading=gettext("Ovatko jaksot vertailukelpoisia?"), words=" ".join(breaks(found))))
    if found["drivers"]:
        parts.append(
            Part(
                heading=gettext("Mitä muut kysymykset selittävät?"),
                words=_explained(found),
                table=_drivers(found, labels),
            )
        )
    return Shown(
        sentences.answer(found, name, segment),
        words.evidence(
            gettext("%(first)s ja %(second)s")
            % {"first": stretches.said(found["first"]), "second": stretches.said(found["second"])},
            figures.count_words(found["n"]),
            gettext("%(level)s:n väli") % {"level": figures.percent(found["method"]["level"])},
        ),
        parts,
        notes=[*warnings(found), *_needed(found)],
        method=method(found),
    )


def segments_table(found: Found, dimension: str, segment: Name) -> Table:
    unit = found["unit"]
    head = [
        (dimension, ""), (gettext("Osuus vastaajista"), "r"), (gettext("Arvo"), "r"), (gettext("Oma muutos"), "r"),
        (gettext("Ryhmän sisällä"), "r"), (gettext("Joukon muutos"), "r"), (gettext("n"), "r"),
    ]  # fmt: skip
    rows = [
        (
            segment(one),
            f"{figures.percent(one['share_first'])} → {figures.percent(one['share_second'])}",
            f"{figures.measure_value(one['value_first'], unit)} → {figures.measure_value(one['value_second'], unit)}",
            _with_range(one["change"], one["change_low"], one["change_high"], unit),
            _signed(one["within"], unit),
            _signed(one["mix"], unit),
            f"{figures.number(one['n_first'], 0)} → {figures.number(one['n_second'], 0)}",
        )
        for one in found["segments"]
    ]
    total = (
        gettext("Yhteensä"), "",
        f"{figures.measure_value(found['value_first'], unit)} → {figures.measure_value(found['value_second'], unit)}",
        _with_range(found["total"], found["total_low"], found["total_high"], unit),
        _signed(found["within"], unit), _signed(found["mix"], unit),
        f"{figures.number(found['n_first'], 0)} → {figures.number(found['n_second'], 0)}",
    )  # fmt: skip
    keys = ("share_first", "value_first", "change", "within", "mix", "n_first")
    raw = [(segment(one), *(one[key] for key in keys)) for one in found["segments"]]
    raw.append(
        (
            total[0],
            None,
            found["value_first"],
            found["total"],
            found["within"],
            found["mix"],
            found["n_first"],
        )
    )
    return Table(gettext("Muutos ryhmittäin"), head, [*rows, total], raw)


def breaks(found: Found) -> list[str]:
    """Each break in a sentence."""
    told = {
        "break_wording": gettext("Kysymyksen sanamuoto vaihtui%(when)s."),
        "break_scale": gettext("Asteikko vaihtui%(when)s."),
        "break_channel": gettext("Kanavien osuudet muuttuivat%(when)s."),
        "break_language": gettext("Kielten osuudet muuttuivat%(when)s."),
    }
    parts = []
    for one in found["breaks"]:
        when = f" ({dates.period(one['period'])})" if one["period"] else ""
        parts.append(told[one["code"]] % {"when": when})
        parts.append(_coincides(one, found["unit"]))
    return parts


def _coincides(one: Found, unit: str) -> str:
    if one["low"] is not None and one["low"] < 0 < one["high"]:
        return gettext("Se ei selvästi osu yhteen muutoksen kanssa (%(range)s).") % {
            "range": sentences.span(one["low"], one["high"], unit)
        }
    return gettext("Muutoksesta %(size)s osuu yhteen sen kanssa.") % {"size": sentences.change(one["part"], unit)}


def method(found: Found) -> list[tuple[str, str]]:
    settings = found["method"]
    stretch = found["stretch"]
    return [
        (
            gettext("Jako"),
            gettext(
                "muutos = joukon muutos + ryhmien sisäinen muutos, jaksojen keskimääräisin osuuksin (Kitagawa 1955)"
            ),
        ),
        (gettext("Mittari"), found["measure"]),
        (
            gettext("Väli"),
            gettext("bootstrap, %(n)s otosta, otetaan asiakas kerrallaan")
            % {"n": figures.number(settings["n_boot"], 0)},
        ),
        (
            gettext("Ennallaan"),
            gettext("muutos on varmasti alle %(margin)s (kaksi yksisuuntaista testiä)")
            % {"margin": figures.amount(found["margin"], found["unit"])},
        ),
        *([(gettext("Vuodessa"), _slopes(found))] if stretch else []),
    ]


def _slopes(found: Found) -> str:
    one, unit = found["stretch"], found["unit"]
    return gettext("kaikkiaan %(total)s, ryhmien sisällä %(within)s, joukon muutos %(mix)s") % {
        "total": _signed(one["slope_per_year"], unit),
        "within": _signed(one["within_per_year"], unit),
        "mix": _signed(one["mix_per_year"], unit),
    }


def _needed(found: Found) -> list[str]:
    if not found["needed_n"]:
        return []
    return [
        gettext("Varmuuteen tarvittaisiin noin %(n)s vastausta.")
        % {"n": figures.number(_rounded(found["needed_n"]), 0)}
    ]


def _rounded(count: int) -> int:
    """Two figures are enough of a number that is about."""
    step: int = 10 ** max(0, len(str(count)) - 2)
    return -(-count // step) * step


def _explained(found: Found) -> str:
    drivers, unit = found["drivers"], found["unit"]
    return gettext(
        "Muiden kysymysten tason muutos liittyy muutokseen %(levels)s verran (%(range)s); loput %(rest)s ovat muuta."
    ) % {
        "levels": sentences.change(drivers["levels"], unit),
        "range": sentences.between({**drivers, "unit": unit}, "levels"),
        "rest": sentences.change(found["total"] - drivers["levels"], unit),
    }


def _drivers(found: Found, labels: Mapping[str, str]) -> Table:
    unit = found["unit"]
    head = [
        (gettext("Kysymys"), ""),
        (gettext("Keskiarvo"), "r"),
        (gettext("Osuus muutoksesta"), "r"),
        (gettext("Väli"), "r"),
    ]
    told = sorted(found["drivers"]["drivers"], key=lambda one: -abs(one["levels"]))
    rows = [
        (
            labels.get(one["name"], one["name"]),
            f"{figures.number(one['mean_first'], 2)} → {figures.number(one['mean_second'], 2)}",
            _signed(one["levels"], unit),
            figures.interval(one["low"], one["high"], unit, _digits(unit)),
        )
        for one in told
    ]
    raw = [(row[0], one["mean_first"], one["levels"], one["low"]) for row, one in zip(rows, told, strict=True)]
    return Table(gettext("Muiden kysymysten osuus"), head, rows, raw)


def _with_range(value: float | None, low: float | None, high: float | None, unit: str) -> str:
    """ "−4,3 (−6,1…−2,5)"."""
    if value is None or low is None or high is None:
        return _signed(value, unit)
    factor = 100 if unit == "share" else 1
    return f"{_signed(value, unit)} ({figures.interval(factor * low, factor * high, 'raw', _digits(unit) or 2)})"


def _digits(unit: str) -> int | None:
    return 1 if unit in ("points", "share") else None


def _signed(value: float | None, unit: str) -> str:
    if value is None:
        return figures.NO_VALUE
    return words.signed(100 * value if unit == "share" else value, _digits(unit) or 2)
