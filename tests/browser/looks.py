"""The screens pages are tried on: wide and light in every run, narrow and dark among the slow tests."""

from __future__ import annotations

import pytest

each_look = pytest.mark.parametrize(
    ("width", "theme"), [(1280, "light"), pytest.param(390, "dark", marks=pytest.mark.slow)]
)
