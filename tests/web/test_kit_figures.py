"""How figures, dates and periods are written in Finnish, Swedish and English."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from kapula.results import Difference, Row
from kapula_web.kit import dates, figures
from kapula_web.kit.templatetags import kit

SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("value", "digits", "fi", "en"),
    [
        (1204, None, f"1{SPACE}204", "1,204"),
        (52310.4, None, f"52{SPACE}310", "52,310"),
        (4.123, None, "4,12", "4.12"),
        (4.1, None, "4,1", "4.1"),
        (4.1, 2, "4,10", "4.10"),
        (0, None, "0", "0"),
        (-3, None, f"{MINUS}3", f"{MINUS}3"),
        (-0.2, 0, "0", "0"),
        (None, None, "–", "–"),
        (float("nan"), None, "–", "–"),
    ],
)
def test_a_number(value: float | None, digits: int | None, fi: str, en: str) -> None:
    with translation.override("fi"):
        assert figures.number(value, digits) == fi
    with translation.override("sv"):
        assert figures.number(value, digits) == fi
    with translation.override("en"):
        assert figures.number(value, digits) == en


@pytest.mark.parametrize(
    ("value", "unit", "fi", "en"),
    [
        (18.4, "points", "18", "18"),
        (-18.4, "points", f"{MINUS}18", f"{MINUS}18"),
        (0.0, "points", "0", "0"),
        (0.744, "share", f"74{SPACE}%", "74%"),
        (4.126, "scale", "4,13", "4.13"),
        (312.0, "raw", "312", "312"),
        (None, "points", "–", "–"),
    ],
)
def test_a_measures_value(value: float | None, unit: str, fi: str, en: str) -> None:
    with translation.override("fi"):
        assert figures.measure_value(value, unit) == fi
    with translation.override("en"):
        assert figures.measure_value(value, unit) == en


@pytest.mark.parametrize(
    ("low", "high", "unit", "fi", "en"),
    [
        (15.2, 20.9, "points", "15–21", "15–21"),
        (-3.1, 5.2, "points", f"{MINUS}3…5", f"{MINUS}3 to 5"),
        (0.71, 0.77, "share", f"71–77{SPACE}%", "71–77%"),
        (3.9, 4.4, "scale", "3,90–4,40", "3.90–4.40"),
        (None, None, "points", "–", "–"),
    ],
)
def test_an_interval(low: float | None, high: float | None, unit: str, fi: str, en: str) -> None:
    with translation.override("fi"):
        assert figures.interval(low, high, unit) == fi
    with translation.override("en"):
        assert figures.interval(low, high, unit) == en


@pytest.mark.parametrize(
    ("value", "unit", "sure", "fi"),
    [
        (-6.2, "points", True, "▼ 6 pistettä, varma muutos"),
        (1.2, "points", True, "▲ 1 piste, varma muutos"),
        (0.3, "points", True, "▲ 0,3 pistettä, varma muutos"),
        (0.051, "share", True, "▲ 5 %-yksikköä, varma muutos"),
        (-6.2, "points", False, "ei selvää muutosta"),
        (None, "points", False, "ei vertailtavaa"),
    ],
)
def test_a_difference_in_words(value: float | None, unit: str, sure: bool, fi: str) -> None:
    with translation.override("fi"):
        assert figures.status_words(value, unit, sure) == fi


def test_colour_says_better_or_worse_and_the_arrow_the_direction() -> None:
    row = Row(None, None, 0.1, 0.0, 0.2, 100, 100.0)
    fell = Difference(row, row, -0.05, -0.08, -0.02, 0.001, True)
    with translation.override("fi"):
        assert kit.status(fell, "share") == '<span class="status down">▼ 5 %-yksikköä, varma muutos</span>'
        assert kit.status(fell.to_dict(), "share", higher_is_better=False).startswith('<span class="status up">▼')


def test_what_is_not_sure_is_grey() -> None:
    with translation.override("fi"):
        assert kit.status(3.0, "points", sure=False) == '<span class="status ">ei selvää muutosta</span>'


def test_a_date_and_a_moment() -> None:
    noon = dt.datetime(2026, 10, 26, 7, 14, tzinfo=dt.UTC)
    with translation.override("fi"):
        assert (dates.date(noon), dates.moment(noon)) == ("26.10.2026", "26.10.2026 klo 9.14")
    with translation.override("sv"):
        assert dates.moment(noon) == "26.10.2026 kl. 9.14"
    with translation.override("en"):
        assert (dates.date("2026-10-26"), dates.moment(noon)) == ("26 Oct 2026", "26 Oct 2026 09:14")


@pytest.mark.parametrize(
    ("label", "fi", "sv", "en"),
    [
        ("2026-W05", "vk 5/2026", "v. 5/2026", "week 5, 2026"),
        ("2026-01", "tammikuu 2026", "januari 2026", "January 2026"),
        ("2026-Q1", "1. neljännes 2026", "kvartal 1 2026", "Q1 2026"),
        ("2026-H2", "2. puolivuosi 2026", "halvår 2 2026", "H2 2026"),
        ("2026", "2026", "2026", "2026"),
        ("2026-01-31", "31.1.2026", "31.1.2026", "31 Jan 2026"),
        (None, "", "", ""),
    ],
)
def test_a_period(label: str | None, fi: str, sv: str, en: str) -> None:
    for language, expected in (("fi", fi), ("sv", sv), ("en", en)):
        with translation.override(language):
            assert dates.period(label) == expected


def test_a_week_belongs_to_its_iso_year() -> None:
    """1 January 2027 is a Friday of week 53 of 2026 (ISO 8601)."""
    with translation.override("fi"):
        assert dates.week(dt.date(2027, 1, 1), "full") == "vk 53/2026"
        assert dates.week("2026-W44") == "viikko 44"
