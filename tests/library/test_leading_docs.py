"""The page about leading indicators says what is true: its example runs, and every key of the answer is explained."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from kapula.analyses.leading.lead import Lead
from kapula.analyses.leading.results import VERDICTS, LeadingResult

DOC = Path(__file__).resolve().parents[2] / "docs" / "analyses" / "leading.md"


def test_the_example_runs() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", DOC.read_text(encoding="utf-8"), flags=re.DOTALL)
    namespace: dict[str, object] = {}
    exec(code, namespace)
    assert "result" in namespace


def test_every_key_and_verdict_is_explained() -> None:
    text = DOC.read_text(encoding="utf-8")
    keys = {one.name for one in fields(Lead)} | {one.name for one in fields(LeadingResult)}
    told = set(re.findall(r"`([a-z_]+)`", text))
    assert keys - told - {"target", "forecasts", "units", "grain"} == set()
    assert set(VERDICTS) <= told
