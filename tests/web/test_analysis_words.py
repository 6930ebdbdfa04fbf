"""How answers say shares, lengths of time, certainty and lists."""

from __future__ import annotations

import pytest
from django.utils import translation

from kapula_web.insights.analyses import words


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.34, "noin kolmannes"),
        (0.5, "noin puolet"),
        (0.24, "noin neljännes"),
        (0.41, "41\u00a0%"),
        (0.97, "lähes kaikki"),
    ],
)
def test_a_share_is_said_as_a_fraction_only_when_it_is_near_one(share: float, said: str) -> None:
    with translation.override("fi"):
        assert words.fraction(share) == said


@pytest.mark.parametrize(
    ("count", "grain", "said"),
    [(1, "week", "viikon"), (2, "week", "kaksi viikkoa"), (13, "week", "13 viikkoa"), (3, "month", "kolme kuukautta")],
)
def test_a_length_of_time(count: int, grain: str, said: str) -> None:
    with translation.override("fi"):
        assert words.span(count, grain) == said


@pytest.mark.parametrize(
    ("p", "said"),
    [(0.00001, "q\u00a0<\u00a00,001"), (0.0034, "q\u00a0=\u00a00,003"), (0.42, "q\u00a0=\u00a00,42"), (None, "")],
)
def test_a_p_value(p: float | None, said: str) -> None:
    with translation.override("fi"):
        assert words.p_value(p, "q") == said


def test_numbers_with_intervals_and_signs() -> None:
    with translation.override("fi"):
        assert words.share(0.34, 0.28, 0.39) == "34\u00a0% (28–39\u00a0%)"
        assert words.share(0.34) == "34\u00a0%"
        assert words.number(0.384, 0.21, 0.55, 2) == "0,38 (0,21–0,55)"
        assert [words.signed(value) for value in (6.0, -3.0, 0.0)] == ["+6", "−3", "0"]
        assert words.certain(0.9999) == "99\u00a0% varma"


@pytest.mark.parametrize(
    ("texts", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a ja b"), (["a", "b", "c"], "a, b ja c")]
)
def test_lists(texts: list[str], said: str) -> None:
    with translation.override("fi"):
        assert words.joined(texts) == said


def test_names_inside_a_sentence() -> None:
    assert [words.within(name) for name in ("Jonotusaika", "NPS", "IT-tuki", "X")] == [
        "jonotusaika",
        "NPS",
        "IT-tuki",
        "X",
    ]
    assert words.capital("jonotusaika") == "Jonotusaika"
    assert words.evidence("a", "", "b") == "a · b"


def test_an_interval_is_not_broken_at_the_end_of_a_line() -> None:
    assert words.unbroken("väli (7–14), −3…5") == "väli (7\u2060–\u206014), −3\u2060…\u20605"
    assert words.unbroken("tammi–lokakuu") == "tammi–lokakuu"
