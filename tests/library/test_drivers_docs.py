"""docs/analyses/drivers.md: its example runs, and it names what there is."""

from __future__ import annotations

import re
from pathlib import Path

from kapula.analyses.drivers import VERDICTS
from kapula.analyses.drivers.cuts import SHARES
from kapula.analyses.drivers.linear import LEAST_ROWS, needed_rows
from kapula.analyses.drivers.performance import QUADRANTS
from kapula.analyses.drivers.question import EXACT, METHODS, RESAMPLED

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "analyses" / "drivers.md").read_text(encoding="utf-8")


def test_the_example_runs() -> None:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    found: dict[str, object] = {}
    exec(compile(example, "docs/analyses/drivers.md", "exec"), found)
    assert found["result"].n == 600


def test_every_code_is_told() -> None:
    codes = [
        *VERDICTS,
        *METHODS,
        *QUADRANTS.values(),
        "shared_association",
        "collinear",
        "constant",
        "mostly_missing",
        "few_rows",
    ]
    assert [code for code in codes if f"`{code}`" not in PAGE] == []


def test_the_limits_are_those_of_the_code() -> None:
    assert f"at most {RESAMPLED} drivers, {EXACT} with `n_boot=0`" in PAGE
    assert f"the larger of {LEAST_ROWS} and 2 × columns + 2" in PAGE
    assert [needed_rows(columns) for columns in (1, 9, 10, 40)] == [20, 20, 22, 82]
    assert SHARES == (0.2, 0.1, 0.3)
    assert "nearest to 20, 10 and 30 % at each end" in PAGE.replace("\n", " ")
