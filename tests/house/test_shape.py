"""The house stays one a newcomer can walk into: small files, short functions, small templates, no leftovers."""

from __future__ import annotations

import ast
import statistics
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

SOURCES = sorted(
    path
    for path in (ROOT / "src").rglob("*.py")
    if "migrations" not in path.parts and path.read_text(encoding="utf-8").strip()
)
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted((ROOT / "src").rglob("templates/**/*.html"))
WRITTEN = [
    path
    for folder in ("src", "tests", "docs", "benchmarks", ".ci")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".py", ".html", ".md", ".css", ".js", ".toml", ".yaml", ".txt", ""} and path.is_file()
]

# Written in two parts, so that this file does not hold the words it looks for.
LEFTOVERS = [
    "TO" + "DO",
    "FIX" + "ME",
    "XX" + "X",
    "HA" + "CK:",
    "/wo" + "rk/",
    "/tmp/" + "brief",
    "NotImplemented" + "Error",
]
FOREIGN_LICENCES = {"pingouin", "differences", "pm4py", "channelattribution", "ChannelAttribution"}


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> list[tuple[str, int]]:
    """Each function with its length in lines, its docstring not counted."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            told = (
                isinstance(first, ast.Expr)
                and isinstance(first.value, ast.Constant)
                and isinstance(first.value.value, str)
            )
            documented = (first.end_lineno or 0) - first.lineno + 1 if told else 0
            found.append(
                (f"{name(path)}:{node.lineno} {node.name}", (node.end_lineno or 0) - node.lineno + 1 - documented)
            )
    return found


def test_there_is_something_to_look_at():
    assert len(SOURCES) > 50
    assert len(WRITTEN) > len(SOURCES)


def test_no_file_is_longer_than_500_lines():
    assert {name(path): lines(path) for path in [*SOURCES, *TESTS] if lines(path) > 500} == {}


def test_files_are_mostly_small():
    sizes = [lines(path) for path in SOURCES]
    assert statistics.median(sizes) <= 70
    assert sum(size > 300 for size in sizes) <= len(sizes) // 50


def test_no_function_is_longer_than_60_lines():
    assert {where: size for path in SOURCES for where, size in functions(path) if size > 60} == {}


def test_nine_functions_in_ten_fit_in_30_lines():
    sizes = sorted(size for path in SOURCES for _, size in functions(path))
    assert sizes[int(0.9 * len(sizes))] <= 30


def test_no_template_is_longer_than_80_lines():
    assert {name(path): lines(path) for path in TEMPLATES if lines(path) > 80} == {}


@pytest.mark.parametrize("word", LEFTOVERS)
def test_no_leftovers(word):
    holding = [name(path) for path in WRITTEN if word in path.read_text(encoding="utf-8", errors="ignore")]
    assert holding == []


def test_nothing_with_a_licence_we_keep_out_is_imported():
    found = set()
    for path in [*SOURCES, *TESTS]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found |= {(name(path), one) for one in names if one.split(".")[0] in FOREIGN_LICENCES}
    assert found == set()


def test_every_test_asserts_something():
    """A test that neither asserts nor calls something that does cannot fail."""
    functions = [
        (path, node)
        for path in TESTS
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    ]
    asserting = {node.name for _, node in functions if any(isinstance(part, ast.Assert) for part in ast.walk(node))}
    empty = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path, node in functions
        if node.name.startswith("test_") and node.name not in asserting and not _calls(node, asserting)
    ]
    assert empty == []


def _calls(function: ast.FunctionDef, asserting: set[str]) -> bool:
    """Whether it calls one of our own asserting functions, or one of pytest's, Playwright's or Django's."""
    called = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    told = {getattr(one, "attr", getattr(one, "id", "")) for one in called}
    return bool(told & asserting) or any(
        one.startswith(("assert", "raises", "to_be", "to_have", "warns")) for one in told
    )
