"""Data health: every kind of finding planted by itself, silence where there is nothing, and what is refused."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

import kapula
from kapula.analyses.health.correlation import interval
from kapula.analyses.health.example import example
from kapula.analyses.health.freshness import silence
from kapula.errors import KapulaError, TableError

TODAY = dt.date(2026, 6, 1)
N = 600


def survey(seed: int = 1, **columns: Any) -> dict[str, Any]:
    """A healthy survey of 200 days: two questions that tell places apart, and go together."""
    rng = np.random.default_rng(seed)
    place = rng.integers(0, 5, N)
    mood = 0.6 * place + rng.normal(0, 1, N)
    whole = {
        "occurred_on": [TODAY - dt.timedelta(days=int(day)) for day in np.sort(rng.integers(0, 200, N))[::-1]],
        "source": ["email"] * N,
        "customer": [f"K{row}" for row in range(N)],
        "touchpoint": [f"place {one}" for one in place],
        "answer_nps": np.clip(np.round(6 + mood), 0, 10),
        "answer_ease": np.clip(np.round(3 + 0.5 * mood + rng.normal(0, 0.7, N)), 1, 5),
    }
    return {name: columns.get(name, whole.get(name)) for name in dict.fromkeys([*whole, *columns])}


def kinds(table: Any, **keywords: Any) -> list[tuple[str, str]]:
    return [(one.kind, one.code) for one in kapula.health(table, as_of=TODAY, **keywords).findings]


def question(code: str, **known: Any) -> dict[str, Any]:
    return {"kind": "question", "code": code, **known}


def inventory(*rows: dict[str, Any]) -> pa.Table:
    names = list(dict.fromkeys(name for row in rows for name in row))
    return pa.table({name: [row.get(name) for row in rows] for name in names})


def test_a_healthy_survey_has_no_findings() -> None:
    found = kapula.health(survey(), as_of=TODAY)
    assert (found.verdict, found.findings, found.n) == ("healthy", (), N)
    assert set(found.checked) == {"unanswered", "constant", "generic", "duplicated", "stale", "identity"}


def test_the_example_has_what_was_planted() -> None:
    made = example()
    found = kapula.health(made.table, **made.keywords)
    assert [(one.kind, one.code) for one in found.findings] == [
        ("stale", "kiosk"), ("duplicated", "reliance"), ("unanswered", "ease"),
    ]  # fmt: skip
    json.dumps(found.to_dict(), allow_nan=False)
    assert found == kapula.health(made.table, **made.keywords)


@pytest.mark.parametrize(("gaps", "times", "p"), [(3, 1.0, 6 / 24), (10, 2.0, 2 / 132), (99, 1.0, 0.01)])
def test_a_silence_is_judged_by_its_own_rhythm(gaps: int, times: float, p: float) -> None:
    """m!Γ(r + 1)/Γ(m + r + 1): 1/(m + 1) at the longest gap, 2/((m + 1)(m + 2)) at twice it."""
    days = [TODAY - dt.timedelta(days=7 * int(back)) for back in range(gaps + 1)]
    found = silence(days, TODAY + dt.timedelta(days=int(7 * times)))
    assert found is not None
    assert found[0] == pytest.approx(p)
    assert found[1:] == (int(7 * times), 7, gaps)


def test_a_half_yearly_survey_is_not_stale_between_its_waves() -> None:
    waves = [TODAY - dt.timedelta(days=182 * wave + day) for wave in range(1, 6) for day in range(15)]
    table = survey(occurred_on=[waves[row % len(waves)] for row in range(N)])
    assert kinds(table) == []
    assert ("stale", "email") in [
        (one.kind, one.code) for one in kapula.health(table, as_of=TODAY + dt.timedelta(days=250)).findings
    ]


def test_one_question_that_fell_silent_is_told_apart_from_its_source() -> None:
    base = survey()
    old = [day < TODAY - dt.timedelta(days=120) for day in base["occurred_on"]]
    table = survey(answer_ease=np.where(old, base["answer_ease"], np.nan))
    found = [one for one in kapula.health(table, as_of=TODAY).findings if one.kind == "stale"]
    assert [(one.subject, one.code) for one in found] == [("question", "answer_ease")]
    assert found[0].evidence["days_silent"] >= 120


@pytest.mark.parametrize("asked", [(0, 40), (150, 200)], ids=["asked of late", "no longer asked"])
def test_a_question_is_not_blank_when_it_was_not_asked(asked: tuple[int, int]) -> None:
    """Asked for a fifth of the time, and answered whenever it was: nothing is wrong with who it is shown to."""
    base = survey()
    ago = np.array([(TODAY - day).days for day in base["occurred_on"]])
    inside = (ago >= asked[0]) & (ago < asked[1])
    table = survey(answer_new=np.where(inside, base["answer_ease"] * 2 + np.arange(N) % 3, np.nan))
    assert ("unanswered", "answer_new") not in kinds(table)
    table["answer_new"] = np.where(np.arange(N) % 4 == 0, table["answer_new"], np.nan)
    assert ("unanswered", "answer_new") in kinds(table)


def test_two_questions_that_are_one() -> None:
    base = survey()
    table = survey(answer_again=base["answer_nps"] + (np.arange(N) % 40 == 0))
    (found,) = kapula.health(table, as_of=TODAY).findings
    assert (found.kind, found.code, found.others, found.way_out) == (
        "duplicated",
        "answer_again",
        ("answer_nps",),
        "merge",
    )
    assert 0.9 < found.evidence["low"] < found.evidence["correlation"] < found.evidence["high"] <= 1


def test_fishers_interval() -> None:
    """r = 0.6 on 50: 0.386 … 0.753 (Altman, Practical Statistics for Medical Research, 11.6, to its rounding)."""
    assert interval(0.6, 50, 0.95) == pytest.approx((0.386, 0.753), abs=0.001)


def test_rows_taken_in_twice_are_found_by_content() -> None:
    base = survey()
    twice = {name: [*values, *list(values)[:50]] for name, values in base.items()}
    (found,) = kapula.health(twice, as_of=TODAY).findings
    assert (found.kind, found.subject, found.way_out) == ("duplicated", "source", "undo_import")
    assert found.evidence["twice"] == 50
    assert (
        kinds({name: values for name, values in twice.items() if name != "customer"}) == []
    )  # strangers may answer alike


def test_series_that_move_as_one() -> None:
    rng = np.random.default_rng(2)
    wait = np.cumsum(rng.normal(0, 1, 60))
    other = np.cumsum(rng.normal(0, 1, 60))
    series = {"measure": ["minutes"] * 60 + ["seconds"] * 60 + ["visits"] * 60, "period": list(range(60)) * 3,
              "value": [*wait, *(60 * wait), *other]}  # fmt: skip
    (found,) = kapula.health(survey(), as_of=TODAY, series=series).findings
    assert (found.subject, found.code, found.others) == ("series", "seconds", ("minutes",))


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        (np.full(N, 4.0), "constant"), (np.where(np.arange(N) % 20, np.nan, 3.0 + np.arange(N) % 7), "unanswered"),
        (np.full(N, np.nan), "unanswered"),
    ],
    ids=["constant", "mostly blank", "never answered"],
)  # fmt: skip
def test_a_question_that_tells_little(column: Any, kind: str) -> None:
    assert (kind, "answer_more") in kinds(survey(answer_more=column))


def test_a_question_without_news_is_generic_once_it_is_sure() -> None:
    rng = np.random.default_rng(3)
    table = {name: list(values) * 6 for name, values in survey().items()}
    table["customer"] = [f"K{row}" for row in range(6 * N)]
    table["answer_dice"] = rng.integers(1, 6, 6 * N).astype(float)
    assert kinds(table) == [("generic", "answer_dice")]
    assert kinds(survey(answer_dice=table["answer_dice"][:N])) == []  # too few to be sure


def test_a_score_that_stands_alone() -> None:
    table = survey(touchpoint=["one"] * N)
    del table["answer_ease"]
    bare = inventory({"kind": "source", "code": "email", "comments": 0})
    found = [one for one in kapula.health(table, as_of=TODAY, inventory=bare).findings if one.subject == "source"]
    assert [(one.kind, one.way_out) for one in found] == [("generic", "add_reason")]
    told = inventory({"kind": "source", "code": "email", "comments": 12})
    assert not [one for one in kapula.health(table, as_of=TODAY, inventory=told).findings if one.subject == "source"]


def test_answers_off_the_declared_scale() -> None:
    table = survey(answer_nps=[99.0 if row < 7 else 5.0 + row % 4 for row in range(N)])
    (found,) = [
        one for one in kapula.health(table, as_of=TODAY, inventory=inventory(question("answer_nps", low=0.0, high=10.0))).findings
        if one.kind == "off_scale"
    ]  # fmt: skip
    assert (found.evidence["n"], found.evidence["most"]) == (7, 99.0)


def test_one_measure_by_several_questions_and_one_wording_twice() -> None:
    items = inventory(
        question(
            "answer_nps", measure="nps", low=0.0, high=10.0, wording="Kuinka todennäköisesti suosittelisit meitä?"
        ),
        question("answer_old", measure="nps", low=1.0, high=5.0),
        question("answer_a", wording="Asia hoitui kerralla kuntoon"),
        question("answer_b", wording="Asia hoitui kerralla kuntoon!"),
    )
    found = [one for one in kapula.health(survey(), as_of=TODAY, inventory=items).findings if one.kind == "scattered"]
    assert [(one.code, one.others, one.severity) for one in found] == [
        ("answer_nps", ("answer_old",), "medium"), ("answer_a", ("answer_b",), "low"),
    ]  # fmt: skip


def test_what_nobody_opens_or_owns() -> None:
    items = inventory(
        {"kind": "measure", "code": "seen", "owner": "Aino", "created": "2025-01-01", "last_opened": "2026-05-20"},
        {"kind": "measure", "code": "forgotten", "owner": "Aino", "created": "2025-01-01", "last_opened": None},
        {"kind": "measure", "code": "once", "owner": None, "created": "2025-01-01", "last_opened": "2026-01-02"},
        {"kind": "measure", "code": "new", "owner": "Aino", "created": "2026-05-01", "last_opened": None},
    )
    assert kinds(survey(), inventory=items) == [
        ("never_opened", "forgotten"), ("never_opened", "once"), ("no_owner", "once"),
    ]  # fmt: skip
    young = kapula.health(survey(), as_of=TODAY, inventory=items, log_since=TODAY - dt.timedelta(days=30))
    assert not [one for one in young.findings if one.kind == "never_opened"]


def test_a_day_of_opening_tells_by_itself_how_long_ago_it_is() -> None:
    items = inventory(
        {"kind": "measure", "code": "seen", "last_opened": "2026-05-20"},
        {"kind": "measure", "code": "once", "last_opened": "2026-01-02"},
        {"kind": "measure", "code": "unknown", "last_opened": None},  # perhaps made yesterday
    )
    found = kapula.health(survey(), as_of=TODAY, inventory=items)
    assert [(one.kind, one.code) for one in found.findings] == [("never_opened", "once")]
    assert (found.findings[0].evidence["days_unopened"], found.checked["never_opened"]) == (150, 2)


def test_refused_rows_and_changes_of_words() -> None:
    items = inventory(
        {"kind": "source", "code": "email", "received": 900, "rejected": 100},
        {"kind": "source", "code": "chat", "received": 900, "rejected": 1},
        question("answer_nps", changed="2026-03-01"),
        question("answer_ease", changed="2020-03-01"),
    )
    assert kinds(survey(), inventory=items) == [("identity", "email"), ("break", "answer_nps")]


def test_people_who_are_no_longer_named() -> None:
    base = survey()
    late = [day > TODAY - dt.timedelta(days=60) for day in base["occurred_on"]]
    lost = ["" if gone else name for gone, name in zip(late, base["customer"], strict=True)]
    (found,) = kapula.health(survey(customer=lost), as_of=TODAY).findings
    assert (found.kind, found.way_out) == ("identity", "add_identity")
    assert found.evidence["named_before"] == 1


def test_thirty_rows_are_needed() -> None:
    found = kapula.health({name: list(values)[:12] for name, values in survey().items()}, as_of=TODAY)
    assert (found.verdict, found.n, found.needed_n, found.findings) == ("not_enough", 12, 30, ())


def test_without_days_sources_or_people_the_rest_is_still_looked_at() -> None:
    found = kapula.health({"a": np.arange(40.0), "b": 2 * np.arange(40.0)})
    assert [(one.kind, one.code) for one in found.findings] == [("duplicated", "b")]
    assert "stale" not in found.checked


@pytest.mark.parametrize(
    "keywords",
    [
        {"questions": ["touchpoint"]}, {"questions": ["nps"]}, {"time": "answer_nps"}, {"divisions": ["region"]}, {"level": 2.0},
        {"unopened_days": 0}, {"questions": ["answer_nps", "answer_nps"]}, {"inventory": {"code": ["a"]}},
        {"inventory": {"kind": ["dog"], "code": ["a"]}}, {"inventory": {"kind": ["measure"] * 2, "code": ["a"] * 2}},
        {"inventory": {"kind": ["measure"], "code": ["a"], "created": ["soon"]}}, {"series": {"value": [1.0]}},
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused(keywords: dict[str, Any]) -> None:
    with pytest.raises(KapulaError):
        kapula.health(survey(), **keywords)


def test_infinite_answers_and_tables_without_numbers_are_refused() -> None:
    with pytest.raises(TableError, match="infinite"):
        kapula.health(survey(answer_nps=np.full(N, np.inf)))
    with pytest.raises(KapulaError, match="no column of numbers"):
        kapula.health({"name": ["a", "b"]})


def test_the_documentations_example_runs() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "analyses" / "health.md"
    (code,) = re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    exec(code, {})
    assert "assert" in code
