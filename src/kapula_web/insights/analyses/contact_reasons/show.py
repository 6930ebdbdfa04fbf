"""The answer told: the reasons that are surely somewhere, the map, and every reason in a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kapula.charts.performance_map import Place, performance_map
from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Linked, Part, Picture, Shown, Table
from kapula_web.insights.analyses.telling import warnings
from kapula_web.kit import figures
from kapula_web.kit.codes import Text

Found = Mapping[str, Any]
Name = Callable[[str], str]
PLACES: Final[dict[str, Text]] = {
    "automate": _("koneelle"),
    "help_human": _("ihmiselle"),
    "remove_cause": _("korjaa vaiva"),
    "leave": _("ennallaan"),
    "not_sure": _("ei varmaa"),
    "not_enough": _("liian vähän"),
}
SAID: Final[dict[str, Text]] = {
    "help_human": _("Ihmiselle: %(names)s."),
    "automate": _("Koneelle: %(names)s."),
    "remove_cause": _("Lue kommenteista, mikä vaivaa, ja korjaa se: %(names)s."),
    "leave": _("Ennalleen: %(names)s."),
}
"""Place → what the answer says of the reasons that are surely there. A theme is no cause that could be removed, so what troubles people
in it is to be read and mended."""
MOST_NAMED: Final = 4
MIDDLE: Final = 50.0


def shown(found: Found, name: Name, words_of: Name, when: str, about_reason: str = "") -> Shown:
    """``words_of``: the address of a reason's comments. ``about_reason``: what is taken for the reason, and why."""
    about = words.evidence(when, figures.count_words(found["n"]), gettext("95 %:n väli"))
    table = _table(found, name, words_of)
    told = [one for one in found["reasons"] if one["feeling"]]
    parts = [Part(picture=_map(told, name, about, table)), Part(_heading(), _advice(found, name))]
    notes = [*([about_reason] if about_reason else []), *_of_some(found), *warnings(found)]
    return Shown(answer(found, name), about, parts, notes, _method())


def answer(found: Found, name: Name) -> str:
    """Every reason that is surely somewhere is named or counted; what is not sure is counted."""
    sure = {code: [name(one["reason"]) for one in found["reasons"] if one["verdict"] == code] for code in PLACES}
    parts = [str(text) % {"names": _named(sure[code])} for code, text in SAID.items() if sure[code]]
    if not parts:
        return gettext("Mikään yhteydenoton syy ei vielä erotu varmasti muista.")
    rest = len(sure["not_sure"])
    if rest:
        parts.append(gettext("Muista (%(n)s) ei voi vielä sanoa varmasti.") % {"n": figures.number(rest, 0)})
    return " ".join(parts)


def _named(names: list[str]) -> str:
    """All of a few; of many the first ones, the commonest, and how many more there are."""
    if len(names) <= MOST_NAMED:
        return words.joined(names)
    rest = len(names) - MOST_NAMED + 1
    more = ngettext("%(n)s muu", "%(n)s muuta", rest) % {"n": figures.number(rest, 0)}
    return words.joined([*names[: MOST_NAMED - 1], more])


def _heading() -> str:
    return gettext("Mitä paikat tarkoittavat?")


def _advice(found: Found, name: Name) -> str:
    return gettext(
        "Ihmiselle kuuluvat syyt, joissa tunne on vahva. Kun tunne on heikko mutta vaivaa on paljon tai asia jää auki, kannattaa lukea "
        "kommenteista, mikä vaivaa, ja korjata se: silloin yhteydenottoja tulee vähemmän. Helpot, rutiininomaiset ja yleiset "
        "syyt sopivat koneelle; harvinaiset voi jättää ennalleen."
    )


