"""What a downloaded file is called."""

from __future__ import annotations

from urllib.parse import quote

from kapula_web.insights.figures.reading import Reading


def attachment(reading: Reading, suffix: str) -> str:
    """The Content-Disposition header: the measure's name and the last day of its data."""
    last = f" {reading.span.last.isoformat()}" if reading.span.last else ""
    name = f"{reading.measure.name}{last}.{suffix}"
    return f"attachment; filename=\"{reading.measure.code}.{suffix}\"; filename*=UTF-8''{quote(name)}"
