"""The answer told: how much more the behaviour is mentioned, by time since, by roll-out, and what the time before says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, ngettext

from kapula.charts.lines import Line, lines
from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Linked, Part, Picture, Shown, Table
from kapula_web.insights.analyses.telling import warnings
from kapula_web.kit import dates, figures

Found = Mapping[str, Any]


def shown(found: Found, theme: str, team: Callable[[str], str], words_of: Callable[[Sequence[str]], str]) -> Shown:
    """``words_of``: the address of what some teams' customers have said of the theme."""
    about = words.evidence(
        ngettext("%(n)s tiimi", "%(n)s tiimiä", found["n"]) % {"n": found["n"]},
        gettext("%(n)s aloittanut") % {"n": found["rolled_out"]},
        figures.count_words(found["n_comments"]),
        gettext("95 %:n väli"),
    )
    if found["verdict"] == "no_mentions":
        return Shown(gettext("Yksikään kommentti ei mainitse asiaa ”%(theme)s”.") % {"theme": theme}, about)
    began = [code for one in found["cohorts"] if one["value"] is not None for code in one["teams"]]
    behind = [Linked(team(code), words_of([code])) for code in began]
    parts = [Part(picture=_picture(found, theme, about, behind))] if len(_told(found)) > 1 else []
    parts.append(Part(table=_table(found, team, words_of)))
    if found["before"] and found["before"]["value"] is not None:
        parts.append(Part(gettext("Erosivatko tiimit jo ennen aloitusta?"), _before(found)))
    return Shown(answer(found, theme), about, parts, list(warnings(found)), _method(found))


def answer(found: Found, theme: str) -> str:
    told = {
        "theme": theme,
        "size": figures.number(abs(100 * found["effect"]), 0),
        "range": _points(found),
        "share": figures.percent(found["share"]),
        "expected": figures.percent(found["expected"]),
    }
    if found["verdict"] == "noticed":
        return (
            gettext(
                "Kyllä: ”%(theme)s” mainitaan aloittaneissa tiimeissä %(share)s:ssa kommenteista, kun muiden tiimien perusteella "
                "osuus olisi %(expected)s. Ero on %(size)s prosenttiyksikköä (%(range)s)."
            )
            % told
        )
    if found["verdict"] == "less":
        return (
            gettext(
                "Päinvastoin: ”%(theme)s” mainitaan aloittaneissa tiimeissä %(size)s prosenttiyksikköä harvemmin kuin muiden "
                "tiimien perusteella odottaisi (%(range)s)."
            )
            % told
        )
    return (
        gettext(
            "Ei näy varmasti: ”%(theme)s” mainitaan aloittaneissa tiimeissä suunnilleen yhtä usein kuin muiden tiimien perusteella "
            "odottaisi. Ero on jotain väliltä %(range)s prosenttiyksikköä."
        )
        % told
    )


def _points(one: Found) -> str:
    low, high = 100 * one["low"], 100 * one["high"]
    return figures.interval(low, high, "raw", words.decimals([(low, high)]))


def _told(found: Found) -> list[Found]:
    return [one for one in found["since"] if one["value"] is not None]


