"""The page's tables beside the first: what was lacking, good against intended, and the groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Table
from kapula_web.insights.analyses.intended.names import Names
from kapula_web.kit import figures

Found = Mapping[str, Any]


def lacking_table(told: Sequence[Found], names: Names) -> Table | None:
    """Each rule of aims with several: how often it is met, and how often meeting it too would have been enough."""
    rows, raw = [], []
    for one in told:
        for rule in one["rules"] if len(one["rules"]) > 1 else ():
            said = names[one["name"]].rules.get(rule["column"], rule["column"])
            rows.append((names[one["name"]].name, said, _share(rule["met"]), _share(rule["pivotal"])))
            raw.append((one["name"], rule["column"], rule["met"]["value"], rule["pivotal"]["value"]))
    head = [
        (gettext("Tavoite"), ""), (gettext("Ehto"), ""), (gettext("Täyttyi"), "r"), (gettext("Olisi riittänyt"), "r"),
    ]  # fmt: skip
    return (
        Table(
            gettext("Miten ehdot täyttyivät, ja minkä täyttyminen olisi riittänyt"),
            head,
            rows,
            raw,
        )
        if rows
        else None
    )


def kinds_table(told: Sequence[Found], names: Names) -> Table | None:
    """Good by its score against as intended."""
    kinds = ("good_intended", "good_only", "intended_only", "neither")
    known = [one for one in told if one["kinds"]]
    head = [
        (gettext("Tavoite"), ""), (gettext("Hyvä ja tavoitteen mukainen"), "r"), (gettext("Hyvä, ei tavoitteen mukainen"), "r"),
        (gettext("Tavoitteen mukainen, ei hyvä"), "r"), (gettext("Ei kumpaakaan"), "r"),
    ]  # fmt: skip
    rows = [(names[one["name"]].name, *(_share(one["kinds"][kind]) for kind in kinds)) for one in known]
    raw = [(one["name"], *(one["kinds"][kind]["value"] for kind in kinds)) for one in known]
    return Table(gettext("Hyvä arvosana ja tavoitteen mukainen kokemus rinnakkain"), head, rows, raw) if rows else None


def groups_table(told: Sequence[Found], names: Names, group: Callable[[str], str]) -> Table | None:
    """The groups that surely differ from the others."""
    rows, raw = [], []
    for one in told:
        gaps = {gap["by"]: gap for gap in one["contrasts"]}
        for row in one["groups"]:
            gap = gaps.get(row["by"])
            if gap is None or row["value"] is None or not gap["sure"]:
                continue
            sure = words.signed(100 * gap["value"], 0)
            who = names[one["name"]].among(group(row["by"]), row["by"])
            rows.append((names[one["name"]].name, who, _share(row), sure, figures.number(row["n"], 0)))
            raw.append((one["name"], row["by"], row["value"], gap["value"], row["n"]))
    head = [
        (gettext("Tavoite"), ""), (gettext("Ryhmä"), ""), (gettext("Tavoitteen mukaisia"), "r"), (gettext("Ero muihin, %-yks."), "r"),
        (gettext("Kokemuksia"), "r"),
    ]  # fmt: skip
    return Table(gettext("Ryhmät, jotka erottuvat muista varmasti"), head, rows, raw) if rows else None


def _share(row: Found | None) -> str:
    if row is None or row["value"] is None:
        return figures.NO_VALUE
    return words.share(row["value"], row["low"], row["high"])
