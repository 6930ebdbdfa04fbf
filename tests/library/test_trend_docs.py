"""docs/trends.md: its example runs, and it names what there is."""

from __future__ import annotations

import re
from pathlib import Path

from kapula.trends.comparability import KINDS
from kapula.trends.results import TrendSeries
from kapula.trends.rules import RULES

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "trends.md").read_text(encoding="utf-8")


def test_the_example_runs():
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    found: dict[str, object] = {}
    exec(compile(example, "docs/trends.md", "exec"), found)
    assert found["change"].period == "2025-W22"


def test_every_part_of_a_series_is_told():
    parts = set(TrendSeries.__dataclass_fields__) - {"by", "warnings"}
    assert {part for part in parts if f"- `{part}`" not in PAGE} == set()


def test_rules_that_are_off_by_default_are_named():
    assert [
        rule for rule in ("two_of_3", "four_of_5", "trend_of_6") if f"`{rule}`" not in PAGE or rule not in RULES
    ] == []


def test_the_least_distances_are_those_of_the_code():
    assert {KINDS["scale"].distance, KINDS["wording"].distance} == {0.3}
    assert {KINDS["channel"].distance, KINDS["language"].distance} == {0.15}
    assert "0.3 for scale and wording, 0.15 for channel and language" in PAGE
