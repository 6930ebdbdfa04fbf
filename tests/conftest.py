"""Shared by every test: seeds are fixed and the reference folder is found, or the tests that need it say so."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

# Time is the benchmarks' to judge: a busy machine must not fail a property. The draws are the same every time.
settings.register_profile("kapula", deadline=None, derandomize=True, database=None)
settings.load_profile("kapula")


def need(path: Path) -> Path:
    """The path, or a skip that says what is missing."""
    if path.exists():
        return path
    reason = f"needs {path.relative_to(ROOT.parent)}, which is not here"
    pytest.skip(reason)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a skipped test is a failed one: there, everything it could need is installed. One that ran and failed as it is known to do is
    not skipped."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("KAPULA_CI"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference cases and real data that may stand beside the checkout."""
    return need(SHARED)
