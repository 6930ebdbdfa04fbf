"""The answer as a page: sentence, picture, the split, notes and method."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext, ngettext

from kapula.charts.lines import Line, lines
from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Chosen, Data, Part, Picture, Shown, Table
from kapula_web.insights.analyses.expectations import sentences
from kapula_web.insights.analyses.telling import warnings
from kapula_web.kit import dates, figures

Found = Mapping[str, Any]


def shown(found: Found, data: Data, chosen: Chosen, since: date | None) -> Shown:
    """``since``: the day of the question's last rewording, when only what was answered after it is looked at."""
    labels = {one.column: one.label for one in held.questions(data)}
    name = str(labels.get(chosen["outcome"], chosen["outcome"]))
    periods = ngettext("%(n)s ajanjakso", "%(n)s ajanjaksoa", found["periods"]) % {
        "n": figures.number(found["periods"], 0)
    }
    level = figures.percent(found["method"]["level"])
    return Shown(
        sentences.answer(found, words.within(name)),
        words.evidence(
            _span(found),
            periods,
            figures.count_words(found["n"]),
            words.p_value(found["p"]),
            gettext("%(level)s:n väli") % {"level": level},
        ),
        [
            Part(picture=_picture(found, name)),
            Part(heading=gettext("Mistä muutos koostuu"), words=_total(found, name), table=_split(found)),
            *(
                [Part(heading=gettext("Mitä odotuksista sanotaan"), words=_asked(found))]
                if found["expectation"]
                else []
            ),
        ],
        notes=[*_since(since), *warnings(found), *_sensitivity(found), *_needed(found)],
        method=_method(found, [str(labels.get(one, one)) for one in chosen["performance"]]),
    )


def _since(day: date | None) -> list[str]:
    if day is None:
        return []
    return [
        gettext("Mukana ovat vastaukset %(day)s alkaen: silloin kysymyksen sanamuoto vaihtui.")
        % {"day": dates.date(day)}
    ]


def _span(found: Found) -> str:
    first, last = found["points"][0]["period"], found["points"][-1]["period"]
    return gettext("%(first)s – %(last)s") % {"first": dates.period(first), "last": dates.period(last)}


def _picture(found: Found, name: str) -> Picture:
    points = found["points"]
    drawn = [
        Line(
            label,
            [(point["time"], point[key], point[f"{key}_low"], point[f"{key}_high"]) for point in points],
            role,
            dashed,
        )
        for label, key, role, dashed in (
            (gettext("arvosana"), "score", "@quiet", True),
            (gettext("samalla tekemisellä"), "constant", "@accent", False),
        )
    ]
    periods, places = [point["period"] for point in points], [point["time"] for point in points]
    head = [
        (gettext("Jakso"), ""),
        (gettext("Arvosana"), "r"),
        (gettext("Samalla tekemisellä"), "r"),
        (gettext("Väli"), "r"),
        (gettext("n"), "r"),
    ]
    rows = [
        (
            dates.period(one["period"]),
            figures.number(one["score"], 2),
            figures.number(one["constant"], 2),
            figures.interval(one["constant_low"], one["constant_high"], "scale"),
            figures.number(one["n"], 0),
        )
        for one in points
    ]
    raw = [(one["period"], one["score"], one["constant"], one["constant_low"], one["n"]) for one in points]
    summary = gettext("Arvosana muuttui vuodessa %(total)s, samalla tekemisellä %(drift)s (%(range)s).") % {
        "total": words.signed(found["total_per_year"], 2),
        "drift": words.signed(found["drift_per_year"], 2),
        "range": figures.interval(found["low"], found["high"], "scale"),
    }
    return Picture(
        "drift", _title(found), words.evidence(name, _span(found), figures.count_words(found["n"])), summary,
        lambda **size: lines(drawn, periods, labels={"unit": ""}, tick=_tick, places=places, **size),
        Table(gettext("Arvosana jaksoittain"), head, rows, raw),
    )  # fmt: skip


def _title(found: Found) -> str:
    if found["verdict"] == "rising":
        return gettext("Samalla tekemisellä saa vuosi vuodelta huonomman arvosanan")
    if found["verdict"] == "falling":
        return gettext("Samalla tekemisellä saa vuosi vuodelta paremman arvosanan")
    return gettext("Arvosana sellaisenaan ja samalla tekemisellä")


