"""Results as Vega-Lite specifications: plain dicts, without words (labels are passed in) and without colours (theme.py has them).

The dicts are written by hand: importing Altair costs 1.8 s, and a test holds every specification to Altair's schema instead.
"""

from __future__ import annotations

from kapula.charts.bars import bars
from kapula.charts.marks import Limit, Mark
from kapula.charts.performance_map import performance_map
from kapula.charts.theme import COLOURS, themed
from kapula.charts.trend import trend

__all__ = ["COLOURS", "Limit", "Mark", "bars", "performance_map", "themed", "trend"]