def _picture(found: Found, theme: str, about: str, behind: Sequence[str] = ()) -> Picture:
    told = _told(found)
    places = [float(one["periods"]) for one in told]
    with_it = [(at, one["share"], None, None) for at, one in zip(places, told, strict=True)]
    without = [
        (at, one["expected"], one["share"] - one["high"], one["share"] - one["low"])
        for at, one in zip(places, told, strict=True)
    ]
    drawn = [
        Line(gettext("aloittaneet"), with_it, "@accent"),
        Line(gettext("odotus muista"), without, "@quiet", dashed=True),
    ]
    periods = [figures.number(one["periods"], 0) for one in told]

    def spec(width: int = 720, height: int = 320, scheme: str = "css") -> dict[str, Any]:
        return lines(
            drawn, periods, labels={"unit": figures.percent_sign()}, tick=str, places=places, factor=100, within=(0, 100),
            width=width, height=height, scheme=scheme,
        )  # fmt: skip

    unit = (
        gettext("viikkoja aloituksesta") if found["method"]["period"] == "week" else gettext("kuukausia aloituksesta")
    )
    title = gettext("”%(theme)s” kommenteissa aloituksen jälkeen") % {"theme": theme}
    summary = " ".join(
        gettext("%(n)s: %(share)s, odotus %(expected)s.")
        % {"n": one["periods"], "share": figures.percent(one["share"]), "expected": figures.percent(one["expected"])}
        for one in told
    )
    subtitle = words.evidence(gettext("Osuus kommenteista"), unit, about)
    return Picture("since", title, subtitle, summary, spec, wide=(1040, 320), narrow=(360, 300), behind=behind)


def _table(found: Found, team: Callable[[str], str], words_of: Callable[[Sequence[str]], str]) -> Table:
    head = [
        (gettext("Aloitus"), ""), (gettext("Tiimit"), ""), (gettext("Mainitsee"), "r"), (gettext("Odotus muista"), "r"),
        (gettext("Ero, %-yks."), "r"), (gettext("95 %:n väli"), "r"), (gettext("Kommentteja"), "r"),
    ]  # fmt: skip
    rows, raw = [], []
    for one in found["cohorts"]:
        known = one["value"] is not None
        names = words.joined([team(code) for code in one["teams"]])
        rows.append(
            (
                dates.period(one["rollout"]), names,
                Linked(figures.percent(one["share"]), words_of(one["teams"])) if known else figures.NO_VALUE,
                figures.percent(one["expected"]) if known else figures.NO_VALUE,
                words.signed(100 * one["value"], 0) if known else figures.NO_VALUE,
                _points(one) if known else figures.NO_VALUE, figures.number(one["n"], 0),
            )
        )  # fmt: skip
        raw.append(
            (
                one["rollout"],
                names,
                one["share"],
                one["expected"],
                one["value"],
                f"{one['low']}…{one['high']}",
                one["n"],
            )
        )
    return Table(gettext("Tiimit aloituksen mukaan"), head, rows, raw)


def _before(found: Found) -> str:
    one = found["before"]
    told = {"value": words.signed(100 * one["value"], 0), "range": _points(one)}
    text = (
        gettext("Samalla tavalla laskettu ero ajalta ennen aloitusta on %(value)s prosenttiyksikköä (%(range)s).")
        % told
    )
    if one["holds_until"] is None:
        return text
    return f"{text} " + gettext("Vastaus pysyy varmana, vaikka sama ero olisi jatkunut %(times)s-kertaisena.") % {
        "times": figures.number(one["holds_until"], 1)
    }


def _method(found: Found) -> list[tuple[str, str]]:
    lines_ = [
        (
            gettext("Vertailu"),
            gettext(
                "Tiimin kommentteja aloituksen jälkeen verrataan sen omiin aiempiin ja samaan aikaan niihin tiimeihin, jotka eivät "
                "vielä olleet aloittaneet (Callaway ja Sant’Anna). Jo aloittaneita ei käytetä vertailuna."
            ),
        ),
        (
            gettext("Epävarmuus"),
            gettext(
                "Saman tiimin kommentit kuuluvat yhteen: väli on laskettu tiimeittäin, vähäisille tiimeille korjattuna."
            ),
        ),
    ]
    if found["matcher"]:
        told = {
            "a": figures.percent(found["matcher"]["sensitivity"]), "b": figures.percent(found["matcher"]["specificity"]),
        }  # fmt: skip
        text = gettext("Tunnistus löytää %(a)s maininnoista ja jättää rauhaan %(b)s muista. Ero on korjattu sillä.")
        lines_.append((gettext("Tunnistuksen virhe"), text % told))
    return lines_
