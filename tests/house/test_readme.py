"""The front page keeps its word: its example runs, its commands exist, its links lead somewhere; so do those of every page in docs."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_python_example_runs_and_prints_a_row_for_each_team():
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(example, "README.md", "exec"), {})
    assert [line.split()[0] for line in said.getvalue().splitlines()] == ["a", "b"]


def test_every_command_it_names_exists():
    named = set(re.findall(r"\./kapula (\w+)", README + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")))
    there = {path.stem.rstrip("_") for path in (ROOT / "src" / "kapula_cli" / "commands").glob("*.py")}
    assert named
    assert named <= there


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_between_pages_leads_somewhere(page: Path):
    text = page.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)[^)]*\)", text) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_file_the_recipes_name_is_there():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = list(re.findall(r"`((?:src|tests|docs|benchmarks|tools)/[\w./]+)`", text))
    future = ("listening/",)
    assert [n for n in named if not (ROOT / n).exists() and not any(part in n for part in future)] == []
