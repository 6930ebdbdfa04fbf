"""Twins and Cronbach's alpha in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from kapula_web.insights.analyses import words
from kapula_web.kit import figures

Found = Mapping[str, Any]


def reliability_words(found: Found, labels: Mapping[str, str]) -> str:
    """Twins and Cronbach's alpha in plain words."""
    told = [
        gettext("%(first)s ja %(second)s kysyvät samaa: korrelaatio on %(r)s.")
        % {
            "first": labels.get(pair["first"], pair["first"]),
            "second": words.within(labels.get(pair["second"], pair["second"])),
            "r": words.number(pair["correlation"], pair["low"], pair["high"], 2),
        }
        for pair in found["twins"]
    ]
    alpha = found["alpha"]
    if alpha:
        told.append(
            gettext("Kysymysten yhtenäisyys (Cronbachin alfa) on %(alpha)s.")
            % {"alpha": words.number(alpha["value"], alpha["low"], alpha["high"], 2)}
        )
        if alpha["reversed"]:
            names = words.joined([words.within(labels.get(name, name)) for name in alpha["reversed"]])
            told.append(
                gettext("Toisin päin kysytyt on käännetty ensin: %(names)s. Ilman kääntöä alfa olisi %(raw)s.")
                % {"names": names, "raw": figures.number(alpha["as_asked"], 2)}
            )
    return " ".join(told)
