"""``kapula decompose --from``: a day as the file writes it is the day that the file's own column holds."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from kapula_cli.main import main

FAMILIES: dict[str, Callable[[dt.date], str]] = {
    "Finnish": lambda day: f"{day.day}.{day.month}.{day.year}",
    "day first": lambda day: f"{day:%d/%m/%Y}",
    "month first": lambda day: f"{day:%m/%d/%Y}",
    "ISO": lambda day: day.isoformat(),
}
ENDS = [dt.date(2022, 1, 1), dt.date(2022, 3, 12), dt.date(2022, 4, 3), dt.date(2022, 6, 5)]


@pytest.fixture
def told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., dict[str, object]]:
    def run(write: Callable[[dt.date], str], column: str, first: str, second: str, *more: str) -> dict[str, object]:
        draw = np.random.default_rng(2)
        days = [dt.date(2022, 1, 1) + dt.timedelta(days=int(place)) for place in draw.integers(0, 170, 900)]
        rows = [f"{write(day)};{draw.choice(['a', 'b'])};{draw.integers(0, 11)}" for day in days]
        path = tmp_path / "answers.csv"
        path.write_text("\n".join(["day;group;score", *rows]), encoding="utf-8")
        asked = ["--measure", "nps", "--column", "score", "--segment", "group", "--n-boot", "20", "--json", *more]
        code = main(["decompose", str(path), *asked, f"--{column}", "day", "--from", first, "--to", second])
        out, err = capsys.readouterr()
        assert code == 0, err
        found: dict[str, object] = json.loads(out)
        return found

    return run


@pytest.mark.parametrize("family", FAMILIES)
def test_two_stretches_of_days_as_written(told: Callable[..., dict[str, object]], family: str) -> None:
    write = FAMILIES[family]
    start, end, later, last = map(write, ENDS)
    found = told(write, "time", f"{start}/{end}", f"{later}/{last}", "--reworded", later)
    assert (found["first"], found["second"]) == ("2022-01-01/2022-03-12", "2022-04-03/2022-06-05")
    assert [one["code"] for one in found["breaks"]] == ["break_wording"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("family", FAMILIES)
def test_single_days_as_written(told: Callable[..., dict[str, object]], family: str) -> None:
    write = FAMILIES[family]
    by_time = told(write, "time", write(ENDS[2]), write(ENDS[3]))
    assert (by_time["first"], by_time["second"]) == ("2022-04-03/2022-04-03", "2022-06-05/2022-06-05")
    by_label = told(write, "period", write(ENDS[2]), write(ENDS[3]))
    assert [by_label[name] for name in ("n_first", "n_second")] == [by_time[name] for name in ("n_first", "n_second")]
