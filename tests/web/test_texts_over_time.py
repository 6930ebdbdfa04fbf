"""The commonest themes month by month: what is drawn where there is room, and where there is little."""

from __future__ import annotations

from types import SimpleNamespace as Some

import pytest
from django.utils import translation

from kapula_web.texts.topics.over_time import SHOWN, over_time

THEMES = [Some(code=f"theme_{at}", name=f"Teema {at}") for at in range(SHOWN + 2)]


def shares(months: int, *warnings: str) -> Some:
    periods = [f"{2024 + at // 12}-{at % 12 + 1:02}" for at in range(months)]
    rows = [
        Some(label=theme.code, period=period, value=0.1 * (at + 1), low=0.05, high=0.9)
        for at, theme in enumerate(THEMES)
        for period in periods
    ]
    return Some(rows=rows, differences=[], warnings=warnings)


def told(months: int, *warnings: str):
    whole = Some(rows=[Some(label=theme.code, value=0.1 * (at + 1)) for at, theme in enumerate(THEMES)])
    return over_time(shares(months, *warnings), whole, THEMES, lambda **chosen: "/")


def drawn_months(picture, width: int) -> int:
    return len({row["at"] for row in picture.spec(width=width, height=300, scheme="css")["data"]["values"]})


@pytest.mark.parametrize(("months", "wide", "narrow"), [(30, 24, 12), (10, 10, 10)])
def test_two_years_where_there_is_room_and_one_on_a_telephone(months, wide, narrow):
    picture = told(months).drawn.picture
    assert drawn_months(picture, 1040) == wide
    assert drawn_months(picture, 360) == narrow


def test_the_commonest_themes_are_drawn_and_all_their_months_are_in_the_table():
    found = told(30)
    assert [name for name, _ in found.table.head[1:]] == ["Teema 5", "Teema 4", "Teema 3", "Teema 2"]
    assert len(found.table.rows) == 24


def test_fewer_than_three_months_are_no_line():
    assert told(2) is None


def test_months_in_which_nobody_wrote_have_their_place_on_the_axis_and_no_row_in_the_table():
    result = shares(12)
    result.rows = [row for row in result.rows if row.period in ("2024-01", "2024-07", "2024-08", "2024-09")]
    whole = Some(rows=[Some(label=theme.code, value=0.1) for theme in THEMES])
    found = over_time(result, whole, THEMES, lambda **chosen: "/")
    values = found.drawn.picture.spec(width=1040, height=300, scheme="css")["data"]["values"]
    assert sorted({row["at"] for row in values}) == [0, 6, 7, 8]
    assert len(found.table.rows) == 4


def test_versions_are_spoken_of_only_where_there_are_several():
    said = "luettiin eri malliversiolla"
    one, several = (told(5, *warnings).drawn.picture.summary for warnings in ((), ("mixed_version",)))
    assert said not in one
    assert one.startswith(
        "Teema 5: tammikuu 2024 60 % (5–90 %), toukokuu 2024 60 % (5–90 %). Teema 4: ".replace(" %", "\xa0%")
    )
    assert said in several


@pytest.mark.parametrize(("language", "sign"), [("fi", "\\u00a0%"), ("sv", "\\u00a0%"), ("en", "%")])
def test_the_axis_says_per_cent_as_the_language_does(language, sign):
    with translation.override(language):
        spec = told(5).drawn.picture.spec(width=1040, height=300, scheme="css")
    assert f'+ "{sign}"' in spec["layer"][0]["encoding"]["y"]["axis"]["labelExpr"]