def _map(told: list[Found], name: Name, about: str, table: Table) -> Picture:
    widest = [max((abs(one[axis][end]) for one in told for end in ("low", "high")), default=1.0) or 1.0
              for axis in ("feeling", "trouble")]  # fmt: skip

    def placed(gap: Found, wide: float) -> tuple[float, float, float]:
        value, low, high = (MIDDLE + 45 * gap[end] / wide for end in ("value", "low", "high"))
        return value, low, high

    places = [
        Place(
            name(one["reason"]), placed(one["feeling"], widest[0]), placed(one["trouble"], widest[1]),
            None if one["verdict"] == "not_sure" else one["verdict"],
        )
        for one in told
    ]  # fmt: skip
    labels = {
        "x": gettext("tunteen vahvuus, 50 on muiden taso"), "y": gettext("vaiva, 50 on muiden taso"), "group": gettext("syy"),
        "improve": gettext("korjaa vaiva"), "keep": gettext("ihmiselle, vaivalloinen"),
        "low_priority": gettext("koneelle tai ennalleen"), "beyond_need": gettext("ihmiselle, helppo"),
    }  # fmt: skip

    def spec(width: int = 720, height: int = 440, scheme: str = "css") -> dict[str, Any]:
        return performance_map(places, labels=labels, width=width, height=height, scheme=scheme, lines=(MIDDLE, MIDDLE))

    sure = [one for one in told if one["verdict"] != "not_sure"]
    title = (
        ngettext("Yksi syy on varmasti paikallaan kartalla", "%(n)s syytä on varmasti paikallaan kartalla", len(sure))
        % {"n": len(sure)}
        if sure
        else gettext("Mikään syy ei ole varmasti paikallaan kartalla")
    )
    summary = " ".join(f"{name(one['reason'])}: {_verdict(one)}." for one in told)
    subtitle = words.evidence(gettext("Värilliset ovat varmasti paikallaan, harmaat eivät"), about)
    return Picture("map", title, subtitle, summary, spec, table, wide=(1040, 460), narrow=(360, 420))


def _verdict(one: Found) -> str:
    place = str(PLACES[one["verdict"]])
    if one["verdict"] == "not_sure" and one["likely"]:
        likely = {"place": str(PLACES[one["likely"]]), "share": figures.percent(one["certainty"][one["likely"]])}
        return gettext("ei varmaa (%(place)s, %(share)s)") % likely
    return place


def _table(found: Found, name: Name, words_of: Name) -> Table:
    head = [
        (gettext("Syy"), ""), (gettext("Paikka"), ""), (gettext("Varmuus"), "r"), (gettext("Osuus yhteydenotoista"), "r"),
        (gettext("Vaiva"), "r"), (gettext("Tunne"), "r"), (gettext("Ratkesi"), "r"), (gettext("Yhteydenottoja"), "r"),
    ]  # fmt: skip
    rows, raw = [], []
    for one in found["reasons"]:
        certain = one["certainty"].get(one["likely"]) if one["likely"] else None
        rows.append(
            (
                Linked(name(one["reason"]), words_of(one["reason"])), _verdict(one),
                figures.NO_VALUE if certain is None else figures.percent(min(certain, 0.99)),
                _share(one["volume"]), _of(_mean(one["effort"]), one, "effort"), _of(_mean(one["emotion"]), one, "emotion"),
                _of(_share(one["resolved"]), one, "resolved"),
                figures.number(one["n"], 0),
            )
        )  # fmt: skip
        values = [one[key]["value"] if one[key] else None for key in ("volume", "effort", "emotion", "resolved")]
        raw.append((name(one["reason"]), one["verdict"], certain, *values, one["n"]))
    return Table(gettext("Yhteydenoton syyt, yleisin ensin"), head, rows, raw)


def _of_some(found: Found) -> list[str]:
    """What the figures are of, where not every contact was rated."""
    answers = found["answers"]
    if all(n == found["n"] for n in answers.values()):
        return []
    told = gettext(
        "Osuus yhteydenotoista on kaikista, muut luvut vain niistä, joista ne tiedetään: vaiva %(effort)s, tunne %(emotion)s ja "
        "ratkeaminen %(resolved)s yhteydenotosta. Kunkin luvun oma määrä (n) on taulukossa."
    )
    return [told % {name: figures.number(n, 0) for name, n in answers.items()}]


def _of(told: str, one: Found, score: str) -> str:
    """The figure, with the contacts it is of where they are not all of the reason's."""
    row = one[score]
    return told if row is None or row["n"] == one["n"] else f"{told}, n {figures.number(row['n'], 0)}"


def _share(row: Found | None) -> str:
    return words.share(row["value"], row["low"], row["high"]) if row else figures.NO_VALUE


def _mean(row: Found | None) -> str:
    return words.number(row["value"], row["low"], row["high"], 1) if row else figures.NO_VALUE


def _method() -> list[tuple[str, str]]:
    return [
        (
            gettext("Paikka"),
            gettext(
                "Jokaista syytä verrataan muihin: tunteen vahvuus, vaiva (vaivannäkö ja auki jääneet yhdessä) ja osuus yhteydenotoista."
            ),
        ),
        (
            gettext("Varmuus"),
            gettext(
                "Syy on paikallaan vasta, kun jokainen paikan raja ylittyy varmasti ja kaikki syyt on korjattu yhdessä (Holm). "
                "Saman asiakkaan yhteydenotot kuuluvat yhteen."
            ),
        ),
    ]
