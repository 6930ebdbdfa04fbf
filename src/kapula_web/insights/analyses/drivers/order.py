"""How sure the order is, in words."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, ngettext

from kapula_web.insights.analyses import words
from kapula_web.kit import figures

SURE_PAIRS = 3
"""At most this many unsure pairs are told one by one."""
LIKELY = 0.95


def order_told(found: Mapping[str, Any], drivers: Sequence[Mapping[str, Any]], labels: Mapping[str, str]) -> str:
    """The first's certainty, then the neighbours whose order is not sure."""
    first = drivers[0]
    if not found["pairs"] or found["verdict"] == "nothing_sure":
        return gettext("Järjestyksestä ei voi sanoa mitään varmaa.")
    told = [
        gettext("%(name)s on ensimmäinen: %(certain)s.")
        % {"name": labels[first["name"]], "certain": words.certain(first["order"]["first"])}
    ]
    pairs = {(pair["above"], pair["below"]): pair for pair in found["pairs"]}
    neighbours = [pairs[one["name"], other["name"]] for one, other in itertools.pairwise(drivers)]
    open_ = [pair for pair in neighbours if not pair["sure"]]
    told += [_open(pair, labels) for pair in open_[:SURE_PAIRS]]
    more = len(open_) - SURE_PAIRS
    if more > 0:
        said = ngettext(
            "Lisäksi %(n)s muun parin järjestys on epävarma.", "Lisäksi %(n)s muun parin järjestys on epävarma.", more
        )
        told.append(said % {"n": more})
    if not open_:
        told.append(gettext("Kaikkien vierekkäisten järjestys on varma."))
    return " ".join(told)


def _open(pair: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """Two neighbours whose order is not sure when every pair is judged at once, though it may be likely by itself."""
    sides = {"above": labels[pair["above"]], "below": words.within(labels[pair["below"]])}
    sides["share"] = figures.percent(min(pair["certainty"], 0.99))
    if pair["certainty"] >= LIKELY:
        return (
            gettext(
                "%(above)s, sitten %(below)s: luultavasti näin päin (%(share)s), mutta kaikkia pareja verrattaessa se ei riitä varmaksi."
            )
            % sides
        )
    return gettext("%(above)s vai %(below)s: kumpi on edellä, ei ole varmaa (%(share)s).") % sides
