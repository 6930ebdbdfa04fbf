"""The families, by name. To add one: subclass :class:`Family` in its own file and list it here."""

from __future__ import annotations

from kapula.errors import ParameterError
from kapula.measures.families.base import Family
from kapula.measures.families.means import Gaps, Means
from kapula.measures.families.points import Points
from kapula.measures.families.quantiles import Quantiles
from kapula.measures.families.rates import Rates
from kapula.measures.families.shares import Shares

FAMILIES: dict[str, Family] = {kind.name: kind for kind in (Points(), Shares(), Means(), Gaps(), Quantiles(), Rates())}


def family(name: str) -> Family:
    """The family of that name. Raises :class:`ParameterError`."""
    if name not in FAMILIES:
        raise ParameterError(
            f"There is no family of measures {name!r}.",
            hint=f"Use one of {', '.join(FAMILIES)}.",
            parameter="family",
            value=name,
            allowed=list(FAMILIES),
        )
    return FAMILIES[name]
