"""What a reader must know, and how it was computed."""

from __future__ import annotations

from django.utils.translation import gettext

from kapula_web.insights.analyses.linkage.naming import Found
from kapula_web.insights.analyses.telling import warnings
from kapula_web.kit import figures


def between_teams(found: Found) -> str:
    """How the teams' own levels go together, where there are enough of them anywhere."""
    slopes = {one["touchpoint"]: one["between"] for one in found["effects"] if one["between"]}
    if not slopes:
        return gettext(
            "Tiimejä on kussakin kohtaamispisteessä liian vähän, jotta tasoja voisi verrata keskenään (tarvitaan viisi)."
        )
    sure = [one for one in slopes.values() if one["sure"]]
    if sure:
        return gettext("Tiimien tasot kulkevat yhdessä varmasti ainakin yhdessä kohtaamispisteessä.")
    return gettext("Tiimien tasoista ei voi varmasti sanoa, että ne kulkisivat yhdessä.")


def notes(found: Found) -> list[str]:
    """What the answer does not say by itself."""
    notes = [
        gettext(
            "Henkilöstön ja asiakkaan kokemus eivät ole sama asia: yhteys on tutkittu jokaisessa kohtaamispisteessä erikseen."
        ),
        *warnings(found),
    ]
    if found["steadiness"] is not None and found["steadiness"] < 0.7:
        notes.append(
            gettext(
                "Tiimin yhden viikon luku on epätarkka (luotettavuus %(share)s), joten todellinen yhteys on luultavasti tässä "
                "laskettua vahvempi."
            )
            % {"share": figures.percent(found["steadiness"])}
        )
    return notes


def method(found: Found) -> list[tuple[str, str]]:
    """What was compared with what, how chance was handled, and whether answers may be averaged."""
    agreed, icc1, icc2 = found["rwg"], found["icc1"], found["icc2"]
    lines = [
        (
            gettext("Menetelmä"),
            gettext(
                "Tiimin viikkoa verrataan tiimin omaan tavalliseen, suunta ja vuodenaika poistettuina, joten tiimien väliset "
                "pysyvät erot eivät "
                "vaikuta. Tiimien tasoja verrataan erikseen. Epävarmuus on laskettu tiimeittäin; alle kuuden tiimin "
                "kohtaamispisteissä jaksoittain."
            ),
        ),
        (
            gettext("Sattuma"),
            gettext("Kaikki kohtaamispisteet ja viiveet on korjattu yhdessä (Benjamini–Hochberg)."),
        ),
    ]
    if icc1 and icc2:
        told = {"one": figures.number(icc1["value"], 3), "two": figures.number(icc2["value"], 2)}
        text = gettext("ICC(1) %(one)s, ICC(2) %(two)s") % told
        if agreed:
            text += ", " + gettext("r_wg (mediaani) %(value)s") % {"value": figures.number(agreed["median"], 2)}
        lines.append((gettext("Saako vastaukset laskea yhteen"), text))
    return lines
