"""Value labels: from labels to codes for scores, from codes to labels for texts."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyarrow as pa

_LEADING = re.compile(r"^(-?\d+(?:[.,]\d+)?)\s*[-–—=:.)(]?\s+\D")


def label_codes(cells: pa.Array, labels: Mapping[str, str]) -> pa.Array:
    """Cells that hold a label ("Täysin samaa mieltä") or a code with words ("10 - Erittäin todennäköisesti") as their codes."""
    if not labels:
        return cells
    by_label = {label.strip().casefold(): code for code, label in labels.items()}
    return pa.array([_code(text, by_label) for text in cells.to_pylist()], pa.string())


def _code(text: str | None, by_label: Mapping[str, str]) -> str | None:
    if text is None:
        return None
    if (code := by_label.get(text.casefold())) is not None:
        return code
    match = _LEADING.match(text)
    return match[1] if match else text


def label_texts(cells: pa.Array, labels: Mapping[str, str]) -> pa.Array:
    """Cells that hold a code as its label; others as they are."""
    if not labels:
        return cells
    return pa.array([None if text is None else labels.get(text, text) for text in cells.to_pylist()], pa.string())
