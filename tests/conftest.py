"""Shared by every test: seeds are fixed and the reference folder is found, or the tests that need it say so."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def need(path: Path) -> Path:
    """The path, or a skip that says what is missing. In CI (KAPULA_CI=1) a skip is a failure."""
    if path.exists():
        return path
    reason = f"needs {path.relative_to(ROOT.parent)}, which is not here"
    if os.environ.get("KAPULA_CI") and SHARED.exists():
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference cases and real data that may stand beside the checkout."""
    return need(SHARED)
