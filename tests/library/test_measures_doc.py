"""docs/measures.md names every measure, and its examples run."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from kapula.measures import get, names
from kapula.measures.families import FAMILIES

DOC = (Path(__file__).resolve().parents[2] / "docs" / "measures.md").read_text(encoding="utf-8")


def test_the_examples_run() -> None:
    examples = re.findall(r"```python\n(.*?)```", DOC, flags=re.DOTALL)
    assert len(examples) >= 5
    scope: dict[str, Any] = {}
    for example in examples:
        exec(compile(example, "docs/measures.md", "exec"), scope)


def test_every_measure_and_family_is_told_with_its_source() -> None:
    for name in names():
        assert f"`{name}`" in DOC, name
        assert get(name).source, name
    for family in FAMILIES:
        assert f"`{family}`" in DOC, family
