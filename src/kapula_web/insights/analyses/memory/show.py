"""The answer told: peak, end and mean, and the moments against what was designed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from kapula import charts
from kapula.charts.bars import ROW_HEIGHT
from kapula.results import Row
from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Part, Picture, Shown, Table
from kapula_web.insights.analyses.memory.themes import counted, spoken, themes_table
from kapula_web.insights.analyses.telling import warnings
from kapula_web.kit import figures

Found = Mapping[str, Any]
Name = Callable[[str], str]


def shown(found: Found, asked: tuple[str, str], name: Name, theme: Name, slug: str) -> Shown:
    """``asked``: what the question is called that was asked later, and the one that was asked at the moments."""
    about = words.evidence(
        ngettext("%(n)s polku", "%(n)s polkua", found["n"]) % {"n": figures.number(found["n"], 0)},
        gettext("%(n)s hetkeä") % {"n": figures.number(found["n_moments"], 0)},
        gettext("95 %:n väli"),
    )
    parts = [Part(picture=_parts(found, about))]
    told = [one for one in found["moments"] if one["trace"]]
    if told:
        table = _table(found, name)
        parts.append(
            Part(gettext("Mitkä hetket jäivät mieleen?"), _designed(told, name), _traces(told, name, about, table))
        )
    if found["themes"]:
        parts.append(
            Part(
                gettext("Mistä muistetaan puhua?"),
                spoken(found["themes"], theme),
                table=themes_table(found["themes"], theme),
            )
        )
    links = [(gettext("Katso ja muokkaa tavoitteita"), reverse("insights:aims", args=[slug]))]
    told_of = " ".join(filter(None, [answer(found, *asked), counted(found["themes"] or ())]))
    return Shown(told_of, about, parts, list(warnings(found)), _method(found), links)


def _explained(share: float) -> str:
    """A sure relation may explain little: then it is said to be little, not nothing."""
    return figures.percent(share) if share >= 0.005 else gettext("alle 1 %")


def answer(found: Found, later: str, then: str) -> str:
    told = {"later": words.within(later), "then": words.within(then), "share": _explained(found["r2"])}
    if found["verdict"] == "peak_end":
        strong = [
            label
            for code, label in _labels().items()
            if code not in ("mean", "mean_alone") and found[code]["sure"] and found[code]["value"] > 0
        ]
        told["what"] = words.joined(strong) or gettext("huippuhetki ja loppu yhdessä")
        return (
            gettext(
                "Mieleen jää enemmän kuin keskiarvo: %(what)s näkyy siinä, millaisen arvosanan ”%(later)s” asiakas myöhemmin antaa. "
                "Hetkistä selittyy %(share)s."
            )
            % told
        )
    if found["verdict"] == "average":
        return (
            gettext(
                "Mieleen jää kokonaisuus: ”%(later)s” liittyy kaikkien hetkien keskiarvoon, eikä huippuhetki tai loppu erotu varmasti. "
                "Hetkistä selittyy %(share)s."
            )
            % told
        )
    return (
        gettext(
            "Ei voi varmasti sanoa, että se, miten asiakas vastasi hetkissä (”%(then)s”), näkyisi siinä, mitä hän myöhemmin muistaa."
        )
        % told
    )


def _labels() -> dict[str, str]:
    return {
        "peak": gettext("huippuhetki"),
        "end": gettext("loppu"),
        "mean": gettext("keskiarvo"),
        "mean_alone": gettext("keskiarvo yksin"),
    }


def _parts(found: Found, about: str) -> Picture:
    labels = _labels()
    table = Table(
        gettext("Mihin muistettu arvosana liittyy"),
        [
            (gettext("Mikä"), ""),
            (gettext("Yhtä pistettä kohden"), "r"),
            (gettext("95 %:n väli"), "r"),
            (gettext("Varmasti?"), ""),
        ],
        [
            (labels[code], figures.number(found[code]["value"], 2), _between(found[code]), _sure(found[code]))
            for code in labels
        ],
        [
            (labels[code], found[code]["value"], f"{found[code]['low']}…{found[code]['high']}", found[code]["sure"])
            for code in labels
        ],
    )
    rows = [(words.capital(labels[code]), found[code], found["n"]) for code in labels]
    title = gettext("Mihin muistettu arvosana liittyy: huippuun, loppuun vai keskiarvoon")
    about = words.evidence(
        gettext(
            "Muistettu arvosana yhtä pistettä kohden: kolme ensimmäistä, kun kaksi muuta pysyvät samoina, ja keskiarvo muita kysymättä"
        ),
        about,
    )
    return _bars("parts", title, about, rows, table)


def _traces(told: Sequence[Found], name: Name, about: str, table: Table) -> Picture:
    ordered = sorted(told, key=lambda one: -one["trace"]["value"])
    rows = [(_named(one, name), one["trace"], one["n"]) for one in ordered]
    about = words.evidence(
        gettext("Muistettu arvosana hetken yhtä pistettä kohden; tähti: suunniteltu jäämään mieleen"), about
    )
    return _bars("traces", gettext("Hetkien jälki muistossa"), about, rows, table)


def _named(one: Found, name: Name) -> str:
    return f"{name(one['moment'])} ★" if one["designed"] else name(one["moment"])


def _bars(code: str, title: str, about: str, rows: Sequence[tuple[str, Found, int]], table: Table) -> Picture:
    drawn = [(name, Row(None, None, one["value"], one["low"], one["high"], n, float(n))) for name, one, n in rows]
    labels = {
        "value": gettext("jälki"), "low": gettext("vähintään"), "high": gettext("enintään"), "n": gettext("polkuja"),
        "group": gettext("mikä"), "suppressed": "", "unit": "", "format": ",.2f",
    }  # fmt: skip

    def spec(width: int = 720, height: int = 0, scheme: str = "css") -> dict[str, Any]:
        return charts.bars(drawn, labels=labels, width=width, scheme=scheme)

    summary = " ".join(f"{name}: {words.number(one['value'], one['low'], one['high'], 2)}." for name, one, _n in rows)
    tall = len(rows) * ROW_HEIGHT + 40
    return Picture(code, title, about, summary, spec, table, wide=(1040, tall), narrow=(360, tall))


def _designed(told: Sequence[Found], name: Name) -> str:
    """The designed moments that do not show, and the others that do."""
    kinds: dict[str, list[str]] = {}
    for one in told:
        kinds.setdefault(one["verdict"], []).append(name(one["moment"]))
    lines = []
    if kinds.get("designed_remembered"):
        lines.append(
            gettext("Suunnitellut, jotka näkyvät: %(names)s.") % {"names": words.joined(kinds["designed_remembered"])}
        )
    if kinds.get("designed_not_seen"):
        lines.append(
            gettext("Suunnitellut, joista jälkeä ei näy: %(names)s.")
            % {"names": words.joined(kinds["designed_not_seen"])}
        )
    if kinds.get("undesigned_remembered"):
        names = words.joined(kinds["undesigned_remembered"])
        lines.append(gettext("Näkyvät, vaikka niitä ei ole suunniteltu: %(names)s.") % {"names": names})
    return " ".join(lines)


def _table(found: Found, name: Name) -> Table:
    head = [
        (gettext("Hetki"), ""), (gettext("Suunniteltu?"), ""), (gettext("Jälki"), "r"), (gettext("95 %:n väli"), "r"),
        (gettext("Varmasti?"), ""), (gettext("Oli huippu"), "r"), (gettext("Oli loppu"), "r"), (gettext("Polkuja"), "r"),
    ]  # fmt: skip
    rows, raw = [], []
    for one in found["moments"]:
        part = one["trace"]
        meant = gettext("kyllä") if one["designed"] else gettext("ei")
        rows.append(
            (
                name(one["moment"]), meant,
                figures.number(part["value"], 2) if part else figures.NO_VALUE,
                _between(part) if part else figures.NO_VALUE,
                _sure(part) if part else gettext("liian vähän polkuja"),
                figures.percent(one["peaks"]) if part else figures.NO_VALUE,
                figures.percent(one["ends"]) if part else figures.NO_VALUE,
                figures.number(one["n"], 0),
            )
        )  # fmt: skip
        bounds = f"{part['low']}…{part['high']}" if part else None
        raw.append(
            (
                name(one["moment"]),
                one["designed"],
                part and part["value"],
                bounds,
                one["verdict"],
                one["peaks"],
                one["ends"],
                one["n"],
            )
        )
    return Table(gettext("Hetket ja niiden jälki muistossa"), head, rows, raw)


def _between(part: Found) -> str:
    return figures.interval(part["low"], part["high"], "raw", 2)


def _sure(part: Found) -> str:
    return gettext("kyllä") if part["sure"] else gettext("ei varmasti")


def _method(found: Found) -> list[tuple[str, str]]:
    return [
        (
            gettext("Muisto"),
            gettext(
                "Myöhempi arvosana selitetään polun huippuhetkellä (kauimpana keskitasosta), viimeisellä hetkellä ja hetkien keskiarvolla. "
                "Mukana ovat polut, joissa on ainakin kaksi hetkeä. Saman asiakkaan polut kuuluvat yhteen."
            ),
        ),
        (
            gettext("Hetken jälki"),
            gettext(
                "Hetken arvosana, kun polun muut hetket ovat samat. Kaikki hetket on korjattu yhdessä (Benjamini–Hochberg)."
            ),
        ),
        (
            gettext("Keskiarvo yksin"),
            gettext("Pelkästä keskiarvosta selittyy %(share)s.") % {"share": figures.percent(found["r2_mean"])},
        ),
    ]
