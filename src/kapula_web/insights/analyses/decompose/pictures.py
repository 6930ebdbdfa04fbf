"""The picture of the parts: from the first figure to the second, group by group."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext

from kapula.charts.waterfall import Step, waterfall
from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Picture, Table
from kapula_web.insights.analyses.decompose import sizes, stretches
from kapula_web.insights.analyses.decompose.sizes import Found, factor_of
from kapula_web.kit import figures

MOST_SEGMENTS = 6
SHORT = 30
"""Letters of a group's name that fit beside a bar on a phone too."""


def steps(found: Found, name: str, segment: Callable[[Found], str], table: Table) -> Picture:
    """From the first stretch's figure to the second's: each group's own change, then what the groups' shares did."""
    rows = [*_parts(found, segment)]
    fine = sizes.digits_of(found["unit"])  # as fine as the figures in the picture, which the summary tells
    unit = figures.percent_sign() if found["unit"] == "share" else ""
    return Picture(
        "parts",
        gettext("Mistä muutos koostuu"),
        words.evidence(
            name,
            f"{stretches.said(found['first'])} → {stretches.said(found['second'])}",
            figures.count_words(found["n"]),
        ),
        gettext(
            "Ryhmien sisällä %(within)s (%(within_range)s), vastaajien joukon muutos %(mix)s (%(mix_range)s), "
            "yhteensä %(total)s (%(total_range)s)."
        )
        % {
            **{part: sizes.change(found[part], found["unit"], fine) for part in ("within", "mix", "total")},
            **{f"{part}_range": sizes.between(found, part, fine) for part in ("within", "mix", "total")},
        },
        lambda **size: waterfall(rows, labels={"unit": unit}, factor=factor_of(found), **size),
        table,
    )


def _parts(found: Found, segment: Callable[[Found], str]) -> list[Step]:
    level = float(found["value_first"])
    rows = [Step(gettext("Alussa"), level, level, None, None, "level", sizes.level(level, found["unit"]))]
    largest = sorted(found["segments"], key=lambda one: -abs(one["within"]) - abs(one["mix"]))[:MOST_SEGMENTS]
    kept = [one for one in found["segments"] if one in largest]
    for key, words_of in (("within", gettext("%(group)s itse")), ("mix", gettext("%(group)s, osuus"))):
        for one in kept:
            if one[key]:
                label = words_of % {"group": _short(segment(one))}
                rows.append(_step(found, one, key, label, level))
                level += one[key]
        rest = sum(one[key] for one in found["segments"] if one not in largest)
        if rest:
            rows.append(
                Step(
                    words_of % {"group": gettext("Muut")},
                    level,
                    level + rest,
                    None,
                    None,
                    "quiet",
                    _signed(rest, found["unit"]),
                )
            )
            level += rest
    rows.append(Step(gettext("Lopussa"), level, level, None, None, "level", sizes.level(level, found["unit"])))
    return rows


def _step(found: Found, one: Found, key: str, label: str, level: float) -> Step:
    low, high = (one["low"], one["high"]) if key == "within" else (one["mix_low"], one["mix_high"])
    sure = low is not None and (low > 0 or high < 0)
    role = "quiet" if not sure else "up" if one[key] > 0 else "down"
    bounds = [None if bound is None else level + bound for bound in (low, high)]
    return Step(label, level, level + one[key], bounds[0], bounds[1], role, _signed(one[key], found["unit"]))


def _short(name: str) -> str:
    return name if len(name) <= SHORT else name[: SHORT - 1] + "…"


def _signed(value: float, unit: str) -> str:
    return words.signed(100 * value if unit == "share" else value, 2 if unit in ("scale", "raw") else 1)
