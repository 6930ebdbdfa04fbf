"""Names for the codes data holds: touchpoints, teams, sources, languages, attributes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from babel import Locale
from django.utils.translation import gettext

from kapula.schema import ATTRIBUTE_PREFIX
from kapula_web.accounts.models import Organisation, Team
from kapula_web.insights.models import ValueName
from kapula_web.insights.words.periods import language
from kapula_web.kit.words import in_language
from kapula_web.ledger.models import Source, Touchpoint


@dataclass(frozen=True, slots=True)
class Names:
    """``values``: dimension → code → name."""

    values: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, organisation: Organisation) -> Names:
        touchpoints = Touchpoint.objects.filter(organisation=organisation).values_list("code", "names")
        sources = Source.objects.filter(organisation=organisation).values_list("code", "names")
        teams = Team.objects.filter(organisation=organisation).values_list("code", "name")
        values: dict[str, dict[str, str]] = {}
        for about, code, names in ValueName.objects.filter(organisation=organisation).values_list(
            "dimension", "code", "names"
        ):
            values.setdefault(about, {})[code] = in_language(names) or code
        return cls(
            values
            | {
                "touchpoint": {code: in_language(names) or code for code, names in touchpoints},
                "source": {code: in_language(names) or code for code, names in sources},
                "team": dict(teams),
                "language": {code: str(name) for code, name in Locale(language()).languages.items()},
            }
        )

    def value(self, dimension: str, code: Any) -> str:
        """The name of a value; blanks have one too."""
        if code is None or code == "":
            return gettext("(ei tietoa)")
        return self.values.get(dimension, {}).get(str(code)) or str(code)

    def dimension(self, name: str) -> str:
        """The name of a dimension: the organisation's own, else the interface's."""
        return self.values.get(name, {}).get("") or dimension(name)


def dimension(name: str) -> str:
    """The name of a dimension, as the head of a table."""
    known = {
        "touchpoint": gettext("Kohtaamispiste"),
        "team": gettext("Tiimi"),
        "segment": gettext("Asiakasryhmä"),
        "channel": gettext("Kanava"),
        "language": gettext("Kieli"),
        "source": gettext("Lähde"),
        "perspective": gettext("Näkökulma"),
    }
    if name in known:
        return known[name]
    text = name.removeprefix(ATTRIBUTE_PREFIX).replace("_", " ")
    return text[:1].upper() + text[1:]


def by_dimension(name: str) -> str:
    """A dimension as a way of dividing: "tiimeittäin"."""
    known = {
        "touchpoint": gettext("kohtaamispisteittäin"),
        "team": gettext("tiimeittäin"),
        "segment": gettext("asiakasryhmittäin"),
        "channel": gettext("kanavittain"),
        "language": gettext("kielittäin"),
        "source": gettext("lähteittäin"),
    }
    return known.get(name, dimension(name).lower())
