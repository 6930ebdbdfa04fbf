"""How a measure moves over time: control limits, change points, comparability breaks and the facts a page needs.

The engine counts the answers of each period; what follows is NumPy on the short weekly series.
"""

from __future__ import annotations

from kapula.trends.run import trend

__all__ = ["trend"]
