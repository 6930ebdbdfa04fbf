"""The shares as tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.utils.translation import gettext

from kapula.text.shares import ShareDifference, ShareRow, SharesResult
from kapula_web.insights.analyses.shown import Linked, Table
from kapula_web.insights.words.joints import unbroken
from kapula_web.kit import figures
from kapula_web.texts.models import CodebookTheme

MOST_GROUPS = 8
MORE, LESS = "▲", "▼"


Words = Callable[..., str]
"""The address of the comments chosen by ``theme=``, a group and ``start=``, ``end=``."""


def share_table(result: SharesResult, themes: Sequence[CodebookTheme], words: Words) -> Table:
    """Every theme: corrected and as labelled; its name leads to what was said."""
    names = {theme.code: theme.name for theme in themes}
    rows = sorted(result.rows, key=lambda row: (row.value is None, -(row.value or 0.0), row.label))
    return Table(
        caption=gettext("Teemojen osuudet kommenteista"),
        head=[
            (gettext("Teema"), ""),
            (gettext("Osuus"), "r"),
            (gettext("95 % väli"), "r"),
            (gettext("Koneen mukaan"), "r"),
            (gettext("n"), "r"),
        ],
        rows=[
            [
                Linked(names.get(row.label, row.label), words(theme=row.label)),
                percent(row.value),
                figures.interval(row.low, row.high, "share", 1) if row.value is not None else "–",
                percent(row.apparent),
                figures.number(row.n, 0),
            ]
            for row in rows
        ],
    )


def group_table(
    result: SharesResult, themes: Sequence[CodebookTheme], called: Mapping[str, str], by: str, words: Words
) -> Table:
    """Themes in rows, the commonest groups in columns; said where a group surely differs from the others. A cell leads to what was said."""
    names = {theme.code: theme.name for theme in themes}
    sizes = {row.by: row.n for row in result.rows}
    groups = sorted(sizes, key=lambda one: (-sizes[one], str(one)))[:MOST_GROUPS]
    cells = {(row.label, row.by): row for row in result.rows}
    sure = {(one.label, one.by): one for one in result.differences if one.sure}
    labels = [theme.code for theme in themes if any((theme.code, one) in cells for one in groups)]
    return Table(
        caption=gettext("Teemat ryhmittäin"),
        head=[
            (gettext("Teema"), ""),
            *((f"{called.get(one, one)} ({figures.count_words(sizes[one])})", "r") for one in groups),
        ],
        rows=[
            [
                Linked(names.get(label, label), words(theme=label)),
                *(
                    Linked(cell(cells.get((label, one)), sure.get((label, one))), words(**{"theme": label, by: one}))
                    for one in groups
                ),
            ]
            for label in labels
        ],
    )


def cell(row: ShareRow | None, difference: ShareDifference | None) -> str:
    """The share, a triangle where it surely differs from the other groups (:func:`legend`), and the interval."""
    if row is None or row.value is None:
        return figures.NO_VALUE
    sign = "" if difference is None else f"{figures.NBSP}{MORE if difference.value > 0 else LESS}"
    return unbroken(f"{percent(row.value, 0)}{sign} ({figures.interval(row.low, row.high, 'share')})")


def legend() -> str:
    """What the triangles say: in every cell the words would hide the figures."""
    told = {"more": MORE, "less": LESS}
    return gettext("%(more)s varmasti enemmän kuin muissa, %(less)s varmasti vähemmän kuin muissa.") % told


def percent(value: float | None, digits: int = 1) -> str:
    return "–" if value is None else figures.percent(value, digits)
