"""The answer in a sentence or two, and the title of its picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.leading.names import Names


def answer_of(found: Mapping[str, Any], leads: Sequence[Mapping[str, Any]], names: Names) -> str:
    """One sentence with its uncertainty, and a second with what else leads."""
    if not leads:
        told = {"n": len(found["leads"]), "lags": words.span(found["method"]["max_lag"]), "target": names.target}
        return (
            gettext(
                "Mikään %(n)s kokeillusta ei varmasti liiku ennen arvosanaa ”%(target)s”, kun katsotaan %(lags)s taakse."
            )
            % told
        )
    first = leads[0]
    told = {
        "name": names.of(first),
        "span": words.span(first["lag"]),
        "target": names.target,
        "gain": words.share(first["gain"], first["low"], first["high"]),
    }
    answer = _lead_sentence(first) % told
    if len(leads) > 1:
        others = [
            gettext("%(name)s (%(span)s)") % {"name": words.within(names.of(one)), "span": words.span(one["lag"])}
            for one in leads[1:]
        ]
        answer += " " + gettext("Aiemmin liikkuvat myös %(names)s.") % {"names": words.joined(others)}
    return answer


def _lead_sentence(first: Mapping[str, Any]) -> str:
    if first["t"] < 0:
        return gettext(
            "%(name)s ennakoi: kun se nousee, ”%(target)s” laskee %(span)s myöhemmin. "
            "Ennusteen virhe pienenee %(gain)s."
        )
    return gettext(
        "%(name)s ennakoi: kun se nousee, ”%(target)s” nousee %(span)s myöhemmin. Ennusteen virhe pienenee %(gain)s."
    )


def title_of(leads: Sequence[Mapping[str, Any]], names: Names) -> str:
    if not leads:
        return gettext("Mikään ei erotu sattumasta millään viiveellä")
    told = {"name": names.of(leads[0]), "span": words.span(leads[0]["lag"])}
    return (
        gettext("%(name)s liikkuu %(span)s aiemmin, muilla viiveillä se ei erotu") % told
        if _alone(leads[0])
        else gettext("%(name)s liikkuu selvimmin %(span)s aiemmin") % told
    )


def _alone(lead: Mapping[str, Any]) -> bool:
    """Whether no other lag is sure."""
    sure = [step for step in lead["profile"] if step["q"] is not None and step["q"] <= 0.05]
    return len(sure) == 1