def _tick(period: str) -> str:
    year, dash, part = period.partition("-")
    return f"{int(part) if part.isdigit() else part}/{year}" if dash and len(part) == 2 else dates.period(period)


def _split(found: Found) -> Table:
    parts = [
        (gettext("Sama tekeminen, eri arvosana"), found["drift_per_year"], found["low"], found["high"]),
        (gettext("Tekeminen muuttui"), *(found[f"performance_per_year{end}"] for end in ("", "_low", "_high"))),
        *(
            [(gettext("Vastaajien joukko muuttui"), *(found[f"mix_per_year{end}"] for end in ("", "_low", "_high")))]
            if found["method"]["mix"]
            else []
        ),
        (gettext("Yhteensä"), *(found[f"total_per_year{end}"] for end in ("", "_low", "_high"))),
    ]
    head = [(gettext("Osa"), ""), (gettext("Vuodessa"), "r"), (gettext("Väli"), "r")]
    rows = [(label, words.signed(value, 2), figures.interval(low, high, "scale")) for label, value, low, high in parts]
    return Table(gettext("Muutos vuodessa"), head, rows, [(label, value, low) for label, value, low, _high in parts])


def _total(found: Found, name: str) -> str:
    return gettext("%(name)s muuttui kaikkiaan %(total)s vuodessa (%(range)s).") % {
        "name": name,
        "total": words.signed(found["total_per_year"], 2),
        "range": sentences.between(found, "total"),
    }


def _asked(found: Found) -> str:
    asked = found["expectation"]
    told = {
        "value": words.signed(asked["per_year"], 2),
        "range": figures.interval(asked["low"], asked["high"], "scale"),
        "n": figures.count_words(asked["n"]),
    }
    if asked["confirms"]:
        return (
            gettext(
                "Odotuksia kysyttiin suoraan: ne muuttuivat %(value)s vuodessa (%(range)s, %(n)s). Se tukee havaintoa."
            )
            % told
        )
    if asked["confirms"] is False:
        return (
            gettext(
                "Odotuksia kysyttiin suoraan: ne muuttuivat %(value)s vuodessa (%(range)s, %(n)s). Se ei tue havaintoa."
            )
            % told
        )
    return gettext("Odotuksia kysyttiin suoraan: ne muuttuivat %(value)s vuodessa (%(range)s, %(n)s).") % told


def _sensitivity(found: Found) -> list[str]:
    """Told where measurement error would change what is said."""
    sure = [one for one in found["sensitivity"] if one["low"] is not None and (one["low"] > 0 or one["high"] < 0)]
    now = found["low"] is not None and (found["low"] > 0 or found["high"] < 0)
    if now == (len(sure) == len(found["sensitivity"])):
        return []
    return [
        gettext(
            "Tulos riippuu siitä, miten tarkasti tekemistä on mitattu: epätarkka mittari siirtää tekemisen muutosta odotusten puolelle."
        )
    ]


def _needed(found: Found) -> list[str]:
    if not found["needed_periods"]:
        return []
    return [
        gettext("Varmuuteen tarvittaisiin noin %(n)s ajanjaksoa.") % {"n": figures.number(found["needed_periods"], 0)}
    ]


def _method(found: Found, performance: list[str]) -> list[tuple[str, str]]:
    told = gettext(
        "Tekemisen vaikutus arvioidaan jaksojen sisällä, ja jäljelle jäävää tasoa verrataan aikaan jakso kerrallaan."
    )
    sensitive = words.evidence(
        *(
            f"{figures.percent(one['reliability'])}: {words.signed(one['drift_per_year'], 2)} "
            f"({figures.interval(one['low'], one['high'], 'scale')})"
            for one in found["sensitivity"]
        )
    )
    return [
        (gettext("Menetelmä"), told),
        (gettext("Tekeminen"), words.joined(performance)),
        (
            gettext("Väli"),
            gettext("Knapp–Hartung: jaksot ovat otos, ja se, mitä koko jaksolle tapahtui, on mukana epävarmuudessa"),
        ),
        (gettext("Jos tekeminen on mitattu näin luotettavasti"), sensitive),
    ]
